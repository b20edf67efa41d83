"""Finding correspondents by name, INN, and parts of them: what completion asks at each key."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, not_, select, true, tuple_, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col

from sed_tui.domain.layouts import other_layout
from sed_tui.domain.text import folded, normalized
from sed_tui.operations.correspondent import CorrespondentRow
from sed_tui.operations.correspondent_list import CorrespondentPage, ListCorrespondents
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.tables.correspondent import CorrespondentTable

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import Row

    from sed_tui.handlers.work import Work

    _Row = Row[*tuple[Any, ...]]

_LAST = "\U0010ffff"


def list_correspondents(work: Work, request: ListCorrespondents) -> CorrespondentPage:
    """Return a page of correspondents by name; those that begin with the query come first.

    The rows come in runs, each in the order of an index; a cursor names its run.
    """
    wanted = folded(normalized(request.query))
    page = _page(work, request, wanted)
    if page.rows or not wanted or request.after:
        return page
    first = request.model_copy(update={"skip": 0, "limit": 1})
    if request.skip and _page(work, first, wanted).rows:
        return page
    return _page(work, request, folded(other_layout(wanted)))


def _page(work: Work, request: ListCorrespondents, wanted: str) -> CorrespondentPage:
    run, place, wanted = _place(request, wanted)
    within = _within(work, request)
    runs = _runs(work, wanted)
    rows: list[tuple[int, _Row]] = []
    skip = request.skip
    for number, condition in list(enumerate(runs))[run:]:
        after = _after(place) if number == run and place else true()
        lacking = request.limit + 1 - len(rows)
        found = _rows(work, and_(within, condition, after), skip, lacking)
        rows += [(number, row) for row in found]
        if len(rows) > request.limit:
            break
        if skip:
            skip = 0 if found else skip - _count(work, and_(within, condition, after))
    more = rows[request.limit - 1] if len(rows) > request.limit else None
    return CorrespondentPage(
        rows=[CorrespondentRow.model_validate(dict(r._mapping)) for _n, r in rows[: request.limit]],
        next=encode_cursor(more[0], wanted, more[1].folded_name, more[1].id) if more else None,
    )


def _place(request: ListCorrespondents, wanted: str) -> tuple[int, tuple[str, UUID] | None, str]:
    """Return where to go on: the run, the last row of it, and the query as it was read."""
    if request.after is None:
        return 0, None, wanted
    run, read, name, last = decode_cursor(request.after, int, str, str, UUID)
    return run, (name, last), read


def _within(work: Work, request: ListCorrespondents) -> ColumnElement[bool]:
    conditions = [col(CorrespondentTable.organization_id) == work.organization_id]
    if not request.all_states:
        conditions.append(col(CorrespondentTable.state) == "active")
    if request.kind is not None:
        conditions.append(col(CorrespondentTable.kind) == request.kind.value)
    return and_(*conditions)


def _runs(work: Work, wanted: str) -> list[ColumnElement[bool]]:
    """Return the conditions in the order in which their rows come; no row fits two of them."""
    if not wanted:
        return [true()]
    name = _begins(col(CorrespondentTable.folded_name), wanted)
    other = aliased(CorrespondentTable)
    otherwise = _found(
        work,
        other,
        _begins(col(other.folded_short), wanted),
        _begins(col(other.inn), wanted),
    )
    holds = and_(*(_holds(work, word) for word in wanted.split(" ")))
    return [name, and_(otherwise, not_(name)), and_(holds, not_(name), not_(otherwise))]


def _holds(work: Work, word: str) -> ColumnElement[bool]:
    other = aliased(CorrespondentTable)
    return _found(
        work,
        other,
        col(other.folded_name).contains(word, autoescape=True),
        col(other.folded_short).contains(word, autoescape=True),
        *([col(other.inn).contains(word, autoescape=True)] if word.isdecimal() else ()),
    )


def _begins(column: Any, wanted: str) -> ColumnElement[bool]:
    # a prefix is a range of an index; LIKE would read it all
    return and_(column >= wanted, column < wanted + _LAST)


def _found(
    work: Work, other: type[CorrespondentTable], *conditions: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Return that one of the conditions holds, each looked for in an index of its own.

    Of 50,000 names this takes 25 ms, and 92 with one OR, which reads every row.
    """
    ours = select(col(other.id)).where(col(other.organization_id) == work.organization_id)
    return col(CorrespondentTable.id).in_(union_all(*(ours.where(each) for each in conditions)))


def _after(place: tuple[str, UUID]) -> ColumnElement[bool]:
    return tuple_(col(CorrespondentTable.folded_name), col(CorrespondentTable.id)) > place


def _rows(work: Work, condition: ColumnElement[bool], skip: int, limit: int) -> list[_Row]:
    return list(
        work.db.execute(
            select(
                col(CorrespondentTable.id),
                col(CorrespondentTable.kind),
                col(CorrespondentTable.name),
                col(CorrespondentTable.short_name),
                col(CorrespondentTable.inn),
                col(CorrespondentTable.kpp),
                col(CorrespondentTable.state),
                col(CorrespondentTable.folded_name),
            )
            .where(condition)
            .order_by(col(CorrespondentTable.folded_name), col(CorrespondentTable.id))
            .offset(skip)
            .limit(limit)
        )
    )


def _count(work: Work, condition: ColumnElement[bool]) -> int:
    return work.db.scalar(select(func.count()).where(condition)) or 0
