"""The test that a provider passes before it is used: known answers, and known faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.errors.signatures import ProviderUnavailable
from sed_tui.gost.curves import CURVES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.gost.providers.protocol import Provider

# RFC 6986, 10.1 and 10.2; the third makes a carry run through the whole sum (gost-engine)
M1 = b"012345678901234567890123456789012345678901234567890123456789012"
M2 = bytes.fromhex(
    "d1e520e2e5f2f0e82c20d1f2f0e8e1eee6e820e2edf3f6e82c20e2e5fef2fa20f120eceef0ff20f1f2f0e5ebe0"
    "ece820ede020f5f0e0e1f0fbff20efebfaeafb20c8e3eef0e5e2fb"
)
CARRY = b"\xee" * 64 + b"\x16" + b"\x11" * 62 + b"\x16"
KNOWN = (
    (M1, 256, "9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500"),
    (
        M1,
        512,
        "1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa"
        "00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48",
    ),
    (M2, 256, "9dd2fe4e90409e5da87f53976d7405b0c0cac628fc669a741d50063c557e8f50"),
    (
        M2,
        512,
        "1e88e62226bfca6f9994f1f2d51569e0daf8475a3b0fe61a5300eee46d961376"
        "035fe83549ada2b8620fcd7c496ce5b33f0cb9dddc2b6460143b03dabac9fb28",
    ),
    (CARRY, 256, "81bb632fa31fcc38b4c379a662dbc58b9bed83f50d3a1b2ce7271ab02d25babb"),
    (
        CARRY,
        512,
        "8b06f41e59907d9636e892caf5942fcdfb71fa31169a5e70f0edb873664df41c"
        "2cce6e06dc6755d15a61cdeb92bd607cc4aaca6732bf3568a23a210dd520fd41",
    ),
)
_KEY, _DIGEST = 7, 11


def failures(provider: Provider) -> list[str]:
    """Return what the provider does wrongly, in its words; nothing when it can be used."""
    try:
        return [name for name, passed in _checks(provider) if not passed]
    except ProviderUnavailable as error:
        return [str(error.details["reason"])]
    except (ValueError, TypeError, AttributeError, ArithmeticError, LookupError) as error:
        return [f"{type(error).__name__}: {error}"]


def _checks(provider: Provider) -> Iterator[tuple[str, bool]]:
    for message, bits, expected in KNOWN:
        name = f"streebog{bits} of {len(message)} bytes"
        yield name, _hash(provider, bits, message) == bytes.fromhex(expected)
    for bits in (256, 512):
        yield from _splits(provider, bits)
    yield from _signature(provider, "256B")
    if not provider.is_slow:  # a second of pure Python, at every start
        yield from _signature(provider, "512A")


def _splits(provider: Provider, bits: int) -> Iterator[tuple[str, bool]]:
    block = bytes(range(64))
    once = _hash(provider, bits, block)
    yield f"streebog{bits} in two parts", _hash(provider, bits, block[:10], block[10:]) == once
    long = _hash(provider, bits, CARRY + block)
    yield f"streebog{bits} block by block", _hash(provider, bits, CARRY, block) == long
    running = provider.new(bits)
    running.update(block)
    copied = running.copy()
    copied.update(b"more")
    yield f"streebog{bits} copied", running.digest() == once != copied.digest()


def _signature(provider: Provider, name: str) -> Iterator[tuple[str, bool]]:
    curve = CURVES[name]
    public = provider.public(curve, _KEY)
    r, s = provider.sign(curve, _KEY, _DIGEST)
    yield f"{name}: public key", curve.accepts(public)
    yield f"{name}: signature", provider.verify(curve, public, _DIGEST, r, s)
    yield f"{name}: another digest", not provider.verify(curve, public, _DIGEST + 1, r, s)
    r, s = provider.sign(curve, 1, _DIGEST)  # by the base point, which a zero must not stand for
    yield f"{name}: public key (0, y)", not provider.verify(curve, (0, curve.y), _DIGEST, r, s)


def _hash(provider: Provider, bits: int, *parts: bytes) -> bytes:
    running = provider.new(bits)
    for part in parts:
        running.update(part)
    return running.digest()
