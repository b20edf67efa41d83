"""Routes as texts: imported as versions, checked line by line, shown, tried on a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, select, update
from sqlmodel import col

from sed_tui.domain.route import PerformerKind, Route
from sed_tui.domain.route_check import ROLES, faults_of
from sed_tui.domain.route_text import ReadRoute, read_route
from sed_tui.domain.text import folded
from sed_tui.errors import SedError
from sed_tui.errors.failure import NotFound
from sed_tui.errors.routes import (
    BadStageTerm,
    RouteBadValue,
    RouteClosed,
    RouteFault,
    RouteFaults,
    UnknownPerformer,
)
from sed_tui.handlers.assignment_people import find_colleague_at_work
from sed_tui.handlers.calendar import count_term
from sed_tui.handlers.document_kind import list_kinds
from sed_tui.handlers.draft_standing import find_draft
from sed_tui.handlers.route_choice import find_route
from sed_tui.handlers.route_plan import Planner
from sed_tui.handlers.unit import find_unit
from sed_tui.i18n import _
from sed_tui.operations.document_kind import ListKinds
from sed_tui.operations.route import (
    CheckRoute,
    CloseRoute,
    ImportRoute,
    ListRoutes,
    PreviewRoute,
    RouteCard,
    RouteChecked,
    RouteFaultRow,
    RouteList,
    RoutePlan,
    RouteRow,
    RouteState,
    ShowRoute,
)
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.approval_route import RouteTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Select

    from sed_tui.handlers.work import Work

_R = RouteTable


def import_route(work: Work, request: ImportRoute) -> RouteCard:
    """Take a text as the next version of its route. Raises `RouteFaults` with every line."""
    faults, read = _checked(work, request.text)
    if faults or read.route is None:
        raise RouteFaults(field="text", faults="\n".join(f"- {fault}" for fault in faults))
    route = read.route
    lock_name(work.db, work.organization_id, f"route/{route.code}")
    last = _last(work, route.code)
    if last is not None and (last.text, last.state) == (request.text, RouteState.CURRENT.value):
        return _card(work, route.code, last.version)
    _supersede(work, route.code, RouteState.SUPERSEDED)
    version = last.version + 1 if last is not None else 1
    work.db.execute(
        insert(_R).values(
            id=uuid4(),
            organization_id=work.organization_id,
            code=route.code,
            version=version,
            title=route.title,
            priority=route.priority,
            text=request.text,
            state=RouteState.CURRENT.value,
            made_by=work.actor.employee_id,
            made_at=work.now,
        )
    )
    before = {"version": last.version, "text": last.text} if last is not None else None
    after = {"version": version, "text": request.text}
    work.record("import", "route", route.code, before, after)
    return _card(work, route.code, version)


def check_route(work: Work, request: CheckRoute) -> RouteChecked:
    """Return what is wrong with a text, its people and departments looked up."""
    faults, _read = _checked(work, request.text)
    rows = [
        RouteFaultRow(
            line=fault.details["line"], code=fault.code, fault=str(fault), hint=fault.advice
        )
        for fault in faults
    ]
    return RouteChecked(ok=not rows, faults=rows)


def list_routes(work: Work, request: ListRoutes) -> RouteList:
    """Return the routes by code, those in use unless all versions are asked for."""
    query = _rows(work).order_by(col(_R.code), col(_R.version).desc())
    if not request.all_versions:
        query = query.where(col(_R.state) == RouteState.CURRENT.value)
    return RouteList(rows=[RouteRow(**_told(row)) for row in work.db.execute(query)])


def show_route(work: Work, request: ShowRoute) -> RouteCard:
    """Return a version of a route with its text."""
    found = find_route(work, request.route, request.version)
    return _card(work, found.route.code, found.version)


def close_route(work: Work, request: CloseRoute) -> RouteCard:
    """Take a route out of use. Raises `RouteClosed` when it is."""
    found = find_route(work, request.route)
    if not _supersede(work, found.route.code, RouteState.CLOSED):
        raise RouteClosed(field="route", route=found.route.code)
    states = (RouteState.CURRENT.value, RouteState.CLOSED.value)
    before, after = ({"state": state} for state in states)
    work.record("close", "route", found.route.code, before, after)
    return _card(work, found.route.code, found.version)


def preview_route(work: Work, request: PreviewRoute) -> RoutePlan:
    """Return who would be asked about a draft, and by when."""
    return Planner(work, find_draft(work, request.document), request.route).plan()


def _checked(work: Work, text: str) -> tuple[list[RouteFault], ReadRoute]:
    read = read_route(text)
    faults = faults_of(read)
    if read.route is not None:
        faults += [*_unknown(work, read, read.route), *_bad_terms(work, read, read.route)]
    return sorted(faults, key=lambda fault: int(fault.details["line"])), read


def _unknown(work: Work, read: ReadRoute, route: Route) -> Iterator[RouteFault]:
    """Return faults of people, departments and kinds that the office does not have."""
    named = [
        (one, read.places.of(key, place))
        for place, stage in enumerate(route.stages)
        for key, performers in (("performers", stage.performers), ("late_to", stage.late_to))
        for one in performers
        if one.name and one.kind in {PerformerKind.PERSON, PerformerKind.UNIT}
    ]
    for one, line in named:
        reason = _why_nobody(work, one.name, is_unit=one.kind is PerformerKind.UNIT)
        if reason is not None:
            yield UnknownPerformer(line=line, performer=one, reason=reason, roles=ROLES)
    for group, members in route.groups.items():
        for name in members:
            reason = _why_nobody(work, name, is_unit=False)
            if reason is not None:
                line = read.places.of(group)
                yield UnknownPerformer(line=line, performer=name, reason=reason, roles=ROLES)
    for code in sorted(route.units):
        reason = _why_nobody(work, code, is_unit=True)
        if reason is not None:
            line = read.places.of("unit")
            yield RouteBadValue(line=line, key="unit", value=code, expected=reason)
    yield from _unknown_kinds(work, read, route)


def _unknown_kinds(work: Work, read: ReadRoute, route: Route) -> Iterator[RouteFault]:
    rows = list_kinds(work, ListKinds(flow=None)).rows
    known = {folded(kind.name) for kind in rows if kind.flow in route.possible_flows}
    asked = [(kind, read.places.of("kind")) for kind in sorted(route.kinds)]
    for place, stage in enumerate(route.stages):
        line = read.places.of("when", place)
        asked += [(kind, line) for kind in sorted(stage.condition.kinds)]
    for kind, line in asked:
        if kind not in known:
            expected = ", ".join(sorted(known))
            yield RouteBadValue(line=line, key="kind", value=kind, expected=expected)


def _bad_terms(work: Work, read: ReadRoute, route: Route) -> Iterator[RouteFault]:
    for place, stage in enumerate(route.stages):
        if stage.term is None:
            continue
        try:
            count_term(work, stage.term, work.today, field="term")
        except SedError:
            yield BadStageTerm(line=read.places.of("term", place), value=stage.term)


def _why_nobody(work: Work, name: str, *, is_unit: bool) -> str | None:
    try:
        if is_unit:
            find_unit(work, name, "unit")
        else:
            find_colleague_at_work(work, name, "performers")
    except NotFound:
        return _("there is no such department") if is_unit else _("nobody here is called so")
    except SedError as error:
        return str(error).rstrip(".")
    return None


def _supersede(work: Work, code: str, state: RouteState) -> bool:
    changed = work.db.execute(
        update(_R)
        .where(
            col(_R.organization_id) == work.organization_id,
            col(_R.code) == code,
            col(_R.state) == RouteState.CURRENT.value,
        )
        .values(state=state.value)
    )
    return bool(changed.rowcount)


def _last(work: Work, code: str) -> Any:
    return work.db.execute(
        select(*map(col, (_R.version, _R.text, _R.state)))
        .where(col(_R.organization_id) == work.organization_id, col(_R.code) == code)
        .order_by(col(_R.version).desc())
        .limit(1)
    ).one_or_none()


def _rows(work: Work) -> Select[*tuple[Any, ...]]:
    plain = (_R.id, _R.code, _R.version, _R.title, _R.priority, _R.state, _R.made_at, _R.text)
    return (
        select(*map(col, plain), col(EmployeeTable.full_name).label("made_by"))
        .join(EmployeeTable, col(EmployeeTable.id) == col(_R.made_by))
        .where(col(_R.organization_id) == work.organization_id)
    )


def _card(work: Work, code: str, version: int) -> RouteCard:
    query = _rows(work).where(col(_R.code) == code, col(_R.version) == version)
    return RouteCard(**_told(work.db.execute(query).one()))


def _told(row: Any) -> dict[str, Any]:
    read = read_route(row.text).route
    return {**row._mapping, "stages": len(read.stages) if read else 0}
