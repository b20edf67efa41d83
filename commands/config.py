"""`sedctl config`: what this run would work on, and where each setting comes from."""

from __future__ import annotations

import os
import re
import sys
from enum import StrEnum
from typing import Annotated

import typer

from commands.session import Format, Session
from commands.verbs import Sort, verb
from sed_tui import i18n
from sed_tui.config import configuration_path, home, stored_profile
from sed_tui.i18n import N_, _
from sed_tui.mail_settings import shown_mail_url

app = typer.Typer(rich_markup_mode=None)


class Part(StrEnum):
    """What to show of the configuration."""

    SHOW = "show"
    PATH = "path"


@verb(app, "config", Sort.READ, N_("Show where each setting comes from."))
def config(
    session: Session,
    part: Annotated[
        Part, typer.Argument(metavar="show|path", help=_("The settings, or the path of the file."))
    ] = Part.SHOW,
) -> None:
    path = str(configuration_path())
    if part is Part.PATH and session.format is Format.TABLE:
        sys.stdout.write(f"{path}\n")  # for $(sedctl config path)
    elif part is Part.PATH:
        session.show_record({"path": path})
    else:
        session.show_records(_rows(session), ("setting", "value", "source"))


def _rows(session: Session) -> list[dict[str, str | None]]:
    settings = session.settings
    stored = stored_profile(settings.profile)
    values = {
        "home": (str(home()), "SED_HOME", None),
        "profile": (settings.profile, "SED_PROFILE", "--profile"),
        "database": (_without_password(settings.database), "SED_DATABASE", "--database"),
        "server": (settings.server, "SED_SERVER", "--server"),
        "ca_file": (settings.ca_file, "SED_CA_FILE", "--ca-file"),
        "files": (str(settings.files), "SED_FILES", None),
        "login": (settings.login, "SED_USER", "--as"),
        "organization": (settings.organization, "SED_ORG", "--org"),
        "smtp_url": (shown_mail_url(settings.profile), "SED_SMTP_URL", None),
        "link_base": (settings.link_base, "SED_LINK_BASE", None),
        "cryptography": (settings.cryptography, "SED_CRYPTOGRAPHY", None),
        "language": (i18n.active_language(), "SED_LANG", "--lang"),
        "format": (session.format.value, "SED_FORMAT", "--format"),
    }
    rows: list[dict[str, str | None]] = []
    for name, (value, variable, option) in values.items():
        source = _("default")
        if option is not None and option in session.typed:
            source = option
        elif os.environ.get(variable):
            source = variable
        elif name in stored:
            source = str(configuration_path())
        rows.append({"setting": name, "value": value, "source": source})
    return rows


def _without_password(url: str) -> str:
    return re.sub(r"(password=)[^&]*", r"\1***", re.sub(r"(://[^:/@]*):[^@/]*@", r"\1:***@", url))
