"""Operations on what an organization has decided about its assignments."""

from __future__ import annotations

from pydantic import Field

from sed_tui.domain.assignment_policy import ChildTerm, LateExtension
from sed_tui.i18n import N_
from sed_tui.operations.registry import Effect, Message, Operation, Request


class ShowPolicy(Request):
    """Ask for the rules of the organization."""


class SetPolicy(Request):
    """Change rules of the organization; what is left out stays.

    `child_term`: a sub-assignment that ends after the one above. `late_extension`: a
    request for a later term with fewer than `extension_notice` working days left.
    `version` is the one that was seen.
    """

    child_term: ChildTerm | None = None
    late_extension: LateExtension | None = None
    extension_notice: int | None = Field(default=None, ge=0, le=60)
    allows_no_term: bool | None = None
    version: int | None = None


class Policy(Message):
    """The rules as they hold now, at version 0 where the organization has decided nothing."""

    child_term: ChildTerm
    late_extension: LateExtension
    extension_notice: int
    allows_no_term: bool
    version: int


SHOW = Operation(
    "assignment.policy", N_("Show the rules of assignments"), ShowPolicy, Policy, Effect.READ
)
SET = Operation(
    "assignment.set_policy", N_("Change the rules of assignments"), SetPolicy, Policy, Effect.WRITE
)
