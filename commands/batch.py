"""`sedctl batch`: many operations, a JSON line each, every one in its own transaction."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.call import as_object, find_operation, perform
from commands.failures import failure_of
from commands.session import Format, Session
from commands.verbs import Sort, verb
from sed_tui.errors.input import BadRequest
from sed_tui.errors.usage import NothingPiped
from sed_tui.i18n import N_, _
from sed_tui.rendering.cells import json_text

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTLY_DONE = 9
_PARTS = {"operation", "request", "reason", "idempotency_key"}

app = typer.Typer(rich_markup_mode=None)


@verb(app, "batch", Sort.ANY, N_("Run many operations from JSON lines."))
def batch(
    session: Session,
    stop_on_error: Annotated[
        bool, typer.Option("--stop-on-error", help=_("Stop at the first line that is refused."))
    ] = False,
) -> None:
    session.prefer(Format.JSONL)
    refused = False
    reason, key = session.reason, session.idempotency_key
    for number, line in _lines():
        answer = _answer(session, number, line, reason, key)
        sys.stdout.write(json_text(answer) + "\n")
        sys.stdout.flush()  # whoever reads along sees what is done when it is done
        refused = refused or not answer["ok"]
        if refused and stop_on_error:
            break
    if refused:
        raise typer.Exit(PARTLY_DONE)


def _lines() -> Iterator[tuple[int, bytes]]:
    if sys.stdin.isatty():
        raise NothingPiped(field="batch")
    for number, line in enumerate(sys.stdin.buffer, 1):
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield number, line.removeprefix(b"\xef\xbb\xbf")


def _answer(
    session: Session, number: int, line: bytes, reason: str | None, key: str | None
) -> dict[str, Any]:
    try:
        asked = as_object(line, "line")
        if unknown := asked.keys() - _PARTS:
            raise BadRequest(
                field=min(unknown), reason=_("there is no such field."), advice=", ".join(_PARTS)
            )
        session.reason = asked.get("reason", reason)
        session.idempotency_key = asked.get("idempotency_key", f"{key}:{number}" if key else None)
        operation = find_operation(str(asked.get("operation", "")))
        result = perform(session, operation, asked.get("request", {}))
    except Exception as error:
        return {"line": number, "ok": False, "error": failure_of(error).as_problem()}
    return {"line": number, "ok": True, "result": result, **_dry(session)}


def _dry(session: Session) -> dict[str, bool]:
    return {"dry_run": True} if session.dry_run else {}
