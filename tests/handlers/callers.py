"""Acting as somebody else in a test."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from sed_tui.errors.identity import BadToken, UnknownLogin
from tests.served import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

# who may not act any more: under a login here, by a token over a server
NOT_HIM = (UnknownLogin, BadToken)


@contextmanager
def acting(
    settings: Settings, clock: FixedClock, login: str, organization: str | None = None
) -> Iterator[LocalGateway]:
    """Open a gateway for a login, in one of the organizations."""
    person = opened(replace(settings, login=login, organization=organization), clock)
    yield person
    person.close()
