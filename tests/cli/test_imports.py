"""`sedctl import` and `sedctl export` through the real entry point."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import openpyxl
import pytest
from sqlalchemy import create_engine, text

from tests.cli.conftest import PROGRAM, address

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine

    from sed_tui.config import Settings
    from tests.cli.conftest import Outcome

HEADING = (
    "external_id,flow,number,registered_on,correspondent,their_number,their_date,subject,historic"
)
ROWS = 800
LAST_ROW = "SELECT MAX(last_row) FROM import_run"


def register(path: Path, rows: int = 3, *extra: str) -> Path:
    lines = [
        f"X{n},incoming,01-23/{n},03.02.2025,Минздрав,{n}/и,02.02.2025,О ремонте {n},да"
        for n in range(1, rows + 1)
    ]
    path.write_text("\n".join([HEADING, *lines, *extra]) + "\n", encoding="utf-8")
    return path


@pytest.mark.remote_too
def test_an_import_says_what_became_of_its_rows(
    sedctl: Callable[..., Outcome], tmp_path: Path
) -> None:
    path = register(tmp_path / "t.csv", 3, "X9,incoming,01-23/9,31.02.2025,М,9,02.02.2025,о,да")

    done = sedctl("import", "documents", str(path), "--format", "json")

    assert done.status == 9
    found = done.data
    assert found.pop("seconds") >= 0
    assert len(found.pop("run")) == 36
    assert found == {
        "read": 4,
        "created": 3,
        "unchanged": 0,
        "duplicates": 0,
        "refused": 1,
        "gaps": [],
    }
    assert "row 5: Registered: “31.02.2025”" in done.err
    assert json.loads(done.err.splitlines()[-1])["code"] == "partly_imported"


def test_a_second_run_is_done_and_unchanged(sedctl: Callable[..., Outcome], tmp_path: Path) -> None:
    path = register(tmp_path / "t.csv")
    sedctl("import", "documents", str(path))

    again = sedctl("import", "documents", str(path), "--format", "json")

    assert (again.status, again.data["unchanged"], again.data["created"]) == (0, 3, 0)


def test_results_are_a_line_per_row(sedctl: Callable[..., Outcome], tmp_path: Path) -> None:
    path = register(tmp_path / "t.csv", 2, "X9,incoming,01-23/9,03.02.2025,М,9,02.02.2025,,да")
    results = tmp_path / "r.jsonl"

    sedctl("import", "documents", str(path), "--result", str(results))

    lines = [json.loads(line) for line in results.read_text().splitlines()]
    assert [(line["row"], line["outcome"], line["number"]) for line in lines] == [
        (2, "created", "01-23/1"),
        (3, "created", "01-23/2"),
        (4, "refused", None),
    ]
    assert lines[2]["errors"][0]["field"] == "subject"


def test_refused_rows_are_mended_in_the_workbook_and_loaded_again(
    sedctl: Callable[..., Outcome], tmp_path: Path
) -> None:
    source, results = tmp_path / "t.xlsx", tmp_path / "r.xlsx"
    workbook = openpyxl.Workbook()
    for row in (
        ["Журнал за 2025 год"],
        ["Документопоток", "Рег. №", "Дата регистрации", "Содержание", "Исторический"],
        ["входящий", "01-23/1", "03.02.2025", "О ремонте", "да"],
        ["входящий", "01-23/2", "31.02.2025", "=1+1 нет", "да"],
    ):
        workbook.active.append(row)
    workbook.active["D4"].data_type = "s"
    workbook.save(source)
    first = sedctl("import", "documents", str(source), "--result", str(results))

    mended = openpyxl.load_workbook(results)
    sheet = mended.active
    assert [cell.value for cell in sheet[1]][-1] == "Error"
    assert "31.02.2025" in sheet.cell(2, 6).value
    sheet.cell(2, 3).value = "28.02.2025"
    mended.save(results)
    second = sedctl("import", "documents", str(results), "--format", "json")

    assert (first.status, second.status, second.data["created"]) == (9, 0, 1)
    assert not (tmp_path / "r.xlsx.part").exists()


def test_all_or_nothing_ends_with_3_and_stores_nothing(
    sedctl: Callable[..., Outcome], tmp_path: Path
) -> None:
    path = register(tmp_path / "t.csv", 200, "X9,incoming,01-23/999,03.02.2025,М,9,,,да")

    done = sedctl("import", "documents", str(path), "--atomic", "--format", "json")

    assert (done.status, done.data["created"], done.data["run"]) == (3, 0, None)
    assert sedctl("document", "list", "--format", "json").data["rows"] == []


def test_a_dry_run_says_so_and_stores_nothing(
    sedctl: Callable[..., Outcome], tmp_path: Path
) -> None:
    path = register(tmp_path / "t.csv")

    done = sedctl("import", "documents", str(path), "--dry-run", "--format", "json")

    assert (done.status, done.data["dry_run"], done.data["created"]) == (0, True, 3)
    assert sedctl("document", "list", "--format", "json").data["rows"] == []
    assert sedctl("import", "list", "--format", "json").data["rows"] == []


BROKEN = {
    "shifted columns": HEADING.encode() + b"\nX1,incoming,1,03.02.2025,a,b,1,02.02.2025,s,yes\n",
    "duplicate heading": b"number,subject,number\n1,a,2\n",
    "unbalanced quotes": HEADING.encode() + b'\nX1,incoming,1,03.02.2025,"a,1,02.02.2025,s,yes\n',
    "mixed encodings": HEADING.encode()
    + "\nX1,incoming,1,03.02.2025,Минздрав,1,02.02.2025,О ремонте,да\n".encode()
    + "X2,incoming,2,03.02.2025,Минздрав,2,02.02.2025,О ремонте,да\n".encode("cp1251"),
    "empty": b"",
    "no heading": b"1,2,3\n4,5,6\n",
    "binary": b"\x00\x01\x02",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_ends_with_3_and_stores_nothing(
    sedctl: Callable[..., Outcome], tmp_path: Path, name: str
) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(BROKEN[name])

    done = sedctl("import", "documents", str(path), "--format", "json")

    assert done.status == 3
    assert set(done.error) == {"code", "field", "message", "hint", "row"}
    assert sedctl("document", "list", "--format", "json").data["rows"] == []
    assert sedctl("import", "list", "--format", "json").data["rows"] == []


def test_one_bad_row_of_many_stops_no_other(sedctl: Callable[..., Outcome], tmp_path: Path) -> None:
    path = register(tmp_path / "t.csv", 500, "X9,incoming,01-23/900,03.02.2025,М,9,,,да")

    done = sedctl("import", "documents", str(path), "--format", "json")

    assert (done.status, done.data["created"], done.data["refused"]) == (9, 500, 1)


def test_files_lie_beside_the_table_and_no_further(
    sedctl: Callable[..., Outcome], tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Содержание письма о снегоплавильне")
    (tmp_path / "secret.txt").write_text("секрет")
    path = folder / "t.csv"
    path.write_text(
        "flow;number;registered_on;subject;historic;files\n"
        "incoming;01-23/1;03.02.2025;О ремонте;да;a.txt\n"
        "incoming;01-23/2;03.02.2025;О воде;да;../secret.txt\n"
        "incoming;01-23/3;03.02.2025;О газе;да;нет.pdf\n",
        encoding="utf-8",
    )

    done = sedctl("import", "documents", str(path), "--format", "json")

    assert (done.status, done.data["created"], done.data["refused"]) == (9, 1, 2)
    found = sedctl("document", "list", "снегоплавильня", "--format", "json").data["rows"]
    assert [row["number"] for row in found] == ["01-23/1"]


def test_an_import_is_undone_as_a_whole(sedctl: Callable[..., Outcome], tmp_path: Path) -> None:
    path = register(tmp_path / "t.csv")
    run = sedctl("import", "documents", str(path), "--format", "json").data["run"]

    refused = sedctl("import", "undo", run, "--format", "json")
    undone = sedctl("import", "undo", run[:8], "--yes", "--format", "json")

    assert (refused.status, undone.status, undone.data["state"]) == (2, 0, "undone")
    assert sedctl("document", "list", "--format", "json").data["rows"] == []
    assert sedctl("import", "undo", run, "--yes").status == 6


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "jsonl"])
def test_an_export_imports_without_a_change(
    sedctl: Callable[..., Outcome], tmp_path: Path, suffix: str
) -> None:
    source = register(tmp_path / "t.csv", 3, 'X9,incoming,Б-1,03.02.2025,"М, ""1""",=1+1,,-1+1,да')
    assert sedctl("import", "documents", str(source)).status == 0
    exported = tmp_path / f"e.{suffix}"
    assert sedctl("export", "documents", str(exported), "--format", "json").data["rows"] == 4

    again = sedctl("import", "documents", str(exported), "--format", "json")

    assert (again.status, again.data["unchanged"], again.data["read"]) == (0, 4, 4)
    assert "differ" not in again.err
    for noun in ("correspondents", "people"):
        path = str(tmp_path / f"{noun}.{suffix}")
        assert sedctl("export", noun, path).status == 0
        done = sedctl("import", noun, path, "--format", "json")
        assert done.data["unchanged"] == done.data["read"] > 0


def test_an_export_moves_an_office_to_another_database(
    sedctl: Callable[..., Outcome],
    anywhere: Callable[..., Outcome],
    office: Path,
    tmp_path: Path,
) -> None:
    sedctl("import", "documents", str(register(tmp_path / "t.csv")))
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    sedctl("export", "documents", str(first))

    other = ("--database", str(office), "--as", "admin")
    assert anywhere(*other, "import", "documents", str(first)).status == 0
    anywhere(*other, "export", "documents", str(second))

    assert second.read_text() == first.read_text()


def test_an_export_goes_to_the_output_and_takes_a_query(
    sedctl: Callable[..., Outcome], tmp_path: Path
) -> None:
    sedctl("import", "documents", str(register(tmp_path / "t.csv")))

    done = sedctl(
        "export", "documents", "-", "--query", "from:Минздрав ремонте 2", "--format", "jsonl"
    )

    assert [json.loads(line)["number"] for line in done.out.splitlines()] == ["01-23/2"]


def test_a_file_that_is_there_is_not_replaced_unasked(
    sedctl: Callable[..., Outcome], tmp_path: Path
) -> None:
    path = tmp_path / "e.csv"
    path.write_text("моё")

    assert sedctl("export", "documents", str(path)).status == 5
    assert path.read_text() == "моё"
    assert sedctl("export", "documents", str(path), "--overwrite").status == 0


def test_a_killed_import_goes_on_with_every_row_once(
    settings: Settings, anywhere: Callable[..., Outcome], tmp_path: Path
) -> None:
    path, results = register(tmp_path / "t.csv", ROWS), tmp_path / "r.jsonl"
    office = ["--database", address(settings), "--as", "admin"]
    engine = create_engine(settings.database)
    command = [*office, "import", "documents", str(path)]
    command += ["--batch", "50", "--result", str(results), "--format", "json"]
    with subprocess.Popen(
        [PROGRAM, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while process.poll() is None and _scalar(engine, LAST_ROW) < 100:
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
    done_before = _scalar(engine, LAST_ROW)
    assert 0 < done_before < ROWS

    resumed = anywhere(*command, "--resume")

    found = resumed.data
    assert (resumed.status, found["read"], found["created"]) == (0, ROWS, ROWS)
    assert "Going on after row" in resumed.err
    assert _scalar(engine, "SELECT count(*) FROM document") == ROWS
    assert _scalar(engine, "SELECT count(DISTINCT number) FROM document") == ROWS
    assert _scalar(engine, "SELECT count(*) FROM document_search") == ROWS
    lines = [json.loads(line) for line in results.read_text().splitlines()]
    assert [line["row"] for line in lines] == list(range(2, ROWS + 2))
    assert len({line["id"] for line in lines}) == ROWS
    again = anywhere(*command)
    assert again.data["unchanged"] == ROWS
    assert anywhere(*office, "audit", "verify").status == 0
    engine.dispose()


def test_going_on_with_nothing_starts_from_the_first_row(
    sedctl: Callable[..., Outcome], tmp_path: Path
) -> None:
    path = register(tmp_path / "t.csv")

    done = sedctl("import", "documents", str(path), "--resume", "--format", "json")

    assert (done.status, done.data["created"]) == (0, 3)
    assert sedctl("import", "documents", str(path), "--resume", "--atomic").status == 2


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (("--result", "r.doc"), 2),
        (("--map", "нет.toml"), 3),
        (("--encoding", "klingon"), 3),
        (("--sheet", "нет"), 4),
    ],
)
def test_wrong_options_are_refused(
    sedctl: Callable[..., Outcome], tmp_path: Path, options: tuple[str, ...], status: int
) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["number", "subject"])
    workbook.save(tmp_path / "t.xlsx")
    path = tmp_path / ("t.xlsx" if "--sheet" in options else "t.csv")
    register(tmp_path / "t.csv")

    assert sedctl("import", "documents", str(path), *options).status == status


def _scalar(engine: Engine, query: str) -> int:
    with engine.connect() as db:
        return int(db.scalar(text(query)) or 0)
