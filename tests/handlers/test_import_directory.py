"""Imports of correspondents and of people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.access import Role
from sed_tui.errors import NotPermitted
from sed_tui.errors.imports import ImportDependedOn
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations import employee, imports, unit
from sed_tui.operations.correspondent import SHOW, ShowCorrespondent
from sed_tui.operations.import_columns import Noun
from sed_tui.operations.imports import UndoImport
from tests.handlers.tables import card, codes, load, outcomes

if TYPE_CHECKING:
    from sed_tui.config import Settings

MINFIN = {"name": "Минфин", "inn": "7710168360", "kpp": "771001001"}


def correspondents(gateway: LocalGateway, *rows: dict[str, str]) -> list[str]:
    return outcomes(load(gateway, *rows, noun=Noun.CORRESPONDENTS))


def test_correspondents_are_loaded_with_lost_zeros_put_back(gateway: LocalGateway) -> None:
    row = {"name": "Башкирский завод", "inn": "274062111.0", "kpp": "27401001", "ogrn": ""}

    assert correspondents(gateway, row) == ["created"]
    found = gateway.call(SHOW, ShowCorrespondent(correspondent="Башкирский завод"))
    assert (found.inn, found.kpp) == ("0274062111", "027401001")


def test_a_second_run_and_twins_change_nothing(gateway: LocalGateway) -> None:
    rows = [
        {**MINFIN, "external_id": "1"},
        {"name": "ООО «Ромашка»"},
        {"name": 'ооо "ромашка"'},
        {"name": "Петров Иван", "kind": "гражданин"},
        {"name": "Министерство финансов", "inn": "7710168360", "kpp": "771001001"},
        {**MINFIN, "external_id": "2"},
    ]
    first = ["created", "created", "unchanged", "created", "unchanged", "duplicate"]

    assert correspondents(gateway, *rows) == first
    again = ["unchanged", "unchanged", "unchanged", "unchanged", "unchanged", "duplicate"]
    assert correspondents(gateway, *rows) == again


def test_branches_of_one_inn_are_several(gateway: LocalGateway) -> None:
    other = {**MINFIN, "name": "Минфин, филиал", "kpp": "720301001"}

    assert correspondents(gateway, MINFIN, other) == ["created", "created"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"name": " "}, "empty_text"),
        ({"name": "x", "inn": "7710168361"}, "bad_identifier"),
        ({"name": "x", "inn": "7,71017E+09"}, "digits_lost"),
        ({"name": "x", "email": "не адрес"}, "bad_email"),
        ({"name": "x", "kind": "дух"}, "unknown_value"),
    ],
)
def test_a_wrong_correspondent_is_refused(
    gateway: LocalGateway, row: dict[str, str], code: str
) -> None:
    answer = load(gateway, row, noun=Noun.CORRESPONDENTS)

    assert codes(answer) == [[code]]


def test_an_import_of_correspondents_is_undone_while_no_card_names_them(
    gateway: LocalGateway,
) -> None:
    kept = load(gateway, {"name": "Минздрав"}, noun=Noun.CORRESPONDENTS)
    undone = load(gateway, {"name": "Минтруд"}, noun=Noun.CORRESPONDENTS)
    load(gateway, card("01-23/1"))

    assert gateway.call(imports.UNDO, UndoImport(run=str(undone.run))).state == "undone"
    with pytest.raises(ImportDependedOn):
        gateway.call(imports.UNDO, UndoImport(run=str(kept.run)))


def test_people_are_loaded_with_their_roles(gateway: LocalGateway) -> None:
    rows = [
        {"login": "petrov", "full_name": "Петров Василий", "roles": "исполнитель; head"},
        {"login": "sidorova", "full_name": "Сидорова Анна", "clearance": "да", "roles": ""},
    ]

    assert outcomes(load(gateway, *rows, noun=Noun.PEOPLE)) == ["created", "created"]
    found = gateway.call(employee.SHOW, employee.ShowEmployee(employee="petrov"))
    assert set(found.roles) == {Role.EXECUTOR, Role.HEAD}
    assert outcomes(load(gateway, *rows, noun=Noun.PEOPLE)) == ["unchanged", "unchanged"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"login": "a b", "full_name": "Петров"}, "bad_login"),
        ({"login": "a", "full_name": ""}, "empty_text"),
        ({"login": "a", "full_name": "П", "roles": "царь"}, "unknown_value"),
        ({"login": "a", "full_name": "П", "roles": "system"}, "unknown_value"),
    ],
)
def test_a_wrong_person_is_refused(gateway: LocalGateway, row: dict[str, str], code: str) -> None:
    assert codes(load(gateway, row, noun=Noun.PEOPLE)) == [[code]]


def test_unknown_units_are_made_once(gateway: LocalGateway) -> None:
    gateway.call(unit.ADD, unit.AddUnit(code="ЮР", name="Юридический отдел"))
    people = {"a": "Отдел контроля", "b": "отдел контроля", "c": "Отдел кадров", "d": "ЮР"}
    rows = [{"login": key, "full_name": key, "unit": name} for key, name in people.items()]

    assert outcomes(load(gateway, *rows, noun=Noun.PEOPLE)) == ["created"] * 4
    found = gateway.call(unit.LIST, unit.ListUnits()).rows
    assert {(one.code, one.name) for one in found} == {
        ("ЮР", "Юридический отдел"),
        ("ОК", "Отдел контроля"),
        ("ОК2", "Отдел кадров"),
    }


def test_an_import_of_people_is_undone(gateway: LocalGateway) -> None:
    row = {"login": "petrov", "full_name": "Петров Василий", "roles": "registrar", "unit": "Отдел"}
    answer = load(gateway, row, noun=Noun.PEOPLE)

    gateway.call(imports.UNDO, UndoImport(run=str(answer.run)))

    assert gateway.call(unit.LIST, unit.ListUnits()).rows == []
    assert outcomes(load(gateway, row, noun=Noun.PEOPLE)) == ["created"]


def test_only_administrators_load_people(gateway: LocalGateway, settings: Settings) -> None:
    load(
        gateway,
        {"login": "reg", "full_name": "Регистратор", "roles": "registrar"},
        noun=Noun.PEOPLE,
    )
    from dataclasses import replace

    registrar = LocalGateway(replace(settings, login="reg"))
    try:
        assert outcomes(load(registrar, card("01-23/1"))) == ["created"]
        with pytest.raises(NotPermitted):
            load(registrar, {"login": "x", "full_name": "X"}, noun=Noun.PEOPLE)
    finally:
        registrar.close()
