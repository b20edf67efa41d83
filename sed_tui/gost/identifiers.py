"""Object identifiers of GOST algorithms and parameter sets (RFC 9215, RFC 4357, TC 26)."""

from __future__ import annotations

from sed_tui.gost.curves import CURVES, Curve

# keys: algorithm -> bits
KEYS = {"1.2.643.7.1.1.1.1": 256, "1.2.643.7.1.1.1.2": 512}
DIGESTS = {"1.2.643.7.1.1.2.2": 256, "1.2.643.7.1.1.2.3": 512}
SIGNATURES = {"1.2.643.7.1.1.3.2": 256, "1.2.643.7.1.1.3.3": 512}
KEY_OF = {bits: oid for oid, bits in KEYS.items()}
DIGEST_OF = {bits: oid for oid, bits in DIGESTS.items()}
SIGNATURE_OF = {bits: oid for oid, bits in SIGNATURES.items()}

_CRYPTOPRO = "1.2.643.2.2."
_CURVE_OF = {
    f"{_CRYPTOPRO}35.0": "256Test",
    f"{_CRYPTOPRO}35.1": "256B",  # CryptoPro-A
    f"{_CRYPTOPRO}35.2": "256C",  # CryptoPro-B
    f"{_CRYPTOPRO}35.3": "256D",  # CryptoPro-C
    f"{_CRYPTOPRO}36.0": "256B",  # CryptoPro-XchA
    f"{_CRYPTOPRO}36.1": "256D",  # CryptoPro-XchB
    "1.2.643.7.1.2.1.1.1": "256A",
    "1.2.643.7.1.2.1.1.2": "256B",
    "1.2.643.7.1.2.1.1.3": "256C",
    "1.2.643.7.1.2.1.1.4": "256D",
    "1.2.643.7.1.2.1.2.0": "512Test",
    "1.2.643.7.1.2.1.2.1": "512A",
    "1.2.643.7.1.2.1.2.2": "512B",
    "1.2.643.7.1.2.1.2.3": "512C",
}
# what people call the sets -> identifier
PARAMETER_SETS = {
    "CryptoPro-A": f"{_CRYPTOPRO}35.1",
    "CryptoPro-B": f"{_CRYPTOPRO}35.2",
    "CryptoPro-C": f"{_CRYPTOPRO}35.3",
    "CryptoPro-XchA": f"{_CRYPTOPRO}36.0",
    "CryptoPro-XchB": f"{_CRYPTOPRO}36.1",
    "tc26-256-A": "1.2.643.7.1.2.1.1.1",
    "tc26-256-B": "1.2.643.7.1.2.1.1.2",
    "tc26-256-C": "1.2.643.7.1.2.1.1.3",
    "tc26-256-D": "1.2.643.7.1.2.1.1.4",
    "tc26-512-A": "1.2.643.7.1.2.1.2.1",
    "tc26-512-B": "1.2.643.7.1.2.1.2.2",
    "tc26-512-C": "1.2.643.7.1.2.1.2.3",
}


def curve_of(parameters: str) -> Curve | None:
    """Return the curve of a parameter set, nothing for a set that is not of GOST R 34.10-2012."""
    name = _CURVE_OF.get(parameters)
    return CURVES[name] if name else None


def wants_digest_parameters(parameters: str) -> bool:
    """Tell whether RFC 9215 demands digestParamSet beside this set in a public key."""
    return parameters.startswith(_CRYPTOPRO)
