"""My work and the list of assignments: what waits, and what is done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.access import Role
from sed_tui.operations.assignment import SHOW, ShowAssignment
from sed_tui.operations.assignment_list import LIST, ListAssignments, Scope
from sed_tui.operations.employee import ADD, AddEmployee
from sed_tui.tui.app import SedApp
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.screens.approval_reading import ApprovalReadingScreen
from sed_tui.tui.screens.assignments import AssignmentsScreen
from sed_tui.tui.screens.document_card import DocumentCardScreen
from sed_tui.tui.screens.my_work import MyWorkScreen
from tests.handlers.drafts import drafted
from tests.tui import office
from tests.tui.waiting import on_screen, screen_text, settle, typed

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway

only_sqlite = pytest.mark.parametrize("engine", ["sqlite"])


def states(gateway: LocalGateway) -> list[str]:
    rows = gateway.call(LIST, ListAssignments(scope=Scope.ALL)).rows
    return sorted(f"{row.document_number} {row.state}" for row in rows)


@pytest.mark.both_engines
async def test_what_is_late_and_due_today_comes_first_with_a_sign_and_words(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)

        text = screen_text(app)
        late, today, later = (
            text.index(part) for part in ("! 2026-11-20", "• 2026-11-23", "  2026-11-30")
        )
        assert late < today < later
        assert "3 days ago" in text
        assert "7 days left" in text
        assert "▸ To execute           3   ! overdue 1   • today 1" in text


@only_sqlite
async def test_empty_groups_collapse(gateway: LocalGateway, letters: list[Any]) -> None:
    app = SedApp(office.acting(gateway, "sidorov"))
    async with app.run_test() as pilot:
        await settle(pilot)

        assert "To accept" not in screen_text(app)
        assert "Nothing waits for you." in screen_text(app)


@only_sqlite
@pytest.mark.parametrize("key", ["tab", "right", "l", "д"])
async def test_another_group_shows_its_own_list(
    gateway: LocalGateway, letters: list[Any], key: str
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)

        assert "▸ To accept" in screen_text(app)
        assert "Проверить сроки" in screen_text(app)
        assert "◦ 2026-11-30 waits" in screen_text(app)


@pytest.mark.parametrize("key", ["o", "щ", "f2"])
@only_sqlite
async def test_a_report_is_written_in_a_dialog_and_stops_the_wait(
    gateway: LocalGateway, letters: list[Any], key: str
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)

        assert isinstance(app.screen, EntryDialog)

        await typed(pilot, "сделано")
        await pilot.press("f2")
        await settle(pilot)

        on_screen(app, MyWorkScreen)
        assert "To execute           2" in screen_text(app)
        assert "01-23/1 executed" in states(gateway)


@pytest.mark.parametrize("key", ["a", "ф"])
@only_sqlite
async def test_a_report_is_accepted(gateway: LocalGateway, letters: list[Any], key: str) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("tab")
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)

        assert "01-23/4 executed" in states(gateway)
        assert "Nothing in this group." in screen_text(app)

        await pilot.press("tab")  # to the only group that is left
        await settle(pilot)
        assert "▸ To execute" in screen_text(app)


@pytest.mark.both_engines
@pytest.mark.parametrize("key", ["w", "ц"])
@only_sqlite
async def test_a_report_is_returned_with_a_text_and_a_term(
    gateway: LocalGateway, letters: list[Any], key: str
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("tab")
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)

        assert "! " in screen_text(app)  # neither text nor term yet

        await typed(pilot, "нет приложения")
        await pilot.press("tab")
        await typed(pilot, "01.12.2026")
        await pilot.press("f2")
        await settle(pilot)

        assert "01-23/4 rework" in states(gateway)


@only_sqlite
async def test_what_was_typed_is_thrown_away_only_on_the_second_escape(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot)
        await typed(pilot, "черновик")
        await pilot.press("escape")
        await settle(pilot)

        assert isinstance(app.screen, EntryDialog)
        assert "is not saved" in screen_text(app)

        await pilot.press("escape")
        await settle(pilot)

        on_screen(app, MyWorkScreen)


@only_sqlite
async def test_a_dialog_copies_what_it_would_do_as_a_command(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("o")
        await settle(pilot)
        await typed(pilot, "it is done")
        await pilot.press("f6")
        await settle(pilot)

        assert app.clipboard.startswith("sedctl assignment report ")
        assert app.clipboard.endswith("--text 'it is done'")


@only_sqlite
async def test_enter_shows_everything_about_an_assignment(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)

        text = screen_text(app)
        assert "Подготовить ответ [срочно]" in text
        assert "History" in text
        row = gateway.call(LIST, ListAssignments(scope=Scope.TO_EXECUTE)).rows[0]
        card = gateway.call(SHOW, ShowAssignment(assignment=row.short_id))
        assert card.explanation[0] in text


@only_sqlite
@pytest.mark.parametrize("key", ["d", "в"])
async def test_d_opens_the_document(gateway: LocalGateway, letters: list[Any], key: str) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)

        assert isinstance(app.screen, DocumentCardScreen)
        assert "01-23/1 of 2026-11-23" in screen_text(app)


@only_sqlite
async def test_a_failure_of_my_work_is_told_and_r_tries_again(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    trying = office.Trying(gateway)
    app = SedApp(trying)
    async with app.run_test() as pilot:
        await settle(pilot)
        trying.failure = office.UNAVAILABLE
        await pilot.press("r")
        await settle(pilot)

        assert "the cable is out" in screen_text(app)

        trying.failure = None
        await pilot.press("f5")
        await settle(pilot)

        assert "To execute           3" in screen_text(app)


@only_sqlite
async def test_a_slow_my_work_is_announced(gateway: LocalGateway, letters: list[Any]) -> None:
    trying = office.Trying(gateway)
    trying.is_open.clear()
    app = SedApp(trying)
    async with app.run_test() as pilot:
        while "Reading… Esc cancels." not in screen_text(app):
            await pilot.pause(0.02)
        trying.is_open.set()
        await settle(pilot)

        assert "To execute           3" in screen_text(app)


@only_sqlite
@pytest.mark.parametrize("key", ["l", "д", "right", "f4"])
async def test_all_assignments_go_from_scope_to_scope(
    gateway: LocalGateway, letters: list[Any], key: str
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("3")
        await settle(pilot)

        assert isinstance(app.screen, AssignmentsScreen)
        assert app.screen.table.total == 4

        await pilot.press(key)
        await settle(pilot)

        assert "Assignments: overdue" in screen_text(app)
        assert app.screen.table.total == 1


@only_sqlite
async def test_assignments_are_found_by_their_words(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("3", "slash")
        await typed(pilot, "бюджета")
        await pilot.press("enter")
        await settle(pilot)

        assert isinstance(app.screen, AssignmentsScreen)
        assert app.screen.table.total == 1


@only_sqlite
async def test_no_assignments_say_how_one_is_issued(gateway: LocalGateway) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("3")
        await settle(pilot)

        assert "They are issued on a document: 2, then i." in screen_text(app)


@only_sqlite
async def test_a_pure_administrator_is_asked_nothing_that_his_role_may_not_see(
    gateway: LocalGateway,
) -> None:
    gateway.call(ADD, AddEmployee(login="root", full_name="Админов", roles=(Role.ADMINISTRATOR,)))
    app = SedApp(office.acting(gateway, "root"))
    async with app.run_test() as pilot:
        await settle(pilot)

        assert "Your role has no papers of its own." in screen_text(app)
        assert "permit" not in screen_text(app)


@only_sqlite
async def test_what_is_to_be_approved_or_signed_is_counted_as_listed(gateway: LocalGateway) -> None:
    gateway.call(ADD, AddEmployee(login="golova", full_name="Головин Пётр", roles=(Role.HEAD,)))
    for number in range(2):
        drafted(gateway, subject=f"Письмо {number}")
    app = SedApp(office.acting(gateway, "golova"))
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "▸ To sign              2" in screen_text(app)
        assert "Письмо 1" in screen_text(app)

        await pilot.press("enter")
        await settle(pilot)
        assert isinstance(app.screen, ApprovalReadingScreen)
        assert "Направляем ответ." in screen_text(app)
