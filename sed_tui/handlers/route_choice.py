"""Which route a document takes: facts of the document against the routes of the office."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.flows import Flow
from sed_tui.domain.route import Facts, Route, chosen_route
from sed_tui.domain.route_text import read_route
from sed_tui.domain.text import folded
from sed_tui.errors import NotFound
from sed_tui.errors.routes import NoRoute, RouteClosed
from sed_tui.handlers.card_parts import addressees_of
from sed_tui.i18n import N_, _
from sed_tui.operations.route import RouteState
from sed_tui.storage.tables.approval_route import RouteTable
from sed_tui.storage.tables.unit import UnitTable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from uuid import UUID

    from sed_tui.domain.route import ComputedRole
    from sed_tui.handlers.draft_standing import StoredDraft
    from sed_tui.handlers.work import Work

_R = RouteTable


@dataclass(frozen=True, slots=True)
class StoredRoute:
    """A version of a route, read."""

    id: UUID
    version: int
    state: RouteState
    text: str
    route: Route


def current_routes(work: Work) -> list[StoredRoute]:
    """Return the routes that new approvals take."""
    rows = work.db.execute(
        select(*map(col, (_R.id, _R.version, _R.state, _R.text))).where(
            col(_R.organization_id) == work.organization_id,
            col(_R.state) == RouteState.CURRENT.value,
        )
    )
    return [_stored(row) for row in rows]


def find_route(work: Work, code: str, version: int | None = None) -> StoredRoute:
    """Return a route by its code, the last version unless named. Raises `NotFound`."""
    query = (
        select(*map(col, (_R.id, _R.version, _R.state, _R.text)))
        .where(col(_R.organization_id) == work.organization_id, col(_R.code) == code.strip())
        .order_by(col(_R.version).desc())
        .limit(1)
    )
    if version is not None:
        query = query.where(col(_R.version) == version)
    row = work.db.execute(query).one_or_none()
    if row is None:
        key = code if version is None else f"{code}, {version}"
        raise NotFound(field="route", kind=_(N_("Route")), key=key)
    return _stored(row)


def route_for(work: Work, facts: Facts, named: str | None) -> StoredRoute:
    """Return the named route, or the one for a document. Raises `NoRoute`, `RouteClosed`."""
    if named is not None:
        found = find_route(work, named)
        if found.state is RouteState.CLOSED:
            raise RouteClosed(field="route", route=found.route.code)
        return found
    known = current_routes(work)
    chosen = chosen_route([one.route for one in known], facts)
    if chosen is None:
        raise NoRoute(field="route")
    return next(one for one in known if one.route is chosen)


def needs_approval(work: Work, draft: StoredDraft) -> bool:
    """Tell whether a route of the organization makes somebody approve a document."""
    return approval_needed(work)(draft.card["flow"], draft.card["kind"], draft.unit_id)


def approval_needed(work: Work) -> Callable[[str, str, UUID | None], bool]:
    """Return what tells it of a flow, a kind and a unit; the routes are read once."""
    known = [one.route for one in current_routes(work)]
    units = _known_units(work) if any(route.units for route in known) else {}

    def is_needed(flow: str, kind: str, unit_id: UUID | None) -> bool:
        facts = Facts(
            flow=Flow(flow),
            kind=folded(kind),
            organization=work.actor.organization,
            units=_units(units, unit_id),
        )
        chosen = chosen_route(known, facts)
        return chosen is not None and any(stage.is_approving for stage in chosen.stages)

    return is_needed


def facts_of(
    work: Work, draft: StoredDraft, people: Mapping[ComputedRole, frozenset[UUID]]
) -> Facts:
    """Return what routes ask of a draft."""
    return Facts(
        flow=draft.standing.flow,
        kind=folded(draft.card["kind"]),
        organization=work.actor.organization,
        units=_units(_known_units(work), draft.unit_id),
        addressees=frozenset(map(folded, addressees_of(work, draft.id))),
        delivery=folded(draft.card["delivery"] or ""),
        amount=draft.amount,
        people=people,
    )


def _known_units(work: Work) -> dict[UUID, Any]:
    rows = work.db.execute(
        select(col(UnitTable.id), col(UnitTable.parent_id), col(UnitTable.code)).where(
            col(UnitTable.organization_id) == work.organization_id
        )
    )
    return {row.id: row for row in rows}


def _units(known: Mapping[UUID, Any], unit_id: UUID | None) -> tuple[str, ...]:
    codes: list[str] = []
    while unit_id is not None and unit_id in known and known[unit_id].code not in codes:
        codes.append(known[unit_id].code)
        unit_id = known[unit_id].parent_id
    return tuple(codes)


def _stored(row: object) -> StoredRoute:
    text = row.text  # type: ignore[attr-defined]
    route = read_route(text).route
    if route is None:
        raise AssertionError("a text with faults is never stored")
    return StoredRoute(row.id, row.version, RouteState(row.state), text, route)  # type: ignore[attr-defined]
