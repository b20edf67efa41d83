"""Failures as RFC 9457 problems, from which a client makes the same failure again."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from pydantic_core import to_json
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from starlette.responses import Response

from sed_tui.errors import SedError
from sed_tui.errors.causes import database_cause, system_cause
from sed_tui.errors.installation import InternalError, ReadOnlyStorage
from sed_tui.errors.network import RequestTooSlow
from sed_tui.gateway.problem_details import packed
from sed_tui.gateway.protocol import PROBLEM
from sed_tui.i18n import _, speaking
from sed_tui.operations.validation import bad_request
from sed_tui.server.logs import log, tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.server.asked import Asked


def problem(failure: SedError, request_id: str) -> dict[str, Any]:
    """Return the members of a problem: those of the standard, and ours."""
    return {
        "type": f"urn:sed-tui:problem:{failure.code}",
        "title": HTTPStatus(failure.http_status).phrase,
        "status": failure.http_status,
        "detail": str(failure),
        "instance": f"urn:sed-tui:request:{request_id}",
        **failure.as_problem(),
        "exit_status": failure.exit_code,
        "details": packed(failure.details),
    }


def problem_response(failure: SedError, request_id: str) -> Response:
    """Return a failure as an answer."""
    headers: Mapping[str, str] = {}
    if failure.http_status == HTTPStatus.UNAUTHORIZED:
        headers = {"WWW-Authenticate": 'Bearer realm="sed-tui"'}
    if "seconds" in failure.details and failure.http_status == HTTPStatus.TOO_MANY_REQUESTS:
        headers = {"Retry-After": str(failure.details["seconds"])}
    body = to_json(problem(failure, request_id))
    return Response(body, failure.http_status, headers, media_type=PROBLEM)


def failure_of(error: Exception, request_id: str, seconds: float) -> SedError:
    """Return what to tell of any failure; an unexpected one goes to the log, not to the caller."""
    match error:
        case SedError():
            return _told_afar(error, request_id) if error.whereabouts else error
        case ValidationError():
            return bad_request(error)
        case TimeoutError() | NoConnectionLeft():
            return RequestTooSlow(seconds=int(seconds))
    log.error("internal error", exc_info=error, extra={"told": {"request": request_id}})
    advice = _("Tell whoever runs the server the number of the request: {id}")
    return InternalError(error=type(error).__name__, advice=advice.format(id=request_id))


def problem_of(error: Exception, asked: Asked, seconds: float) -> Response:
    """Return any failure as an answer; the line of the request in the log names it too."""
    failure = failure_of(error, asked.request_id, seconds)
    asked.told["code"] = failure.code
    return problem_response(failure, asked.request_id)


def _reason_for_the_log(failure: SedError) -> dict[str, str]:
    """Return the reason in English, whatever language the caller speaks: one log, one language."""
    cause = failure.__cause__
    if cause is None or "reason" not in failure.details:
        return {}
    with speaking("en"):
        is_system = isinstance(cause, (OSError, UnicodeError))
        return {"reason": system_cause(cause) if is_system else database_cause(str(cause))}


def _told_afar(failure: SedError, request_id: str) -> SedError:
    """Keep paths, addresses and what a database said in the log; the caller gets the number."""
    details = {**failure.details, **_reason_for_the_log(failure)}
    tell(failure.code, logging.WARNING, request=request_id, **details)
    said = {"": _("of the server"), "request": request_id}
    said["reason"] = _("the reason is in its log.")
    if isinstance(failure, ReadOnlyStorage):
        said["place"] = _("The storage of the server")
    return failure.told_afar(said)
