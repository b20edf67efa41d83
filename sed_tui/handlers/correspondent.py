"""The directory of correspondents: who is meant by a text, adding, changing, showing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import String, bindparam, insert, or_, select
from sqlmodel import col

from sed_tui.domain.contacts import checked_email
from sed_tui.domain.correspondents import CorrespondentKind
from sed_tui.domain.identifiers import checked_inn, checked_kpp, checked_ogrn
from sed_tui.domain.text import clean, folded, normalized, optional
from sed_tui.errors import Invalid, NotFound
from sed_tui.errors.correspondents import (
    AmbiguousCorrespondent,
    CorrespondentClosed,
    CorrespondentExists,
    CorrespondentIdTaken,
    CorrespondentNamesake,
)
from sed_tui.errors.input import UnknownField
from sed_tui.handlers.correspondent_documents import count_documents
from sed_tui.handlers.short_ids import id_range, short_id
from sed_tui.i18n import N_, _
from sed_tui.operations.correspondent import (
    AddCorrespondent,
    Correspondent,
    EditCorrespondent,
    Predecessor,
    ShowCorrespondent,
)
from sed_tui.storage.locks import lock_name
from sed_tui.storage.prepared import Prepared
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.versioned import change_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Row, Select

    from sed_tui.handlers.work import Work

    _Row = Row[*tuple[Any, ...]]

_SHOWN = 10
_INN_LENGTHS = {10, 12}
_FIELDS = ("name", "short_name", "inn", "kpp", "ogrn", "address", "email")
_STATES = ("active", "closed")


class _By(Enum):
    INN = auto()
    ID = auto()
    NAME = auto()
    CITIZEN = auto()


@dataclass(frozen=True, slots=True)
class ResolvedCorrespondent:
    """A correspondent that takes part in documents; `created` says that it is new."""

    id: UUID
    name: str
    created: bool


def add_correspondent(work: Work, request: AddCorrespondent) -> Correspondent:
    """Put a correspondent into the directory unless it is there."""
    fields = _checked(request.model_dump(), request.kind)
    external_id = optional(request.external_id, "external_id", limit=200)
    _require_new(work, {**fields, "kind": request.kind.value})
    _require_free_id(work, external_id)
    created = add_row(work, {"kind": request.kind.value, **fields, "external_id": external_id})
    return _card(work, created)


def edit_correspondent(work: Work, request: EditCorrespondent) -> Correspondent:
    """Change fields of a correspondent, closing and opening included.

    Raises `UnknownField`, `ChangedMeanwhile`, and what adding raises.
    """
    before = _locked(work, _found(work, request.correspondent).id)
    after = _changed(before, request.changes)
    if after["state"] == "active":
        _require_new(work, {**after, "kind": before.kind}, but=before.id)
    _store(work, before, after, request.version)
    shown = {name: getattr(before, name) for name in after}
    if shown != after:
        work.record("edit", "correspondent", before.id, shown, after)
    return _card(work, before.id)


def show_correspondent(work: Work, request: ShowCorrespondent) -> Correspondent:
    """Return a correspondent with the number of its documents that the reader may see."""
    return _card(work, _found(work, request.correspondent).id)


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
    work: Work,
    text: str,
    *,
    kind: str = "organization",
    field: str = "correspondent",
    follow: bool = True,
) -> _Row | None:
    """Return the row (id, name, state …) a text stands for, the successor of a merged one.

    Without `follow` a merged one is returned itself. Raises `AmbiguousCorrespondent`.
    """
    for by, values in _readings(normalized(text), kind):
        rows = _current(work, by, values, follow=follow)
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


def name_of(work: Work, correspondent_id: UUID) -> str:
    """Return the name under an id."""
    [row] = _select(work, col(CorrespondentTable.id) == correspondent_id)
    return str(row.name)


def names_of(work: Work, correspondents: Sequence[UUID]) -> dict[UUID, str]:
    """Return the names under ids."""
    return {
        row.id: row.name for row in _select(work, col(CorrespondentTable.id).in_(correspondents))
    }


def folded_names(name: str, short_name: str | None) -> dict[str, str | None]:
    """Return the columns by which a correspondent is found by its names."""
    return {
        "folded_name": folded(name)[:500],
        "folded_short": folded(short_name)[:200] if short_name else None,
    }


def _readings(text: str, kind: str) -> Iterator[tuple[_By, dict[str, Any]]]:
    """Return what the text may mean, the surest first."""
    if text.isdecimal() and len(text) in _INN_LENGTHS:
        yield _By.INN, {"inn": text}
    if ids := id_range(text):
        yield _By.ID, {"low": ids[0], "high": ids[1]}
    yield _By.CITIZEN if kind == "citizen" else _By.NAME, {"wanted": folded(text)}


def _current(work: Work, by: _By, values: Mapping[str, Any], *, follow: bool) -> Sequence[_Row]:
    """Return the rows meant: active ones, else where merged ones lead, else closed."""
    rows = _meant(by).all(work.db, {"organization": work.organization_id, **values})
    if active := [row for row in rows if row.state == "active"]:
        return active
    successors = {row.merged_into for row in rows if row.merged_into is not None}
    if successors and follow:
        return _select(work, col(CorrespondentTable.id).in_(successors))
    return rows


@cache
def _meant(by: _By) -> Prepared:
    """Return the query of what a text may mean: every registration asks it."""
    table, wanted = CorrespondentTable, bindparam("wanted", type_=String)
    named = or_(col(table.folded_name) == wanted, col(table.folded_short) == wanted)
    condition: ColumnElement[bool]
    match by:
        case _By.INN:
            condition = col(table.inn) == bindparam("inn")
        case _By.ID:
            condition = col(table.id).between(bindparam("low"), bindparam("high"))
        case _By.NAME:
            condition = named
        case _By.CITIZEN:
            condition = named & (col(table.kind) == "citizen")
    organization = col(table.organization_id) == bindparam("organization")
    return Prepared(_rows().where(organization, condition).limit(_SHOWN + 1))


def _select(work: Work, condition: ColumnElement[bool]) -> Sequence[_Row]:
    organization = col(CorrespondentTable.organization_id) == work.organization_id
    return work.db.execute(_rows().where(organization, condition)).all()


def _rows() -> Select[*tuple[Any, ...]]:
    table = CorrespondentTable
    return select(
        *map(col, (table.id, table.name, table.inn, table.kpp, table.kind, table.state)),
        col(table.merged_into),
    ).order_by(col(table.folded_name), col(table.id))


def _shown(row: _Row) -> str:
    numbers = "/".join(number for number in (row.inn, row.kpp) if number)
    return f"{row.name}{', ' + numbers if numbers else ''} ({short_id(row.id)})"


def _found(work: Work, text: str) -> _Row:
    found = find_correspondent(work, text)
    if found is None:
        raise NotFound(field="correspondent", kind=_(N_("Correspondent")), key=text)
    return found


def _checked(values: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Return the fields of a correspondent as they are stored."""
    is_person = kind == CorrespondentKind.CITIZEN
    inn = checked_inn(values["inn"], of_person=is_person) if values["inn"] else None
    return {
        "name": clean(values["name"] or "", "name", limit=500),
        "short_name": optional(values["short_name"], "short_name", limit=200),
        "inn": inn,
        "kpp": checked_kpp(values["kpp"], inn) if values["kpp"] else None,
        "ogrn": checked_ogrn(values["ogrn"], inn) if values["ogrn"] else None,
        "address": optional(values["address"], "address", limit=500),
        "email": checked_email(values["email"]),
    }


def _changed(before: _Row, changes: Mapping[str, str | None]) -> dict[str, Any]:
    for name in changes:
        if name not in (*_FIELDS, "state"):
            raise UnknownField(field=name, fields=", ".join((*_FIELDS, "state")))
    state = changes.get("state", before.state)
    if state not in _STATES:
        raise Invalid(field="state", reason=", ".join(_STATES))
    values = {name: changes.get(name, getattr(before, name)) for name in _FIELDS}
    return {**_checked(values, before.kind), "state": state}


def _store(work: Work, before: _Row, after: Mapping[str, Any], seen: int | None) -> None:
    values = {**after, **folded_names(after["name"], after["short_name"])}
    versions = before.version, seen
    change_row(
        *(work.db, CorrespondentTable, before.id, values, *versions), what=before.name, told=after
    )


def _require_new(work: Work, fields: Mapping[str, Any], but: UUID | None = None) -> None:
    """Refuse an INN, or a name that nothing tells apart, which the directory has."""
    for name in filter(None, (fields["inn"], folded(fields["name"]))):
        lock_name(work.db, work.organization_id, name)
    others = [row for row in _alike(work, fields) if row.id != but and row.state == "active"]
    for other in others:
        who = {"name": other.name, "id": short_id(other.id)}
        if fields["inn"] and other.inn == fields["inn"]:
            if not (fields["kpp"] and other.kpp) or fields["kpp"] == other.kpp:
                raise CorrespondentExists(field="inn", inn=other.inn, **who)
        elif fields["kind"] == "organization" == other.kind and not (fields["inn"] and other.inn):
            raise CorrespondentNamesake(field="name", **who)


def _alike(work: Work, fields: Mapping[str, Any]) -> Sequence[_Row]:
    same_name = col(CorrespondentTable.folded_name) == folded(fields["name"])[:500]
    if fields["inn"] is None:
        return _select(work, same_name)
    return _select(work, or_(same_name, col(CorrespondentTable.inn) == fields["inn"]))


def _require_free_id(work: Work, external_id: str | None) -> None:
    if external_id is None:
        return
    lock_name(work.db, work.organization_id, external_id)
    for row in _select(work, col(CorrespondentTable.external_id) == external_id):
        raise CorrespondentIdTaken(
            field="external_id", external_id=external_id, name=row.name, id=short_id(row.id)
        )


def _locked(work: Work, correspondent_id: UUID) -> _Row:
    """Return the whole row; nobody else changes it before the commit."""
    table: Any = CorrespondentTable.__table__  # type: ignore[attr-defined]
    return work.db.execute(
        select(table).where(table.c.id == correspondent_id).with_for_update()
    ).one()


def _card(work: Work, correspondent_id: UUID) -> Correspondent:
    table: Any = CorrespondentTable.__table__  # type: ignore[attr-defined]
    row = work.db.execute(select(table).where(table.c.id == correspondent_id)).mappings().one()
    redirected = _select(work, table.c.merged_into == correspondent_id)
    documents, last = count_documents(work, correspondent_id)
    return Correspondent.model_validate(
        {
            **row,
            "documents": documents,
            "last_document_on": last,
            "predecessors": [Predecessor(id=r.id, name=r.name, inn=r.inn) for r in redirected],
        }
    )
