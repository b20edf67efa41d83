"""What an organization decides about its assignments: rules that are data, not code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChildTerm(StrEnum):
    """What happens when a sub-assignment would end after the assignment above it (A4)."""

    WARN = "warn"
    FORBID = "forbid"


class LateExtension(StrEnum):
    """What happens to a request for a later term that comes too late."""

    FLAG = "flag"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class AssignmentPolicy:
    """The rules of one organization; the defaults hold until it decides otherwise.

    A request for a later term is late when fewer than `extension_notice` working days
    are left, 0 meaning that the term is over.
    """

    child_term: ChildTerm = ChildTerm.WARN
    late_extension: LateExtension = LateExtension.FLAG
    extension_notice: int = 0
    allows_no_term: bool = True
