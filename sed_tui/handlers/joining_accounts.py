"""No account before the agreement on personal data, and none but for the listed (ORG-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.access import Role
from sed_tui.domain.joining import BEFORE_ACCOUNTS, STATE_TITLES, JoiningState
from sed_tui.domain.text import folded
from sed_tui.errors.joining import NoAccountsYet, NoConsent, NotListed
from sed_tui.i18n import _
from sed_tui.storage.tables.joining import JoiningPersonTable, JoiningTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sed_tui.handlers.work import Work

_J, _L = JoiningTable, JoiningPersonTable
# an application that is only being written binds nobody yet, one that came to nothing no more
_UNBINDING = (JoiningState.DRAFT, JoiningState.REFUSED, JoiningState.WITHDRAWN)


def require_account_allowed(
    work: Work, login: str, full_name: str | None, roles: Iterable[str] = ()
) -> None:
    """Refuse an account of an organization that is joining, or joined this way.

    A program, whose only role is that of the system, has no personal data: it is in no list,
    but has no account before the agreement either.
    Raises `NoAccountsYet`, `NotListed`, `NoConsent`.
    """
    state = work.db.scalar(
        select(col(_J.state))
        .where(
            col(_J.organization_id) == work.organization_id,
            col(_J.rules_accounts),
            col(_J.state).not_in([state.value for state in _UNBINDING]),
        )
        .order_by(col(_J.created_at).desc())
        .limit(1)
    )
    if state is None:
        return
    if JoiningState(state) in BEFORE_ACCOUNTS:
        raise NoAccountsYet(field="login", state=_(STATE_TITLES[JoiningState(state)]))
    if set(roles) == {Role.SYSTEM.value}:
        return
    person = _listed(work, login)
    if person is None or (full_name is not None and person.folded_name != folded(full_name)):
        raise NotListed(field="login", login=login)
    if person.consent_on is None:
        raise NoConsent(field="login", login=login)


def _listed(work: Work, login: str) -> Any:
    return work.db.execute(
        select(*map(col, (_L.folded_name, _L.consent_on))).where(
            col(_L.organization_id) == work.organization_id,
            col(_L.login) == login,
            col(_L.withdrawn_on).is_(None),
        )
    ).first()
