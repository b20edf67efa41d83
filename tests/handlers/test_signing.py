"""Drafts signed with a key that stays with the signer, on both databases."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.draft_flow import Stage
from sed_tui.domain.files import FileRole
from sed_tui.domain.signing import Basis
from sed_tui.errors.drafts import AlreadySigned, DraftRegistered, VersionOutdated
from sed_tui.errors.signatures import SigningCommandFailed
from sed_tui.errors.signing import (
    AmountOverRight,
    CertificateExpired,
    CertificateNotForSigning,
    CertificateNotYetValid,
    CertificateOfAnother,
    CertificateRevoked,
    CertificateTaken,
    CertificateUnknown,
    CertificateWithdrawn,
    ChainNotBuilt,
    ClocksDiffer,
    FileNotSigned,
    KindOutsideRight,
    NoSigningRight,
    NotTheSignatory,
    PowerExpired,
    PowerNeeded,
    RevocationNotKnown,
    SignatureInvalid,
    SignedAlready,
    SigningRightNotBegun,
    SigningRightOver,
)
from sed_tui.gateway.batch_signing import Outcome
from sed_tui.operations import (
    approval,
    certificate,
    draft_registration,
    employee,
    route,
    signature,
    signing,
    signing_list,
)
from sed_tui.operations.employee import EditEmployee
from sed_tui.operations.notify import DUE, NotifyDue
from sed_tui.operations.substitution import ADD as SUBSTITUTE
from sed_tui.operations.substitution import AddSubstitution
from sed_tui.operations.trust import REMOVE, RemoveTrust
from tests.handlers.drafts import drafted, next_version, text_file
from tests.handlers.signers import HEAD, Authority, Signing, add_trust

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sed_tui.errors import SedError
    from sed_tui.gost.cms.writing import KeySigner
    from tests.conftest import FixedClock

DEPUTY = "sidorov"
ROUTE = """
code = "letters"
[[stage]]
name = "Визы"
kind = "approval"
performers = ["golova"]
[[stage]]
kind = "signing"
"""


@pytest.mark.remote_too
def test_a_signed_draft_bears_its_signatures_and_is_registered_as_signed(
    signing_office: Signing, clock: FixedClock
) -> None:
    petrov = signing_office.office.as_("petrov")
    annex = text_file(petrov, "Таблица", "прил.txt").model_copy(update={"role": FileRole.ANNEX})
    letter = drafted(petrov, files=(text_file(petrov, "Ответ"), annex))

    (tried,) = signing_office.sign(HEAD, signing_office.head, letter)

    assert tried.outcome is Outcome.SIGNED
    assert tried.signed is not None
    assert tried.signed.basis is Basis.DUTIES
    shown = signing_office.shown(letter)
    assert (shown.stage, shown.signatory) == (Stage.SIGNED, "Головин Пётр Ильич")
    assert [(row.file, row.signature) for row in shown.signatures] == [
        ("письмо.txt", "письмо.txt.p7s"),
        ("прил.txt", "прил.txt.p7s"),
    ]
    assert {(row.result, row.version, row.employee) for row in shown.signatures} == {
        ("valid", 1, "Головин Пётр Ильич")
    }
    assert {row.received_at for row in shown.signatures} == {clock.now()}
    with pytest.raises(AlreadySigned):
        next_version(petrov, letter, "Другой ответ")
    registered = signing_office.admin.call(
        draft_registration.REGISTER, draft_registration.RegisterDraft(document=str(letter.id))
    )
    assert registered.number
    verified = signing_office.admin.call(
        signature.VERIFY, signature.VerifyDocument(document=registered.number)
    )
    assert [row.result for row in verified.rows] == ["valid", "valid"]
    refused = signing_office.refusal(HEAD, signing_office.head, letter)
    assert isinstance(refused, DraftRegistered)


def test_what_one_has_signed_waits_no_more_and_the_rest_does(signing_office: Signing) -> None:
    petrov, head = signing_office.office.as_("petrov"), signing_office.office.as_(HEAD)
    letters = [drafted(petrov, subject=subject) for subject in ("Первое", "Второе")]
    drafted(petrov, subject="Вдвоём", signatory=DEPUTY, cosignatories=[HEAD])

    signing_office.sign(HEAD, signing_office.head, letters[0])

    waiting = head.call(signing_list.LIST, signing_list.ListToSign()).rows
    assert [row.subject for row in waiting] == ["Второе", "Вдвоём"]


def test_the_approval_sheet_tells_who_signed_what_was_approved(signing_office: Signing) -> None:
    petrov, admin = signing_office.office.as_("petrov"), signing_office.admin
    admin.call(route.IMPORT, route.ImportRoute(text=ROUTE))
    letter = drafted(petrov)
    petrov.call(approval.START, approval.StartApproval(document=str(letter.id)))
    agreed = approval.ApproveDraft(document=str(letter.id), version=1)
    signing_office.office.as_(HEAD).call(approval.APPROVE, agreed)
    show = approval.ShowApproval(document=str(letter.id))
    before = petrov.call(approval.SHOW, show)
    signing_office.sign(HEAD, signing_office.head, letter)
    after = petrov.call(approval.SHOW, show)

    assert ([row.signature for row in before.rows], before.signatures) == (["none"], [])
    assert [row.signature for row in after.rows] == ["valid"]
    assert [(one.name, one.verdict) for one in after.signatures] == [
        ("Головин Пётр Ильич", "valid")
    ]


def test_every_bad_certificate_is_refused_with_its_own_reason_and_nothing_changes(
    signing_office: Signing, clock: FixedClock
) -> None:
    made, authority = signing_office, signing_office.authority
    letter = drafted(made.office.as_("petrov"))
    expired, early = authority.signer("Головин", until=-1), authority.signer("Головин", since=1)
    revoked, withdrawn = authority.signer("Головин"), authority.signer("Головин")
    foreign = Authority(clock.now()).signer("Головин")
    for one in (expired, early, revoked, withdrawn, foreign):
        made.hold(HEAD, one)
    deputy = authority.signer("Сидоров")
    made.hold(DEPUTY, deputy)
    number = certificate.WithdrawCertificate(certificate=withdrawn.certificate.number)
    made.admin.call(certificate.WITHDRAW, number)
    add_trust(made.admin, authority.revocations(revoked))

    cases = [
        (expired, CertificateExpired, 6),
        (early, CertificateNotYetValid, 6),
        (revoked, CertificateRevoked, 6),
        (withdrawn, CertificateWithdrawn, 6),
        (foreign, ChainNotBuilt, 6),
        (deputy, CertificateOfAnother, 4),
        (authority.signer("Головин"), CertificateUnknown, 4),
        (_Forging(made.head), SignatureInvalid, 3),
        (_Hurried(made.head, timedelta(minutes=9)), ClocksDiffer, 6),
        (_Hurried(made.head, timedelta(hours=-2)), ClocksDiffer, 6),
    ]
    for signer, kind, status in cases:
        failure = made.refusal(HEAD, signer, letter)  # type: ignore[arg-type]
        assert type(failure) is kind
        assert failure.exit_code == status
    for row in made.trusted.rows[1:]:
        made.admin.call(REMOVE, RemoveTrust(trust=str(row.id)))
    clock.moment += timedelta(days=60)
    assert isinstance(made.refusal(HEAD, made.head, letter), RevocationNotKnown)
    shown = made.shown(letter)
    assert (shown.stage, shown.signatures, shown.card_version) == (Stage.DRAFT, [], 1)
    assert made.sign(HEAD, made.head, letter)[0].signed is None


def test_a_right_to_sign_has_a_ground_a_term_a_kind_and_a_limit(
    signing_office: Signing, clock: FixedClock
) -> None:
    made = signing_office
    letter = drafted(made.office.as_("petrov"), amount=500_000)
    today = clock.now().date()

    def refused() -> type[SedError | None]:
        return type(made.refusal(HEAD, made.head, letter))

    made.end_rights(HEAD)
    assert refused() is SigningRightOver
    with pytest.raises(PowerNeeded):
        made.allow(HEAD, basis=Basis.POWER, power="№ 5")
    power = {"basis": Basis.POWER, "power": "№ 5 от 12.01.2026"}
    made.allow(HEAD, **power, starts_on=today, ends_on=today)
    clock.moment += timedelta(days=1)
    assert refused() is PowerExpired
    made.allow(HEAD, flow="order")
    assert refused() is KindOutsideRight
    made.allow(HEAD, flow="outgoing", kind="Письмо", amount=100_000)
    assert refused() is AmountOverRight
    assert type(made.refusal(DEPUTY, made.head, letter)) is not NoSigningRight
    nobody = drafted(made.office.as_("petrov"), signatory=DEPUTY)
    assert type(made.refusal(DEPUTY, made.head, nobody)) is NoSigningRight
    made.allow(DEPUTY, starts_on=today + timedelta(days=10))
    assert type(made.refusal(DEPUTY, made.head, nobody)) is SigningRightNotBegun
    made.allow(HEAD, flow="outgoing", amount=500_000)
    assert made.refusal(HEAD, made.head, letter) is None


def test_a_batch_has_a_result_for_each_and_one_refusal_marks_nothing_else(
    signing_office: Signing,
) -> None:
    made, petrov = signing_office, signing_office.office.as_("petrov")
    made.end_rights(HEAD)
    made.allow(HEAD, amount=1000)
    letters = [drafted(petrov, text=str(sum_), amount=sum_) for sum_ in (10, 5000, 20)]

    tried = made.sign(HEAD, made.head, *letters)

    assert [one.outcome.value for one in tried] == ["signed", "refused", "signed"]
    assert isinstance(tried[1].failure, AmountOverRight)
    assert [made.shown(one).stage.value for one in letters] == ["signed", "draft", "signed"]


def test_a_token_that_is_gone_stops_the_rest_of_a_batch(signing_office: Signing) -> None:
    made, petrov = signing_office, signing_office.office.as_("petrov")
    letters = [drafted(petrov, text=str(place)) for place in range(3)]

    tried = made.sign(HEAD, _Removed(made.head, 1), *letters)  # type: ignore[arg-type]

    assert [one.outcome.value for one in tried] == ["signed", "refused", "not_tried"]
    assert [made.shown(one).stage.value for one in letters] == ["signed", "draft", "draft"]


def test_what_is_signed_is_the_version_that_was_seen_and_all_of_it(
    signing_office: Signing, clock: FixedClock
) -> None:
    made, petrov = signing_office, signing_office.office.as_("petrov")
    letter = drafted(petrov)
    head = made.office.as_(HEAD)
    next_version(petrov, letter, "Второй текст")
    (file,) = made.shown(letter).versions[0].files

    def send(version: int, *files: Any, content: bytes) -> signing.SignedVersion:
        signed = made.head.sign(content, clock.now())
        given = tuple(
            signing.FileSignature(file=one, token=head.stage(io.BytesIO(signed))) for one in files
        )
        request = signing.SignVersion(document=str(letter.id), version=version, signatures=given)
        return head.call(signing.SIGN, request)

    with pytest.raises(VersionOutdated) as outdated:
        send(1, file.id, content="Направляем ответ.\n".encode())
    with pytest.raises(FileNotSigned):
        send(2, letter.id, content="Второй текст".encode())
    with pytest.raises(SignatureInvalid):
        send(2, file.id, content="Направляем ответ.\n".encode())
    assert outdated.value.exit_code == 5
    assert made.shown(letter).stage is Stage.DRAFT
    assert send(2, file.id, content="Второй текст".encode()).version == 2


def test_a_substitute_signs_by_his_own_right_and_another_signs_beside(
    signing_office: Signing, clock: FixedClock
) -> None:
    made = signing_office
    letter = drafted(made.office.as_(DEPUTY))
    deputy = made.authority.signer("Сидоров")
    made.hold(DEPUTY, deputy)
    assert isinstance(made.refusal(DEPUTY, deputy, letter), NotTheSignatory)
    today = clock.now().date()
    made.admin.call(
        SUBSTITUTE,
        AddSubstitution(absent=HEAD, substitute=DEPUTY, starts_on=today, ends_on=today),
    )
    assert isinstance(made.refusal(DEPUTY, deputy, letter), NoSigningRight)
    made.allow(DEPUTY, basis=Basis.OTHER)

    checked_now = made.office.as_(DEPUTY).call(
        signing.CHECK, signing.CheckSigning(document=str(letter.id))
    )
    assert checked_now.on_behalf_of == "Головин Пётр Ильич"
    assert isinstance(made.refusal(DEPUTY, made.head, letter), CertificateOfAnother)
    assert made.refusal(DEPUTY, deputy, letter) is None
    assert made.shown(letter).signatory == "Сидоров Иван Иванович"
    assert isinstance(made.refusal(DEPUTY, deputy, letter), SignedAlready)
    assert made.refusal(HEAD, made.head, letter) is None
    assert {row.signature for row in made.shown(letter).signatures} == {
        "письмо.txt.p7s",
        "письмо.txt.2.p7s",
    }


def test_certificates_are_kept_by_owner_and_listed_by_their_end(signing_office: Signing) -> None:
    made = signing_office
    soon = made.hold(DEPUTY, made.authority.signer("Сидоров", until=10))
    odd = made.hold("petrov", made.authority.signer("Иванов", until=100))
    assert (soon.warnings, len(odd.warnings), soon.is_test) == ([], 1, True)
    with pytest.raises(CertificateTaken):
        made.hold("petrov", made.head)
    with pytest.raises(CertificateNotForSigning):
        made.hold("petrov", _Bearing(made.authority.root.certificate))  # type: ignore[arg-type]

    request = certificate.ListCertificates(ends_within=30)
    found = made.office.as_("petrov").call(certificate.LIST, request).rows
    assert [(row.login, row.days_left) for row in found] == [(DEPUTY, 10)]


def test_an_owner_is_reminded_of_the_end_of_his_last_certificate_at_each_threshold_once(
    signing_office: Signing, clock: FixedClock
) -> None:
    made, authority = signing_office, signing_office.authority
    edit = EditEmployee(employee=HEAD, changes={"email": "golova@example.org"})
    made.admin.call(employee.EDIT, edit)
    made.hold(HEAD, authority.signer("Головин", until=20))  # the other one lasts a year
    made.hold(DEPUTY, authority.signer("Сидоров", until=20))

    def told(days: float) -> tuple[int, list[str]]:
        clock.moment = authority.now + timedelta(days=days)
        done = made.admin.call(DUE, NotifyDue())
        return done.letters, done.without_address

    assert told(0) == (0, ["Сидоров Иван Иванович"])
    assert [told(365 - left)[0] for left in (31, 30, 29, 14, 13, 3, 2, 0, -1)] == [
        *(0, 1, 0, 1, 0, 1, 0, 0, 0)
    ]


@dataclass
class _Bearing:
    """Bears a certificate and signs nothing."""

    certificate: Any


@dataclass
class _Forging:
    """Signs other bytes than it was given."""

    signer: KeySigner

    def sign(self, content: Path, at: datetime) -> bytes:
        return self.signer.sign(content.read_bytes() + b" ", at)


@dataclass
class _Hurried:
    """Signs by a clock of its own."""

    signer: KeySigner
    ahead: timedelta

    def sign(self, content: Path, at: datetime) -> bytes:
        return self.signer.sign(content, at + self.ahead)


@dataclass
class _Removed:
    """A token that is pulled out after some signatures."""

    signer: KeySigner
    left: int

    def sign(self, content: Path, at: datetime) -> bytes:
        if not self.left:
            raise SigningCommandFailed(command="cryptcp", reason="no token")
        self.left -= 1
        return self.signer.sign(content, at)
