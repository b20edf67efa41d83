"""Answers: an operation in a thread, its result or its failure as a response."""

from __future__ import annotations

import logging
import time
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from sed_tui.errors.failure import Unavailable
from sed_tui.gateway.sign_in import note_use
from sed_tui.i18n import speaking
from sed_tui.server.logs import tell
from sed_tui.server.problems import problem_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.registry import Message, Operation, Request
    from sed_tui.server.asked import Asked
    from sed_tui.server.limits import Limits

AnswerT = TypeVar("AnswerT")
_NOTED_SECONDS = 300
_MOST_NOTED = 10_000


class Answering:
    """The threads of a worker, and the gateway that all of them use."""

    def __init__(self, gateway: LocalGateway, limits: Limits) -> None:
        self.gateway = gateway
        self.limits = limits
        self.calls = CapacityLimiter(limits.calls)
        self.transfers = CapacityLimiter(limits.transfers)
        self.sign_ins = CapacityLimiter(limits.sign_ins)
        self._noted: dict[str, float] = {}

    async def operation(
        self,
        asked: Asked,
        operation: Operation[Request, Message],
        read: Callable[[], Request],
    ) -> Response:
        """Run an operation of the registry."""

        def run() -> Response:
            caller = self.caller(asked)
            result = caller.call(operation, read(), asked.options())
            return Response(result.model_dump_json(), media_type="application/json")

        return await self.spoken(asked, run, self.calls)

    async def spoken(
        self, asked: Asked, run: Callable[[], Response], limiter: CapacityLimiter
    ) -> Response:
        """Run a function in a thread, in the language of the caller; failures become problems."""
        answer = partial(self._spoken, asked, run)
        # given up when the time is over: the transaction ends by the limit of the database
        return await anyio.to_thread.run_sync(answer, limiter=limiter, abandon_on_cancel=True)

    async def require_known(self, asked: Asked) -> None:
        """Refuse who holds no token that is good. Raises `BadToken`."""
        caller = self.caller(asked)
        await anyio.to_thread.run_sync(caller.require_bearer, limiter=self.calls)

    def caller(self, asked: Asked) -> LocalGateway:
        """Return the gateway of whoever presents a token. Raises `BadToken`."""
        return self.gateway.presenting(asked.token_hash, asked.organization)

    def noting(self, asked: Asked) -> BackgroundTask | None:
        """Return the task that marks the token as used, once in a while."""
        token, now = asked.token_hash, time.monotonic()
        if now - self._noted.get(token, -_NOTED_SECONDS) < _NOTED_SECONDS:
            return None
        if len(self._noted) >= _MOST_NOTED:
            self._noted.clear()
        self._noted[token] = now
        return BackgroundTask(self._note, token)

    def _note(self, token: str) -> None:
        """Mark a token as used; the answer has gone already, and a later call tries again."""
        try:
            note_use(self.gateway, token)
        except Unavailable as failure:
            self._noted.pop(token, None)
            tell("use of a token not noted", logging.WARNING, code=failure.code)

    def _spoken(self, asked: Asked, run: Callable[[], Response]) -> Response:
        with speaking(asked.language):
            try:
                response = run()
            except ClientDisconnect:  # nobody is told anything: the application answers so
                raise
            except Exception as error:
                return problem_of(error, asked, self.limits.seconds)
        if asked.authorization:
            response.background = self.noting(asked)
        return response
