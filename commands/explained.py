"""Results that hold an explanation: on a terminal a line under a line, in JSON a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.session import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.session import Session
    from sed_tui.operations.registry import Message


def show_explained(session: Session, result: Message, columns: Sequence[str] = ()) -> None:
    """Print a result whose explanation is to be read from top to bottom."""
    record = result.model_dump(mode="json")
    if session.format is Format.TABLE:
        record["explanation"] = "\n".join(record["explanation"])
    session.show_record(record, columns)
    if not session.as_json:
        for warning in record.get("warnings", ()):
            session.say(warning)
