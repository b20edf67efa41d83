"""Every failure a user can meet. Importing the package makes all of them known by code."""

from sed_tui.errors import (
    assignments,
    correspondents,
    idempotency,
    identity,
    input,
    installation,
    numbering,
    people,
    references,
    registration,
    terms,
    usage,
)
from sed_tui.errors.failure import (
    BY_CODE,
    Conflict,
    Invalid,
    NotFound,
    NotPermitted,
    Refused,
    SedError,
    Unavailable,
)

__all__ = [
    "BY_CODE",
    "Conflict",
    "Invalid",
    "NotFound",
    "NotPermitted",
    "Refused",
    "SedError",
    "Unavailable",
    "assignments",
    "correspondents",
    "idempotency",
    "identity",
    "input",
    "installation",
    "numbering",
    "people",
    "references",
    "registration",
    "terms",
    "usage",
]
