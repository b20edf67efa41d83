"""Who works elsewhere is shown what the organization decides that shows it, not his employer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.access import Role
from sed_tui.domain.flows import Confidentiality
from sed_tui.errors.people import ClearanceOnCard
from sed_tui.operations.audit import LIST as TRAIL
from sed_tui.operations.audit import ListAudit
from sed_tui.operations.document_list import LIST, ListDocuments
from sed_tui.operations.employee import ADD as HIRE
from sed_tui.operations.employee import EDIT, AddEmployee, EditEmployee, ListEmployees
from sed_tui.operations.employee import LIST as PEOPLE
from sed_tui.operations.employee_access import ROLES, ChangeRoles
from sed_tui.operations.organization import ADD, AddOrganization
from sed_tui.operations.registration import REGISTER
from sed_tui.operations.registry import EVERY_ORGANIZATION
from sed_tui.operations.report_documents import JOURNAL, ReportJournal
from tests.handlers.callers import acting
from tests.handlers.letters import letter

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.employee import Employee
    from tests.conftest import FixedClock

    Seen = Callable[[str, str], str]

MASKED, PLAIN = "[For official use only]", "Схема охраны"


@pytest.fixture
def seen(gateway: LocalGateway, settings: Settings, clock: FixedClock) -> Seen:
    """Let 01 and 02 each have a letter for official use, and a guest of each in the other.

    Return what somebody is shown of it in an organization.
    """
    gateway.call(ADD, AddOrganization(code="02", name="Управа"))
    secret = letter(subject=PLAIN, confidentiality=Confidentiality.OFFICIAL)
    for code, login in (("01", "first"), ("02", "second")):
        with acting(settings, clock, "admin", code) as admin:
            cleared = AddEmployee(
                login=login, full_name=f"{login} А.А.", roles=(Role.REGISTRAR,), clearance=True
            )
            admin.call(HIRE, cleared)
        with acting(settings, clock, login, code) as own:
            own.call(REGISTER, secret)
    for code, login in (("02", "first"), ("01", "second")):
        with acting(settings, clock, "admin", code) as admin:
            admin.call(ROLES, ChangeRoles(employee=login, grant=(Role.HEAD,)))

    def shown(login: str, code: str) -> str:
        with acting(settings, clock, login, code) as one:
            (row,) = one.call(LIST, ListDocuments()).rows
            return row.subject

    return shown


def change(settings: Settings, clock: FixedClock, **fields: object) -> Employee:
    with acting(settings, clock, "admin", "02") as admin:
        request = ChangeRoles.model_validate({"employee": "first", **fields})
        return admin.call(ROLES, request)


def test_clearance_of_the_employer_opens_nothing_elsewhere(seen: Seen) -> None:
    pairs = [(who, where) for who in ("first", "second") for where in ("01", "02")]

    assert {pair: seen(*pair) for pair in pairs} == {
        ("first", "01"): PLAIN,
        ("first", "02"): MASKED,
        ("second", "01"): MASKED,
        ("second", "02"): PLAIN,
    }


def test_each_organization_clears_its_guests_until_their_last_role_ends(
    seen: Seen, settings: Settings, clock: FixedClock
) -> None:
    cleared = change(settings, clock, clearance=True)
    assert cleared.clearance
    assert seen("first", "02") == PLAIN
    assert seen("second", "01") == MASKED

    # a role more changes nothing; the employer's own word does not either
    change(settings, clock, grant=["controller"], revoke=["head"])
    with acting(settings, clock, "admin", "01") as employer:
        request = EditEmployee(employee="first", changes={"clearance": False})
        assert not employer.call(EDIT, request).clearance
    assert (seen("first", "01"), seen("first", "02")) == (MASKED, PLAIN)

    change(settings, clock, revoke=["controller"])
    assert not change(settings, clock, grant=["head"]).clearance
    assert seen("first", "02") == MASKED


def test_it_is_listed_recorded_and_not_said_of_ones_own_people(
    seen: Seen, settings: Settings, clock: FixedClock
) -> None:
    change(settings, clock, clearance=True)
    with acting(settings, clock, "admin", "02") as admin:
        rows = admin.call(PEOPLE, ListEmployees(guests=True)).rows
        with pytest.raises(ClearanceOnCard):
            admin.call(ROLES, ChangeRoles(employee="second", clearance=False))
        trail = admin.call(TRAIL, ListAudit(limit=50)).rows

    assert {row.login: row.clearance for row in rows if row.login != "admin"} == {
        "first": True,
        "second": True,
    }
    assert any(row.event == "roles" and "clearance" in str(row) for row in trail)


@pytest.mark.usefixtures("seen")
@pytest.mark.parametrize("place", ["01", "02"])
def test_a_report_of_all_masks_by_each_organization(
    settings: Settings, clock: FixedClock, place: str
) -> None:
    """Wherever the call begins, a report of every organization asks each for itself."""
    with acting(settings, clock, "first", place) as first:
        everything = ReportJournal(organization=EVERY_ORGANIZATION)
        rows = first.call(JOURNAL, everything).rows

    assert {row["organization"]: row["subject"] for row in rows} == {
        "01": PLAIN,
        "02": MASKED.strip("[]"),
    }
