"""The limit of stored bytes, set by who keeps the system and told in the trail of whom it binds."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.errors.identity import UnknownOrganization
from sed_tui.errors.room import QuotaOfAnother
from sed_tui.handlers.other_organization import working_in
from sed_tui.operations.organization_quota import Quota
from sed_tui.storage.joining import load_keeper
from sed_tui.storage.room import allow, room_of
from sed_tui.storage.room_counting import recount
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work
    from sed_tui.operations.organization_quota import SetQuota

_O = OrganizationTable


def set_quota(work: Work, request: SetQuota) -> Quota:
    """Set the limit, and count anew what is stored.

    Raises `QuotaOfAnother` for whoever does not keep the system, `UnknownOrganization`.
    """
    keeper = load_keeper(work.db)
    if keeper.id != work.organization_id:
        raise QuotaOfAnother(operator=f"{keeper.name} ({keeper.code})")
    row = work.db.execute(
        select(col(_O.id), col(_O.code)).where(col(_O.code) == request.organization)
    ).one_or_none()
    if row is None:
        raise UnknownOrganization(field="organization", organization=request.organization)
    is_own = row.id == work.organization_id
    with nullcontext(work) if is_own else working_in(work, row.id, row.code) as there:
        before = room_of(there.db, row.id, row.code)
        recount(there.db, row.id)
        allow(there.db, row.id, request.allowed_bytes)
        now = room_of(there.db, row.id, row.code)
        if now.allowed != before.allowed:
            told = ({"allowed_bytes": one.allowed} for one in (before, now))
            there.record("quota", "organization", row.id, *told)
    return Quota(organization=row.code, used_bytes=now.used, allowed_bytes=now.allowed)
