"""People and organizations of Directum's workbooks known by their names and ids."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from sed_tui.domain.foreign_names import ForeignSort
from sed_tui.errors import NotFound
from sed_tui.errors.directum import BadDirectumMap
from sed_tui.gateway.directum.answers import Verdict
from sed_tui.gateway.directum.names import read_names
from sed_tui.operations import document, document_list, employee, foreign_name, unit
from sed_tui.operations.document import ShowDocument
from sed_tui.operations.document_list import ListDocuments
from sed_tui.operations.employee import EditEmployee, ListEmployees
from sed_tui.operations.foreign_name import ForeignName, KeepForeignNames, ListForeignNames
from sed_tui.operations.unit import ListUnits
from tests.gateway.directum_workbooks import loaded
from tests.spreadsheet.directum_books import EMPLOYEES, OUTGOING, book

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gateway.local import LocalGateway


def verdicts(answers: dict[str, list[tuple[Verdict, str]]]) -> set[Verdict]:
    return {verdict for sheet in answers.values() for verdict, _text in sheet}


@pytest.mark.parametrize("engine", ["sqlite"])
def test_namesakes_are_told_apart_by_their_places_and_logins_stay_with_their_owners(
    gateway: LocalGateway, tmp_path: Path
) -> None:
    people = [
        (None, "Отдел А", "Юрист", "Иванов", "Иван", "Иванович"),
        (None, "Отдел Б", "Юрист", "Иванов", "Иван", "Иванович"),
        (None, "Отдел Б", "Врач", "Петров", "Пётр", None),
    ]
    logins = ("Логин", "Фамилия", "Имя", "Отчество", "Email")
    first = book(
        tmp_path / "a.xlsx",
        Сотрудники=(EMPLOYEES, people),
        Логины=(logins, [("ppetrov", "Петров", "Пётр", None, "p@x.ru")]),
    )
    turned = book(
        tmp_path / "b.xlsx",
        Сотрудники=(EMPLOYEES, people[::-1]),
        Логины=(
            logins,
            [("other", "Петров", "Пётр", None, None), ("x", "Сидоров", "Иван", None, None)],
        ),
    )

    once = loaded(gateway, first)
    again = loaded(gateway, turned)

    rows = gateway.call(employee.LIST, ListEmployees()).rows
    assert sorted(row.login for row in rows) == ["admin", "ivanov_ii", "ivanov_ii2", "ppetrov"]
    assert verdicts(once) == {Verdict.LOADED}
    assert {text for _verdict, text in again["Сотрудники"]} == {"It was there already."}
    assert "has the login ppetrov here" in again["Логины"][0][1]
    assert "Nobody of the name “Сидоров Иван”" in again["Логины"][1][1]


def test_the_file_of_names_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.toml", tmp_path / "b.toml"
    good.write_text('[journals]\n"4" = "ВХ"\n', encoding="utf-8")
    bad.write_text("[journal]\n4 = 1\n", encoding="utf-8")

    assert read_names(good).journals == {"4": "ВХ"}
    with pytest.raises(BadDirectumMap, match="journal"):
        read_names(bad)


IDS = "ИД во внешней системе"


def small_office(
    tmp_path: Path, *, unit: str = "Отдел снабжения", surname: str = "Соболева", ids: bool = True
) -> Path:
    """Write a workbook of an office, with the ids of 4.1 or without any as in 4.0."""
    tail = (IDS,) if ids else ()

    def row(*cells: object, key: str) -> tuple[object, ...]:
        return (*cells, key) if ids else cells

    return book(
        tmp_path / "Оргструктура.xlsx",
        Подразделения=(
            ("Наименование", "Наша организация", "Головное подразделение", *tail),
            [row(unit, None, None, key="u1"), row("Склад", None, unit, key="u2")],
        ),
        Сотрудники=(
            ("Наша организация", "Подразделение", "Должность", "Фамилия", "Имя", *tail),
            [row(None, unit, "Юрист", surname, "Надежда", key="p1")],
        ),
    )


def letter_by(tmp_path: Path, drafter: str) -> Path:
    letter = (
        *(7.0, date(2011, 1, 14), "ООО «Ромашка»", "Исходящее письмо", "Ответ"),
        *(drafter, 901, "Исходящие документы", "Зарегистрирован"),
    )
    return book(tmp_path / "Исходящие.xlsx", ИсходящиеПисьма=(OUTGOING, [letter]))


def test_what_was_renamed_there_is_found_by_its_id(gateway: LocalGateway, tmp_path: Path) -> None:
    loaded(gateway, small_office(tmp_path))

    again = loaded(gateway, small_office(tmp_path, unit="Отдел закупок", surname="Орлова"))
    answers = loaded(gateway, letter_by(tmp_path, "Орлова Надежда"))

    assert {text for sheet in again.values() for _v, text in sheet} == {"It was there already."}
    assert names(gateway) == (["Соболева Надежда"], ["Отдел снабжения", "Склад"])
    assert verdicts(answers) == {Verdict.LOADED}
    [row] = gateway.call(document_list.LIST, ListDocuments()).rows
    card = gateway.call(document.SHOW, ShowDocument(document=str(row.id)))
    assert card.drafter == "Соболева Надежда"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_who_was_renamed_here_is_found_by_the_words_of_the_workbook(
    gateway: LocalGateway, tmp_path: Path
) -> None:
    path = small_office(tmp_path, ids=False)
    loaded(gateway, path)
    [person] = [p for p in gateway.call(employee.LIST, ListEmployees()).rows if p.login != "admin"]
    change = EditEmployee(employee=person.login, changes={"full_name": "Орлова Надежда"})
    gateway.call(employee.EDIT, change)

    again = loaded(gateway, path)
    loaded(gateway, letter_by(tmp_path, "Соболева Надежда"))

    assert {text for sheet in again.values() for _v, text in sheet} == {"It was there already."}
    assert names(gateway)[0] == ["Орлова Надежда"]
    [row] = gateway.call(document_list.LIST, ListDocuments()).rows
    card = gateway.call(document.SHOW, ShowDocument(document=str(row.id)))
    assert card.drafter == "Орлова Надежда"


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_foreign_name_means_nobody_of_another_organization(gateway: LocalGateway) -> None:
    stranger = ForeignName(key="id:1", target_id=UUID(int=1))

    with pytest.raises(NotFound):
        gateway.call(
            foreign_name.KEEP,
            KeepForeignNames(foreign_sort=ForeignSort.PERSON, names=(stranger,)),
        )
    listed = ListForeignNames(foreign_sort=ForeignSort.PERSON)
    assert gateway.call(foreign_name.LIST, listed).rows == []


def names(gateway: LocalGateway) -> tuple[list[str], list[str]]:
    people = gateway.call(employee.LIST, ListEmployees()).rows
    units = gateway.call(unit.LIST, ListUnits()).rows
    return [p.full_name for p in people if p.login != "admin"], sorted(one.name for one in units)
