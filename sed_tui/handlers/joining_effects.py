"""What follows from a step of joining beside its new state: a day, an organization's standing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlmodel import col

from sed_tui.domain.exchange_partner import PartnerState
from sed_tui.domain.joining import JoiningStep
from sed_tui.errors.joining import ConnectionBeforeAgreement, ConnectionInFuture
from sed_tui.handlers.joining_facts import facts_of
from sed_tui.handlers.other_organization import working_in
from sed_tui.storage.tables.exchange import ExchangePartnerTable
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.handlers.joining_found import Found
    from sed_tui.handlers.work import Work
    from sed_tui.operations.joining import TakeJoiningStep

_O, _P = OrganizationTable, ExchangePartnerTable


def effect_of(
    work: Work, found: Found, step: JoiningStep, request: TakeJoiningStep
) -> dict[str, Any]:
    """Do what follows from a step and return what it changes of the application."""
    effect = _EFFECTS.get(step)
    return effect(work, found, request) if effect else {}


def set_standing(work: Work, found: Found, state: str) -> None:
    """Set whether an organization's people act, read alone, or do nothing."""
    work.db.execute(
        update(_O)
        .where(col(_O.id) == found.organization_id)
        .values(state=state, version=col(_O.version) + 1)
    )


def _open(work: Work, found: Found, _request: TakeJoiningStep) -> dict[str, Any]:
    """Open the accounts of the listed: from now on people act in the organization."""
    from sed_tui.handlers.joining_people import open_accounts  # for this step alone

    set_standing(work, found, "active")
    open_accounts(work, found)
    return {}


def _connect(work: Work, found: Found, request: TakeJoiningStep) -> dict[str, Any]:
    """Connect on a day that is not before the agreements, nor to come."""
    day, agreed = request.on or work.today, facts_of(work, found).agreed_on
    if day > work.today:
        raise ConnectionInFuture(field="on", day=f"{day:%d.%m.%Y}")
    if agreed is not None and day < agreed:
        raise ConnectionBeforeAgreement(
            field="on", day=f"{day:%d.%m.%Y}", agreed=f"{agreed:%d.%m.%Y}"
        )
    return {"connected_on": day}


def _suspend(work: Work, found: Found, _request: TakeJoiningStep) -> dict[str, Any]:
    set_standing(work, found, "suspended")
    return {}


def _resume(work: Work, found: Found, _request: TakeJoiningStep) -> dict[str, Any]:
    set_standing(work, found, "active")
    return _leave(work, found, _request)


def _leave(_work: Work, _found: Found, _request: TakeJoiningStep) -> dict[str, Any]:
    """Go on as before until the disconnection; what was exported earlier does not count."""
    return {"exported_digest": None, "exported_seq": None}


def _disconnect(work: Work, found: Found, _request: TakeJoiningStep) -> dict[str, Any]:
    set_standing(work, found, "disconnected")
    _end_exchange(work, found)
    return {}


def _reorganize(work: Work, found: Found, _request: TakeJoiningStep) -> dict[str, Any]:
    set_standing(work, found, "reorganized")
    _end_exchange(work, found)
    return {}


def _end_exchange(work: Work, found: Found) -> None:
    """Close the partner that the organization is to others here: nobody registers its letters."""
    partners = work.db.execute(
        select(col(_P.id), col(_P.organization_id), col(_O.code))
        .join(_O, col(_O.id) == col(_P.organization_id))
        .where(col(_P.peer_id) == found.organization_id, col(_P.state) == PartnerState.ACTIVE.value)
        .order_by(col(_O.code))
    ).all()
    for one in partners:
        with working_in(work, one.organization_id, one.code) as there:
            there.db.execute(
                update(_P)
                .where(col(_P.id) == one.id)
                .values(state=PartnerState.CLOSED.value, version=col(_P.version) + 1)
            )
            before, after = (
                {"state": state.value} for state in (PartnerState.ACTIVE, PartnerState.CLOSED)
            )
            there.record("edit", "exchange_partner", one.id, before, after)


_EFFECTS: dict[JoiningStep, Callable[[Work, Found, TakeJoiningStep], dict[str, Any]]] = {
    JoiningStep.OPEN: _open,
    JoiningStep.CONNECT: _connect,
    JoiningStep.SUSPEND: _suspend,
    JoiningStep.RESUME: _resume,
    JoiningStep.LEAVE: _leave,
    JoiningStep.DISCONNECT: _disconnect,
    JoiningStep.REORGANIZE: _reorganize,
}
