"""The registry of operations, the one list that every face reads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from sed_tui.domain.text import optional


class Message(BaseModel):
    """A request or a result: immutable, and deaf to fields it does not know."""

    # built when first used: a command declares dozens and uses two
    model_config = ConfigDict(defer_build=True, frozen=True)


EVERY_ORGANIZATION = "all"


class Request(Message, extra="forbid"):
    """What a caller asks: a field nobody knows is a mistake, not a newer version."""

    @property
    def chosen_organization(self) -> str | None:
        """Name the organization that the request itself is about, None for the caller's.

        `all` says that the operation spans every organization it is permitted in.
        """
        return None


RequestT = TypeVar("RequestT", bound=Request)
ResultT = TypeVar("ResultT", bound=Message)


class Effect(StrEnum):
    """What an operation does to the records."""

    READ = "read"
    WRITE = "write"
    DESTROY = "destroy"


@dataclass(frozen=True, slots=True)
class Operation(Generic[RequestT, ResultT]):
    """One thing a user can ask the system to do.

    Its name is also its row in the permission matrix (`sed_tui.domain.access`).
    """

    name: str
    title: str
    request: type[RequestT]
    result: type[ResultT]
    effect: Effect
    since: str = "0.1.0"
    is_planned: bool = False
    """Whether its handler has a `plan_…` beside it, which reads before the turn to write."""

    @property
    def handler(self) -> tuple[str, str]:
        """Name the module and the function that implement the operation.

        The convention: the handler stands in the module of the same name as its
        declaration, under the request's name. `document.register`, declared in
        `operations.registration` with the request `RegisterDocument`, is done by
        `handlers.registration.register_document`.
        """
        module = self.request.__module__.rpartition(".")[2]
        function = re.sub(r"(?<!^)(?=[A-Z])", "_", self.request.__name__).lower()
        return f"sed_tui.handlers.{module}", function


@dataclass(frozen=True, slots=True)
class CallOptions:
    """How an operation is to be run, apart from what is asked.

    With `dry_run` everything is done and rolled back. A key in `idempotency_key`
    gives the stored answer when the same call comes again. `source` is the face:
    tui, cli, cron, connector. With `masked` official-use-only texts are masked for
    everybody: the answer leaves the system, by mail.
    """

    dry_run: bool = False
    reason: str | None = None
    idempotency_key: str | None = None
    source: str = "cli"
    masked: bool = False

    def __post_init__(self) -> None:
        """Clean what a person typed: it goes into the audit trail for good."""
        for name, limit in (("reason", 1000), ("idempotency_key", 200)):
            value = optional(getattr(self, name), name, limit=limit)
            object.__setattr__(self, name, value)


@cache
def operations() -> dict[str, Operation[Request, Message]]:
    """Return every operation by name, importing their declarations once."""
    package = import_module("sed_tui.operations")
    modules = (
        import_module(f"{package.__name__}.{m.name}") for m in iter_modules(package.__path__)
    )
    found = (value for module in modules for value in vars(module).values())
    return {op.name: op for op in found if isinstance(op, Operation)}
