"""Keys in order: the next one waits until all that the one before began is done.

Over a slow line, from a paste or from a fast hand several keys come in one packet. Textual
sends each to whatever has the focus at that moment, while a screen that the first of them
opens is still being made: the others would act on the screen before.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

from textual import events
from textual.app import App

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.message_pump import MessagePump

_STEP = 0.01
_PATIENCE = 0.15  # seconds after which the user has seen that something is being read
_LONGEST_OPENING = 10.0  # seconds; a bound for what cannot happen, not a pace
_LONGEST_READING = 10.0  # seconds; after it a key does what it can do without the rows
_QUIET_ROUNDS = 2  # in each what was waiting at its beginning is done, so that no flood holds keys


@runtime_checkable
class Reading(Protocol):
    """A screen whose keys may have to wait for what it reads."""

    def is_reading(self, key: str) -> bool:
        """Tell whether what a key would act on is on its way."""
        ...


class OrderlyApp(App[None]):
    """An application that does one key or paste after the other.

    `INTERRUPTS` are the keys that do not wait for what is slow to be read; what was typed
    before them meanwhile is dropped.
    """

    INTERRUPTS: ClassVar[frozenset[str]] = frozenset({"escape"})

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._held: deque[events.Key | events.Paste] = deque()
        self._turn: asyncio.Task[None] | None = None

    @property
    def is_taking_keys(self) -> bool:
        """Tell whether a key is not done yet."""
        return self._turn is not None

    async def on_event(self, event: events.Event) -> None:
        """Take a key in its turn, everything else at once."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._held.append(event)
        if self._turn is not None:
            return
        if self._must_wait(event) and _name(event) not in self.INTERRUPTS:
            self._turn = asyncio.create_task(self._let_next())
        else:
            await self._take()

    def _must_wait(self, event: events.Key | events.Paste) -> bool:
        return isinstance(self.screen, Reading) and self.screen.is_reading(_name(event))

    def _is_typing(self, event: events.Key | events.Paste) -> bool:
        is_letter = isinstance(event, events.Key) and event.is_printable
        # by their names: to import them takes 30 ms before the first picture
        in_text = any(kind.__name__ in {"Input", "TextArea"} for kind in type(self.focused).__mro__)
        return is_letter and in_text and not self._must_wait(event)

    async def _take(self) -> None:
        event = self._held.popleft()
        await super().on_event(event)
        while self._is_typing(event) and self._held and self._is_typing(self._held[0]):
            event = self._held.popleft()  # letters of a text: a wait for each took 20 ms
            await super().on_event(event)
        self._turn = asyncio.create_task(self._finish())

    async def _finish(self) -> None:
        try:
            async with asyncio.timeout(_LONGEST_OPENING):
                await _done(self)
        except TimeoutError:
            self.log.warning("a key is not done yet, the next one does not wait for it")
        await self._let_next()

    async def _let_next(self) -> None:
        if not self._held:
            self._turn = None
            return
        await self._read()
        self.call_later(self._take)

    async def _read(self) -> None:
        waited = 0.0
        while waited < _LONGEST_READING and self._must_wait(self._held[0]):
            await asyncio.sleep(_STEP)
            waited += _STEP
            if waited > _PATIENCE and self._interrupted():
                return

    def _interrupted(self) -> bool:
        for place, event in enumerate(self._held):
            if _name(event) in self.INTERRUPTS:
                for _ in range(place):
                    self._held.popleft()
                return True
        return False


def _name(event: events.Key | events.Paste) -> str:
    return event.key if isinstance(event, events.Key) else ""


async def _done(app: App[None]) -> None:
    """Wait until no message is left that a key has led to, and what it opened is there.

    Messages go from a widget to the widgets around it, so a message of ours that takes the
    same way comes after them; and it is taken by a new screen only when that is complete.
    """
    quiet, before = 0, None
    while quiet < _QUIET_ROUNDS and app.screen.is_attached:  # of an app that ends nothing is
        await asyncio.sleep(0)
        for pump in (*_busy(app), *_way(app)):
            await _passed(pump)
        now = (app.screen, app.focused)
        quiet = quiet + 1 if now == before else 0
        before = now


def _way(app: App[None]) -> list[MessagePump]:
    return list((app.focused or app.screen).ancestors_with_self)


def _busy(app: App[None]) -> Iterator[MessagePump]:
    for screen in app.screen_stack:
        for node in screen.walk_children(with_self=True):
            if node.message_queue_size:
                yield node


async def _passed(pump: MessagePump) -> None:
    passed = asyncio.Event()
    if not pump.call_later(passed.set):
        return
    while not passed.is_set() and (pump.is_dom_root or pump.is_attached):
        try:
            await asyncio.wait_for(passed.wait(), _STEP)
        except TimeoutError:
            continue
