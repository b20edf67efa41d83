"""The example administration, made once on each database for all tests that read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from sed_tui.gateway.example import make_example
from tests.conftest import ENGINES, FixedClock, settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.config import Settings

MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@pytest.fixture(scope="session", params=ENGINES)
def office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """Make the example once on each database."""
    place = tmp_path_factory.mktemp("example")
    settings = settings_of(place / "sed.db")
    if request.param == "sqlite":
        make_example(settings, clock=FixedClock(MONDAY))
        yield replace(settings, login="admin")
        return
    from tests import postgres

    name = postgres.create_database()
    settings = replace(settings, database=postgres.database_address(name))
    make_example(settings, clock=FixedClock(MONDAY))
    yield replace(settings, login="admin")
    postgres.drop_database(name)
