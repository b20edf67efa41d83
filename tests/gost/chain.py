"""A root, an authority under it and a signer: what most tests of signatures stand on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sed_tui.gost.authority import Revoked, TestAuthority, Validity
from sed_tui.gost.cms.writing import KeySigner
from sed_tui.gost.keys import new_key
from sed_tui.gost.names import COMMON_NAME, INN, SNILS
from sed_tui.gost.revocation import read_revocation_list
from sed_tui.gost.trust import Trust
from sed_tui.gost.verification import Times, verify

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gost.certificates import Certificate
    from sed_tui.gost.providers.protocol import Provider
    from sed_tui.gost.signature import PrivateKey
    from sed_tui.gost.verdicts import SignatureReport

START = datetime(2026, 1, 12, 9, tzinfo=UTC)
NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)
PERSON = {COMMON_NAME: "Смирнова Анна Петровна", INN: "007701234567", SNILS: "11223344595"}
PARAMETER_SETS = (
    "CryptoPro-A",
    "CryptoPro-XchA",
    "tc26-256-A",
    "tc26-256-B",
    "tc26-512-A",
    "tc26-512-C",
)


def days(count: float) -> timedelta:
    return timedelta(days=count)


@dataclass(frozen=True)
class Chain:
    """Everything that a signature and its verification need, as of noon of a working day."""

    root: TestAuthority
    authority: TestAuthority
    key: PrivateKey
    certificate: Certificate
    lists: tuple[bytes, ...]
    provider: Provider

    @property
    def signer(self) -> KeySigner:
        return KeySigner(self.key, self.certificate, self.provider, [self.authority.certificate])

    @property
    def trust(self) -> Trust:
        lists = [read_revocation_list(one) for one in self.lists]
        return Trust((self.root.certificate,), self.provider, lists=lists)

    def sign(self, content: bytes | Path = b"text", at: datetime = NOON) -> bytes:
        return self.signer.sign(content, at)

    def verify(
        self,
        signature: bytes,
        content: bytes | Path | None = b"text",
        now: datetime = NOON,
        existed_at: datetime | None = None,
    ) -> SignatureReport:
        (report,) = verify(signature, content, self.trust, Times(now, existed_at))
        return report

    def revoking(self, *revoked: Revoked, by_root: bool = False) -> Chain:
        who = self.root if by_root else self.authority
        fresh = who.revocations(revoked, Validity(NOON - days(1), NOON + days(30)), 2)
        kept = self.lists[1:] if by_root else self.lists[:1]
        return replace(self, lists=(fresh, *kept) if by_root else (*kept, fresh))

    def with_signer(self, validity: Validity, **options: frozenset[int]) -> Chain:
        certificate = self.authority.issue(self.key, PERSON, validity, **options)
        return replace(self, certificate=certificate)


def make_chain(provider: Provider, parameter_set: str = "tc26-256-A") -> Chain:
    root = TestAuthority.root("Корневой", Validity.of(START, 3650), provider, parameter_set)
    authority = root.intermediate("Выдающий", Validity.of(START, 1825), parameter_set)
    key = new_key(parameter_set)
    certificate = authority.issue(key, PERSON, Validity.of(START, 365))
    recent = Validity(NOON - days(1), NOON + days(30))
    lists = (root.revocations((), recent), authority.revocations((), recent))
    return Chain(root, authority, key, certificate, lists, provider)
