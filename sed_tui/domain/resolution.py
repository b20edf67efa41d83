"""Resolutions: a draft has no force until the head approves it; then its points are issued.

What a point must have is A8 of rules §1.10.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.errors.assignments import SamePersonTwice
from sed_tui.errors.resolutions import (
    BadPointNumber,
    NotYourResolution,
    PointLacks,
    ResolutionState,
)
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from sed_tui.errors import SedError


class ResolutionKind(StrEnum):
    """What the points come from: a head's resolution, or the table of a protocol."""

    RESOLUTION = "resolution"
    PROTOCOL = "protocol"


class DraftState(StrEnum):
    """How far a resolution has come."""

    DRAFT = "draft"
    RETURNED = "returned"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class DraftStep(StrEnum):
    """What happens to a resolution."""

    DRAFT = "draft"
    EDIT = "edit"
    APPROVE = "approve"
    RETURN = "return"
    WITHDRAW = "withdraw"


class DraftParty(StrEnum):
    """Who takes a step."""

    ANYBODY = "anybody"
    """Whom the matrix lets draft."""
    HEAD = "head"
    """Whose resolution it is, or who stands in for him."""
    EITHER = "either"
    """The head or the drafter."""


_S, _T, _P = DraftState, DraftStep, DraftParty
TRANSITIONS: dict[tuple[DraftStep, DraftState | None], tuple[DraftState, DraftParty]] = {
    (_T.DRAFT, None): (_S.DRAFT, _P.ANYBODY),
    (_T.EDIT, _S.DRAFT): (_S.DRAFT, _P.EITHER),
    # what is mended lies before the head again
    (_T.EDIT, _S.RETURNED): (_S.DRAFT, _P.EITHER),
    (_T.APPROVE, _S.DRAFT): (_S.APPROVED, _P.HEAD),
    (_T.RETURN, _S.DRAFT): (_S.RETURNED, _P.HEAD),
    (_T.WITHDRAW, _S.DRAFT): (_S.WITHDRAWN, _P.EITHER),
    (_T.WITHDRAW, _S.RETURNED): (_S.WITHDRAWN, _P.EITHER),
}
STATE_TITLES = {
    _S.DRAFT: N_("waits for approval"),
    _S.RETURNED: N_("returned to the drafter"),
    _S.APPROVED: N_("in force"),
    _S.WITHDRAWN: N_("withdrawn"),
}
STEP_TITLES = {
    _T.DRAFT: N_("draft"),
    _T.EDIT: N_("edit"),
    _T.APPROVE: N_("approve"),
    _T.RETURN: N_("return"),
    _T.WITHDRAW: N_("withdraw"),
}
_PART_TITLES = {
    _P.HEAD: N_("the head whose resolution it is"),
    _P.EITHER: N_("the head whose resolution it is, or the drafter,"),
}


@dataclass(frozen=True, slots=True)
class DraftStanding:
    """Where a resolution stands, as far as the rules ask."""

    state: DraftState
    author: UUID
    drafter: UUID


@dataclass(frozen=True, slots=True)
class DraftTaken:
    """The state that a step leads to, and for whom it is taken if not for oneself."""

    target: DraftState
    on_behalf_of: UUID | None


def transition(
    step: DraftStep, standing: DraftStanding, actor: UUID, stands_for: frozenset[UUID]
) -> DraftTaken:
    """Return where a step leads. Raises `ResolutionState`, `NotYourResolution`."""
    row = TRANSITIONS.get((step, standing.state))
    if row is None:
        raise ResolutionState(step=_(STEP_TITLES[step]), state=_(STATE_TITLES[standing.state]))
    target, party = row
    holders = {standing.author} if party is _P.HEAD else {standing.author, standing.drafter}
    if actor in holders:
        return DraftTaken(target, None)
    absent = holders & stands_for
    if not absent:
        raise NotYourResolution(part=_(_PART_TITLES[party]))
    return DraftTaken(target, min(absent))


@dataclass(frozen=True, slots=True)
class SharedParts:
    """What points without their own have in common."""

    text: str | None = None
    due: str | None = None
    controller: UUID | None = None


@dataclass(frozen=True, slots=True)
class PointParts:
    """A point as far as it was understood; `faults` are fields that were not."""

    text: str | None = None
    due: str | None = None
    executor: UUID | None = None
    co_executors: tuple[UUID, ...] = ()
    controller: UUID | None = None
    faults: Mapping[str, SedError] = field(default_factory=dict)


def gaps(point: PointParts, shared: SharedParts, names: Mapping[UUID, str]) -> list[SedError]:
    """Return what keeps a point from taking force (A8), faults first."""
    found = list(point.faults.values())
    needed = {
        "text": point.text or shared.text,
        "executor": point.executor,
        "due": point.due or shared.due,
    }
    found += [
        PointLacks(field=name)
        for name, value in needed.items()
        if value is None and name not in point.faults
    ]
    if point.executor is not None and point.executor in point.co_executors:
        found.append(SamePersonTwice(field="co_executors", name=names[point.executor]))
    if point.controller in {point.executor, *point.co_executors} - {None}:
        found.append(SamePersonTwice(field="controller", name=names[point.controller]))  # type: ignore[index]
    return found


def controller_of(point: PointParts, shared: SharedParts) -> UUID | None:
    """Return who controls a point; what the common controller does himself the head accepts."""
    if point.controller is not None:
        return point.controller
    works = {point.executor, *point.co_executors}
    return None if shared.controller in works else shared.controller


@dataclass(frozen=True, slots=True)
class Place:
    """The number a point has got, and what was wrong with the one that was written.

    `label` is a number of another sort, like 1.2, which the draft remembers.
    """

    number: int
    label: str | None = None
    fault: BadPointNumber | None = None


_MARKS = re.compile(r"^(№|п\.|п(?=\s|\d)|пункт)\s*|[.)\s]+$", re.IGNORECASE)
_LABEL = re.compile(r"\d+([.-]\d+)+|\d*[а-яa-z]", re.IGNORECASE)
_WHOLE = re.compile(r"[0-9]{1,6}")


def places(written: Sequence[str | None], taken: Mapping[int, str | None]) -> list[Place]:
    """Give every point of a table a number of its own (A8), in the order of the rows.

    `taken` are numbers of points that are there, with their labels: a row that names
    one means that point. A row without a number gets the next free one.
    """
    read = [_MARKS.sub("", text or "").strip() for text in written]
    labels = {label: number for number, label in taken.items() if label}
    wanted = [_wanted(text, labels) for text in read]
    used = {*taken, *(number for number in wanted if number)}
    seen: set[int] = set()
    found = []
    for text, number in zip(read, wanted, strict=True):
        is_free = number is not None and number not in seen
        place = _named(number, text) if is_free and number else _numbered(used, text, number)
        seen.add(place.number)
        used.add(place.number)
        found.append(place)
    return found


def _named(number: int, text: str) -> Place:
    return Place(number, None if _WHOLE.fullmatch(text) else text)


def _numbered(used: Iterable[int], text: str, wanted: int | None) -> Place:
    """Return the next free number for a text that is none, or is there already."""
    number = next_number(used)
    if not text or (wanted is None and _LABEL.fullmatch(text)):
        return Place(number, text or None)
    return Place(number, text, BadPointNumber(field="number", value=text))


def next_number(used: Iterable[int]) -> int:
    """Return the number behind all that are used."""
    return max(used, default=0) + 1


def _wanted(text: str, labels: Mapping[str, int]) -> int | None:
    if text in labels:
        return labels[text]
    return int(text) or None if _WHOLE.fullmatch(text) else None


_BETWEEN_PEOPLE = re.compile(r"\s*[;,\n]\s*|\s+и\s+")


def people_in(text: str) -> list[str]:
    """Return the names in one cell: «Петров П.П., Сидоров С.С. и Орлова»."""
    return [name for name in _BETWEEN_PEOPLE.split(text.strip()) if name]
