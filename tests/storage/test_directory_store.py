"""The directory of file contents."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import subprocess
import sys
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.files import TextState
from sed_tui.errors.files import ContentLost, FileTooLarge, NothingStaged
from sed_tui.errors.form import EmptyFile, UnreadableFile
from sed_tui.errors.installation import ReadOnlyStorage
from sed_tui.storage.directory_store import DirectoryStore
from sed_tui.storage.files import Description

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = b"%PDF-1.7 the order"
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> DirectoryStore:
    return DirectoryStore(tmp_path / "office" / "files", max_size=1 << 20)


def kept(tmp_path: Path) -> list[Path]:
    """Return every file of the store, staged ones included."""
    return [path for path in (tmp_path / "office").rglob("*") if path.is_file()]


def read(store: DirectoryStore) -> bytes:
    with store.open(SHA256) as content:
        return content.read()


def test_kept_bytes_are_found_by_their_digest(store: DirectoryStore, tmp_path: Path) -> None:
    staged = store.stage(io.BytesIO(CONTENT))
    store.keep(staged.token)

    assert (staged.sha256, staged.size) == (SHA256, len(CONTENT))
    assert staged.description == Description("application/pdf")
    assert read(store) == CONTENT
    assert kept(tmp_path) == [tmp_path / "office" / "files" / SHA256[:2] / SHA256[2:4] / SHA256]


def test_nothing_is_kept_before_it_is_asked_for(store: DirectoryStore, tmp_path: Path) -> None:
    token = store.stage(io.BytesIO(CONTENT)).token
    with pytest.raises(ContentLost):
        store.open(SHA256)
    store.discard(token)

    assert kept(tmp_path) == []


def test_the_store_is_the_owners_alone(store: DirectoryStore, tmp_path: Path) -> None:
    store.keep(store.stage(io.BytesIO(CONTENT)).token)
    modes = {
        path.is_dir(): stat.S_IMODE(path.stat().st_mode)
        for path in (tmp_path / "office" / "files").rglob("*")
    }

    assert modes == {True: 0o700, False: 0o600}
    assert stat.S_IMODE((tmp_path / "office" / "files").stat().st_mode) == 0o700


def test_the_same_bytes_are_kept_once(store: DirectoryStore, tmp_path: Path) -> None:
    for _time in range(2):
        token = store.stage(io.BytesIO(CONTENT)).token
        store.keep(token)
        store.discard(token)

    assert len(kept(tmp_path)) == 1


def test_keeping_twice_does_no_harm(store: DirectoryStore) -> None:
    token = store.stage(io.BytesIO(CONTENT)).token
    store.keep(token)
    store.keep(token)

    assert store.staged(token).size == len(CONTENT)


def test_bytes_damaged_by_a_broken_disk_are_replaced(store: DirectoryStore, tmp_path: Path) -> None:
    store.keep(store.stage(io.BytesIO(CONTENT)).token)
    [path] = kept(tmp_path)
    path.write_bytes(CONTENT[:5])
    store.keep(store.stage(io.BytesIO(CONTENT)).token)

    assert read(store) == CONTENT


def test_what_was_found_out_stays_with_staged_bytes(store: DirectoryStore) -> None:
    token = store.stage(io.BytesIO(CONTENT)).token
    found = Description("application/pdf", TextState.READ, "О приказе")
    store.describe(token, found)

    assert store.staged(token).description == found


@pytest.mark.parametrize("token", ["", "../../etc/passwd", SHA256, f"{SHA256}.{'0' * 32}"])
def test_a_token_that_nobody_gave_names_nothing(store: DirectoryStore, token: str) -> None:
    with pytest.raises(NothingStaged):
        store.staged(token)
    with pytest.raises(NothingStaged):
        store.keep(token)


@pytest.mark.parametrize("sha256", ["", "../staging", "0" * 64, "/etc/passwd"])
def test_bytes_that_are_not_there_are_told(store: DirectoryStore, sha256: str) -> None:
    with pytest.raises(ContentLost):
        store.open(sha256)


def test_an_empty_file_is_refused(store: DirectoryStore, tmp_path: Path) -> None:
    with pytest.raises(EmptyFile):
        store.stage(io.BytesIO())

    assert kept(tmp_path) == []


def test_a_file_of_the_limit_is_refused_and_leaves_nothing(
    store: DirectoryStore, tmp_path: Path
) -> None:
    store.stage(io.BytesIO(b"x" * ((1 << 20) - 1)))
    with pytest.raises(FileTooLarge):
        store.stage(io.BytesIO(b"x" * (1 << 20)))

    assert len(kept(tmp_path)) == 1


def test_a_source_that_fails_is_not_taken_for_a_full_disk(
    store: DirectoryStore, tmp_path: Path
) -> None:
    with (tmp_path / "scan.pdf").open("wb") as unreadable, pytest.raises(UnreadableFile):
        store.stage(unreadable)


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file where a directory should be")
    with pytest.raises(ReadOnlyStorage):
        DirectoryStore(tmp_path / "files").stage(io.BytesIO(CONTENT))


FULL_DISK = """
import io, resource, signal, sys
from pathlib import Path
from sed_tui.errors.installation import ReadOnlyStorage
from sed_tui.storage.directory_store import DirectoryStore
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    DirectoryStore(Path(sys.argv[1])).stage(io.BytesIO(b"x" * 5_000_000))
except ReadOnlyStorage as error:
    print(error.exit_code)
"""


def test_a_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    place = tmp_path / "office"
    # the system refuses to let the file grow, as it does on a full disk
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(place)], capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.stderr) == ("7\n", "")
    assert kept(tmp_path) == []


def test_what_a_killed_process_staged_is_swept_a_day_later(
    store: DirectoryStore, tmp_path: Path
) -> None:
    store.stage(io.BytesIO(CONTENT))
    [forgotten] = kept(tmp_path)
    os.utime(forgotten, (0, 0))
    store.stage(io.BytesIO(b"soon after"))
    soon = forgotten.exists()
    DirectoryStore(tmp_path / "office" / "files").stage(io.BytesIO(b"another"))

    assert soon
    assert forgotten not in kept(tmp_path)


@pytest.mark.slow
def test_a_large_file_does_not_enter_memory(tmp_path: Path) -> None:
    size = 200 << 20
    (tmp_path / "scan.tif").touch()
    os.truncate(tmp_path / "scan.tif", size)
    store = DirectoryStore(tmp_path / "office")
    tracemalloc.start()
    with (tmp_path / "scan.tif").open("rb") as source:
        staged = store.stage(source)
    store.keep(staged.token)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert staged.size == size
    assert peak < 16 << 20
