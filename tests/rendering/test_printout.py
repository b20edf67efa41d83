"""Every form of a report: right, safe, and the same bytes for the same report."""

from __future__ import annotations

import csv
import json
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import openpyxl
import pytest

from sed_tui.errors.usage import UnknownColumns, UnknownFileForm
from sed_tui.operations.report import OverdueReport, OverdueTotals
from sed_tui.rendering.overdue import overdue_printout
from sed_tui.rendering.printout import Form, Printout, form_of, write
from sed_tui.rendering.table import write_table

if TYPE_CHECKING:
    from sed_tui.operations.report import OverdueRow

ROW: dict[str, Any] = {
    "id": "9f516b7b-304c-4d8b-82ef-970030cb5820",
    "document_number": "01-23/145",
    "text": 'Подготовить ответ; "срочно", сегодня',
    "author": "Головин Пётр Ильич",
    "executor": "Петров Василий Сергеевич",
    "department": None,
    "due": "2026-11-20",
    "days_overdue": 3,
    "working_days_overdue": None,
    "state": "in_work",
    "control": "control",
    "shifts": 0,
}
HOSTILE = {
    "text": '=HYPERLINK("http://x")\n<script>alert(1)</script>\x1b[31m',
    "author": "-1+1",
    "executor": " @SUM(1)",
    "department": "＝1",
    "document_number": "+7",
}


def printout(*rows: dict[str, Any]) -> Printout:
    report = OverdueReport.model_construct(
        as_of=date(2026, 11, 23),
        rows=[cast("OverdueRow", {**ROW, **row}) for row in rows],
        totals=OverdueTotals(overdue=len(rows), by={"—": len(rows)} if rows else {}),
    )
    return overdue_printout(report)


def written(report: Printout, form: Form) -> bytes:
    target = BytesIO()
    write(report, form, target)
    return target.getvalue()


@pytest.mark.parametrize("form", list(Form))
@pytest.mark.parametrize("rows", [[], [{}], [HOSTILE, {}]])
def test_the_same_report_gives_the_same_bytes(form: Form, rows: list[dict[str, Any]]) -> None:
    assert written(printout(*rows), form) == written(printout(*rows), form)


def test_json_is_the_agreed_shape() -> None:
    found = json.loads(written(printout({}), Form.JSON))

    assert list(found) == ["as_of", "rows", "totals"]
    assert found["as_of"] == "2026-11-23"
    assert found["rows"] == [ROW]
    assert found["totals"] == {"overdue": 1, "by": {"—": 1}}
    assert json.loads(written(printout(), Form.JSON))["rows"] == []


def test_json_lines_hold_the_rows() -> None:
    lines = written(printout({}, HOSTILE), Form.JSONL).decode().splitlines()

    assert [json.loads(line) for line in lines] == [ROW, {**ROW, **HOSTILE}]


@pytest.mark.parametrize(("form", "delimiter"), [(Form.CSV, ","), (Form.TSV, "\t")])
def test_delimited_text_is_read_back(form: Form, delimiter: str) -> None:
    content = written(printout({}, {"text": "a\tb,\nc"}), form).decode()
    head, first, second = csv.reader(StringIO(content), delimiter=delimiter)

    assert head == list(ROW)
    assert first == ["" if value is None else str(value) for value in ROW.values()]
    assert second[2] == "a\\x09b,\nc"


def test_no_cell_of_csv_starts_a_formula() -> None:
    content = written(printout(HOSTILE), Form.CSV).decode()
    [_head, row] = csv.reader(StringIO(content))

    assert row[1] == "+7"  # a number is no formula
    assert row[2].startswith("'=HYPERLINK")
    assert "\x1b" not in content
    assert [row[3], row[4], row[5]] == ["'-1+1", "' @SUM(1)", "'＝1"]


def test_a_workbook_holds_days_and_numbers_and_runs_nothing() -> None:
    content = written(printout(HOSTILE, {}), Form.XLSX)
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    cells = [[cell for cell in row] for row in sheet.iter_rows()]
    head = next(n for n, row in enumerate(cells) if row[0].value == "Id")
    hostile, plain = cells[head + 1], cells[head + 2]

    assert sheet.title == "Overdue assignments"
    assert hostile[2].data_type == "s"
    assert hostile[2].value.startswith("=HYPERLINK")
    assert plain[6].value.date() == date(2026, 11, 20)
    assert (plain[7].value, plain[8].value) == (3, None)
    assert plain[9].value == "in work"
    assert plain[0].value == "9f516b7b"


def test_a_page_escapes_every_text_and_tells_no_time() -> None:
    page = written(printout(HOSTILE), Form.HTML).decode()

    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "\x1b" not in page
    assert "20.11.2026" in page
    assert "There are no rows." in written(printout(), Form.HTML).decode()


def test_a_table_fits_the_room_it_is_given() -> None:
    report = printout({"text": "слово " * 60})
    whole, narrow = BytesIO(), BytesIO()
    write_table(report, whole)
    write_table(report, narrow, room=140)
    rows = [line for line in narrow.getvalue().decode().splitlines() if "9f516b7b" in line]

    assert "слово " * 59 in whole.getvalue().decode()
    assert rows
    assert max(map(len, rows)) <= 140


def test_columns_may_be_chosen() -> None:
    chosen = printout({}).with_fields(["executor", "due"])

    assert written(chosen, Form.CSV).decode().splitlines()[0] == "executor,due"
    with pytest.raises(UnknownColumns):
        printout({}).with_fields(["salary"])


def test_the_ending_of_a_name_chooses_the_form() -> None:
    assert form_of(Path("Отчёт.XLSX")) is Form.XLSX
    assert form_of(Path("a.html")) is Form.HTML
    for name in ("a.docx", "a", ".csv", "a.table"):
        with pytest.raises(UnknownFileForm):
            form_of(Path(name))
