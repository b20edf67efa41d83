"""Whether somebody may sign a draft now: where it stands, who is to sign, by which right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.domain.draft_flow import DraftStep, Stage, draft_transition
from sed_tui.domain.signing import Matter, right_to_sign
from sed_tui.errors.drafts import VersionOutdated
from sed_tui.errors.signing import NotTheSignatory, SignedAlready
from sed_tui.handlers.draft_standing import find_draft
from sed_tui.handlers.draft_version import versions_of
from sed_tui.handlers.signatories import Signatory, signatories_of
from sed_tui.handlers.signature import signers_of
from sed_tui.handlers.signing_right import rights_of

if TYPE_CHECKING:
    from sed_tui.domain.signing import SigningRight
    from sed_tui.handlers.draft_standing import StoredDraft
    from sed_tui.handlers.work import Work
    from sed_tui.operations.draft_version import VersionFile


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A draft that the actor may sign, by which right, and for whom when he stands in."""

    draft: StoredDraft
    files: list[VersionFile]
    right: SigningRight
    absent: Signatory | None = None
    others: tuple[Signatory, ...] = ()
    """Who has to sign the version as well."""


def entitled(work: Work, document: str, version: int | None) -> Entitlement:
    """Return by which right the actor signs the last version of a draft.

    Those whom the draft names sign first, or who stands in for them; when all have, others
    may sign beside them. Raises what the flow refuses, `VersionOutdated`, `NotTheSignatory`,
    `SignedAlready` and what `right_to_sign` raises.
    """
    draft = find_draft(work, document)
    is_first = draft.standing.stage is not Stage.SIGNED
    draft_transition(DraftStep.SIGN if is_first else DraftStep.COSIGN, draft.standing)
    if version is not None and version != draft.version:
        raise VersionOutdated(field="version", seen=version, current=draft.version)
    mine = work.actor.employee_id
    if any(one.employee_id == mine for one in signers_of(work, draft.id, draft.version)):
        raise SignedAlready(field="document", version=draft.version)
    absent, others = whose_signature(work, draft) if is_first else (None, ())
    card = draft.card
    matter = Matter(card["flow"], card["kind"], draft.amount)
    right = right_to_sign(rights_of(work, mine), matter, work.today)
    files = versions_of(work, draft.id)[0].files
    return Entitlement(draft, files, right, absent, others)


def whose_signature(
    work: Work, draft: StoredDraft
) -> tuple[Signatory | None, tuple[Signatory, ...]]:
    """Return for whom the actor signs, nobody when it is his own to sign, and who else has to.

    Raises `NotTheSignatory` when neither he nor whom he stands in for is missing.
    """
    named = signatories_of(work, draft.id)
    missing = [one for one in named if not one.has_signed]
    whose = {one.id: one for one in missing}
    mine = work.actor.employee_id
    if not named or mine in whose:
        return None, tuple(one for one in missing if one.id != mine)
    absent = next((one for one in missing if one.id in work.actor.approves_for), None)
    if absent is None:
        raise NotTheSignatory(signatory=", ".join(one.name for one in missing))
    return absent, tuple(one for one in missing if one is not absent)
