"""GOST by gostcrypto, pure Python from PyPI: works everywhere, slowly.

Its faults are kept away here and in `guarded.py`: `update` loses count when a buffered tail
and new bytes make a whole block; the Euclid of its inversion recurses some 300 levels deep.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from threading import Thread
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sed_tui.errors.signatures import ProviderUnavailable
from sed_tui.gost.providers.protocol import BLOCK

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.gost.curves import Curve, Point

NAME = "gostcrypto"
Result = TypeVar("Result")


class Gostcrypto:
    """The provider; making one imports the library (9 ms, 3 MB)."""

    name = NAME
    is_slow = True

    def __init__(self) -> None:
        try:
            self.version = version("gostcrypto")
            self._hash: Any = import_module("gostcrypto.gosthash")
            self._signature: Any = import_module("gostcrypto.gostsignature")
            self._signers: dict[str, Any] = {}  # making one costs more than a signature
        except (ImportError, PackageNotFoundError) as error:
            raise ProviderUnavailable(provider=NAME, reason=str(error)) from error

    def new(self, bits: int) -> GostcryptoHash:
        """Start a Streebog."""
        return GostcryptoHash(self._hash.new(f"streebog{bits}"), bits)

    def sign(self, curve: Curve, d: int, e: int) -> tuple[int, int]:
        """Return (r, s)."""
        signer, size = self._on(curve), curve.octets
        key, digest = _octets(size, d), _octets(size, e)
        made = on_a_fresh_stack(lambda: bytes(signer.sign(key, digest)))
        return int.from_bytes(made[:size]), int.from_bytes(made[size:])

    def verify(self, curve: Curve, public: Point, e: int, r: int, s: int) -> bool:
        """Tell whether (r, s) is a signature of the digest."""
        verifier, size = self._on(curve), curve.octets
        key, digest, signature = _octets(size, *public), _octets(size, e), _octets(size, r, s)
        return on_a_fresh_stack(lambda: bool(verifier.verify(key, digest, signature)))

    def public(self, curve: Curve, d: int) -> Point:
        """Return the public key of a private one."""
        size, generator = curve.octets, self._on(curve)
        key = _octets(size, d)
        made = on_a_fresh_stack(lambda: bytes(generator.public_key_generate(key)))
        return int.from_bytes(made[:size]), int.from_bytes(made[size:])

    def _on(self, curve: Curve) -> Any:
        if curve.name not in self._signers:
            self._signers[curve.name] = self._make(curve)
        return self._signers[curve.name]

    def _make(self, curve: Curve) -> Any:
        module = self._signature
        mode = module.MODE_256 if curve.bits == 256 else module.MODE_512  # noqa: PLR2004
        numbers = {key: getattr(curve, key) for key in ("p", "a", "b", "q", "x", "y")}
        made = module.new(mode, {**numbers, "m": curve.q})
        made._invert = _inverse
        return made


class GostcryptoHash:
    """A running Streebog that gives the library whole blocks only, and one tail at the end."""

    block_size = BLOCK

    def __init__(self, inner: Any, bits: int, tail: bytes = b"") -> None:
        self.name = f"streebog{bits}"
        self.digest_size = bits // 8
        self._inner, self._bits, self._tail = inner, bits, tail

    def update(self, data: bytes, /) -> None:
        """Add bytes."""
        data = self._tail + data
        whole = len(data) - len(data) % BLOCK
        if whole:
            self._inner.update(data[:whole])
        self._tail = data[whole:]

    def digest(self) -> bytes:
        """Return the digest so far."""
        ended = self._inner.copy()
        if self._tail:
            ended.update(self._tail)
        return bytes(ended.digest())

    def copy(self) -> Self:
        """Return a hash that goes on from here by itself."""
        return type(self)(self._inner.copy(), self._bits, self._tail)


def on_a_fresh_stack(work: Callable[[], Result]) -> Result:
    """Run in a thread of its own, whose stack is empty, however deep the caller stands.

    Raises `ProviderUnavailable`.
    """
    results: list[Result] = []
    failures: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except (ValueError, ArithmeticError, RecursionError, LookupError) as error:
            failures.append(error)

    thread = Thread(target=run, name=NAME)
    thread.start()
    thread.join()
    if results:
        return results[0]
    reason = str(failures[0]) if failures else "the calculation ended without a result"
    raise ProviderUnavailable(provider=NAME, reason=reason)


def _inverse(value: int, modulus: int) -> int:
    """Return the inverse by a prime modulus as the library does, 0 for 0, without its recursion.

    A point costs an inversion for every bit, and half of the time went into it.
    """
    return pow(value, -1, modulus) if value % modulus else 0


def _octets(size: int, *values: int) -> bytearray:
    return bytearray(b"".join(value.to_bytes(size) for value in values))
