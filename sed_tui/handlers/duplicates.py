"""Looking for letters that are registered already (rules §1.8)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, and_, bindparam, case, false, func, or_, select
from sqlmodel import col

from sed_tui.domain.duplicates import SIMILAR_WITHIN_DAYS, Letter, Likeness, likeness
from sed_tui.domain.flows import Flow
from sed_tui.operations.registration import PossibleDuplicate
from sed_tui.storage.prepared import Prepared
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.file import FileTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement

    from sed_tui.handlers.work import Work

_SHOWN = 10
_ORDER = list(Likeness)


def find(
    work: Work, flow: Flow, card: Mapping[str, Any], sha256: Sequence[str] = ()
) -> list[PossibleDuplicate]:
    """Return registered documents of the organization that a card looks like.

    The search is over the whole organization: whether a letter is registered does not
    depend on what the registrar may see. `card` holds correspondent_id, their_number,
    their_key and their_date.
    """
    by_number = bool(card.get("correspondent_id") and card.get("their_key"))
    by_person = bool(card.get("correspondent_id") and flow is Flow.APPEAL)
    if not (by_number or by_person or sha256):
        return []
    query = _query(by_number=by_number, by_person=by_person, by_file=bool(sha256))
    rows = query.all(
        work.db,
        {
            "organization": work.organization_id,
            "correspondent": card.get("correspondent_id"),
            "their_key": card.get("their_key"),
            **_days(card.get("their_date")),
            "flow": flow,
            "a_year_ago": work.today - timedelta(days=365),
            "sha256": list(sha256),
        },
    )
    letter = _letter({**card, "flow": flow})
    found = [
        _possible(row, like)
        for row in reversed(rows)  # the first registration before its own duplicates
        if (like := likeness(_letter(row._asdict()), letter, same_file=row.same_file)) is not None
    ]
    return sorted(found, key=lambda duplicate: _ORDER.index(duplicate.likeness))


@cache
def _query(*, by_number: bool, by_person: bool, by_file: bool) -> Prepared:
    """Return the query that looks for what is asked.

    What may be the letter itself comes whole, the oldest last; of what is like it, the likest.
    """
    table = DocumentTable
    ranked = _ranked(by_file=by_file, by_number=by_number, by_person=by_person)
    return Prepared(
        select(
            *map(col, (table.id, table.number, table.registered_on, table.their_number)),
            *map(col, (table.their_key, table.their_date, table.subject, table.flow)),
            *map(col, (table.confidentiality, table.correspondent_id)),
            ranked.c.same_file,
            col(CorrespondentTable.name).label("correspondent"),
            col(EmployeeTable.full_name).label("registrar"),
        )
        .join(ranked, ranked.c.id == col(table.id))
        .outerjoin(CorrespondentTable, col(CorrespondentTable.id) == col(table.correspondent_id))
        .outerjoin(EmployeeTable, col(EmployeeTable.id) == col(table.registrar_id))
        .where(or_(ranked.c.rank == 0, ranked.c.place <= _SHOWN))
        .order_by(ranked.c.place)
    )


def _ranked(*, by_number: bool, by_person: bool, by_file: bool) -> Any:
    """Return the subquery of what is found: how like it is, and its place among the others."""
    table = DocumentTable
    same_file = col(table.id).in_(_with_file()) if by_file else false()
    rank = case((_same_day(), 0), (same_file, 1), (_near_day(), 2), else_=3)
    return (
        select(
            col(table.id),
            same_file.label("same_file"),
            rank.label("rank"),
            func.row_number()
            .over(order_by=(rank, col(table.listed_on).desc(), col(table.key).desc()))
            .label("place"),
        )
        .where(
            col(table.organization_id) == bindparam("organization"),
            col(table.registration) == "registered",
            or_(*_ways(by_number=by_number, by_person=by_person, by_file=by_file)),
        )
        .subquery("ranked")
    )


def _days(day: date | None) -> dict[str, date | None]:
    """Return a sender's day and the first and the last that are near it; any is, to none."""
    near = timedelta(days=SIMILAR_WITHIN_DAYS)
    return {
        "their_date": day,
        "near_since": day - near if day else date.min,
        "near_until": day + near if day else date.max,
    }


def _same_day() -> ColumnElement[bool]:
    """Return the predicate of what is the same letter if its number is the same to the letter."""
    day = bindparam("their_date", type_=Date)
    table = DocumentTable
    return and_(
        col(table.their_key) == bindparam("their_key"),
        col(table.their_date).is_not_distinct_from(day),
    )


def _near_day() -> ColumnElement[bool]:
    day = col(DocumentTable.their_date)
    return and_(
        col(DocumentTable.their_key) == bindparam("their_key"),
        or_(day.is_(None), day.between(bindparam("near_since"), bindparam("near_until"))),
    )


def _ways(*, by_number: bool, by_person: bool, by_file: bool) -> list[ColumnElement[bool]]:
    table = DocumentTable
    same_sender = and_(
        col(table.correspondent_id) == bindparam("correspondent"),
        col(table.flow) == bindparam("flow"),
    )
    ways = []
    if by_number:
        ways.append(and_(same_sender, col(table.their_key) == bindparam("their_key")))
    if by_person:
        ways.append(and_(same_sender, col(table.listed_on) >= bindparam("a_year_ago")))
    if by_file:
        ways.append(col(table.id).in_(_with_file()))
    return ways


def _with_file() -> Any:
    same = col(FileTable.sha256).in_(bindparam("sha256", expanding=True))
    return select(col(FileTable.document_id)).where(same, col(FileTable.role) == "main")


def _letter(card: Mapping[Any, Any]) -> Letter:
    get = card.get
    return Letter(
        sender=get("correspondent_id"),
        flow=card["flow"],
        key=get("their_key"),
        number=get("their_number"),
        day=get("their_date"),
    )


def _possible(row: Any, like: Likeness) -> PossibleDuplicate:
    return PossibleDuplicate(
        id=row.id,
        number=row.number,
        registered_on=row.registered_on,
        correspondent=row.correspondent,
        their_number=row.their_number,
        their_date=row.their_date,
        subject=row.subject if row.confidentiality == "none" else "ДСП",
        registrar=row.registrar,
        likeness=like,
    )
