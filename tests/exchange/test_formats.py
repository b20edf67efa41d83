"""Every channel on which messages travel has a format, a driver, a title: all of them or none."""

from __future__ import annotations

from sed_tui.domain.exchange_partner import CHANNEL_TITLES, DELIVERIES, Channel
from sed_tui.exchange.formats import FORMATS, IEDMS, format_of
from sed_tui.gateway.exchange_round import known_drivers


def test_a_channel_is_whole() -> None:
    travelling = set(Channel) - {Channel.LOCAL}

    assert set(CHANNEL_TITLES) == set(DELIVERIES) == set(Channel)
    assert set(FORMATS) == travelling
    assert {driver.channel for driver in known_drivers()} == travelling


def test_what_came_by_no_known_channel_is_read_as_medo() -> None:
    assert format_of("pigeon") is IEDMS
