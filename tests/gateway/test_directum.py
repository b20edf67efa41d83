"""Workbooks of Directum RX loaded: each row into its organization, nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.access import Role
from sed_tui.gateway.directum.answers import Verdict
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations import (
    correspondent_list,
    document,
    document_list,
    employee,
    file,
    journal,
    organization,
    substitution,
    unit,
)
from sed_tui.operations.correspondent_list import ListCorrespondents
from sed_tui.operations.document import ShowDocument
from sed_tui.operations.document_list import ListDocuments
from sed_tui.operations.employee import AddEmployee, ListEmployees
from sed_tui.operations.file import ListFiles
from sed_tui.operations.journal import ListJournals
from sed_tui.operations.organization import AddOrganization, ListOrganizations
from sed_tui.operations.substitution import ListSubstitutions
from sed_tui.operations.unit import ListUnits
from tests.exchange.samples import shared
from tests.gateway.directum_workbooks import loaded
from tests.spreadsheet.directum_books import (
    EMPLOYEES,
    INCOMING,
    ORDERS,
    ORGANIZATIONS,
    OUTGOING,
    UNITS,
    book,
)

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.config import Settings
    from tests.conftest import FixedClock

INN = "1834101061"


def structure(tmp_path: Path) -> Path:
    """Write a workbook of two organizations, the one below first, with their people."""
    return book(
        tmp_path / "Оргструктура.xlsx",
        Сотрудники=(
            EMPLOYEES,
            [
                ("ТехноСистемы ЗАО", "Отдел снабжения", "Юрист", "Законов", "Сергей", "Юрьевич"),
                ("ТехноСистемы ЗАО", "Отдел продаж", None, "Добрынин", "Никита", None, "a@ b.ru"),
                ("Смарт", None, "Глава", "Ли", "Ян", None, None, 4.081781009991e19),
                ("Чужая", None, None, "Нездешний", "Иван", None),
            ],
        ),
        НашиОрганизации=(
            ORGANIZATIONS,
            [
                ("Смарт", "ООО «Смарт»", "ТехноСистемы ЗАО", None, None),
                ("ТехноСистемы ЗАО", "Закрытое общество", None, float(INN), 183400001.0),
            ],
        ),
        Подразделения=(
            UNITS,
            [
                ("Склад", None, "ТехноСистемы ЗАО", "Отдел снабжения"),
                ("Отдел снабжения", "ОС", "ТехноСистемы ЗАО", None),
            ],
        ),
    )


def letters(tmp_path: Path) -> Path:
    """Write a workbook of letters and an order."""
    return book(
        tmp_path / "Письма.xlsx",
        ВходящиеПисьма=(
            INCOMING,
            [
                (
                    *("4", date(2011, 1, 11), "ООО «Ромашка»", "Входящее письмо", "О ремонте"),
                    *(r"D:\tmp\..\scan.txt", "20.08.2010", "1234/525", 4.0, "Зарегистрирован"),
                ),
                (
                    *("5", date(2011, 1, 12), "ООО «Ромашка»", "Входящее письмо", "О воде", None),
                    *("21.08.2010", "1234/526", 4.0, "Не зарегистрирован"),
                ),
                (
                    *("6", date(2011, 1, 13), "ООО «Ромашка»", "Входящее письмо", "О газе", None),
                    *("22.08.2010", "1234/527", "Нет такого", "Зарегистрирован"),
                ),
            ],
        ),
        ИсходящиеПисьма=(
            OUTGOING,
            [
                (
                    *(7.0, date(2011, 1, 14), "ООО «Ромашка»", "Исходящее письмо", "Ответ"),
                    *("Законов С.Ю.", 901, "Исходящие документы", "Зарегистрирован"),
                )
            ],
        ),
        ИсходящиеПисьмаАдресаты=(
            ("Id исходящего письма в DirectumRX", "Корреспондент", "Итог", "Дата", "Примечание"),
            [("901", "Минфин"), ("902", "Минфин")],
        ),
        Приказы=(
            ORDERS,
            [(1.0, date(2021, 2, 12), "приказ", "Об отпуске", "Наша", "Ли Ян", "Ли", 18.0, None)],
        ),
        Валюты=(("Наименование", "Буквенный код"), [("Тенге", "KZT")]),
    )


def test_rows_go_into_their_organizations_and_nothing_comes_twice(
    gateway: LocalGateway, tmp_path: Path
) -> None:
    path = structure(tmp_path)

    first = loaded(gateway, path)
    # who administers what he has loaded is still at home where he works
    again = loaded(gateway, path)

    codes = {
        row.code: row.parent for row in gateway.call(organization.LIST, ListOrganizations()).rows
    }
    assert codes == {"01": None, INN: None, "Смарт": INN}
    office = gateway.within(INN)
    people = office.call(employee.LIST, ListEmployees()).rows
    assert [(one.login, one.unit) for one in people] == [
        ("dobrynin_n", "Отдел продаж"),
        ("zakonov_si", "Отдел снабжения"),
    ]
    units = {one.name: (one.code, one.parent) for one in office.call(unit.LIST, ListUnits()).rows}
    assert units["Склад"] == ("Склад", "ОС")
    assert len(units) == 3
    [head] = gateway.within("Смарт").call(employee.LIST, ListEmployees()).rows
    assert head.full_name == "Ли Ян"
    for answers in (first, again):
        zakonov, dobrynin, lee, stranger = answers["Сотрудники"]
        assert zakonov[0] is Verdict.LOADED
        assert (dobrynin[0], lee[0], stranger[0]) == (Verdict.PARTLY, Verdict.PARTLY, Verdict.NOT)
        assert "a@ b.ru" in dobrynin[1]
        assert "4.081781009991000E+19" in lee[1]
        assert "“Чужая” was not found" in stranger[1]
    assert again["НашиОрганизации"] == [(Verdict.LOADED, "It was there already.")] * 2


@pytest.mark.parametrize("engine", ["sqlite"])
def test_an_organization_of_others_is_refused_as_if_it_were_not_there(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, tmp_path: Path
) -> None:
    gateway.call(organization.ADD, AddOrganization(code="02", name="Чужая"))
    office = gateway.within("01")
    roles = (Role.ADMINISTRATOR, Role.REGISTRAR)
    office.call(employee.ADD, AddEmployee(login="petrova", full_name="Петрова", roles=roles))
    petrova = LocalGateway(replace(settings, login="petrova"), clock)

    answers = loaded(petrova, structure(tmp_path))
    petrova.close()

    assert "“Чужая” was not found" in answers["Сотрудники"][3][1]
    assert not gateway.within("02").call(employee.LIST, ListEmployees()).rows


def test_cards_keep_their_numbers_files_and_all_addressees(
    gateway: LocalGateway, tmp_path: Path
) -> None:
    loaded(gateway, structure(tmp_path))
    own = gateway.within("01")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "scan.txt").write_text("текст", encoding="utf-8")

    first = loaded(own, letters(tmp_path), files=tmp_path / "files")
    again = loaded(own, letters(tmp_path), files=tmp_path / "files")

    assert [verdict for verdict, _text in first["ВходящиеПисьма"]] == [
        *(Verdict.LOADED, Verdict.NOT, Verdict.NOT)
    ]
    assert "was not registered there" in first["ВходящиеПисьма"][1][1]
    told = first["ВходящиеПисьма"][2][1]
    assert told.startswith("There is no journal “Нет такого”")
    assert told.endswith('([journals] "Нет такого" = "CODE"): --map')
    found = {row.number: row for row in own.call(document_list.LIST, ListDocuments()).rows}
    assert set(found) == {"4", "7"}
    [scan] = own.call(file.LIST, ListFiles(document=str(found["4"].id))).rows
    assert scan.name == "scan.txt"
    answer = own.call(document.SHOW, ShowDocument(document=str(found["7"].id)))
    assert answer.addressees == ["ООО «Ромашка»", "Минфин"]
    assert [v for v, _text in first["ИсходящиеПисьмаАдресаты"]] == [Verdict.LOADED, Verdict.NOT]
    assert first["Приказы"] == [(Verdict.LOADED, "")]
    assert first["Валюты"][0][1].startswith("Not loaded: the system keeps no currencies.")
    assert [v for v, _t in again["ИсходящиеПисьмаАдресаты"]] == [Verdict.LOADED, Verdict.NOT]
    assert again["ВходящиеПисьма"][0] == (Verdict.LOADED, "It was there already.")
    assert len(own.call(document_list.LIST, ListDocuments()).rows) == 2


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_file_that_is_not_in_the_folder_leaves_the_letter_out(
    gateway: LocalGateway, tmp_path: Path
) -> None:
    (tmp_path / "files").mkdir()

    answers = loaded(gateway, letters(tmp_path), files=tmp_path / "files")
    without = loaded(gateway, letters(tmp_path))

    assert answers["ВходящиеПисьма"][0][0] is Verdict.NOT
    assert "scan.txt" in answers["ВходящиеПисьма"][0][1]
    assert without["ВходящиеПисьма"][0][0] is Verdict.PARTLY


@pytest.mark.parametrize("engine", ["sqlite"])
def test_kinds_journals_and_substitutions_are_set_once(
    gateway: LocalGateway, tmp_path: Path
) -> None:
    journals = (
        "Наименование",
        "Индекс",
        "Документопоток",
        "Кол-во цифр в номере",
        "Период нумерации",
    )
    path = book(
        tmp_path / "t.xlsx",
        ЖурналыРегистрации=(journals, [("Приказы", "П", "Внутренний", 3.0, "Квартал")]),
        ВидыДокументов=(("Наименование", "Документопоток"), [("Договор", "Договоры")]),
        Замещения=(
            ("Замещающий", "Сотрудник", "Дата начала", "Дата завершения"),
            [
                ("Законов Сергей Юрьевич", "Добрынин Никита", "01.01.2026", date(2026, 12, 31)),
                ("Ли Ян", "Добрынин Никита", date(2027, 1, 1), date(2027, 2, 1)),
                ("Законов Сергей Юрьевич", "Добрынин Никита", None, date(2026, 12, 31)),
            ],
        ),
    )
    loaded(gateway, structure(tmp_path))

    first = loaded(gateway.within("01"), path, structure(tmp_path))
    again = loaded(gateway.within("01"), path, structure(tmp_path))

    office = gateway.within(INN)
    [order] = [j for j in office.call(journal.LIST, ListJournals()).rows if j.name == "Приказы"]
    assert (order.flow, order.formula, order.next) == (
        "order",
        "{journal}-{ordinal:3}/{quarter}-{year2}",
        "П-001/4-26",
    )
    assert len(office.call(substitution.LIST, ListSubstitutions()).rows) == 1
    texts = [text for _verdict, text in first["Замещения"]]
    assert texts[0] == ""
    assert "works in another organization" in texts[1]
    assert texts[2].startswith("“Дата начала” is empty.")
    assert again["Замещения"][0] == (Verdict.LOADED, "It was there already.")
    assert again["ЖурналыРегистрации"] == [(Verdict.LOADED, "It was there already.")]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_trial_stores_nothing(gateway: LocalGateway, tmp_path: Path) -> None:
    answers = loaded(gateway, structure(tmp_path), letters(tmp_path), dry=True)

    assert [verdict for verdict, _text in answers["НашиОрганизации"]] == [Verdict.LOADED] * 2
    assert "would be made first" in answers["Подразделения"][0][1]
    assert len(gateway.call(organization.LIST, ListOrganizations()).rows) == 1
    assert not gateway.call(document_list.LIST, ListDocuments()).rows


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_examples_of_the_vendor_load_twice_with_no_second_copy(gateway: LocalGateway) -> None:
    paths = sorted(shared("directum", "examples").glob("*.xlsx"))

    loaded(gateway, *paths)
    once = counted(gateway)
    loaded(gateway.within("01"), *paths)

    assert counted(gateway) == once
    assert once == {"01": (6, 4, 0), INN: (4, 0, 6), "9640773703": (0, 0, 0)}


def counted(gateway: LocalGateway) -> dict[str, tuple[int, int, int]]:
    """Count cards, correspondents and people of each organization, the founder left out."""
    counts = {}
    for row in gateway.call(organization.LIST, ListOrganizations()).rows:
        office = gateway.within(row.code)
        people = office.call(employee.LIST, ListEmployees()).rows
        known = office.call(correspondent_list.LIST, ListCorrespondents()).rows
        journals = office.call(journal.LIST, ListJournals()).rows
        cards = sum(one.documents for one in journals)
        counts[row.code] = (cards, len(known), len([p for p in people if p.login != "admin"]))
    return counts
