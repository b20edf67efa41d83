"""Who may be what in an assignment: author, executor, controller, co-executor."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.domain.access import Role
from sed_tui.errors.assignments import (
    AuthorNeeded,
    ControllerWithoutControl,
    ForeignAuthor,
    NobodyAccepts,
    NoPartInParent,
    NoRightOverExecutor,
    SamePersonTwice,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    from sed_tui.domain.assignment import Standing


class Watch(StrEnum):
    """Whether the execution of an assignment is watched, and how closely."""

    NONE = "none"
    CONTROL = "control"
    SPECIAL = "special"


def chosen_control(
    wanted: Watch | None, *, author: UUID, executor: UUID, controller: UUID | None, has_term: bool
) -> Watch:
    """Return the control of an assignment, as wanted or else as its people and term ask for.

    Raises `ControllerWithoutControl`, and `NobodyAccepts` where the author executes himself.
    """
    if wanted is None:
        controlled = is_on_control(
            author=author, executor=executor, controller=controller, has_term=has_term
        )
        return Watch.CONTROL if controlled else Watch.NONE
    if wanted is Watch.NONE and controller is not None:
        raise ControllerWithoutControl(field="control")
    if wanted is not Watch.NONE and controller is None and author == executor:
        raise NobodyAccepts(field="controller")
    return wanted


def check_part_in_parent(parent: Standing, author: UUID, name: str) -> None:
    """Refuse who has no part in an assignment and divides it. Raises `NoPartInParent`."""
    people = {parent.author, parent.executor, parent.controller, *parent.co_executors}
    if author not in people:
        raise NoPartInParent(field="parent", name=name)


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
