"""The shell: navigation, keys, help, palette, themes, and who is acting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.binding import Binding
from textual.command import CommandPalette
from textual.widgets import Input, OptionList, Select, TextArea

from sed_tui.config import configuration_path
from sed_tui.i18n import _
from sed_tui.operations.employee import ADD, AddEmployee
from sed_tui.tui.app import SedApp
from sed_tui.tui.assignment_list import AssignmentListScreen
from sed_tui.tui.chrome import MOST_ACTIONS, shown_actions
from sed_tui.tui.help import HelpScreen
from sed_tui.tui.preferences import remembered
from sed_tui.tui.screens.assignments import AssignmentsScreen
from sed_tui.tui.screens.document_card import DocumentCardScreen
from sed_tui.tui.screens.documents import DocumentsScreen
from sed_tui.tui.screens.my_work import MyWorkScreen
from tests.tui import office
from tests.tui.waiting import screen_text, settle, typed, until
from widgets.keyboard import both_layouts
from widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])

OURS = (
    SedApp,
    VirtualTable,
    AssignmentListScreen,
    MyWorkScreen,
    DocumentsScreen,
    AssignmentsScreen,
    DocumentCardScreen,
)


async def test_my_work_opens_first_and_says_who_acts_where(gateway: LocalGateway) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 24)) as pilot:
        await settle(pilot)

        assert isinstance(app.screen, MyWorkScreen)
        assert "Администрация · Иванова А.П. (administrator, assistant …)" in screen_text(app)
        assert gateway.place.partition(":")[0] in screen_text(app)

        await pilot.resize_terminal(60, 24)
        await settle(pilot)
        assert "  Администрация · Иванова А.П.\n" in screen_text(app)


async def test_number_keys_open_the_screens_and_each_keeps_its_place(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        await pilot.press("j", "3")
        await settle(pilot)

        assert isinstance(app.screen, AssignmentsScreen)

        await pilot.press("2")
        await settle(pilot)

        assert isinstance(app.screen, DocumentsScreen)
        assert app.screen.table.cursor == 1


async def test_the_bar_can_be_clicked(gateway: LocalGateway) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.click("NavigationBar", offset=(18, 0))
        await settle(pilot)

        assert isinstance(app.screen, DocumentsScreen)


async def test_the_footer_shows_at_most_seven_actions_and_the_help_is_one(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        actions = shown_actions(app.screen)

        assert len(actions) <= MOST_ACTIONS
        assert actions[-1].binding.action == "help"
        assert "F1 Help" in screen_text(app)


@pytest.mark.parametrize("keys", [("f1", "f1"), ("f1", "k"), ("question_mark",), ("comma",)])
async def test_help_lists_the_keys_of_the_focus_first_and_can_be_searched(
    gateway: LocalGateway, keys: tuple[str, ...]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        for key in keys:
            await pilot.press(key)
            await settle(pilot)

        assert isinstance(app.screen, HelpScreen)
        text = screen_text(app)
        assert text.index("Where the cursor is") < text.index("On this screen")

        await typed(pilot, "refresh")
        await settle(pilot)

        assert "F5 r" in screen_text(app)
        assert "table.down" not in screen_text(app)

        await pilot.press("f1")
        await settle(pilot)

        assert isinstance(app.screen, MyWorkScreen)


@pytest.mark.parametrize("key", ["ctrl+p", "ctrl+з", "f9"])
async def test_the_palette_opens_on_any_layout(gateway: LocalGateway, key: str) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press(key)
        await settle(pilot)

        assert isinstance(app.screen, CommandPalette)


@pytest.mark.parametrize("words", ["документы", "list documents", "document.list", "ljrevtyns"])
async def test_the_palette_finds_in_both_languages_and_on_the_wrong_layout(
    gateway: LocalGateway, russian: None, words: str
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("f9")
        await settle(pilot)
        app.screen.query_one(Input).value = words
        await until(pilot, lambda: "окумент" in screen_text(app))

        assert "Документы" in screen_text(app) or "document.list" in screen_text(app)


async def test_an_operation_of_the_palette_is_done_in_a_form(gateway: LocalGateway) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await pilot.press("f9")
        await settle(pilot)
        await typed(pilot, "session.show")
        await until(pilot, lambda: "Show who you are" in screen_text(app))
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)

        assert "Иванова Анна Петровна" in screen_text(app)


async def test_what_the_roles_do_not_permit_is_not_offered(gateway: LocalGateway) -> None:
    gateway.call(ADD, AddEmployee(login="audit", full_name="Ким Олег", roles=("auditor",)))
    app = SedApp(office.acting(gateway, "audit"))
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)

        assert " n New" not in screen_text(app)

        await pilot.press("f9")
        await settle(pilot)
        await typed(pilot, "document.register")
        await until(pilot, lambda: "not permitted to your roles" in screen_text(app))


async def test_a_theme_is_remembered(gateway: LocalGateway) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        app.theme = "ansi-dark"
        await settle(pilot)

    assert remembered("theme") == "ansi-dark"

    again = SedApp(gateway)
    async with again.run_test() as pilot:
        await settle(pilot)

        assert again.theme == "ansi-dark"


async def test_keys_of_the_configuration_win_and_get_their_russian_twins(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    configuration_path().parent.mkdir(parents=True, exist_ok=True)
    configuration_path().write_text('[keys]\n"table.down" = "w"\n', encoding="utf-8")
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("w", "ц", "j")

        assert isinstance(app.screen, MyWorkScreen)
        assert app.screen.table.cursor == 2


async def test_a_configuration_that_cannot_be_read_is_told_and_the_keys_stay(
    gateway: LocalGateway,
) -> None:
    configuration_path().parent.mkdir(parents=True, exist_ok=True)
    configuration_path().write_text("[keys]\ntable = 3\n", encoding="utf-8")
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)

        [note] = app._notifications
        assert "config.toml" in note.message


async def test_without_colour_signs_and_words_remain(
    gateway: LocalGateway, letters: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await settle(pilot)

        assert app.no_color
        assert "! 2026-11-20" in screen_text(app)
        assert "3 days ago" in screen_text(app)


async def test_a_gateway_that_cannot_begin_ends_the_interface_with_its_failure(
    gateway: LocalGateway,
) -> None:
    app = SedApp(office.acting(gateway, "nobody"))
    async with app.run_test() as pilot:
        await settle(pilot)

    assert app.failure is not None
    assert app.return_code == app.failure.exit_code


async def test_the_command_of_a_screen_is_quoted_for_the_shell(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway, root_options=["--database", "/tmp/my base.db"])
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("2")
        await settle(pilot)
        await pilot.press("Ж")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)

        assert app.clipboard == "sedctl --database '/tmp/my base.db' document list"


def _bindings(kind: type[Any]) -> list[Binding]:
    return [binding for binding in kind.BINDINGS if isinstance(binding, Binding)]


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_every_key_has_an_id_and_answers_on_both_layouts(kind: type[Any], engine: str) -> None:
    for binding in _bindings(kind):
        keys = binding.key.split(",")

        assert binding.id, binding
        assert binding.description, binding
        for key in keys:
            assert set(both_layouts(key).split(",")) <= set(keys) or key in {"comma", "full_stop"}


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_every_chord_has_another_way(kind: type[Any], engine: str) -> None:
    for binding in _bindings(kind):
        keys = binding.key.split(",")
        if any("ctrl+" in key for key in keys) and not (binding.id or "").startswith("table.half"):
            assert any("ctrl+" not in key and key[0] == "f" for key in keys), binding


async def test_our_own_bug_ends_the_program_instead_of_being_shown(gateway: LocalGateway) -> None:
    trying = office.Trying(gateway)
    app = SedApp(trying)

    async def run() -> None:
        async with app.run_test() as pilot:
            await settle(pilot)
            trying.failure = ZeroDivisionError()
            await pilot.press("2")
            await settle(pilot)

    with pytest.raises(ZeroDivisionError):
        await run()


def test_the_names_of_keys_of_borrowed_widgets_are_translated(russian: None, engine: str) -> None:
    for kind in (Input, TextArea, OptionList, Select):
        for binding in _bindings(kind):
            assert _(binding.description) != binding.description or not binding.description
