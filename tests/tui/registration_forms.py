"""The registration form as tests open it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sed_tui.domain.flows import Flow
from sed_tui.operations.document_list import COUNT, CountDocuments
from sed_tui.tui.screens.registration import RegistrationScreen
from tests.tui.forms import LETTER, FormApp

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway

TODAY = date(2026, 11, 23)


def form_of(gateway: LocalGateway, flow: Flow = Flow.INCOMING, **settings: Any) -> FormApp:
    return FormApp(RegistrationScreen(gateway, flow, today=lambda: TODAY, **settings))


def screen_of(app: FormApp) -> RegistrationScreen:
    assert isinstance(app.shown, RegistrationScreen)
    return app.shown


def documents(gateway: LocalGateway) -> int:
    return gateway.call(COUNT, CountDocuments()).total


FLOWS: dict[Flow, dict[str, Any]] = {
    Flow.INCOMING: LETTER,
    Flow.OUTGOING: {
        "addressees": {"items": [{"text": "ООО «Ромашка»"}], "text": "Минздрав"},
        "subject": "Ответ",
        "signatory": "Петров В.С.",
        "signed_on": "вчера",
    },
    Flow.INTERNAL: {"subject": "О премировании", "addressee": "Петров В.С."},
    Flow.ORDER: {"subject": "Об отпуске", "signatory": "Петров В.С.", "signed_on": "23.11"},
    Flow.APPEAL: {"correspondent": "Сидорова Мария Ивановна", "subject": "О ремонте дороги"},
}
