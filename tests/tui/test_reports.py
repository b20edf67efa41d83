"""Reports on the screen: numbers, what they are made of, charts, files, commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.operations.assignment_extension import EXTEND, ExtendAssignment
from sed_tui.operations.assignment_list import (
    COUNT,
    LIST,
    CountAssignments,
    ListAssignments,
    Scope,
)
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.report import OVERDUE, ReportOverdue
from sed_tui.operations.reregistration import CANCEL, CancelRegistration
from sed_tui.rendering.overdue import overdue_printout
from sed_tui.rendering.printout import Form, write
from sed_tui.tui.app import SedApp
from sed_tui.tui.report_rows import FigureSource, ReportRowsScreen
from sed_tui.tui.screens.document_card import DocumentCardScreen
from sed_tui.tui.screens.reports import ReportsScreen
from tests.tui import office
from tests.tui.keys import press
from tests.tui.waiting import screen_text, settle, typed, until

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gateway.local import LocalGateway

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


async def test_the_overview_counts_what_the_lists_hold(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    overdue = gateway.call(COUNT, CountAssignments(scope=Scope.OVERDUE)).total
    everything = gateway.call(COUNT, CountAssignments()).total
    app = SedApp(gateway)
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "5")

        assert isinstance(app.screen, ReportsScreen)
        cells = {row.key: row.cells[1] for row in map(app.screen.table.row_at, range(10)) if row}
        assert (cells["overdue_now"], cells["total"]) == (f"{overdue}", f"{everything}")
        assert (overdue, everything) == (1, 4)
        text = screen_text(app)
        assert "F1 = executed in time / (" in text
        assert "1–3" in text  # the ages of what is overdue, drawn with their numbers


@pytest.mark.parametrize(("key", "title"), [("right", "Overdue assignments"), ("д", "Overdue")])
async def test_a_number_opens_as_many_rows_as_it_says(
    gateway: LocalGateway, letters: list[Any], key: str, title: str
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "5", key)

        assert f"Reports: {title}" in screen_text(app)

        await press(pilot, "end", "enter")

        assert isinstance(app.screen, ReportRowsScreen)
        source = app.screen.table.source
        assert isinstance(source, FigureSource)
        assert source.total == app.screen.table.total == 1
        assert "Подготовить ответ [срочно]" in screen_text(app)

        await press(pilot, "escape")

        assert isinstance(app.screen, ReportsScreen)


async def test_of_several_numbers_one_is_chosen(gateway: LocalGateway, letters: list[Any]) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "5", *["right"] * 4, "end")

        text = screen_text(app)
        assert "F3 = executed in time / all whose term came in the period" in text

        await press(pilot, "enter")
        assert "In work, not overdue" in screen_text(app)

        await press(pilot, "enter")
        assert isinstance(app.screen, ReportRowsScreen)


@pytest.mark.parametrize("key", ["s", "ы", "f2"])
async def test_a_report_is_saved_as_the_command_line_writes_it(
    gateway: LocalGateway,
    letters: list[Any],
    key: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await press(pilot, "5", "right", key, "enter")
        await until(pilot, (tmp_path / "overdue.xlsx").exists)

    expected = tmp_path / "expected.xlsx"
    with expected.open("wb") as target:
        printout = overdue_printout(gateway.call(OVERDUE, ReportOverdue()))
        write(printout, Form.XLSX, target)
    assert (tmp_path / "overdue.xlsx").read_bytes() == expected.read_bytes()


async def test_a_form_that_nobody_writes_is_refused(
    gateway: LocalGateway, letters: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "reports"
    place.mkdir()
    monkeypatch.chdir(place)
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await press(pilot, "5", "right", "s")
        await typed(pilot, "q")
        await press(pilot, "enter")

        assert [note.title for note in app._notifications] == ["Not done"]
    assert not list(place.iterdir())


async def test_a_report_is_copied_as_a_command_for_a_schedule(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await press(pilot, "5", "right", "b", "colon", "enter")

        assert app.clipboard == "sedctl report overdue --by executor --output overdue.xlsx"


async def test_other_days_give_another_report(gateway: LocalGateway, letters: list[Any]) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "5", "right", "з", "tab", "tab")
        await typed(pilot, "31.02.2026")
        await press(pilot, "f2")

        assert "! " in screen_text(app)

        await press(pilot, *["backspace"] * 10)
        await typed(pilot, "30.12.2026")
        await press(pilot, "enter")

        assert "As of 2026-12-30" in screen_text(app)
        await press(pilot, "end", "enter")
        assert app.screen.query_one("#rows").total == 3  # type: ignore[attr-defined]


async def test_a_register_opens_the_documents_it_lists(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "5", *["left"] * 4)

        assert "Register of incoming documents" in screen_text(app)
        assert app.screen.table.total == len(letters)  # type: ignore[attr-defined]

        await press(pilot, "enter")

        assert isinstance(app.screen, DocumentCardScreen)

        await press(pilot, "escape", "и")  # b: the next flow

        assert "Register of outgoing documents" in screen_text(app)

        await press(pilot, "colon")

        assert "sedctl report journal outgoing --since 2026-11-01" in screen_text(app)


async def test_a_request_for_a_later_term_opens_its_assignment(
    gateway: LocalGateway, letters: list[Any]
) -> None:
    [row] = gateway.call(LIST, ListAssignments(text="Справка")).rows
    asked = ExtendAssignment(assignment=str(row.id), due="10.12.2026")
    gateway.call(EXTEND, asked, CallOptions(reason="нет данных"))
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "5", *["right"] * 5, "enter")

        assert "Справка об исполнении" in screen_text(app)


@pytest.mark.parametrize(
    ("steps", "said", "rows"),
    [(3, "Control of gaps", 1), (2, "Volume of documents", 1), (1, "Citizens' appeals", 0)],
    ids=["gaps", "volume", "appeals"],
)
async def test_reports_on_documents_stand_on_the_screen(
    gateway: LocalGateway, letters: list[Any], steps: int, said: str, rows: int
) -> None:
    gateway.call(CANCEL, CancelRegistration(document="01-23/5"), CallOptions(reason="ошибка"))
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "5", *["left"] * steps)

        assert said in screen_text(app)
        assert app.screen.table.total == rows  # type: ignore[attr-defined]


async def test_charts_take_the_whole_screen(gateway: LocalGateway, letters: list[Any]) -> None:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "5", "v")

        assert not app.screen.table.display  # type: ignore[attr-defined]
        assert "How long overdue" in screen_text(app)

        await press(pilot, "v")
        assert app.screen.table.display  # type: ignore[attr-defined]


async def test_an_empty_report_says_so(gateway: LocalGateway) -> None:
    app = SedApp(gateway)
    async with app.run_test() as pilot:
        await press(pilot, "5", "right")

        assert "Nothing to report." in screen_text(app)


async def test_a_report_that_cannot_be_read_says_why(gateway: LocalGateway) -> None:
    trying = office.Trying(gateway)
    app = SedApp(trying)
    async with app.run_test() as pilot:
        await settle(pilot)
        trying.failure = office.UNAVAILABLE
        await press(pilot, "5")

        assert "the cable is out" in screen_text(app)

        trying.failure = None
        await press(pilot, "r")
        assert "Issued" in screen_text(app) or "issued from" in screen_text(app)


async def test_a_slow_report_says_what_it_waits_for(gateway: LocalGateway) -> None:
    trying = office.Trying(gateway)
    app = SedApp(trying)
    async with app.run_test() as pilot:
        await settle(pilot)
        trying.is_open.clear()
        await pilot.press("5")
        try:
            for _turn in range(500):
                await pilot.pause(0.01)
                if "Reading… Esc cancels." in screen_text(app):
                    break
            else:
                raise AssertionError(screen_text(app))
        finally:
            trying.is_open.set()
        await settle(pilot)
