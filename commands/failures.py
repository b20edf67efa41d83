"""Failures that are not ours by birth: usage, requests that do not fit, disks, our own bugs."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from typing import TYPE_CHECKING

import typer

from sed_tui.errors import SedError
from sed_tui.errors.causes import system_cause
from sed_tui.errors.installation import FileTrouble, InternalError, OutputLost, ReadOnlyStorage
from sed_tui.errors.usage import Interrupted
from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_JSON = {"json", "jsonl"}
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG}


def wants_json(args: Sequence[str]) -> bool:
    """Tell whether errors are to be JSON, which a usage error comes too early to be told."""
    for place, word in enumerate(args):
        if word in {"--format", "-f"}:
            return next(iter(args[place + 1 :]), "") in _JSON
        for beginning in ("--format=", "-f"):
            if word.startswith(beginning):
                return word.removeprefix(beginning) in _JSON
    return os.environ.get("SED_FORMAT") in _JSON


def failure_of(error: BaseException, *, verbose: bool = False) -> SedError:
    """Return what to tell the user of any failure; an unexpected one goes to the log."""
    match error:
        case SedError():
            return error
        case KeyboardInterrupt() | typer.Abort():
            return Interrupted()
        case typer.TyperException():
            from commands.usage import usage_failure  # not needed by a run that succeeds

            return usage_failure(error)
        case OSError() if (failure := _of_system(error)) is not None:
            failure.__cause__ = error
            return failure
    if "pydantic" in sys.modules:
        from pydantic import ValidationError

        from sed_tui.operations.validation import bad_request

        if isinstance(error, ValidationError):
            return bad_request(error)
    if verbose:
        traceback.print_exception(error)
    return _internal(error)


def in_its_own_words(failure: SedError) -> str:
    """Return what the system or a library said in English, for `-v`; nothing where it is ours."""
    cause = failure.__cause__
    while isinstance(cause, SedError):
        cause = cause.__cause__
    if cause is None:
        return ""
    said = str(getattr(cause, "orig", None) or cause).strip()
    return f"{type(cause).__name__}: {said}"


def _of_system(error: OSError) -> SedError | None:
    reason = system_cause(error)
    if error.errno in _NO_ROOM and error.filename is None:
        return OutputLost(reason=reason)
    if error.filename is None:
        return None
    if error.errno in _NO_ROOM | {errno.EACCES, errno.EPERM}:
        return ReadOnlyStorage(place=str(error.filename), reason=reason)
    return FileTrouble(path=str(error.filename), reason=reason)


def _internal(error: BaseException) -> InternalError:
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = "".join(f" ({os.path.basename(f.filename)}:{f.lineno})" for f in place)
    log = _logged(error)
    advice = _("The details are in {log}. Send them with your report.").format(log=log)
    return InternalError(error=f"{type(error).__name__}{where}", advice=advice if log else "")


def _logged(error: BaseException) -> str:
    from datetime import UTC, datetime

    from sed_tui.config import home

    lines = f"{datetime.now(UTC).isoformat()}\n{''.join(_without_texts(error))}\n"
    path = home() / "errors.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with open(handle, "a", encoding="utf-8") as log:
            log.write(lines)
    except OSError:
        return ""
    return str(path)


def _without_texts(error: BaseException) -> Iterator[str]:
    # the message of an exception may quote a document: only types and places are kept
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    for one in reversed(causes):
        yield f"{type(one).__module__}.{type(one).__qualname__}\n"
        yield from traceback.format_tb(one.__traceback__)
