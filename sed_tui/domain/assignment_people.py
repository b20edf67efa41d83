"""Who may be what in an assignment: author, executor, controller, co-executor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.access import Role
from sed_tui.errors.assignments import (
    AuthorNeeded,
    ForeignAuthor,
    NoRightOverExecutor,
    SamePersonTwice,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID


def is_on_control(*, author: UUID, executor: UUID, controller: UUID | None, has_term: bool) -> bool:
    """Tell whether somebody accepts the report: a controller, or the author where there is a term.

    Nobody accepts his own report, so what one gives oneself without a controller is
    executed by the report.
    """
    return controller is not None or (has_term and author != executor)


def check_people(
    executor: UUID, controller: UUID | None, co_executors: Collection[UUID], names: dict[UUID, str]
) -> None:
    """Refuse one person in two parts. Raises `SamePersonTwice`."""
    if controller == executor:
        raise SamePersonTwice(field="controller", name=names[executor])
    if executor in co_executors:
        raise SamePersonTwice(field="co_executors", name=names[executor])
    if controller is not None and controller in co_executors:
        raise SamePersonTwice(field="co_executors", name=names[controller])


def check_author(
    *, is_self: bool, actor_roles: Iterable[Role], author_roles: Iterable[Role], author: str
) -> None:
    """Refuse an author for whom the person may not issue (A6). Raises `ForeignAuthor`."""
    if is_self:
        return
    enters_for_heads = not _ENTER_FOR_HEADS.isdisjoint(actor_roles)
    if not (enters_for_heads and Role.HEAD in author_roles):
        raise ForeignAuthor(field="author", author=author)


def is_own_author(roles: Collection[Role]) -> bool:
    """Tell whether a person issues in his own name when no author is named."""
    return Role.HEAD in roles or Role.ASSISTANT not in roles


def require_own_author(roles: Collection[Role]) -> None:
    """Ask an assistant whose assignment it is. Raises `AuthorNeeded`."""
    if not is_own_author(roles):
        raise AuthorNeeded(field="author")


def check_right_over(
    author_roles: Collection[Role],
    author_unit: UUID | None,
    executors: Iterable[tuple[UUID | None, str]],
) -> None:
    """Refuse executors whom the author does not direct. Raises `NoRightOverExecutor`.

    Heads and controllers direct everybody in the organization, others the people of
    their own unit.
    """
    if not _DIRECT_EVERYBODY.isdisjoint(author_roles):
        return
    for unit, name in executors:
        if unit is None or unit != author_unit:
            raise NoRightOverExecutor(field="executor", name=name)


_ENTER_FOR_HEADS = frozenset({Role.ASSISTANT, Role.CONTROLLER})
_DIRECT_EVERYBODY = frozenset({Role.HEAD, Role.CONTROLLER})
