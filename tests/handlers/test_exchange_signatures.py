"""Signatures of a package are verified as it comes in: of its files, and of its container."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.exchange_flow import MessageState
from sed_tui.exchange.message import AttachedFile, FileGroup
from sed_tui.i18n import speaking
from sed_tui.operations.document import SHOW as CARD
from sed_tui.operations.document import ShowDocument
from sed_tui.operations.exchange_inbox import REGISTER, RegisterMessage
from sed_tui.operations.exchange_journal import LIST, SHOW, ListMessages, MessageCard, ShowMessage
from sed_tui.operations.exchange_quarantine import RELEASE, ReleaseMessage
from tests.exchange.samples import LETTER, THEM
from tests.handlers.exchange_partners import (
    FILES,
    PDF,
    add_partner,
    letter_message,
    own_uid,
    packed,
    take,
)
from tests.handlers.signers import Authority, add_trust

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

_MESSAGE = """<?xml version="1.0" encoding="utf-8"?>
<x:communication xmlns:x="urn:IEDMS:MESSAGE" x:version="2.7.1">
<x:header x:type="Транспортный контейнер" x:uid="0d9c2c6e-7f0a-4f5e-8d57-1f2e3d4c5b6a"
 x:created="2026-11-23T10:00:00+03:00"><x:source x:uid="{them}"><x:organization>П</x:organization>
</x:source></x:header><x:container x:type="Документ в электронном виде">
<x:body>document.edc.zip</x:body><x:signature>containerSign.p7s</x:signature></x:container>
<x:deliveryIndex><x:destination><x:destination x:uid="{us}"><x:organization>А</x:organization>
</x:destination></x:destination></x:deliveryIndex></x:communication>"""
_PASSPORT = """<?xml version="1.0" encoding="utf-8"?>
<c:container xmlns:c="urn:IEDMS:CONTAINER" c:uid="5b1f0f0e-0c57-4c3b-9a5e-0a1b2c3d4e5f">
<c:requisites><c:annotation>О мосте</c:annotation></c:requisites><c:authors><c:author>
<c:organization><c:title>П</c:title></c:organization>
<c:registration><c:number>7</c:number><c:date>2026-11-20</c:date></c:registration>
<c:sign><c:person><c:name>Берёзкин П.Т.</c:name></c:person>
<c:documentSignature c:localName="document.p7s"/></c:sign></c:author></c:authors>
<c:document c:localName="document.pdf"/></c:container>"""


@pytest.fixture
def authority(gateway: LocalGateway, clock: FixedClock) -> Authority:
    """Return an authority that the office trusts, the partner being there."""
    found = Authority(clock.now())
    add_trust(gateway, found.root.certificate.der, found.revocations())
    add_partner(gateway)
    return found


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of files: of the same files the same bytes, whatever the time is."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def container(gateway: LocalGateway, signature: bytes | None, **inside: bytes) -> bytes:
    message = _MESSAGE.format(them=THEM.uid, us=own_uid(gateway)).encode()
    outer = {"communication.xml": message, "document.edc.zip": zipped(files(**inside))}
    return zipped({**outer, **({} if signature is None else {"containerSign.p7s": signature})})


def files(**changes: bytes) -> dict[str, bytes]:
    named = {name.replace("_", "."): content for name, content in changes.items()}
    return {"passport.xml": _PASSPORT.encode(), "document.pdf": PDF, **named}


def shown(gateway: LocalGateway, message: object) -> MessageCard:
    return gateway.call(SHOW, ShowMessage(message=str(message)))


def verdicts(card: MessageCard, part: str) -> list[str]:
    return [one.verdict for one in card.enclosures if one.part == part and one.verdict]


@pytest.mark.parametrize("over", ["files", "archive"])
def test_a_container_that_is_signed_is_taken_with_its_verdict(
    gateway: LocalGateway, authority: Authority, clock: FixedClock, over: str
) -> None:
    signer = authority.signer("Берёзкин П.Т.")
    document = signer.sign(PDF, clock.now())
    joined = b"".join((_PASSPORT.encode(), document, PDF))  # the passport, then by their names
    signed = joined if over == "files" else zipped(files(document_p7s=document))
    content = container(gateway, signer.sign(signed, clock.now()), document_p7s=document)

    taken = take(gateway, content)
    card = shown(gateway, taken.id)
    registered = gateway.call(REGISTER, RegisterMessage(message=str(taken.id)))
    stored = gateway.call(CARD, ShowDocument(document=registered.number))

    assert taken.state is MessageState.WAITING
    found = {one.name: (one.part, one.verdict) for one in card.enclosures if one.verdict}
    assert found == {
        "containerSign.p7s": ("container", "valid"),
        "document.p7s": ("signature", "valid"),
    }
    assert [one.event for one in card.history].count("signature") == len(found)
    # the container and its signature stay with the message: of the card they prove nothing
    assert sorted(one.name for one in stored.files) == ["document.p7s", "document.pdf"]
    assert [one.result for one in stored.signatures] == ["valid"]


def test_a_bad_signature_is_refused_by_a_receipt_and_kept_for_a_clerk(
    gateway: LocalGateway, authority: Authority, clock: FixedClock
) -> None:
    signer = authority.signer("Берёзкин П.Т.")
    document = signer.sign(PDF, clock.now())
    over_another = signer.sign(b"another container", clock.now())

    taken = take(gateway, container(gateway, over_another, document_p7s=document))
    [receipt] = gateway.call(LIST, ListMessages(kind="receipt")).rows
    released = gateway.call(RELEASE, ReleaseMessage(message=str(taken.id)))
    [verdict] = verdicts(shown(gateway, released.id), "container")

    assert (taken.state, taken.reason) == (
        MessageState.QUARANTINED,
        "a signature of it is not valid: containerSign.p7s: not valid "
        "(the document is not the one that was signed)",
    )
    assert receipt.subject.startswith("подпись недействительна: containerSign.p7s")
    assert released.state is MessageState.WAITING
    assert verdict == "invalid"


def test_a_reason_is_read_in_the_readers_language(
    gateway: LocalGateway, authority: Authority, clock: FixedClock
) -> None:
    unsigned = take(gateway, container(gateway, None), name="1")
    broken = take(gateway, b"no archive", name="2")
    with speaking("ru"):
        told = {one: shown(gateway, one).reason for one in (unsigned.id, broken.id)}

    assert unsigned.reason == "a file that it names is missing: containerSign.p7s"
    assert told[unsigned.id] == "нет файла, который в нём назван: containerSign.p7s"
    assert broken.reason == (
        "it cannot be read: 2: it is no zip archive. "
        "The sender mends the message and sends it again; the refused bytes are as they came."
    )
    assert told[broken.id] == (
        "прочитать не удалось: 2: это не архив zip. "
        "Отправитель исправляет сообщение и посылает его снова; "
        "отвергнутые байты остались как пришли."
    )


def test_what_is_signed_without_trust_is_taken_and_said_to_be_unproven(
    gateway: LocalGateway, authority: Authority, clock: FixedClock
) -> None:
    stranger = Authority(clock.now()).signer("Незнакомец Н.Н.")
    named = (*LETTER.files, AttachedFile("Письмо.pdf.sig", FileGroup.ANNEX, "sig"))
    message = letter_message(gateway, files=named)
    content = {**FILES, "Письмо.pdf.sig": stranger.sign(FILES["Письмо.pdf"], clock.now())}

    taken = take(gateway, packed(message, content))
    content["Письмо.pdf.sig"] = b"MII"
    spoiled = take(gateway, packed(letter_message(gateway, files=named), content), name="3")

    for one in (taken, spoiled):
        assert one.state is MessageState.WAITING
        assert verdicts(shown(gateway, one.id), "signature") == ["unknown"]
