"""Why a caller is not let through: his roles, his being a program, or his token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.reach import allows
from sed_tui.errors import NotPermitted
from sed_tui.i18n import _

if TYPE_CHECKING:
    from sed_tui.domain.actor import Actor
    from sed_tui.operations.registry import Operation


def require_permitted(actor: Actor, operation: Operation[Any, Any]) -> None:
    """Refuse what the matrix, the table of programs or the token does not allow the caller.

    Raises `NotPermitted`, `ProgramForPeople`, `OutsideScope`.
    """
    if actor.may(operation.name):
        return
    from sed_tui.domain.identity import OF_PEOPLE_ALONE
    from sed_tui.errors.identity import OutsideScope
    from sed_tui.errors.people import ProgramForPeople

    name, title = operation.name, _(operation.title)
    sights = ((role, actor.sight_of(role, actor.organization_id)) for role in actor.roles)
    if not any(allows(name, role, sight) for role, sight in sights) or name in OF_PEOPLE_ALONE:
        raise NotPermitted(operation=title, login=actor.login)
    if not actor.may_by_roles(name):
        raise ProgramForPeople(operation=title, login=actor.login)
    raise OutsideScope(operation=title, scope=name)
