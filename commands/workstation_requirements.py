"""`sedctl workstation requirements`: the edition in use, compared, imported, published."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.session import Format, Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.workstation.editions import Edition

_File = Annotated[Path, typer.Argument(help=_("An edition: a TOML file."), metavar="FILE")]


def add_to(app: typer.Typer) -> None:
    """Add the group of verbs."""
    group = typer.Typer(rich_markup_mode=None, help=_("Editions of the requirements."))
    verb(group, "show", Sort.READ, N_("Show the edition that is used here, and its age."))(_show)
    verb(group, "compare", Sort.READ, N_("Compare a file with the edition that is used here."))(
        _compare
    )
    verb(group, "import", Sort.WRITE, N_("Use another edition on this machine."))(_import)
    verb(group, "publish", Sort.WRITE, N_("Publish an edition for every machine of the office."))(
        _publish
    )
    verb(group, "update", Sort.WRITE, N_("Use the published edition on this machine."))(_update)
    app.add_typer(group, name="requirements", help=_("Editions of the requirements."))


def _show(
    session: Session,
    text: Annotated[bool, typer.Option("--text", help=_("Print the whole file."))] = False,
) -> None:
    from sed_tui.workstation.editions import used

    edition = used()
    if text:
        sys.stdout.write(edition.text)
        return
    session.show_record(_record(edition))
    if edition.requirements.is_stale(datetime.now(UTC).date()):
        session.say(_("This edition has grown old: ask the operator for a newer one."))


def _compare(session: Session, file: _File) -> None:
    from sed_tui.domain.requirements import differences
    from sed_tui.workstation.editions import read_edition, used

    found = differences(used().requirements, read_edition(file).requirements)
    rows = [{"field": name, "was": was, "now": now} for name, was, now in found]
    session.show_records(rows, ("field", "was", "now"))
    if not rows and session.format is Format.TABLE:
        session.say(_("There is no difference."))


def _import(
    session: Session,
    file: _File,
    force: Annotated[bool, typer.Option("--force", help=_("An older edition too."))] = False,
) -> None:
    from sed_tui.workstation.editions import read_edition

    _install(session, read_edition(file), force=force)


def _publish(
    session: Session,
    file: _File,
    force: Annotated[bool, typer.Option("--force", help=_("An older edition too."))] = False,
) -> None:
    from sed_tui.operations.requirements import PUBLISH, PublishRequirements
    from sed_tui.workstation.editions import read_edition

    request = PublishRequirements(content=read_edition(file).text, force=force)
    session.show(session.call(PUBLISH, request), _PUBLISHED)


def _update(
    session: Session,
    force: Annotated[bool, typer.Option("--force", help=_("An older edition too."))] = False,
) -> None:
    from sed_tui.domain.requirements import read_requirements
    from sed_tui.operations.requirements import SHOW, ShowRequirements
    from sed_tui.workstation.editions import Edition

    found = session.call(SHOW, ShowRequirements())
    _install(session, Edition(read_requirements(found.content), found.content, None), force=force)


def _install(session: Session, edition: Edition, *, force: bool) -> None:
    from sed_tui.workstation.editions import install

    if not session.dry_run:
        install(edition, force=force)
    session.show_record(_record(edition))


def _record(edition: Edition) -> dict[str, Any]:
    found = edition.requirements
    today = datetime.now(UTC).date()
    return {
        "edition": found.edition,
        "dated": found.dated.isoformat(),
        "source": found.source,
        "path": str(edition.place) if edition.place else None,
        "days": found.age(today),
        "is_stale": found.is_stale(today),
        "set": [one.code for one in found.sets],
        "csp": f"{found.csp.minimum} … {found.csp.recommended}",
    }


_PUBLISHED = ("edition", "dated", "published_at", "published_by")
