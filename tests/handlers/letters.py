"""Requests of registration that tests begin from."""

from __future__ import annotations

from datetime import date

from sed_tui.domain.flows import Flow
from sed_tui.operations.registration import RegisterDocument

TODAY = date(2026, 11, 23)


def letter(**changes: object) -> RegisterDocument:
    """Return an incoming letter."""
    fields: dict[str, object] = {
        "flow": Flow.INCOMING,
        "subject": "О представлении сведений",
        "correspondent": "Минздрав",
        "their_number": "145/и",
        "their_date": date(2026, 11, 20),
        "received_on": TODAY,
    }
    return RegisterDocument.model_validate({**fields, **changes})


def order(**changes: object) -> RegisterDocument:
    """Return an order signed on paper."""
    fields: dict[str, object] = {
        "flow": Flow.ORDER,
        "subject": "О графике отпусков",
        "signatory": "Петров В.С.",
        "signed_on": TODAY,
    }
    return RegisterDocument.model_validate({**fields, **changes})


def outgoing(**changes: object) -> RegisterDocument:
    """Return an outgoing letter signed on paper."""
    fields: dict[str, object] = {
        "flow": Flow.OUTGOING,
        "subject": "Ответ на запрос",
        "addressees": ["Минздрав"],
        "signatory": "Петров В.С.",
        "signed_on": TODAY,
    }
    return RegisterDocument.model_validate({**fields, **changes})


def appeal(**changes: object) -> RegisterDocument:
    """Return a citizen's appeal."""
    fields: dict[str, object] = {
        "flow": Flow.APPEAL,
        "subject": "О ремонте дороги",
        "correspondent": "Сидоров Иван Петрович",
        "reply_address": "г. Тюмень, ул. Ленина, 1",
        "received_on": TODAY,
    }
    return RegisterDocument.model_validate({**fields, **changes})
