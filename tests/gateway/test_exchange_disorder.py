"""Two offices end in the same state whatever order, repeats and deaths there were (A7)."""

from __future__ import annotations

import os
import shutil
import signal
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial
from multiprocessing import get_context
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.exchange_flow import Direction, MessageKind, MessageState
from sed_tui.domain.exchange_partner import Channel
from sed_tui.gateway.exchange_folder import FolderDriver
from sed_tui.gateway.exchange_round import receive, send
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument, ListDispatches
from sed_tui.operations.dispatch import LIST as DISPATCHES
from sed_tui.operations.exchange_inbox import REFUSE, REGISTER, RefuseMessage, RegisterMessage
from sed_tui.operations.exchange_journal import LIST, ListMessages, MessageRow
from sed_tui.operations.exchange_partner import ADD, AddPartner
from sed_tui.operations.registry import CallOptions
from tests.conftest import FixedClock, settings_of
from tests.handlers.exchange_partners import letter_to
from tests.patience import LONGEST
from tests.served import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from sed_tui.gateway.exchange_driver import FoundPackage
    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.exchange_outbox import Parcel

OPTIONS = CallOptions(source="connector")
UIDS = ("11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222")
LAPSED = timedelta(minutes=16)
PLACES = ("claimed", "drafted", "written", "staged", "taken")


class Died(Exception):
    """The round was broken off at this place."""


class Disorder(FolderDriver):
    """Carries everything twice and in any order, and dies between two steps."""

    def __init__(self, random: Random, die: Callable[[str], None]) -> None:
        super().__init__()
        self._random = random
        self._die = die
        self._sent: list[str] = []

    def poll(self, inbox: str) -> Iterator[FoundPackage]:
        found = list(super().poll(inbox))
        self._random.shuffle(found)
        for package in found:
            yield replace(package, settle=partial(self._settle, package))
            self._die("staged")

    def send(self, parcel: Parcel, fetch: Any) -> None:
        self._die("claimed")
        super().send(parcel, fetch)
        self._sent.append(f"{parcel.address}/{parcel.message_uid}")
        self._die("drafted")

    def flush(self) -> None:
        super().flush()
        sent, self._sent = self._sent, []
        for place in sent:
            if not os.path.exists(f"{place}-2"):
                shutil.copytree(place, f"{place}-2")
        if sent:
            self._die("written")

    def _settle(self, package: FoundPackage) -> None:
        self._die("taken")
        package.settle()


class Pair:
    """Two offices on databases of their own, each with the folder that the other writes to."""

    def __init__(self, template: Path, folder: Path, clock: FixedClock) -> None:
        self.clock = clock
        self.paths = [folder / "1" / "sed.db", folder / "2" / "sed.db"]
        for path in self.paths:
            path.parent.mkdir(parents=True)
            (path.parent / "in").mkdir()
            shutil.copy(template, path)
        self.offices = [opened(settings_of(path, login="admin"), clock) for path in self.paths]
        for mine, theirs in ((0, 1), (1, 0)):
            partner = AddPartner(
                code="P",
                channel=Channel.MEDO,
                name="Партнёр",
                uids=(UIDS[theirs],),
                own_uid=UIDS[mine],
                address=str(self.paths[theirs].parent / "in"),
                inbox=str(self.paths[mine].parent / "in"),
            )
            self.offices[mine].call(ADD, partner)

    def carry(self, driver: FolderDriver, times: int = 4) -> None:
        for _time in range(times):
            for office in self.offices:
                for work in (receive_all, send_all):
                    try:
                        assert work(office, driver) == []
                    except Died:
                        continue
            self.clock.moment += LAPSED

    def live(self, driver: FolderDriver, times: int) -> None:
        """Send three letters, register two of them and refuse one, answer the first."""
        first, second = self.offices
        for number in range(3):
            letter = letter_to(first, "Партнёр", subject=f"Письмо {number}")
            first.call(DISPATCH, DispatchDocument(document=letter.number))
        self.carry(driver, times)
        self.carry(FolderDriver())
        waiting = sorted(letters(second), key=lambda row: row.subject)
        assert [row.state for row in waiting] == [MessageState.WAITING] * 3
        refused = RefuseMessage(message=str(waiting[2].id), refusal="Нет подписи")
        second.call(REFUSE, refused)
        taken = [second.call(REGISTER, RegisterMessage(message=str(row.id))) for row in waiting[:2]]
        answer = letter_to(second, "Партнёр", in_reply_to=taken[0].number)
        second.call(DISPATCH, DispatchDocument(document=answer.number))
        self.carry(driver, times)
        self.carry(FolderDriver())

    def state(self) -> list[Any]:
        """Return what people of both offices see in the end."""
        shown: list[Any] = []
        for office in self.offices:
            rows = office.call(LIST, ListMessages(limit=500)).rows
            assert {row.state for row in rows} & UNFINISHED == set()
            shown.append(sorted(_seen(row) for row in rows if row.kind is not MessageKind.RECEIPT))
            sent = {str(row.number) for row in letters(office, Direction.OUT)}
            for number in sorted(sent):
                [one] = office.call(DISPATCHES, ListDispatches(document=number)).rows
                shown.append((number, one.exchange_state, one.their_number, one.trouble))
        return shown


UNFINISHED = {MessageState.PREPARED, MessageState.QUARANTINED, MessageState.GIVEN_UP}


def _seen(row: MessageRow) -> tuple[str, ...]:
    return tuple(map(str, (row.direction, row.kind, row.event, row.state, row.subject)))


def letters(office: LocalGateway, direction: Direction = Direction.IN) -> list[MessageRow]:
    return office.call(LIST, ListMessages(direction=direction, kind=MessageKind.LETTER)).rows


def receive_all(office: LocalGateway, driver: FolderDriver) -> list[tuple[str, str]]:
    troubles: list[tuple[str, str]] = []
    list(receive(office, [driver], OPTIONS, 100, troubles))
    return troubles


def send_all(office: LocalGateway, driver: FolderDriver) -> list[tuple[str, str]]:
    return send(office, [driver], OPTIONS).troubles


@pytest.fixture
def pair(
    sqlite_template: Path, tmp_path: Path, clock: FixedClock
) -> Iterator[Callable[[str], Pair]]:
    """Return a maker of pairs of offices, all of one moment."""
    made: list[Pair] = []
    start = clock.moment

    def make(name: str) -> Pair:
        made.append(Pair(sqlite_template, tmp_path / name, type(clock)(start)))
        return made[-1]

    yield make
    for one in made:
        for office in one.offices:
            office.close()


def test_shuffled_doubled_and_broken_off_the_end_is_the_same(pair: Callable[[str], Pair]) -> None:
    calm, stormy = pair("calm"), pair("stormy")
    random = Random(7)
    doomed = {place: random.sample(range(4), 2) for place in PLACES}
    passed = Counter[str]()
    died: list[str] = []

    def die(place: str) -> None:
        passed[place] += 1
        if passed[place] - 1 in doomed[place]:
            died.append(place)
            raise Died(place)

    calm.live(FolderDriver(), times=1)
    stormy.live(Disorder(random, die), times=6)

    assert sorted(died) == sorted(2 * PLACES)
    assert stormy.state() == calm.state()


def _killed_round(path: Path, moment: datetime, place: str) -> None:
    """Run a round in a process of its own that is killed at a place."""

    def die(at: str) -> None:
        if at == place:
            os.kill(os.getpid(), signal.SIGKILL)

    office = opened(settings_of(path, login="admin"), FixedClock(moment))
    driver = Disorder(Random(1), die)
    receive_all(office, driver)
    send_all(office, driver)


def test_a_process_killed_before_it_says_so_loses_and_doubles_nothing(
    pair: Callable[[str], Pair],
) -> None:
    office = pair("killed")
    first, second = office.offices
    for _letter in range(3):
        letter = letter_to(first, "Партнёр")
        first.call(DISPATCH, DispatchDocument(document=letter.number))
    sender, receiver = office.paths
    # one process imports everything, and the victims are forked from it
    victims = get_context("forkserver")
    victims.set_forkserver_preload([__name__])
    for path, place in ((sender, "drafted"), (sender, "written"), (receiver, "taken")):
        victim = victims.Process(target=_killed_round, args=(path, office.clock.moment, place))
        victim.start()
        victim.join(LONGEST)
        assert victim.exitcode == -signal.SIGKILL
        office.clock.moment += LAPSED
    waiting = letters(second)
    office.carry(FolderDriver())
    sent = letters(first, Direction.OUT)

    assert [row.state for row in waiting] == [MessageState.WAITING] * 3
    assert [row.state for row in sent] == [MessageState.DELIVERED] * 3
    assert [row.id for row in letters(second)] == [row.id for row in waiting]
