"""Widths of columns, cells cut to them, marks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from widgets.marks import Marks
from widgets.rows import Column, FixedRows, Row, fitted_widths
from widgets.table_lines import fitted, highlighted

COLUMNS = (Column("№", 10), Column("Тема", 12, share=3), Column("Вид", 8, optional=True))


def test_spare_room_goes_to_columns_with_a_share() -> None:
    assert fitted_widths(COLUMNS, 60) == [11, 40, 9]


def test_an_optional_column_gives_way_first() -> None:
    assert fitted_widths(COLUMNS, 30) == [11, 19, 0]


def test_a_column_with_a_share_shrinks_next() -> None:
    assert fitted_widths(COLUMNS, 20) == [11, 9, 0]


@given(st.integers(min_value=17, max_value=400))
def test_columns_fill_the_room_exactly(room: int) -> None:
    assert sum(fitted_widths(COLUMNS, room)) == room


@given(st.text(max_size=60), st.integers(min_value=2, max_value=40))
def test_a_cell_has_exactly_its_width_whatever_it_holds(text: str, width: int) -> None:
    shown = fitted(text, width)

    assert cell_len(shown) == width
    assert shown.isprintable()


def test_a_cut_cell_ends_with_an_ellipsis() -> None:
    assert fitted("Министерство", 8) == "Министе…"


def test_found_words_are_shown_in_any_case_and_with_yo() -> None:
    found = Style(underline=True)

    segments = highlighted("О расчЁте Расчёта", ["расчет"], Style(), found)

    assert [s.text for s in segments if s.style and s.style.underline] == ["расчЁт", "Расчёт"]


@given(st.text(max_size=50), st.lists(st.text(min_size=1, max_size=3), max_size=3))
def test_showing_words_loses_no_letter(text: str, words: list[str]) -> None:
    segments = highlighted(text, words, Style(), Style(bold=True))

    assert "".join(segment.text for segment in segments) == text


def test_marking_everything_knows_rows_that_were_never_read() -> None:
    rows = [Row(str(n), (str(n),)) for n in range(250)]
    marks = Marks()
    marks.everything()
    marks.toggle(rows[3])

    assert marks.count(250) == 249
    assert "200" in marks
    assert "3" not in marks
    assert len(list(marks.rows(FixedRows(rows), 1000))) == 249
    assert len(list(marks.rows(FixedRows(rows), 10))) == 10
