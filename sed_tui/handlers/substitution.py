"""Substitutions set, listed and ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, or_, select, update
from sqlmodel import col

from sed_tui.domain.substitution import (
    Arrangement,
    check_arrangement,
    idle_scopes,
    may_arrange,
    scopes_of,
    written_scopes,
)
from sed_tui.domain.text import optional
from sed_tui.errors import NotFound
from sed_tui.errors.people import ForeignSubstitution, SubstitutionOver
from sed_tui.errors.references import Ambiguous
from sed_tui.handlers.employee import find_colleague, require_person, resolve_employee
from sed_tui.handlers.role_grants import held_roles
from sed_tui.handlers.short_ids import by_id, short_id
from sed_tui.i18n import N_, _
from sed_tui.operations.substitution import (
    AddSubstitution,
    EndSubstitution,
    ListSubstitutions,
    Substitution,
    SubstitutionList,
)
from sed_tui.operations.values import shown_value
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.tables.substitution import SubstitutionTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row

    from sed_tui.handlers.work import Work

    _Row = Row[*tuple[Any, ...]]

_S = SubstitutionTable
_PEOPLE: Any = EmployeeTable.__table__  # type: ignore[attr-defined]
_ABSENT, _SUBSTITUTE, _SETTER = map(_PEOPLE.alias, ("absent", "substitute", "setter"))
_LISTED = 1000


def add_substitution(work: Work, request: AddSubstitution) -> Substitution:
    """Store an absence with its substitute.

    Raises `ForeignSubstitution`, `ProgramNamed` and what the rules do.
    """
    absent = require_person(resolve_employee(work, request.absent, "absent"), "absent")
    if not may_arrange(work.actor.roles, is_own=absent.id == work.actor.employee_id):
        raise ForeignSubstitution(name=absent.name)
    substitute = None
    if request.substitute is not None:
        named = resolve_employee(work, request.substitute, "substitute")
        substitute = require_person(named, "substitute").id
    scopes = scopes_of(written_scopes(request.scopes))
    new = Arrangement(absent.id, substitute, request.starts_on, request.ends_on, scopes)
    lock_name(work.db, work.organization_id, "substitutions")
    check_arrangement(new, _standing(work, new), work.today)
    made = _store(work, new, optional(request.note, "note", limit=500))
    found = _found(work, col(_S.id) == made)[0]
    return found.model_copy(update={"warnings": _warnings(work, new)})


def list_substitutions(work: Work, request: ListSubstitutions) -> SubstitutionList:
    """Return those of the organization, or of one person, absent or standing in."""
    conditions: list[ColumnElement[bool]] = []
    if request.person is not None:
        person = find_colleague(work, request.person).id
        conditions.append(or_(col(_S.absent_id) == person, col(_S.substitute_id) == person))
    if not request.past:
        conditions += [col(_S.ends_on) >= work.today, col(_S.cancelled_at).is_(None)]
    return SubstitutionList(rows=_found(work, *conditions))


def end_substitution(work: Work, request: EndSubstitution) -> Substitution:
    """End one today. Raises `ForeignSubstitution`, `SubstitutionOver` when it did not hold."""
    found = _named(work, request.substitution)
    if not may_arrange(work.actor.roles, is_own=found.absent_login == work.actor.login):
        raise ForeignSubstitution(name=found.absent)
    ended = work.db.execute(
        update(_S)
        .where(
            col(_S.id) == found.id,
            col(_S.cancelled_at).is_(None),
            col(_S.ends_on) >= work.today,
        )
        .values(cancelled_at=work.now, version=_S.version + 1)
    )
    if ended.rowcount == 0:
        raise SubstitutionOver
    work.record("end", "substitution", found.id, {"is_cancelled": False}, {"is_cancelled": True})
    return _found(work, col(_S.id) == found.id)[0]


def _store(work: Work, new: Arrangement, note: str | None) -> UUID:
    row = {
        "absent_id": new.absent,
        "substitute_id": new.substitute,
        "starts_on": new.starts_on,
        "ends_on": new.ends_on,
        "scope": written_scopes(new.scopes),
        "note": note,
    }
    made = uuid4()
    work.db.execute(
        insert(_S).values(
            id=made,
            organization_id=work.organization_id,
            set_by=work.actor.employee_id,
            created_at=work.now,
            **row,
        )
    )
    work.record("create", "substitution", made, None, row)
    return made


def _named(work: Work, text: str) -> Substitution:
    condition = by_id(col(_S.id), text.strip())
    rows = [] if condition is None else _found(work, condition)
    if not rows:
        raise NotFound(field="substitution", kind=_(N_("Substitution")), key=text)
    if len(rows) > 1:
        candidates = "; ".join(row.short_id for row in rows)
        raise Ambiguous(field="substitution", value=text, candidates=candidates)
    return rows[0]


def _standing(work: Work, new: Arrangement) -> list[Arrangement]:
    """Return the arrangements that hold now or later and concern the same people."""
    people = [new.absent, *([new.substitute] if new.substitute else [])]
    rows = work.db.execute(
        select(
            *map(col, (_S.absent_id, _S.substitute_id, _S.starts_on, _S.ends_on, _S.scope))
        ).where(
            col(_S.organization_id) == work.organization_id,
            col(_S.absent_id).in_(people),
            col(_S.ends_on) >= new.starts_on,
            col(_S.cancelled_at).is_(None),
        )
    )
    return [
        Arrangement(
            row.absent_id, row.substitute_id, row.starts_on, row.ends_on, scopes_of(row.scope)
        )
        for row in rows
    ]


def _warnings(work: Work, new: Arrangement) -> list[str]:
    """Tell when the substitute is absent himself on some of the days, or may not do the work."""
    if new.substitute is None:
        return []
    roles = held_roles(work, [new.substitute]).get(new.substitute, {})
    idle = [str(shown_value("scopes", scope.value)) for scope in idle_scopes(new.scopes, roles)]
    powerless = _("The substitute has no role that lets him act in: {work}.")
    away = [
        other
        for other in _standing(work, new)
        if other.absent == new.substitute and new.overlaps(other)
    ]
    text = _("The substitute is absent himself from {start} to {end}.")
    absences = [
        text.format(start=f"{a.starts_on:%d.%m.%Y}", end=f"{a.ends_on:%d.%m.%Y}") for a in away
    ]
    return [*([powerless.format(work=", ".join(idle))] if idle else []), *absences]


def _found(work: Work, *conditions: ColumnElement[bool]) -> list[Substitution]:
    query = (
        select(
            *map(col, (_S.id, _S.starts_on, _S.ends_on, _S.scope, _S.note, _S.cancelled_at)),
            _ABSENT.c.full_name.label("absent"),
            _ABSENT.c.login.label("absent_login"),
            _SUBSTITUTE.c.full_name.label("substitute"),
            _SUBSTITUTE.c.login.label("substitute_login"),
            _SETTER.c.full_name.label("set_by"),
        )
        .join(_ABSENT, _ABSENT.c.id == col(_S.absent_id))
        .outerjoin(_SUBSTITUTE, _SUBSTITUTE.c.id == col(_S.substitute_id))
        .join(_SETTER, _SETTER.c.id == col(_S.set_by))
        .where(col(_S.organization_id) == work.organization_id, *conditions)
        .order_by(col(_S.starts_on).desc(), col(_S.id))
        .limit(_LISTED)
    )
    return [_shown(row, work) for row in work.db.execute(query)]


def _shown(row: _Row, work: Work) -> Substitution:
    cancelled = row.cancelled_at is not None
    return Substitution(
        id=row.id,
        short_id=short_id(row.id),
        absent=row.absent,
        absent_login=row.absent_login,
        substitute=row.substitute,
        substitute_login=row.substitute_login,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        scopes=sorted(scopes_of(row.scope)),
        note=row.note,
        set_by=row.set_by,
        is_active=not cancelled and row.starts_on <= work.today <= row.ends_on,
        is_cancelled=cancelled,
    )
