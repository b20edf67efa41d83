"""What correspondents there are, and what becomes of them."""

from __future__ import annotations

from enum import StrEnum


class CorrespondentKind(StrEnum):
    """What a correspondent is."""

    ORGANIZATION = "organization"
    CITIZEN = "citizen"


class CorrespondentState(StrEnum):
    """Whether a correspondent may take part in new documents."""

    ACTIVE = "active"
    CLOSED = "closed"
    MERGED = "merged"
