"""Which partner is meant: by its code, by the identifier of a mailbox, by its correspondent."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, literal_column, or_, select
from sqlmodel import col

from sed_tui.domain.exchange_flow import MessageState
from sed_tui.domain.exchange_partner import Channel, PartnerState
from sed_tui.errors import NotFound
from sed_tui.errors.exchange_partners import PartnerClosed
from sed_tui.exchange.profile import Profile
from sed_tui.handlers.short_ids import by_id
from sed_tui.i18n import N_, _
from sed_tui.storage.tables.exchange import (
    ExchangeMailboxTable,
    ExchangeMessageTable,
    ExchangePartnerTable,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from sqlalchemy import ColumnElement, ScalarSelect

    from sed_tui.handlers.work import Work

_P, _U = ExchangePartnerTable, ExchangeMailboxTable
PARTNER: Any = ExchangePartnerTable.__table__  # type: ignore[attr-defined]
MESSAGE: Any = ExchangeMessageTable.__table__  # type: ignore[attr-defined]
# written out: as a parameter it would have to be compared with every row, which the index
# of what is prepared makes needless
IS_PREPARED = MESSAGE.c.state == literal_column(f"'{MessageState.PREPARED.value}'")


@dataclass(frozen=True, slots=True)
class PartnerReference:
    """A partner of the actor's organization. `uid` is the first of its identifiers."""

    id: UUID
    uid: str
    row: dict[str, Any]

    @property
    def code(self) -> str:
        """Return the code that people call it by."""
        return str(self.row["code"])

    @property
    def name(self) -> str:
        """Return its name in messages."""
        return str(self.row["name"])

    @property
    def channel(self) -> Channel:
        """Return the way messages travel."""
        return Channel(self.row["channel"])

    @property
    def profile(self) -> Profile:
        """Return how it wants to be written to, and what it may be forgiven."""
        row = self.row
        kinds = tuple(kind for kind in row["kinds"].split(",") if kind)
        return Profile(row["format_version"], row["encoding"], kinds, row["zone"])


def find_partner(work: Work, text: str, field: str = "partner") -> PartnerReference:
    """Return the partner of a code or an id. Raises `NotFound`."""
    known = col(_P.code) == text.strip()
    ids = by_id(col(_P.id), text.strip())
    found = find_partners(work, known if ids is None else or_(known, ids))
    exact = [one for one in found if one.code == text.strip()]
    if not found:
        raise NotFound(field=field, kind=_(N_("Partner")), key=text)
    return (exact or found)[0]


def active_partner(work: Work, text: str) -> PartnerReference:
    """Return the partner of a code. Raises `NotFound` and `PartnerClosed`."""
    partner = find_partner(work, text)
    require_active(partner)
    return partner


def require_active(partner: PartnerReference) -> None:
    """Refuse a partner that nothing is exchanged with any more. Raises `PartnerClosed`."""
    if partner.row["state"] != PartnerState.ACTIVE.value:
        raise PartnerClosed(partner=partner.code)


def partner_of_id(work: Work, partner_id: UUID) -> PartnerReference:
    """Return the partner under an id of our own."""
    return find_partners(work, col(_P.id) == partner_id)[0]


def partner_of_uid(work: Work, uid: str) -> PartnerReference | None:
    """Return whose mailbox an identifier names, None for nobody's."""
    mine = select(col(_U.partner_id)).where(
        col(_U.organization_id) == work.organization_id, col(_U.uid) == uid.lower()
    )
    return next(iter(find_partners(work, col(_P.id).in_(mine))), None)


def partner_of_peer(work: Work, organization_id: UUID) -> PartnerReference | None:
    """Return the partner that another organization of this database is."""
    return next(iter(find_partners(work, col(_P.peer_id) == organization_id)), None)


def partners_of_correspondents(
    work: Work, correspondents: Sequence[UUID]
) -> dict[UUID, PartnerReference]:
    """Return the active partners that stand for correspondents, the local one of several."""
    found = _found(work, _active(), correspondents=correspondents)
    found.sort(key=lambda one: one.channel is Channel.LOCAL)
    return {one.row["correspondent_id"]: one for one in found}


def number_waiting(most: int, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    """Return how many messages wait to be sent to a partner, of those that conditions hold for.

    It counts to the `most` and no further: a long queue would make every round long.
    """
    some = select(MESSAGE.c.id).where(
        MESSAGE.c.partner_id == PARTNER.c.id,
        IS_PREPARED,
        *conditions,
    )
    counted = some.correlate(PARTNER).limit(most).subquery()
    return select(func.count()).select_from(counted).correlate(PARTNER).scalar_subquery()


def uids_of(work: Work, partners: Sequence[UUID]) -> dict[UUID, list[str]]:
    """Return the identifiers of partners in their order."""
    rows = work.db.execute(
        select(col(_U.partner_id), col(_U.uid))
        .where(col(_U.partner_id).in_(partners))
        .order_by(col(_U.position))
    )
    found: dict[UUID, list[str]] = {}
    for row in rows:
        found.setdefault(row.partner_id, []).append(row.uid)
    return found


def find_partners(work: Work, condition: ColumnElement[bool]) -> list[PartnerReference]:
    """Return the partners that a condition holds for, by their codes."""
    return _found(work, _asked(condition))


def _found(work: Work, query: Any, **named: Any) -> list[PartnerReference]:
    own = {"organization": work.organization_id, **named}
    return [_reference(dict(row)) for row in work.db.execute(query, own).mappings()]


@cache
def _active() -> Any:
    """Return the query of active partners by correspondents, built once: every letter asks it."""
    among = col(_P.correspondent_id).in_(bindparam("correspondents", expanding=True))
    return _asked(among & (col(_P.state) == PartnerState.ACTIVE.value))


def _asked(condition: ColumnElement[bool]) -> Any:
    return (
        select(PARTNER, col(_U.uid).label("first_uid"))
        .outerjoin(_U, (col(_U.partner_id) == PARTNER.c.id) & (col(_U.position) == 1))
        .where(PARTNER.c.organization_id == bindparam("organization"), condition)
        .order_by(PARTNER.c.code)
    )


def _reference(row: dict[str, Any]) -> PartnerReference:
    uid = row.pop("first_uid")
    return PartnerReference(row["id"], uid or "", row)
