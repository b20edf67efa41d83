"""What tests of imports look at: the cards that are stored, the tables, the next number."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, text

from sed_tui.operations import registration
from sed_tui.operations.document import SHOW, ShowDocument
from tests.handlers.letters import letter

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway

LATER = date(2026, 11, 20)


def shown(gateway: LocalGateway, document: str) -> Any:
    return gateway.call(SHOW, ShowDocument(document=document))


def count(settings: Settings, table: str) -> int:
    engine = create_engine(settings.database)
    with engine.connect() as db:
        found = db.scalar(text(f"SELECT count(*) FROM {table}"))
    engine.dispose()
    return int(found or 0)


def state(settings: Settings) -> dict[str, int]:
    tables = (
        *("document", "correspondent", "document_link", "document_participant", "audit_event"),
        *("document_search", "journal_counter", "import_run", "document_addressee"),
    )
    return {name: count(settings, name) for name in tables}


def next_number(gateway: LocalGateway, day: date = LATER) -> str:
    request = letter(
        their_number=f"новое-{day}", their_date=day, registered_on=day, received_on=day
    )
    return gateway.call(registration.REGISTER, request).number
