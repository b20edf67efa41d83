"""Correspondents that imported cards name: found, told apart, made once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.operations.import_columns import Noun
from tests.handlers.imported_cards import count, shown
from tests.handlers.tables import card, codes, load, outcomes

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway


def test_correspondents_are_looked_up_and_new_ones_are_made_once(
    gateway: LocalGateway, settings: Settings
) -> None:
    load(
        gateway,
        card("1", correspondent="ООО «Ромашка»"),
        card("2", correspondent='ооо "ромашка"'),
        card("3", correspondent="Минфин", inn="7710168360"),
        card("4", correspondent="Министерство финансов", inn="7710168360.0"),
        card("5", correspondent="", inn="7710168360"),
    )
    load(gateway, card("6", correspondent="минфин"))

    assert count(settings, "correspondent") == 2
    assert shown(gateway, "5").correspondent == "Минфин"


def test_where_an_inn_and_a_name_disagree_the_inn_is_followed_and_both_are_named(
    gateway: LocalGateway,
) -> None:
    first = load(gateway, card("1", correspondent="Минфин", inn="7710168360"))
    answer = load(
        gateway,
        card("2", correspondent="минфин", inn="7710168360"),
        card("3", correspondent="Минздрав", inn="7710168360"),
        card("4", correspondent="", inn="7710168360"),
        card("5", correspondent="Росреестр", inn="7706560536"),
        card("6", correspondent="Росстат", inn="7706560536"),
    )

    assert codes(first) == [[]]
    assert outcomes(answer) == ["created"] * 5
    assert codes(answer) == [[], ["inn_of_another"], [], [], ["inn_of_another"]]
    [note] = answer.results[1].errors
    assert "“Минфин”" in note.message
    assert "“Минздрав”" in note.message
    assert shown(gateway, "3").correspondent == "Минфин"
    assert shown(gateway, "6").correspondent == "Росреестр"


def test_an_inn_of_a_new_one_wins_over_a_namesake_who_is_known_without_an_inn(
    gateway: LocalGateway,
) -> None:
    load(gateway, card("1", correspondent="Минздрав"))
    answer = load(
        gateway,
        card("2", correspondent="Минфин", inn="7710168360"),
        card("3", correspondent="Минздрав", inn="7710168360"),
    )

    assert codes(answer) == [[], ["inn_of_another"]]
    assert shown(gateway, "3").correspondent == "Минфин"


def test_branches_of_one_inn_are_told_apart_by_their_names(gateway: LocalGateway) -> None:
    for name, kpp in [("Филиал А", "770801001"), ("Филиал Б", "770802001")]:
        row = {"name": name, "kind": "организация", "inn": "7710168360", "kpp": kpp}
        assert outcomes(load(gateway, row, noun=Noun.CORRESPONDENTS)) == ["created"]

    answer = load(gateway, card("1", correspondent="филиал б", inn="7710168360"))

    assert outcomes(answer) == ["created"]
    assert shown(gateway, "1").correspondent == "Филиал Б"


def test_outgoing_letters_have_several_addressees(gateway: LocalGateway) -> None:
    load(
        gateway, card("05-11/9", flow="outgoing", correspondent="Минфин; Минтруд", their_number="")
    )

    assert shown(gateway, "05-11/9").addressees == ["Минфин", "Минтруд"]
