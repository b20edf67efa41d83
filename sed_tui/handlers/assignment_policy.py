"""What an organization has decided about its assignments: shown, changed, asked by the steps."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.assignment_policy import AssignmentPolicy, ChildTerm, LateExtension
from sed_tui.i18n import _
from sed_tui.operations.assignment_policy import Policy, SetPolicy, ShowPolicy
from sed_tui.storage.tables.assignment_policy import AssignmentPolicyTable
from sed_tui.storage.versioned import keep_row

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work

_P = AssignmentPolicyTable


def load_policy(work: Work) -> AssignmentPolicy:
    """Return the rules of the organization, the defaults where it has decided nothing."""
    row = work.db.execute(
        select(
            *map(col, (_P.child_term, _P.late_extension, _P.extension_notice, _P.allows_no_term))
        ).where(col(_P.organization_id) == work.organization_id)
    ).one_or_none()
    if row is None:
        return AssignmentPolicy()
    return AssignmentPolicy(
        child_term=ChildTerm(row.child_term),
        late_extension=LateExtension(row.late_extension),
        extension_notice=row.extension_notice,
        allows_no_term=row.allows_no_term,
    )


def show_policy(work: Work, _request: ShowPolicy) -> Policy:
    """Return the rules as they hold."""
    query = select(col(_P.version)).where(col(_P.organization_id) == work.organization_id)
    return Policy(**asdict(load_policy(work)), version=work.db.scalar(query) or 0)


def set_policy(work: Work, request: SetPolicy) -> Policy:
    """Change the rules that were named; the others stay. Raises `ChangedMeanwhile`."""
    before = asdict(load_policy(work))
    changes = request.model_dump(exclude={"version"}, exclude_none=True)
    after = {**before, **changes}
    key, what = {"organization_id": work.organization_id}, _("the rules of assignments")
    version = keep_row(work.db, _P, key, after, request.version, what=what, changes=changes)
    if before != after:
        work.record("policy", "organization", work.organization_id, before, after)
    return Policy(**after, version=version)
