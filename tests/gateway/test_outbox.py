"""Letters leave after the commit, through a real mail server with every fault of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlmodel import col

from sed_tui.gateway.outbox import Delivery, deliver
from sed_tui.mail_settings import mail_server
from sed_tui.storage.database import open_database
from sed_tui.storage.outbox import Attachment, Wanted, claim_letter, store_letter
from sed_tui.storage.tables.mail import MailAttachmentTable, OutgoingMailTable
from sed_tui.storage.tables.organization import OrganizationTable
from tests.mail import server as mail

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine, Row

    from sed_tui.config import Settings
    from tests.conftest import FixedClock

# the server of the tests takes a password without asking for TLS first
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH")
WRONG = "wrong-secret-17"


@dataclass
class Box:
    """The outbox of one office, and what a sending makes of it."""

    engine: Engine
    settings: Settings
    clock: FixedClock
    organization: UUID

    def put(self, recipient: str = "petrov@office.example", **fields: Any) -> UUID:
        created = uuid4()
        files = fields.pop("attachments", [])
        values = {
            "id": created,
            "organization_id": self.organization,
            "key": str(created),
            "recipient": recipient,
            "subject": "Поручения: просрочено 2",
            "body": "Пётр Ильич,\n\nсрок истёк.\n",
            "message_id": f"{created}@sed-tui.invalid",
            "state": "pending",
            "attempts": 0,
            "created_at": self.clock.now(),
            "next_at": self.clock.now(),
            **fields,
        }
        with self.engine.execution_options(writes=True).begin() as db:
            stored = store_letter(db, values, files)
        assert stored
        return created

    def send(self, *, again: bool = False) -> Delivery:
        wanted = Wanted({self.organization}, again=again)
        return deliver(self.settings, mail_server(), wanted, self.clock)

    def row(self, letter: UUID) -> Row[Any]:
        table: Any = OutgoingMailTable.__table__  # type: ignore[attr-defined]
        with self.engine.connect() as db:
            return db.execute(select(table).where(table.c.id == letter)).one()


@pytest.fixture
def box(settings: Settings, clock: FixedClock) -> Iterator[Box]:
    engine = open_database(settings.database)
    with engine.connect() as db:
        organization = db.execute(select(col(OrganizationTable.id))).scalar_one()
    yield Box(engine, settings, clock, organization)
    engine.dispose()


def test_a_letter_arrives_whole_and_once(box: Box, serving: Any) -> None:
    server = serving()
    file = Attachment("overdue.xlsx", "application/octet-stream", b"PK\x03\x04")
    letter = box.put(subject="Просрочено: " + "очень длинно " * 20, attachments=[file])

    assert box.send().sent == [letter]
    assert box.send().sent == []
    [(recipient, taken)] = server.inbox.letters
    assert recipient == "petrov@office.example"
    assert taken["Subject"] == ("Просрочено: " + "очень длинно " * 20).strip()
    assert taken["From"] == "СЭД <sed@office.example>"
    assert taken["Message-ID"] == f"<{letter}@sed-tui.invalid>"
    assert taken["Auto-Submitted"] == "auto-generated"
    body = taken.get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == ["Пётр Ильич,", "", "срок истёк."]
    [attached] = taken.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("overdue.xlsx", b"PK\x03\x04")
    assert max(map(len, server.inbox.raw[0].splitlines())) <= 78
    assert box.row(letter).state == "sent"
    with box.engine.connect() as db:
        assert db.execute(select(col(MailAttachmentTable.name))).all() == []


def test_no_header_can_be_smuggled_in(box: Box, serving: Any) -> None:
    server = serving()
    box.put(subject="Отчёт\r\nBcc: thief@example.org\r\n\r\nтело")
    box.send()
    [(_recipient, taken)] = server.inbox.letters

    assert taken["Bcc"] is None
    assert taken["Subject"] == "Отчёт Bcc: thief@example.org тело"


def test_a_refused_recipient_is_kept_with_the_words_of_the_server(box: Box, serving: Any) -> None:
    server = serving()
    server.inbox.faults.refused["nobody@office.example"] = "550 no such user \x1b[31mhere"
    bad, good = box.put("nobody@office.example"), box.put()
    done = box.send()

    assert done.sent == [good]
    assert done.trouble is None
    assert (box.row(bad).state, box.row(bad).error) == ("failed", "550 no such user [31mhere")
    server.inbox.faults.refused.clear()
    assert box.send().sent == []
    assert box.send(again=True).sent == [bad]


def test_a_letter_put_off_for_a_while_holds_up_no_other(box: Box, serving: Any) -> None:
    server = serving()
    server.inbox.faults.refused["busy@office.example"] = "451 try later"
    busy, good = box.put("busy@office.example"), box.put()
    done = box.send()

    assert (done.sent, done.put_off, done.trouble) == ([good], 1, None)
    assert box.row(busy).state == "pending"
    assert box.row(busy).next_at == box.clock.now() + timedelta(minutes=1)
    box.clock.moment += timedelta(minutes=1)
    box.send()
    assert box.row(busy).next_at == box.clock.now() + timedelta(minutes=2)
    server.inbox.faults.refused.clear()
    assert box.send().sent == []
    box.clock.moment += timedelta(minutes=2)
    assert box.send().sent == [busy]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("stalls", "no answer in 2 seconds"), ("drops", "it closed the connection")],
)
def test_a_server_that_fails_midway_loses_nothing(
    box: Box, serving: Any, fault: str, reason: str
) -> None:
    server = serving()
    setattr(server.inbox.faults, fault, True)
    letters = {box.put(), box.put()}
    done = box.send()

    assert (done.sent, done.put_off, done.trouble) == ([], 1, reason)
    assert {box.row(letter).state for letter in letters} == {"pending"}
    assert {box.row(letter).claimed_at for letter in letters} == {None}
    setattr(server.inbox.faults, fault, False)
    assert set(box.send(again=True).sent) == letters
    assert len(server.inbox.letters) == len(letters)


def test_a_server_that_is_not_there_is_the_servers_fault(box: Box, serving: Any) -> None:
    server = serving()
    letter = box.put()
    server.stop()

    assert box.send().trouble is not None
    assert box.row(letter).state == "pending"


def test_a_letter_goes_over_tls_of_a_local_authority(
    box: Box, serving: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SED_SMTP_CA", str(mail.AUTHORITY))
    monkeypatch.setenv("SED_SMTP_PASSWORD", "secret")
    for kind in ("tls", "starttls"):
        server = serving(tls=kind, password="secret")
        letter = box.put()

        assert box.send().sent == [letter], kind
        assert server.inbox.recipients == ["petrov@office.example"]


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(box: Box, serving: Any) -> None:
    server = serving(tls="tls")
    box.put()

    assert "certificate is not trusted" in str(box.send().trouble)
    assert server.inbox.letters == []


def test_a_letter_never_goes_in_the_clear_where_tls_is_wanted(
    box: Box, serving: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serving()
    monkeypatch.setenv("SED_SMTP_URL", server.url.removesuffix("?tls=no"))
    box.put()

    assert "STARTTLS" in str(box.send().trouble)
    assert server.inbox.letters == []


def test_a_wrong_password_is_told_and_never_shown(
    box: Box, serving: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    serving(password="right")
    monkeypatch.setenv("SED_SMTP_PASSWORD", WRONG)
    letter = box.put()
    done = box.send()

    assert "535" in str(done.trouble)
    assert WRONG not in str(done.trouble)
    assert WRONG not in repr(mail_server())
    assert box.row(letter).state == "pending"


def test_a_claim_of_a_job_that_died_lapses(box: Box, serving: Any) -> None:
    server = serving()
    letter = box.put()
    with box.engine.execution_options(writes=True).begin() as db:
        claimed = claim_letter(db, Wanted({box.organization}), box.clock.now())

    assert claimed is not None
    assert box.send().sent == []
    box.clock.moment += timedelta(minutes=16)
    assert box.send().sent == [letter]
    assert server.inbox.letters[0][1]["Message-ID"] == f"<{claimed.message_id}>"


def test_an_address_of_cyrillic_letters_is_encoded_or_refused(box: Box, serving: Any) -> None:
    server = serving()
    good, bad = box.put("sed@администрация.рф"), box.put("пётр@администрация.рф")
    done = box.send()

    assert done.sent == [good]
    assert server.inbox.recipients == ["sed@xn--80aalqabyj2ajl4c8g.xn--p1ai"]
    assert box.row(bad).state == "failed"


def test_the_same_key_is_the_same_letter(box: Box) -> None:
    box.put(key="due")

    with pytest.raises(AssertionError):
        box.put(key="due")
