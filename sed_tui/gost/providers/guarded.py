"""What no provider is trusted with: every number is checked before the library sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.errors.signatures import NotAKey
from sed_tui.i18n import _

if TYPE_CHECKING:
    from sed_tui.gost.curves import Curve, Point
    from sed_tui.gost.providers.protocol import Hash, Provider


class Guarded:
    """A provider behind checks of its arguments.

    Libraries differ in what they do with a key of zero (one never returns), a point off the
    curve or with a zero coordinate (one puts the base point there and says "valid").
    """

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self.name = provider.name
        self.version = provider.version
        self.is_slow = provider.is_slow

    def new(self, bits: int) -> Hash:
        """Start a Streebog of 256 or 512 bits."""
        return self._provider.new(bits)

    def sign(self, curve: Curve, d: int, e: int) -> tuple[int, int]:
        """Return (r, s); raise `NotAKey` when the key is not between 0 and q."""
        _check_key(curve, d)
        return self._provider.sign(curve, d, _digest(curve, e))

    def verify(self, curve: Curve, public: Point, e: int, r: int, s: int) -> bool:
        """Tell whether (r, s) is a signature of the digest by a key that can exist."""
        possible = 0 < r < curve.q and 0 < s < curve.q and curve.accepts(public)
        return possible and self._provider.verify(curve, public, _digest(curve, e), r, s)

    def public(self, curve: Curve, d: int) -> Point:
        """Return the public key; raise `NotAKey` when the private one is out of bounds."""
        _check_key(curve, d)
        return self._provider.public(curve, d)


def _digest(curve: Curve, e: int) -> int:
    return e % curve.q or 1  # as the standard says


def _check_key(curve: Curve, d: int) -> None:
    if not 0 < d < curve.q:
        raise NotAKey(reason=_("the number is out of bounds"))
