"""An operator sees the organizations below in figures, and not a single document."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.access import Role
from sed_tui.errors import NotPermitted
from sed_tui.operations.document_list import COUNT, CountDocuments
from sed_tui.operations.employee import ADD, AddEmployee
from sed_tui.operations.organization import ADD as ADD_ORGANIZATION
from sed_tui.operations.organization import AddOrganization
from sed_tui.operations.organization_overview import OVERVIEW, ShowOverview
from sed_tui.operations.registration import REGISTER
from tests.handlers.callers import acting
from tests.handlers.letters import TODAY, letter

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

BELOW = (("02", "Управление образования", "01"), ("0201", "Школа № 1", "02"), ("03", "Дума", None))


@pytest.fixture
def branch(gateway: LocalGateway, settings: Settings, clock: FixedClock) -> None:
    """Let there be an organization below, one below that, and one beside."""
    with acting(settings, clock, "admin", "01") as first:
        for code, name, parent in BELOW:
            first.call(ADD_ORGANIZATION, AddOrganization(code=code, name=name, parent=parent))


def hire(gateway: LocalGateway, login: str, *roles: Role) -> None:
    gateway.call(ADD, AddEmployee(login=login, full_name=f"{login} А.А.", roles=roles))


@pytest.mark.usefixtures("branch")
def test_the_branch_is_shown_in_figures_and_nothing_beside_it(
    settings: Settings, clock: FixedClock
) -> None:
    with acting(settings, clock, "admin", "0201") as school:
        hire(school, "clerk", Role.REGISTRAR)
    with acting(settings, clock, "admin", "02") as first, acting(settings, clock, "clerk") as clerk:
        number = clerk.call(REGISTER, letter(subject="Тайна школы")).number
        hire(first, "watch", Role.OPERATOR)
    with acting(settings, clock, "watch") as operator:
        overview = operator.call(OVERVIEW, ShowOverview())
        found = operator.call(OVERVIEW, ShowOverview(query="ШКОЛА"))
        page = operator.call(OVERVIEW, ShowOverview(limit=1))
        rest = operator.call(OVERVIEW, ShowOverview(after=page.next))
        with pytest.raises(NotPermitted):
            operator.call(COUNT, CountDocuments())

    assert [row.code for row in overview.rows] == ["02", "0201"]
    assert [(row.people, row.documents, row.documents_this_year) for row in overview.rows] == [
        (1, 0, 0),
        (1, 1, 1),
    ]
    assert [row.last_registered_on for row in overview.rows] == [None, TODAY]
    assert [row.code for row in found.rows] == [row.code for row in rest.rows] == ["0201"]
    for secret in (number, "Тайна", "clerk"):
        assert secret not in overview.model_dump_json()


@pytest.mark.usefixtures("branch")
def test_an_operator_below_sees_nothing_of_those_above(
    settings: Settings, clock: FixedClock
) -> None:
    with acting(settings, clock, "admin", "0201") as school:
        hire(school, "watch", Role.OPERATOR)
    with acting(settings, clock, "watch") as operator:
        assert [row.code for row in operator.call(OVERVIEW, ShowOverview()).rows] == ["0201"]
