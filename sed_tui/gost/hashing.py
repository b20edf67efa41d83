"""Streebog of contents of any size, read piece by piece."""

from __future__ import annotations

import hashlib
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sed_tui.gost.identifiers import DIGESTS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sed_tui.gost.providers.protocol import Provider

Content = bytes | Path
PIECE = 1 << 20
# other digests that name a certificate in a signature
_OTHERS = {
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}


def digest(
    provider: Provider,
    bits: int,
    content: Content,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """Return the Streebog of a content; `progress` is told the bytes done so far."""
    return digests(provider, (bits,), content, progress)[bits]


def digests(
    provider: Provider,
    sizes: Collection[int],
    content: Content,
    progress: Callable[[int], None] | None = None,
) -> dict[int, bytes]:
    """Return the digests of several sizes after one reading."""
    running = {bits: provider.new(bits) for bits in sizes}
    done = 0
    with closing(open_content(content)) as source:
        while piece := source.read(PIECE if not provider.is_slow else PIECE // 16):
            for one in running.values():
                one.update(piece)
            done += len(piece)
            if progress:
                progress(done)
    return {bits: one.digest() for bits, one in running.items()}


def digest_by(provider: Provider, algorithm: str, data: bytes) -> bytes | None:
    """Return a digest by the identifier of its algorithm, nothing for an unknown one."""
    if algorithm in DIGESTS:
        return digest(provider, DIGESTS[algorithm], data)
    name = _OTHERS.get(algorithm)
    return hashlib.new(name, data, usedforsecurity=False).digest() if name else None


def open_content(content: Content) -> BinaryIO:
    """Open the bytes of a content for reading."""
    return content.open("rb") if isinstance(content, Path) else BytesIO(content)
