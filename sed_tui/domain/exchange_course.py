"""What the sender of a letter is told of the course of its execution.

The words travel to partners: official Russian, whatever the language. Of an assignment they
tell who executes it and by when, never what it says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.assignment_flow import Step

if TYPE_CHECKING:
    from datetime import date

COURSE: dict[Step, str] = {
    Step.RETURN: "Доклад возвращён на доработку",
    Step.ACCEPT: "Исполнение завершено",
    Step.RELEASE: "Исполнение завершено",
    Step.STOP: "Исполнение прекращено",
    Step.STOP_AUTOMATICALLY: "Исполнение прекращено",
}
"""The steps that are told by themselves; of the others, what they change."""


def course_text(step: Step, executor: str | None, due: date | None, *, is_due_new: bool) -> str:
    """Return what changed in the execution, empty where nothing did that a sender is told.

    `executor` is the new one, None where he stays; `due` the term as it is now.
    """
    parts = [COURSE[step]] if step in COURSE else []
    if executor:
        parts.append(f"Исполнитель: {executor}")
    if is_due_new:
        parts.append(f"Срок исполнения: {due:%d.%m.%Y}" if due else "Срок исполнения снят")
    return "; ".join(parts)
