"""Files on their way into a document: sent once however often saving is tried."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sed_tui.domain.files import role_by_name
from sed_tui.errors.causes import system_cause
from sed_tui.errors.form import UnreadableFile
from sed_tui.operations.file import FileContent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sed_tui.gateway import Gateway

_Seen = tuple[str, int, int]


class Stager:
    """Sends files to where operations run. Its methods block: call them from a thread."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._tokens: dict[_Seen, str] = {}
        self._digests: dict[_Seen, str] = {}

    def stage(self, paths: Sequence[Path]) -> list[FileContent]:
        """Return the contents as requests name them: the first is the main one.

        Raises `UnreadableFile` where a file has gone since it was named.
        """
        return [
            FileContent(
                name=path.name,
                token=self._token(path),
                role=role_by_name(path.name, is_first=place == 0),
            )
            for place, path in enumerate(paths)
        ]

    def digests(self, paths: Sequence[Path]) -> Iterator[str]:
        """Yield the SHA-256 of each file, computed once."""
        for path in paths:
            seen = _seen(path)
            if seen not in self._digests:
                with path.open("rb") as file:
                    self._digests[seen] = hashlib.file_digest(file, "sha256").hexdigest()
            yield self._digests[seen]

    def forget(self) -> None:
        """Forget what was sent: an operation has kept it."""
        self._tokens.clear()

    def _token(self, path: Path) -> str:
        seen = _seen(path)
        if seen not in self._tokens:
            with path.open("rb") as file:
                self._tokens[seen] = self._gateway.stage(file)
        return self._tokens[seen]


def _seen(path: Path) -> _Seen:
    try:
        state = path.stat()
    except OSError as error:
        raise UnreadableFile(field="files", path=str(path), reason=system_cause(error)) from error
    return str(path.absolute()), state.st_mtime_ns, state.st_size


def staged(gateway: Gateway, path: Path) -> str:
    """Send one file and return its token. Blocks: call it from a thread."""
    from sed_tui.gateway.disk_files import opened

    with opened(path) as source:
        return gateway.stage(source)
