"""A round of the exchange: what lies there is taken in, what waits is sent.

Every step is a transaction of its own, and none is open while bytes move; packages are taken
in by the dozen, in the order in which they lie, and marked by the dozen when they were sent.
Whatever this is broken off between, the next round goes on: packages are settled after they
were taken in, messages are marked after they were sent, and both sides know a repeat.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sed_tui.domain.exchange_partner import Channel, PartnerState
from sed_tui.errors import SedError
from sed_tui.errors.exchange_messages import (
    ExchangeUnavailable,
    PackageUnreadable,
    ParcelRefused,
)
from sed_tui.errors.files import ContentLost, FileTooLarge
from sed_tui.errors.room import NoRoomLeft
from sed_tui.exchange.reason_codes import failure
from sed_tui.gateway.exchange_folder import FolderDriver
from sed_tui.gateway.exchange_http import HttpDriver
from sed_tui.operations.exchange_agent import TAKE as HEAR
from sed_tui.operations.exchange_agent import TakeAgentNews
from sed_tui.operations.exchange_inbox import TAKE, StagedPackage, TakeOutcome, TakePackages
from sed_tui.operations.exchange_outbox import (
    CLAIM,
    DUE,
    EXPIRE,
    FAILED,
    SENT,
    AskDue,
    ClaimMessages,
    ExpireMessages,
    MessageFailed,
    MessagesSent,
    SentMessage,
)
from sed_tui.operations.exchange_partner import LIST, ListPartners

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from sed_tui.gateway import Gateway
    from sed_tui.gateway.exchange_driver import Driver, FoundPackage
    from sed_tui.operations.exchange_inbox import PackageTaken
    from sed_tui.operations.exchange_outbox import Parcel
    from sed_tui.operations.registry import CallOptions

_AT_ONCE = 50
_BYTES_AT_ONCE = 64 << 20
"""So much is staged before it is taken in, or sent before it is marked, and one package more."""


@dataclass
class Sending:
    """What became of a round of sending. `troubles` names partners and what they lack.

    `untold` are the messages that were not formed: `tell_unformed` once people know of them.
    """

    sent: int = 0
    undelivered: int = 0
    put_off: int = 0
    given_up: int = 0
    unformed: int = 0
    troubles: list[tuple[str, str]] = field(default_factory=list)
    untold: tuple[UUID, ...] = ()


def known_drivers() -> list[Driver]:
    """Return the drivers of this program."""
    return [FolderDriver(), HttpDriver()]


def receive(
    gateway: Gateway,
    drivers: Sequence[Driver],
    options: CallOptions,
    limit: int,
    troubles: list[tuple[str, str]],
) -> Iterator[tuple[str, PackageTaken]]:
    """Take in the packages that lie complete, with the name of each.

    A place that does not answer is put among the `troubles`, and so is one whose packages the
    organization has no room for: these stay where they lie, and the others go on.
    """
    yield from _hear(gateway, drivers, options, troubles)
    left = limit
    for driver, inbox in _inboxes(gateway, drivers):
        found = _Found(gateway, driver.poll(inbox), inbox, troubles)
        try:
            while left > 0 and (packages := found.next(min(left, _AT_ONCE))):
                for name, done in _take(gateway, driver.channel, inbox, packages, options):
                    # what is known does not count: the rest of a long zip gets its turn
                    left -= done.outcome is not TakeOutcome.ALREADY
                    yield name, done
            found.raise_trouble()
        except ExchangeUnavailable as error:
            troubles.append((inbox, str(error.details["reason"])))
        except NoRoomLeft as failure:  # the package stays where it lies
            troubles.append((inbox, str(failure)))


def send(gateway: Gateway, drivers: Sequence[Driver], options: CallOptions) -> Sending:
    """Send what is due, partner by partner, until nothing is left that may go."""
    told = gateway.call(EXPIRE, ExpireMessages(), options)
    done = Sending(undelivered=told.undelivered, unformed=len(told.unformed))
    done.troubles += [(one.partner, one.reason) for one in told.unformed]
    done.untold = tuple(one.id for one in told.unformed)
    by_channel = {driver.channel: driver for driver in drivers}
    try:
        for due in gateway.call(DUE, AskDue()).rows:
            driver = by_channel.get(due.channel)
            while driver is not None:
                request = ClaimMessages(partner=due.partner, limit=_AT_ONCE)
                parcels = gateway.call(CLAIM, request, options).rows
                if not parcels or not _send_all(gateway, driver, parcels, options, done):
                    break
    finally:
        for driver in drivers:
            driver.close()
    return done


def tell_unformed(gateway: Gateway, done: Sending, options: CallOptions) -> None:
    """Keep that people were told of what a round found not formed: the next one is silent."""
    if done.untold:
        gateway.call(EXPIRE, ExpireMessages(told=done.untold), options)


def _hear(
    gateway: Gateway,
    drivers: Sequence[Driver],
    options: CallOptions,
    troubles: list[tuple[str, str]],
) -> Iterator[tuple[str, PackageTaken]]:
    """Take what carriers say of messages that they could not carry, with the name of each."""
    partners = gateway.call(LIST, ListPartners(state=PartnerState.ACTIVE)).rows
    for driver in drivers:
        ours = [one for one in partners if one.channel is driver.channel]
        for place in sorted({place for one in ours for place in (one.inbox, one.address) if place}):
            try:
                for news in driver.news(place):
                    with _readable(place, troubles), _fitting(place, troubles):
                        yield news.name, _heard(gateway, place, news, options)
            except ExchangeUnavailable as error:
                troubles.append((place, str(error.details["reason"])))


def _heard(gateway: Gateway, place: str, news: FoundPackage, options: CallOptions) -> PackageTaken:
    token, _size = _staged_bytes(gateway, news, is_passing=False)
    request = TakeAgentNews(source=place, name=news.name, token=token)
    done = gateway.call(HEAR, request, options)
    if not options.dry_run:
        news.settle()
    return done


def _inboxes(gateway: Gateway, drivers: Sequence[Driver]) -> list[tuple[Driver, str]]:
    """Return every place that packages arrive at, once, with the driver that looks there."""
    partners = gateway.call(LIST, ListPartners(state=PartnerState.ACTIVE)).rows
    places: dict[tuple[Channel, str], None] = {
        (one.channel, one.inbox): None for one in partners if one.inbox is not None
    }
    return [
        (driver, inbox)
        for driver in drivers
        for channel, inbox in places
        if channel is driver.channel
    ]


@contextmanager
def _readable(place: str, troubles: list[tuple[str, str]]) -> Iterator[None]:
    """Go past a package that cannot be read: it lies where it lay, and the others are taken.

    One that was taken away meanwhile is no trouble: whoever has it takes it in.
    """
    try:
        yield
    except PackageUnreadable as error:
        if not error.is_gone:
            troubles.append((place, str(error)))


@contextmanager
def _fitting(place: str, troubles: list[tuple[str, str]]) -> Iterator[None]:
    """Go past news that there is no room for: they stay for another round, told of once."""
    try:
        yield
    except NoRoomLeft as failure:
        if (trouble := (place, str(failure))) not in troubles:
            troubles.append(trouble)


class _Found:
    """Packages of a place as they are found, staged one by one: their bytes may go with the next.

    A place that ceases to answer has given what it gave: that is taken in first.
    """

    def __init__(
        self,
        gateway: Gateway,
        packages: Iterator[FoundPackage],
        place: str,
        troubles: list[tuple[str, str]],
    ) -> None:
        self._gateway = gateway
        self._packages = packages
        self._place = place
        self._troubles = troubles
        self._trouble: ExchangeUnavailable | None = None

    def next(self, most: int) -> list[tuple[FoundPackage, StagedPackage]]:
        """Return the next packages, none at the end."""
        found: list[tuple[FoundPackage, StagedPackage]] = []
        size = 0
        try:
            while len(found) < most and size < _BYTES_AT_ONCE:
                package = next(self._packages, None)
                if package is None:
                    break
                with _readable(self._place, self._troubles):
                    found.append((package, _staged(self._gateway, package)))
                    size += package.size
        except ExchangeUnavailable as error:
            self._trouble = error
        return found

    def raise_trouble(self) -> None:
        """Raise what the place has ceased with."""
        if self._trouble is not None:
            raise self._trouble


def _staged(gateway: Gateway, package: FoundPackage) -> StagedPackage:
    token, size = _staged_bytes(gateway, package, is_passing=True)
    return StagedPackage(token=token, name=package.name, partner=package.partner, size=size)


def _staged_bytes(
    gateway: Gateway, package: FoundPackage, *, is_passing: bool
) -> tuple[str, int | None]:
    """Stage a package, or its message alone with the size of the whole.

    What its size already makes too large is not copied first. A server may take less than
    is known here, and then says so.
    """
    if package.size < gateway.largest_file:
        with suppress(FileTooLarge), package.archive() as source:
            return gateway.stage(source, is_passing=is_passing), None
    with package.head() as source:
        return gateway.stage(source, is_passing=is_passing), package.size


def _take(
    gateway: Gateway,
    channel: Channel,
    inbox: str,
    packages: Sequence[tuple[FoundPackage, StagedPackage]],
    options: CallOptions,
) -> Iterator[tuple[str, PackageTaken]]:
    """Take packages in together; where that is refused, one by one up to the one it is for."""
    staged = tuple(one for _package, one in packages)
    request = TakePackages(channel=channel, source=inbox, packages=staged)
    try:
        rows = gateway.call(TAKE, request, options).rows
    except SedError:
        if len(packages) == 1:
            raise
        for one in packages:
            yield from _take(gateway, channel, inbox, [one], options)
        return
    for (package, _token), taken in zip(packages, rows, strict=True):
        if not options.dry_run:
            package.settle()
        yield package.name, taken


def _send_all(
    gateway: Gateway,
    driver: Driver,
    parcels: Sequence[Parcel],
    options: CallOptions,
    done: Sending,
) -> bool:
    """Send the messages that were claimed; tell whether the partner answers."""
    sent: list[Parcel] = []
    for place, parcel in enumerate(parcels, start=1):
        trouble: ExchangeUnavailable | None = None
        try:
            driver.send(parcel, gateway.fetch)
            sent.append(parcel)
        except ExchangeUnavailable as error:
            trouble = error
        except (ParcelRefused, ContentLost) as error:
            done.troubles.append((parcel.partner, str(error)))
            _put_off(gateway, parcel, failure(error), options, is_final=True)
            done.given_up += 1
        if trouble or place == len(parcels) or _size(sent) >= _BYTES_AT_ONCE:
            # what has gone first: it says that the partner has answered till now
            stuck = _mark(gateway, driver, sent, options)
            unsent = [*(sent if stuck else ()), *([parcel] if trouble else ()), *parcels[place:]]
            done.sent += 0 if stuck else len(sent)
            sent = []
            if (trouble := trouble or stuck) is not None:
                _put_all_off(gateway, unsent, trouble, options, done)
                return False
    return True


def _size(parcels: Sequence[Parcel]) -> int:
    return sum(file.size for one in parcels for file in one.files)


def _mark(
    gateway: Gateway, driver: Driver, sent: Sequence[Parcel], options: CallOptions
) -> ExchangeUnavailable | None:
    """Mark messages as sent, once they have gone for good; return why they have not."""
    try:
        driver.flush()
    except ExchangeUnavailable as error:
        return error
    if sent:
        messages = tuple(SentMessage(message=one.id, claimed_at=one.claimed_at) for one in sent)
        gateway.call(SENT, MessagesSent(messages=messages), options)
    return None


def _put_all_off(
    gateway: Gateway,
    parcels: Sequence[Parcel],
    trouble: ExchangeUnavailable,
    options: CallOptions,
    done: Sending,
) -> None:
    """Put messages off because the partner does not answer: that is told once."""
    done.troubles.append((parcels[0].partner, str(trouble)))
    for place, one in enumerate(parcels):
        _put_off(gateway, one, failure(trouble), options, is_down=not place)
        done.put_off += 1


def _put_off(
    gateway: Gateway,
    parcel: Parcel,
    reason: str,
    options: CallOptions,
    *,
    is_final: bool = False,
    is_down: bool = False,
) -> None:
    request = MessageFailed(
        message=parcel.id,
        claimed_at=parcel.claimed_at,
        reason=reason[:1000],
        is_final=is_final,
        is_partner_down=is_down,
    )
    gateway.call(FAILED, request, options)
