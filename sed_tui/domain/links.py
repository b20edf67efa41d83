"""Typed links between documents, and their inverses (rules §1.9).

A link is stored once, in its direct sense from source to target; seen from the target
it carries the inverse name.
"""

from __future__ import annotations

from enum import StrEnum

from sed_tui.i18n import N_


class LinkKind(StrEnum):
    """What the source is to the target, and the inverses."""

    REPLY_TO = "reply_to"
    REPLIED_BY = "replied_by"
    EXECUTES = "executes"
    EXECUTED_BY = "executed_by"
    REPLACES = "replaces"
    REPLACED_BY = "replaced_by"
    REVOKES = "revokes"
    REVOKED_BY = "revoked_by"
    AMENDS = "amends"
    AMENDED_BY = "amended_by"
    ANNEX_TO = "annex_to"
    HAS_ANNEX = "has_annex"
    COVERS = "covers"
    COVERED_BY = "covered_by"
    REPEATS = "repeats"
    REPEATED_BY = "repeated_by"
    DUPLICATE_OF = "duplicate_of"
    HAS_DUPLICATE = "has_duplicate"
    CORRESPONDENCE = "correspondence"
    SUBORDINATE_TO = "subordinate_to"
    LEADS = "leads"


INVERSE: dict[LinkKind, LinkKind] = {
    LinkKind.REPLY_TO: LinkKind.REPLIED_BY,
    LinkKind.EXECUTES: LinkKind.EXECUTED_BY,
    LinkKind.REPLACES: LinkKind.REPLACED_BY,
    LinkKind.REVOKES: LinkKind.REVOKED_BY,
    LinkKind.AMENDS: LinkKind.AMENDED_BY,
    LinkKind.ANNEX_TO: LinkKind.HAS_ANNEX,
    LinkKind.COVERS: LinkKind.COVERED_BY,
    LinkKind.REPEATS: LinkKind.REPEATED_BY,
    LinkKind.DUPLICATE_OF: LinkKind.HAS_DUPLICATE,
    LinkKind.SUBORDINATE_TO: LinkKind.LEADS,
    LinkKind.CORRESPONDENCE: LinkKind.CORRESPONDENCE,
}
_DIRECT = {inverse: direct for direct, inverse in INVERSE.items()}
ACYCLIC = frozenset({LinkKind.REPLACES, LinkKind.SUBORDINATE_TO})

NAMES: dict[LinkKind, str] = {
    LinkKind.REPLY_TO: N_("in reply to"),
    LinkKind.REPLIED_BY: N_("reply"),
    LinkKind.EXECUTES: N_("in execution of"),
    LinkKind.EXECUTED_BY: N_("executed by"),
    LinkKind.REPLACES: N_("replaces"),
    LinkKind.REPLACED_BY: N_("replaced by"),
    LinkKind.REVOKES: N_("revokes"),
    LinkKind.REVOKED_BY: N_("revoked by"),
    LinkKind.AMENDS: N_("amends"),
    LinkKind.AMENDED_BY: N_("amended by"),
    LinkKind.ANNEX_TO: N_("annex to"),
    LinkKind.HAS_ANNEX: N_("has annex"),
    LinkKind.COVERS: N_("covering letter to"),
    LinkKind.COVERED_BY: N_("sent with"),
    LinkKind.REPEATS: N_("repeats"),
    LinkKind.REPEATED_BY: N_("repeated by"),
    LinkKind.DUPLICATE_OF: N_("duplicate of"),
    LinkKind.HAS_DUPLICATE: N_("has duplicate"),
    LinkKind.CORRESPONDENCE: N_("correspondence"),
    LinkKind.SUBORDINATE_TO: N_("subordinate to"),
    LinkKind.LEADS: N_("leads"),
}


def direct(kind: LinkKind) -> tuple[LinkKind, bool]:
    """Return the kind as it is stored, and whether source and target change places."""
    if kind in INVERSE:
        return kind, False
    return _DIRECT[kind], True


def seen_from_target(kind: LinkKind) -> LinkKind:
    """Return the name of a stored link as its target sees it."""
    return INVERSE[kind]
