"""What an assignment comes from, where it was not issued by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.handlers.assignment_people import Author
    from sed_tui.handlers.references import DocumentReference


@dataclass(frozen=True, slots=True)
class ByHand:
    """Nothing but the call: the actor must have the right to issue and see the document."""

    author: Author | None = None
    document: DocumentReference | None = None
    on_behalf_of: UUID | None = None

    def columns(self) -> dict[str, Any]:
        """Return what the row of the assignment tells of it."""
        return {}


@dataclass(frozen=True, slots=True)
class FromPoint:
    """A point of a resolution that took force by its author, or who stood in for him."""

    author: Author
    document: DocumentReference | None
    on_behalf_of: UUID | None
    resolution_id: UUID
    point: int

    def columns(self) -> dict[str, Any]:
        """Return what the row of the assignment tells of it."""
        return {
            "kind": "point",
            "resolution_id": self.resolution_id,
            "point": self.point,
            # the decision is the head's: who drafted or stood in becomes no giver by it (A10)
            "entered_by": self.author.id,
        }


@dataclass(frozen=True, slots=True)
class FromSchedule:
    """A schedule that somebody set up for its author."""

    author: Author
    document: DocumentReference | None
    recurring_id: UUID
    entered_by: UUID
    on_behalf_of: UUID | None = None

    def columns(self) -> dict[str, Any]:
        """Return what the row of the assignment tells of it."""
        return {"recurring_id": self.recurring_id, "entered_by": self.entered_by}


Origin = ByHand | FromPoint | FromSchedule
BY_HAND = ByHand()
