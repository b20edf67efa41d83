"""Rows of cards that an import refuses, one by one or all together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handlers.imported_cards import count, state
from tests.handlers.tables import card, codes, load, outcomes

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway

BAD_ROWS = {
    "their_date in the future": (card("1", their_date="01.01.2027"), "date_in_future"),
    "their_date after received_on": (
        card("1", their_date="05.02.2025", received_on="03.02.2025"),
        "dates_out_of_order",
    ),
    "received in the future": (card("1", received_on="01.01.2027"), "date_in_future"),
    "31.02": (card("1", their_date="31.02.2025"), "bad_date"),
    "year of two digits": (card("1", their_date="01.02.25"), "unclear_year"),
    "year 0226": (card("1", their_date="01.02.0226"), "unclear_year"),
    "empty subject": (card("1", subject=" \xa0"), "empty_text"),
    "long subject": (card("1", subject="о" * 10_000), "text_too_long"),
    "escape in subject": (card("1", subject="\x1b[31mкрасный"), "forbidden_characters"),
    "right to left": (card("1", subject="о\u202eтчёт"), "forbidden_characters"),
    "number without day": (card("1", registered_on=""), "empty_text"),
    "two dates": (card("1 от 05.02.2025"), "two_dates"),
    "digits lost": (card("1.23456789012E+15"), "digits_lost"),
    "unknown flow": (card("1", flow="боковой"), "unknown_value"),
    "unknown journal": (card("1", journal="ХХ"), "not_found"),
    "journal of another flow": (card("1", journal="05-11"), "wrong_journal"),
    "bad inn": (card("1", inn="7202000000"), "bad_identifier"),
    "bad sheets": (card("1", sheets="много"), "not_a_sheet_count"),
    "not yes or no": (card("1", historic="может быть"), "not_yes_or_no"),
    "number of another form": (card("77", historic=""), "bad_number"),
    "no sender's number": (card(None, their_number="", historic=""), "sender_number_needed"),
    "no correspondent": (
        card(None, correspondent="", historic="", their_number="1"),
        "field_needed",
    ),
    "unknown kind": (card(None, kind="грамота", historic="", their_number="1"), "unknown_kind"),
    "kind that is not registered": (
        card(None, kind="реклама", historic="", their_number="1"),
        "kind_not_registered",
    ),
    "outgoing without signature": (
        card(None, flow="outgoing", historic="", registered_on="20.11.2026", their_number=""),
        "empty_text",
    ),
    "two addressees identical": (
        card("1", flow="outgoing", correspondent="Минфин; МИНФИН", their_number=""),
        "addressee_repeated",
    ),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_wrong_row_is_refused_with_its_reason_and_stores_nothing(
    gateway: LocalGateway, settings: Settings, name: str
) -> None:
    row, code = BAD_ROWS[name]
    before = count(settings, "document")

    answer = load(gateway, row, card("01-23/900"))

    assert outcomes(answer) == ["refused", "created"]
    assert codes(answer)[0] == [code]
    assert count(settings, "document") == before + 1


def test_everything_that_is_wrong_with_a_row_is_said_at_once(gateway: LocalGateway) -> None:
    answer = load(gateway, card("1", subject="", their_date="31.02.2025", sheets="x", inn="1"))

    assert sorted(codes(answer)[0]) == ["bad_date", "bad_identifier", "not_a_sheet_count"]


def test_all_or_nothing_stores_nothing_for_one_wrong_row(
    gateway: LocalGateway, settings: Settings
) -> None:
    before = state(settings)

    answer = load(gateway, card("01-23/1"), card("01-23/2", subject=""), atomic=True)

    assert answer.run is None
    assert (answer.created, answer.refused) == (0, 2)
    assert codes(answer) == [["not_stored_with_others"], ["empty_text"]]
    assert state(settings) == before


def test_all_or_nothing_stores_all_of_right_rows(gateway: LocalGateway) -> None:
    answer = load(gateway, *(card(f"01-23/{n}") for n in range(1, 6)), atomic=True)

    assert (answer.created, answer.refused) == (5, 0)
    assert answer.run is not None


def test_a_dry_run_says_everything_and_leaves_nothing(
    gateway: LocalGateway, settings: Settings
) -> None:
    before = state(settings)

    answer = load(gateway, card("01-23/1"), card("01-23/2", subject=""), dry_run=True)

    assert outcomes(answer) == ["created", "refused"]
    assert state(settings) == before
