"""File contents in storage that speaks the protocol of S3, through obstore.

Bytes are staged on the local disk as with a directory; `keep` sends them before the
transaction that names them commits, and `open` reads them by ranges, as far as is asked for.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from io import RawIOBase
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import parse_qs, urlsplit

from sed_tui.config import MAX_FILE_SIZE
from sed_tui.errors.files import ContentLost
from sed_tui.errors.installation import ExtraMissing, ObjectsUnavailable
from sed_tui.i18n import _
from sed_tui.storage.directory_store import DirectoryStore
from sed_tui.storage.files import StagedContent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import timedelta
    from pathlib import Path

    from obstore.store import S3Config

_PIECE = 8 << 20
_TIMEOUT = "60s"
_RETRIES = 3
_NO_BUCKET = "NoSuchBucket"
_REFUSED = ("403 Forbidden", "401 Unauthorized")
_SILENT = ("error sending request", "operation timed out")


class ObjectStore(DirectoryStore):
    """A `FileStore` whose contents stay in a bucket; `root` is for what is being received."""

    def __init__(self, root: Path, address: str, max_size: int = MAX_FILE_SIZE) -> None:
        super().__init__(root, max_size)
        self._address = address
        self._objects, self._prefix = _opened(address)

    def staged(self, token: str) -> StagedContent:
        """Return what was staged under a token; a repeated transaction finds it kept."""
        path, sha256 = self.staged_path(token), token.partition(".")[0]
        if not path.exists() and (size := self._size(sha256)) is not None:
            return StagedContent(token, sha256, size, self._described(token))
        return super().staged(token)

    def secure(self, tokens: Sequence[str]) -> None:
        """Do nothing: it is not the local disk that keeps them."""

    def keep(self, *tokens: str) -> None:
        """Send staged bytes to their places; they are durable there when this returns."""
        for token in tokens:
            self._send(token)

    def _send(self, token: str) -> None:
        import obstore

        path, sha256 = self.staged_path(token), token.partition(".")[0]
        if self._size(sha256) != self.staged(token).size:
            with self._answering(), path.open("rb") as source:
                obstore.put(self._objects, self._name(sha256), source, chunk_size=_PIECE)
        path.unlink(missing_ok=True)

    def open(self, sha256: str) -> BinaryIO:
        """Open kept bytes for reading; only what is read is fetched."""
        import obstore

        if (size := self._size(sha256)) is None:
            self._require_bucket()
            raise ContentLost(sha256=sha256, place=self._address.partition("?")[0])
        with self._answering():
            reader = obstore.open_reader(self._objects, self._name(sha256), buffer_size=_PIECE)
        return cast("BinaryIO", _Reading(self, reader, size))

    def listed(self) -> Iterator[tuple[str, int]]:
        """Return the digests and sizes of what is kept."""
        import obstore

        with self._answering():
            for page in obstore.list(self._objects, prefix=self._prefix or None):
                for one in page:
                    yield one["path"].rpartition("/")[2], one["size"]

    def remove(self, sha256: str) -> None:
        """Remove kept bytes that nothing names any more."""
        import obstore

        with self._answering():
            obstore.delete(self._objects, self._name(sha256))

    def _size(self, sha256: str) -> int | None:
        import obstore

        with suppress(FileNotFoundError), self._answering():
            return int(obstore.head(self._objects, self._name(sha256))["size"])
        return None

    def _require_bucket(self) -> None:
        """Tell a bucket that is not there from an object that is not: both are a plain 404."""
        import obstore

        with self._answering():
            next(iter(obstore.list(self._objects, prefix=self._prefix or None, chunk_size=1)), None)

    def _name(self, sha256: str) -> str:
        return f"{self._prefix}{sha256[:2]}/{sha256}"

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Tell of a storage that is away, refuses us or has no such bucket in one sentence."""
        from obstore.exceptions import BaseError

        try:
            yield
        except FileNotFoundError as error:
            if _NO_BUCKET in str(error):
                raise self._trouble(error) from error
            raise
        except (BaseError, PermissionError) as error:
            raise self._trouble(error) from error

    def _trouble(self, error: Exception) -> ObjectsUnavailable:
        return ObjectsUnavailable(place=self._address.partition("?")[0], reason=_reason(error))


class _Reading(RawIOBase):
    """Kept bytes as a file: read from anywhere."""

    def __init__(self, store: ObjectStore, reader: Any, size: int) -> None:
        self._store = store
        self._reader = reader
        self._size = size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        with self._store._answering():
            return int(self._reader.seek(offset, whence))

    def tell(self) -> int:
        return int(self._reader.tell())

    def read(self, size: int = -1) -> bytes:
        with self._store._answering():
            left = self._size - self.tell()
            wanted = left if size is None or size < 0 else min(size, left)
            return bytes(self._reader.read(wanted)) if wanted > 0 else b""

    def readinto(self, buffer: Any) -> int:
        piece = self.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def _opened(address: str) -> tuple[Any, str]:
    """Return the bucket of `s3://bucket/prefix?endpoint=…&region=…`, and the prefix.

    The keys come from `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`, as everywhere.
    """
    try:
        from obstore.store import S3Store
    except ImportError as error:
        raise ExtraMissing(extra="s3") from error
    parts = urlsplit(address)
    asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    plain = asked.get("endpoint", "").startswith("http://")
    options: S3Config = {}
    if "endpoint" in asked:
        options["endpoint"] = asked["endpoint"]
    if "region" in asked:
        options["region"] = asked["region"]
    bucket = S3Store(
        parts.netloc,
        config=options,
        virtual_hosted_style_request=False,
        client_options={"allow_http": plain, "timeout": _TIMEOUT},
        retry_config={"max_retries": _RETRIES, "retry_timeout": _patience()},
    )
    prefix = parts.path.strip("/")
    return bucket, f"{prefix}/" if prefix else ""


def _reason(error: Exception) -> str:
    """Return what is wrong in words for whoever runs the server; the rest as it was said."""
    said = str(error).strip()
    if isinstance(error, PermissionError) or any(one in said for one in _REFUSED):
        return _("it refuses the keys.")
    if _NO_BUCKET in said:
        return _("there is no such bucket.")
    if any(one in said for one in _SILENT):
        return _("nobody answers at its address.")
    return said.partition("\n")[0][:300]


def _patience() -> timedelta:
    from datetime import timedelta

    return timedelta(seconds=20)
