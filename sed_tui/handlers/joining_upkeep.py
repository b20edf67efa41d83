"""Who keeps the system, and how long each state of joining may last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select
from sqlmodel import col

from sed_tui.domain.joining import JoiningState, waits_for
from sed_tui.domain.text import clean
from sed_tui.errors.identity import UnknownOrganization
from sed_tui.errors.joining import OperatorNamedAlready
from sed_tui.handlers.joining_found import require_operator, system_operator
from sed_tui.i18n import N_, _
from sed_tui.operations.joining_upkeep import (
    JoiningTermRow,
    JoiningTerms,
    NameOperator,
    OperatorNamed,
    SetJoiningTerm,
    ShowJoiningTerms,
)
from sed_tui.storage.joining import load_keeper, load_operator, load_terms
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.joining import JoiningOperatorTable, JoiningTermTable
from sed_tui.storage.tables.organization import OrganizationTable

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work

_O = OrganizationTable
_TERM = N_("Set the terms of joining")


def name_operator(work: Work, request: NameOperator) -> OperatorNamed:
    """Name the operator: at first the administrator of the first organization does it.

    Raises `OperatorNamedAlready`, `UnknownOrganization`.
    """
    known = load_operator(work.db)
    if work.organization_id != load_keeper(work.db).id:
        raise OperatorNamedAlready(operator=known.code if known else "—")
    row = work.db.execute(
        select(*map(col, (_O.id, _O.code, _O.name))).where(col(_O.code) == request.organization)
    ).one_or_none()
    if row is None:
        raise UnknownOrganization(field="organization", organization=request.organization)
    table = JoiningOperatorTable
    work.db.execute(delete(table))
    named = {"named_at": work.now, "named_by": work.actor.login}
    work.db.execute(insert(table).values(place=1, organization_id=row.id, **named))
    before = {"operator": known.code} if known else None
    work.record("name_operator", "organization", row.id, before, {"operator": row.code})
    return OperatorNamed(organization=row.code, name=row.name)


def show_joining_terms(work: Work, _request: ShowJoiningTerms) -> JoiningTerms:
    """Return the terms of the states under way."""
    terms = load_terms(work.db, load_operator(work.db))
    return JoiningTerms(
        rows=[
            JoiningTermRow(
                joining=state,
                days=terms[state].days,
                waits_for=waits_for(state),
                source=terms[state].source,
            )
            for state in JoiningState
            if state in terms
        ]
    )


def set_joining_term(work: Work, request: SetJoiningTerm) -> JoiningTerms:
    """Set the operator's own term of a state."""
    operator = system_operator(work)
    require_operator(work, operator, _(_TERM))
    table = JoiningTermTable
    lock_name(work.db, operator.id, "joining terms")
    before = load_terms(work.db, operator).get(request.joining)
    work.db.execute(
        delete(table).where(
            col(table.organization_id) == operator.id, col(table.state) == request.joining.value
        )
    )
    row = {"days": request.days, "source": clean(request.source, "source", limit=300)}
    key = {"organization_id": operator.id, "state": request.joining.value}
    work.db.execute(insert(table).values(**key, **row))
    old = {"days": before.days, "source": before.source} if before else None
    work.record("set", "joining_term", request.joining.value, old, row)
    return show_joining_terms(work, ShowJoiningTerms())
