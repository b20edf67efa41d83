"""Steps of an assignment from lists and from its card, many at once, and the tree."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input, Static, TextArea

from sed_tui.domain.assignment_flow import Step
from sed_tui.domain.calendar import Direction
from sed_tui.operations.acquaintance import START, StartAcquaintance
from sed_tui.operations.assignment import ISSUE, SHOW, AssignmentCard, IssueAssignment
from sed_tui.operations.assignment import ShowAssignment as Show
from sed_tui.operations.assignment_change import AMEND, AmendAssignment
from sed_tui.operations.assignment_execution import INFORM, InformAssignment
from sed_tui.operations.assignment_extension import EXTEND, ExtendAssignment
from sed_tui.operations.assignment_list import LIST, ListAssignments, Scope
from sed_tui.operations.registry import CallOptions
from sed_tui.tui.app import SedApp
from sed_tui.tui.assignment_dialog import AssignmentDialog
from sed_tui.tui.assignment_tasks import task_of
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.entry_help import told_term
from sed_tui.tui.screens.assignment_tree import AssignmentTreeScreen
from sed_tui.tui.screens.assignments import AssignmentsScreen
from tests.tui import office
from tests.tui.keys import press
from tests.tui.waiting import on_screen, screen_text, settle, typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.registration import Registered

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


def found(gateway: LocalGateway, text: str) -> AssignmentCard:
    [row] = gateway.call(LIST, ListAssignments(text=text)).rows
    return gateway.call(SHOW, Show(assignment=str(row.id)))


def told(app: SedApp) -> str:
    return "\n".join(str(notice.message) for notice in app._notifications)


@pytest.fixture
def tree(gateway: LocalGateway, letters: list[Registered]) -> AssignmentCard:
    """Divide the overdue assignment: one part is open, the other was reported."""
    top = found(gateway, "Подготовить ответ")
    for text, executor, due in (
        ("Собрать данные", "sidorov", "24.11.2026"),
        ("Сверить суммы", "petrov", "25.11.2026"),
    ):
        request = IssueAssignment(
            text=text, executor=executor, parent=str(top.id), due=due, author="admin"
        )
        gateway.call(ISSUE, request)
    with closing(office.acting(gateway, "petrov")) as petrov:
        office.report(petrov, str(found(gateway, "Сверить суммы").id))
    return top


async def test_an_impossible_step_says_what_is_possible(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "c")

        assert not isinstance(app.screen, EntryDialog)
        assert "Not possible now." in told(app)

        await press(pilot, "a")  # of another state: the line of actions leaves it out
        assert not isinstance(app.screen, EntryDialog)
        assert told(app).count("Not possible now.") == 2

        await press(pilot, "space", "o")
        assert "one assignment at a time" in told(app)


async def test_a_later_term_is_asked_for_explained_and_granted_from_the_card(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    with closing(office.acting(gateway, "admin")) as admin:
        mine = found(admin, "Справка")
        admin.call(
            EXTEND,
            ExtendAssignment(assignment=str(mine.id), due="10.12.2026"),
            CallOptions(reason="нет данных"),
        )
    app = SedApp(gateway)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "j", "j", "enter", "g")

        assert isinstance(app.screen, EntryDialog)
        assert "нет данных" in screen_text(app)
        assert "until 2026-12-10" in screen_text(app)

        await press(pilot, "f2")

        assert isinstance(app.screen, AssignmentDialog)

    assert found(gateway, "Справка").shifts == 1
    assert told_term(gateway, "31.02").startswith("! “31.02”")  # and not by a field's name
    sunday = told_term(gateway, "20.12.2026", Direction.REFUSE)
    assert sunday.startswith("! 20.12.2026 is not a working day: a day off.")
    assert told_term(gateway, "20.12.2026").startswith("until 2026-12-18")


async def test_a_change_by_somebody_else_is_told_and_nothing_is_done(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "i")
        await typed(pilot, "скоро")
        card = found(gateway, "Подготовить ответ")
        gateway.call(INFORM, InformAssignment(assignment=str(card.id), text="другое"))
        await press(pilot, "f2")

        assert "was changed meanwhile" in screen_text(app)
        assert app.screen.query_one("#field-text", TextArea).text == "скоро"
        assert found(gateway, "Подготовить ответ").version == card.version + 1

        await press(pilot, "f2")

    assert found(gateway, "Подготовить ответ").version == card.version + 2


async def test_an_amendment_keeps_what_was_typed_beside_what_another_has_changed(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    card = found(gateway, "Справка")
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        app.push_screen(EntryDialog(gateway, task_of(gateway, card, Step.AMEND)))
        await settle(pilot)
        amended = AmendAssignment(
            assignment=str(card.id), text="Справка за год", controller="sidorov"
        )
        gateway.call(AMEND, amended, CallOptions(reason="уточнено"))
        app.screen.query_one("#field-text", TextArea).text = "Справка за квартал"
        app.screen.query_one("#field-reason", Input).value = "по просьбе"
        await press(pilot, "f2")

        assert str(app.screen.query_one("#meanwhile Static", Static).content).splitlines() == [
            f"! Text: {card.text} → Справка за год; yours: Справка за квартал",
            "Controller: — → Сидоров Кирилл Константинович",
            "Control: not on control → on control",
        ]
        assert "Сидоров" in app.screen.query_one("#field-controller", Input).value

        area = app.screen.query_one("#field-text", TextArea)
        for shown in ("Справка за год", "Справка за квартал"):
            await press(pilot, "f8")
            assert area.text == shown
        await press(pilot, "f2")

    now = found(gateway, "Справка")
    assert (now.text, now.controller) == ("Справка за квартал", "Сидоров Кирилл Константинович")


async def test_a_step_on_many_names_the_number_and_tells_each_result(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "3", "asterisk", "a")

        assert "Accept: 4 assignments" in screen_text(app)

        await press(pilot, "f2")

        text = screen_text(app)
        assert "Done: 1 of 4" in text
        assert "✓ 01-23/4 Сидоров К.К.: executed" in text
        assert text.count("! 01-23/") == 3

        await press(pilot, "escape", "home", "space", "space", "a", "f2", "escape")
        # what was refused stays marked, to be tried with something else
        assert on_screen(app, AssignmentsScreen).table.chosen == 2


async def test_the_tree_marks_what_an_overdue_top_waits_for_and_enter_opens_it(
    gateway: LocalGateway, tree: AssignmentCard
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "t")

        assert isinstance(app.screen, AssignmentTreeScreen)
        lines = screen_text(app).splitlines()
        [blocking] = [line for line in lines if "← holds it up" in line]
        assert "Сидоров" in blocking
        assert any("Петров" in line and "waits for acceptance" in line for line in lines)

        await press(pilot, "j", "enter")

        on_screen(app, AssignmentDialog)


@pytest.mark.parametrize("key", ["z", "я", "f7"])
async def test_a_document_to_read_waits_in_my_work_until_it_is_confirmed(
    gateway: LocalGateway, letters: list[Any], key: str
) -> None:
    request = StartAcquaintance(document="01-23/2", people=("admin", "sidorov"))
    gateway.call(START, request)
    app = SedApp(gateway)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await press(pilot, "left")

        assert "▸ To read" in screen_text(app)
        assert "О согласовании" in screen_text(app)

        await press(pilot, key)

        assert "Acquainted: 1 of 2" in told(app)
        assert "To read" not in screen_text(app)


def test_nobody_stood_in_for_means_an_empty_list(gateway: LocalGateway, letters: list[Any]) -> None:
    assert gateway.call(LIST, ListAssignments(scope=Scope.SUBSTITUTED)).rows == []


async def use(pilot: Pilot[None], keys: tuple[str, ...]) -> None:
    await settle(pilot)
    await press(pilot, *keys)
    for line in pilot.app.screen.query(Input):
        line.cursor_blink = False


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["small", "large"])
@pytest.mark.parametrize("keys", [("t",), ("p",)], ids=["tree", "extension"])
def test_what_people_see(
    gateway: LocalGateway,
    tree: AssignmentCard,
    russian: None,
    snap_compare: Callable[..., bool],
    size: tuple[int, int],
    keys: tuple[str, ...],
) -> None:
    app = SedApp(office.Trying(gateway))

    assert snap_compare(app, run_before=partial(use, keys=keys), terminal_size=size)
