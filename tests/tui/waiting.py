"""How tests of the interface wait, and what they look at."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from textual import events
from textual.keys import _character_to_key
from textual.worker import WorkerCancelled, WorkerFailed

from tests.tui.quiet import is_due_soon

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App
    from textual.pilot import Pilot
    from textual.screen import Screen

ScreenT = TypeVar("ScreenT", bound="Screen[Any]")

_TURNS = 10_000  # a server that shares a busy machine answers after seconds


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until no key, no worker and no short timer is left, and all that was asked is drawn."""
    app, quiet = pilot.app, 0
    while quiet < 2 and app.is_running:  # drawing starts workers, and they end with messages
        await pilot.pause()
        if getattr(app, "is_taking_keys", False) or is_due_soon(app):
            quiet = 0
            await asyncio.sleep(0.005)
        elif len(app.workers):
            quiet = 0
            with suppress(WorkerFailed, WorkerCancelled):  # the screen has been told
                await app.workers.wait_for_complete()
        else:
            quiet += 1
    await pilot.wait_for_scheduled_animations()


async def until(pilot: Pilot[Any], happened: Callable[[], bool]) -> None:
    """Wait for something that a timer brings about."""
    for _turn in range(_TURNS):
        if happened():
            await settle(pilot)
            return
        await pilot.pause(0.01)
    raise AssertionError("it did not happen")


async def burst(pilot: Pilot[Any], *keys: str, paste: str = "") -> None:
    """Send keys as one packet, and a paste after them, and wait until all are taken."""
    app = pilot.app
    for key in keys:
        character = key if len(key) == 1 else None
        name = _character_to_key(key) if character else key
        app.post_message(events.Key(name, character))
    if paste:
        app.post_message(events.Paste(paste))
    await pilot.pause()
    await until(pilot, lambda: not getattr(app, "is_taking_keys", False))


async def typed(pilot: Pilot[Any], text: str) -> None:
    """Press the key of each character."""
    await burst(pilot, *text)


def on_screen(app: App[Any], kind: type[ScreenT]) -> ScreenT:
    """Return the screen that is open, which has to be of this kind.

    Of two `isinstance` of `app.screen` in one test the type checker believes the first for good.
    """
    assert isinstance(app.screen, kind), app.screen
    return app.screen


def screen_text(app: App[Any]) -> str:
    """Return what stands on the screen, line by line."""
    return "\n".join(strip.text.rstrip() for strip in app.screen._compositor.render_strips())
