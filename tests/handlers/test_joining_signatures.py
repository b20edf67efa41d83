"""Papers of joining signed by GOST: whose certificate, which file, by what power (ORG-1)."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.joining import JoiningState, JoiningStep, Side
from sed_tui.domain.joining_papers import Paper, SigningWay
from sed_tui.errors.joining import (
    CertificateOfOtherOrganization,
    NotReady,
    PaperSignatureBad,
    SignerWithoutPower,
)
from sed_tui.gost.authority import Validity
from sed_tui.gost.cms.writing import KeySigner
from sed_tui.gost.keys import new_key
from sed_tui.gost.names import COMMON_NAME, INN, INN_OF_ORGANIZATION, OGRN
from sed_tui.gost.providers.choice import provider_named
from sed_tui.operations import joining, organization
from tests.handlers.callers import acting
from tests.handlers.joining_way import HEAD, HOSPITAL, SCAN, Way
from tests.handlers.signers import Authority, add_trust

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

DEPUTY = "Ким Олег Львович"
OWN = {OGRN: HOSPITAL["ogrn"], INN_OF_ORGANIZATION: HOSPITAL["inn"], INN: "500100732259"}
OTHER = {OGRN: "1027700070518", INN_OF_ORGANIZATION: "7710168360"}
NOBODY: dict[str, str] = {}


class Signatures:
    """A hospital on its way, and an authority that the operator trusts."""

    def __init__(self, gateway: LocalGateway, settings: Settings, clock: FixedClock) -> None:
        self.clock, self.authority = clock, Authority(clock.now())
        self.way = Way(gateway, settings, clock)
        root = self.authority.root.certificate.der
        add_trust(gateway, root, self.authority.revocations())

    def signer(
        self, name: str, told: Mapping[str, str], authority: Authority | None = None
    ) -> KeySigner:
        now, key = self.clock.now(), new_key()
        validity = Validity(now - timedelta(days=9), now + timedelta(days=9))
        root = (authority or self.authority).root
        certificate = root.issue(key, {COMMON_NAME: name, **told}, validity)
        return KeySigner(key, certificate, provider_named())

    def sign(self, paper: Paper, signer: KeySigner, content: bytes | None = None) -> None:
        """Sign what `Way.issue` prints, or another content in its place."""
        printed = SCAN + paper.value.encode() if content is None else content
        signature = signer.sign(printed, self.clock.now())
        token = self.way.operator.stage(io.BytesIO(signature))
        self.way.sign(
            paper,
            way=SigningWay.GOST,
            name="paper.p7s",
            token=token,
            signatory=None,
            signed_on=None,
        )

    def edit(self, **fields: str) -> None:
        request = joining.EditApplication(application="02", fields=fields)
        self.way.operator.call(joining.EDIT, request)


@pytest.fixture
def signatures(gateway: LocalGateway, settings: Settings, clock: FixedClock) -> Signatures:
    """Return an application that has been printed and waits for a signature."""
    made = Signatures(gateway, settings, clock)
    made.way.begin()
    made.way.issue(Paper.APPLICATION)
    return made


def test_the_head_signs_by_the_certificate_of_his_organization(signatures: Signatures) -> None:
    signer = signatures.signer(HEAD, OWN)
    signatures.sign(Paper.APPLICATION, signer)

    (paper,) = signatures.way.show().papers
    assert (paper.way, paper.signatory) == (SigningWay.GOST, HEAD)
    assert (paper.serial, paper.power) == (signer.certificate.number, None)
    assert paper.signed_on == signatures.clock.now().date()
    assert signatures.way.step(JoiningStep.SUBMIT).joining is JoiningState.SUBMITTED


def test_certificates_of_others_and_of_nobody_are_refused(signatures: Signatures) -> None:
    signatures.edit(deputy=DEPUTY, power="№ 7 от 01.11.2026", power_until="2026-12-31")
    for told in (OTHER, OWN | {OGRN: OTHER[OGRN]}, NOBODY):
        with pytest.raises(CertificateOfOtherOrganization):
            signatures.sign(Paper.APPLICATION, signatures.signer(HEAD, told))
    with pytest.raises(SignerWithoutPower):
        signatures.sign(Paper.APPLICATION, signatures.signer("Иванов Иван", OWN))

    signatures.sign(Paper.APPLICATION, signatures.signer(DEPUTY, NOBODY))  # by his power
    assert signatures.way.show().papers[0].power == "№ 7 от 01.11.2026"


def test_another_file_and_an_unknown_authority_prove_nothing(signatures: Signatures) -> None:
    foreign = Authority(signatures.clock.now())
    with pytest.raises(PaperSignatureBad):
        signatures.sign(Paper.APPLICATION, signatures.signer(HEAD, OWN), b"another text")
    with pytest.raises(PaperSignatureBad):
        signatures.sign(Paper.APPLICATION, signatures.signer(HEAD, OWN, foreign))


def test_an_applicant_cannot_trust_an_authority_of_his_own_making(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    gateway.call(organization.ADD, organization.AddOrganization(code="02", name="Больница"))
    foreign = Authority(clock.now())
    with (
        acting(settings, clock, "admin", "01") as operator,
        acting(settings, clock, "admin", "02") as applicant,
    ):
        made = Signatures(operator, settings, clock)
        made.way.begin()
        made.way.operator = applicant
        add_trust(applicant, foreign.root.certificate.der, foreign.revocations())
        made.way.issue(Paper.APPLICATION)
        with pytest.raises(PaperSignatureBad):
            made.sign(Paper.APPLICATION, made.signer(HEAD, OWN, foreign))
        made.sign(Paper.APPLICATION, made.signer(HEAD, OWN))


def test_an_annex_without_a_signature_stands_in_the_way(signatures: Signatures) -> None:
    signatures.way.to(JoiningState.PERSONAL_DATA)
    head = signatures.signer(HEAD, OWN)
    signatures.way.issue(Paper.PERSONAL_DATA)
    signatures.way.issue(Paper.DATA_ANNEX)
    signatures.sign(Paper.PERSONAL_DATA, head)
    with pytest.raises(NotReady, match="annex"):
        signatures.way.step()
    signatures.sign(Paper.DATA_ANNEX, head)
    assert signatures.way.step().joining is JoiningState.ACCOUNTS


def test_the_operator_too_signs_as_his_organization(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    ours = organization.EditOrganization(changes={"ogrn": OTHER[OGRN]})
    gateway.call(organization.EDIT, ours)
    made = Signatures(gateway, settings, clock)
    made.way.begin()
    made.way.to(JoiningState.ACT)
    made.way.print_and_sign(Paper.ACT)
    for told in (OWN, NOBODY):
        with pytest.raises(CertificateOfOtherOrganization):
            as_operator(made, made.signer("Директор", told))
    as_operator(made, made.signer("Директор", OTHER))
    assert made.way.step(on=clock.now().date()).joining is JoiningState.CONNECTED


def as_operator(made: Signatures, signer: KeySigner) -> None:
    signature = signer.sign(SCAN + b"act", made.clock.now())
    token = made.way.operator.stage(io.BytesIO(signature))
    gost = {"way": SigningWay.GOST, "name": "act.p7s", "token": token, "signatory": None}
    made.way.sign(Paper.ACT, Side.OPERATOR, **gost, signed_on=None)
