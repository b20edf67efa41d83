"""What is trusted: roots, known certificates, lists of revoked ones; and what follows from it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from sed_tui.gost.certificates import CRL_SIGN, Certificate
from sed_tui.gost.hashing import digest
from sed_tui.gost.identifiers import SIGNATURES
from sed_tui.gost.verdicts import Finding, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sed_tui.gost.path import Candidates
    from sed_tui.gost.providers.protocol import Provider
    from sed_tui.gost.revocation import Revocation, RevocationList
    from sed_tui.gost.signature import PublicKey

_MOST_CANDIDATES = 50
_REMEMBERED = 10_000
Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a certificate was revoked, by which lists; `problem` when they do not tell."""

    revocation: Revocation | None
    problem: Reason | None
    lists_of: datetime | None


@dataclass(slots=True)
class Trust:
    """Roots and everything that is known besides. What was verified is not verified again."""

    roots: tuple[Certificate, ...]
    provider: Provider
    certificates: tuple[Certificate, ...] = ()
    lists: Sequence[RevocationList] = ()
    _by_subject: dict[bytes, list[Certificate]] = field(default_factory=lambda: defaultdict(list))
    _lists_by_issuer: dict[bytes, list[RevocationList]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _verified: dict[tuple[bytes, bytes, PublicKey], bool] = field(default_factory=dict)
    _paths: dict[tuple[bytes, ...], tuple[Certificate, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index what is known."""
        for certificate in self.certificates:
            self._by_subject[certificate.subject.raw].append(certificate)
        for one in self.lists:
            self._lists_by_issuer[one.issuer].append(one)

    def path(
        self, leaf: Certificate, others: Iterable[Certificate], at: datetime
    ) -> tuple[Certificate, ...] | Finding:
        """Return the path from a certificate to a root at a moment, or why there is none."""
        offered = tuple(others)
        asked = (leaf.der, *(one.der for one in offered))
        known = self._paths.get(asked)
        # of all that makes a path only the validity of its certificates depends on the moment
        if known is not None and all(one.is_valid_at(at) for one in known):
            return known
        # 60 ms, for verification alone
        from sed_tui.gost.path import find_path

        found = find_path(self._candidates(leaf, offered), at, self._issued)
        if isinstance(found, Finding):
            return found
        root = found[-1]
        if root is not found[0] and not root.is_valid_at(at):  # RFC 5280 leaves it open
            return Finding(Reason.ISSUER_NOT_VALID_THEN, root.number)
        _remember(self._paths, asked, found)
        return found

    def standing(
        self,
        certificate: Certificate,
        issuer: Certificate,
        at: datetime,
        more: Iterable[RevocationList] = (),
    ) -> Standing:
        """Tell whether a certificate was revoked at a moment, as far as the lists tell.

        A list says "not revoked" for moments up to its next update, and no longer after the
        certificate has expired: authorities may leave it out then. "Revoked" holds always.
        """
        lists = [
            one
            for one in (*self._lists_by_issuer.get(issuer.subject.raw, ()), *more)
            if one.issuer == issuer.subject.raw
            and one.scope.covers(certificate)
            and self.published(one, issuer)
        ]
        found = [revoked for one in lists if (revoked := one.find(certificate.serial))]
        if found:
            earliest = min(found, key=lambda revoked: revoked.at)
            return Standing(earliest, None, max(one.this_update for one in lists))
        current = [one for one in lists if _answers(one, certificate, at)]
        if current:
            return Standing(None, None, max(one.this_update for one in current))
        problem = Reason.REVOCATION_STALE if lists else Reason.REVOCATION_UNKNOWN
        latest = max((one.this_update for one in lists), default=None)
        return Standing(None, problem, latest)

    def published(self, one: RevocationList, issuer: Certificate) -> bool:
        """Tell whether the key of an authority has signed a list."""
        usage = issuer.key_usage
        if issuer.key is None or (usage is not None and CRL_SIGN not in usage):
            return False
        if SIGNATURES.get(one.signature_algorithm) != issuer.key.curve.bits:
            return False
        return self._is_signed(one.signed, one.signature, issuer.key)

    def _candidates(self, leaf: Certificate, others: Iterable[Certificate]) -> Candidates:
        """Collect upwards by exact names, so that the validator sees a handful, not a thousand."""
        from sed_tui.gost.path import Candidates

        offered = defaultdict(list)
        for one in others:
            offered[one.subject.raw].append(one)
        found: dict[bytes, Certificate] = {}
        names, seen = [leaf.issuer.raw], {leaf.issuer.raw}
        for name in names:
            for one in (*self._by_subject.get(name, ()), *offered.get(name, ())):
                if len(found) < _MOST_CANDIDATES and one.der != leaf.der:
                    found[one.der] = one
                if one.issuer.raw not in seen:
                    seen.add(one.issuer.raw)
                    names.append(one.issuer.raw)
        roots = tuple(one for one in self.roots if one.subject.raw in seen or one.der == leaf.der)
        trusted = {one.der for one in roots}
        rest = tuple(one for one in found.values() if one.der not in trusted)
        return Candidates(leaf, rest, roots)

    def _issued(self, certificate: Certificate, key: PublicKey) -> bool:
        return self._is_signed(certificate.signed, certificate.signature, key)

    def _is_signed(self, signed: bytes, signature: bytes, key: PublicKey) -> bool:
        hashed = digest(self.provider, key.curve.bits, signed)
        known = (hashed, signature, key)
        if known not in self._verified:
            _remember(self._verified, known, key.verifies(self.provider, hashed, signature))
        return self._verified[known]


def _remember(memory: dict[Key, Value], key: Key, value: Value) -> None:
    """Keep a result; a full memory is emptied, which costs one archive a second look."""
    if len(memory) >= _REMEMBERED:
        memory.clear()
    memory[key] = value


def _answers(one: RevocationList, certificate: Certificate, at: datetime) -> bool:
    is_current = one.this_update >= at or (one.next_update is not None and at <= one.next_update)
    return is_current and (one.keeps_expired or one.this_update <= certificate.not_after)
