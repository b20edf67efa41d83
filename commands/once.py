"""A verb on a whole database, which under a repeated key answers as before and does nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from commands.session import Session


def show_once(
    session: Session,
    operation: str,
    asked: object,
    act: Callable[[], dict[str, Any]],
    called: Mapping[str, str] | None = None,
) -> None:
    """Act and print the answer, or print the one that the database keeps under the key."""
    from sed_tui.gateway.upkeep_trail import earlier_answer, keep_answer  # 30 ms of tables

    key, settings = session.idempotency_key, session.local_settings
    answer = earlier_answer(settings, operation, str(asked), key) if key else None
    if answer is None:
        answer = act()
        if key and not session.dry_run:
            keep_answer(settings, operation, str(asked), key, answer)
    session.show_record(answer, called=called)
