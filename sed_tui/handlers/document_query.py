"""The documents that a query of the prompt selects, for lists, counts and exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import and_, false, func, not_, true
from sqlmodel import col

from sed_tui.domain.flows import Confidentiality
from sed_tui.domain.query import Criterion, Words, parse_query
from sed_tui.domain.query_names import Field
from sed_tui.handlers.document_conditions import holds
from sed_tui.storage.document_order import DocumentOrder, document_order
from sed_tui.storage.search import matching
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

    from sed_tui.handlers.work import Work

# conditions that the index of words answers, each within its own field
_WORDED = frozenset({Field.NUMBER, Field.ADDRESSEE})
# conditions that name few documents by their ids: 0.5 ms instead of 230 of 200,000 rows
_FEW = frozenset({Field.OVERDUE, Field.EXECUTOR})


@dataclass(frozen=True, slots=True)
class Selection:
    """The documents that an actor may see and that fit, and the order they are read in."""

    order: DocumentOrder
    condition: ColumnElement[bool]


def select_documents(work: Work, text: str) -> Selection:
    """Return what a query selects. Raises `BadQuery`."""
    query = parse_query(text, work.today)
    worded = [criterion for criterion in query.criteria if criterion.field in _WORDED]
    wanted = [_within(criterion) for criterion in worded if not criterion.is_negated]
    order = document_order(work.db.dialect.name, [*query.words, *wanted])
    is_narrowed = any(c.field in _FEW and not c.is_negated for c in query.criteria)
    conditions = [visible_documents(work.actor, is_narrowed=is_narrowed), order.condition]
    if query.words:
        conditions.append(readable_subject(work))
    for words in query.without:
        conditions.append(not_(and_(_found(work, words), readable_subject(work))))
    for criterion in query.criteria:
        if criterion not in worded:
            conditions.append(_as_asked(criterion, holds(work, criterion)))
        elif criterion.is_negated:
            conditions.append(not_(_found(work, _within(criterion))))
    return Selection(order, and_(*conditions))


def readable_subject(work: Work) -> ColumnElement[bool]:
    """Return the predicate that the actor may read the subject.

    Who may not must neither find a document by its words, nor miss it for them.
    """
    if work.actor.clearance:
        return true()
    return col(DocumentTable.confidentiality) == Confidentiality.NONE.value


def _within(criterion: Criterion) -> Words:
    return Words(criterion.text, is_begun=criterion.is_begun, field=criterion.field.value)


def _found(work: Work, words: Words) -> ColumnElement[bool]:
    found = matching(work.db.dialect.name, [words])
    return false() if found is None else found


def _as_asked(criterion: Criterion, held: ColumnElement[bool]) -> ColumnElement[bool]:
    # an empty field is neither one thing nor the other in SQL, but it is not the thing
    return not_(func.coalesce(held, false())) if criterion.is_negated else held
