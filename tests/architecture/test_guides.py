"""Guides name only what there is, cover everything there is, and are whole in both languages.

A new operation is added to the line `operations` of the guide it belongs to, in
sed_tui/guides/ru and sed_tui/guides/en, with its command in the text; a new screen to the
line `screens`.
"""

from __future__ import annotations

import re
import shlex
from datetime import date
from functools import cache
from importlib import import_module
from math import ceil
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, cast

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen
from typer.main import get_command

import sed_tui.tui as interface
import sed_tui.tui.screens as screens_package
import widgets
from commands.root import make_app
from commands.session import Session
from sed_tui import i18n
from sed_tui.domain.query import parse_query
from sed_tui.guidance.front_matter import divided
from sed_tui.guidance.guides import SHIPPED, Guide, guides
from sed_tui.operations.registry import operations
from sed_tui.tui.app import SedApp
from sed_tui.tui.frame import SedScreen
from sed_tui.tui.more_entries import ENTRIES
from sed_tui.tui.places import PLACES
from sed_tui.tui.screen_names import screen_name

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
TOPICS = sorted(path.stem for path in (SHIPPED / "ru").glob("*.md"))
CONDITIONS = re.compile(r'(?:(?<=document list )|(?<=--query ))"([^"]*)"')
LINES_OF_A_SCREEN, COLUMNS = 22, 80
# operations that people do not ask for by themselves, and why no guide speaks of them
WITHOUT_GUIDE: dict[str, str] = {}
# these serve screens, and are no screens of their own
NOT_SHOWN = {
    *("assignment-list", "form", "term-form", "card-files", "card-papers"),
    *(
        "version-reading",
        "sheet-saving",
        "card-signatures",
        "card-dispatches",
        "route-writing",
        "narrowed",
        "turned",
        "decided",
    ),
}
CODE = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PATH = re.compile(r"\*\*([^*]+ → [^*]+)\*\*")
VARIABLE = re.compile(r"SED_[A-Z_]+")


@pytest.fixture(params=["ru", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Speak each language in turn."""
    i18n.use(request.param)
    yield request.param
    i18n.use("en")


def guide(topic: str, language: str) -> Guide:
    return next(one for one in guides(language) if one.topic == topic)


def commands_in(text: str) -> list[str]:
    """Return every command line that a guide names."""
    blocks = [body for kind, body in FENCE.findall(text) if kind == "console"]
    lines = [line[2:] for body in blocks for line in body.splitlines() if line.startswith("$ ")]
    return lines + [code for code in inline(text) if code.startswith("sed")]


def in_one_tongue(lines: list[str]) -> list[object]:
    """Return command lines with their conditions read: these are typed in one's own language."""
    today = date(2026, 11, 30)
    return [
        parse_query(piece, today) if n % 2 else piece
        for line in lines
        for n, piece in enumerate(CONDITIONS.split(line))
    ]


def inline(text: str) -> list[str]:
    """Return what stands between backticks outside of blocks."""
    return CODE.findall(FENCE.sub("", text))


def parsed(line: str) -> tuple[str, ...]:
    """Read a command line to its end without running it, and return the words of its name."""
    program, *words = shlex.split(line)
    command: Any = get_command(make_app())
    if program == "sed-tui" or not words:
        return (program, *words)
    assert program == "sedctl", line
    context = command.context_class(command, info_name="sedctl", obj=Session())
    name = ["sedctl"]
    while hasattr(command, "list_commands"):
        name.append(words[0])
        command = command.get_command(context, words.pop(0))
        assert command is not None, f"no such command: {' '.join(name)} ({line})"
        if hasattr(command, "list_commands"):
            context = command.context_class(command, info_name=name[-1], parent=context)
    command.make_context(name[-1], words, parent=context)
    return tuple(name)


@cache
def classes() -> dict[str, type[DOMNode]]:
    """Return every screen and widget of the interface."""
    found: dict[str, type[DOMNode]] = {}
    for package in (interface, screens_package, widgets):
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            for value in vars(import_module(module.name)).values():
                if isinstance(value, type) and issubclass(value, DOMNode):
                    found[value.__name__] = value
    return found


def keys_of(kind: type[DOMNode]) -> set[str]:
    """Return the keys of a class and of what it is made from, as they stand on the keyboard."""
    given = [one for base in kind.__mro__ for one in vars(base).get("BINDINGS", ())]
    parts = [one if isinstance(one, Binding) else Binding(*cast("Any", one)) for one in given]
    names = [key.strip() for binding in parts for key in binding.key.split(",")]
    display = SedApp.get_key_display
    app = SedApp(cast("Any", None))
    return {display(app, Binding(name, "")) for name in names}


@cache
def keys_everywhere() -> frozenset[str]:
    """Return the keys of the application, of dialogs and of widgets, on whichever screen."""
    kinds: list[type[DOMNode]] = [SedApp]
    kinds += [kind for kind in classes().values() if not issubclass(kind, SedScreen)]
    return frozenset({"F1"} | {key for kind in kinds for key in keys_of(kind)})


def screens() -> dict[str, type[DOMNode]]:
    return {
        screen_name(kind): kind
        for kind in classes().values()
        if issubclass(kind, SedScreen) and kind is not SedScreen
    }


def test_both_languages_have_the_same_guides() -> None:
    assert TOPICS
    assert sorted(path.stem for path in (SHIPPED / "en").glob("*.md")) == TOPICS


@pytest.mark.parametrize("topic", TOPICS)
def test_a_guide_is_made_alike_in_both_languages(topic: str) -> None:
    russian, english = (
        divided((SHIPPED / tongue / f"{topic}.md").read_text()) for tongue in ("ru", "en")
    )
    assert russian[0] == english[0]
    assert russian[0].topic == topic
    assert re.search("[а-я]{4}", russian[1])
    here, there = (text for _matter, text in (russian, english))
    assert here.count("\n## ") == there.count("\n## ")
    assert in_one_tongue(commands_in(here)) == in_one_tongue(commands_in(there))
    assert sorted(inline(here)) == sorted(inline(there))


@pytest.mark.parametrize("topic", TOPICS)
def test_every_command_of_a_guide_can_be_given(topic: str) -> None:
    for line in commands_in(guide(topic, "ru").text):
        parsed(line)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_option_and_key_of_a_guide_exists(topic: str) -> None:
    shown = guide(topic, "ru")
    own = {key for name in shown.screens for key in keys_of(screens()[name])}
    nothing = []
    for code in inline(shown.text):
        if code.startswith("--"):
            known = any(code in path.read_text() for path in (ROOT / "commands").glob("*.py"))
        elif VARIABLE.fullmatch(code):
            known = any(code in path.read_text() for path in (ROOT / "sed_tui").rglob("*.py"))
        else:
            known = code.startswith("sed") or code in keys_everywhere() | own | keys_of_work()
        nothing += [] if known else [code]

    assert nothing == []


@cache
def keys_of_work() -> frozenset[str]:
    """Return the keys of the screens that guides lead through on their way."""
    named = {"my-work", "documents", "document-card", "assignments"}
    return frozenset(key for name in named for key in keys_of(screens()[name]))


@pytest.mark.parametrize("topic", TOPICS)
def test_every_place_of_a_guide_exists(topic: str, language: str) -> None:
    places = {i18n._(name) for place in PLACES for name in (place.short, place.title)}
    entries = {i18n._(entry.title) for entry in ENTRIES}

    for path in PATH.findall(guide(topic, language).text):
        place, _arrow, entry = path.partition(" → ")
        assert (place in places, entry in entries) == (True, True), path


@pytest.mark.parametrize("topic", TOPICS)
def test_an_action_fits_a_screen(topic: str, language: str) -> None:
    for section in guide(topic, language).sections:
        lines = section.text.splitlines()
        height = sum(max(1, ceil(len(line) / COLUMNS)) for line in lines)
        assert height <= LINES_OF_A_SCREEN, section.heading


def test_every_operation_has_a_guide_and_guides_name_no_other() -> None:
    covered = {name for one in guides("ru") for name in one.operations}

    assert covered - set(operations()) == set()
    assert set(operations()) - covered - WITHOUT_GUIDE.keys() == set(), __doc__


def test_every_screen_has_a_guide_and_guides_name_no_other() -> None:
    covered = {name for one in guides("ru") for name in one.screens}

    assert covered - screens().keys() == set()
    assert screens().keys() - covered - NOT_SHOWN == set(), __doc__


def test_screens_are_found_by_their_names() -> None:
    assert issubclass(screens()["document-card"], Screen)
