"""Points of a draft as they are written down: what is understood, and the words that are not."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select
from sqlmodel import col

from sed_tui.domain.resolution import people_in, places
from sed_tui.domain.text import normalized, optional
from sed_tui.errors import SedError
from sed_tui.handlers.assignment_people import find_colleague_at_work
from sed_tui.handlers.assignment_steps import TEXT_LIMIT
from sed_tui.i18n import _
from sed_tui.operations.labels import label
from sed_tui.storage.tables.resolution import ResolutionPointTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sed_tui.handlers.work import Work
    from sed_tui.operations.resolution import PointGiven

_P = ResolutionPointTable
_TERM_LIMIT = 64
_MOST_WRITTEN = 20_000


@dataclass(frozen=True, slots=True)
class StoredPoint:
    """A point as it is stored; `written` are texts by field that nobody recognized."""

    number: int
    text: str | None = None
    executor: UUID | None = None
    co_executors: tuple[UUID, ...] = ()
    observers: tuple[UUID, ...] = ()
    controller: UUID | None = None
    due: str | None = None
    co_due: str | None = None
    written: dict[str, list[str]] = field(default_factory=dict)
    assignment_id: UUID | None = None

    def shown(self) -> dict[str, Any]:
        """Return the point for the audit trail."""
        found = {name: getattr(self, name) for name in _AUDITED}
        return {name: value for name, value in found.items() if value not in (None, (), {})}


_AUDITED = (
    *("number", "text", "executor", "co_executors", "observers", "controller", "due", "co_due"),
    "written",
)


class Recognizer:
    """Finds people by what was written, each writing once."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._known: dict[str, UUID | SedError] = {}

    def find(self, text: str, name: str) -> UUID | SedError:
        """Return the person, or why nobody is found."""
        if text not in self._known:
            try:
                self._known[text] = find_colleague_at_work(self._work, text, name).id
            except SedError as error:
                self._known[text] = error
        return self._known[text]

    def split(self, texts: Iterable[str], name: str) -> tuple[list[UUID], list[str]]:
        """Return those who are found, each once, and the texts that name nobody."""
        found: dict[UUID, None] = {}
        unknown = []
        for text in texts:
            person = self.find(normalized(text), name)
            if isinstance(person, UUID):
                found[person] = None
            else:
                unknown.append(normalized(text)[:_MOST_WRITTEN])
        return list(found), unknown


def load_points(work: Work, resolution_id: UUID) -> list[StoredPoint]:
    """Return the points of a resolution in their order."""
    rows = work.db.execute(
        select(_P.__table__)  # type: ignore[attr-defined]
        .where(col(_P.resolution_id) == resolution_id)
        .order_by(col(_P.number))
    )
    return [
        StoredPoint(
            number=row.number,
            text=row.text,
            executor=row.executor_id,
            co_executors=tuple(map(UUID, json.loads(row.co_executors))),
            observers=tuple(map(UUID, json.loads(row.observers))),
            controller=row.controller_id,
            due=row.due,
            co_due=row.co_due,
            written=json.loads(row.written),
            assignment_id=row.assignment_id,
        )
        for row in rows
    ]


def merge_points(
    work: Work, present: Sequence[StoredPoint], given: Sequence[PointGiven]
) -> tuple[list[StoredPoint], list[str]]:
    """Return the points that are given, over those of the same numbers, and notes on them."""
    there = {point.number: point for point in present}
    labels = {n: next(iter(p.written.get("label", ())), None) for n, p in there.items()}
    recognizer = Recognizer(work)
    merged, notes = [], []
    for point, place in zip(given, places([p.number for p in given], labels), strict=True):
        stored = there.get(place.number, StoredPoint(place.number))
        written = {k: v for k, v in stored.written.items() if k not in {"number", "label"}}
        if place.label is not None:
            key = "label" if place.fault is None else "number"
            written[key] = [place.label[:_MOST_WRITTEN]]
            notes.append(_renumbered(point, place.label, place.number))
        stored = _with_texts(replace(stored, written=written), point)
        merged.append(_with_people(stored, point, recognizer, notes))
    return merged, notes


def store_points(work: Work, resolution_id: UUID, points: Sequence[StoredPoint]) -> None:
    """Write points over those of the same numbers."""
    drop_points(work, resolution_id, [point.number for point in points])
    if points:
        work.db.execute(insert(_P), [_row(work, resolution_id, point) for point in points])


def drop_points(work: Work, resolution_id: UUID, numbers: Sequence[int]) -> None:
    """Take points out of a draft."""
    for first in range(0, len(numbers), TEXTS_AT_ONCE):
        chunk = numbers[first : first + TEXTS_AT_ONCE]
        work.db.execute(
            delete(_P).where(col(_P.resolution_id) == resolution_id, col(_P.number).in_(chunk))
        )


# a statement takes a limited number of parameters
TEXTS_AT_ONCE = 500


def _row(work: Work, resolution_id: UUID, point: StoredPoint) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "organization_id": work.organization_id,
        "resolution_id": resolution_id,
        "number": point.number,
        "text": point.text,
        "executor_id": point.executor,
        "co_executors": json.dumps([str(person) for person in point.co_executors]),
        "observers": json.dumps([str(person) for person in point.observers]),
        "controller_id": point.controller,
        "due": point.due,
        "co_due": point.co_due,
        "written": json.dumps(point.written),
    }


def _with_texts(stored: StoredPoint, given: PointGiven) -> StoredPoint:
    limits = {"text": TEXT_LIMIT, "due": _TERM_LIMIT, "co_due": _TERM_LIMIT}
    changes: dict[str, Any] = {}
    written = dict(stored.written)
    for name, limit in limits.items():
        value = getattr(given, name)
        if value is None:
            continue
        written.pop(name, None)
        try:
            changes[name] = optional(value, name, limit=limit, multiline=name == "text")
        except SedError:
            changes[name] = None
            written[name] = [value[:_MOST_WRITTEN]]
    return replace(stored, written=written, **changes)


def _with_people(
    stored: StoredPoint, given: PointGiven, people: Recognizer, notes: list[str]
) -> StoredPoint:
    helpers = None if given.co_executors is None else people_in(given.co_executors)
    if given.executor is not None:
        first, *others = people_in(given.executor) or [""]
        if others:
            notes.append(_divided(stored, given, first, others))
            helpers = [*others, *(helpers or [])]
        stored = _with_one(stored, "executor", first, people)
    if given.controller is not None:
        stored = _with_one(stored, "controller", given.controller, people)
    if helpers is not None:
        stored = _with_several(stored, "co_executors", helpers, people)
    if given.observers is not None:
        stored = _with_several(stored, "observers", people_in(given.observers), people)
    return stored


def _with_one(stored: StoredPoint, name: str, text: str, people: Recognizer) -> StoredPoint:
    found, unknown = people.split([text] if text.strip() else [], name)
    changes: dict[str, Any] = {name: found[0] if found else None}
    return replace(stored, written=_kept(stored, name, unknown), **changes)


def _with_several(
    stored: StoredPoint, name: str, texts: Sequence[str], people: Recognizer
) -> StoredPoint:
    found, unknown = people.split(texts, name)
    changes: dict[str, Any] = {name: tuple(found)}
    return replace(stored, written=_kept(stored, name, unknown), **changes)


def _kept(stored: StoredPoint, name: str, unknown: list[str]) -> dict[str, list[str]]:
    written = {key: value for key, value in stored.written.items() if key != name}
    return {**written, name: unknown} if unknown else written


def _place(given: PointGiven, number: int) -> str:
    if given.row is None:
        return _("point {number}").format(number=number)
    return _("row {row}, point {number}").format(row=given.row, number=number)


def _renumbered(given: PointGiven, written: str, number: int) -> str:
    return _("{place}: written as “{written}”.").format(
        place=_place(given, number), written=written
    )


def _divided(stored: StoredPoint, given: PointGiven, first: str, others: Sequence[str]) -> str:
    return _("{place}: {first} is responsible; {others}: {co_executors}.").format(
        place=_place(given, stored.number),
        first=first,
        others=label("co_executors").lower(),
        co_executors=", ".join(others),
    )
