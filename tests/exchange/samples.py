"""Messages that tests send, and where the schemas of the formats lie."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sed_tui.exchange.message import (
    AttachedFile,
    Clause,
    FileGroup,
    Letter,
    Link,
    LinkKind,
    Message,
    Number,
    Participant,
    Person,
    Signatory,
)

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "exchange"
LETTER_UID = "7e1f0f0e-0c57-4c3b-9a5e-0a1b2c3d4e5f"
MESSAGE_UID = "0d9c2c6e-7f0a-4f5e-8d57-1f2e3d4c5b6a"
NOON = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
US = Participant("2051cd0a-aaaa-4bbb-8ccc-48820000689b", "Администрация Тестограда")
THEM = Participant("7c9d6a54-1111-4222-8333-944455556666", "Правительство Примерной области")
LETTER = Letter(
    uid=LETTER_UID,
    number=Number("01-23/1456", date(2026, 11, 20)),
    annotation="О направлении сведений «Ё-тест» & приложений",
    kind="Письмо",
    signatories=(Signatory(Person(person="Берёзкин П.Т.", post="Глава"), date(2026, 11, 20)),),
    addressees=(Person(organization="Правительство", person="Ким А.В."),),
    pages=1,
    annex_pages=2,
    links=(Link(LinkKind.REPLY_TO, MESSAGE_UID, Number("5-и", date(2026, 11, 1)), "Область"),),
    clauses=(Clause("1", "Представить сведения", date(2026, 12, 1), Person(person="Ким А.В.")),),
    executor=Person(person="Исполнитель И.И.", contact="109644"),
    files=(
        AttachedFile("Письмо.pdf", FileGroup.TEXT, "pdf", "Письмо", 1),
        AttachedFile("Приложение.pdf", FileGroup.ANNEX, "pdf", pages=2),
    ),
)
MESSAGE = Message(LETTER, US, MESSAGE_UID, NOON, (THEM,))


def shared(*parts: str) -> Path:
    """Return a file made by others; without it the test is skipped, saying so."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no {path}: the files made by others are not part of the project")
    return path
