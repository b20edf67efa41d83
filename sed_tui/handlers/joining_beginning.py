"""An application begun: the applicant found or made, doubles and second ones refused."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.domain.joining import ENDED, STATE_TITLES, WORKING, JoiningState
from sed_tui.domain.joining_application import checked_application
from sed_tui.domain.text import clean
from sed_tui.errors.joining import AlreadyJoined, ApplicationOpen, OperatorJoinsNobody
from sed_tui.errors.people import OrganizationExists
from sed_tui.handlers.joining_found import (
    applications,
    is_operator,
    require_operator,
    system_operator,
    who,
)
from sed_tui.handlers.joining_steps import event_row, term_of
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import N_, _
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.joining import JoiningEventTable, JoiningTable
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sed_tui.handlers.work import Work
    from sed_tui.operations.joining import ApplyForJoining

_J, _O = JoiningTable, OrganizationTable
_FOR_OTHERS = N_("Apply for another organization")
_EVERYBODY = UUID(int=0)
JOINING = "joining"
"""The state of an organization in which nobody acts yet."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """How an application begins: as a draft, or as that of an organization that works here."""

    organization_id: UUID
    code: str
    fields: Mapping[str, Any]
    state: JoiningState = JoiningState.DRAFT
    due: date | None = None
    connected_on: date | None = None
    rules_accounts: bool = True


def begin(work: Work, request: ApplyForJoining) -> UUID:
    """Store an application and return its id.

    Raises `OperatorJoinsNobody`, `OrganizationExists`.
    """
    operator = system_operator(work)
    code = clean(request.organization or work.actor.organization, "organization", limit=32)
    is_own = code == work.actor.organization
    if is_own and is_operator(work, operator):
        raise OperatorJoinsNobody
    if not is_own:
        require_operator(work, operator, _(_FOR_OTHERS))
    known = _organization(work, code)
    if known is not None and not is_own and known.state == "active" and request.fields == {}:
        raise OrganizationExists(field="organization", organization=code)
    given = {name: value for name, value in request.fields.items() if value}
    fields = checked_application(_of_organization(known) | given)
    fields["name"] = clean(fields["name"] or "", "name", limit=500)
    lock_applications(work)
    _refuse_second(work, known, fields)
    organization = known.id if known else make_applicant(work, code, fields)
    due = term_of(work, operator, JoiningState.DRAFT)
    (created,) = store_applications(work, [Beginning(organization, code, fields, due=due)])
    return created


def lock_applications(work: Work) -> None:
    """Let nobody else begin an application until this call has ended: doubles are looked for."""
    lock_name(work.db, _EVERYBODY, "joining")


def _organization(work: Work, code: str) -> Any:
    table: Any = OrganizationTable.__table__  # type: ignore[attr-defined]
    return work.db.execute(select(table).where(table.c.code == code)).one_or_none()


def _of_organization(known: Any) -> dict[str, str | None]:
    names = ("name", "short_name", "inn", "kpp", "ogrn")
    return {name: getattr(known, name) for name in names} if known else {}


def _refuse_second(work: Work, known: Any, fields: Mapping[str, Any]) -> None:
    """Refuse a second application while one is open, and a double by OGRN (ORG-1)."""
    same = [col(_J.organization_id) == known.id] if known else []
    same += [col(_J.ogrn) == fields["ogrn"]] if fields["ogrn"] else []
    ended = sorted(ENDED)
    for condition in same:
        row = work.db.execute(applications().where(condition, col(_J.state).not_in(ended))).first()
        if row is None:
            continue
        if JoiningState(row.state) in WORKING | {JoiningState.LEAVING}:
            raise AlreadyJoined(field="ogrn", name=row.name, ogrn=row.ogrn, code=row.code)
        raise ApplicationOpen(
            field="ogrn",
            name=row.name,
            state=_(STATE_TITLES[JoiningState(row.state)]),
            application=short_id(row.id),
        )
    _refuse_double(work, known, fields)


def _refuse_double(work: Work, known: Any, fields: Mapping[str, Any]) -> None:
    if not fields["ogrn"]:
        return
    row = work.db.execute(
        select(*map(col, (_O.id, _O.code, _O.name, _O.ogrn))).where(
            col(_O.ogrn) == fields["ogrn"], col(_O.state).in_(["active", "suspended"])
        )
    ).first()
    if row is not None and (known is None or row.id != known.id):
        raise AlreadyJoined(field="ogrn", name=row.name, ogrn=row.ogrn, code=row.code)


def make_applicant(work: Work, code: str, fields: Mapping[str, Any]) -> UUID:
    """Make the organization with everything that each begins with; nobody acts in it yet."""
    # 80 ms of the production calendar, for new organizations alone
    from sed_tui.handlers.founding import make_organization

    lock_name(work.db, _EVERYBODY, code)
    created = uuid4()
    actor = replace(work.actor, organization_id=created, organization=code)
    founding = work.elsewhere(actor)
    names = ("name", "inn", "kpp", "ogrn")
    row = {
        "code": code,
        "short_name": fields["short_name"] or fields["name"][:200],
        **{name: fields[name] for name in names},
    }
    make_organization(founding, row, state=JOINING)
    founding.finish()
    return created


def store_applications(work: Work, begun: Sequence[Beginning]) -> list[UUID]:
    """Store applications, each with the first line of its history; return their ids."""
    rows, events = [], []
    for one in begun:
        created = uuid4()
        place = (one.organization_id, created, 1)
        rows.append(_application(work, created, one))
        events.append(event_row(work, *place, "apply", one.state, one.due))
        told = {name: str(value) for name, value in one.fields.items() if value is not None}
        after = {"organization": one.code, **told}
        work.record("apply", "joining", created, None, after)
    if rows:
        work.db.execute(insert(_J), rows)
        work.db.execute(insert(JoiningEventTable), events)
    return [row["id"] for row in rows]


def _application(work: Work, created: UUID, begun: Beginning) -> dict[str, Any]:
    return {
        "id": created,
        "organization_id": begun.organization_id,
        "state": begun.state.value,
        "since": work.now,
        "due": begun.due,
        "connected_on": begun.connected_on,
        "created_at": work.now,
        "created_by": who(work)[:200],
        "rules_accounts": begun.rules_accounts,
        "version": 1,
        **begun.fields,
    }
