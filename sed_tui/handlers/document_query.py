"""The documents that a query of the prompt selects, for lists, counts and exports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, false, func, not_, true
from sqlmodel import col

from sed_tui.domain.flows import Confidentiality
from sed_tui.domain.query import Criterion, Words, parse_query
from sed_tui.domain.query_names import Field
from sed_tui.handlers.document_conditions import holds
from sed_tui.storage.document_order import DocumentOrder, document_order
from sed_tui.storage.search import expression, matching
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.visibility import visible_documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import ColumnElement

    from sed_tui.domain.actor import Actor
    from sed_tui.domain.query import Query
    from sed_tui.handlers.work import Work

# conditions that the index of words answers, each within its own field
_WORDED = frozenset({Field.NUMBER, Field.ADDRESSEE})
# conditions that name few documents by their ids: 0.5 ms instead of 230 of 200,000 rows
_FEW = frozenset({Field.OVERDUE, Field.EXECUTOR})


@dataclass(frozen=True, slots=True)
class Selection:
    """The documents that an actor may see and that fit, and the order they are read in.

    `parameters` go with every statement made of it. What is asked by words alone is
    `common`: the same statement, whatever the words.
    """

    order: DocumentOrder
    condition: ColumnElement[bool]
    parameters: dict[str, Any]
    has_words: bool
    is_common: bool


def select_documents(work: Work, text: str, *, is_whole: bool = False) -> Selection:
    """Return what a query selects, of which all is read or a page. Raises `BadQuery`."""
    query = parse_query(text, work.today)
    worded = [criterion for criterion in query.criteria if criterion.field in _WORDED]
    wanted = [_within(criterion) for criterion in worded if not criterion.is_negated]
    dialect = work.db.dialect.name
    found = expression(dialect, [*query.words, *wanted])
    has_words = found is not None
    common = common_selection(work.actor, dialect, has_words=has_words, is_whole=is_whole)
    parameters = {"words": found} if found is not None else {}
    if not (query.criteria or query.without or (query.words and found is None)):
        return replace(common, parameters=parameters)
    return replace(
        common,
        condition=and_(*_conditions(work, query, worded), common.order.condition),
        parameters=parameters,
        is_common=False,
    )


@lru_cache(maxsize=64)
def common_selection(
    actor: Actor, dialect: str, *, has_words: bool, is_whole: bool = False
) -> Selection:
    """Return the selection of every query by words alone, or of the whole list, made once."""
    order = document_order(dialect, has_words=has_words)
    conditions = [visible_documents(actor, is_whole=is_whole), order.condition]
    if has_words:
        conditions.append(readable_subject(actor))
    return Selection(order, and_(*conditions), {}, has_words=has_words, is_common=True)


def _conditions(
    work: Work, query: Query, worded: Sequence[Criterion]
) -> Iterator[ColumnElement[bool]]:
    """Return what a query asks, apart from the words that must be there."""
    is_narrowed = any(c.field in _FEW and not c.is_negated for c in query.criteria)
    yield visible_documents(work.actor, is_narrowed=is_narrowed)
    if query.words:
        yield readable_subject(work.actor)
    for words in query.without:
        yield not_(and_(_found(work, words), readable_subject(work.actor)))
    for criterion in query.criteria:
        if criterion not in worded:
            yield _as_asked(criterion, holds(work, criterion))
        elif criterion.is_negated:
            yield not_(_found(work, _within(criterion)))


def readable_subject(actor: Actor) -> ColumnElement[bool]:
    """Return the predicate that the actor may read the subject.

    Who may not must neither find a document by its words, nor miss it for them.
    """
    if actor.clearance:
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
