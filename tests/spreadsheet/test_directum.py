"""Workbooks of Directum RX: sheets known by name and headings, results written back."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from sed_tui.errors.directum import NothingRecognized
from sed_tui.errors.spreadsheet import NotASpreadsheet
from sed_tui.spreadsheet import directum_writing
from sed_tui.spreadsheet.directum_forms import Form
from sed_tui.spreadsheet.directum_reading import open_directum
from sed_tui.spreadsheet.directum_streaming import SheetAnswers
from sed_tui.spreadsheet.directum_writing import write_answers
from tests.exchange.samples import shared
from tests.spreadsheet.directum_books import EMPLOYEES, INCOMING, RESULTS, UNITS, book

if TYPE_CHECKING:
    from pathlib import Path

LETTER = ("4", date(2011, 1, 11), "ТехноСистемы ЗАО", "Входящее письмо", "Диагностика")


def test_a_sheet_is_known_by_its_name_and_headings(tmp_path: Path) -> None:
    path = book(
        tmp_path / "t.xlsx",
        Подразделения=(UNITS, [("Отдел", "О", "Наша", None)]),
        Приложения=(("Наименование", "Расширение"), [("Плеер", "mp4")]),
        Заметки=(("Что", "Когда"), []),
        Ошибки=(("Строка", "Вид", "Суть"), [(2, "Error", "старое")]),
    )

    found = open_directum(path)

    assert [sheet.form for sheet in found.sheets] == [Form.UNITS, Form.VIEWERS]
    assert found.strangers == ("Заметки",)
    with pytest.raises(NothingRecognized):
        open_directum(book(tmp_path / "no.xlsx", Заметки=(("Что",), [("то",)])))


def test_columns_are_found_by_heading_in_any_order(tmp_path: Path) -> None:
    row = (*LETTER, r"D:\tmp\a.txt", "20.08.2010", "1234/525", 4, "Зарегистрирован")
    plain = book(tmp_path / "a.xlsx", ВходящиеПисьма=(INCOMING, [row]))
    turned = book(
        tmp_path / "b.xlsx",
        ВходящиеПисьма=(INCOMING[::-1], [(None, None, None, *row[::-1])]),
    )

    [one], [other] = (open_directum(path).sheets for path in (plain, turned))

    assert [r.values for r in one.rows()] == [r.values for r in other.rows()]
    values = next(one.rows()).values
    assert (values["registered_on"], values["journal"]) == ("2011-01-11", "4")
    assert (one.results, other.results) == ((10, 11, 12), (2, 1, 0))


def test_of_two_equal_headings_the_first_is_data_and_the_last_a_result(tmp_path: Path) -> None:
    broken = ("Рег. №", "Дата", "Подробности", "Содержание", "Подписал", *RESULTS)
    persons = ("Фамилия", "Примечание", "Итог", "Дата", "Примечание")
    path = book(
        tmp_path / "t.xlsx",
        Распоряжения=(broken, [(2, datetime(2023, 2, 9), "Распоряжение", "О", "П")]),  # noqa: DTZ001
        Персоны=(persons, [("Сергеев", "Для ЭДО", "Загружен", "08.02.2023", "вчера")]),
    )

    directives, people = open_directum(path).sheets

    assert next(directives.rows()).values == {
        "number": "2",
        "registered_on": "2023-02-09",
        "kind": "Распоряжение",
        "subject": "О",
        "signatory": "П",
    }
    assert next(people.rows()).values == {"surname": "Сергеев", "note": "Для ЭДО"}
    assert (directives.results, people.results) == ((5, 6, 7), (2, 3, 4))


def test_a_sheet_painted_to_its_last_column_costs_nothing(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", Подразделения=(UNITS, [("Отдел", "О", "Наша", None)]))
    wide = openpyxl.load_workbook(path)
    wide["Подразделения"].cell(2, 16384, " ")
    wide.save(path)

    [sheet] = open_directum(path).sheets

    assert [row.number for row in sheet.rows()] == [2]
    assert sheet.results == (4, 5, 6)


def test_a_document_type_in_a_workbook_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "t.xlsx", Подразделения=(UNITS, []))
    bad = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bad, "w") as target:
        for part in source.infolist():
            data = source.read(part)
            if part.filename.endswith("sheet1.xml"):
                data = b'<!DOCTYPE x [<!ENTITY a "b">]>' + data
            target.writestr(part.filename, data)

    with pytest.raises(NotASpreadsheet):
        open_directum(bad)
    (tmp_path / "torn.xlsx").write_bytes(path.read_bytes()[:500])
    with pytest.raises(NotASpreadsheet):
        open_directum(tmp_path / "torn.xlsx")


def test_results_are_written_into_a_copy_that_keeps_every_cell(tmp_path: Path) -> None:
    row = ("Наша", "Отдел", "Юрист", "Законов", "Сергей", None, "a@ b.ru", 4.0817e19)
    path = book(tmp_path / "t.xlsx", Сотрудники=(EMPLOYEES, [row]))
    [sheet] = open_directum(path).sheets
    said = SheetAnswers(
        sheet.results,
        {2: ("Загружен частично", "23.11.2026", "=cmd|' /C calc'!A0")},
        [(2, "Error", "счёт")],
    )

    for _again in range(2):
        write_answers(path, tmp_path / "out.xlsx", {"Сотрудники": said})

    made = openpyxl.load_workbook(tmp_path / "out.xlsx")
    cells = next(made["Сотрудники"].iter_rows(min_row=2, values_only=True))
    assert cells[:8] == row
    assert cells[8:] == ("Загружен частично", "23.11.2026", "'=cmd|' /C calc'!A0")
    assert list(made["Ошибки"].iter_rows(values_only=True)) == [
        ("Строка", "Вид", "Суть"),
        (2, "Error", "счёт"),
    ]


def test_a_large_workbook_is_copied_row_by_row_with_every_value(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(directum_writing, "LARGE", 1)
    rows = [("Наша", "Отдел", "Юрист", f"Законов {n}", None, None, None, 1) for n in range(3)]
    path = book(
        tmp_path / "t.xlsx",
        Сотрудники=(EMPLOYEES[:8], rows),
        Ошибки=(("Строка", "Вид", "Суть"), [(9, "Error", "старое")]),
    )
    [sheet] = open_directum(path).sheets
    said = SheetAnswers(
        sheet.results,
        {number: ("Загружен", "23.11.2026", "=1+1") for number in (2, 3, 4)},
        [(3, "Warning", "счёт")],
    )

    write_answers(path, tmp_path / "out.xlsx", {"Сотрудники": said})

    made = openpyxl.load_workbook(tmp_path / "out.xlsx")
    first, *others = made["Сотрудники"].iter_rows(values_only=True)
    assert first == (*EMPLOYEES[:8], *RESULTS)
    assert [row[:8] for row in others] == rows
    assert {row[8:] for row in others} == {("Загружен", "23.11.2026", "'=1+1")}
    assert list(made["Ошибки"].iter_rows(values_only=True))[1:] == [(3, "Warning", "счёт")]


def test_a_sheet_without_columns_of_results_gets_them(tmp_path: Path) -> None:
    headings = ("Наименование", "Юрид. наименование", "ИНН")
    path = book(tmp_path / "t.xlsx", Контрагенты=(headings, [("А", "Б", "1")]))
    [sheet] = open_directum(path).sheets

    answer = SheetAnswers(sheet.results, {2: ("Загружен", "23.11.2026", "")})
    write_answers(path, tmp_path / "out.xlsx", {"Контрагенты": answer})

    made = openpyxl.load_workbook(tmp_path / "out.xlsx")["Контрагенты"]
    assert [cell.value for cell in made[1]] == [*headings, *RESULTS]
    assert [cell.value for cell in made[2]][3:] == ["Загружен", "23.11.2026", None]


@pytest.mark.parametrize("folder", ["templates_4.1", "examples"])
def test_every_workbook_of_the_vendor_is_recognized(folder: str) -> None:
    paths = sorted(shared("directum", folder).glob("*.xlsx"))

    books = [open_directum(path) for path in paths]

    assert len(books) == {"templates_4.1": 27, "examples": 22}[folder]
    assert [book.strangers for book in books] == [()] * len(books)
    assert all(sheet.form for book in books for sheet in book.sheets)
