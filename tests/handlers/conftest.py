"""Fixtures of handler tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handlers.assignments import Office, make_office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.config import Settings
    from tests.conftest import FixedClock


@pytest.fixture
def office(settings: Settings, clock: FixedClock) -> Iterator[Office]:
    """Return an office with a head, an assistant, executors and a controller."""
    made = make_office(settings, clock)
    yield made
    made.close()
