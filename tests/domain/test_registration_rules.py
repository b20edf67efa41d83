"""Dates that cannot be true, and what a flow cannot do without."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.flows import Flow
from sed_tui.domain.registration import appeal_warnings, check_dates, check_needed
from sed_tui.errors.registration import (
    DateInFuture,
    DateOutOfRange,
    DatesOutOfOrder,
    FieldNeeded,
    SenderNumberNeeded,
    SignatureNeeded,
)

if TYPE_CHECKING:
    from sed_tui.errors import SedError

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("dates", "failure", "field"),
    [
        ({"their_date": date(2026, 11, 24)}, DateInFuture, "their_date"),
        ({"received_on": date(2027, 1, 1)}, DateInFuture, "received_on"),
        ({"registered_on": date(2026, 11, 24)}, DateInFuture, "registered_on"),
        ({"their_date": date(226, 1, 1)}, DateOutOfRange, "their_date"),
        (
            {"their_date": date(2026, 11, 20), "received_on": date(2026, 11, 19)},
            DatesOutOfOrder,
            "their_date",
        ),
        (
            {"received_on": date(2026, 11, 20), "registered_on": date(2026, 11, 19)},
            DatesOutOfOrder,
            "received_on",
        ),
        (
            {"signed_on": date(2026, 11, 20), "registered_on": date(2026, 11, 19)},
            DatesOutOfOrder,
            "signed_on",
        ),
    ],
)
def test_dates_that_cannot_be_true_are_refused(
    dates: dict[str, date], failure: type[SedError], field: str
) -> None:
    with pytest.raises(failure) as refused:
        check_dates(dates, TODAY)

    assert refused.value.field == field


def test_dates_in_their_order_are_taken() -> None:
    days = ("their_date", "received_on", "signed_on", "registered_on")

    check_dates(dict.fromkeys(days, TODAY), TODAY)


@pytest.mark.parametrize(
    ("flow", "card", "failure"),
    [
        (Flow.INCOMING, {"their_number": "1"}, FieldNeeded),
        (Flow.INCOMING, {"correspondent": "x"}, SenderNumberNeeded),
        (Flow.OUTGOING, {"signatory": "x", "signed_on": TODAY}, FieldNeeded),
        (Flow.OUTGOING, {"addressees": "x"}, SignatureNeeded),
        (Flow.ORDER, {"signatory": "x"}, SignatureNeeded),
    ],
)
def test_a_card_without_what_its_flow_demands_is_refused(
    flow: Flow, card: dict[str, object], failure: type[SedError]
) -> None:
    with pytest.raises(failure):
        check_needed(flow, card)


def test_an_appeal_without_a_name_is_taken_and_gets_no_reply() -> None:
    check_needed(Flow.APPEAL, {})

    assert "no reply is given" in appeal_warnings({})[0]


def test_an_appeal_by_mail_starts_no_term() -> None:
    warnings = appeal_warnings({"correspondent_id": 1, "reply_address": "x", "delivery": "E-mail"})

    assert warnings == [
        "Since 30.03.2025 an e-mail is no electronic appeal: the term does not start."
    ]
