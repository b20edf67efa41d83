"""When the interface has nothing left to do, found by looking at it.

Textual's pilot asks: it sends a message to every widget and waits until all have taken it,
then sleeps 20 ms at a time until the processor is idle; a key costs two such rounds. Half of
the time of these tests went into that. A message that waits, or is being taken, is in sight.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import _wait
from textual._context import active_app
from textual.app import ScreenStackError
from textual.pilot import WaitForScreenTimeout

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode
    from textual.pilot import Pilot

_STEP = 0.001  # seconds
_SOON = 0.12  # the longest pause after which something is asked; that of a complaint is 0.15
_ROUNDS = 2  # what one message leads to may need a turn of the loop to begin
_wait_for_the_processor = _wait.wait_for_idle


def is_busy(app: App[Any]) -> bool:
    """Tell whether a message waits in a queue or is being taken."""
    nodes: list[DOMNode] = [app, *app.screen_stack]
    while nodes:
        node = nodes.pop()
        if node is not app:
            nodes.extend(node._nodes)
        if node._closing or node._closed or getattr(node, "_pruning", False):
            continue
        queue: Any = node._message_queue
        if queue.values or not queue.ready_event._waiters:  # nobody waits for the next one
            return True
    return False


def has_work(app: App[Any]) -> bool:
    """Tell whether something is under way that ends in messages: a key, a worker."""
    return bool(len(app.workers)) or bool(getattr(app, "is_taking_keys", False))


def is_due_soon(app: App[Any]) -> bool:
    """Tell whether a timer is set that goes off once and soon, as when typing pauses."""
    screens = [one for one in app.screen_stack if one.is_attached]
    return any(
        timer._repeat == 0
        and timer._interval <= _SOON
        and timer._task is not None
        and not timer._task.done()
        for screen in screens
        for node in screen.walk_children(with_self=True)
        for timer in node._timers
    )


async def messages_taken(app: App[Any], patience: float = 30.0) -> bool:
    """Wait until every message has been taken; False when the application has failed."""
    until, quiet = monotonic() + patience, 0
    while quiet < _ROUNDS:
        await asyncio.sleep(_STEP)
        if app._exception is not None:
            return False
        try:
            quiet = 0 if is_busy(app) else quiet + 1
        except ScreenStackError:  # it has ended
            return False
        if monotonic() > until:
            raise WaitForScreenTimeout("a message is still being taken")
    return True


async def wait_for_screen(pilot: Pilot[Any], timeout: float = 30.0) -> bool:
    """Do what `Pilot._wait_for_screen` does."""
    return await messages_taken(pilot.app, timeout)


async def wait_for_idle(min_sleep: float = 0.02, max_sleep: float = 1) -> None:
    """Do what Textual's function of this name does: at once where nothing is under way."""
    app = active_app.get(None)
    if app is None or not await messages_taken(app) or has_work(app):
        await _wait_for_the_processor(min_sleep, max_sleep)
