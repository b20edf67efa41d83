"""The assignment form: people, the term explained before issuing, and what is refused."""

from __future__ import annotations

import shlex
from datetime import date
from typing import TYPE_CHECKING

import pytest

from sed_tui import i18n
from sed_tui.domain.access import Role
from sed_tui.operations.assignment_list import LIST, ListAssignments
from sed_tui.operations.employee import ADD, AddEmployee
from sed_tui.tui.screens.assignment_form import AssignmentScreen
from tests.tui.forms import FormApp, fill, register, steady, texts, type_text
from tests.tui.waiting import settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from sed_tui.gateway.local import LocalGateway

TODAY = date(2026, 11, 23)


@pytest.fixture
def app(gateway: LocalGateway) -> FormApp:
    return form_of(gateway)


def form_of(gateway: LocalGateway) -> FormApp:
    for login, name in (
        ("sidorov", "Сидоров Константин Константинович"),
        ("kim", "Ким Вера Павловна"),
        ("petrov", "Петров Виктор Сергеевич"),
    ):
        gateway.call(ADD, AddEmployee(login=login, full_name=name, roles=(Role.EXECUTOR,)))
    document = register(gateway)
    return FormApp(AssignmentScreen(gateway, document.id, document.number, today=lambda: TODAY))


def screen_of(app: FormApp) -> AssignmentScreen:
    assert isinstance(app.shown, AssignmentScreen)
    return app.shown


@pytest.mark.both_engines
async def test_an_assignment_is_issued_with_the_keyboard_alone(
    app: FormApp, gateway: LocalGateway
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await type_text(pilot, "Подготовить ответ")
        await pilot.press("tab")
        await type_text(pilot, "cblj")  # «сидо» on the wrong layout
        await settle(pilot)
        await pilot.press("enter", "tab")
        await type_text(pilot, "ким")
        await settle(pilot)
        await pilot.press("enter", "tab", "tab")
        await type_text(pilot, "5 рд")
        await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)

    [issued] = app.outcomes
    assert (issued.executor_login, issued.due) == ("sidorov", date(2026, 11, 30))
    assert len(issued.co_executors) == 1
    [row] = gateway.call(LIST, ListAssignments()).rows
    assert row.text == "Подготовить ответ"


async def test_a_template_of_the_office_fills_text_and_term(app: FormApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await type_text(pilot, "По письму.")
        await pilot.press("f3")
        await settle(pilot)
        lines = texts(app)
        await pilot.press("end", "enter")
        await settle(pilot)
        form = screen_of(app).form

        assert "срочно" in lines
        assert form.fields["text"].raw == (
            "По письму.\nИсполнить незамедлительно, доложить об исполнении."
        )
        assert form.fields["due"].raw == "срочно"
        assert "until" in texts(app)


async def test_the_term_is_explained_before_issuing(app: FormApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "until" in texts(app)  # the organization's own term
        screen_of(app).form.fields["due"].focus_editor()
        await type_text(pilot, "5 рд")
        await settle(pilot)

        assert "until 30.11.2026" in texts(app)


@pytest.mark.parametrize("term", ["вчера", "20.11.2026", "31.02", "когда-нибудь", "0226"])
async def test_a_term_that_cannot_be_is_said_at_its_field(
    app: FormApp, gateway: LocalGateway, term: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        form = screen_of(app).form
        await fill(pilot, form, {"text": "Ответить", "executor": "sidorov", "due": term})
        await pilot.press("f2")
        await settle(pilot)

        assert form.fields["due"].wrong
    assert gateway.call(LIST, ListAssignments()).rows == []


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("text", {"text": ""}),
        ("text", {"text": " \n "}),
        ("text", {"text": "о" * 4001}),
        ("executor", {"executor": ""}),
        ("executor", {"executor": "никто"}),
        ("controller", {"controller": "Сидоров"}),  # the executor himself
    ],
    ids=lambda value: str(value)[:40],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_issued(
    app: FormApp, gateway: LocalGateway, field: str, changes: dict[str, str]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        form = screen_of(app).form
        await fill(pilot, form, {"text": "Ответить", "executor": "sidorov", **changes})
        await pilot.press("f2")
        await settle(pilot)

        assert {name for name, each in form.fields.items() if each.wrong} == {field}
    assert gateway.call(LIST, ListAssignments()).rows == []


async def test_the_command_says_the_same(app: FormApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        people = {"items": [{"text": "Ким Вера Павловна", "key": "kim"}]}
        await fill(
            pilot,
            screen_of(app).form,
            {"text": "Ответить", "executor": "sidorov", "co_executors": people, "due": "5 рд"},
        )
        await pilot.press("f6")
        await settle(pilot)

    line = (
        "sedctl assignment issue --document 01-23/1 --text Ответить "
        "--executor sidorov --co-executor kim --due '5 рд'"
    )
    assert shlex.split(app.clipboard) == shlex.split(line)


async def test_the_draft_comes_back(app: FormApp, gateway: LocalGateway) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await type_text(pilot, "Подготовить")
        await pilot.press("escape")
        await settle(pilot)
    screen = screen_of(app)
    again = FormApp(AssignmentScreen(gateway, screen._document, screen._number))

    async with again.run_test(size=(80, 24)) as pilot:
        await settle(pilot)

        assert screen_of(again).form.fields["text"].raw == "Подготовить"


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
def test_the_form_looks_right(
    gateway: LocalGateway, snap_compare: Callable[..., bool], size: tuple[int, int]
) -> None:
    i18n.use("ru")
    app = form_of(gateway)

    async def look(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await fill(pilot, screen_of(app).form, {"text": "Подготовить ответ", "due": "срочно"})
        await steady(pilot)

    assert snap_compare(app, run_before=look, terminal_size=size)
