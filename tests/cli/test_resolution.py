"""`sedctl resolution` and `sedctl import assignments` through the real entry point."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from commands.points import read_point
from sed_tui.errors.resolutions import BadPoint
from sed_tui.spreadsheet.assignment_points import read_points
from tests.handlers.people import add_people

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.config import Settings
    from tests.cli.conftest import Run
    from tests.conftest import FixedClock

TABLE = """№;Текст поручения;Исполнители;Срок исполнения
1;Проверить дороги;Петров В.С., Сидоров И.И.;3 рд
2;Разослать письма;Никого Н.Н.;31.02.2027
3;Доложить;sidorov;срочно
"""
MENDED = """№;Исполнитель;Срок
2;petrov;10
"""


@pytest.fixture(autouse=True)
def _people(monkeypatch: pytest.MonkeyPatch, clock: FixedClock, settings: Settings) -> None:
    monkeypatch.setattr("sed_tui.gateway.local.SystemClock", lambda: clock)
    add_people(
        settings,
        ("petrov", "Петров Василий Сергеевич", "executor", "А"),
        ("sidorov", "Сидоров Иван Иванович", "executor", "Б"),
    )


def test_a_protocol_becomes_a_draft_is_mended_by_a_second_table_and_issued(
    sedctl: Run, tmp_path: Path
) -> None:
    table, mended = tmp_path / "протокол.csv", tmp_path / "ещё.csv"
    table.write_text(TABLE, encoding="utf-8")
    mended.write_text(MENDED, encoding="utf-8")
    tried = sedctl("import", "assignments", str(table), "--dry-run", "--format", "json")
    made = sedctl("import", "assignments", str(table), "--basis", "протокол № 5", "-f", "json")
    key = made.data["id"]
    refused = sedctl("resolution", "approve", key)

    assert (tried.status, tried.data["with_gaps"], made.status) == (0, 1, 0)
    assert (made.data["kind"], made.data["total"], made.data["with_gaps"]) == ("protocol", 3, 1)
    assert [gap["field"] for gap in made.data["points"][1]["gaps"]] == ["executor", "due"]
    assert made.data["points"][0]["co_executors"] == ["Сидоров Иван Иванович"]
    assert (refused.status, "point 2: " in refused.err) == (6, True)

    again = sedctl("import", "assignments", str(mended), "--draft", key, "--format", "json")
    approved = sedctl("resolution", "approve", key, "--format", "json")
    assert (again.data["with_gaps"], again.data["points"][1]["text"]) == (0, "Разослать письма")
    assert approved.data["state"] == "approved"
    assert all(point["assignment_id"] for point in approved.data["points"])
    assert "row 2, point 1: Петров В.С. is responsible" in made.data["notes"][0]


def test_a_draft_is_written_returned_edited_and_withdrawn(sedctl: Run) -> None:
    alone = ("resolution", "draft", "--text", "Доложить", "--executor", "petrov", "--due", "10")
    made = sedctl(*alone, "--format", "json")
    key = made.data["id"]

    assert (made.status, made.data["total"], made.data["with_gaps"]) == (0, 1, 0)
    assert sedctl("resolution", "return", key, "--comment", " ").status == 3
    assert sedctl("resolution", "return", key, "--comment", "Уточнить").status == 0
    listed = sedctl("resolution", "list", "--waiting", "--format", "jsonl")
    assert json.loads(listed.out)["comment"] == "Уточнить"
    point = "number=2; text=Раз; два = три; executor=sidorov; due=5 рд"
    edited = sedctl("resolution", "edit", key, "--point", point, "--format", "json")
    assert edited.data["points"][1]["text"] == "Раз; два = три"
    assert sedctl("resolution", "withdraw", key).status == 2
    assert sedctl("resolution", "withdraw", key, "--yes").status == 0
    shown = sedctl("resolution", "show", key)
    assert "withdrawn" in shown.out
    assert "Раз; два = три" in shown.out


@pytest.mark.parametrize("text", ["", "Доложить", "мимо; text=Доложить", "due=3; срок=5"])
@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.usefixtures("engine")
def test_a_point_that_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(BadPoint):
        read_point(text)


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.usefixtures("engine")
def test_tables_of_every_sort_hold_points(tmp_path: Path) -> None:
    import xlsxwriter

    workbook = tmp_path / "п.xlsx"
    with xlsxwriter.Workbook(str(workbook)) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_row(0, 0, ["Поручение", "Ответственный", "Срок"])
        sheet.write_row(1, 0, ["Доложить", "petrov"])
        sheet.write_number(1, 2, 46387, day)
        sheet.write_row(2, 0, ["Проверить", "sidorov", 10])
    lines = tmp_path / "п.jsonl"
    lines.write_text('{"number": "4", "text": "Доложить", "executor": "petrov"}\n', "utf-8")

    points, _notices = read_points(workbook)
    assert [(p.number, p.text, p.executor, p.due, p.row) for p in points] == [
        ("1", "Доложить", "petrov", "2026-12-31", 2),
        ("2", "Проверить", "sidorov", "10", 3),
    ]
    assert [(p.number, p.text) for p in read_points(lines)[0]] == [("4", "Доложить")]
