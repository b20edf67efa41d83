"""Two databases that exchange packages through folders, as MEDO carries them."""

from __future__ import annotations

import shutil
import tracemalloc
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

import pytest

from sed_tui.domain.exchange_flow import Direction, MessageKind, MessageState, QuarantineReason
from sed_tui.domain.exchange_partner import Channel
from sed_tui.errors import NotFound
from sed_tui.gateway.exchange_folder import TAKEN, FolderDriver
from sed_tui.gateway.exchange_round import receive, send
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument, ListDispatches
from sed_tui.operations.dispatch import LIST as DISPATCHES
from sed_tui.operations.exchange_inbox import REGISTER, RegisterMessage
from sed_tui.operations.exchange_journal import LIST, SHOW, ListMessages, ShowMessage
from sed_tui.operations.exchange_partner import ADD, AddPartner
from sed_tui.operations.registry import CallOptions
from tests.conftest import settings_of
from tests.handlers.exchange_partners import (
    FILES,
    add_partner,
    letter_message,
    letter_to,
    own_uid,
    packed,
)
from tests.served import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sed_tui.config import Settings
    from sed_tui.gateway.exchange_driver import FoundPackage
    from tests.conftest import FixedClock

OPTIONS = CallOptions(source="connector")


@pytest.fixture
def second(sqlite_template: Path, tmp_path: Path, clock: FixedClock) -> Iterator[LocalGateway]:
    """Return an office on a database of its own."""
    path = tmp_path / "second" / "sed.db"
    path.parent.mkdir()
    shutil.copy(sqlite_template, path)
    gateway = opened(settings_of(path, login="admin"), clock)
    yield gateway
    gateway.close()


def introduce(first: LocalGateway, second: LocalGateway, folders: Path) -> None:
    there, back = folders / "there", folders / "back"
    for folder in (there, back):
        folder.mkdir()
    # both are copies of one template: each is told who it is for the other
    uids = ("11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222")
    for gateway, mine, theirs, out, into in (
        (first, uids[0], uids[1], there, back),
        (second, uids[1], uids[0], back, there),
    ):
        gateway.call(
            ADD,
            AddPartner(
                code="P",
                channel=Channel.MEDO,
                name="Партнёр",
                uids=(theirs,),
                own_uid=mine,
                address=str(out),
                inbox=str(into),
            ),
        )


def rounds(*gateways: LocalGateway) -> list[tuple[str, str]]:
    """Let both send and receive until nothing is left to do."""
    driver = FolderDriver()
    troubles: list[tuple[str, str]] = []
    for _round in range(4):
        for gateway in gateways:
            list(receive(gateway, [driver], OPTIONS, 100, troubles))
            troubles += send(gateway, [driver], OPTIONS).troubles
    return troubles


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_letter_goes_is_registered_and_the_number_comes_back(
    gateway: LocalGateway, second: LocalGateway, tmp_path: Path
) -> None:
    introduce(gateway, second, tmp_path)
    document = letter_to(gateway, "Партнёр")
    gateway.call(DISPATCH, DispatchDocument(document=document.number))
    troubles = rounds(gateway, second)
    request = ListMessages(direction=Direction.IN, kind=MessageKind.LETTER)
    [waiting] = second.call(LIST, request).rows
    delivered = gateway.call(DISPATCHES, ListDispatches(document=document.number)).rows[0]
    registered = second.call(REGISTER, RegisterMessage(message=waiting.short_id))
    troubles += rounds(gateway, second)
    # everything is delivered once more
    for folder in ("there", "back"):
        for package in (tmp_path / folder / TAKEN).iterdir():
            shutil.copytree(package, tmp_path / folder / package.name)
    troubles += rounds(gateway, second)
    [row] = gateway.call(DISPATCHES, ListDispatches(document=document.number)).rows

    assert troubles == []
    assert own_uid(gateway)
    assert delivered.exchange_state is MessageState.DELIVERED
    assert (row.exchange_state, row.their_number) == (MessageState.REGISTERED, registered.number)
    assert len(second.call(LIST, request).rows) == 1
    for office in (gateway, second):
        assert office.call(LIST, ListMessages(state=MessageState.QUARANTINED)).rows == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_half_a_package_and_a_place_that_is_not_there_are_left_alone(
    gateway: LocalGateway, second: LocalGateway, tmp_path: Path
) -> None:
    introduce(gateway, second, tmp_path)
    half = tmp_path / "back" / "half"
    half.mkdir()
    (half / "document.xml").write_bytes(b"<communication")
    shutil.rmtree(tmp_path / "there")
    document = letter_to(gateway, "Партнёр")
    gateway.call(DISPATCH, DispatchDocument(document=document.number))
    taken = list(receive(gateway, [FolderDriver()], OPTIONS, 100, []))
    done = send(gateway, [FolderDriver()], OPTIONS)

    assert taken == []
    assert (done.sent, done.put_off) == (0, 1)
    assert half.exists()


class Misnamed(FolderDriver):
    """Says of one package that it is from a partner nobody has heard of."""

    def poll(self, inbox: str) -> Iterator[FoundPackage]:
        for package in super().poll(inbox):
            yield replace(package, partner="NOBODY") if package.name == "3" else package


def test_of_many_packages_each_has_its_own_fate(gateway: LocalGateway, tmp_path: Path) -> None:
    """Those taken in together are taken one by one where something is refused."""
    inbox = tmp_path / "in"
    add_partner(gateway, inbox=str(inbox), address=str(tmp_path))
    for name in "1245":
        letter = letter_message(gateway, annotation=f"Письмо {name}")
        with zipfile.ZipFile(BytesIO(packed(letter, FILES))) as package:
            package.extractall(inbox / name)
    shutil.copytree(inbox / "1", inbox / "3")
    (inbox / "2" / "document.xml").write_bytes(b"<communication")
    rounds = receive(gateway, [Misnamed(0)], OPTIONS, 100, [])
    done = [(name, str(one.outcome)) for name, one in (next(rounds), next(rounds))]
    with pytest.raises(NotFound):
        next(rounds)
    left = sorted(path.name for path in inbox.iterdir())
    done += [
        (name, str(one.outcome))
        for name, one in receive(gateway, [FolderDriver(0)], OPTIONS, 100, [])
    ]
    request = ListMessages(direction=Direction.IN, kind=MessageKind.LETTER)
    waiting = [row.subject for row in gateway.call(LIST, request).rows]
    staged = gateway.files.staged_path(f"{'0' * 64}.{'0' * 32}").parent
    gateway.close()

    assert left == ["3", "4", "5", TAKEN]
    assert done == [
        *(("1", "taken"), ("2", "quarantined")),
        *(("3", "already"), ("4", "taken"), ("5", "taken")),
    ]
    assert sorted(waiting) == ["Письмо 1", "Письмо 4", "Письмо 5"]
    assert list(staged.iterdir()) == []


@pytest.mark.local_only("the limit of the store is looked at in this process")
@pytest.mark.parametrize("engine", ["sqlite"])
def test_what_is_too_large_is_known_by_its_size_and_not_copied_first(
    settings: Settings, tmp_path: Path
) -> None:
    gateway = LocalGateway(replace(settings, max_file_size=1 << 20))
    inbox = tmp_path / "in"
    add_partner(gateway, inbox=str(inbox), address=str(tmp_path), max_bytes=300 << 10)
    for name, size in (("1", 5 << 20), ("2", 500 << 10)):
        with zipfile.ZipFile(BytesIO(packed(letter_message(gateway), FILES))) as package:
            package.extractall(inbox / name)
        with (inbox / name / "Письмо.pdf").open("r+b") as scan:
            scan.truncate(size)
    copied: list[int] = []

    class Weighing(FolderDriver):
        """Tells how many bytes of a package have been asked for."""

        def poll(self, inbox: str) -> Iterator[FoundPackage]:
            for one in super().poll(inbox):
                yield replace(one, archive=partial(self._weighed, one))

        @contextmanager
        def _weighed(self, found: FoundPackage) -> Iterator[BinaryIO]:
            copied.append(found.size)
            with found.archive() as source:
                yield source

    rows = [one for _name, one in receive(gateway, [Weighing(0)], OPTIONS, 9, [])]
    kept = [gateway.call(SHOW, ShowMessage(message=str(one.id))) for one in rows]
    staged = gateway.files.staged_path(f"{'0' * 64}.{'0' * 32}").parent
    sent = send(gateway, [FolderDriver()], OPTIONS).sent
    gateway.close()

    # of the first one the message alone came in; of the other the whole is kept for a clerk
    assert [size < 600 << 10 for size in copied] == [True]
    assert [one.event for one in kept] == [QuarantineReason.TOO_LARGE.value] * 2
    assert [one.size > 300 << 10 for one in kept] == [True, True]
    assert sent == 2  # the receipts that refuse them
    assert list(staged.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["sqlite"])
def test_large_packages_do_not_enter_memory(gateway: LocalGateway, tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    add_partner(gateway, inbox=str(inbox), address=str(tmp_path))
    for name, size in (("1", 90 << 20), ("2", 500 << 20)):
        with zipfile.ZipFile(BytesIO(packed(letter_message(gateway), FILES))) as package:
            package.extractall(inbox / name)
        with (inbox / name / "Письмо.pdf").open("r+b") as scan:
            scan.truncate(size)  # sparse: it takes no room on the disk
    tracemalloc.start()
    taken = [one.outcome for _name, one in receive(gateway, [FolderDriver(0)], OPTIONS, 9, [])]
    sent = send(gateway, [FolderDriver()], OPTIONS).sent
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    # above the limit of the partner it is kept for a clerk, and a receipt refuses it
    assert (taken, sent) == (["taken", "quarantined"], 2)
    assert peak < 24 << 20
