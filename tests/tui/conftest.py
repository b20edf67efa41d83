"""An interface over an office with some mail."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
import textual.app
import textual.pilot
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from sed_tui import i18n
from tests.tui import office, quiet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.css.model import RuleSet

    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.registration import Registered
    from tests.conftest import FixedClock


ASSIGNMENTS = (
    ("Подготовить ответ [срочно]", "20.11.2026", "admin"),
    ("Проект договора аренды", "23.11.2026", "admin"),
    ("Справка об исполнении бюджета", "30.11.2026", "admin"),
    ("Проверить сроки", "30.11.2026", "sidorov"),
)


@pytest.fixture(scope="session", autouse=True)
def _waiting_by_looking() -> Iterator[None]:
    """Let the pilot look at the interface, not ask every widget, whether all is done."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pilot, "_wait_for_screen", quiet.wait_for_screen)
        for module in (textual.app, textual.pilot):
            patch.setattr(module, "wait_for_idle", quiet.wait_for_idle)
        yield


@pytest.fixture(scope="session", autouse=True)
def _styles_parsed_once() -> Iterator[None]:
    """Let every application use the style sheets that another one has parsed.

    A program parses them once; here each test begins an application of its own.
    """
    known: dict[tuple[Any, ...], list[RuleSet]] = {}
    parse = Stylesheet._parse_rules

    def parsed(self: Stylesheet, css: str, *place: Any, **settings: Any) -> list[RuleSet]:
        colours = frozenset(self._variables.items())
        key = (colours, css, *place, *sorted(settings.items()))
        if key not in known:
            known[key] = parse(self, css, *place, **settings)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", parsed)
        yield


@pytest.fixture
def russian() -> Iterator[None]:
    """Show everything in Russian."""
    i18n.use("ru")
    yield
    i18n.use("en")


@pytest.fixture
def letters(gateway: LocalGateway, clock: FixedClock) -> list[Registered]:
    """Register five letters, with assignments late, due today, due later, and reported."""
    office.hire(gateway)
    registered = office.register(gateway, 5)
    made = []
    for day, (text, due, executor) in enumerate(ASSIGNMENTS):
        # a day for each, so that lists in the order of issue have one order
        clock.moment = datetime(2026, 11, 17 + day, 7, 0, tzinfo=UTC)
        made.append(office.issue(gateway, registered[day], text, due, executor))
    clock.moment = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    with closing(office.acting(gateway, "sidorov")) as sidorov:
        office.report(sidorov, made[3])
    return registered
