"""File contents in S3-compatible storage: over HTTP, to a server of that protocol."""

from __future__ import annotations

import hashlib
import io
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sed_tui.errors.files import ContentLost, NothingStaged
from sed_tui.errors.installation import ObjectsUnavailable
from sed_tui.gateway import upkeep
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.file import ADD, GET, LIST, AddFile, FileContent, GetFile, ListFiles
from sed_tui.operations.registration import REGISTER
from sed_tui.storage.object_store import ObjectStore
from tests.handlers.letters import letter
from tests.storage.object_storage import ACCESS_KEY, SECRET_KEY, object_storage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sed_tui.config import Settings
    from tests.conftest import FixedClock

LARGE = os.urandom(12 << 20)
on_sqlite = pytest.mark.parametrize("engine", ["sqlite"])


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with object_storage() as address:
        yield address


@pytest.fixture(autouse=True)
def _keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_KEY)


@pytest.fixture
def address(server: str, tmp_path: Path) -> str:
    """Return a place of its own in the bucket."""
    return f"s3://sed/{tmp_path.name}?endpoint={server}&region=us-east-1"


def test_what_is_sent_in_parts_is_read_by_ranges(address: str, tmp_path: Path) -> None:
    store = ObjectStore(tmp_path, address)
    staged = store.stage(io.BytesIO(LARGE))
    with pytest.raises(ContentLost):
        store.open(staged.sha256)

    store.keep(staged.token)
    store.keep(store.stage(io.BytesIO(LARGE)).token)

    with store.open(staged.sha256) as file:
        assert hashlib.sha256(file.read()).hexdigest() == staged.sha256
        file.seek(9_000_000)
        assert file.read(10) == LARGE[9_000_000:9_000_010]
        file.seek(-5, os.SEEK_END)
        assert file.read() == LARGE[-5:]
    assert list(store.listed()) == [(staged.sha256, len(LARGE))]


def test_a_repeated_transaction_finds_what_it_kept(address: str, tmp_path: Path) -> None:
    store = ObjectStore(tmp_path, address)
    token = store.stage(io.BytesIO(b"twice")).token
    store.keep(token)

    store.keep(token)

    assert store.staged(token).size == 5
    store.discard(token)
    with pytest.raises(NothingStaged):
        store.staged(f"{'0' * 64}.{'0' * 32}")


@on_sqlite
def test_an_office_keeps_checks_backs_up_and_collects(
    settings: Settings, clock: FixedClock, address: str, tmp_path: Path
) -> None:
    office = replace(settings, objects=address)
    gateway = LocalGateway(office, clock)
    number = gateway.call(REGISTER, letter()).number
    file = FileContent(name="письмо.txt", token=gateway.stage(io.BytesIO("Текст".encode())))
    gateway.call(ADD, AddFile(document=number, files=(file,)))
    gateway.files.keep(gateway.stage(io.BytesIO(b"nobody's")))

    found = gateway.call(GET, GetFile(document=number))
    assert gateway.fetch(found.sha256).read().decode() == "Текст"
    assert {c.id: c.faults for c in upkeep.check(office, deep=True)}["unused_files"] == 1
    assert upkeep.collect(office, dry_run=True) == upkeep.collect(office)
    made = upkeep.backup(office, tmp_path / "copy", contents=True, clock=clock)
    gateway.files.remove(found.sha256)
    done = upkeep.restore(office, tmp_path / "copy", clock=clock)

    assert (made.contents, done.contents) == (1, 1)
    assert all(one.faults == 0 for one in upkeep.check(office, deep=True))
    assert upkeep.collect(office).removed == 0
    gateway.close()


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("keys", "it refuses the keys."),
        ("bucket", "there is no such bucket."),
        ("endpoint", "nobody answers at its address."),
    ],
)
def test_a_storage_that_is_away_is_told_in_one_sentence(
    server: str, tmp_path: Path, wrong: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sed_tui.storage.object_store._RETRIES", 0)
    if wrong == "keys":
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    endpoint = "http://127.0.0.1:9" if wrong == "endpoint" else server
    bucket = "no-such-bucket" if wrong == "bucket" else "sed"
    store = ObjectStore(tmp_path, f"s3://{bucket}?endpoint={endpoint}&region=us-east-1")
    token = store.stage(io.BytesIO(b"bytes")).token
    ways: list[Callable[[], object]] = [
        lambda: store.keep(token),
        lambda: store.open("0" * 64),
        lambda: list(store.listed()),
    ]

    for way in ways:
        with pytest.raises(ObjectsUnavailable, match=reason) as caught:
            way()
        assert (caught.value.exit_code, SECRET_KEY in str(caught.value)) == (7, False)
    assert store.staged_path(token).exists()


@on_sqlite
def test_nothing_is_registered_while_the_storage_is_away(
    settings: Settings, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sed_tui.storage.object_store._RETRIES", 0)
    away = replace(settings, objects="s3://sed?endpoint=http://127.0.0.1:9&region=us-east-1")
    gateway = LocalGateway(away, clock)
    number = gateway.call(REGISTER, letter()).number
    file = FileContent(name="письмо.txt", token=gateway.stage(io.BytesIO(b"bytes")))

    with pytest.raises(ObjectsUnavailable):
        gateway.call(ADD, AddFile(document=number, files=(file,)))

    assert gateway.call(LIST, ListFiles(document=number)).rows == []
    with pytest.raises(ObjectsUnavailable):
        upkeep.check(away, deep=True)
    gateway.close()
