"""Bytes of files on their way: in pieces, resumed where they broke off, checked at the end."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import ExitStack
from typing import TYPE_CHECKING, BinaryIO, cast

import httpx

from sed_tui.config import MAX_FILE_SIZE
from sed_tui.errors.causes import system_cause
from sed_tui.errors.files import ContentDamaged, FileTooLarge
from sed_tui.errors.form import UnreadableFile
from sed_tui.errors.network import AnswerTooLarge, NotOurServer
from sed_tui.gateway.remote_answers import checked, failure_in, with_body

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = 256 * 1024
_IN_MEMORY = 8 * 1024**2
_TRIES = 4


def pieces(source: BinaryIO, limit: int) -> Iterator[bytes]:
    """Yield a file piece by piece. Raises `UnreadableFile` and `FileTooLarge`."""
    name, size = os.path.basename(str(getattr(source, "name", "…"))), 0
    while True:
        try:
            piece = source.read(_PIECE)
        except OSError as error:
            raise UnreadableFile(field="files", path=name, reason=system_cause(error)) from error
        if not piece:
            return
        size += len(piece)
        if size >= limit:
            raise FileTooLarge(field="files", path=name, limit=limit // 1024**2)
        yield piece


def fetched(client: httpx.Client, path: str, headers: dict[str, str], sha256: str) -> BinaryIO:
    """Return a file with the bytes of a digest. Raises `ContentDamaged` when they are others."""
    with ExitStack() as unless_whole:
        # handed out whole, it is the caller's to close
        target = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        unless_whole.callback(target.close)
        received = cast("BinaryIO", target)
        for attempt in range(_TRIES):
            try:
                _receive(client, path, headers, received, sha256)
                break
            except httpx.TransportError:
                if attempt + 1 == _TRIES or not target.tell():
                    raise
        _require_digest(received, sha256)
        unless_whole.pop_all()
        return received


def _receive(
    client: httpx.Client, path: str, headers: dict[str, str], target: BinaryIO, sha256: str
) -> None:
    """Append what is missing."""
    # packed on the way it would have another length than is announced
    headers = {**headers, "Accept-Encoding": "identity"}
    if target.tell():
        span = {"Range": f"bytes={target.tell()}-", "If-Range": f'"{sha256}"'}
        headers = {**headers, **span}
    with client.stream("GET", path, headers=headers) as response:
        checked(response, str(client.base_url))
        if not response.is_success:
            told = failure_in(with_body(response, str(client.base_url)))
            raise told or NotOurServer(server=str(client.base_url), status=response.status_code)
        if response.status_code != httpx.codes.PARTIAL_CONTENT:
            target.seek(0)
            target.truncate()
        announced = int(response.headers.get("content-length", MAX_FILE_SIZE))
        left = announced
        for piece in response.iter_bytes(_PIECE):
            left -= len(piece)
            if left < 0:
                raise AnswerTooLarge(server=str(client.base_url), limit=announced // 1024)
            target.write(piece)


def _require_digest(target: BinaryIO, sha256: str) -> None:
    target.seek(0)
    if hashlib.file_digest(target, "sha256").hexdigest() != sha256:  # type: ignore[arg-type]
        raise ContentDamaged(sha256=sha256)
    target.seek(0)
