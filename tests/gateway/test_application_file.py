"""An application in a file: TOML, JSON, or the row of a table as the register is read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sed_tui.errors.correspondents import BadIdentifier
from sed_tui.errors.joining import BadApplicationFile
from sed_tui.gateway.application_file import read_application
from sed_tui.spreadsheet.writing import open_writer

if TYPE_CHECKING:
    from pathlib import Path

HEADING = ["Код", "Полное наименование", "ИНН", "КПП", "ОГРН", "Руководитель", "Подсистема"]
ROW = ["02", "Школа № 1", "274062111", "27401001", "1020200000011", "Ким О. Л.", "образование"]
FIELDS = {
    "name": "Школа № 1",
    "inn": "0274062111",
    "kpp": "027401001",
    "ogrn": "1020200000011",
    "head_name": "Ким О. Л.",
    "subsystem": "образование",
}


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_row_of_a_table_is_read_as_the_register_is(tmp_path: Path, name: str) -> None:
    found = read_application(table(tmp_path / name, ROW))

    assert (found.code, found.fields) == ("02", FIELDS)


def test_a_table_of_several_and_lost_digits_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadApplicationFile, match="2"):
        read_application(table(tmp_path / "two.csv", ROW, ROW))
    with pytest.raises(BadApplicationFile):
        read_application(table(tmp_path / "none.csv"))
    with pytest.raises(BadIdentifier):
        read_application(table(tmp_path / "wrong.csv", [*ROW[:2], "274062112", *ROW[3:]]))


def test_json_and_toml_are_read_in_either_encoding(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"name": "Школа", "inn": None}), encoding="cp1251")
    (tmp_path / "a.toml").write_bytes('name = "Школа"\n'.encode("cp1251"))
    (tmp_path / "b.json").write_text('{"name": ["Школа"]}', encoding="utf-8")

    assert read_application(tmp_path / "a.json").fields == {"name": "Школа", "inn": None}
    assert read_application(tmp_path / "a.toml").fields == {"name": "Школа"}
    with pytest.raises(BadApplicationFile):
        read_application(tmp_path / "b.json")


def table(path: Path, *rows: list[str]) -> Path:
    writer = open_writer(path, HEADING, path)
    writer.write(list(rows))
    writer.close()
    return path
