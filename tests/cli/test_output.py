"""What is printed, in every form: data on standard output, everything about it elsewhere."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.output import write_object, write_rows
from commands.session import Format
from sed_tui.rendering.cells import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Outcome

COLUMNS = ("number", "subject")
ROWS: list[dict[str, Any]] = [
    {"id": "4422cab8-bb2e-498b-aee5-782fd16ecca8", "number": "12-а", "subject": "О ремонте"},
    {"id": "5522cab8-bb2e-498b-aee5-782fd16ecca8", "number": None, "subject": "Две\nстроки"},
]


def test_json_is_rows_and_the_cursor(capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(ROWS, COLUMNS, Format.JSON, cursor="abc")
    printed = capsys.readouterr()

    assert json.loads(printed.out) == {"rows": ROWS, "next": "abc"}
    assert printed.err == ""


def test_the_same_rows_give_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    for form in Format:
        write_rows(ROWS, COLUMNS, form)
        first = capsys.readouterr().out
        write_rows([dict(row) for row in ROWS], COLUMNS, form)

        assert capsys.readouterr().out == first


def test_lines_of_json_leave_the_cursor_to_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_rows(ROWS, COLUMNS, Format.JSONL, cursor="abc")
    printed = capsys.readouterr()

    assert [json.loads(line) for line in printed.out.splitlines()] == ROWS
    assert json.loads(printed.err) == {"next": "abc"}


@pytest.mark.parametrize("form", [Format.TABLE, Format.CSV, Format.TSV])
def test_a_cut_list_says_so(form: Format, capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(ROWS, COLUMNS, form, cursor="abc")
    printed = capsys.readouterr()

    assert "abc" not in printed.out
    assert printed.err == "There is more: --after abc\n"


def test_a_dry_run_says_so_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(ROWS, COLUMNS, Format.JSON, extra={"dry_run": True})

    assert json.loads(capsys.readouterr().out)["dry_run"] is True


def test_a_table_has_short_ids_and_no_broken_lines(capsys: pytest.CaptureFixture[str]) -> None:
    write_rows(ROWS, ("id", "subject"), Format.TABLE)

    assert capsys.readouterr().out.splitlines() == [
        "Id        Subject",
        "--------  ----------",
        "4422cab8  О ремонте",
        "5522cab8  Две строки",
    ]


def test_an_object_is_a_line_for_each_field_that_has_a_value(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_object({"number": "12", "subject": "а\nб", "note": None, "warnings": []}, Format.TABLE)

    assert capsys.readouterr().out == "Number   12\nSubject  а\n         б\n"


def test_chosen_fields_are_printed_in_the_order_that_was_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    write_rows(ROWS, COLUMNS, Format.CSV, fields=("subject", "number"))

    assert capsys.readouterr().out.splitlines()[:2] == ["subject,number", "О ремонте,12-а"]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ('=HYPERLINK("http://x")', '\'=HYPERLINK("http://x")'),
        ("-1+1", "'-1+1"),
        ("+7 345 2", "'+7 345 2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" =1+1", "' =1+1"),
        ("＝1+1", "'＝1+1"),
        ("--5", "'--5"),
        ("-", "'-"),
        ("-12", "-12"),
        ("-3,5", "-3,5"),
        (-12, "-12"),
        ("12-а", "12-а"),
        ("а=б", "а=б"),
        (True, "true"),
        (None, ""),
        ("\x1b[31m", "\\x1b[31m"),
        ("а\u202eб", "а\\u202eб"),
        ("10\u00a0000", "10 000"),
    ],
)
def test_no_cell_runs_in_a_spreadsheet_or_a_terminal(
    value: object, cell: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for form, delimiter in ((Format.CSV, ","), (Format.TSV, "\t")):
        write_rows([{"value": value}], ("value",), form)
        [_head, row] = csv.reader(io.StringIO(capsys.readouterr().out), delimiter=delimiter)

        assert row == [cell]


@given(st.text())
def test_what_is_shown_never_acts(text: str) -> None:
    shown = printable(text)

    assert all(symbol == "\n" or symbol.isprintable() for symbol in shown)


def test_a_command_prints_in_every_form(sedctl: Callable[..., Outcome]) -> None:
    for form in Format:
        answer = sedctl("organization", "list", "--format", form)

        assert (answer.status, answer.err) == (0, "")
        assert "Администрация" in answer.out
    assert sedctl("organization", "list", "-f", "json").data["next"] is None


def test_an_unknown_column_is_a_usage_error_that_lists_them(
    sedctl: Callable[..., Outcome],
) -> None:
    answer = sedctl("organization", "list", "--fields", "name,salary")

    assert answer.status == 2
    assert "There is no column “salary”." in answer.err
    assert "Columns: id, code" in answer.err


def test_the_form_of_the_environment_is_the_default(
    sedctl: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SED_FORMAT", "jsonl")

    assert json.loads(sedctl("organization", "list").out)["code"] == "01"
    assert sedctl("organization", "list", "--format", "csv").out.startswith("code,")
