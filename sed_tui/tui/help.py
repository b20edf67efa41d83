"""The keys that work now: those of the focus first, then of the screen, then everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Label, Static

from sed_tui.i18n import N_, _
from widgets.keyboard import is_cyrillic

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import ActiveBinding, BindingType
    from textual.dom import DOMNode


@dataclass(frozen=True, slots=True)
class KeyLine:
    """An action in the help: where it belongs, its keys, what it does, its id."""

    section: str
    keys: str
    title: str
    id: str


def key_lines(screen: Screen[object]) -> list[KeyLine]:
    """Return every action that a key does now, in the order in which keys are looked up."""
    grouped: dict[tuple[int, str], list[ActiveBinding]] = {}
    for active in screen.active_bindings.values():
        if active.binding.description and not active.binding.system:
            grouped.setdefault((id(active.node), active.binding.action), []).append(active)
    lines = [_line(screen, actives) for actives in grouped.values()]
    # keys of editing belong to the text field, not to us: they come last
    return sorted(lines, key=lambda line: not line.id)


def _line(screen: Screen[object], actives: list[ActiveBinding]) -> KeyLine:
    binding = actives[0].binding
    keys = [
        screen.app.get_key_display(active.binding)
        for active in actives
        if not is_cyrillic(active.binding.key) and active.binding.key not in _TWINS
    ]
    section = _section(actives[0].node) if binding.id else _("Moving and editing")
    return KeyLine(section, " ".join(keys), _(binding.description), binding.id or "")


# on ЙЦУКЕН these stand where Latin has / and ?
_TWINS = {"full_stop", "comma"}


def _section(node: DOMNode) -> str:
    if isinstance(node, App):
        return _("Everywhere")
    if isinstance(node, Screen):
        return _("On this screen")
    return _("Where the cursor is")


class HelpScreen(ModalScreen[None]):
    """The keys, narrowed down by what is typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1", "dismiss", N_("Close"), id="help.close"),
        Binding("down", "scroll(1)", N_("Down"), show=False, id="help.down"),
        Binding("up", "scroll(-1)", N_("Up"), show=False, id="help.up"),
        Binding("pagedown", "scroll(10)", N_("Page down"), show=False, id="help.page_down"),
        Binding("pageup", "scroll(-10)", N_("Page up"), show=False, id="help.page_up"),
    ]

    def __init__(self, lines: list[KeyLine]) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Put a line for searching over the keys."""
        with Vertical(classes="dialog tall"):
            yield Label(_("Keys"), classes="dialog-title", markup=False)
            yield Input(placeholder=_("Type to search"), compact=True)
            with VerticalScroll(can_focus=False):
                yield Static(id="keys", markup=False)
            yield Label(
                _("Letters answer on the Russian layout too. Other keys: [keys] in config.toml."),
                classes="dialog-hint",
                markup=False,
            )

    def on_mount(self) -> None:
        """Show every key."""
        self.show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the keys that fit what was typed."""
        self.show(event.value)

    def show(self, wanted: str) -> None:
        """Draw the lines in which the words occur."""
        text, section = Text(), ""
        for line in self._lines:
            everything = f"{line.keys} {line.title} {line.id}".casefold()
            if not all(word in everything for word in wanted.casefold().split()):
                continue
            if line.section != section:
                section = line.section
                text.append(f"{section}\n", "bold underline")
            text.append(f"  {line.keys:<14} ", "bold").append(f"{line.title:<32} ")
            text.append(f"{line.id}\n", "dim")
        self.query_one("#keys", Static).update(text or Text(_("Nothing found.")))

    def action_scroll(self, lines: int) -> None:
        """Scroll the list of keys."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
