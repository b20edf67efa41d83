"""`sedctl audit`: the audit trail: list, verify, export."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.arguments import day
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

app = typer.Typer(rich_markup_mode=None, help=_("The audit trail: list, verify, export."))

COLUMNS = ("seq", "at", "actor", "operation", "event", "object_type", "object_id", "changes")
TRAIL = ("code", "events", "head", "ok", "first_broken")
_BROKEN = 3


@verb(app, "list", Sort.LIST, N_("List changes, the newest first."))
def list_(
    session: Session,
    about: Annotated[
        str | None,
        typer.Option("--object", help=_("An id, a registration number, a login, a name.")),
    ] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", help=_("The login of who did it."))
    ] = None,
    operation: Annotated[
        str | None, typer.Option("--operation", help=_("As in `sedctl spec`: document.register."))
    ] = None,
    since: Annotated[str | None, typer.Option("--since", help=_("The first day."))] = None,
    until: Annotated[str | None, typer.Option("--until", help=_("The last day."))] = None,
) -> None:
    from sed_tui.operations.audit import LIST, ListAudit

    request = ListAudit(
        object=about,
        actor=actor,
        operation=operation,
        since=day(since, "since"),
        until=day(until, "until"),
        limit=session.limit,
        after=session.after,
    )
    page = session.call(LIST, request)
    session.show_rows(page.rows, COLUMNS, page.next)


@verb(app, "verify", Sort.READ, N_("Verify that no entry was changed, removed or added."))
def verify(
    session: Session,
    file: Annotated[
        Path | None, typer.Option("--file", help=_("An export; no database is needed."))
    ] = None,
) -> None:
    verdict = _verified_file(file) if file else _verified_database(session)
    if session.format.is_json:
        session.show_record(verdict)
    else:
        session.show_records(verdict["organizations"], TRAIL)
    if not verdict["ok"]:
        raise typer.Exit(_BROKEN)


@verb(app, "export", Sort.READ, N_("Write the audit trail to a file that proves itself."))
def export(
    session: Session,
    file: Annotated[Path, typer.Argument(help=_("Where to; - is standard output."))],
) -> None:
    if str(file) == "-":
        for line in _exported(session):
            sys.stdout.write(f"{line}\n")
        return
    # personal values stand in it: nobody else may read it, and half of it is no export
    draft = file.with_name(f".{file.name}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with open(handle, "w", encoding="utf-8") as target:
            count = sum(bool(target.write(f"{line}\n")) for line in _exported(session))
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    # the line that opens the export is no entry
    session.show_record({"file": str(file), "events": count - 1})


def _verified_file(file: Path) -> dict[str, Any]:
    from sed_tui.domain.audit_export import verify_export

    # damaged bytes are read as something, which then fits no hash
    with file.open(encoding="utf-8", errors="replace") as lines:
        rows = [
            {
                "code": verdict.code,
                "events": verdict.events,
                "head": verdict.head,
                "ok": verdict.ok,
                "first_broken": verdict.first_broken,
            }
            for verdict in verify_export(lines)
        ]
    return {"organizations": rows, "ok": all(row["ok"] for row in rows)}


def _verified_database(session: Session) -> dict[str, Any]:
    from sed_tui.operations.audit import VERIFY, VerifyAudit

    return session.call(VERIFY, VerifyAudit()).model_dump(mode="json")


def _exported(session: Session) -> Iterator[str]:
    from sed_tui.operations.audit import EXPORT, ExportAudit

    request = ExportAudit()
    while True:
        answer = session.call(EXPORT, request)
        yield from answer.lines
        if answer.next is None:
            return
        request = ExportAudit(after=answer.next, until=answer.until)
