"""Organizations: many in one database, a tree without circles, borders that hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.errors.correspondents import BadIdentifier
from sed_tui.errors.identity import OrganizationNotChosen, UnknownOrganization
from sed_tui.errors.input import UnknownField
from sed_tui.errors.people import CircularTree, OrganizationExists, OrganizationsOfOperator
from sed_tui.errors.references import ChangedMeanwhile
from sed_tui.operations import audit, organization
from sed_tui.operations.journal import LIST as JOURNALS
from sed_tui.operations.journal import ListJournals
from sed_tui.operations.organization import (
    AddOrganization,
    EditOrganization,
    ListOrganizations,
    ShowOrganization,
    ShowTree,
)
from tests.handlers.callers import acting

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock


def test_another_organization_has_journals_and_its_founder_as_administrator(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    added = add(gateway, "02", inn="7707083893", kpp="773601001", parent="01")

    assert (added.code, added.parent, added.inn) == ("02", "01", "7707083893")
    assert (added.journals, added.people) == (5, 0)
    # the list is what one chooses from, so it asks for no choice
    assert len(gateway.call(organization.LIST, ListOrganizations()).rows) == 2
    with pytest.raises(OrganizationNotChosen):
        gateway.call(JOURNALS, ListJournals())
    with acting(settings, clock, "admin", "02") as second:
        codes = [row.code for row in second.call(organization.LIST, ListOrganizations()).rows]
        [trail] = second.call(audit.LIST, audit.ListAudit(operation="organization.add")).rows[-1:]
    assert codes == ["01", "02"]
    assert (trail.seq, trail.event, trail.object_type) == (1, "create", "organization")


def test_the_operator_alone_adds_organizations(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add(gateway, "02")

    with (
        acting(settings, clock, "admin", "02") as second,
        pytest.raises(OrganizationsOfOperator, match=r"\(01\)"),
    ):
        second.call(organization.ADD, AddOrganization(code="03", name="Ещё одна"))
    with acting(settings, clock, "admin", "01") as first:
        assert len(first.call(organization.LIST, ListOrganizations()).rows) == 2


def test_a_code_and_numbers_are_checked(gateway: LocalGateway) -> None:
    with pytest.raises(OrganizationExists):
        add(gateway, "01")
    with pytest.raises(BadIdentifier):
        add(gateway, "02", inn="7707083894")
    with pytest.raises(UnknownOrganization):
        add(gateway, "02", parent="99")
    assert len(gateway.call(organization.LIST, ListOrganizations()).rows) == 1


def test_the_tree_shows_parents_before_children(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add(gateway, "03", parent="01")
    with acting(settings, clock, "admin", "01") as first:
        add(first, "02", parent="03")
        add(first, "04", parent="01")
        branches = first.call(organization.TREE, ShowTree()).rows

    assert [(row.code, row.depth) for row in branches] == [
        ("01", 0),
        ("03", 1),
        ("02", 2),
        ("04", 1),
    ]


def test_the_tree_has_no_circles(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add(gateway, "02", parent="01")
    with acting(settings, clock, "admin", "01") as first:
        add(first, "03", parent="02")
        for code in ("01", "02", "03"):
            with pytest.raises(CircularTree):
                edit(first, parent=code)
    with acting(settings, clock, "admin", "03") as third:
        assert edit(third, parent="01").parent == "01"
        assert edit(third, parent="").parent is None


def test_fields_are_edited_and_known_ones_only(gateway: LocalGateway) -> None:
    after = edit(gateway, name="Администрация района", short_name="Район")

    assert (after.name, after.short_name, after.version) == ("Администрация района", "Район", 2)
    with pytest.raises(UnknownField):
        edit(gateway, code="99")
    with pytest.raises(ChangedMeanwhile) as failure:
        gateway.call(organization.EDIT, EditOrganization(changes={"name": "Иное"}, version=1))
    assert failure.value.details["differences"] == {"name": ["Администрация района", "Иное"]}


def test_one_sees_the_organizations_one_works_in_and_no_others(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    from sed_tui.domain.access import Role
    from sed_tui.operations import employee

    add(gateway, "02", parent="01")
    with acting(settings, clock, "admin", "02") as second:
        second.call(
            employee.ADD,
            employee.AddEmployee(login="sidorov", full_name="Сидоров", roles=(Role.ADMINISTRATOR,)),
        )
    with acting(settings, clock, "sidorov") as sidorov:
        assert [r.code for r in sidorov.call(organization.TREE, ShowTree()).rows] == ["02"]
        assert sidorov.call(organization.SHOW, ShowOrganization()).code == "02"
        with pytest.raises(UnknownOrganization):
            sidorov.call(organization.SHOW, ShowOrganization(organization="01"))
        with pytest.raises(UnknownOrganization):
            edit(sidorov, parent="01")


def add(gateway: LocalGateway, code: str, **fields: Any) -> organization.Organization:
    return gateway.call(
        organization.ADD, AddOrganization(code=code, name=f"Управа {code}", **fields)
    )


def edit(gateway: LocalGateway, **changes: str) -> organization.Organization:
    return gateway.call(organization.EDIT, EditOrganization(changes=dict(changes)))
