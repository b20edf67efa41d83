"""Paths of certificates by RFC 5280, through pyhanko-certvalidator with GOST signatures.

Nothing is fetched, the roots are always ours, and revocation is not its business: `trust` asks
the lists. Importing it costs 60 ms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from asn1crypto import algos, core, keys, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko_certvalidator.context import ValidationContext
from pyhanko_certvalidator.errors import (
    AlgorithmNotSupported,
    DisallowedAlgorithmError,
    ExpiredError,
    NotYetValidError,
    PathBuildingError,
    PathValidationError,
)
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)
from pyhanko_certvalidator.sig_validate import DefaultSignatureValidator, SignatureValidator
from pyhanko_certvalidator.validate import async_validate_path

from sed_tui.gost.certificates import AUTHORITY_KEY, Certificate
from sed_tui.gost.identifiers import KEYS, SIGNATURES
from sed_tui.gost.verdicts import Finding, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from datetime import datetime

    from pyhanko_certvalidator.path import ValidationPath

    from sed_tui.gost.signature import PublicKey

Result = TypeVar("Result")
_NO_REVOCATION = CertRevTrustPolicy(
    RevocationCheckingPolicy(RevocationCheckingRule.NO_CHECK, RevocationCheckingRule.NO_CHECK)
)
_MOST_PATHS = 20
_UNKNOWN_EXTENSION = "unsupported critical extension"
# what asn1crypto raises on certificates that it dislikes
_DISLIKED = (ValueError, TypeError, KeyError, AttributeError, IndexError, UnsupportedAlgorithm)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The certificates from which a path may be built."""

    leaf: Certificate
    others: tuple[Certificate, ...]
    roots: tuple[Certificate, ...]


def find_path(
    candidates: Candidates, at: datetime, verifies: Callable[[Certificate, PublicKey], bool]
) -> tuple[Certificate, ...] | Finding:
    """Return the path from the leaf to a root, valid at a moment, or why there is none."""
    if not candidates.roots:
        return Finding(Reason.CHAIN_NOT_BUILT, candidates.leaf.number)
    validator = _GostValidator(candidates, verifies)
    try:
        return _run(_search(candidates, at, validator))
    except PathBuildingError as error:
        return Finding(Reason.CHAIN_NOT_BUILT, candidates.leaf.number, detail=str(error))
    except PathValidationError as error:
        return _explained(error, candidates.leaf, validator)
    except _DISLIKED as error:
        return Finding(Reason.CHAIN_NOT_BUILT, candidates.leaf.number, detail=str(error))


async def _search(
    candidates: Candidates, at: datetime, validator: _GostValidator
) -> tuple[Certificate, ...]:
    context = ValidationContext(
        trust_roots=[_load(one) for one in candidates.roots],
        other_certs=[_load(one) for one in candidates.others],
        moment=at,
        allow_fetching=False,
        revinfo_policy=_NO_REVOCATION,
        signature_validator=validator,
    )
    failure: PathValidationError | None = None
    tried = 0
    async for path in context.path_builder.async_build_paths_lazy(_load(candidates.leaf)):
        tried += 1
        try:
            await async_validate_path(context, path)
        except PathValidationError as error:
            failure = failure or error
        else:
            return _certificates(path, candidates)
        if tried == _MOST_PATHS:
            break
    raise failure or PathBuildingError("no path")


@dataclass(slots=True)
class _GostValidator(SignatureValidator):
    """Verifies GOST signatures over the exact bytes of the certificate, others by default."""

    candidates: Candidates
    verifies: Callable[[Certificate, PublicKey], bool]
    refused: bool = False
    unsupported: bool = False
    _by_signature: dict[bytes, Certificate] = field(default_factory=dict)
    _by_key: dict[bytes, PublicKey] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in (self.candidates.leaf, *self.candidates.others, *self.candidates.roots):
            self._by_signature[one.signature] = one
            if one.key is not None:
                self._by_key[_load(one).public_key.dump()] = one.key

    def validate_signature(
        self,
        signature: bytes,
        signed_data: bytes,
        public_key_info: keys.PublicKeyInfo,
        signature_algorithm: algos.SignedDigestAlgorithm,
        context: Any = None,
    ) -> None:
        """Raise `InvalidSignature` unless the key has made the signature."""
        kind = public_key_info["algorithm"]["algorithm"].dotted
        if kind not in KEYS:
            self._validate_another(signature, signed_data, public_key_info, signature_algorithm)
            return
        key = self._by_key.get(public_key_info.dump())
        certificate = self._by_signature[signature]
        if key is None or SIGNATURES.get(certificate.signature_algorithm) != key.curve.bits:
            self.unsupported = True
            raise AlgorithmNotSupported(certificate.signature_algorithm)
        if not self.verifies(certificate, key):
            self.refused = True
            raise InvalidSignature

    def _validate_another(self, *arguments: Any) -> None:
        try:
            DefaultSignatureValidator().validate_signature(*arguments)
        except (AlgorithmNotSupported, UnsupportedAlgorithm) as error:
            self.unsupported = True
            raise AlgorithmNotSupported(str(error)) from error
        except InvalidSignature:
            self.refused = True
            raise


def _explained(error: PathValidationError, leaf: Certificate, validator: _GostValidator) -> Finding:
    if validator.unsupported:
        return Finding(Reason.ALGORITHM_NOT_SUPPORTED, leaf.number, detail=error.failure_msg)
    if validator.refused:
        # an issuer that is only named, not identified, may be another of the same name
        identified = AUTHORITY_KEY in leaf.extensions
        reason = Reason.CERTIFICATE_FORGED if identified else Reason.CHAIN_NOT_BUILT
        return Finding(reason, leaf.number, detail=error.failure_msg)
    reason = Reason.CHAIN_REFUSED
    if isinstance(error, ExpiredError | NotYetValidError):
        reason = Reason.ISSUER_NOT_VALID_THEN
    elif isinstance(error, DisallowedAlgorithmError):  # RSA of few bits, SHA-1
        reason = Reason.ALGORITHM_NOT_SUPPORTED
    elif _UNKNOWN_EXTENSION in error.failure_msg:  # no class of its own
        reason = Reason.EXTENSION_NOT_SUPPORTED
    return Finding(reason, leaf.number, detail=error.failure_msg)


def _certificates(path: ValidationPath, candidates: Candidates) -> tuple[Certificate, ...]:
    known = {one.der: one for one in (candidates.leaf, *candidates.others, *candidates.roots)}
    return tuple(known[one.dump()] for one in reversed(list(path)))


def _run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run what never waits, without an event loop: callers may have one of their own."""
    try:
        work.send(None)
    except StopIteration as done:
        result: Result = done.value
        return result
    work.close()
    raise PathBuildingError("the search waited for something")


def _load(certificate: Certificate) -> Any:
    return x509.Certificate.load(certificate.der)


def _teach_asn1crypto() -> None:
    """Let it read GOST keys and what Russian certificates hold besides (it has no registry)."""
    names = {oid: f"gost3410_2012_{bits}" for oid, bits in KEYS.items()}
    for table in (keys.PublicKeyAlgorithmId, algos.SignedDigestAlgorithmId):
        _register(table, names)
    for name in names.values():
        keys.PublicKeyAlgorithm._oid_specs[name] = core.Any
    signatures = {oid: f"streebog{bits}_gost3410_2012" for oid, bits in SIGNATURES.items()}
    _register(algos.SignedDigestAlgorithmId, signatures)
    # UTF8String in more than half of the accredited authorities' certificates
    x509.Extension._oid_specs["microsoft_enroll_certtype"] = core.Any
    _read_unknown_keys()
    _compare_odd_names()


def _register(table: Any, names: dict[str, str]) -> None:
    table._map.update(names)
    if table._reverse_map is not None:
        table._reverse_map.update({name: oid for oid, name in names.items()})


def _read_unknown_keys() -> None:
    original = keys.PublicKeyInfo._public_key_spec

    def specification(info: Any) -> Any:
        try:
            return original(info)
        except KeyError:  # GOST of any year: an opaque string
            return core.OctetBitString, None

    # the method and the table: the validator wraps one and calls the other
    keys.PublicKeyInfo._public_key_spec = specification
    keys.PublicKeyInfo._spec_callbacks["public_key"] = specification


def _compare_odd_names() -> None:
    original = x509.NameTypeAndValue.prepped_value.fget

    def prepared(pair: Any) -> str:
        try:
            return str(original(pair))
        except _DISLIKED:  # an address that is a list, an identifier of a kind of its own
            return str(pair["value"].dump().hex())

    x509.NameTypeAndValue.prepped_value = property(prepared)


_teach_asn1crypto()
