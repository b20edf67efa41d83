"""The list of people who get accounts, their consents, and the accounts opened for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import delete, insert, select, update
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.domain.contacts import checked_email
from sed_tui.domain.file_name import checked_name
from sed_tui.domain.joining import ENDED, STATE_TITLES
from sed_tui.domain.text import clean, folded, normalized, optional
from sed_tui.errors import NotFound
from sed_tui.errors.identity import LoginTaken
from sed_tui.errors.joining import (
    AlreadyListed,
    ConsentInFuture,
    EmailUsedElsewhere,
    FieldNotEditable,
    HasAccount,
)
from sed_tui.handlers.administrators import (
    governed_by,
    lock_administrators,
    require_administrators,
)
from sed_tui.handlers.employee import add_employee, checked_login
from sed_tui.handlers.joining_found import at_applicant, find_application
from sed_tui.i18n import N_, _
from sed_tui.operations.employee import AddEmployee
from sed_tui.operations.joining_people import (
    ListedPeople,
    ListedPerson,
    ListListedPeople,
    ListPerson,
    RecordConsent,
    TakeOffList,
    WithdrawConsent,
)
from sed_tui.storage.locks import lock_name
from sed_tui.storage.open_items import count_open_assignments
from sed_tui.storage.tables.joining import JoiningPersonTable
from sed_tui.storage.tables.organization import EmployeeTable, OrganizationTable

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.handlers.joining_found import Found
    from sed_tui.handlers.work import Work

_L, _E, _O = JoiningPersonTable, EmployeeTable, OrganizationTable


def list_person(work: Work, request: ListPerson) -> ListedPerson:
    """Put a person on the list. Raises `AlreadyListed`, `EmailUsedElsewhere`, `LoginTaken`."""
    found = _open(work, request.application)
    login = checked_login(request.login)
    name, email = clean(request.full_name, "full_name", limit=200), checked_email(request.email)
    lock_name(work.db, found.organization_id, "joining people")
    if _row(work, found, login) is not None:
        raise AlreadyListed(field="login", login=login)
    employee = _known_login(work, found, login)
    if email is not None:
        _require_own_email(work, found, email)
    row = {
        "login": login,
        "full_name": name,
        "position": optional(request.position, "position", limit=200),
        "email": email,
        "roles": " ".join(role.value for role in dict.fromkeys(request.roles)),
        "owns_signature": request.owns_signature,
    }
    key = {"id": uuid4(), "organization_id": found.organization_id, "folded_name": folded(name)}
    made = {"employee_id": employee, "created_at": work.now, "version": 1}
    work.db.execute(insert(_L).values(**key, **row, **made))
    with at_applicant(work, found) as there:
        there.record("list_person", "joining", found.id, None, row)
    return _shown(work, _row(work, found, login))


def take_off_list(work: Work, request: TakeOffList) -> ListedPeople:
    """Take a person off the list. Raises `HasAccount` for one who works already."""
    found = _open(work, request.application)
    person = _find(work, found, request.login)
    if person.employee_id is not None:
        raise HasAccount(field="login", login=person.login)
    work.db.execute(delete(_L).where(col(_L.id) == person.id))
    with at_applicant(work, found) as there:
        there.unname([person.consent_sha256] if person.consent_sha256 else [])
        there.record("take_off", "joining", found.id, {"login": person.login}, None)
    return _all(work, found)


def record_consent(work: Work, request: RecordConsent) -> ListedPerson:
    """Record a consent, with the file that proves it where there is one."""
    found = _open(work, request.application)
    person = _find(work, found, request.login)
    day = _past(work, request.consent_on, "consent_on")
    row: dict[str, Any] = {"consent_on": day, "withdrawn_on": None}
    content = None if request.token is None else work.files.staged(request.token)
    if content is not None:
        row["consent_sha256"] = content.sha256
        row["consent_name"] = checked_name(request.name or "consent")
    work.db.execute(update(_L).where(col(_L.id) == person.id).values(**row))
    with at_applicant(work, found) as there:
        if content is not None:
            there.unname([person.consent_sha256] if person.consent_sha256 else [])
            there.keep(content)
        told = {"login": person.login, "consent_on": day.isoformat()}
        there.record("consent", "joining", found.id, None, told)
    return _shown(work, _row(work, found, person.login))


def withdraw_consent(work: Work, request: WithdrawConsent) -> ListedPerson:
    """Close the account of whoever has withdrawn his consent, whatever he leaves open.

    Raises `LastAdministrator` where nobody would be left to give rights.
    """
    found = find_application(work, request.application)
    person = _find(work, found, request.login)
    day = _past(work, request.withdrawn_on, "withdrawn_on")
    work.db.execute(update(_L).where(col(_L.id) == person.id).values(withdrawn_on=day))
    with at_applicant(work, found) as there:
        told = {"login": person.login, "withdrawn_on": day.isoformat()}
        there.record("withdraw_consent", "joining", found.id, None, told)
        if person.employee_id is not None:
            _close_account(there, person.employee_id, found)
    return _shown(work, _row(work, found, person.login))


def list_listed_people(work: Work, request: ListListedPeople) -> ListedPeople:
    """Return the list by name."""
    return _all(work, find_application(work, request.application))


def open_accounts(work: Work, found: Found) -> None:
    """Open an account for everybody on the list who has none, in the applicant's name."""
    for person in work.db.execute(_people(found).where(col(_L.withdrawn_on).is_(None))).all():
        if person.employee_id is not None:
            continue
        request = AddEmployee(
            login=person.login,
            full_name=person.full_name,
            position=person.position,
            email=person.email,
            roles=tuple(map(Role, person.roles.split())),
        )
        with at_applicant(work, found) as there:
            made = add_employee(there, request)
        work.db.execute(update(_L).where(col(_L.id) == person.id).values(employee_id=made.id))


def _open(work: Work, application: str | None) -> Found:
    found = find_application(work, application)
    if found.state in ENDED:
        raise FieldNotEditable(name=found.row.name, state=_(STATE_TITLES[found.state]))
    return found


def _people(found: Found) -> Any:
    table: Any = JoiningPersonTable.__table__  # type: ignore[attr-defined]
    return (
        select(table)
        .where(table.c.organization_id == found.organization_id)
        .order_by(table.c.folded_name, table.c.id)
    )


def _row(work: Work, found: Found, login: str) -> Any:
    return work.db.execute(_people(found).where(col(_L.login) == login)).first()


def _find(work: Work, found: Found, text: str) -> Any:
    login = normalized(text)
    row = _row(work, found, login)
    if row is None:
        raise NotFound(field="login", kind=_(N_("Person")), key=login)
    return row


def _all(work: Work, found: Found) -> ListedPeople:
    return ListedPeople(rows=[_shown(work, row) for row in work.db.execute(_people(found)).all()])


def _shown(work: Work, row: Any) -> ListedPerson:
    values = row._mapping
    employee = values["employee_id"]
    return ListedPerson(
        **{name: values[name] for name in ListedPerson.model_fields if name in values}
        | {"roles": values["roles"].split()},
        has_account=employee is not None and values["withdrawn_on"] is None,
        open_work=count_open_assignments(work.db, employee) if employee else 0,
    )


def _known_login(work: Work, found: Found, login: str) -> Any:
    """Return whose login it is here already. Raises `LoginTaken` for one of elsewhere."""
    row = work.db.execute(
        select(col(_E.id), col(_E.organization_id)).where(col(_E.login) == login)
    ).one_or_none()
    if row is not None and row.organization_id != found.organization_id:
        raise LoginTaken(field="login", login=login)
    return row.id if row else None


def _require_own_email(work: Work, found: Found, email: str) -> None:
    """Refuse an address by which somebody of another organization is written to."""
    for table, is_current in (
        (_E, col(_E.state) == "active"),
        (_L, col(_L.withdrawn_on).is_(None)),
    ):
        code = work.db.scalar(
            select(col(_O.code))
            .join(table, col(table.organization_id) == col(_O.id))
            .where(
                col(table.email) == email,
                col(table.organization_id) != found.organization_id,
                is_current,
            )
            .limit(1)
        )
        if code is not None:
            raise EmailUsedElsewhere(field="email", email=email)


def _past(work: Work, day: date | None, field: str) -> date:
    chosen = day or work.today
    if chosen > work.today:
        raise ConsentInFuture(field=field, day=f"{chosen:%d.%m.%Y}")
    return chosen


def _close_account(there: Work, person: Any, found: Found) -> None:
    # an organization that has gone needs nobody to give rights in it
    governed = [] if found.state in ENDED else governed_by(there, person)
    lock_administrators(there, governed)
    done = there.db.execute(
        update(_E)
        .where(col(_E.id) == person, col(_E.state) == "active")
        .values(state="dismissed", version=col(_E.version) + 1)
    )
    if done.rowcount:
        require_administrators(there, governed, person, "login")
        there.record("edit", "employee", person, {"state": "active"}, {"state": "dismissed"})
