"""Cells that are written for spreadsheets are read back as they were."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.errors.imports import BadResultName
from sed_tui.operations.import_columns import Noun
from sed_tui.spreadsheet.formulas import neutral, original
from sed_tui.spreadsheet.table import open_table
from sed_tui.spreadsheet.writing import open_writer

if TYPE_CHECKING:
    from pathlib import Path

CELLS = st.text(alphabet="'=+-@1.,аб\t ", max_size=8)


@given(CELLS)
def test_a_neutral_cell_is_itself_again(text: str) -> None:
    assert original(neutral(text)) == text


@given(CELLS)
def test_no_spreadsheet_runs_a_neutral_cell(text: str) -> None:
    written = neutral(text)

    assert not written.startswith(("=", "@", "\t")) or written == ""
    if written.startswith(("+", "-")):
        float(written.replace(",", "."))


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx", "t.jsonl"])
def test_every_kind_of_file_gives_the_same_rows_back(tmp_path: Path, name: str) -> None:
    columns = ("number", "registered_on", "subject")
    rows = [("01-23/1", "2025-02-03", "=HYPERLINK(1)"), ("2", "", "-1+1"), ("3", "", '\'=x;"y"')]
    writer = open_writer(tmp_path / name, columns, tmp_path / name)

    writer.write(rows)
    writer.close()

    table = open_table(tmp_path / name, Noun.DOCUMENTS)
    assert [line.values for line in table.lines()] == rows


def test_the_same_rows_give_the_same_workbook(tmp_path: Path) -> None:
    made = []
    for name in ("a.xlsx", "b.xlsx"):
        writer = open_writer(tmp_path / name, ("number",), tmp_path / name)
        writer.write([("1",)])
        writer.close()
        made.append((tmp_path / name).read_bytes())

    assert made[0] == made[1]


def test_a_csv_neutralizes_what_a_spreadsheet_would_run(tmp_path: Path) -> None:
    writer = open_writer(tmp_path / "t.csv", ("number", "subject"), tmp_path / "t.csv")
    writer.write([("-1+1", "=HYPERLINK(1)")])
    writer.close()

    with (tmp_path / "t.csv").open(encoding="utf-8") as file:
        assert list(csv.reader(file))[1] == ["'-1+1", "'=HYPERLINK(1)"]


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadResultName):
        open_writer(tmp_path / "t.doc", ("number",), tmp_path / "t.doc")
