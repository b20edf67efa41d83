"""Operations of those who do the work: report, interim information, contribution."""

from __future__ import annotations

from pydantic import Field

from sed_tui.domain.assignment_flow import Children
from sed_tui.i18n import N_
from sed_tui.operations.assignment_moved import AssignmentMoved, OnAssignment
from sed_tui.operations.file import FileContent
from sed_tui.operations.registry import Effect, Operation


class ReportAssignment(OnAssignment):
    """Report that an assignment is executed, with what it has brought about.

    `results` are documents as people name them. Where sub-assignments are still open,
    `children` says what becomes of them.
    """

    text: str
    results: tuple[str, ...] = Field(default=(), max_length=100)
    files: tuple[FileContent, ...] = Field(default=(), max_length=100)
    children: Children | None = None


class InformAssignment(OnAssignment):
    """Tell how far an assignment has come; it stays on control and the term runs on."""

    text: str
    results: tuple[str, ...] = Field(default=(), max_length=100)
    files: tuple[FileContent, ...] = Field(default=(), max_length=100)


class ContributeAssignment(OnAssignment):
    """Hand a co-executor's contribution to the responsible executor."""

    text: str
    results: tuple[str, ...] = Field(default=(), max_length=100)
    files: tuple[FileContent, ...] = Field(default=(), max_length=100)


REPORT = Operation(
    "assignment.report",
    N_("Report execution"),
    ReportAssignment,
    AssignmentMoved,
    Effect.WRITE,
)
INFORM = Operation(
    "assignment.interim",
    N_("Give interim information"),
    InformAssignment,
    AssignmentMoved,
    Effect.WRITE,
)
CONTRIBUTE = Operation(
    "assignment.contribute",
    N_("Contribute to an assignment"),
    ContributeAssignment,
    AssignmentMoved,
    Effect.WRITE,
)
