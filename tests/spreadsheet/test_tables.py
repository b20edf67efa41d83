"""Tables as people make them: every kind of file, every kind of mess."""

from __future__ import annotations

import json
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest

from sed_tui.errors.form import EmptyFile, NoSuchFile, NotARegularFile
from sed_tui.errors.spreadsheet import (
    BadJsonLine,
    BadMapping,
    DuplicateHeading,
    MixedEncodings,
    NoHeading,
    NoSuchSheet,
    NotASpreadsheet,
    ShiftedColumns,
    UnbalancedQuotes,
    UnknownEncoding,
)
from sed_tui.operations.import_columns import Noun
from sed_tui.spreadsheet.mapping import read_mapping
from sed_tui.spreadsheet.table import open_table

if TYPE_CHECKING:
    from sed_tui.errors import SedError
    from sed_tui.spreadsheet.table import Table

SHARED = Path(__file__).resolve().parents[3] / "shared"
REAL = SHARED / "data" / "exchange" / "directum" / "examples" / "Входящие.xlsx"


def rows(table: Table) -> list[dict[str, str]]:
    return [dict(zip(table.columns, line.values, strict=True)) for line in table.lines()]


def csv_table(tmp_path: Path, text: str | bytes, name: str = "t.csv") -> Table:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return open_table(path, Noun.DOCUMENTS)


def book(tmp_path: Path) -> tuple[openpyxl.Workbook, Path]:
    return openpyxl.Workbook(), tmp_path / "t.xlsx"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_the_heading(tmp_path: Path, delimiter: str) -> None:
    lines = [["number", "subject"], ["1", "О ремонте, срочно"], ["2", "О воде"]]
    text = "\r\n".join(
        delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in line)
        for line in lines
    )

    assert rows(csv_table(tmp_path, text)) == [
        {"number": "1", "subject": "О ремонте, срочно"},
        {"number": "2", "subject": "О воде"},
    ]


def test_titles_above_the_heading_blank_rows_and_totals_are_skipped(tmp_path: Path) -> None:
    table = csv_table(
        tmp_path,
        "ЖУРНАЛ\nрегистрации входящих документов за 2025 год\n\n"
        "Рег. №;Дата регистрации;Краткое содержание\n1;2;3\n"
        "12;03.02.2025;О ремонте\n;;\n\n13;04.02.2025;Итоговый отчёт\nИТОГО: 2;;\nВсего;;\n",
    )

    assert table.header.row == 4
    assert [line.row for line in table.lines()] == [6, 9]
    assert rows(table)[1]["subject"] == "Итоговый отчёт"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Рег. №", "number"),
        ("Рег.№", "number"),
        ("РЕГИСТРАЦИОННЫЙ НОМЕР", "number"),
        ("Исх. №", "their_number"),
        ("Номер входящий", "their_number"),
        ("Дата\nисх.", "their_date"),
        ("Заголовок к тексту", "subject"),
        ("От кого", "correspondent"),
        ("Кол-во листов", "sheets"),
        ("Их номер", "their_number"),
        ("their_number", "their_number"),
        ("Sender's number", "their_number"),
    ],
)
def test_headings_are_known_by_many_names(tmp_path: Path, heading: str, field: str) -> None:
    other = "subject" if field != "subject" else "Корреспондент"
    table = csv_table(tmp_path, f'"{heading}";{other}\nа;б\n')

    assert field in table.columns


def test_a_date_beside_a_better_named_one_is_left_out(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "Дата;Дата регистрации;Содержание\n01.01.2020;02.02.2025;о\n")

    assert rows(table) == [{"registered_on": "02.02.2025", "subject": "о"}]
    assert table.notices == ("Columns left out: «Дата»",)


def test_a_name_in_three_columns_is_one(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Логин;Фамилия;Имя;Отчество\nivanov;Иванов;Иван;\n", encoding="utf-8")

    table = open_table(path, Noun.PEOPLE)
    assert rows(table) == [{"login": "ivanov", "full_name": "Иванов Иван"}]
    assert table.notices == ()


@pytest.mark.parametrize(
    ("content", "notice"),
    [
        ("number;subject\n1;Ёлка й\n".encode("utf-8-sig"), ()),
        ("number;subject\n1;Ёлка й\n".encode("utf-16"), ()),
        (
            "number;subject\n1;Ёлка й\n".encode("cp1251"),
            ("The file is not UTF-8; it was read as cp1251.",),
        ),
    ],
)
def test_encodings_are_told_apart(tmp_path: Path, content: bytes, notice: tuple[str, ...]) -> None:
    table = csv_table(tmp_path, content)

    assert rows(table) == [{"number": "1", "subject": "Ёлка й"}]
    assert table.notices == notice


def test_cells_written_for_spreadsheets_are_read_as_they_were(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "number;subject\n1;'=HYPERLINK(1)\n2;''=x\n3;'90-е годы\n")

    assert [row["subject"] for row in rows(table)] == ["=HYPERLINK(1)", "'=x", "'90-е годы"]


def test_a_workbook_says_the_same_as_a_csv(tmp_path: Path) -> None:
    workbook, path = book(tmp_path)
    sheet = workbook.active
    sheet.append(["number", "registered_on", "received_on", "their_date", "subject", "inn"])
    half_past_ten = datetime(2025, 2, 3, 10, 30)  # noqa: DTZ001 - workbooks know no time zones
    sheet.append([145, date(2025, 2, 3), half_past_ten, 45691, "о", 7202000001])
    sheet.append(["01-23/7", "03.02.2025", None, None, 2025, 0.5])
    workbook.save(path)

    first, second = rows(open_table(path, Noun.DOCUMENTS))
    assert first == {
        "number": "145",
        "registered_on": "2025-02-03",
        "received_on": "2025-02-03",
        "their_date": "2025-02-03",
        "subject": "о",
        "inn": "7202000001",
    }
    assert (second["number"], second["subject"], second["inn"]) == ("01-23/7", "2025", "0.5")


def test_merged_cells_speak_for_each_of_their_rows(tmp_path: Path) -> None:
    workbook, path = book(tmp_path)
    sheet = workbook.active
    sheet["B2"] = "ЖУРНАЛ входящих"
    sheet.merge_cells("B2:E2")
    for place, name in zip("BCDE", ("Рег. №", "Корреспондент", "", "Содержание"), strict=True):
        sheet[f"{place}4"] = name
    sheet.merge_cells("B4:B5")
    sheet.merge_cells("C4:D4")
    sheet.merge_cells("E4:E5")
    sheet["C5"], sheet["D5"] = "Отправитель", "ИНН"
    for row, values in enumerate([(1, "Минздрав", None, "а"), (2, None, None, "б")], 6):
        for place, value in zip("BCDE", values, strict=True):
            sheet[f"{place}{row}"] = value
    sheet.merge_cells("C6:C7")
    workbook.save(path)

    table = open_table(path, Noun.DOCUMENTS)
    assert table.header.row == 5
    assert [
        (line.row, row["correspondent"])
        for line, row in zip(table.lines(), rows(table), strict=True)
    ] == [
        (6, "Минздрав"),
        (7, "Минздрав"),
    ]


def test_the_sheet_with_a_heading_is_chosen_and_the_others_are_named(tmp_path: Path) -> None:
    workbook, path = book(tmp_path)
    workbook.active.append(["Пояснения к файлу"])
    first = workbook.create_sheet("2024")
    first.append(["number", "subject", "registered_on"])
    first.append([1, "первый", "01.02.2024"])
    second = workbook.create_sheet("2025")
    second.append(["number", "subject"])
    second.append([2, "второй"])
    workbook.create_sheet("скрытый").sheet_state = "hidden"
    workbook.save(path)

    table = open_table(path, Noun.DOCUMENTS)
    assert rows(table)[0]["subject"] == "первый"
    assert table.notices == ("Other sheets with a heading were left out: 2025",)
    assert rows(open_table(path, Noun.DOCUMENTS, sheet="2025"))[0]["subject"] == "второй"
    with pytest.raises(NoSuchSheet):
        open_table(path, Noun.DOCUMENTS, sheet="2030")


def test_json_lines_may_lack_fields_and_hold_lists(tmp_path: Path) -> None:
    table = csv_table(
        tmp_path,
        '{"number": 1, "subject": "о", "historic": true}\n\n'
        '{"subject": "б", "files": ["a.pdf", "b.pdf"], "number": null}\n',
        "t.jsonl",
    )

    assert rows(table) == [
        {"number": "1", "subject": "о", "files": "", "historic": "true"},
        {"number": "", "subject": "б", "files": "a.pdf; b.pdf", "historic": ""},
    ]
    assert [line.row for line in table.lines()] == [1, 3]


def test_a_mapping_names_columns_fills_blanks_and_replaces_values(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text(
        'header_row = 2\n[columns]\nnumber = "Индекс"\nsubject = "О чём речь"\n'
        '[defaults]\nflow = "incoming"\nhistoric = true\ndelivery = "почта"\n'
        '[values.delivery]\n"эл.п." = "электронная почта"\n',
        encoding="utf-8",
    )
    source = tmp_path / "t.csv"
    source.write_text("x;y;z\nИндекс;О чём речь;Способ доставки\n1;о;эл.п.\n2;б;\n")

    table = open_table(source, Noun.DOCUMENTS, mapping=read_mapping(path, Noun.DOCUMENTS))
    assert rows(table)[0] == {
        "flow": "incoming",
        "number": "1",
        "subject": "о",
        "delivery": "электронная почта",
        "historic": "true",
    }
    assert rows(table)[1]["delivery"] == "почта"


@pytest.mark.parametrize(
    "text",
    [
        "[columns]\nnumero = 'x'",
        "[defaults]\nflow = [1]",
        "wrong = 1",
        "[columns",
        "[values]\nflow = 1",
    ],
)
def test_a_mapping_with_a_mistake_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m.toml"
    path.write_text(text)

    with pytest.raises(BadMapping):
        read_mapping(path, Noun.DOCUMENTS)


def test_a_mapping_of_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text("[columns]\nnumber = 'Индекс'\n")
    source = tmp_path / "t.csv"
    source.write_text("subject;Рег. №;Адресат\nо;1;\n")

    with pytest.raises(BadMapping):
        open_table(source, Noun.DOCUMENTS, mapping=read_mapping(mapping, Noun.DOCUMENTS))


GOOD = "number;registered_on;subject\n1;01.02.2025;О ремонте\n"


@pytest.mark.parametrize(
    ("content", "failure", "row"),
    [
        (GOOD + "2;02.02.2025;а;лишнее\n", ShiftedColumns, 3),
        (GOOD + "2;02.02.2025\n", ShiftedColumns, 3),
        (GOOD + '2;02.02.2025;"без пары\n3;03.02.2025;о\n', UnbalancedQuotes, 3),
        (GOOD + '2;02.02.2025;"а"б\n', UnbalancedQuotes, 3),
        ("number;subject;number\n1;о;2\n", DuplicateHeading, None),
        ("Рег. №;Регистрационный номер;subject\n1;2;о\n", DuplicateHeading, None),
        ("а;б\n1;2\n", NoHeading, None),
        (GOOD.encode() + "2;02.02.2025;привет\n".encode("cp1251"), MixedEncodings, 3),
        (GOOD.encode("cp1251") + "2;02.02.2025;привет\n".encode(), MixedEncodings, 2),
        (b"number;subject\n1;\xa7\xb9\xb0\n", UnknownEncoding, 2),
        (b"number;subject\n1;\x00\x01\n", NotASpreadsheet, None),
        (b"PK\x03\x04 not a workbook", NotASpreadsheet, None),
        (b"7z\xbc\xaf\x27\x1c locked", NotASpreadsheet, None),
        (b"%PDF-1.4 a scan", NotASpreadsheet, None),
        (b"\xd0\xcf\x11\xe0 not a workbook either", NotASpreadsheet, None),
        (b"", EmptyFile, None),
    ],
)
def test_a_broken_file_is_refused_as_a_whole(
    tmp_path: Path, content: str | bytes, failure: type[SedError], row: int | None
) -> None:
    with pytest.raises(failure) as caught:
        csv_table(tmp_path, content)

    assert caught.value.row == row


@pytest.mark.parametrize(
    "line", ["[1]", '{"number": {"a": 1}}', '{"number": 1', '"text"', '{"files": [1]}']
)
def test_a_json_line_that_is_no_flat_object_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(BadJsonLine) as caught:
        csv_table(tmp_path, f'{{"subject": "о"}}\n{line}\n', "t.jsonl")

    assert caught.value.row == 2


def test_spare_empty_cells_of_a_spreadsheet_are_no_shift(tmp_path: Path) -> None:
    assert rows(csv_table(tmp_path, "number;subject;;\n1;о;;\n2;б;;\n"))[1]["subject"] == "б"


def test_a_directory_and_a_missing_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(NotARegularFile):
        open_table(tmp_path, Noun.DOCUMENTS)
    with pytest.raises(NoSuchFile):
        open_table(tmp_path / "нет.csv", Noun.DOCUMENTS)


def test_the_fingerprint_tells_the_same_file_read_the_same_way(tmp_path: Path) -> None:
    first, again = csv_table(tmp_path, GOOD), csv_table(tmp_path, GOOD, "copy.csv")
    changed = csv_table(tmp_path, GOOD + "2;02.02.2025;б\n")
    people = tmp_path / "people.csv"
    people.write_text("login;full_name\nа;б\n")

    assert len({first.fingerprint, changed.fingerprint}) == 2
    assert len(open_table(people, Noun.PEOPLE).fingerprint) == 64
    assert again.columns == first.columns
    assert first.total == 1


def test_reading_goes_on_after_a_row(tmp_path: Path) -> None:
    table = csv_table(tmp_path, "number;subject\n" + "".join(f"{n};о\n" for n in range(1, 9)))

    assert [line.values[0] for line in table.lines(after=6)] == ["6", "7", "8"]


@pytest.mark.skipif(not REAL.exists(), reason="the sheets of another system are not here")
def test_a_real_register_of_another_system_is_understood() -> None:
    table = open_table(REAL, Noun.DOCUMENTS)

    [row] = rows(table)
    assert (row["number"], row["registered_on"]) == ("4", "2011-01-11")
    assert (row["their_number"], row["their_date"]) == ("1234/525", "2010-08-20")
    assert row["correspondent"] == "ТехноСистемы ЗАО"


def test_what_json_makes_of_numbers_is_read(tmp_path: Path) -> None:
    line = json.dumps({"number": 1e20, "sheets": 3.0, "subject": "о"})

    [row] = rows(csv_table(tmp_path, line, "t.jsonl"))
    assert (row["sheets"], "E+20" in row["number"]) == ("3", True)


@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "../../etc/cron.d/x", "/abs.xml"])
def test_a_workbook_that_unpacks_without_end_is_refused_and_names_no_path(
    tmp_path: Path, member: str
) -> None:
    """A hundred megabytes of nothing take a hundred kilobytes; no member becomes a file."""
    bomb = tmp_path / "inside" / "таблица.xlsx"
    bomb.parent.mkdir()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(member, bytes(100 << 20))

    with pytest.raises(NotASpreadsheet, match="enormous"):
        open_table(bomb, Noun.DOCUMENTS)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [bomb]
