"""The directory of correspondents: who is meant by a name, an INN or an id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import insert, or_, select
from sqlmodel import col

from sed_tui.domain.text import clean, folded, normalized
from sed_tui.errors import NotFound
from sed_tui.errors.correspondents import AmbiguousCorrespondent, CorrespondentClosed
from sed_tui.handlers.references import by_id, short_id
from sed_tui.i18n import N_, _
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.correspondent import CorrespondentTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement, Row

    from sed_tui.handlers.work import Work

    _Row = Row[*tuple[Any, ...]]

_SHOWN = 10
_INN_LENGTHS = {10, 12}


@dataclass(frozen=True, slots=True)
class ResolvedCorrespondent:
    """A correspondent that takes part in documents; `created` says that it is new."""

    id: UUID
    name: str
    created: bool


def resolve_correspondent(
    work: Work,
    text: str,
    *,
    create: bool = True,
    kind: str = "organization",
    field: str = "correspondent",
) -> ResolvedCorrespondent:
    """Return the correspondent that an id, an INN, or a full or short name stands for.

    A merged one leads to its successor. An unknown name is put into the directory when
    `create` says so; a citizen is looked for among citizens only. Raises `NotFound`,
    `AmbiguousCorrespondent` and `CorrespondentClosed`.
    """
    text = normalized(text)
    found = find_correspondent(work, text, kind=kind, field=field)
    if found is None and create and not text.isdecimal():
        name = clean(text, field, limit=500)
        lock_name(work.db, work.organization_id, folded(name))
        found = find_correspondent(work, text, kind=kind, field=field)
        if found is None:
            created = add_row(work, {"kind": kind, "name": name})
            return ResolvedCorrespondent(created, name, created=True)
    if found is None:
        raise NotFound(field=field, kind=_(N_("Correspondent")), key=text)
    if found.state == "closed":
        raise CorrespondentClosed(field=field, name=found.name, id=short_id(found.id))
    return ResolvedCorrespondent(found.id, found.name, created=False)


def find_correspondent(
    work: Work, text: str, *, kind: str = "organization", field: str = "correspondent"
) -> _Row | None:
    """Return the row (id, name, state …) a text stands for, the successor of a merged one.

    Raises `AmbiguousCorrespondent`.
    """
    for condition in _readings(text, kind):
        rows = _current(work, condition)
        if len(rows) > 1:
            candidates = "; ".join(_shown(row) for row in rows[:_SHOWN])
            raise AmbiguousCorrespondent(field=field, value=text, candidates=candidates)
        if rows:
            return rows[0]
    return None


def add_row(work: Work, fields: Mapping[str, Any]) -> UUID:
    """Store a new correspondent of checked fields and return its id."""
    created = uuid4()
    work.db.execute(
        insert(CorrespondentTable).values(
            id=created,
            organization_id=work.organization_id,
            **fields,
            **folded_names(fields["name"], fields.get("short_name")),
            state="active",
            created_at=work.now,
            version=1,
        )
    )
    shown = {name: value for name, value in fields.items() if value is not None}
    work.record("create", "correspondent", created, None, shown)
    return created


def folded_names(name: str, short_name: str | None) -> dict[str, str | None]:
    """Return the columns by which a correspondent is found by its names."""
    return {
        "folded_name": folded(name)[:500],
        "folded_short": folded(short_name)[:200] if short_name else None,
    }


def _readings(text: str, kind: str) -> list[ColumnElement[bool]]:
    """Return what the text may mean, the surest first."""
    readings = []
    if text.isdecimal() and len(text) in _INN_LENGTHS:
        readings.append(col(CorrespondentTable.inn) == text)
    identity = by_id(col(CorrespondentTable.id), text)
    if identity is not None:
        readings.append(identity)
    wanted = folded(text)
    named = or_(
        col(CorrespondentTable.folded_name) == wanted,
        col(CorrespondentTable.folded_short) == wanted,
    )
    if kind == "citizen":
        named &= col(CorrespondentTable.kind) == kind
    return [*readings, named]


def _current(work: Work, condition: ColumnElement[bool]) -> Sequence[_Row]:
    """Return the rows of a condition: active ones, else where merged ones lead, else closed."""
    rows = _select(work, condition)
    if active := [row for row in rows if row.state == "active"]:
        return active
    successors = {row.merged_into for row in rows if row.merged_into is not None}
    if successors:
        return _select(work, col(CorrespondentTable.id).in_(successors))
    return rows


def _select(work: Work, condition: ColumnElement[bool]) -> Sequence[_Row]:
    return work.db.execute(
        select(
            col(CorrespondentTable.id),
            col(CorrespondentTable.name),
            col(CorrespondentTable.inn),
            col(CorrespondentTable.kpp),
            col(CorrespondentTable.state),
            col(CorrespondentTable.merged_into),
        )
        .where(col(CorrespondentTable.organization_id) == work.organization_id, condition)
        .order_by(col(CorrespondentTable.folded_name), col(CorrespondentTable.id))
        .limit(_SHOWN + 1)
    ).all()


def _shown(row: _Row) -> str:
    numbers = "/".join(number for number in (row.inn, row.kpp) if number)
    return f"{row.name}{', ' + numbers if numbers else ''} ({short_id(row.id)})"
