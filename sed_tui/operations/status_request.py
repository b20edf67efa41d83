"""Operations of the status request: asked in mid-term, it touches neither term nor state."""

from __future__ import annotations

from datetime import date

from sed_tui.i18n import N_
from sed_tui.operations.assignment_moved import AssignmentMoved, OnAssignment
from sed_tui.operations.registry import Effect, Operation


class AskStatus(OnAssignment):
    """Ask the executor how far an assignment has come, and by when he is to answer."""

    text: str
    answer_by: date | None = None


class AnswerStatus(OnAssignment):
    """Answer the question that waits."""

    text: str


class AcceptAnswer(OnAssignment):
    """Be content with the answer."""


class ReturnAnswer(OnAssignment):
    """Ask again, saying what the answer lacks."""

    text: str


ASK = Operation(
    "assignment.ask", N_("Ask how far an assignment is"), AskStatus, AssignmentMoved, Effect.WRITE
)
ANSWER = Operation(
    "assignment.answer", N_("Answer how far it is"), AnswerStatus, AssignmentMoved, Effect.WRITE
)
ACCEPT_ANSWER = Operation(
    "assignment.accept_answer",
    N_("Accept an answer"),
    AcceptAnswer,
    AssignmentMoved,
    Effect.WRITE,
)
RETURN_ANSWER = Operation(
    "assignment.return_answer",
    N_("Return an answer"),
    ReturnAnswer,
    AssignmentMoved,
    Effect.WRITE,
)
