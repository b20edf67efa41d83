"""The first run: three questions on a terminal instead of a refusal."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from sed_tui.i18n import _
from sed_tui.rendering.cells import printable

if TYPE_CHECKING:
    from commands.session import Session
    from sed_tui.errors.installation import NoDatabase


def offered(error: NoDatabase, session: Session) -> bool:
    """Make the database from three answers; False where there is nobody to ask."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    sys.stderr.write(f"{printable(str(error))}\n")
    sys.stderr.write(_("Three answers make one; Ctrl-C leaves everything as it is.") + "\n")
    organization = _ask(_("The name of your organization"))
    login = _ask(_("Your login"), os_user() or "")
    full_name = _ask(_("Your full name"), login)
    _initialize(session, organization, login, full_name)
    return True


def os_user() -> str | None:
    """Return the user of the operating system, None where the number has no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return None


def _ask(question: str, default: str = "") -> str:
    while True:
        sys.stderr.write(f"{question} [{default}]: " if default else f"{question}: ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:  # Ctrl-D
            raise KeyboardInterrupt
        if answer := line.strip() or default:
            return answer


def _initialize(session: Session, organization: str, login: str, full_name: str) -> None:
    from sed_tui.gateway.setup import initialize  # 250 ms of tables, for the first run alone
    from sed_tui.operations.organization import InitializeOrganization

    made = initialize(
        session.local_settings,
        InitializeOrganization(
            name=organization, login=login, full_name=full_name, os_user=os_user()
        ),
    )
    sys.stderr.write(
        _("Made: organization {code}, journals {journals}.").format(
            code=made.organization, journals=", ".join(made.journals)
        )
        + "\n"
    )
