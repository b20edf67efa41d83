"""An application begun: the applicant found or made, doubles and second ones refused."""

from __future__ import annotations

from dataclasses import replace
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
from sed_tui.handlers.joining_steps import keep_event, term_of
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import N_, _
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.joining import JoiningTable
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.handlers.work import Work
    from sed_tui.operations.joining import ApplyForJoining
    from sed_tui.storage.joining import SystemOperator

_J, _O = JoiningTable, OrganizationTable
_FOR_OTHERS = N_("Apply for another organization")
_EVERYBODY = UUID(int=0)
JOINING = "joining"
"""The state of an organization in which nobody acts yet."""


def begin(work: Work, request: ApplyForJoining) -> UUID:
    """Store an application and return its id."""
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
    lock_name(work.db, _EVERYBODY, f"joining/{fields['ogrn'] or code}")
    _refuse_second(work, known, fields)
    organization = known.id if known else _make(work, code, fields)
    return _store(work, organization, code, fields, operator)


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
        if JoiningState(row.state) in WORKING:
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


def _make(work: Work, code: str, fields: Mapping[str, Any]) -> UUID:
    """Make the organization with everything that each begins with; nobody acts in it yet."""
    # 80 ms of the production calendar, for new organizations alone
    from sed_tui.handlers.founding import make_organization

    lock_name(work.db, _EVERYBODY, code)
    created = uuid4()
    actor = replace(work.actor, organization_id=created, organization=code)
    founding = replace(work, actor=actor, _entries=[], _before_commit=[])
    names = ("name", "inn", "kpp", "ogrn")
    row = {
        "code": code,
        "short_name": fields["short_name"] or fields["name"][:200],
        **{name: fields[name] for name in names},
    }
    make_organization(founding, row, state=JOINING)
    founding.finish()
    return created


def _store(
    work: Work, organization: UUID, code: str, fields: Mapping[str, Any], operator: SystemOperator
) -> UUID:
    created = uuid4()
    due = term_of(work, operator, JoiningState.DRAFT)
    work.db.execute(
        insert(_J).values(
            id=created,
            organization_id=organization,
            state=JoiningState.DRAFT.value,
            since=work.now,
            due=due,
            created_at=work.now,
            created_by=who(work)[:200],
            rules_accounts=True,
            version=1,
            **fields,
        )
    )
    keep_event(work, organization, created, 1, "apply", JoiningState.DRAFT, due, None)
    told = {name: str(value) for name, value in fields.items() if value is not None}
    work.record("apply", "joining", created, None, {"organization": code, **told})
    return created
