"""When people are written to of joining: so many working days past a term, once each time.

The terms are data of the operator: how long a state may last (`StepTerm`), by which day a new
edition is to be signed (`accept_by`).
"""

from __future__ import annotations

LATE_AFTER = (1, 5, 10, 20)
"""Working days past a term; where several have passed unseen, the latest alone is told."""
SOON = 3
"""Working days before the term of signing by which who has not signed is reminded."""
ACCEPTED_WITHIN = 20
"""Working days to sign a new edition in, where the operator names no day."""
ANNOUNCED, SOON_OVER = "announced", "soon"


def late_stage(days: int) -> int | None:
    """Return the threshold that so many working days past a term have reached."""
    return max((one for one in LATE_AFTER if one <= days), default=None)


def acceptance_stage(days_left: int, days_late: int) -> str:
    """Return what is told of an edition that is not signed: it is new, its term ends, is over."""
    late = late_stage(days_late)
    if late is not None:
        return str(late)
    return SOON_OVER if days_left <= SOON else ANNOUNCED
