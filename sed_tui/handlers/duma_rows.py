"""Submissions to the Duma as they are shown; they are seen by whoever sees their documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.duma import SEND_TERM, UNSENT, Passage
from sed_tui.errors import NotFound
from sed_tui.errors.references import Ambiguous
from sed_tui.handlers.duma import sitting_terms
from sed_tui.handlers.duma_papers import Paper, lacking, papers_of
from sed_tui.handlers.short_ids import by_id, short_id
from sed_tui.i18n import N_, _
from sed_tui.operations.duma_submission import PaperRow, PassageStep, Submission, SubmissionRow
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.duma import DumaPassageTable, DumaSittingTable, DumaSubmissionTable
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement, Row

    from sed_tui.handlers.work import Work
    from sed_tui.operations.duma import SittingTerm

    _Row = Row[*tuple[Any, ...]]

_SUB = DumaSubmissionTable
_SIT = DumaSittingTable
_STEP = DumaPassageTable


def find_submission(work: Work, text: str) -> _Row:
    """Return a submission by id. Raises `NotFound` and `Ambiguous`."""
    condition = by_id(col(_SUB.id), text.strip())
    rows = [] if condition is None else _found(work, condition)
    if not rows:
        raise NotFound(field="submission", kind=_(N_("Submission")), key=text)
    if len(rows) > 1:
        shown = "; ".join(short_id(row.id) for row in rows)
        raise Ambiguous(field="submission", value=text, candidates=shown)
    return rows[0]


def submission_rows(work: Work, *conditions: ColumnElement[bool]) -> list[SubmissionRow]:
    """Return submissions by the day of their sitting."""
    terms: dict[date, list[SittingTerm]] = {}
    rows = []
    for row in _found(work, *conditions):
        if row.held_on not in terms:
            terms[row.held_on] = sitting_terms(work, row.held_on)
        rows.append(SubmissionRow(**_shown(work, row, terms[row.held_on])))
    return rows


def submission_card(work: Work, row: _Row) -> Submission:
    """Return a submission with its checklist, terms and history."""
    terms = sitting_terms(work, row.held_on)
    papers = papers_of(work, row)
    return Submission(
        **_shown(work, row, terms),
        version=row.version,
        is_complete=not any(map(lacking, papers)),
        papers=[_paper(paper) for paper in papers],
        terms=terms,
        passage=_passage(work, row),
    )


def _found(work: Work, *conditions: ColumnElement[bool]) -> list[_Row]:
    document = DocumentTable
    query = (
        select(
            *map(col, (_SUB.id, _SUB.document_id, _SUB.kind, _SUB.title, _SUB.state)),
            *map(col, (_SUB.numbers, _SUB.version, _SIT.held_on)),
            col(document.number).label("document"),
        )
        .join(_SIT, col(_SIT.id) == col(_SUB.sitting_id))
        .join(document, col(document.id) == col(_SUB.document_id))
        .where(
            col(_SUB.organization_id) == work.organization_id,
            visible_documents(work.actor, is_narrowed=True),
            *conditions,
        )
        .order_by(col(_SIT.held_on), col(_SUB.opened_at), col(_SUB.id))
    )
    return list(work.db.execute(query).all())


def _shown(work: Work, row: _Row, terms: list[SittingTerm]) -> dict[str, Any]:
    due = next((term.day for term in terms if term.code == SEND_TERM), None)
    state = Passage(row.state)
    return {
        "id": row.id,
        "short_id": short_id(row.id),
        "document_id": row.document_id,
        "document": row.document,
        "kind": row.kind,
        "title": row.title,
        "sitting_day": row.held_on,
        "due": due,
        "is_late": due is not None and due < work.today and state in UNSENT,
        "passage_state": state,
        "numbers": row.numbers.splitlines(),
    }


def _paper(paper: Paper) -> PaperRow:
    return PaperRow(
        code=paper.code,
        title=paper.title,
        is_required=paper.is_required,
        file=paper.file,
        edition=paper.chosen,
        is_signed=paper.is_signed,
        lacks=lacking(paper),
    )


def _passage(work: Work, row: _Row) -> list[PassageStep]:
    notice, person = DocumentTable, EmployeeTable
    steps = work.db.execute(
        select(
            *map(col, (_STEP.reason, _STEP.attempted_at, _STEP.evidence, _STEP.entered_at)),
            col(_STEP.state).label("passage_state"),
            col(_STEP.happened_on).label("on"),
            col(notice.number).label("notice"),
            col(_STEP.message_id).label("message"),
            col(person.full_name).label("entered_by"),
        )
        .outerjoin(notice, col(notice.id) == col(_STEP.notice_id))
        .join(person, col(person.id) == col(_STEP.entered_by))
        .where(col(_STEP.submission_id) == row.id)
        .order_by(col(_STEP.position))
    ).mappings()
    return [
        PassageStep.model_validate(
            {**one, "message": short_id(one["message"]) if one["message"] else None}
        )
        for one in steps
    ]
