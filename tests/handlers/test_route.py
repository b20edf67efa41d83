"""Routes imported, versioned, chosen and previewed, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.draft_flow import Stage
from sed_tui.errors import NotFound
from sed_tui.errors.drafts import NotApproved
from sed_tui.errors.routes import NoRoute, RouteClosed, RouteFaults
from sed_tui.operations import draft, draft_registration, route
from sed_tui.operations.employee_access import DISABLE, DisableEmployee
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.substitution import ADD, AddSubstitution
from tests.handlers.drafts import drafted
from tests.handlers.letters import TODAY
from tests.handlers.routes import LETTERS

if TYPE_CHECKING:
    from tests.handlers.assignments import Office


def imported(office: Office, text: str = LETTERS) -> route.RouteCard:
    return office.as_("admin").call(route.IMPORT, route.ImportRoute(text=text))


def preview(office: Office, made: draft.Draft, code: str | None = None) -> route.RoutePlan:
    request = route.PreviewRoute(document=str(made.id), route=code)
    return office.as_("petrov").call(route.PREVIEW, request)


def test_a_text_comes_back_to_the_byte_and_the_same_one_makes_no_version(office: Office) -> None:
    first, again = imported(office), imported(office)
    other = imported(office, LETTERS.replace("2 рд", "3 рд"))

    assert (first.version, again.version, other.version) == (1, 1, 2)
    shown = office.as_("petrov").call(route.SHOW, route.ShowRoute(route="letters", version=1))
    assert (shown.text, shown.state) == (LETTERS, route.RouteState.SUPERSEDED)
    rows = office.as_("admin").call(route.LIST, route.ListRoutes()).rows
    everything = office.as_("admin").call(route.LIST, route.ListRoutes(all_versions=True)).rows
    assert [row.version for row in rows] == [2]
    assert [row.version for row in everything] == [2, 1]
    with pytest.raises(NotFound):
        office.as_("petrov").call(route.SHOW, route.ShowRoute(route="letters", version=3))


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('"sidorov"', '"sidorova"', "unknown_performer", 11),
        ('["kuznec"]', '["kuznets"]', "unknown_performer", 7),
        ('"sidorov"', '"unit:Щ"', "unknown_performer", 11),
        ('"2 рд"', '"скоро"', "bad_stage_term", 12),
        ("[when]", '[when]\nkind = "роман"', "route_bad_value", 5),
        ("[when]", '[when]\nunit = "Щ"', "route_bad_value", 5),
    ],
)
def test_what_the_office_does_not_have_is_a_fault_with_its_line(
    office: Office, old: str, new: str, code: str, line: int
) -> None:
    text = LETTERS.replace(old, new)
    found = office.as_("petrov").call(route.CHECK, route.CheckRoute(text=text))

    assert [(fault.code, fault.line) for fault in found.faults] == [(code, line)]
    with pytest.raises(RouteFaults):
        imported(office, text)
    assert office.as_("admin").call(route.LIST, route.ListRoutes()).rows == []


def test_the_plan_names_people_terms_and_substitutes(office: Office) -> None:
    imported(office)
    absence = AddSubstitution(
        absent="kuznec", substitute="kontr", starts_on=TODAY, ends_on=TODAY + timedelta(days=9)
    )
    office.as_("admin").call(ADD, absence)
    plan = preview(office, drafted(office.as_("petrov")))

    people = [[(one.login, one.due) for one in stage.people] for stage in plan.stages]
    visas, head = date(2026, 11, 25), date(2026, 11, 26)
    assert people[:3] == [
        [("sidorov", visas), ("kuznec", visas)],
        [("admin", head)],  # heads everybody, outside every department
        [("golova", None)],
    ]
    assert plan.stages[0].people[1].substitute == "Контролёрова Ольга Петровна"
    assert plan.stages[3].people[0].named_as == "the registrar"
    assert (plan.obstacles, plan.route_version) == ([], 1)


def test_everybody_who_cannot_act_is_named_before_anything_starts(office: Office) -> None:
    imported(office)
    made = drafted(office.as_("petrov"), signatory=None)
    admin = office.as_("admin")
    admin.call(DISABLE, DisableEmployee(employee="sidorov"), CallOptions(reason="Уволен"))
    away = AddSubstitution(absent="kuznec", starts_on=TODAY, ends_on=TODAY)
    admin.call(ADD, away)
    told = "\n".join(preview(office, made).obstacles)

    for name in ("Сидоров", "Кузнецова", "the signatory"):
        assert name in told


def test_the_initiator_does_not_approve_his_own_document(office: Office) -> None:
    imported(office)
    own = office.as_("sidorov")
    request = route.PreviewRoute(document=str(drafted(own).id))
    plan = own.call(route.PREVIEW, request)
    assert [one.login for one in plan.stages[0].people] == ["kuznec"]

    imported(office, LETTERS.replace('"sidorov", "group:юристы"', '"sidorov"'))
    told = own.call(route.PREVIEW, request)
    assert len(told.obstacles) == 1


def test_what_has_to_be_approved_is_not_signed_before(office: Office) -> None:
    made = drafted(office.as_("petrov"))
    imported(office)
    request = draft_registration.RegisterDraft(
        document=str(made.id), signatory="Головин П.И.", signed_on=TODAY
    )

    with pytest.raises(NotApproved):
        office.as_("admin").call(draft_registration.REGISTER, request)
    shown = office.as_("admin").call(draft.SHOW, draft.ShowDraft(document=str(made.id)))
    assert (shown.stage, shown.needs_approval) == (Stage.DRAFT, True)


def test_a_closed_route_is_chosen_no_more(office: Office) -> None:
    imported(office)
    made = drafted(office.as_("petrov"))
    closed = office.as_("admin").call(route.CLOSE, route.CloseRoute(route="letters"))

    assert closed.state is route.RouteState.CLOSED
    with pytest.raises(NoRoute):
        preview(office, made)
    with pytest.raises(RouteClosed):
        preview(office, made, "letters")
    with pytest.raises(RouteClosed):
        office.as_("admin").call(route.CLOSE, route.CloseRoute(route="letters"))
    assert imported(office).version == 2
