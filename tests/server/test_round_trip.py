"""Requests and failures survive the way between a client and a server."""

from __future__ import annotations

from datetime import UTC, date, datetime
from string import Formatter
from typing import TYPE_CHECKING, Any

import httpx

from sed_tui.errors import SedError, by_code
from sed_tui.gateway.protocol import PROBLEM
from sed_tui.gateway.remote_answers import failure_in
from sed_tui.operations.registry import operations
from sed_tui.server.problems import problem
from tests.handlers.any_request import any_request

if TYPE_CHECKING:
    from collections.abc import Iterator


def test_every_request_survives_the_way() -> None:
    for operation in operations().values():
        request = any_request(operation)
        sent = request.model_dump_json(exclude_unset=True)
        assert operation.request.model_validate_json(sent) == request, operation.name


def _examples() -> Iterator[SedError]:
    for kind in by_code().values():
        values: dict[str, Any] = {}
        for text in (kind.message, kind.hint):
            for _text, name, form, _how in Formatter().parse(text):
                if name and name not in {"field", "row"}:
                    values[name] = date(2026, 11, 23) if form else "что-то"
        yield kind(field="subject", row=7, **values, more=[datetime(2026, 1, 1, tzinfo=UTC)])


def test_every_failure_is_made_again_from_what_was_told() -> None:
    for failure in _examples():
        told = problem(failure, "0123456789")
        answer = httpx.Response(400, headers={"content-type": PROBLEM}, json=told)
        made = failure_in(answer)
        assert made is not None
        assert (type(made), str(made), made.advice) == (type(failure), str(failure), failure.advice)
        assert (made.field, made.row, made.details) == ("subject", 7, failure.details)


def test_a_failure_of_a_newer_server_is_told_in_its_words() -> None:
    told = {"code": "of_the_future", "detail": "Что-то новое", "hint": "Обновите", "field": None}
    made = failure_in(httpx.Response(409, headers={"content-type": PROBLEM}, json=told))

    assert made is not None
    assert (str(made), made.advice, made.exit_code) == ("Что-то новое", "Обновите", 7)
