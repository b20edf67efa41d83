"""Operations on substitutions: who stands in for an absent person."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import Field

from sed_tui.domain.substitution import Scope
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class AddSubstitution(Request):
    """Enter an absence from one day to another, both included, and who stands in.

    Without a substitute it is an absence alone: whoever assigns is warned of it.
    Without `scopes` the substitute stands in for everything.
    """

    absent: str
    starts_on: date
    ends_on: date
    substitute: str | None = None
    scopes: tuple[Scope, ...] = ()
    note: str | None = None


class ListSubstitutions(Request):
    """Ask for the substitutions in force or to come; `past` asks for the others as well."""

    person: str | None = None
    past: bool = False


class EndSubstitution(Request):
    """End a substitution today; one that has not begun never holds."""

    substitution: str


class Substitution(Message):
    """Who stands in for whom; `is_active` tells whether it holds today."""

    id: UUID
    short_id: str
    absent: str
    absent_login: str
    substitute: str | None
    substitute_login: str | None
    starts_on: date
    ends_on: date
    scopes: list[Scope]
    note: str | None
    set_by: str
    is_active: bool
    is_cancelled: bool
    warnings: list[str] = Field(default_factory=list)


class SubstitutionList(Message):
    """Substitutions, the latest first."""

    rows: list[Substitution]
    next: None = None


ADD = Operation(
    "substitution.add", N_("Set a substitution"), AddSubstitution, Substitution, Effect.WRITE
)
LIST = Operation(
    "substitution.list",
    N_("List substitutions"),
    ListSubstitutions,
    SubstitutionList,
    Effect.READ,
)
END = Operation(
    "substitution.end", N_("End a substitution"), EndSubstitution, Substitution, Effect.WRITE
)
