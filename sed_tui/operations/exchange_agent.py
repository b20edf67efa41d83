"""The operation that takes news of the agent: which message it could not carry, and why."""

from __future__ import annotations

from sed_tui.i18n import N_
from sed_tui.operations.exchange_inbox import PackageTaken
from sed_tui.operations.registry import Effect, Operation, Request


class TakeAgentNews(Request):
    """Take an error of the agent that carries folders of MEDO.

    `source` is the folder of a partner that it lay in, `name` what it was called there, and
    `token` names its staged bytes: a text, or an archive of a folder. One that names no message
    to this partner goes to quarantine.
    """

    source: str
    name: str
    token: str


TAKE = Operation(
    "exchange.agent",
    N_("Take news of the agent that carries packages"),
    TakeAgentNews,
    PackageTaken,
    Effect.WRITE,
)
