"""Partners of the exchange: added, changed, listed, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select, true, update
from sqlmodel import col

from sed_tui.domain.exchange_partner import (
    CHANNEL_TITLES,
    Channel,
    checked_code,
    checked_encoding,
    checked_kinds,
    checked_uid,
    checked_zone,
)
from sed_tui.domain.text import clean, optional
from sed_tui.errors import NotFound
from sed_tui.errors.exchange_partners import AddressNeeded, PartnerExists, PartnerInUse
from sed_tui.handlers.correspondent import names_of, resolve_correspondent
from sed_tui.handlers.exchange_partners import (
    PARTNER,
    find_partner,
    find_partners,
    number_waiting,
    uids_of,
)
from sed_tui.i18n import N_, _
from sed_tui.operations.exchange_partner import (
    AddPartner,
    EditPartner,
    ListPartners,
    Partner,
    PartnerList,
    PartnerRemoved,
    RemovePartner,
    ShowPartner,
)
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.exchange import (
    ExchangeMailboxTable,
    ExchangeMessageTable,
    ExchangePartnerTable,
)
from sed_tui.storage.tables.organization import OrganizationTable
from sed_tui.storage.versioned import differing, require_seen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import ColumnElement

    from sed_tui.handlers.work import Work

_P, _U, _M = ExchangePartnerTable, ExchangeMailboxTable, ExchangeMessageTable
_TEXTS = {"name": 500, "mailbox": 200, "address": 1000, "inbox": 1000}
_SWITCHES = ("acknowledges_notifications", "is_subscribed", "takes_official", "max_bytes")
_LOCK = "exchange partners"
_MOST_COUNTED = 1_000


def add_partner(work: Work, request: AddPartner) -> Partner:
    """Store a partner. Raises `PartnerExists`, `AddressNeeded`, `BadPartnerCode`."""
    lock_name(work.db, work.organization_id, _LOCK)
    code = checked_code(request.code)
    peer = _peer(work, request)
    asked = request.name or (peer.name if peer else None) or request.correspondent or code
    stands_for = resolve_correspondent(work, request.correspondent or asked)
    values = _checked(request.model_dump(exclude_none=True))
    row = {
        **values,
        "code": code,
        "name": values.get("name") or (peer.name if peer else stands_for.name),
        "correspondent_id": stands_for.id,
        "peer_id": peer.id if peer else None,
        "channel": request.channel.value,
        "own_uid": values.get("own_uid") or str(work.organization_id),
    }
    uids = [str(peer.id)] if peer else [checked_uid(uid) for uid in request.uids]
    _require_address(row, uids)
    _require_free(work, row, uids)
    return _card(work, store_partner(work, row, uids))


def edit_partner(work: Work, request: EditPartner) -> Partner:
    """Change a partner. Raises `ChangedMeanwhile`, `PartnerExists`, `AddressNeeded`."""
    lock_name(work.db, work.organization_id, _LOCK)
    partner = find_partner(work, request.partner)
    before = partner.row
    asked = _checked(request.model_dump(exclude={"partner", "version"}, exclude_none=True))
    require_seen(
        *(request.version, before["version"], before["code"]), lambda: differing(before, asked)
    )
    after = {**before, **asked}
    known = uids_of(work, [partner.id]).get(partner.id, [])
    uids = known if request.uids is None else [checked_uid(uid) for uid in request.uids]
    _require_address(after, uids)
    _require_free(work, after, uids, but=partner.id)
    changed = {name: value for name, value in after.items() if value != before[name]}
    # whoever mends the address wants to see at once whether it works
    pause = {"paused_until": None, "failures": 0} if changed else {}
    work.db.execute(
        update(PARTNER)
        .where(PARTNER.c.id == partner.id)
        .values(**changed, **pause, version=before["version"] + 1)
    )
    if uids != known:
        work.db.execute(delete(_U).where(col(_U.partner_id) == partner.id))
        _store_uids(work, partner.id, uids)
    if changed or uids != known:
        old = {name: before[name] for name in changed} | {"uids": ", ".join(known)}
        new = {**changed, "uids": ", ".join(uids)}
        work.record("edit", "exchange_partner", partner.id, old, new)
    return _card(work, partner.id)


def list_partners(work: Work, request: ListPartners) -> PartnerList:
    """Return the partners by their codes."""
    condition: ColumnElement[bool] = true()
    if request.channel is not None:
        condition &= col(_P.channel) == request.channel.value
    if request.state is not None:
        condition &= col(_P.state) == request.state.value
    return PartnerList(rows=_cards(work, condition))


def show_partner(work: Work, request: ShowPartner) -> Partner:
    """Return a partner. Raises `NotFound`."""
    return _card(work, find_partner(work, request.partner).id)


def remove_partner(work: Work, request: RemovePartner) -> PartnerRemoved:
    """Remove a partner that has no history. Raises `PartnerInUse`."""
    partner = find_partner(work, request.partner)
    used = select(col(_M.id)).where(col(_M.partner_id) == partner.id).limit(1)
    if work.db.scalar(used) is not None:
        raise PartnerInUse(partner=partner.code)
    work.db.execute(delete(_U).where(col(_U.partner_id) == partner.id))
    work.db.execute(delete(_P).where(col(_P.id) == partner.id))
    told = {"code": partner.code, "name": partner.name}
    work.record("remove", "exchange_partner", partner.id, told, None)
    return PartnerRemoved(**told)


def store_partner(work: Work, row: Mapping[str, Any], uids: Sequence[str]) -> UUID:
    """Put a partner of checked values beside the others and return its id."""
    created = uuid4()
    work.db.execute(
        insert(_P).values(
            id=created,
            organization_id=work.organization_id,
            created_at=work.now,
            version=1,
            **{"state": "active", "failures": 0, **row},
        )
    )
    _store_uids(work, created, uids)
    shown = {name: row[name] for name in ("code", "name", "channel", "address") if name in row}
    work.record("create", "exchange_partner", created, None, {**shown, "uids": ", ".join(uids)})
    return created


def _peer(work: Work, request: AddPartner) -> Any:
    """Return the organization of this database that a local partner is."""
    if request.channel is not Channel.LOCAL:
        return None
    table = OrganizationTable
    row = work.db.execute(
        select(col(table.id), col(table.name)).where(
            col(table.code) == (request.organization or ""),
            col(table.id) != work.organization_id,
        )
    ).one_or_none()
    if row is None and request.organization:
        kind = _(N_("Organization"))
        raise NotFound(field="organization", kind=kind, key=request.organization)
    return row


def _checked(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of those values that are told, as they are stored."""
    row = {name: told[name] for name in (*_SWITCHES, "state") if name in told}
    if "state" in row:
        row["state"] = row["state"].value
    for name, limit in _TEXTS.items():
        if name in told:
            row[name] = optional(told[name], name, limit=limit)
    if row.get("name", "—") is None:
        clean("", "name", limit=1)
    if "format_version" in told:
        row["format_version"] = told["format_version"].value
    if "encoding" in told:
        row["encoding"] = checked_encoding(told["encoding"])
    if "kinds" in told:
        row["kinds"] = ",".join(checked_kinds(told["kinds"]))
    if "zone" in told:
        row["zone"] = checked_zone(told["zone"])
    if "own_uid" in told:
        row["own_uid"] = checked_uid(told["own_uid"], "own_uid")
    return row


def _require_address(row: Mapping[str, Any], uids: Sequence[str]) -> None:
    channel = Channel(row["channel"])
    if channel is Channel.LOCAL:
        missing = "" if row["peer_id"] else "--organization"
    else:
        missing = "" if row.get("address") else "--address"
        missing = missing or ("" if uids else "--uid")
    if missing:
        title = _(CHANNEL_TITLES[channel])
        raise AddressNeeded(field=missing.strip("-"), channel=title, what=missing)


def _require_free(
    work: Work, row: Mapping[str, Any], uids: Sequence[str], but: UUID | None = None
) -> None:
    """Refuse a code, an organization, a correspondent or an identifier of another partner."""
    others = select(
        *map(col, (_P.id, _P.code, _P.correspondent_id, _P.peer_id)),
    ).where(col(_P.organization_id) == work.organization_id)
    for other in work.db.execute(others).all():
        if other.id == but:
            continue
        same = {
            row["code"]: row["code"] == other.code,
            row["name"]: row["correspondent_id"] == other.correspondent_id
            or (row["peer_id"] is not None and row["peer_id"] == other.peer_id),
        }
        for value, is_taken in same.items():
            if is_taken:
                raise PartnerExists(field="code", value=value, partner=other.code)
    taken = work.db.execute(
        select(col(_U.uid), col(_P.code))
        .join(_P, col(_P.id) == col(_U.partner_id))
        .where(
            col(_U.organization_id) == work.organization_id,
            col(_U.uid).in_(list(uids)),
            col(_P.id) != but if but is not None else col(_P.id).is_not(None),
        )
    ).first()
    if taken is not None:
        raise PartnerExists(field="uids", value=taken.uid, partner=taken.code)


def _store_uids(work: Work, partner_id: UUID, uids: Sequence[str]) -> None:
    rows = [
        {
            "organization_id": work.organization_id,
            "uid": uid,
            "partner_id": partner_id,
            "position": place,
        }
        for place, uid in enumerate(dict.fromkeys(uids), start=1)
    ]
    if rows:
        work.db.execute(insert(_U), rows)


def _card(work: Work, partner_id: UUID) -> Partner:
    return _cards(work, col(_P.id) == partner_id)[0]


def _cards(work: Work, condition: ColumnElement[bool]) -> list[Partner]:
    """Return partners by their codes, in the same few queries however many there are."""
    found = find_partners(work, condition)
    ids = [one.id for one in found]
    uids = uids_of(work, ids)
    counted = select(PARTNER.c.id, number_waiting(_MOST_COUNTED)).where(PARTNER.c.id.in_(ids))
    waiting = {row[0]: row[1] for row in work.db.execute(counted)}
    names = names_of(work, [one.row["correspondent_id"] for one in found])
    peers = _codes(work, [one.row["peer_id"] for one in found])
    return [
        Partner.model_validate(
            {
                **one.row,
                "correspondent": names[one.row["correspondent_id"]],
                "organization": peers.get(one.row["peer_id"]),
                "uids": uids.get(one.id, []),
                "kinds": list(one.profile.kinds),
                "waiting": waiting.get(one.id, 0),
            }
        )
        for one in found
    ]


def _codes(work: Work, organizations: Sequence[UUID | None]) -> dict[UUID, str]:
    """Return the codes of those organizations of this database that are partners."""
    table = OrganizationTable
    known = [one for one in organizations if one is not None]
    rows = work.db.execute(select(col(table.id), col(table.code)).where(col(table.id).in_(known)))
    return {row.id: row.code for row in rows}
