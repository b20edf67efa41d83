"""The command palette: what this screen does, the main screens, and every operation."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual.command import CommandPalette, DiscoveryHit, Hit, Provider
from textual.content import Content

from sed_tui.domain.layouts import other_layout
from sed_tui.i18n import _
from sed_tui.operations.registry import operations
from sed_tui.tui.help import key_lines
from sed_tui.tui.places import PLACES
from widgets.keyboard import is_cyrillic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.binding import ActiveBinding
    from textual.command import Hits

    from sed_tui.operations.registry import Operation
    from sed_tui.tui.app import SedApp


class Palette(CommandPalette):
    """The palette, in which nothing that is typed overtakes what is searched."""

    def is_reading(self, key: str) -> bool:
        """Tell whether there is nothing to search or, for Enter, to choose yet."""
        if not self.has_class("-ready"):  # a search given up now would end the collecting too
            return True
        return key == "enter" and any(
            worker.node is self and not worker.is_finished for worker in self.app.workers
        )


# known to every hand: they stand after what is special to the screen
_MOVES = {"Up", "Down", "First row", "Last row", "Page up", "Page down", "Half up", "Half down"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the palette: what it is called in both languages, its key, what it runs."""

    title: str
    english: str
    key: str
    run: Callable[[], Any]
    note: str = ""

    @property
    def shown(self) -> str:
        """Return the title with its key."""
        return f"{self.title}  [{self.key}]" if self.key else self.title


class SedCommands(Provider):
    """Finds commands by their names in the user's language and in English."""

    async def startup(self) -> None:
        """Collect the entries; importing every operation takes a moment, hence the thread."""
        every = await asyncio.to_thread(operations)
        app = cast("SedApp", self.app)
        actions = sorted(self._actions(), key=lambda entry: entry.english in _MOVES)
        self._entries = [*actions, *_places(app), *_operations(app, every)]

    async def discover(self) -> Hits:
        """Return everything, in the order of the list."""
        for entry in self._entries:
            yield DiscoveryHit(Content(entry.shown), entry.run, entry.shown, entry.note or None)

    async def search(self, query: str) -> Hits:
        """Return the entries whose name fits in either language or on either layout."""
        found = False
        for entry in self._entries:
            score = max(
                self.matcher(typed).match(name)
                for typed in {query, other_layout(query)}
                for name in (entry.title, entry.english)
            )
            if score > 0:
                found = True
                shown = self.matcher(query).highlight(entry.shown.replace("[", r"\["))
                yield Hit(score, shown, entry.run, entry.shown, entry.note or None)
        if not found:
            yield Hit(0.1, _("Nothing found."), _nothing, _("Nothing found."))

    def _actions(self) -> Iterator[Entry]:
        keys = {line.id: line.keys for line in key_lines(self.screen)}
        seen: set[tuple[int, str]] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            place = (id(active.node), binding.action)
            if binding.id and not is_cyrillic(binding.key) and place not in seen:
                seen.add(place)
                yield Entry(
                    _(binding.description),
                    binding.description,
                    keys.get(binding.id or "", ""),
                    partial(self._run, active),
                )

    async def _run(self, active: ActiveBinding) -> None:
        await self.app.run_action(active.binding.action, active.node)


def _places(app: SedApp) -> Iterator[Entry]:
    for place in PLACES:
        go = partial(app.run_action, f"go('{place.mode}')", app)
        yield Entry(_(place.title), place.title, place.key, go, _("Go to the screen"))
    yield Entry(_("Theme…"), "Theme", "", app.search_themes, _("Colours of the interface"))


def _operations(app: SedApp, every: dict[str, Operation[Any, Any]]) -> Iterator[Entry]:
    for operation in every.values():
        allowed = app.may(operation.name)
        note = (
            operation.name
            if allowed
            else _("{name} — not permitted to your roles").format(name=operation.name)
        )
        yield Entry(
            _(operation.title),
            f"{operation.title} {operation.name}",
            "",
            partial(app.run_operation, operation),
            note,
        )


def _nothing() -> None:
    """Answer to choosing the line that says that nothing was found."""
