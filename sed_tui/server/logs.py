"""The log: a JSON object a line, without texts, parameters, bodies or secrets."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

NAME = "sed_tui.server"
log = logging.getLogger(NAME)


class JsonLines(logging.Formatter):
    """Writes a record and what was given beside it as one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; of an exception the types and places alone."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": _event(record),
            **getattr(record, "told", {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["trace"] = places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def tell(event: str, level: int = logging.INFO, **told: Any) -> None:
    """Write a line."""
    log.log(level, event, extra={"told": told})


def places(error: BaseException) -> list[str]:
    """Return where an exception came from: its message may quote a document."""
    lines = []
    cause: BaseException | None = error
    seen: set[int] = set()
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        lines += [
            f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(cause.__traceback__)
        ]
        cause = cause.__cause__ or cause.__context__
    return lines


def _event(record: logging.LogRecord) -> str:
    """Return what happened: a library's own words without what it put into them."""
    ours = record.name.startswith((NAME, "uvicorn"))
    return record.getMessage() if ours else f"{record.name}: {record.msg}"


def configuration(level: str) -> dict[str, Any]:
    """Return the configuration of logging: ours, uvicorn's, and what libraries warn of."""
    handler = {"class": "logging.StreamHandler", "formatter": "lines", "stream": "ext://sys.stderr"}
    one = {"handlers": ["stderr"], "level": level.upper(), "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": f"{__name__}.JsonLines"}},
        "handlers": {"stderr": handler},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {NAME: one, "uvicorn": one, "uvicorn.error": one},
    }
