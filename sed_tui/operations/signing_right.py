"""Operations on rights to sign."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from sed_tui.domain.flows import Flow
from sed_tui.domain.signing import Basis
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class AddSigningRight(Request):
    """Let somebody sign: from a day till a day, by a ground, for a flow, a kind, an amount.

    What is left out does not bound the right. `power` names the power of attorney, which
    has an end. The amount is in whole roubles.
    """

    employee: str
    basis: Basis = Basis.DUTIES
    flow: Flow | None = None
    kind: str | None = None
    amount: int | None = Field(default=None, ge=0, le=10**15)
    power: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None


class ListSigningRights(Request):
    """Ask for the rights of everybody, or of one employee."""

    employee: str | None = None


class EndSigningRight(Request):
    """End a right today; what was signed by it stays."""

    right: str


class SigningRightRow(Message):
    """A right to sign."""

    id: UUID
    employee: str
    login: str
    flow: Flow | None
    kind: str | None
    amount: int | None
    basis: Basis
    power: str | None
    starts_on: date
    ends_on: date | None


class SigningRights(Message):
    """Rights to sign by name."""

    rows: list[SigningRightRow]
    next: None = None


ADD = Operation(
    "right.add", N_("Enter a right to sign"), AddSigningRight, SigningRightRow, Effect.WRITE
)
LIST = Operation(
    "right.list", N_("List rights to sign"), ListSigningRights, SigningRights, Effect.READ
)
END = Operation(
    "right.end", N_("End a right to sign"), EndSigningRight, SigningRightRow, Effect.WRITE
)
