"""People and their roles: who is meant by a name, who may act, and who has to stay."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.access import Role
from sed_tui.errors import Invalid, NotFound, NotPermitted
from sed_tui.errors.correspondents import BadEmail
from sed_tui.errors.identity import LoginTaken, UnknownOrganization
from sed_tui.errors.input import ForbiddenCharacters, UnknownField
from sed_tui.errors.people import (
    AmbiguousPerson,
    BadLogin,
    LastAdministrator,
    OsUserTaken,
    PersonDismissed,
    RoleNeeded,
    UnitExists,
)
from sed_tui.errors.references import ChangedMeanwhile
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations import employee, employee_access, organization, unit
from sed_tui.operations.employee import AddEmployee, EditEmployee, ListEmployees, ShowEmployee
from sed_tui.operations.employee_access import ChangeRoles, DisableEmployee, EnableEmployee
from sed_tui.operations.organization import AddOrganization
from tests.handlers.callers import NOT_HIM, acting

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from tests.conftest import FixedClock


def test_a_person_is_taken_on(gateway: LocalGateway) -> None:
    gateway.call(unit.ADD, unit.AddUnit(code="ОД", name="Общий отдел"))

    added = add(
        gateway,
        "petrov.vs",
        "Петров  Василий Сергеевич",
        position="Специалист",
        unit="общий отдел",
        roles=(Role.EXECUTOR, Role.REGISTRAR),
        email="p@adm.ru",
    )

    assert added.full_name == "Петров Василий Сергеевич"
    assert (added.unit, added.organization) == ("Общий отдел", "01")
    assert added.roles == [Role.REGISTRAR, Role.EXECUTOR]
    assert show(gateway, "petrov.vs") == added


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"login": "a b"}, BadLogin),
        ({"login": "a\u202eb"}, ForbiddenCharacters),
        ({"login": "admin"}, LoginTaken),
        ({"full_name": " "}, Invalid),
        ({"unit": "нет такого"}, NotFound),
        ({"email": "nobody"}, BadEmail),
    ],
)
def test_wrong_fields_are_refused(
    gateway: LocalGateway, fields: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        gateway.call(
            employee.ADD, AddEmployee.model_validate({"login": "p", "full_name": "П", **fields})
        )

    assert [row.login for row in everybody(gateway)] == ["admin"]


def test_two_who_take_one_login_at_once_make_one_person(
    settings: Settings, clock: FixedClock
) -> None:
    barrier, outcomes = Barrier(4), []

    def work() -> None:
        own = LocalGateway(settings, clock)
        barrier.wait()
        try:
            outcomes.append(add(own, "petrov", "Петров").login)
        except LoginTaken:
            outcomes.append("")
        finally:
            own.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["", "", "", "petrov"]


def test_one_system_user_is_one_person(gateway: LocalGateway) -> None:
    add(gateway, "petrov", "Петров", os_user="vasya")

    with pytest.raises(OsUserTaken):
        add(gateway, "sidorov", "Сидоров", os_user="vasya")


@pytest.mark.parametrize(
    "text",
    [
        "petrov",
        "Петров Василий Сергеевич",
        "ПЕТРОВ Василий",
        "Петров В.С.",
        "петров в. с.",
        "В.С. Петров",
        "Петров В.",
        "Петров",
    ],
)
def test_a_person_answers_to_many_forms_of_the_name(gateway: LocalGateway, text: str) -> None:
    added = add(gateway, "petrov", "Петров Василий Сергеевич")
    add(gateway, "petrova", "Петрова Вера Сергеевна")
    add(gateway, "petrovsky", "Петровский Василий Сергеевич")

    assert show(gateway, text) == added
    assert show(gateway, str(added.id)) == added
    assert show(gateway, added.id.hex[:8]) == added


@pytest.mark.parametrize("text", ["Петров С.В.", "В. Петров С.", "С.", "Сергеевич", "", "Пет"])
def test_another_name_is_not_taken_for_it(gateway: LocalGateway, text: str) -> None:
    add(gateway, "petrov", "Петров Василий Сергеевич")
    if text == "В. Петров С.":
        # initials are read in their order, wherever the surname stands
        assert show(gateway, text).login == "petrov"
        return

    with pytest.raises(NotFound):
        show(gateway, text)


def test_namesakes_are_told_apart_by_login(gateway: LocalGateway) -> None:
    add(gateway, "petrov1", "Петров Василий Сергеевич")
    add(gateway, "petrov2", "Петров Виктор Степанович")

    with pytest.raises(AmbiguousPerson) as caught:
        show(gateway, "Петров В.С.")
    assert "petrov1" in str(caught.value)
    assert "petrov2" in str(caught.value)
    assert show(gateway, "Петров Виктор").login == "petrov2"


def test_fields_are_edited_and_nothing_else(gateway: LocalGateway) -> None:
    gateway.call(unit.ADD, unit.AddUnit(code="ОД", name="Общий отдел"))
    before = add(gateway, "petrov", "Петров Василий", unit="ОД", phone="1")

    after = edit(gateway, "petrov", full_name="Петров-Водкин Кузьма", phone="", clearance=True)

    assert (after.full_name, after.phone, after.clearance) == ("Петров-Водкин Кузьма", None, True)
    assert (after.unit, after.login, after.version) == ("Общий отдел", "petrov", before.version + 1)
    assert show(gateway, "Петров-Водкин К.").id == before.id
    with pytest.raises(UnknownField):
        edit(gateway, "petrov", login="x")
    with pytest.raises(Invalid):
        edit(gateway, "petrov", clearance="no")
    with pytest.raises(ChangedMeanwhile):
        edit(gateway, "petrov", version=before.version, phone="2")


def test_a_dismissed_person_cannot_act_and_is_not_chosen(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add(gateway, "petrov", "Петров Василий", roles=(Role.EXECUTOR,))
    with acting(settings, clock, "petrov") as petrov:
        assert everybody(petrov)

        gateway.call(employee_access.DISABLE, DisableEmployee(employee="petrov"))

        with pytest.raises(NOT_HIM):
            everybody(petrov)
        assert [row.login for row in everybody(gateway)] == ["admin"]
        assert show(gateway, "petrov").state == "dismissed"
        with pytest.raises(PersonDismissed):
            gateway.call(employee_access.DISABLE, DisableEmployee(employee="petrov"))
        gateway.call(employee_access.ENABLE, EnableEmployee(employee="petrov"))
        assert everybody(petrov)


def test_roles_are_granted_and_revoked(gateway: LocalGateway) -> None:
    add(gateway, "petrov", "Петров", roles=(Role.EXECUTOR,))

    granted = roles(gateway, "petrov", grant=(Role.HEAD, Role.EXECUTOR))
    revoked = roles(gateway, "petrov", revoke=(Role.EXECUTOR, Role.AUDITOR))

    assert granted.roles == [Role.HEAD, Role.EXECUTOR]
    assert revoked.roles == [Role.HEAD]
    with pytest.raises(RoleNeeded):
        roles(gateway, "petrov")


def test_whoever_lost_every_role_cannot_act(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add(gateway, "petrov", "Петров", roles=(Role.EXECUTOR,))
    roles(gateway, "petrov", revoke=(Role.EXECUTOR,))

    with acting(settings, clock, "petrov") as petrov, pytest.raises(NOT_HIM):
        everybody(petrov)


def test_an_organization_keeps_its_last_administrator(gateway: LocalGateway) -> None:
    add(gateway, "petrov", "Петров", roles=(Role.ADMINISTRATOR,))
    gateway.call(employee_access.DISABLE, DisableEmployee(employee="petrov"))

    with pytest.raises(LastAdministrator):
        roles(gateway, "admin", revoke=(Role.ADMINISTRATOR,))
    with pytest.raises(LastAdministrator):
        gateway.call(employee_access.DISABLE, DisableEmployee(employee="admin"))
    assert Role.ADMINISTRATOR in show(gateway, "admin").roles


def test_two_administrators_who_dismiss_each_other_at_once_leave_one(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add(gateway, "petrov", "Петров", roles=(Role.ADMINISTRATOR,))
    barrier = Barrier(2)

    def work(login: str, other: str) -> None:
        with acting(settings, clock, login) as own:
            barrier.wait()
            try:
                own.call(employee_access.DISABLE, DisableEmployee(employee=other))
            except (LastAdministrator, *NOT_HIM):
                return

    threads = [
        Thread(target=work, args=names) for names in (("admin", "petrov"), ("petrov", "admin"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    left = "admin"
    try:
        everybody(gateway)
    except NOT_HIM:
        left = "petrov"
    with acting(settings, clock, left) as own:
        assert [row.login for row in everybody(own)] == [left]


def test_somebody_of_another_organization_gets_roles_by_login(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add(gateway, "petrov", "Петров Василий", roles=(Role.EXECUTOR,))
    gateway.call(organization.ADD, AddOrganization(code="02", name="Управа", parent="01"))

    with acting(settings, clock, "admin", "02") as second:
        with pytest.raises(NotFound):
            roles(second, "Петров Василий", grant=(Role.HEAD,))
        assert roles(second, "petrov", grant=(Role.HEAD,)).roles == [Role.HEAD]
        assert [row.login for row in everybody(second)] == []
        assert {row.login for row in everybody(second, guests=True)} == {"admin", "petrov"}
    with acting(settings, clock, "petrov", "02") as guest:
        assert everybody(guest, guests=True)
    with acting(settings, clock, "petrov", "01") as own, pytest.raises(NotPermitted):
        own.call(employee.ADD, AddEmployee(login="x", full_name="X"))


def test_an_administrator_of_one_organization_is_nobody_in_another(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    gateway.call(organization.ADD, AddOrganization(code="02", name="Управа"))
    with acting(settings, clock, "admin", "02") as second:
        add(second, "sidorov", "Сидоров", roles=(Role.ADMINISTRATOR,))
    with acting(settings, clock, "sidorov", "01") as stranger, pytest.raises(UnknownOrganization):
        everybody(stranger)
    with acting(settings, clock, "sidorov") as sidorov:
        for request in (ShowEmployee(employee="admin"), ShowEmployee(employee="Иванова")):
            with pytest.raises(NotFound):
                sidorov.call(employee.SHOW, request)
        with pytest.raises(NotFound):
            edit(sidorov, "admin", phone="1")
        with pytest.raises(NotFound):
            sidorov.call(employee_access.DISABLE, DisableEmployee(employee="admin"))


def test_units_make_a_tree_of_unique_codes(gateway: LocalGateway) -> None:
    gateway.call(unit.ADD, unit.AddUnit(code="01", name="Аппарат"))
    below = gateway.call(unit.ADD, unit.AddUnit(code="02", name="Отдел", parent="Аппарат"))

    assert below.parent == "01"
    with pytest.raises(UnitExists):
        gateway.call(unit.ADD, unit.AddUnit(code="02", name="Другой"))
    with pytest.raises(NotFound):
        gateway.call(unit.ADD, unit.AddUnit(code="03", name="Третий", parent="нет"))
    assert [row.code for row in gateway.call(unit.LIST, unit.ListUnits()).rows] == ["01", "02"]


def test_pages_of_people_hold_everybody_once(gateway: LocalGateway) -> None:
    for number in range(7):
        add(gateway, f"p{number}", f"Сидоров {number}")
    names, cursor = [], None
    while True:
        page = gateway.call(employee.LIST, ListEmployees(query="сидор", limit=3, after=cursor))
        names += [row.login for row in page.rows]
        cursor = page.next
        if cursor is None:
            break

    assert names == [f"p{number}" for number in range(7)]


def add(gateway: LocalGateway, login: str, name: str, **fields: Any) -> employee.Employee:
    return gateway.call(employee.ADD, AddEmployee(login=login, full_name=name, **fields))


def edit(
    gateway: LocalGateway, who: str, version: int | None = None, **changes: Any
) -> employee.Employee:
    request = EditEmployee(employee=who, changes=dict(changes), version=version)
    return gateway.call(employee.EDIT, request)


def show(gateway: LocalGateway, who: str) -> employee.Employee:
    return gateway.call(employee.SHOW, ShowEmployee(employee=who))


def roles(gateway: LocalGateway, who: str, **change: tuple[Role, ...]) -> employee.Employee:
    return gateway.call(employee_access.ROLES, ChangeRoles(employee=who, **change))


def everybody(gateway: LocalGateway, *, guests: bool = False) -> list[employee.EmployeeRow]:
    return gateway.call(employee.LIST, ListEmployees(guests=guests)).rows
