"""What a provider does: a hash and three functions of numbers. Encoding is none of its business."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from sed_tui.gost.curves import Curve, Point

BLOCK = 64


class Hash(Protocol):
    """A running Streebog, like those of hashlib (so that `hmac` takes it)."""

    name: str
    digest_size: int
    block_size: int

    def update(self, data: bytes, /) -> None:
        """Add bytes of any length."""

    def digest(self) -> bytes:
        """Return the digest of all bytes so far; more may follow."""

    def copy(self) -> Self:
        """Return a hash that goes on from here by itself."""


class Provider(Protocol):
    """The primitives of GOST R 34.11-2012 and GOST R 34.10-2012."""

    @property
    def name(self) -> str:
        """Return the name that the configuration uses."""

    @property
    def version(self) -> str:
        """Return the version of the library."""

    @property
    def is_slow(self) -> bool:
        """Tell whether more than a megabyte is worth a warning and a progress bar."""

    def new(self, bits: int) -> Hash:
        """Start a Streebog of 256 or 512 bits."""

    def sign(self, curve: Curve, d: int, e: int) -> tuple[int, int]:
        """Return (r, s) over the number of a digest."""

    def verify(self, curve: Curve, public: Point, e: int, r: int, s: int) -> bool:
        """Tell whether (r, s) is a signature of the digest."""

    def public(self, curve: Curve, d: int) -> Point:
        """Return the public key of a private one."""
