"""GOST by the genuine PyGOST, when its user has installed it from upstream.

The `pygost` of PyPI is a stub: it is never a dependency. Calls pass keywords only, because
the fifth positional argument changed its meaning between 4.x (`mode`) and later (`mask`).
"""

from __future__ import annotations

from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any, Self

from sed_tui.errors.signatures import CurveRefused, ProviderUnavailable
from sed_tui.gost.curves import CURVES
from sed_tui.gost.providers.protocol import BLOCK
from sed_tui.i18n import _

if TYPE_CHECKING:
    from sed_tui.gost.curves import Curve, Point

NAME = "pygost"
# k = random mod q prefers small k where q is well below a power of two
_BIASED = {"256D", "512Test"}
_MODES = {256: 2001, 512: 2012}


class Pygost:
    """The provider; making one imports the library or raises `ProviderUnavailable`."""

    name = NAME
    is_slow = True

    def __init__(self) -> None:
        try:
            self.version = str(getattr(import_module("pygost"), "__version__", "?"))
            self._module: Any = import_module("pygost.gost3410")
            self._hashes: dict[int, Any] = {
                bits: getattr(import_module(f"pygost.gost34112012{bits}"), f"GOST34112012{bits}")
                for bits in (256, 512)
            }
            self._has_mode = "mode" in signature(self._module.sign).parameters
            self._on(CURVES["256B"])  # before 4.0 curves were made of octets
        except ModuleNotFoundError as error:
            raise ProviderUnavailable(provider=NAME, reason=_("it is not installed")) from error
        except (ImportError, AttributeError, ValueError, TypeError) as error:
            raise ProviderUnavailable(provider=NAME, reason=str(error)) from error

    def new(self, bits: int) -> PygostHash:
        """Start a Streebog."""
        return PygostHash(self._hashes[bits](), bits)

    def sign(self, curve: Curve, d: int, e: int) -> tuple[int, int]:
        """Return (r, s), or refuse a curve on which the key would leak."""
        if curve.name in _BIASED:
            raise CurveRefused(provider=NAME, curve=curve.name)
        size = curve.octets
        made = self._module.sign(
            curve=self._on(curve), prv=d, digest=e.to_bytes(size), **self._mode(curve)
        )
        return int.from_bytes(made[size:]), int.from_bytes(made[:size])

    def verify(self, curve: Curve, public: Point, e: int, r: int, s: int) -> bool:
        """Tell whether (r, s) is a signature of the digest."""
        size = curve.octets
        return bool(
            self._module.verify(
                curve=self._on(curve),
                pub=public,
                digest=e.to_bytes(size),
                signature=s.to_bytes(size) + r.to_bytes(size),
                **self._mode(curve),
            )
        )

    def public(self, curve: Curve, d: int) -> Point:
        """Return the public key of a private one."""
        x, y = self._module.public_key(curve=self._on(curve), prv=d)
        return int(x), int(y)

    def _on(self, curve: Curve) -> Any:
        numbers = {key: getattr(curve, key) for key in ("p", "q", "a", "b", "x", "y")}
        return self._module.GOST3410Curve(**numbers)

    def _mode(self, curve: Curve) -> dict[str, int]:
        return {"mode": _MODES[curve.bits]} if self._has_mode else {}


class PygostHash:
    """A running Streebog."""

    block_size = BLOCK

    def __init__(self, inner: Any, bits: int) -> None:
        self.name = f"streebog{bits}"
        self.digest_size = bits // 8
        self._inner, self._bits = inner, bits

    def update(self, data: bytes, /) -> None:
        """Add bytes."""
        self._inner.update(data)

    def digest(self) -> bytes:
        """Return the digest so far."""
        return bytes(self._inner.digest())

    def copy(self) -> Self:
        """Return a hash that goes on from here by itself."""
        return type(self)(self._inner.copy(), self._bits)
