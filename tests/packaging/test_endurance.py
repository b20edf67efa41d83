"""The reckoning of the endurance run finds what it is there to find."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from benchmarks.endurance import reckoning
from benchmarks.endurance.ledger import Ledger
from benchmarks.endurance.report import HEADING, section, write_page

if TYPE_CHECKING:
    from pathlib import Path


def test_lost_and_doubled_numbers_are_found() -> None:
    rows: list[dict[str, Any]] = [{"ordinal": n} for n in (1, 2, 2, 4)]

    assert reckoning._numbers(rows, 5) == [
        "number 2 is given 2 times",
        "number 3 is lost",
        "number 5 is lost",
    ]


def test_an_acknowledged_write_that_is_not_there_as_told_is_found(tmp_path: Path) -> None:
    ledger, ids = Ledger(tmp_path / "00.ledger"), [uuid4() for _ in range(4)]
    for number, one in enumerate(ids):
        fact = {"key": str(number), "act": "register", "id": str(one), "number": f"1-{number}"}
        ledger.write(**{"is": "asked", "key": str(number), "act": "register"})
        ledger.write(**{"is": "answered", **fact})
    stored = [
        {"key": "0", "id": ids[0], "number": "1-0"},
        {"key": "1", "id": ids[1], "number": "1-9"},
        {"key": "2", "id": ids[2], "number": "1-2"},
        {"key": "2", "id": uuid4(), "number": "1-3"},
        {"key": "stray", "id": uuid4(), "number": "1-5"},
    ]

    assert reckoning._answers([ledger], "register", stored) == [
        "register 1 was told 1-1",
        "register 2 is stored 2 times",
        "register 3 is stored 0 times",
        "register stray was never acknowledged",
    ]


def test_a_ledger_outlives_its_writer_even_if_the_last_line_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "00.ledger"
    Ledger(path).write(**{"is": "asked", "key": "1", "act": "register"})
    with path.open("ab") as file:
        file.write(b'{"is": "answ')

    assert [line["key"] for line in Ledger(path).open] == ["1"]


def test_an_edit_that_overwrote_another_unseen_is_found(tmp_path: Path) -> None:
    ledger, one, two = Ledger(tmp_path / "00.ledger"), uuid4(), uuid4()
    for key, on, version in (("a", one, 2), ("b", one, 2), ("c", one, 3), ("d", two, 2)):
        line = {"key": key, "act": "edit", "on": str(on), "version": version}
        ledger.write(**{"is": "answered", **line})
    stored = [
        {"id": one, "number": "1", "note": "c"},
        {"id": two, "number": "2", "note": None},
        {"id": uuid4(), "number": "3", "note": "stray"},
    ]

    assert reckoning._edits([ledger], stored) == [
        "the edit b overwrote a unseen",
        "2 holds the edit None, the last one was d",
        "3 holds the edit stray, the last one was None",
    ]


def test_a_run_replaces_its_own_section_alone(tmp_path: Path) -> None:
    page = tmp_path / "endurance.md"
    for title, figure in (("one", 1), ("two", 2), ("one", 3)):
        write_page(page, title, section(title, {"figure": figure}, []))

    told = page.read_text()
    assert told.startswith(HEADING)
    assert [line for line in told.splitlines() if line.startswith(("## ", "| figure"))] == [
        *("## one", "| figure | 3 |"),
        *("## two", "| figure | 2 |"),
    ]
