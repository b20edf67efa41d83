"""The flows of documents and the independent axes of their state (rules §1.4)."""

from __future__ import annotations

from enum import StrEnum


class Flow(StrEnum):
    """Where a document comes from and goes to."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"
    INTERNAL = "internal"
    ORDER = "order"
    APPEAL = "appeal"


class Lifecycle(StrEnum):
    """Whether the document itself is in force."""

    DRAFT = "draft"
    ACTIVE = "active"
    EXECUTED = "executed"
    OBSOLETE = "obsolete"
    CANCELLED = "cancelled"


class Registration(StrEnum):
    """Whether it carries a number."""

    UNREGISTERED = "unregistered"
    RESERVED = "reserved"
    REGISTERED = "registered"


class Approval(StrEnum):
    """How far it is agreed to and signed here (внутреннее согласование)."""

    NONE = "none"
    RUNNING = "on_approval"
    REWORK = "rework"
    APPROVED = "approved"
    SIGNED = "signed"


class Exchange(StrEnum):
    """Whether it has gone out."""

    NONE = "none"
    SENT = "sent"


class Execution(StrEnum):
    """What is being done about it."""

    NONE = "none"
    REVIEW = "review"
    IN_WORK = "in_work"
    EXECUTED = "executed"
    NOT_REQUIRED = "not_required"
    STOPPED = "stopped"


class Control(StrEnum):
    """Whether its execution is watched."""

    NONE = "none"
    CONTROL = "control"
    SPECIAL = "special"
    RELEASED = "released"


class Confidentiality(StrEnum):
    """The security mark; `official` is «для служебного пользования»."""

    NONE = "none"
    OFFICIAL = "official"


SIGNED_BEFORE_REGISTRATION = frozenset({Flow.OUTGOING, Flow.ORDER})
FROM_OUTSIDE = frozenset({Flow.INCOMING, Flow.APPEAL})
DRAFTED = frozenset({Flow.OUTGOING, Flow.ORDER, Flow.INTERNAL})
