"""A system user acts for nobody, neither by roles it is given nor by those it was left."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.domain.access import MATRIX, PEOPLE, Role
from sed_tui.domain.identity import OF_PEOPLE_ALONE, secret_hash
from sed_tui.domain.program_rights import BESIDE_SYSTEM
from sed_tui.errors import NotPermitted, SedError
from sed_tui.errors.identity import OutsideScope
from sed_tui.errors.people import ProgramForPeople, ProgramNamed, RoleOfPeople
from sed_tui.operations import (
    access_token,
    employee,
    employee_access,
    export,
    organization,
    substitution,
)
from sed_tui.operations.assignment import ISSUE
from sed_tui.operations.document import EDIT, EditDocument
from sed_tui.operations.document_list import LIST, ListDocuments
from sed_tui.operations.registration import REGISTER
from sed_tui.operations.registry import CallOptions, operations
from sed_tui.operations.session import SHOW, ShowSession
from sed_tui.storage.tables.organization import EmployeeTable, RoleGrantTable
from tests.handlers.any_request import any_request
from tests.handlers.callers import acting
from tests.handlers.letters import order

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

OF_PEOPLE = sorted(PEOPLE - BESIDE_SYSTEM.keys())


def test_a_system_user_is_given_no_role_of_people(gateway: LocalGateway) -> None:
    add(gateway, "cron", Role.SYSTEM)
    add(gateway, "kim", Role.EXECUTOR)

    for role in OF_PEOPLE:
        with pytest.raises(RoleOfPeople):
            add(gateway, f"bad-{role}", Role.SYSTEM, role)
        with pytest.raises(RoleOfPeople):
            change(gateway, "cron", grant=(role, Role.EXPORTER))
    with pytest.raises(RoleOfPeople) as refused:
        change(gateway, "kim", grant=(Role.SYSTEM,))
    assert "executor" in str(refused.value)
    assert change(gateway, "cron", grant=(Role.EXPORTER,)).roles == [Role.EXPORTER, Role.SYSTEM]
    assert change(gateway, "kim", grant=(Role.SYSTEM,), revoke=(Role.EXECUTOR,)).roles == [
        Role.SYSTEM
    ]
    people = gateway.call(employee.LIST, employee.ListEmployees()).rows
    assert not [row for row in people if row.login.startswith("bad-")]


def test_another_organization_makes_no_person_of_it(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add(gateway, "cron", Role.SYSTEM)
    add(gateway, "kim", Role.HEAD)
    made = organization.AddOrganization(code="02", name="Управа", parent="01")
    gateway.call(organization.ADD, made)

    with acting(settings, clock, "admin", "02") as second:
        with pytest.raises(RoleOfPeople):
            change(second, "cron", grant=(Role.HEAD,))
        with pytest.raises(RoleOfPeople):
            change(second, "kim", grant=(Role.SYSTEM,))
        assert change(second, "cron", grant=(Role.SYSTEM,)).roles == [Role.SYSTEM]


def test_roles_it_was_left_open_nothing_of_people(gateway: LocalGateway) -> None:
    """As databases hold it from the time when any role could be given."""
    add(gateway, "cron", Role.SYSTEM)
    cron = bearing(gateway, "cron", "read", "write")
    leave(gateway, "cron", *PEOPLE)
    lent = frozenset[str]().union(*BESIDE_SYSTEM.values())
    programs = {name for name, roles in MATRIX.items() if Role.SYSTEM in roles} | lent

    done, refusals = set(), dict[str, type[NotPermitted]]()
    for name, operation in operations().items():
        try:
            cron.call(operation, any_request(operation), CallOptions(dry_run=True))
        except NotPermitted as refused:
            refusals[name] = type(refused)
            continue
        except SedError:
            pass
        done.add(name)

    assert done == programs - OF_PEOPLE_ALONE
    assert {n for n, sort in refusals.items() if sort is NotPermitted} <= OF_PEOPLE_ALONE
    assert done.isdisjoint({"document.register", "assignment.issue", "resolution.approve"})
    assert done.isdisjoint({"approval.approve", "signature.sign", "acquaintance.confirm"})
    assert set(cron.call(SHOW, ShowSession()).operations) == done
    with pytest.raises(ProgramForPeople, match="cron"):
        cron.call(REGISTER, any_request(REGISTER))
    left = change(gateway, "cron", revoke=tuple(OF_PEOPLE)).roles
    assert set(left) == {*BESIDE_SYSTEM, Role.SYSTEM}


def test_what_a_program_may_hold_works(gateway: LocalGateway) -> None:
    add(gateway, "cron", Role.SYSTEM, Role.EXPORTER)
    cron = bearing(gateway, "cron", "read", "write")

    operation = export.CORRESPONDENTS
    cron.call(operation, any_request(operation))
    assert cron.call(LIST, ListDocuments()).rows == []


def test_a_token_without_the_scope_is_told_so(gateway: LocalGateway) -> None:
    reader = bearing(gateway, "admin", "read")

    with pytest.raises(OutsideScope) as refused:
        reader.call(employee.ADD, employee.AddEmployee(login="kim", full_name="Ким"))
    assert "--scope employee.add" in refused.value.advice


def add(gateway: LocalGateway, login: str, *roles: Role) -> None:
    gateway.call(employee.ADD, employee.AddEmployee(login=login, full_name=login, roles=roles))


def change(gateway: LocalGateway, login: str, **roles: tuple[Role, ...]) -> employee.Employee:
    request = employee_access.ChangeRoles(employee=login, **roles)
    return gateway.call(employee_access.ROLES, request)


def leave(gateway: LocalGateway, login: str, *roles: Role) -> None:
    with gateway.transaction(writes=True) as db:
        person: Any = db.execute(
            select(col(EmployeeTable.id), col(EmployeeTable.organization_id)).where(
                col(EmployeeTable.login) == login
            )
        ).one()
        shared = {"employee_id": person.id, "organization_id": person.organization_id}
        db.execute(insert(RoleGrantTable), [{**shared, "role": role.value} for role in roles])


def bearing(gateway: LocalGateway, login: str, *scopes: str) -> LocalGateway:
    whose = None if login == "admin" else login
    request = access_token.AddToken(name="задания", employee=whose, scopes=scopes)
    secret = gateway.call(access_token.ADD, request).secret
    return gateway.presenting(secret_hash(secret), None)


@pytest.mark.parametrize("named", ["author", "executor", "substitute", "absent", "signatory"])
def test_a_program_is_named_nowhere_where_a_person_acts(gateway: LocalGateway, named: str) -> None:
    add(gateway, "cron", Role.SYSTEM)
    add(gateway, "kim", Role.HEAD)
    days = {"starts_on": date(2026, 11, 23), "ends_on": date(2026, 11, 30)}
    people = {"absent": "kim", "substitute": "admin", "executor": "kim", "author": "admin"}
    people |= {"signatory": "Петров В.С.", named: "cron"}
    requests: dict[str, tuple[Any, Any]] = {
        "substitution": (
            substitution.ADD,
            {"absent": people["absent"], "substitute": people["substitute"], **days},
        ),
        "assignment": (
            ISSUE,
            {"text": "Справка", "executor": people["executor"], "author": people["author"]}
            | {"due": "30.11.2026"},
        ),
        "order": (REGISTER, order(signatory=people["signatory"]).model_dump()),
    }
    told = {"absent": "substitution", "substitute": "substitution", "signatory": "order"}
    operation, fields = requests[told.get(named, "assignment")]

    with pytest.raises(ProgramNamed) as failure:
        gateway.call(operation, operation.request.model_validate(fields))
    assert (failure.value.field, failure.value.exit_code) == (named, 3)
    assert "cron is a system user" in str(failure.value)


def test_a_card_is_not_changed_to_be_signed_by_a_program(gateway: LocalGateway) -> None:
    add(gateway, "cron", Role.SYSTEM)
    made = gateway.call(REGISTER, order(signatory="Петров В.С."))

    for name in ("signatory", "drafter"):
        with pytest.raises(ProgramNamed) as failure:
            gateway.call(EDIT, EditDocument(document=str(made.id), changes={name: "cron"}))
        assert failure.value.field == name
    gateway.call(EDIT, EditDocument(document=str(made.id), changes={"signatory": "Крон С.С."}))
