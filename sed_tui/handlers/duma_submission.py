"""Submissions to the Duma: begun, completed, sent, followed through their passage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.domain.clock import office_day
from sed_tui.domain.duma import OPEN, SEND_TERM, Passage, RuleSort, check_passage
from sed_tui.domain.text import folded, optional
from sed_tui.errors.duma import (
    NoEvidence,
    SentByItself,
    SubmissionIncomplete,
    SubmissionLate,
    UnknownSubmissionKind,
    WrongEdition,
)
from sed_tui.handlers.duma import find_sitting, sitting_terms
from sed_tui.handlers.duma_papers import choose_paper, lacking, papers_of
from sed_tui.handlers.duma_rows import find_submission, submission_card, submission_rows
from sed_tui.handlers.duma_steps import checked_numbers, keep_step, move
from sed_tui.handlers.references import find_document
from sed_tui.handlers.short_ids import short_id
from sed_tui.operations.duma_submission import (
    AttachPaper,
    ListSubmissions,
    OpenSubmission,
    RecordPassage,
    SendSubmission,
    ShowSubmission,
    Submission,
    SubmissionList,
)
from sed_tui.storage.duma_rules import load_rules
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.duma import DumaSubmissionTable

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Row

    from sed_tui.handlers.work import Work

    _Row = Row[*tuple[Any, ...]]

_SUB = DumaSubmissionTable


def open_submission(work: Work, request: OpenSubmission) -> Submission:
    """Begin a submission. Raises `UnknownSubmissionKind` for a kind without papers."""
    document = find_document(work, request.document)
    sitting = find_sitting(work, request.sitting)
    rules = load_rules(work.db, work.organization_id).values()
    kinds = {folded(r.kind): r.kind for r in rules if r.sort is RuleSort.PAPER and not r.is_closed}
    kind = kinds.get(folded(request.kind))
    if kind is None:
        known = ", ".join(sorted(kinds.values()))
        raise UnknownSubmissionKind(field="kind", kind=request.kind, kinds=known)
    title = optional(request.title, "title", limit=1000) or work.db.scalar(
        select(col(DocumentTable.subject)).where(col(DocumentTable.id) == document.id)
    )
    made = uuid4()
    row = {"document_id": document.id, "sitting_id": sitting.id, "kind": kind, "title": title}
    work.db.execute(
        insert(_SUB).values(
            id=made,
            organization_id=work.organization_id,
            state=Passage.PREPARED.value,
            numbers="",
            opened_by=work.actor.employee_id,
            opened_at=work.now,
            version=1,
            **row,
        )
    )
    shown = {name: str(value) for name, value in row.items()}
    work.record("create", "duma_submission", made, None, shown)
    keep_step(work, made, 1, Passage.PREPARED, work.today)
    return submission_card(work, find_submission(work, str(made)))


def attach_paper(work: Work, request: AttachPaper) -> Submission:
    """Choose a paper. Raises `UnknownPaper`, `SameNameTwice`, `PassageForbidden`."""
    found = find_submission(work, request.submission)
    # what has come back may be mended, what was sent may not
    check_passage(Passage(found.state), Passage.SUBMITTED, "", is_noticed=True)
    choose_paper(work, found, request.paper, request.file)
    return submission_card(work, find_submission(work, str(found.id)))


def send_submission(work: Work, request: SendSubmission) -> Submission:
    """Say that it was sent: complete, signed, in time.

    Raises `SubmissionIncomplete`, `WrongEdition`, `SubmissionLate`, `NoEvidence`.
    """
    found = find_submission(work, request.submission)
    reason = optional(request.reason, "reason", limit=1000)
    check_passage(Passage(found.state), Passage.SUBMITTED, reason or "", is_noticed=True)
    evidence = optional(request.evidence, "evidence", limit=4000, multiline=True)
    at = request.attempted_at
    if (at is None) != (evidence is None) or (at is not None and at > work.now):
        raise NoEvidence(field="attempted_at")
    papers = papers_of(work, found)
    for paper in papers:
        if paper.chosen is not None and paper.current != paper.chosen:
            seen, current = paper.chosen, paper.current
            raise WrongEdition(
                field="papers", paper=paper.title, name=paper.file, seen=seen, current=current
            )
    lacks = [f"{paper.title} ({lack})" for paper in papers if (lack := lacking(paper))]
    if lacks:
        raise SubmissionIncomplete(field="papers", lacks=", ".join(lacks), id=short_id(found.id))
    _require_in_time(work, found, office_day(at) if at else work.today, request, reason)
    move(work, found, Passage.SUBMITTED)
    said = {"reason": reason, "attempted_at": at, "evidence": evidence}
    keep_step(work, found.id, found.version + 1, Passage.SUBMITTED, work.today, **said)
    return submission_card(work, find_submission(work, str(found.id)))


def record_passage(work: Work, request: RecordPassage) -> Submission:
    """Enter a step.

    Raises `PassageForbidden`, `PassageReasonNeeded`, `DumaNumberTaken`, `SentByItself`.
    """
    found = find_submission(work, request.submission)
    notice = find_document(work, request.notice, "notice").id if request.notice else None
    reason = optional(request.reason, "reason", limit=4000, multiline=True)
    step, is_noticed = request.passage_state, notice is not None
    if step is Passage.SUBMITTED:  # what is sent is checked first, by `send_submission`
        raise SentByItself(field="passage_state")
    check_passage(Passage(found.state), step, reason, is_noticed=is_noticed)
    numbers = found.numbers
    if request.numbers is not None:
        numbers = checked_numbers(work, found, request.numbers)
    move(work, found, step, numbers)
    day = request.on or work.today
    keep_step(*(work, found.id, found.version + 1, step, day), reason=reason, notice_id=notice)
    return submission_card(work, find_submission(work, str(found.id)))


def show_submission(work: Work, request: ShowSubmission) -> Submission:
    """Return a submission with its checklist and history."""
    return submission_card(work, find_submission(work, request.submission))


def list_submissions(work: Work, request: ListSubmissions) -> SubmissionList:
    """Return the submissions whose documents the caller sees, by sitting."""
    conditions = [] if request.all_states else [col(_SUB.state).in_(OPEN)]
    return SubmissionList(rows=submission_rows(work, *conditions))


def _require_in_time(
    work: Work, found: _Row, day: date, request: SendSubmission, reason: str | None
) -> None:
    terms = {term.code: term.day for term in sitting_terms(work, found.held_on)}
    due = terms.get(SEND_TERM)
    if due is None or day <= due or (request.late and reason):
        return
    sitting = f"{found.held_on:%d.%m.%Y}"
    raise SubmissionLate(field="submission", sitting=sitting, due=f"{due:%d.%m.%Y}")
