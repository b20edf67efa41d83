"""The log of a server: one language, whoever calls."""

from __future__ import annotations

import errno
import logging
from typing import TYPE_CHECKING

from sed_tui.errors.causes import system_cause
from sed_tui.errors.installation import ReadOnlyStorage
from sed_tui.i18n import speaking
from sed_tui.server.problems import failure_of

if TYPE_CHECKING:
    import pytest


def test_a_reason_is_logged_in_english_whatever_the_caller_speaks(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with speaking("ru"), caplog.at_level(logging.INFO, logger="sed_tui.server"):
        cause = OSError(errno.ENOSPC, "No space left on device")
        failure = ReadOnlyStorage(place="/srv/sed", reason=system_cause(cause))
        failure.__cause__ = cause
        told = str(failure_of(failure, "7", 1))

    (record,) = caplog.records
    assert failure.details["reason"] == "на диске нет места"
    assert record.__dict__["told"] == {
        "request": "7",
        "place": "/srv/sed",
        "reason": "the disk is full",
    }
    assert "/srv/sed" not in told
