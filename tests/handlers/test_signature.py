"""Signatures that come with letters, what they are verified by, on both databases."""

from __future__ import annotations

import io
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.files import FileRole
from sed_tui.errors import NotFound
from sed_tui.errors.signing import NoSignatures, NotAnAuthority, NotTrustable
from sed_tui.gateway.local import LocalGateway
from sed_tui.gost.authority import Validity
from sed_tui.operations import signature, trust
from sed_tui.operations.document import SHOW, ShowDocument
from sed_tui.operations.file import ADD as ADD_FILE
from sed_tui.operations.file import AddFile, FileContent
from tests.handlers.signers import Authority, add_trust

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.config import Settings
    from sed_tui.operations.file import FilesAdded
    from sed_tui.operations.signature import SignatureRow, VerifiedList
    from tests.conftest import FixedClock
    from tests.handlers.assignments import Office

LETTER = "О сроках строительства\n".encode()


@pytest.fixture
def authority(clock: FixedClock) -> Authority:
    return Authority(clock.now())


def attach(gateway: LocalGateway, document: str, *files: tuple[str, bytes]) -> FilesAdded:
    contents = tuple(
        FileContent(
            name=name,
            token=gateway.stage(io.BytesIO(content)),
            role=FileRole.SIGNATURE if name.endswith(("sig", "p7s")) else FileRole.MAIN,
        )
        for name, content in files
    )
    return gateway.call(ADD_FILE, AddFile(document=document, files=contents))


def verified(gateway: LocalGateway, document: str) -> VerifiedList:
    return gateway.call(signature.VERIFY, signature.VerifyDocument(document=document))


def on_card(gateway: LocalGateway, document: str) -> list[SignatureRow]:
    return gateway.call(SHOW, ShowDocument(document=document)).signatures


def stored_path(settings: Settings, sha256: str) -> Path:
    return settings.files / sha256[:2] / sha256[2:4] / sha256


def test_a_signature_that_came_with_a_letter_stands_on_its_card(
    office: Office, gateway: LocalGateway, authority: Authority, clock: FixedClock
) -> None:
    signer = authority.signer("Смирнова Анна Петровна")
    add_trust(gateway, authority.root.certificate.der, authority.revocations())
    number = office.letter()

    added = attach(
        gateway,
        number,
        ("письмо.txt", LETTER),
        ("письмо.txt.sig", signer.sign(LETTER, clock.now())),
    )

    (row,) = on_card(gateway, number)
    assert added.warnings == []
    assert (row.result, row.reasons, row.revocation) == ("valid", [], "good")
    assert (row.file, row.signature) == ("письмо.txt", "письмо.txt.sig")
    assert row.signer is not None
    assert row.signer.subject == "Смирнова Анна Петровна"
    assert (row.received_at, row.is_cades, row.is_test) == (clock.now(), True, True)
    listed = gateway.call(signature.LIST, signature.ListSignatures(document=number))
    assert listed.rows == [row]


def test_what_cannot_be_proven_is_told_apart_from_what_is_proven_wrong(
    office: Office, gateway: LocalGateway, authority: Authority, clock: FixedClock
) -> None:
    signer = authority.signer("Смирнова")
    number = office.letter()
    good = signer.sign(LETTER, clock.now())
    added = attach(
        gateway,
        number,
        *(("письмо.txt", LETTER), ("письмо.txt.sig", good)),
        *(("прил.txt", b"changed"), ("прил.txt.sig", signer.sign(b"annex", clock.now()))),
        ("мусор.sig", b"\x30\x03abc"),
    )

    found = {row.signature: (row.result, row.reasons) for row in on_card(gateway, number)}
    assert len(added.warnings) == 3
    assert found["письмо.txt.sig"] == ("unknown", ["chain_not_built"])
    assert found["прил.txt.sig"][0] == "invalid"
    assert "content_changed" in found["прил.txt.sig"][1]
    assert found["мусор.sig"] == ("unknown", ["unreadable"])

    add_trust(gateway, authority.root.certificate.der)
    again = {row.signature: (row.result, row.reasons) for row in verified(gateway, number).rows}
    assert again["письмо.txt.sig"] == ("unknown", ["revocation_unknown"])
    assert again["прил.txt.sig"][0] == "invalid"


def test_a_signature_that_came_before_its_file_is_not_called_invalid(
    office: Office, gateway: LocalGateway, authority: Authority, clock: FixedClock
) -> None:
    add_trust(gateway, authority.root.certificate.der, authority.revocations())
    number = office.letter()
    attach(gateway, number, ("один.txt", b"1"), ("два.txt", b"2"))
    attach(gateway, number, ("p7.sig", authority.signer("С").sign(LETTER, clock.now())))

    assert [row.reasons for row in on_card(gateway, number)] == [["content_absent"]]
    attach(gateway, number, ("письмо.txt", LETTER))
    (row,) = verified(gateway, number).rows
    assert (row.result, row.file) == ("valid", "письмо.txt")


def test_a_certificate_that_expires_later_leaves_a_received_signature_valid(
    office: Office, gateway: LocalGateway, authority: Authority, clock: FixedClock
) -> None:
    signer = authority.signer("С", until=5)
    add_trust(gateway, authority.root.certificate.der, authority.revocations())
    number = office.letter()
    attach(gateway, number, ("п.txt", LETTER), ("п.txt.sig", signer.sign(LETTER, clock.now())))

    clock.moment += timedelta(days=20)
    (row,) = verified(gateway, number).rows
    assert (row.result, row.checked_at, row.certificate_valid) == ("valid", clock.now(), True)


def test_a_changed_byte_anywhere_is_found_by_the_verification_of_everything(
    office: Office,
    settings: Settings,
    gateway: LocalGateway,
    authority: Authority,
    clock: FixedClock,
) -> None:
    signer = authority.signer("С")
    add_trust(gateway, authority.root.certificate.der, authority.revocations())
    numbers = [office.letter(f"01-23/{n}") for n in range(3)]
    files = {}
    for number in numbers:
        text = number.encode()
        added = attach(
            gateway, number, ("п.txt", text), ("п.txt.p7s", signer.sign(text, clock.now()))
        )
        files[number] = {row.name: row.sha256 for row in added.rows}
    content = stored_path(settings, files[numbers[0]]["п.txt"])
    content.write_bytes(b"01-23/9")
    damaged = stored_path(settings, files[numbers[1]]["п.txt.p7s"])
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"\0")

    found, after = [], None
    while True:
        request = signature.VerifySignatures(after=after, limit=2)
        page = gateway.call(signature.VERIFY_ALL, request)
        found += page.rows
        after = page.next
        if after is None:
            break
    assert (page.trust.roots, page.trust.lists) == (1, 1)
    by_number = {row.number: (row.result, row.reasons) for row in found}
    assert by_number == {
        numbers[0]: ("invalid", ["store_damaged"]),
        numbers[1]: ("invalid", ["store_damaged"]),
        numbers[2]: ("valid", []),
    }
    (row,) = verified(gateway, numbers[0]).rows
    assert (row.file, row.signer is not None) == ("п.txt", True)
    content.unlink()
    assert verified(gateway, numbers[0]).rows[0].reasons == ["store_lost"]
    content.write_bytes(numbers[0].encode())
    assert verified(gateway, numbers[0]).rows[0].result == "valid"


def test_only_certificates_of_authorities_and_lists_are_trusted(
    gateway: LocalGateway, authority: Authority
) -> None:
    root = authority.root.certificate
    person = authority.signer("С").certificate
    issuing = authority.root.intermediate("Выдающий", _validity(authority)).certificate

    with pytest.raises(NotAnAuthority):
        add_trust(gateway, root.der, person.der)
    with pytest.raises(NotTrustable):
        add_trust(gateway, b"text")
    assert gateway.call(trust.LIST, trust.ListTrust()).rows == []
    added = add_trust(gateway, root.der, authority.revocations(), issuing.der)
    assert add_trust(gateway, root.der).rows == added.rows[:1]
    assert [row.kind.value for row in added.rows] == ["root", "authority", "list"]
    bundle = gateway.call(trust.BUNDLE, trust.BundleTrust())
    assert len(bundle.rows) == 3
    removed = trust.RemoveTrust(trust=added.rows[0].id.hex[:8])
    assert gateway.call(trust.REMOVE, removed).serial == root.number
    with pytest.raises(NotFound):
        gateway.call(trust.REMOVE, removed)


def test_a_letter_is_registered_where_nothing_computes_signatures(
    office: Office, settings: Settings, clock: FixedClock, authority: Authority
) -> None:
    named = replace(settings, cryptography="pygost-of-nobody")
    number = office.letter()
    with closing(LocalGateway(named, clock)) as gateway:
        content = authority.signer("С").sign(LETTER, clock.now())
        added = attach(gateway, number, ("п.txt", LETTER), ("п.sig", content))

    assert (len(added.rows), len(added.warnings)) == (2, 1)
    assert on_card(office.as_("admin"), number) == []
    assert [row.reasons for row in verified(office.as_("admin"), number).rows] == [
        ["chain_not_built"]
    ]


def test_a_document_without_signatures_has_nothing_to_verify(
    office: Office, gateway: LocalGateway
) -> None:
    with pytest.raises(NoSignatures):
        verified(gateway, office.letter())


def _validity(authority: Authority) -> Validity:
    certificate = authority.root.certificate
    return Validity(certificate.not_before, certificate.not_after)
