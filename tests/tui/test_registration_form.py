"""The registration form: from the first key to the number, and everything refused on the way."""

from __future__ import annotations

import json
import shlex
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.widgets import Static

from commands.root import run
from sed_tui import i18n
from sed_tui.domain.access import Role
from sed_tui.domain.flows import Flow
from sed_tui.operations.document import SHOW, ShowDocument
from sed_tui.operations.employee import ADD, AddEmployee
from sed_tui.operations.registration import Registered
from sed_tui.tui.screens.registration_answers import RegisteredDialog
from sed_tui.tui.suggestions import employees
from tests.tui.forms import LETTER, fill, register, steady, texts, type_text
from tests.tui.registration_forms import FLOWS, TODAY, documents, form_of, screen_of
from tests.tui.waiting import settle
from widgets.completion import CompletionField

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway


@pytest.mark.both_engines
@pytest.mark.remote_too
async def test_a_letter_is_registered_with_the_keyboard_alone(gateway: LocalGateway) -> None:
    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await type_text(pilot, "Минздрав")
        await pilot.press("tab")
        await type_text(pilot, "145/и")
        await pilot.press("tab")
        await type_text(pilot, "10.11")
        await pilot.press("tab", "tab")
        await type_text(pilot, "О расходах")
        await pilot.press("f2")
        await settle(pilot)

        assert isinstance(app.screen, RegisteredDialog)
        assert "01-23/1" in texts(app)
        await pilot.press("ы", "escape")  # the s of copying the stamp, on a Russian layout
        await settle(pilot)
        assert app.clipboard == "№ 01-23/1 · 23.11.2026"
    [result] = app.outcomes
    assert isinstance(result, Registered)
    card = gateway.call(SHOW, ShowDocument(document=result.number))
    assert (card.correspondent, card.their_number) == ("Минздрав", "145/и")
    assert (card.their_date, card.received_on) == (date(2026, 11, 10), TODAY)


async def test_keys_that_come_in_one_packet_stay_in_their_fields(gateway: LocalGateway) -> None:
    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        keys = ["tab", *"145/7", "backspace", "8", "enter", *"1911", "backspace", "0", "tab"]
        for key in (*keys, "tab", *"Words", "backspace", "k"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settle(pilot)

        fields = screen_of(app).form.fields
        assert fields["their_number"].raw == "145/8"
        assert fields["their_date"].raw == "19.10.2026"
        assert fields["received_on"].raw == "23.11.2026"
        assert fields["subject"].raw == "Wordk"


async def test_typing_replaces_a_date_that_stands_there(gateway: LocalGateway) -> None:
    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("tab", "tab", "tab", *"2011", "tab")
        await settle(pilot)

        assert screen_of(app).form.fields["received_on"].raw == "20.11.2026"


async def test_another_flow_does_not_bring_back_the_form_put_aside(gateway: LocalGateway) -> None:
    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await type_text(pilot, "Минздрав")
        await pilot.press("f8", "f5", "down", "enter")
        await settle(pilot)
        await pilot.press("f8")
        await settle(pilot)

        assert not screen_of(app).form.state["addressees"]["text"]
        assert "correspondent" not in screen_of(app).form.fields


async def test_what_was_put_aside_is_not_promised_once_something_is_typed(
    gateway: LocalGateway,
) -> None:
    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await type_text(pilot, "Минздрав")
        await pilot.press("f8")
        assert "F8 brings back" in texts(app)

        await type_text(pilot, "М")
        await settle(pilot)

        assert "F8 brings back" not in texts(app)


def test_of_people_those_whose_surname_begins_as_typed_come_first(gateway: LocalGateway) -> None:
    for login, name in (("anna", "Анина Анна Петровна"), ("petrov", "Петров Иван Ильич")):
        gateway.call(ADD, AddEmployee(login=login, full_name=name, roles=(Role.EXECUTOR,)))

    assert [each.key for each in employees(gateway)("gtn", 8)][:2] == ["petrov", "anna"]


async def test_no_number_is_shown_before_it_is_given(gateway: LocalGateway) -> None:
    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await fill(pilot, screen_of(app).form, LETTER)

        assert "01-23/" not in texts(app)


async def test_a_file_named_by_its_path_goes_with_the_card(
    gateway: LocalGateway, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    letter = Path("письмо.txt")
    letter.write_text("О расходах", encoding="utf-8")
    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        form = screen_of(app).form
        await fill(pilot, form, LETTER)
        form.fields["files"].focus_editor()
        await type_text(pilot, "пись")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        assert form.readable("files") == (letter,)
        await pilot.press("f2")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)

    card = gateway.call(SHOW, ShowDocument(document=app.outcomes[0].number))
    assert [(each.name, each.size) for each in card.files] == [("письмо.txt", 19)]


@pytest.mark.parametrize("key", ["f4", "ctrl+d", "ctrl+в"])
async def test_the_next_card_repeats_what_it_has_in_common(gateway: LocalGateway, key: str) -> None:
    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        form = screen_of(app).form
        await fill(pilot, form, {**LETTER, "delivery": "МЭДО", "addressee": "Петров В.С."})
        await pilot.press("f2")
        await settle(pilot)
        await pilot.press("n")
        await settle(pilot)
        assert form.fields["delivery"].raw == "МЭДО"
        assert form.fields["correspondent"].raw == ""
        assert not any(field.wrong for field in form.fields.values())
        await pilot.press(key)
        await settle(pilot)

        assert form.fields["correspondent"].raw == LETTER["correspondent"]
        assert form.fields["addressee"].raw == "Петров В.С."
        assert form.fields["their_number"].raw == ""
        assert form.fields["subject"].raw == ""


@pytest.mark.parametrize("flow", list(Flow))
async def test_each_flow_has_its_form(gateway: LocalGateway, flow: Flow) -> None:
    app = form_of(gateway, flow)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await fill(pilot, screen_of(app).form, FLOWS[flow])
        await pilot.press("f2")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)

    [result] = app.outcomes
    card = gateway.call(SHOW, ShowDocument(document=str(result.id)))
    assert (card.flow, card.subject) == (flow, FLOWS[flow]["subject"])


@pytest.mark.parametrize("flow", [Flow.OUTGOING, Flow.ORDER])
async def test_what_is_registered_after_signing_needs_a_signature(
    gateway: LocalGateway, flow: Flow
) -> None:
    app = form_of(gateway, flow)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        form = screen_of(app).form
        await fill(pilot, form, {**FLOWS[flow], "signatory": "", "signed_on": ""})
        await pilot.press("f2")
        await settle(pilot)

        assert form.fields["signatory"].wrong
        assert form.fields["signed_on"].wrong
    assert documents(gateway) == 0


@pytest.mark.parametrize("typed", ["минзд", "vbyplhfd", "МИНЗДРАВ", "7202"])
async def test_correspondents_are_found_as_people_type_them(
    gateway: LocalGateway, typed: str
) -> None:
    from sed_tui.operations.correspondent import ADD, AddCorrespondent

    gateway.call(ADD, AddCorrespondent(name="Минздрав", inn="7202001391"))
    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        field = screen_of(app).form.fields["correspondent"]
        assert isinstance(field, CompletionField)
        await type_text(pilot, typed)
        await settle(pilot)
        await pilot.press("down", "enter")
        await settle(pilot)

        assert field.raw == "Минздрав"
        assert field.chosen is not None


async def test_the_command_says_the_same(gateway: LocalGateway) -> None:
    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        subject = "О «расходах» & it's; $(rm)"
        await fill(pilot, screen_of(app).form, {**LETTER, "subject": subject, "sheets": "1+7"})
        await pilot.press("f6")
        await settle(pilot)

        words = shlex.split(app.clipboard)
    assert words[:4] == ["sedctl", "document", "register", "incoming"]
    options = dict(zip(words[4::2], words[5::2], strict=True))
    assert options == {
        "--from": LETTER["correspondent"],
        "--their-number": "145/и",
        "--their-date": "10.11.2026",
        "--received": "23.11.2026",
        "--subject": subject,
        "--sheets": "1+7",
    }


async def test_registering_goes_on_to_an_assignment(gateway: LocalGateway) -> None:
    from sed_tui.tui.screens.assignment_form import AssignmentScreen

    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await fill(pilot, screen_of(app).form, LETTER)
        await pilot.press("ctrl+к")
        await settle(pilot)
        assert isinstance(app.screen, AssignmentScreen)
        assert "01-23/1" in texts(app)
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, RegisteredDialog)


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
@pytest.mark.parametrize("flow", [Flow.INCOMING, Flow.APPEAL])
def test_the_form_looks_right(
    gateway: LocalGateway, snap_compare: Callable[..., bool], flow: Flow, size: tuple[int, int]
) -> None:
    i18n.use("ru")

    async def look(pilot: Pilot[None]) -> None:
        await steady(pilot)

    assert snap_compare(form_of(gateway, flow), run_before=look, terminal_size=size)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_mistakes_and_duplicates_look_right(
    gateway: LocalGateway, snap_compare: Callable[..., bool]
) -> None:
    i18n.use("ru")
    register(gateway)
    app = form_of(gateway)

    async def look(pilot: Pilot[None]) -> None:
        await settle(pilot)
        form = screen_of(app).form
        await fill(pilot, form, {**LETTER, "subject": "", "sheets": "семь"})
        await pilot.press("f2")
        await steady(pilot)

    assert snap_compare(app, run_before=look, terminal_size=(80, 24))


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_number_looks_right(gateway: LocalGateway, snap_compare: Callable[..., bool]) -> None:
    i18n.use("ru")
    app = form_of(gateway)

    async def look(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await fill(pilot, screen_of(app).form, LETTER)
        await pilot.press("f2")
        await steady(pilot)

    assert snap_compare(app, run_before=look, terminal_size=(80, 24))


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("flow", list(Flow))
async def test_the_copied_command_registers_the_same(
    gateway: LocalGateway,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    flow: Flow,
) -> None:
    app = form_of(gateway, flow)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        more = {"note": "Два\nряда", "sheets": "1+7", "kind": "", "confidentiality": "official"}
        await fill(pilot, screen_of(app).form, {**FLOWS[flow], **more})
        await pilot.press("f6")
        await settle(pilot)
        words = shlex.split(app.clipboard)[1:]

    place = ["--database", settings.database, "--as", "admin"]
    status = run([*place, *words, "--format", "json"])

    printed = capsys.readouterr()
    assert (status, printed.err) == (0, "")
    card = gateway.call(SHOW, ShowDocument(document=json.loads(printed.out)["id"]))
    assert (card.flow, card.subject, card.note) == (flow, FLOWS[flow]["subject"], "Два\nряда")
    assert (card.sheets, card.annex_sheets, card.confidentiality) == (1, 7, "official")


async def test_warnings_are_shown_with_the_number(gateway: LocalGateway) -> None:
    first = register(gateway)
    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await fill(pilot, screen_of(app).form, {**LETTER, "their_date": "11.11.2026"})
        await pilot.press("f2")
        await settle(pilot)

        assert isinstance(app.screen, RegisteredDialog)
        assert first.number in str(app.screen.query_one(".warning", Static).content)
