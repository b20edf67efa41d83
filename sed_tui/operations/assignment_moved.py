"""What every step of an assignment asks and answers."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from sed_tui.domain.assignment import AssignmentState
from sed_tui.operations.registry import Message, Request


class OnAssignment(Request):
    """A step on an assignment, named by id or short id.

    With `version` it is refused when somebody has changed the assignment since.
    """

    assignment: str
    version: int | None = None


class AssignmentMoved(Message):
    """Where an assignment stands after a step; `stopped_children` counts what ended below it."""

    id: UUID
    state: AssignmentState
    due: date | None
    reported_on: date | None
    version: int
    stopped_children: int = 0
    explanation: list[str] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)
