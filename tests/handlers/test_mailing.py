"""Documents by mail: what may leave, in which version, and that it is entered."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from sed_tui.domain.access import Role
from sed_tui.domain.files import FileRole
from sed_tui.domain.flows import Confidentiality, Flow
from sed_tui.domain.mailing import Way
from sed_tui.errors import NotFound, NotPermitted
from sed_tui.errors.mailing import (
    DocumentChanged,
    LetterTooLarge,
    NobodyToMailTo,
    OfficialUseMailed,
)
from sed_tui.operations.document import HISTORY, ShowHistory
from sed_tui.operations.draft import ADD as DRAFT
from sed_tui.operations.draft import DraftDocument
from sed_tui.operations.draft_version import ADD as NEXT
from sed_tui.operations.draft_version import AddVersion
from sed_tui.operations.file import ADD, AddFile, FileContent
from sed_tui.operations.mailing import (
    PREPARE,
    SEND,
    MailedContent,
    MailingPlan,
    MailingSent,
    PrepareMailing,
    SendMailing,
)
from sed_tui.operations.registration import REGISTER
from sed_tui.operations.registry import CallOptions
from tests.handlers.hired_people import gateway_of, hire
from tests.handlers.letters import letter, outgoing

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

TO = ("ivanov@office.example",)


def staged(gateway: LocalGateway, name: str, data: bytes, role: FileRole) -> FileContent:
    return FileContent(name=name, token=gateway.stage(io.BytesIO(data)), role=role)


def add(gateway: LocalGateway, document: str, name: str, data: bytes) -> None:
    content = staged(gateway, name, data, FileRole.MAIN)
    gateway.call(ADD, AddFile(document=document, files=(content,)))


def prepared(gateway: LocalGateway, *documents: str) -> MailingPlan:
    return gateway.call(PREPARE, PrepareMailing(documents=documents))


def send(gateway: LocalGateway, plan: MailingPlan, **changes: object) -> MailingSent:
    contents = [
        MailedContent(name=file.mail_name, documents=(row.id,), file=file.id)
        for row in plan.rows
        for file in row.files
    ]
    fields: dict[str, object] = {
        "documents": tuple(row.id for row in plan.rows),
        "to": TO,
        "subject": "Документы",
        "contents": tuple(contents),
    }
    return gateway.call(SEND, SendMailing.model_validate({**fields, **changes}))


@pytest.fixture
def document(gateway: LocalGateway) -> str:
    number = gateway.call(REGISTER, letter()).number
    add(gateway, number, "скан.txt", b"first")
    return number


def test_the_displayed_version_goes_under_a_readable_name(
    gateway: LocalGateway, document: str
) -> None:
    add(gateway, document, "скан.txt", b"second")
    [row] = prepared(gateway, document).rows
    [file] = row.files

    assert (file.version, file.size) == (2, 6)
    assert file.mail_name == f"2026-11-23_{document.replace('/', '-')}_Письмо.txt"


def test_a_draft_goes_without_the_files_its_last_version_dropped(gateway: LocalGateway) -> None:
    files = (
        staged(gateway, "проект.txt", b"one", FileRole.MAIN),
        staged(gateway, "лишнее.txt", b"two", FileRole.ANNEX),
    )
    request = DraftDocument(flow=Flow.OUTGOING, subject="О мостах", files=files)
    draft = gateway.call(DRAFT, request)
    gateway.call(NEXT, AddVersion(document=str(draft.id), remove=("лишнее.txt",)))
    plan = prepared(gateway, str(draft.id))

    assert [file.name for file in plan.rows[0].files] == ["проект.txt"]
    assert plan.warnings == [f"{draft.short_id} is not signed."]


def test_the_letter_is_entered_in_the_history_with_its_recipients(
    gateway: LocalGateway, document: str
) -> None:
    sent = send(gateway, prepared(gateway, document), to=("a@b.ru", "c@минздрав.рф"))
    newest = gateway.call(HISTORY, ShowHistory(document=document)).rows[0]

    assert len(sent.letters) == 2
    assert sent.warnings == [
        "c@минздрав.рф: the domain is not Latin; some mail programs refuse it."
    ]
    assert newest.event == "mail"
    assert newest.changes["recipients"][1] == "a@b.ru, c@минздрав.рф"


def test_a_dry_run_and_a_repeated_key_leave_one_letter(
    gateway: LocalGateway, document: str
) -> None:
    plan = prepared(gateway, document)
    request = SendMailing(documents=(plan.rows[0].id,), to=TO, subject="Документы")
    gateway.call(SEND, request, CallOptions(dry_run=True))
    first, second = (gateway.call(SEND, request, CallOptions(idempotency_key="k")) for _ in "12")

    assert first == second
    assert len(gateway.call(HISTORY, ShowHistory(document=document)).rows) == 3


def test_official_use_only_never_leaves_alone_or_among_others(
    gateway: LocalGateway, document: str
) -> None:
    secret = gateway.call(
        REGISTER, letter(their_number="7", confidentiality=Confidentiality.OFFICIAL)
    )
    plan = prepared(gateway, document)

    with pytest.raises(OfficialUseMailed, match=secret.number):
        prepared(gateway, secret.number)
    with pytest.raises(OfficialUseMailed, match=secret.number):
        send(gateway, plan, documents=(plan.rows[0].id, secret.id))


def test_whoever_may_see_but_not_send_out_is_refused_single_and_mass_alike(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, document: str
) -> None:
    hire(settings, "auditor", Role.AUDITOR)
    reader = gateway_of(settings, "auditor", clock)
    plan = prepared(gateway, document)

    for documents in ((document,), (document, document)):
        with pytest.raises(NotPermitted):
            prepared(reader, *documents)
    with pytest.raises(NotPermitted):
        send(reader, plan)
    reader.close()


def test_a_document_that_changed_meanwhile_is_not_sent(
    gateway: LocalGateway, document: str
) -> None:
    plan = prepared(gateway, document)
    add(gateway, document, "скан.txt", b"second")

    with pytest.raises(DocumentChanged):
        send(gateway, plan)


def test_what_cannot_be_sent_is_refused_before_anything_is_entered(
    gateway: LocalGateway, document: str
) -> None:
    add(gateway, document, "большой.bin", b"\x00" * (20 << 20))
    plan = prepared(gateway, document)

    with pytest.raises(LetterTooLarge):
        send(gateway, plan)
    with pytest.raises(NobodyToMailTo):
        send(gateway, plan, to=())
    with pytest.raises(NotFound):
        send(gateway, plan, documents=(uuid4(),))
    assert send(gateway, plan, to=(), way=Way.CLIENT).letters == []


def test_a_letter_signed_on_paper_is_signed(gateway: LocalGateway) -> None:
    number = gateway.call(REGISTER, outgoing()).number

    assert prepared(gateway, number).warnings == []
