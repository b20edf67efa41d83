"""Write examples/letters.xlsx: the register of letters.csv as offices really keep it.

Title rows above the heading, one merged cell for all rows of a journal, blank rows and
a total, number and date in one cell, INN as numbers that lost their zeros, dates as Excel
keeps them, a sheet of notes before the register.
"""

from __future__ import annotations

import csv
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

import xlsxwriter

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
Row = dict[str, str]
FLOWS = {
    "incoming": "входящий",
    "outgoing": "исходящий",
    "internal": "внутренний",
    "order": "распоряжение",
    "appeal": "обращение",
}
HEADINGS = {
    "№ п/п": "",
    "Документо-\nпоток": "flow",
    "Журнал": "journal",
    "Внешний код": "external_id",
    "Рег. № и дата": "number",
    "Вид": "kind",
    "Корреспондент": "correspondent",
    "ИНН": "inn",
    "Исх. № и дата": "their_number",
    "Дата поступления": "received_on",
    "Краткое содержание": "subject",
    "Адресат": "addressee",
    "Подписал": "signatory",
    "Дата подписания": "signed_on",
    "Исполнитель": "drafter",
    "Листов": "sheets",
    "Листов\nприложения": "annex_sheets",
    "Способ доставки": "delivery",
    "В ответ на": "in_reply_to",
    "Дело": "case_index",
    "Адрес для ответа": "reply_address",
    "Вид обращения": "appeal_kind",
    "Исторический": "historic",
}
_NUMBERS = {"inn", "sheets", "annex_sheets"}
_DATES = {"received_on", "signed_on"}
_MERGED = {"flow": 1, "journal": 2}
_FIRST = 5


def main() -> None:
    """Write the workbook."""
    with (EXAMPLES / "letters.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: list(FLOWS).index(row["flow"]))
    with xlsxwriter.Workbook(EXAMPLES / "letters.xlsx") as book:
        # without it every run would make another file of the same cells
        book.set_properties({"created": datetime(2026, 3, 2)})  # noqa: DTZ001 - Excel knows no zones
        notes = book.add_worksheet("Справка")
        notes.write(0, 0, "Журнал ведёт общий отдел. Вопросы: Орлова М.И.")
        register(book, rows)


def register(book: xlsxwriter.Workbook, rows: list[Row]) -> None:
    """Write the sheet with the register."""
    sheet = book.add_worksheet("Журнал 2026")
    title = book.add_format({"bold": True, "align": "center"})
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    last = len(HEADINGS) - 1
    sheet.merge_range(0, 0, 0, last, "Администрация Приозёрного района", title)
    sheet.merge_range(1, 0, 1, last, "Журнал регистрации документов, январь — февраль 2026", title)
    sheet.write_row(_FIRST - 2, 0, list(HEADINGS), title)
    line, ordinal = _FIRST, 0
    for flow, group in groupby(rows, key=lambda row: row["flow"]):
        top = line
        for row in group:
            ordinal += 1
            sheet.write(line, 0, ordinal)
            for column, field in enumerate(HEADINGS.values()):
                write(sheet, (line, column), field, row, day)
            line += 1
        for field, column in _MERGED.items():
            value = FLOWS[flow] if field == "flow" else rows[ordinal - 1]["journal"]
            sheet.merge_range(top, column, line - 1, column, value)
        line += 1
    sheet.write(line, 0, "ИТОГО")
    sheet.write(line, list(HEADINGS.values()).index("sheets"), sum(int(r["sheets"]) for r in rows))


def write(
    sheet: xlsxwriter.worksheet.Worksheet,
    place: tuple[int, int],
    field: str,
    row: Row,
    day: xlsxwriter.format.Format,
) -> None:
    """Write one cell as a clerk would."""
    value = row.get(field, "")
    if not value or field in _MERGED:
        return
    if field in _NUMBERS:
        sheet.write_number(*place, float(value))
    elif field in _DATES:
        sheet.write_datetime(*place, date.fromisoformat(value), day)
    elif field == "number":
        sheet.write_string(*place, f"№ {value} от {shown(row['registered_on'])}")
    elif field == "their_number" and row["their_date"]:
        sheet.write_string(*place, f"{value} от {shown(row['their_date'])}")
    else:
        sheet.write_string(*place, value)


def shown(iso: str) -> str:
    """Return a date as people write it here."""
    return date.fromisoformat(iso).strftime("%d.%m.%Y")


if __name__ == "__main__":
    main()
