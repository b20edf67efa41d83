"""Letters of a mailbox: taken once, registered once, never a term by themselves."""

from __future__ import annotations

import io
from email import policy
from email.message import EmailMessage
from typing import TYPE_CHECKING

import pytest

from sed_tui import i18n
from sed_tui.domain.access import Role
from sed_tui.domain.files import FileRole
from sed_tui.domain.intake import IntakeState, TakingOutcome
from sed_tui.errors import NotFound, NotPermitted
from sed_tui.errors.files import SeveralFilesOfLetter
from sed_tui.errors.mailbox import LetterDecided
from sed_tui.errors.registration import ReasonNeeded
from sed_tui.operations.correspondent import ADD as ADD_CORRESPONDENT
from sed_tui.operations.correspondent import AddCorrespondent
from sed_tui.operations.document import SHOW as CARD
from sed_tui.operations.document import ShowDocument
from sed_tui.operations.document_list import COUNT, CountDocuments
from sed_tui.operations.intake import (
    PLACE,
    TAKE,
    LetterTaken,
    ReadMailboxPlace,
    TakeLetter,
)
from sed_tui.operations.intake_letter import (
    ATTACH,
    DROP,
    FILE,
    LIST,
    REGISTER,
    SHOW,
    AttachLetter,
    DropLetter,
    GetLetterFile,
    LetterRow,
    ListLettersTaken,
    RegisterLetter,
    ShowLetterTaken,
)
from sed_tui.operations.mailing import SEND, SendMailing
from sed_tui.operations.registration import REGISTER as REGISTER_DOCUMENT
from sed_tui.operations.registry import CallOptions
from sed_tui.storage.database import open_database
from sed_tui.storage.files import open_store
from sed_tui.storage.integrity import check_database
from tests import sample_files
from tests.handlers.hired_people import gateway_of, hire
from tests.handlers.letters import letter as incoming
from tests.handlers.letters import outgoing

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock


def written(files: dict[str, bytes] | None = None, reply_to: str = "", **changes: str) -> bytes:
    """Return a letter with a PDF, and with files beside it."""
    body = changes.pop("body", "Просим представить сведения о мостах.\n")
    message = EmailMessage(policy.SMTP)
    fields = {
        "From": "Минздрав <dept@minzdrav.example>",
        "To": "office@admin.example",
        "Subject": "О представлении сведений",
        "Date": "Fri, 20 Nov 2026 10:00:00 +0500",
        "Message-ID": "<1@minzdrav.example>",
        **({"In-Reply-To": reply_to} if reply_to else {}),
        **changes,
    }
    for name, value in fields.items():
        message[name] = value
    message.set_content(body)
    for name, content in (files or {}).items():
        message.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    scan = sample_files.pdf("О капитальном ремонте")
    message.add_attachment(scan, maintype="application", subtype="pdf", filename="письмо.pdf")
    return message.as_bytes()


def take(gateway: LocalGateway, content: bytes, **fields: object) -> LetterTaken:
    token = gateway.stage(io.BytesIO(content))
    request = {"token": token, "source": "box", "size": len(content), **fields}
    return gateway.call(TAKE, TakeLetter.model_validate(request))


def listed(gateway: LocalGateway, state: IntakeState = IntakeState.WAITING) -> list[LetterRow]:
    return gateway.call(LIST, ListLettersTaken(state=state)).rows


def test_a_letter_becomes_one_card_that_waits_and_one_document(gateway: LocalGateway) -> None:
    taken = take(gateway, written())
    again = take(gateway, b"Received: by another way\r\n" + written())
    [row] = listed(gateway)
    card = gateway.call(SHOW, ShowLetterTaken(letter=row.short_id))
    registered = gateway.call(REGISTER, RegisterLetter(letter=row.short_id))
    document = gateway.call(CARD, ShowDocument(document=registered.number))

    assert (taken.outcome, again.outcome) == (TakingOutcome.TAKEN, TakingOutcome.ALREADY)
    assert again.id == taken.id == row.id
    assert card.body == "Просим представить сведения о мостах."
    assert [file.name for file in card.enclosures] == ["письмо.pdf"]
    assert (document.subject, document.correspondent) == ("О представлении сведений", "Минздрав")
    assert (document.their_number, document.delivery) == ("б/н", "электронная почта")
    assert [(file.role, file.name) for file in document.files] == [
        (FileRole.MAIN, "письмо.pdf"),
        (FileRole.ANNEX, "2026-11-20 О представлении сведений.eml"),
    ]
    assert listed(gateway) == []
    with pytest.raises(LetterDecided):
        gateway.call(REGISTER, RegisterLetter(letter=str(row.id)))


@pytest.mark.remote_too
def test_a_file_of_a_letter_is_read_before_the_letter_is_registered(
    gateway: LocalGateway,
) -> None:
    annex = sample_files.pdf("Таблица")
    letter = str(take(gateway, written({"таблица.pdf": annex})).id)
    alone = str(take(gateway, written(Subject="О другом")).id)
    table = gateway.call(FILE, GetLetterFile(letter=letter, name="таблица.pdf"))
    only = gateway.call(FILE, GetLetterFile(letter=alone))

    with gateway.fetch(table.sha256) as content:
        assert content.read() == annex
    assert only.name == "письмо.pdf"
    with pytest.raises(SeveralFilesOfLetter, match=r"таблица\.pdf, письмо\.pdf"):
        gateway.call(FILE, GetLetterFile(letter=letter))
    with pytest.raises(NotFound):
        gateway.call(FILE, GetLetterFile(letter=letter, name="иное.pdf"))


def test_a_letter_is_found_by_words_in_any_case(gateway: LocalGateway) -> None:
    take(gateway, written(Subject="О РеМонте Ёлочных «мостов»"))
    take(gateway, written(Subject="О дорогах"))
    found = [
        [row.subject for row in gateway.call(LIST, ListLettersTaken(query=query)).rows]
        for query in ("рЕМОНТЕ елочных", "МОСТОВ минЗДРАВ", "DEPT@ дОРоГ", "мостов дорогах")
    ]

    mended = "О РеМонте Ёлочных «мостов»"
    assert found == [[mended], [mended], ["О дорогах"], []]


def test_words_of_a_letter_and_of_its_files_are_found(gateway: LocalGateway) -> None:
    taken = take(gateway, written())
    gateway.call(REGISTER, RegisterLetter(letter=str(taken.id)))

    for word in ("капитального", "мосты"):
        assert gateway.call(COUNT, CountDocuments(query=word)).total == 1


def test_what_registration_refuses_leaves_the_letter_waiting(gateway: LocalGateway) -> None:
    taken = take(gateway, written())
    with pytest.raises(NotFound):
        gateway.call(REGISTER, RegisterLetter(letter=str(taken.id), journal="НЕТ"))
    request = RegisterLetter(letter=str(taken.id))
    gateway.call(REGISTER, request, CallOptions(dry_run=True))

    assert [row.id for row in listed(gateway)] == [taken.id]


def test_the_place_in_a_mailbox_is_kept_with_the_letter_and_goes_forward(
    gateway: LocalGateway,
) -> None:
    box = {"mailbox": "a@b/INBOX", "validity": 7}
    take(gateway, written(), **box, uid=5)
    take(gateway, written(), **box, uid=9)
    take(gateway, written(), **box, uid=6)

    def place() -> tuple[int, int]:
        found = gateway.call(PLACE, ReadMailboxPlace(mailbox="a@b/INBOX"))
        return found.validity, found.last_uid

    assert place() == (7, 9)
    take(gateway, written(), mailbox="a@b/INBOX", validity=8, uid=1)
    assert place() == (8, 1)


def test_a_forged_message_id_hides_no_letter(gateway: LocalGateway) -> None:
    take(gateway, written())
    forged = take(gateway, written(body="Другое содержание\n"))

    assert forged.outcome is TakingOutcome.TAKEN
    assert forged.warnings == ["Another letter with other content carries the same Message-ID."]
    assert len(listed(gateway)) == 2


def test_a_citizens_appeal_is_warned_of_and_starts_no_term(gateway: LocalGateway) -> None:
    content = written(
        From="ivan@mail.ru", Subject="Жалоба", body="Прошу принять меры, яма во дворе\n"
    )
    taken = take(gateway, content)
    card = gateway.call(SHOW, ShowLetterTaken(letter=str(taken.id)))
    registered = gateway.call(REGISTER, RegisterLetter(letter=str(taken.id)))
    document = gateway.call(CARD, ShowDocument(document=registered.number))

    assert taken.warnings == ["It looks like a citizen's appeal; no term has begun."]
    assert card.appeal_signs[0] == "жалоба"
    assert "547-FZ" in (card.explanation or "")
    assert "It looks like a citizen's appeal; no term of 59-FZ has begun." in registered.warnings
    assert (document.flow, document.control, document.assignments) == ("incoming", "none", [])


def test_what_cannot_be_taken_is_kept_with_its_reason_until_it_is_put_aside(
    gateway: LocalGateway,
) -> None:
    taken = take(gateway, b"From: a@b.example\r\nSubject: big\r\n\r\n", size=60 << 20)
    nobody = take(gateway, b"Subject: x\r\n\r\ntext")
    rows = listed(gateway, IntakeState.REFUSED)

    assert taken.outcome is TakingOutcome.REFUSED
    assert {row.subject: row.reason for row in rows} == {
        "big": "it is larger than 50 MiB",
        "": "it names no sender",
    }
    assert nobody.reason == "it names no sender"
    with i18n.speaking("ru"):
        assert {row.reason for row in listed(gateway, IntakeState.REFUSED)} == {
            "оно больше 50 МиБ",
            "в нём не указан отправитель",
        }
    # nothing but its head is kept of the first; the second can be looked at as it came
    [itself] = gateway.call(SHOW, ShowLetterTaken(letter=str(nobody.id))).enclosures
    fetched = gateway.call(FILE, GetLetterFile(letter=str(nobody.id)))
    with gateway.fetch(fetched.sha256) as content:
        assert content.read() == b"Subject: x\r\n\r\ntext"
    assert (itself, itself.media_type) == (fetched, "message/rfc822")
    assert gateway.call(SHOW, ShowLetterTaken(letter=str(taken.id))).enclosures == []
    with pytest.raises(LetterDecided):
        gateway.call(REGISTER, RegisterLetter(letter=str(taken.id)))
    with pytest.raises(ReasonNeeded):
        gateway.call(DROP, DropLetter(letter=str(taken.id)))
    gateway.call(DROP, DropLetter(letter=str(taken.id)), CallOptions(reason="реклама"))
    assert [row.id for row in listed(gateway, IntakeState.REFUSED)] == [nobody.id]
    assert listed(gateway, IntakeState.DROPPED)[0].reason == "реклама"


def test_a_reply_is_known_by_our_message_and_by_our_number_and_attached(
    gateway: LocalGateway,
) -> None:
    mailed, named = (gateway.call(REGISTER_DOCUMENT, outgoing()) for _ in "12")
    sent = gateway.call(
        SEND, SendMailing(documents=(mailed.id,), to=("dept@minzdrav.example",), subject="Запрос")
    )
    reply = take(
        gateway,
        written(reply_to=sent.message_ids[0], body=f"На № {named.number} от 20.11\n"),
    )
    card = gateway.call(SHOW, ShowLetterTaken(letter=str(reply.id)))
    added = gateway.call(ATTACH, AttachLetter(letter=str(reply.id), document=mailed.number))

    assert sorted(card.may_answer) == sorted([mailed.number, named.number])
    assert {row.name for row in added.rows} == {
        "письмо.pdf",
        "2026-11-20 О представлении сведений.eml",
    }
    assert listed(gateway, IntakeState.ATTACHED)[0].id == reply.id


def test_the_sender_is_found_in_the_directory_by_his_address(gateway: LocalGateway) -> None:
    gateway.call(
        ADD_CORRESPONDENT,
        AddCorrespondent(name="Министерство здравоохранения", email="dept@minzdrav.example"),
    )
    taken = take(gateway, written())
    registered = gateway.call(REGISTER, RegisterLetter(letter=str(taken.id)))
    document = gateway.call(CARD, ShowDocument(document=registered.number))

    assert document.correspondent == "Министерство здравоохранения"


def test_an_executor_sees_no_letters_and_the_files_count_as_known(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    gateway.call(REGISTER_DOCUMENT, incoming())
    letter = take(gateway, written())
    hire(settings, "petrov", Role.EXECUTOR)
    executor = gateway_of(settings, "petrov", clock)
    engine = open_database(settings.database)
    with engine.connect() as db:
        checks = {check.id: check.faults for check in check_database(db, open_store(settings))}
    engine.dispose()

    with pytest.raises(NotPermitted):
        listed(executor)
    with pytest.raises(NotPermitted):
        executor.call(FILE, GetLetterFile(letter=str(letter.id)))
    executor.close()
    assert (checks["lost_files"], checks["unused_files"]) == (0, 0)
