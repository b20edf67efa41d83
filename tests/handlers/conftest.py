"""Fixtures of handler tests."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.joining import JoiningState
from tests.handlers.assignment_acts import Acts
from tests.handlers.assignments import Office, make_office
from tests.handlers.joining_way import Way
from tests.handlers.signers import HEAD, Authority, Signing, add_trust
from tests.served import serving

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock


@pytest.fixture
def office(settings: Settings, clock: FixedClock, is_served: bool) -> Iterator[Office]:
    """Return an office with a head, an assistant, executors and a controller."""
    with serving(settings, clock) if is_served else nullcontext():
        made = make_office(settings, clock)
        yield made
        made.close()


@pytest.fixture
def acts(office: Office) -> Acts:
    """Return the office at work."""
    return Acts(office)


@pytest.fixture
def way(gateway: LocalGateway, settings: Settings, clock: FixedClock) -> Way:
    """Return an application of a hospital, just begun by the operator."""
    found = Way(gateway, settings, clock)
    found.start_at(JoiningState.DRAFT)
    return found


@pytest.fixture
def signing_office(office: Office, clock: FixedClock) -> Signing:
    """Return an office whose head may sign by a certificate of a trusted authority."""
    authority = Authority(clock.now())
    trusted = add_trust(
        office.as_("admin"), authority.root.certificate.der, authority.revocations()
    )
    made = Signing(office, authority, authority.signer("Головин Пётр Ильич"), trusted)
    made.hold(HEAD, made.head)
    made.allow(HEAD)
    return made
