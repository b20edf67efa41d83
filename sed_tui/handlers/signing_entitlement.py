"""Whether somebody may sign a draft now: where it stands, who is to sign, by which right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.draft_flow import DraftStep, Stage, draft_transition
from sed_tui.domain.signing import Matter, right_to_sign
from sed_tui.errors.drafts import VersionOutdated
from sed_tui.errors.signing import NotTheSignatory, SignedAlready
from sed_tui.handlers.draft_standing import find_draft
from sed_tui.handlers.draft_version import versions_of
from sed_tui.handlers.signature import signers_of
from sed_tui.handlers.signing_right import rights_of
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from uuid import UUID

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
    absent_id: UUID | None = None
    absent_name: str | None = None
    absent_login: str | None = None


def entitled(work: Work, document: str, version: int | None) -> Entitlement:
    """Return by which right the actor signs the last version of a draft.

    A first signature is the signatory's, or that of who stands in for him; others may sign
    beside it. Raises what the flow refuses, `VersionOutdated`, `NotTheSignatory`,
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
    absent = _absent(work, draft) if is_first else None
    card = draft.card
    matter = Matter(card["flow"], card["kind"], draft.amount)
    right = right_to_sign(rights_of(work, mine), matter, work.today)
    files = versions_of(work, draft.id)[0].files
    if absent is None:
        return Entitlement(draft, files, right)
    return Entitlement(draft, files, right, absent.id, absent.full_name, absent.login)


def _absent(work: Work, draft: StoredDraft) -> Any | None:
    """Return for whom the actor signs, nothing when it is his own to sign."""
    if draft.signatory_id in {None, work.actor.employee_id}:
        return None
    signatory = work.db.execute(
        select(*map(col, (EmployeeTable.id, EmployeeTable.full_name, EmployeeTable.login))).where(
            col(EmployeeTable.id) == draft.signatory_id
        )
    ).one()
    if signatory.id not in work.actor.approves_for:
        raise NotTheSignatory(signatory=signatory.full_name)
    return signatory
