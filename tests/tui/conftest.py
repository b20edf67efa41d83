"""An interface over an office with some mail."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from sed_tui import i18n
from tests.tui import office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.registration import Registered
    from tests.conftest import FixedClock


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
    clock.moment -= timedelta(days=6)
    office.issue(gateway, registered[0], "Подготовить ответ [срочно]", "20.11.2026", "admin")
    clock.moment = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    office.issue(gateway, registered[1], "Проект договора аренды", "23.11.2026", "admin")
    office.issue(gateway, registered[2], "Справка об исполнении бюджета", "30.11.2026", "admin")
    reported = office.issue(gateway, registered[3], "Проверить сроки", "30.11.2026", "sidorov")
    with closing(office.acting(gateway, "sidorov")) as executor:
        office.report(executor, reported)
    return registered
