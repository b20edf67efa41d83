"""`sedctl demo`, and the register as offices keep it."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Run

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def database(tmp_path: Path, demo: Path) -> str:
    """Return the place of an example office of its own."""
    shutil.copytree(demo, tmp_path, dirs_exist_ok=True)
    return str(tmp_path / "sed.db")


def test_the_office_opens_without_a_login_for_whoever_made_it(
    tmp_path: Path, anywhere: Run
) -> None:
    here = ("--database", str(tmp_path / "demo.db"))
    assert anywhere(*here, "demo").status == 0
    listed = anywhere(*here, "document", "list", "--format", "json")

    assert listed.status == 0
    assert len(listed.data["rows"]) == 80


def test_a_database_that_holds_data_is_refused(database: str, anywhere: Run) -> None:
    again = anywhere("--database", database, "demo", "--format", "json")

    assert (again.status, again.error["code"]) == (6, "already_initialized")


@pytest.mark.parametrize("name", ["letters.xlsx", "letters.csv"])
def test_the_register_that_is_there_already_changes_nothing(
    database: str, anywhere: Run, name: str
) -> None:
    file = str(EXAMPLES / name)
    loaded = anywhere("--database", database, "import", "documents", file, "--format", "json")

    assert loaded.status == 0
    assert (loaded.data["read"], loaded.data["unchanged"]) == (60, 60)
    assert loaded.err == ""


def test_the_messy_register_gives_the_same_cards_as_the_tidy_one(
    tmp_path: Path, anywhere: Run
) -> None:
    def exported(name: str) -> list[dict[str, str]]:
        place, table = str(tmp_path / f"{name}.db"), str(tmp_path / f"{name}.csv")
        for words in (
            ("init", "--organization", "Администрация", "--admin", "admin"),
            ("import", "documents", str(EXAMPLES / name)),
            ("export", "documents", table),
        ):
            done = anywhere("--database", place, *words)
            assert done.status == 0, done.err
        with open(table, encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    tidy, messy = exported("letters.csv"), exported("letters.xlsx")

    assert len(tidy) == 60
    assert {row["external_id"]: row for row in messy} == {row["external_id"]: row for row in tidy}
