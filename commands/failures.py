"""Failures that are not ours by birth: a request that does not fit, and our own bugs."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime

from pydantic import ValidationError

from sed_tui.config import home
from sed_tui.errors import Invalid, SedError
from sed_tui.i18n import N_


class InternalError(SedError):
    """Our own bug; the traceback is in the log."""

    code = "internal"
    message = N_("An internal error: {error}")
    hint = N_("The details are in {log}. Send them with your report.")


def translated_failure(error: Exception) -> SedError:
    """Return what to tell the user of a failure that is not a `SedError`."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return Invalid(field=".".join(map(str, first["loc"])), reason=first["msg"])
    log = home() / "errors.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as file:
        file.write(
            f"{datetime.now(UTC).isoformat()}\n{''.join(traceback.format_exception(error))}\n"
        )
    return InternalError(error=f"{type(error).__name__}: {error}", log=str(log))
