"""Two correspondents made one: documents move, a redirect stays."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.flows import Flow
from sed_tui.errors.correspondents import CorrespondentClosed, CorrespondentMerged, MergedWithItself
from sed_tui.operations import correspondent_merge
from sed_tui.operations.document import SHOW, ShowDocument
from sed_tui.operations.registration import REGISTER, RegisterDocument
from tests.handlers.correspondents import INN, KPP, add, edit, register, show

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway


def test_a_merge_moves_documents_and_leaves_a_redirect(gateway: LocalGateway) -> None:
    old = add(gateway, "Минздравсоцразвития", inn=INN, kpp=KPP, address="Рахмановский, 3")
    new = add(gateway, "Минздрав")
    letter = register(gateway, "Минздравсоцразвития")

    result = merge(gateway, "Минздравсоцразвития", "Минздрав")

    assert (result.source, result.target, result.documents) == (old.id, new.id, 1)
    after = show(gateway, "Минздрав")
    assert after.documents == 1
    assert (after.inn, after.kpp, after.address) == (INN, KPP, "Рахмановский, 3")
    assert [one.name for one in after.predecessors] == ["Минздравсоцразвития"]
    for text_ in ("минздравсоцразвития", INN, str(old.id)):
        assert show(gateway, text_).id == new.id
    card = gateway.call(SHOW, ShowDocument(document=str(letter.id)))
    assert (card.correspondent, card.correspondent_id) == ("Минздрав", new.id)


def test_new_letters_under_an_old_name_go_to_the_successor(gateway: LocalGateway) -> None:
    add(gateway, "Старое")
    add(gateway, "Новое")
    merge(gateway, "Старое", "Новое")

    register(gateway, "Старое")

    assert show(gateway, "Новое").documents == 1


def test_an_outgoing_letter_to_both_is_addressed_once(gateway: LocalGateway) -> None:
    for name in ("Старое", "Новое", "Третье"):
        add(gateway, name)
    letter = gateway.call(
        REGISTER,
        RegisterDocument(
            flow=Flow.OUTGOING,
            subject="О слиянии",
            addressees=("Третье", "Старое", "Новое"),
            signatory="Глава",
            signed_on=date(2026, 11, 23),
        ),
    )

    merge(gateway, "Старое", "Новое")

    card = gateway.call(SHOW, ShowDocument(document=str(letter.id)))
    assert sorted(card.addressees) == ["Новое", "Третье"]


def test_redirects_of_redirects_are_one_step_long(gateway: LocalGateway) -> None:
    for name in ("А", "Б", "В"):
        add(gateway, f"Трест {name}")

    merge(gateway, "Трест А", "Трест Б")
    merge(gateway, "Трест Б", "Трест В")

    last = show(gateway, "Трест А")
    assert last.name == "Трест В"
    assert sorted(one.name for one in last.predecessors) == ["Трест А", "Трест Б"]


def test_a_merge_cannot_run_in_a_circle(gateway: LocalGateway) -> None:
    first, _second = add(gateway, "Первый"), add(gateway, "Второй")
    merge(gateway, "Первый", "Второй")

    with pytest.raises(MergedWithItself):
        merge(gateway, "Второй", "Первый")
    with pytest.raises(MergedWithItself):
        merge(gateway, "Второй", str(first.id))
    with pytest.raises(CorrespondentMerged):
        merge(gateway, "Первый", add(gateway, "Третий").name)


def test_nothing_is_merged_into_a_closed_one(gateway: LocalGateway) -> None:
    add(gateway, "Первый")
    add(gateway, "Второй")
    edit(gateway, "Второй", state="closed")

    with pytest.raises(CorrespondentClosed):
        merge(gateway, "Первый", "Второй")


def merge(gateway: LocalGateway, source: str, target: str) -> correspondent_merge.Merged:
    request = correspondent_merge.MergeCorrespondents(source=source, target=target)
    return gateway.call(correspondent_merge.MERGE, request)
