"""Papers of approval as rows of a table: questions to decide by their terms, own drafts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sed_tui.domain.approval_flow import ApprovalScope
from sed_tui.domain.clock import office_day
from sed_tui.domain.draft_flow import Stage
from sed_tui.domain.signing import SigningScope
from sed_tui.i18n import N_, _
from sed_tui.operations.approval_list import LIST, ApprovalRow, ListApprovals
from sed_tui.operations.approval_steps import LIST as NEXT
from sed_tui.operations.approval_steps import ListSteps, NextStep
from sed_tui.operations.draft_list import LIST as DRAFTS
from sed_tui.operations.draft_list import DraftRow, ListDrafts
from sed_tui.operations.signing_list import LIST as TO_SIGN
from sed_tui.operations.signing_list import ListToSign, ToSignRow
from sed_tui.operations.values import shown_value
from sed_tui.tui.paging import PAGE, PagedRows
from sed_tui.tui.wording import day, short_name, translated
from widgets.rows import Column, Row, Total

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from sed_tui.gateway import Gateway

MOST_COUNTED = 1000  # beyond there are «more than»


class Queue(StrEnum):
    """Whose papers are listed."""

    MINE = ApprovalScope.MINE.value
    TO_SIGN = "to_sign"
    SUBSTITUTED = ApprovalScope.SUBSTITUTED.value
    TO_SIGN_FOR = "to_sign_for"
    NEXT = "next"
    TO_REGISTER = "to_register"
    STARTED = ApprovalScope.STARTED.value
    DRAFTS = "drafts"

    @property
    def is_of_author(self) -> bool:
        """Tell whether its papers are led along by whoever sees them: drafts, what is signed."""
        return self in {Queue.NEXT, Queue.TO_REGISTER, Queue.STARTED, Queue.DRAFTS}

    @property
    def is_of_signatory(self) -> bool:
        """Tell whether its papers are to be signed."""
        return self in {Queue.TO_SIGN, Queue.TO_SIGN_FOR}


QUEUES = {
    Queue.MINE: N_("for me to decide"),
    Queue.TO_SIGN: N_("for me to sign"),
    Queue.SUBSTITUTED: N_("for others, whom I stand in for"),
    Queue.TO_SIGN_FOR: N_("to sign for others, whom I stand in for"),
    Queue.NEXT: N_("for me to do after an approval"),
    Queue.TO_REGISTER: N_("signed, to be registered"),
    Queue.STARTED: N_("of what I put on approval"),
    Queue.DRAFTS: N_("my drafts"),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a queue; `task_id` is the question about it."""

    document_id: str
    short_id: str
    subject: str
    queue: Queue
    stage: Stage
    detail: str
    task_id: UUID | None = None


_COLUMNS = (
    Column(N_("Term"), 12),
    Column(N_("Document"), 10),
    Column(N_("Subject"), 20, share=1),
    Column(N_("Stage"), 18),
    Column(N_("Approver"), 16, optional=True),
    Column(N_("Initiator"), 16),
    Column(N_("Version"), 7),
)


def approval_columns() -> list[Column]:
    """Return the columns of every queue."""
    return translated(_COLUMNS)


def approval_rows(gateway: Gateway, queue: Queue) -> PagedRows:
    """Return the papers of a queue: questions the first asked first, drafts the newest."""
    if queue.is_of_signatory:
        return _to_sign(gateway, queue)
    if queue is Queue.NEXT:
        return _next_steps(gateway)
    if queue in {Queue.DRAFTS, Queue.TO_REGISTER}:
        return _drafts(gateway, queue)
    return _questions(gateway, queue)


def _questions(gateway: Gateway, queue: Queue) -> PagedRows:
    def read(**place: Any) -> tuple[list[Row], str | None]:
        page = gateway.call(LIST, ListApprovals(scope=ApprovalScope(queue.value), **place))
        return [_question(row, queue) for row in page.rows], page.next

    return _paged(read)


def _to_sign(gateway: Gateway, queue: Queue) -> PagedRows:
    own = queue is Queue.TO_SIGN
    scope = SigningScope.MINE if own else SigningScope.SUBSTITUTED

    def read(**place: Any) -> tuple[list[Row], str | None]:
        page = gateway.call(TO_SIGN, ListToSign(scope=scope, **place))
        return [_draft(row, queue, row.made_at) for row in page.rows], page.next

    return _paged(read)


def _next_steps(gateway: Gateway) -> PagedRows:
    def read(**place: Any) -> tuple[list[Row], str | None]:
        page = gateway.call(NEXT, ListSteps(**place))
        return [_next_step(row) for row in page.rows], page.next

    return _paged(read)


def _drafts(gateway: Gateway, queue: Queue) -> PagedRows:
    own = queue is Queue.DRAFTS

    def read(**place: Any) -> tuple[list[Row], str | None]:
        wanted = ListDrafts(mine=own, stage=None if own else Stage.SIGNED, **place)
        page = gateway.call(DRAFTS, wanted)
        return [_draft(row, queue, row.created_at) for row in page.rows], page.next

    return _paged(read)


def paper_of(row: ApprovalRow | ToSignRow) -> Paper:
    """Return what is one's own to decide about, or to sign."""
    if isinstance(row, ApprovalRow):
        return _asked_paper(row, Queue.MINE)
    return _draft_paper(row, Queue.TO_SIGN)


def _paged(read: Callable[..., tuple[list[Row], str | None]]) -> PagedRows:
    """Return the pages of a list that is counted by reading it."""

    def count(limit: int | None) -> Total:
        rows, following = read(limit=min(limit or MOST_COUNTED, MOST_COUNTED))
        return Total(len(rows), more=following is not None)

    return PagedRows(lambda after, skip: read(after=after, skip=skip, limit=PAGE), count)


def _question(row: ApprovalRow, queue: Queue) -> Row:
    sign = "!" if row.is_overdue else ""
    cells = (
        f"{sign:<2}{day(row.due) or '—'}",
        row.short_id,
        _line(row.subject),
        row.stage,
        short_name(row.approver),
        short_name(row.initiator),
        str(row.version),
    )
    paper = _asked_paper(row, queue)
    return Row(str(row.task_id), cells, "alarm" if row.is_overdue else "", paper)


def _next_step(row: NextStep) -> Row:
    sign = "!" if row.is_overdue else ""
    cells = (
        f"{sign:<2}{day(row.due) or '—'}",
        row.number or row.short_id,
        _line(row.subject),
        row.stage,
        "",
        short_name(row.initiator),
        "",
    )
    what = shown_value("kind", row.kind.value)
    detail = " · ".join((row.subject, what, row.initiator, *([row.note] if row.note else [])))
    stage = Stage.APPROVED if row.number is None else Stage.REGISTERED
    paper = Paper(str(row.document_id), row.short_id, row.subject, Queue.NEXT, stage, detail)
    return Row(str(row.step_id), cells, "alarm" if row.is_overdue else "", paper)


def _asked_paper(row: ApprovalRow, queue: Queue) -> Paper:
    turn = _("round {number}, version {version}").format(number=row.round, version=row.version)
    people = f"{row.initiator} → {row.approver}"
    return Paper(
        str(row.document_id),
        row.short_id,
        row.subject,
        queue,
        Stage.ON_APPROVAL,
        " · ".join((row.subject, people, row.stage, turn)),
        row.task_id,
    )


def _draft(row: DraftRow | ToSignRow, queue: Queue, since: datetime) -> Row:
    stage = shown_value("stage", row.stage.value)
    cells = (
        f"  {day(office_day(since))}",
        row.short_id,
        _line(row.subject),
        stage,
        short_name(row.signatory) if row.signatory else "",
        short_name(row.author),
        str(row.version),
    )
    tone = "notice" if row.stage is Stage.REWORK else ""
    return Row(str(row.id), cells, tone, _draft_paper(row, queue))


def _draft_paper(row: DraftRow | ToSignRow, queue: Queue) -> Paper:
    detail = " · ".join((row.subject, shown_value("stage", row.stage.value), row.author))
    return Paper(str(row.id), row.short_id, row.subject, queue, row.stage, detail)


def _line(text: str) -> str:
    return text.replace("\n", " ")
