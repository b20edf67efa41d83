"""`sedctl db`: the database itself: upgrade, back up, restore, check."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from commands.once import show_once
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

app = typer.Typer(rich_markup_mode=None, help=_("The database: upgrade, back up, restore, check."))

_FAULTY = 3


@verb(app, "status", Sort.READ, N_("Show which database this is, and whether it is current."))
def status(session: Session) -> None:
    from sed_tui.gateway.upkeep import status as describe

    session.show_record(asdict(describe(session.local_settings)))


@verb(app, "upgrade", Sort.WRITE, N_("Bring the schema to what this program needs."))
def upgrade(
    session: Session,
    backed_up: Annotated[
        bool, typer.Option("--backup/--no-backup", help=_("Make a backup first."))
    ] = True,
) -> None:
    from sed_tui.gateway.upkeep import upgrade as bring_up

    def act() -> dict[str, Any]:
        done = bring_up(
            session.local_settings,
            backed_up=backed_up,
            dry_run=session.dry_run,
            reason=session.reason,
        )
        if done.before == done.after:
            session.say(_("The schema {schema} is current.").format(schema=done.after))
        return asdict(done)

    show_once(session, "db.upgrade", backed_up, act)


@verb(app, "backup", Sort.READ, N_("Copy the database while others go on working."))
def backup(
    session: Session,
    file: Annotated[
        Path | None, typer.Argument(help=_("Where to; a dated name by default."))
    ] = None,
    with_files: Annotated[
        bool, typer.Option("--with-files", help=_("Copy the file contents to FILE.files too."))
    ] = False,
) -> None:
    from sed_tui.gateway.upkeep import backup as copy

    done = copy(session.local_settings, file, contents=with_files)
    if done.contents is None:
        session.say(
            _("File contents are not in it: copy {files} too, or add --with-files.").format(
                files=session.local_settings.files
            )
        )
    session.show_record(asdict(done))


@verb(app, "restore", Sort.WRITE, N_("Put a backup in the place of the database."))
def restore(
    session: Session,
    file: Annotated[Path, typer.Argument(help=_("A backup."))],
    yes: Annotated[
        bool, typer.Option("--yes", "-y", help=_("Replace the data that is there."))
    ] = False,
) -> None:
    from sed_tui.gateway import upkeep

    def act() -> dict[str, Any]:
        session.yes = yes
        if upkeep.holds_data(session.local_settings):
            session.confirm(_("Replace the whole database by a backup"))
        done = upkeep.restore(
            session.local_settings, file, dry_run=session.dry_run, reason=session.reason
        )
        return asdict(done)

    show_once(session, "db.restore", file.absolute(), act)


@verb(app, "check", Sort.READ, N_("Check that everything in the database fits together."))
def check(
    session: Session,
    deep: Annotated[bool, typer.Option("--deep", help=_("Read and hash every file."))] = False,
) -> None:
    from sed_tui.gateway.upkeep import check as look

    checks = [
        {"id": one.id, "ok": one.ok, "faults": one.faults, "first": one.first}
        for one in look(session.local_settings, deep=deep)
    ]
    is_whole = all(one["ok"] for one in checks)
    if session.format.is_json:
        session.show_record({"checks": checks, "ok": is_whole})
    else:
        session.show_records(checks, ("id", "ok", "faults", "first"))
    if not is_whole:
        raise typer.Exit(_FAULTY)


@verb(app, "collect", Sort.DESTROY, N_("Remove file contents that nothing names any more."))
def collect(session: Session) -> None:
    from sed_tui.gateway.upkeep import collect as remove

    session.show_record(asdict(remove(session.local_settings, dry_run=session.dry_run)))
