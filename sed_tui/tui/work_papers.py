"""Groups of My work that hold papers: to decide, to approve, to sign, to read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sed_tui.domain.clock import office_day
from sed_tui.i18n import N_, _
from sed_tui.operations.acquaintance_list import LIST as ACQUAINTANCES
from sed_tui.operations.acquaintance_list import ListAcquaintances
from sed_tui.operations.approval_list import LIST as APPROVALS
from sed_tui.operations.approval_list import ApprovalPage, ApprovalRow, ListApprovals
from sed_tui.operations.assignment_list import SUMMARY, SummarizeAssignments, Waiting
from sed_tui.operations.resolution_list import LIST as RESOLUTIONS
from sed_tui.operations.resolution_list import ListResolutions
from sed_tui.operations.session import SHOW, ShowSession
from sed_tui.operations.signing_list import LIST as TO_SIGN
from sed_tui.operations.signing_list import ListToSign, ToSignPage, ToSignRow
from sed_tui.tui.acquaintance_rows import MOST_PAPERS, paper_rows, papers_waiting
from sed_tui.tui.assignment_rows import assignment_columns
from sed_tui.tui.resolution_rows import drafts_waiting, waiting_rows
from sed_tui.tui.wording import day, short_name
from widgets.rows import Column, FixedRows, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sed_tui.gateway import Gateway
    from sed_tui.operations.assignment_list import AssignmentSummary
    from sed_tui.operations.pages import Page
    from sed_tui.operations.registry import Operation, Request


@dataclass(frozen=True, slots=True)
class PaperGroup:
    """A group: how it is read, shown and counted, and the command that lists the same."""

    title: str
    operation: Operation[Any, Any]
    request: Callable[[], Request]
    rows: Callable[[Any], FixedRows]
    titles: tuple[str, ...]
    waiting: Callable[[Any], Waiting]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Waits:
    """What waits: assignments counted, papers themselves by the names of their groups."""

    summary: AssignmentSummary
    pages: Mapping[str, Page]
    has_assignments: bool

    def papers(self, group: str) -> FixedRows:
        """Return the papers of a group."""
        page = self.pages.get(group)
        return FixedRows(()) if page is None else GROUPS[group].rows(page)

    def waiting(self, group: str) -> Waiting:
        """Return how much waits in a group; of papers as many as are listed."""
        if group not in GROUPS:
            found: Waiting = getattr(self.summary, group, Waiting())
            return found
        page = self.pages.get(group)
        return Waiting() if page is None else GROUPS[group].waiting(page)


def read_waits(gateway: Gateway) -> Waits:
    """Ask for everything that waits, as far as the roles of the user permit. Blocks."""
    permitted = frozenset(gateway.call(SHOW, ShowSession()).operations)
    summary = gateway.call(SUMMARY, SummarizeAssignments())
    pages = {
        name: gateway.call(group.operation, group.request())
        for name, group in GROUPS.items()
        if group.operation.name in permitted
    }
    return Waits(summary, pages, "assignment.list" in permitted)


def paper_columns(group: str) -> list[Column]:
    """Return the columns of a group: those of assignments, each named by what it holds here."""
    titles = [_(title) if title else "" for title in GROUPS[group].titles]
    columns = zip(assignment_columns(), titles, strict=True)
    return [replace(column, title=title) for column, title in columns]


def _questions(page: ApprovalPage) -> FixedRows:
    return FixedRows([_question(row) for row in page.rows])


def _question(row: ApprovalRow) -> Row:
    cells = (
        f"{'!' if row.is_overdue else ' ':<2}{day(row.due) or '—'}",
        _("overdue") if row.is_overdue else _("to decide"),
        row.short_id,
        row.subject.replace("\n", " "),
        short_name(row.initiator),
        "",
        row.stage,
    )
    return Row(str(row.task_id), cells, "alarm" if row.is_overdue else "", row)


def _questions_waiting(page: ApprovalPage) -> Waiting:
    return Waiting(total=len(page.rows), overdue=sum(row.is_overdue for row in page.rows))


def _drafts(page: ToSignPage) -> FixedRows:
    return FixedRows([_draft(row) for row in page.rows])


def _draft(row: ToSignRow) -> Row:
    cells = (
        f"  {day(office_day(row.made_at))}",
        _("to sign"),
        row.short_id,
        row.subject.replace("\n", " "),
        short_name(row.author),
        short_name(row.signatory) if row.signatory else "",
        row.kind,
    )
    return Row(str(row.id), cells, "", row)


_DUE = (N_("Term"), N_("What to do"), N_("№"))
TO_DECIDE, TO_APPROVE, SIGNING, TO_READ = "to_decide", "to_approve", "to_sign", "to_read"
GROUPS = {
    TO_DECIDE: PaperGroup(
        N_("Resolutions"),
        RESOLUTIONS,
        lambda: ListResolutions(waiting=True, limit=MOST_PAPERS),
        waiting_rows,
        (
            N_("Date"),
            N_("What to do"),
            N_("№"),
            N_("Text"),
            N_("From whom"),
            N_("Author"),
            N_("State"),
        ),
        drafts_waiting,
        ("resolution", "list", "--waiting"),
    ),
    TO_APPROVE: PaperGroup(
        N_("To approve"),
        APPROVALS,
        lambda: ListApprovals(limit=MOST_PAPERS),
        _questions,
        (*_DUE, N_("Subject"), N_("From whom"), "", N_("Stage")),
        _questions_waiting,
        ("approval", "list"),
    ),
    SIGNING: PaperGroup(
        N_("To sign"),
        TO_SIGN,
        lambda: ListToSign(limit=MOST_PAPERS),
        _drafts,
        (
            N_("Date"),
            N_("What to do"),
            N_("№"),
            N_("Subject"),
            N_("From whom"),
            N_("Signs"),
            N_("Kind"),
        ),
        lambda page: Waiting(total=len(page.rows)),
        ("approval", "to-sign"),
    ),
    TO_READ: PaperGroup(
        N_("To read"),
        ACQUAINTANCES,
        lambda: ListAcquaintances(waiting=True, limit=MOST_PAPERS),
        paper_rows,
        (*_DUE, N_("Subject"), N_("From whom"), "", N_("State")),
        papers_waiting,
        ("acquaintance", "list", "--waiting"),
    ),
}
