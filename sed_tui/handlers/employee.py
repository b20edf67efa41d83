"""People of an organization: who is meant by a name, taking on, changing, listing."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import col

from sed_tui.domain.contacts import checked_email, checked_language
from sed_tui.domain.text import clean, folded, normalized, optional
from sed_tui.errors import Invalid, NotFound
from sed_tui.errors.identity import LoginTaken
from sed_tui.errors.input import UnknownField
from sed_tui.errors.people import AmbiguousPerson, BadLogin, OsUserTaken, ProgramNamed
from sed_tui.handlers.people_query import By, is_program, people_by
from sed_tui.handlers.role_grants import (
    cleared_guests,
    grant_roles,
    held_roles,
    roles_of,
    shown_roles,
)
from sed_tui.handlers.short_ids import id_range
from sed_tui.handlers.unit import find_unit
from sed_tui.i18n import N_, _
from sed_tui.operations.employee import (
    AddEmployee,
    EditEmployee,
    Employee,
    EmployeePage,
    EmployeeRow,
    ListEmployees,
    ShowEmployee,
)
from sed_tui.operations.pages import decode_cursor, encode_cursor
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable, RoleGrantTable
from sed_tui.storage.tables.unit import UnitTable
from sed_tui.storage.versioned import change_row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement, Row, Select

    from sed_tui.handlers.work import Work

    _Row = Row[*tuple[Any, ...]]

_BETWEEN_WORDS = re.compile(r"[\s.]+")
_BETWEEN_PEOPLE = re.compile(r"[,;\n]+")
_LOGIN = re.compile(r"[\w.@-]+")
_SHOWN = 10
_FIELDS = ("full_name", "position", "unit", "os_user", "email", "phone", "language", "clearance")


@dataclass(frozen=True, slots=True)
class EmployeeReference:
    """A person who works in the organization."""

    id: UUID
    login: str
    name: str
    position: str | None
    unit_id: UUID | None
    clearance: bool
    is_program: bool = False


def add_employee(work: Work, request: AddEmployee) -> Employee:
    """Take a person on. Raises `LoginTaken`, which holds for the whole database."""
    fields = _checked(work, request.model_dump())
    person, login = uuid4(), checked_login(request.login)
    # people are listed often and taken on seldom: a list does not pay for these tables
    from sed_tui.handlers.joining_accounts import require_account_allowed

    require_account_allowed(work, login, fields["full_name"], request.roles)
    insert = sqlite.insert if work.db.dialect.name == "sqlite" else postgresql.insert
    added = work.db.scalar(
        insert(EmployeeTable)
        .values(
            id=person,
            organization_id=work.organization_id,
            login=login,
            folded_name=folded(fields["full_name"])[:200],
            state="active",
            created_at=work.now,
            version=1,
            **fields,
        )
        .on_conflict_do_nothing(index_elements=["login"])
        .returning(col(EmployeeTable.id))
    )
    if added is None:
        raise LoginTaken(field="login", login=login)
    grant_roles(work, person, request.roles)
    shown = {name: value for name, value in _shown(fields).items() if value is not None}
    roles = roles_of(work, person)
    work.record("create", "employee", person, None, {"login": login, **shown, "roles": roles})
    return employee_card(work, person)


def edit_employee(work: Work, request: EditEmployee) -> Employee:
    """Change fields of a person who works here, dismissed or not.

    Raises `UnknownField`, `ChangedMeanwhile`.
    """
    before = find_colleague(work, request.employee)
    for name in request.changes:
        if name not in _FIELDS:
            raise UnknownField(field=name, fields=", ".join(_FIELDS))
    old = {name: getattr(before, name) for name in (*_FIELDS, "unit_id") if name != "unit"}
    changes = {name: value for name, value in request.changes.items() if name != "unit"}
    fields = _checked(work, {**old, **changes, "unit": request.changes.get("unit")}, before.id)
    if "unit" not in request.changes:
        fields["unit_id"] = before.unit_id
    change_row(
        work.db,
        EmployeeTable,
        before.id,
        {**fields, "folded_name": folded(fields["full_name"])[:200]},
        before.version,
        request.version,
        what=before.login,
        told=fields,
    )
    if _shown(old) != _shown(fields):
        work.record("edit", "employee", before.id, _shown(old), _shown(fields))
    return employee_card(work, before.id)


def list_employees(work: Work, request: ListEmployees) -> EmployeePage:
    """Return a page of people by name."""
    place = (col(EmployeeTable.folded_name), col(EmployeeTable.id))
    within = [_here(work, guests=request.guests)]
    if not request.all_states:
        within.append(col(EmployeeTable.state) == "active")
    for word in folded(normalized(request.query)).split():
        holds = col(EmployeeTable.folded_name).contains(word, autoescape=True)
        within.append(holds | col(EmployeeTable.login).contains(word, autoescape=True))
    if request.after is not None:
        within.append(tuple_(*place) > decode_cursor(request.after, str, UUID))
    rows = work.db.execute(
        _people(work).where(*within).order_by(*place).offset(request.skip).limit(request.limit + 1)
    ).all()
    shown = rows[: request.limit]
    held = held_roles(work, [row.id for row in shown])
    guests = [row.id for row in shown if row.organization_id != work.organization_id]
    cleared = cleared_guests(work, guests) if guests else set()
    last = shown[-1] if len(rows) > request.limit else None
    return EmployeePage(
        rows=[
            EmployeeRow.model_validate({**_seen_here(work, row, cleared), **shown_roles(roles)})
            for row, roles in ((row, held.get(row.id, {})) for row in shown)
        ],
        next=encode_cursor(last.folded_name, last.id) if last else None,
    )


def show_employee(work: Work, request: ShowEmployee) -> Employee:
    """Return a person who works here, dismissed or not."""
    return employee_card(work, find_colleague(work, request.employee).id)


def resolve_employee(work: Work, text: str, field: str) -> EmployeeReference:
    """Return the active person of the organization that a text names.

    It may be a login, an id, «Петров Василий Сергеевич», «Петров В.С.», «В.С. Петров»
    or a surname that only one has. Raises `NotFound` and `AmbiguousPerson`.
    """
    return _reference(find_person(work, text, field))


def require_person(named: EmployeeReference, field: str) -> EmployeeReference:
    """Return who is named where people act (rules §1.3). Raises `ProgramNamed`."""
    if named.is_program:
        raise ProgramNamed(field=field, login=named.login)
    return named


def find_by_post(work: Work, text: str, field: str) -> EmployeeReference | None:
    """Return the only active person who holds a post, written in full; None where nobody does.

    Raises `AmbiguousPerson` where several hold it.
    """
    post = folded(normalized(text))
    people = work.db.execute(
        select(EmployeeTable.__table__, is_program()).where(  # type: ignore[attr-defined]
            col(EmployeeTable.organization_id) == work.organization_id,
            col(EmployeeTable.state) == "active",
            # SQLite does not know capital Cyrillic letters: they are compared here
            func.length(col(EmployeeTable.position)) == len(normalized(text)),
        )
    ).all()
    holders = [person for person in people if folded(person.position) == post]
    return _reference(_only(holders, text, field)) if post and holders else None


def mentioned_employees(work: Work, text: str) -> list[EmployeeReference]:
    """Return the people a free text names one after another, who work here; others are skipped."""
    found = []
    for part in _BETWEEN_PEOPLE.split(text):
        with suppress(NotFound, AmbiguousPerson):
            found.append(resolve_employee(work, part, "employee"))
    return found


def require_people(work: Work, text: str, field: str) -> list[EmployeeReference]:
    """Return the people of a text who work here. Raises `ProgramNamed` for a system user."""
    return [require_person(person, field) for person in mentioned_employees(work, text)]


def find_person(work: Work, text: str, field: str, *, active: bool = True) -> _Row:
    """Return the row of the person of the organization that a text names.

    It is one who is active, or one who is not. Raises `NotFound` and `AmbiguousPerson`.
    """
    text = normalized(text)
    rows: Sequence[_Row] = []
    if _LOGIN.fullmatch(text):
        rows = _select(work, By.LOGIN, active=active, login=text)
    if not rows and (ids := id_range(text)):
        rows = _select(work, By.ID, active=active, low=ids[0], high=ids[1])
    if not rows:
        rows = _named(work, folded(text), active=active)
    if not rows:
        raise NotFound(field=field, kind=_(N_("Person")), key=text)
    return _only(rows, text, field)


def find_colleague(work: Work, text: str, field: str = "employee") -> _Row:
    """Return the person of the organization that a text names, an active one before others."""
    try:
        return find_person(work, text, field)
    except NotFound:
        return find_person(work, text, field, active=False)


def employee_card(work: Work, person: UUID) -> Employee:
    """Return everything known of a person."""
    row = work.db.execute(_people(work).where(col(EmployeeTable.id) == person)).one()
    held = held_roles(work, [person]).get(person, {})
    seen = _seen_here(work, row, cleared_guests(work, [person]))
    return Employee.model_validate({**seen, **shown_roles(held)})


def _seen_here(work: Work, row: _Row, cleared: set[UUID]) -> dict[str, Any]:
    """Return a person with the clearance of this organization, whoever employs him."""
    if row.organization_id == work.organization_id:
        return dict(row._mapping)
    return {**row._mapping, "clearance": row.id in cleared}


def _reference(row: _Row) -> EmployeeReference:
    return EmployeeReference(
        *(row.id, row.login, row.full_name, row.position, row.unit_id, row.clearance),
        bool(row.is_program),
    )


def _only(rows: Sequence[_Row], text: str, field: str) -> _Row:
    if len(rows) > 1:
        candidates = "; ".join(f"{row.full_name} ({row.login})" for row in rows[:_SHOWN])
        raise AmbiguousPerson(field=field, value=text, candidates=candidates)
    return rows[0]


def _named(work: Work, wanted: str, *, active: bool) -> Sequence[_Row]:
    words = [word for word in _BETWEEN_WORDS.split(wanted) if word]
    surname = next((word for word in words if len(word) > 1), None)
    if surname is None:
        return []
    # a surname and what follows it, as one range of the index: "!" comes after the space
    place = {"surname": surname, "first": f"{surname} ", "end": f"{surname}!"}
    rows = _select(work, By.SURNAME, active=active, **place)
    same = [row for row in rows if row.folded_name == wanted]
    return same or [row for row in rows if _answers(row.folded_name.split(" "), words)]


def _answers(full: list[str], words: list[str]) -> bool:
    """Tell whether the words of a full name go by a shorter form."""
    long = [word for word in words if len(word) > 1]
    initials = [word for word in words if len(word) == 1]
    if not initials:
        return full[: len(long)] == long
    if len(long) > 1:
        return False
    return [word[0] for word in full[1 : 1 + len(initials)]] == initials


def _select(work: Work, by: By, *, active: bool, **values: Any) -> Sequence[_Row]:
    asked = {"organization": work.organization_id, **values}
    return people_by(by, active=active).all(work.db, asked)


def _people(work: Work) -> Select[*tuple[Any, ...]]:
    table: Any = EmployeeTable.__table__  # type: ignore[attr-defined]
    return (
        select(
            table,
            col(UnitTable.name).label("unit"),
            col(OrganizationTable.code).label("organization"),
        )
        .join(OrganizationTable, col(OrganizationTable.id) == table.c.organization_id)
        .outerjoin(UnitTable, col(UnitTable.id) == table.c.unit_id)
    )


def _here(work: Work, *, guests: bool) -> ColumnElement[bool]:
    works_here = col(EmployeeTable.organization_id) == work.organization_id
    if not guests:
        return works_here
    holding = select(col(RoleGrantTable.employee_id)).where(
        col(RoleGrantTable.organization_id) == work.organization_id
    )
    return or_(works_here, col(EmployeeTable.id).in_(holding))


def _checked(work: Work, values: Mapping[str, Any], person: UUID | None = None) -> dict[str, Any]:
    """Return the fields of a person as they are stored."""
    os_user = optional(values["os_user"], "os_user", limit=64)
    require_own_os_user(work, os_user, person)
    return {
        "full_name": clean(values["full_name"] or "", "full_name", limit=200),
        "position": optional(values["position"], "position", limit=200),
        "unit_id": find_unit(work, values["unit"]) if values["unit"] else None,
        "os_user": os_user,
        "email": checked_email(values["email"]),
        "phone": optional(values["phone"], "phone", limit=64),
        "language": checked_language(values["language"]),
        "clearance": _truth(values["clearance"]),
    }


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Invalid(field="clearance", reason=_("true or false is expected"))
    return value


def checked_login(text: str) -> str:
    """Return a login. Raises `BadLogin`."""
    login = clean(text, "login", limit=64)
    if not _LOGIN.fullmatch(login):
        raise BadLogin(field="login", login=login)
    return login


def require_own_os_user(work: Work, os_user: str | None, person: UUID | None) -> None:
    """Refuse a user of the operating system whom the program would take for somebody else.

    Raises `OsUserTaken`.
    """
    if os_user is None:
        return
    others = select(col(EmployeeTable.login)).where(
        col(EmployeeTable.os_user) == os_user, col(EmployeeTable.state) == "active"
    )
    if person is not None:
        others = others.where(col(EmployeeTable.id) != person)
    login = work.db.scalar(others)
    if login is not None:
        raise OsUserTaken(field="os_user", os_user=os_user, login=login)


def _shown(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields for the audit trail."""
    unit = fields["unit_id"]
    return {**fields, "unit_id": None if unit is None else str(unit)}
