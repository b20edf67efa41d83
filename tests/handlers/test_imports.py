"""Imports of cards: what is stored, what is known already, what is refused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.flows import Execution
from sed_tui.operations.audit import VERIFY, VerifyAudit
from sed_tui.operations.correspondent_list import LIST as LIST_CORRESPONDENTS
from sed_tui.operations.correspondent_list import ListCorrespondents
from sed_tui.operations.document_list import LIST, ListDocuments
from tests.handlers.imported_cards import count, next_number, shown, state
from tests.handlers.tables import card, codes, load, outcomes

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway


def test_a_historic_card_keeps_its_number_and_everything_else(gateway: LocalGateway) -> None:
    answer = load(
        gateway,
        card(
            "01-23/145 от 03.02.2025",
            registered_on="",
            received_on="2025-02-03",
            their_number="№ 12 от 01.02.2025",
            their_date="",
            sheets="1+7",
            addressee="Иванов И.И.",
            delivery="почта",
            external_id="A-1",
            case_index="01-05",
        ),
    )

    assert outcomes(answer) == ["created"]
    found = shown(gateway, "01-23/145")
    assert (found.number, found.registered_on) == ("01-23/145", date(2025, 2, 3))
    assert (found.their_number, found.their_date) == ("12", date(2025, 2, 1))
    assert (found.sheets, found.annex_sheets, found.case_index) == (1, 7, "01-05")
    assert (found.correspondent, found.external_id, found.historic) == ("Минздрав", "A-1", True)
    assert found.execution is Execution.NONE
    assert found.id == answer.results[0].id


def test_imported_cards_are_found_by_their_words(gateway: LocalGateway) -> None:
    load(gateway, card("01-23/1", subject="О приказах по ремонту ёлок"))

    page = gateway.call(LIST, ListDocuments(query="приказ ремонта елок Минздрав"))
    assert [row.number for row in page.rows] == ["01-23/1"]


def test_a_second_run_changes_nothing(gateway: LocalGateway, settings: Settings) -> None:
    rows = [
        card("01-23/1", external_id="A"),
        card("01-23/2"),
        card("не по формуле 77"),
        card(None, their_number="9", historic=""),
        card(None, flow="internal", historic="", correspondent="", their_number="", their_date=""),
    ]
    assert outcomes(load(gateway, *rows)) == ["created"] * 5
    before = state(settings)

    again = load(gateway, *rows)

    after = state(settings)
    assert outcomes(again) == ["unchanged"] * 5
    assert {name for name in after if after[name] != before[name]} == {"import_run", "audit_event"}
    assert again.results[0].number == "01-23/1"


def test_the_same_rows_in_one_table_are_one_card(gateway: LocalGateway) -> None:
    answer = load(gateway, card("01-23/1", external_id="A"), card("01-23/1", external_id="A"))

    assert outcomes(answer) == ["created", "unchanged"]
    assert answer.results[0].id == answer.results[1].id


def test_another_letter_under_a_number_of_the_table_is_refused(gateway: LocalGateway) -> None:
    first = card("01-23/1", their_number="1")
    other = card("01-23/1", their_number="2", correspondent="ООО Лютик", subject="Другое")

    for _run in range(2):
        answer = load(gateway, first, other)

        assert outcomes(answer)[1] == "refused"
        assert codes(answer)[1] == ["number_taken"]
    names = [row.name for row in gateway.call(LIST_CORRESPONDENTS, ListCorrespondents()).rows]
    assert names == ["Минздрав"]


def test_a_row_that_says_something_else_is_told_and_changes_nothing(gateway: LocalGateway) -> None:
    load(gateway, card("01-23/1", external_id="A"))

    answer = load(gateway, card("01-23/1", external_id="A", subject="Другое"))

    assert outcomes(answer) == ["unchanged"]
    assert codes(answer) == [["differs_from_stored"]]
    assert shown(gateway, "01-23/1").subject == "О представлении сведений"


def test_the_same_letter_is_a_duplicate_and_no_error(gateway: LocalGateway) -> None:
    answer = load(
        gateway,
        card("01-23/1", their_number="И-5/1"),
        card("01-23/2", their_number="и5 / 1"),
        card("01-23/3", their_number="И-5/1", their_date="01.02.2025"),
        card("01-23/4", their_number="б/н"),
        card("01-23/5", their_number="б/н"),
    )
    again = load(gateway, card("01-23/9", their_number="И-5/1"))

    assert outcomes(answer) == ["created", "duplicate", "created", "created", "created"]
    assert answer.results[1].number == "01-23/1"
    assert outcomes(again) == ["duplicate"]
    assert again.results[0].id == answer.results[0].id


def test_a_like_number_is_told_and_takes_no_letter_away(gateway: LocalGateway) -> None:
    answer = load(
        gateway,
        card("01-23/1", their_number="3-10"),
        card("01-23/2", their_number="31-0"),
        card("01-23/3", their_number="7", their_date=""),
        card("01-23/4", their_number="7", their_date=""),
    )
    later = load(gateway, card("01-23/5", their_number="310"))

    assert outcomes(answer) == ["created"] * 4
    assert outcomes(later) == ["created"]
    told = [[error.code for error in row.errors] for row in (*answer.results, *later.results)]
    assert told == [[], ["looks_alike"], [], ["looks_alike"], ["looks_alike"]]
    assert "01-23/1" in answer.results[1].errors[0].message


def test_counters_are_set_past_original_numbers(gateway: LocalGateway) -> None:
    load(
        gateway,
        card("01-23/145", registered_on="02.11.2026"),
        card("77", registered_on="03.11.2026"),
        card("ОСОБЫЙ-1", registered_on="03.11.2026"),
    )

    assert next_number(gateway) == "01-23/146"


def test_rows_without_numbers_are_given_the_next_ones_in_order(gateway: LocalGateway) -> None:
    first = next_number(gateway)
    answer = load(
        gateway,
        card(None, historic="", their_number="1", registered_on="20.11.2026"),
        card("01-23/10", historic="", their_number="2", registered_on="20.11.2026"),
        card(None, historic="", their_number="3", registered_on="20.11.2026"),
    )

    assert first == "01-23/1"
    assert [result.number for result in answer.results] == ["01-23/11", "01-23/10", "01-23/12"]


def test_gaps_are_reported_per_journal_and_period(gateway: LocalGateway) -> None:
    answer = load(
        gateway,
        *(card(f"01-23/{n}") for n in (2, 3, 7)),
        card("01-23/1", registered_on="10.01.2024", their_date="09.01.2024"),
    )

    [gaps] = answer.gaps
    assert (gaps.journal, gaps.period, gaps.missing) == ("01-23", "2025", 4)
    assert gaps.ranges == ["1", "4–6"]


@pytest.mark.parametrize(
    ("number", "other"), [("01-23/145", "145"), ("145", "0145"), ("01-23/145", "01-23/145")]
)
def test_a_number_is_taken_once(gateway: LocalGateway, number: str, other: str) -> None:
    load(gateway, card(number))

    answer = load(gateway, card(other, registered_on="04.02.2025"))

    assert outcomes(answer) == ["refused"]
    assert codes(answer) == [["number_taken"]]


def test_two_rows_of_one_number_are_told_apart(gateway: LocalGateway) -> None:
    answer = load(gateway, card("01-23/5"), card("5", registered_on="04.02.2025"))

    assert outcomes(answer) == ["created", "refused"]


def test_a_suffixed_number_stands_beside_its_neighbour(gateway: LocalGateway) -> None:
    answer = load(gateway, card("01-23/5"), card("01-23/5а"), card("01-23/5/1"))

    assert outcomes(answer) == ["created"] * 3


def test_an_answer_is_linked_to_its_letter_in_the_same_table(gateway: LocalGateway) -> None:
    answer = load(
        gateway,
        card("01-23/1"),
        card("05-11/9", flow="исходящий", their_number="", in_reply_to="01-23/1 от 03.02.2025"),
        card("05-11/10", flow="исходящий", their_number="", in_reply_to="нет такого"),
    )

    assert outcomes(answer) == ["created"] * 3
    assert codes(answer)[2] == ["reply_not_found"]
    [link] = shown(gateway, "05-11/9").links
    assert (link.kind, link.number) == ("reply_to", "01-23/1")


def test_the_audit_trail_has_one_entry_per_card_and_verifies(
    gateway: LocalGateway, settings: Settings
) -> None:
    before = count(settings, "audit_event")

    load(gateway, *(card(f"01-23/{n}") for n in range(1, 101)))

    # the run, one correspondent, a hundred cards
    assert count(settings, "audit_event") == before + 102
    assert gateway.call(VERIFY, VerifyAudit()).ok
