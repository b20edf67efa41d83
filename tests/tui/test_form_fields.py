"""The kit of form fields, in an application that knows nothing of documents."""

from __future__ import annotations

import threading
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from textual.app import App

from sed_tui.errors.registration import ReasonNeeded
from tests.tui.forms import type_text
from tests.tui.waiting import burst, settle
from widgets.completion import CompletionField, Suggestion
from widgets.completion_list import CompletionListField
from widgets.form import Form
from widgets.form_field import complaint
from widgets.form_fields import (
    ChoiceField,
    DateField,
    IntegerField,
    LongTextField,
    SheetsField,
    TextField,
)
from widgets.form_files import FilesField, find_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from textual.app import ComposeResult

    from widgets.form_field import Field

FRUIT = ("Яблоко", "Ягода", "Груша")


def fruit(text: str, limit: int) -> Sequence[Suggestion]:
    found = [each for each in FRUIT if each.casefold().startswith(text.casefold())]
    return [Suggestion(each, key=str(FRUIT.index(each))) for each in found[:limit]]


class KitApp(App[None]):
    """A form of the given fields, and one after them to go to."""

    def __init__(self, *fields: Field) -> None:
        super().__init__()
        self.form = Form([*fields, TextField("last", "Last")])
        self.left = False

    BINDINGS = [("escape", "leave", "Leave")]  # noqa: RUF012

    def compose(self) -> ComposeResult:
        yield self.form

    def on_mount(self) -> None:
        self.form.focus_first()

    def action_leave(self) -> None:
        self.left = True

    def value(self, key: str) -> Any:
        return self.form.fields[key].read()


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["down", "enter"], "0"),
        (["down", "down", "enter"], "1"),
        (["enter"], "0"),
        (["down", "tab"], "0"),
        (["tab"], "Я"),  # what was typed stays: it may be a new name
        (["escape", "tab"], "Я"),
    ],
)
async def test_a_suggestion_is_taken_only_when_it_is_chosen(keys: list[str], value: str) -> None:
    app = KitApp(CompletionField("fruit", "Fruit", fruit))

    async with app.run_test() as pilot:
        await type_text(pilot, "Я")
        await settle(pilot)
        await pilot.press(*keys)
        await settle(pilot)

        assert app.value("fruit") == value
        assert not app.left


async def test_a_form_sent_with_the_cursor_in_a_field_takes_its_proposal_and_shows_none_more() -> (
    None
):
    field = CompletionField("fruit", "Fruit", fruit)
    app = KitApp(field)

    async with app.run_test() as pilot:
        await type_text(pilot, "Я")
        await settle(pilot)
        await pilot.press("down", "down")
        assert field.is_open

        assert app.form.read() == {"fruit": "1"}
        assert not field.is_open


@pytest.mark.parametrize(
    ("at_hand", "state", "value"),
    [
        (False, {"text": "Ягода", "key": "1"}, "Г"),
        (False, {"text": "Яго", "key": None}, "ЯгоГ"),  # half typed: of a draft nothing is lost
        (True, {"text": "Ягода", "key": None}, "Груша"),  # and of a short list one alone fits
    ],
)
async def test_typing_replaces_a_whole_value(
    at_hand: bool, state: dict[str, Any], value: str
) -> None:
    app = KitApp(TextField("first", "First"), CompletionField("f", "F", fruit, at_hand=at_hand))

    async with app.run_test() as pilot:
        app.form.restore({"f": state})
        await pilot.press("tab")
        await type_text(pilot, "Г")
        await pilot.press("tab")
        await settle(pilot)

        assert app.form.fields["f"].raw == value


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (TextField, "Об уборке улиц и дворов"),
        (LongTextField, "Об уборке улиц и дворов"),
        (partial(LongTextField, multiline=True), "Об уборке\n  улиц\n\nи дворов"),
    ],
)
async def test_a_paste_of_several_lines_is_taken_whole(
    kind: Callable[[str, str], Field], value: str
) -> None:
    app = KitApp(kind("subject", "Subject"))

    async with app.run_test() as pilot:
        await burst(pilot, paste="Об уборке\n  улиц\n\nи дворов\n")
        await settle(pilot)

        assert app.value("subject") == value


def test_a_complaint_under_a_field_names_no_option_of_a_command() -> None:
    assert complaint(ReasonNeeded(field="reason", what="x")) == "X: a reason is needed."


async def test_a_name_typed_in_full_is_the_known_one() -> None:
    app = KitApp(CompletionField("fruit", "Fruit", fruit))

    async with app.run_test() as pilot:
        await type_text(pilot, "груша")
        await settle(pilot)
        await pilot.press("tab")
        await settle(pilot)

        assert app.value("fruit") == "2"


async def test_escape_puts_suggestions_away_and_then_leaves() -> None:
    field = CompletionField("fruit", "Fruit", fruit)
    app = KitApp(field)

    async with app.run_test() as pilot:
        await type_text(pilot, "Я")
        await settle(pilot)
        assert (field.is_open, app.left) == (True, False)
        await pilot.press("escape")
        assert (field.is_open, app.left) == (False, False)
        await pilot.press("escape")
        assert (field.is_open, app.left) == (False, True)


async def test_an_unknown_name_is_remarked_and_taken() -> None:
    field = CompletionField("fruit", "Fruit", fruit, unknown=lambda name: f"new: {name}")
    app = KitApp(field)

    async with app.run_test() as pilot:
        await type_text(pilot, "Слива")
        await settle(pilot)  # it is remarked when it was looked for in vain
        await pilot.press("tab")
        await settle(pilot)

        assert app.value("fruit") == "Слива"
        assert not field.wrong
        assert "new: Слива" in field.said


async def test_suggestions_are_looked_for_outside_the_event_loop() -> None:
    threads: list[int] = []

    def source(text: str, limit: int) -> Sequence[Suggestion]:
        threads.append(threading.get_ident())
        return fruit(text, limit)

    app = KitApp(CompletionField("fruit", "Fruit", source))

    async with app.run_test() as pilot:
        await type_text(pilot, "Яго")
        await settle(pilot)

    assert threads
    assert threading.get_ident() not in threads


async def test_values_of_a_list_come_one_by_one_and_go_back() -> None:
    app = KitApp(CompletionListField("fruits", "Fruits", fruit))

    async with app.run_test() as pilot:
        await type_text(pilot, "гр")
        await settle(pilot)
        await pilot.press("enter")
        await type_text(pilot, "Слива")
        await pilot.press("enter")
        await type_text(pilot, "Вишня")
        assert app.value("fruits") == ("2", "Слива", "Вишня")
        await pilot.press(*["backspace"] * 6)

        assert app.value("fruits") == ("2", "Слива")
        assert app.form.fields["fruits"].raw == "Слива"


async def test_enter_goes_to_the_next_field_and_makes_lines_where_there_may_be_some() -> None:
    app = KitApp(
        TextField("name", "Name"),
        LongTextField("subject", "Subject"),
        LongTextField("note", "Note", multiline=True),
    )

    async with app.run_test() as pilot:
        await pilot.press("a", "enter", "b", "enter", "c", "enter", "d", "tab", "e")

        assert [field.raw for field in app.form.fields.values()] == ["a", "b", "c\nd", "e"]


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (SheetsField("f", "F"), "1+7", (1, 7)),
        (SheetsField("f", "F"), "12", (12, None)),
        (SheetsField("f", "F"), "1 + 7 л.", (1, 7)),
        (SheetsField("f", "F"), "1-7", None),
        (SheetsField("f", "F"), "+7", None),
        (SheetsField("f", "F"), "100001", None),
        (IntegerField("f", "F"), "1\u00a0000", 1000),
        (IntegerField("f", "F"), "-1", None),
        (IntegerField("f", "F"), "1.5", None),
        (IntegerField("f", "F"), "٣", None),
        (DateField("f", "F", today=lambda: date(2026, 11, 23)), "12.11", date(2026, 11, 12)),
        (DateField("f", "F", today=lambda: date(2026, 11, 23)), "32.11", None),
    ],
    ids=str,
)
async def test_a_field_is_looked_at_when_it_is_left(field: Field, text: str, value: Any) -> None:
    app = KitApp(field)

    async with app.run_test() as pilot:
        await pilot.pause()
        field.raw = text
        field.changed()
        await pilot.press("tab")
        await pilot.pause()

        assert bool(field.wrong) == (value is None)
        assert app.form.readable("f") == value


async def test_an_untouched_field_is_not_complained_about_until_saving() -> None:
    field = TextField("name", "Name", required=True)
    app = KitApp(field)

    async with app.run_test() as pilot:
        await pilot.press("tab")
        await pilot.pause()
        assert not field.wrong
        assert app.form.read() is None
        await pilot.pause()
        assert bool(field.wrong)
        assert field in (app.focused.ancestors if app.focused else ())


async def test_typing_takes_a_complaint_away() -> None:
    field = TextField("name", "Name", required=True)
    app = KitApp(field)

    async with app.run_test() as pilot:
        app.form.read()
        await pilot.press("a")
        await pilot.pause()

        assert not field.wrong


async def test_a_choice_that_is_offered_late_is_still_the_wanted_one() -> None:
    field = ChoiceField("kind", "Kind", ())
    app = KitApp(field)

    async with app.run_test() as pilot:
        field.restore("letter")
        assert field.read() is None
        field.offer([("letter", "Letter"), ("order", "Order")])
        await pilot.pause()

        assert field.read() == "letter"


async def test_a_path_is_completed_into_folders_and_files(tmp_path: Path) -> None:
    (tmp_path / "письма").mkdir()
    letter = tmp_path / "письма" / "145.txt"
    letter.write_text("text")
    app = KitApp(FilesField("files", "Files"))

    async with app.run_test() as pilot:
        await type_text(pilot, f"{tmp_path}/пи")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)

        assert app.value("files") == (letter,)


def test_hidden_files_are_proposed_only_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / ".hidden").touch()
    (tmp_path / "shown").touch()

    assert [each.text for each in find_paths(f"{tmp_path}/", 9)] == [f"{tmp_path}/shown"]
    assert [each.text for each in find_paths(f"{tmp_path}/.", 9)] == [f"{tmp_path}/.hidden"]
    assert find_paths(f"{tmp_path}/nowhere/", 9) == []
