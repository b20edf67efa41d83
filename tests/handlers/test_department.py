"""The head of a department sees what its people and those of the units below take part in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.access import Role, Sight
from sed_tui.errors import NotFound, NotPermitted
from sed_tui.errors.people import DepartmentNeeded, ReachFixed
from sed_tui.gateway.glimpse import glimpse
from sed_tui.operations.assignment import ISSUE, IssueAssignment
from sed_tui.operations.assignment_list import LIST as ASSIGNMENTS
from sed_tui.operations.assignment_list import ListAssignments, Scope
from sed_tui.operations.audit import LIST as AUDIT
from sed_tui.operations.audit import ListAudit
from sed_tui.operations.document import SHOW, ShowDocument
from sed_tui.operations.document_list import COUNT, CountDocuments, ListDocuments
from sed_tui.operations.document_list import LIST as DOCUMENTS
from sed_tui.operations.employee import ADD, EDIT, AddEmployee, EditEmployee, Employee
from sed_tui.operations.employee_access import ROLES, ChangeRoles
from sed_tui.operations.export import DOCUMENTS as EXPORT
from sed_tui.operations.export import PEOPLE, ExportDocuments, ExportPeople
from sed_tui.operations.registration import REGISTER
from sed_tui.operations.unit import ADD as ADD_UNIT
from sed_tui.operations.unit import AddUnit
from tests.handlers.callers import acting
from tests.handlers.letters import letter

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

UNITS = (("У", None), ("УО", "У"), ("УОС", "УО"), ("Д", None))
WORKERS = {"near": "УО", "deep": "УОС", "other": "Д", "loose": None}


@pytest.fixture
def numbers(gateway: LocalGateway) -> dict[str, str]:
    """Let there be departments, a letter for each executor, and one for nobody."""
    for code, parent in UNITS:
        gateway.call(ADD_UNIT, AddUnit(code=code, name=f"Отдел {code}", parent=parent))
    found = {}
    for login, place in WORKERS.items():
        hire(gateway, login, Role.EXECUTOR, place)
        registered = gateway.call(REGISTER, letter(their_number=login))
        task = IssueAssignment(
            document=str(registered.id), text=login, executor=login, due="2026-12-01"
        )
        gateway.call(ISSUE, task)
        found[login] = registered.number
    found["nobody"] = gateway.call(REGISTER, letter(their_number="nobody")).number
    hire(gateway, "boss", None, "У")
    return found


def hire(gateway: LocalGateway, login: str, role: Role | None, unit: str | None) -> None:
    gateway.call(
        ADD,
        AddEmployee(
            login=login, full_name=f"{login} А.А.", unit=unit, roles=(role,) if role else ()
        ),
    )


def grant(
    gateway: LocalGateway, role: Role = Role.HEAD, scope: Sight | None = Sight.DEPARTMENT
) -> Employee:
    return gateway.call(ROLES, ChangeRoles(employee="boss", grant=(role,), scope=scope))


def test_the_department_and_the_units_below_are_seen_and_nothing_else(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, numbers: dict[str, str]
) -> None:
    grant(gateway)

    with acting(settings, clock, "boss") as boss:
        listed = {row.number for row in boss.call(DOCUMENTS, ListDocuments()).rows}
        counted = boss.call(COUNT, CountDocuments()).total
        tasks = boss.call(ASSIGNMENTS, ListAssignments(scope=Scope.ALL)).rows
        shown = boss.call(SHOW, ShowDocument(document=numbers["deep"]))
        for absent in ("other", "loose", "nobody"):
            with pytest.raises(NotFound):
                boss.call(SHOW, ShowDocument(document=numbers[absent]))
        with pytest.raises(NotPermitted):
            boss.call(EXPORT, ExportDocuments())

    assert listed == {numbers["near"], numbers["deep"]}
    assert counted == len(listed)
    assert {row.text for row in tasks} == {"near", "deep"}
    assert shown.number == numbers["deep"]


def test_who_moves_to_another_department_takes_his_documents_out_of_sight(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, numbers: dict[str, str]
) -> None:
    grant(gateway)
    gateway.call(EDIT, EditEmployee(employee="deep", changes={"unit": "Д"}))

    with acting(settings, clock, "boss") as boss:
        listed = [row.number for row in boss.call(DOCUMENTS, ListDocuments()).rows]

    assert listed == [numbers["near"]]


@pytest.mark.parametrize(
    ("scope", "seen"),
    [(Sight.OWN, 0), (Sight.DEPARTMENT, 2), (Sight.ORGANIZATION, 5), (None, 5)],
)
def test_a_role_is_narrowed_and_widened_and_completion_knows_it(
    gateway: LocalGateway,
    settings: Settings,
    clock: FixedClock,
    numbers: dict[str, str],
    scope: Sight | None,
    seen: int,
) -> None:
    grant(gateway, scope=Sight.OWN if scope else None)
    grant(gateway, scope=scope)
    again = grant(gateway, scope=None)  # what is held already stays as it is

    with acting(settings, clock, "boss") as boss:
        assert boss.call(COUNT, CountDocuments()).total == seen
        if not hasattr(boss, "local"):
            names = glimpse(boss._settings, "document", "01-")
            assert len(names) == (len(numbers) if seen == len(numbers) else 0)
    narrowed = [] if scope in {None, Sight.ORGANIZATION} else [f"head:{scope}"]
    assert (again.roles, again.reach) == ([Role.HEAD], narrowed)


def test_an_executor_may_see_as_far_as_his_department(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, numbers: dict[str, str]
) -> None:
    grant(gateway, Role.EXECUTOR)

    with acting(settings, clock, "boss") as boss:
        assert boss.call(COUNT, CountDocuments()).total == 2


def test_what_cannot_be_chosen_is_refused(gateway: LocalGateway, numbers: dict[str, str]) -> None:
    for role, scope in ((Role.REGISTRAR, Sight.DEPARTMENT), (Role.HEAD, Sight.NOTHING)):
        with pytest.raises(ReachFixed):
            grant(gateway, role, scope)
    with pytest.raises(DepartmentNeeded):
        gateway.call(
            ROLES,
            ChangeRoles(employee="loose", grant=(Role.HEAD,), scope=Sight.DEPARTMENT),
        )


def test_how_far_a_role_sees_is_in_the_trail_and_in_the_exported_table(
    gateway: LocalGateway, numbers: dict[str, str]
) -> None:
    grant(gateway)

    last = gateway.call(AUDIT, ListAudit(object="boss", operation="employee.roles")).rows[0]
    table = gateway.call(PEOPLE, ExportPeople())
    exported = {row[0]: row[table.columns.index("roles")] for row in table.rows}

    assert last.changes is not None
    assert last.changes["roles"][1] == ["head:department"]
    assert exported["boss"] == "head:department"
