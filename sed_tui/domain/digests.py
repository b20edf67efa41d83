"""Who is to be reminded of what on a day: one digest a person, made of single reminders.

Executors hear of their own terms, controllers (the author where there is none) of those
they wait for and of the reports that wait for them, heads of their people and of what they
gave. What a dismissed person has left open goes to his head.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.domain.assignment import AssignmentState
from sed_tui.domain.reminders import Audience, ReminderRule, is_due, reached

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class OpenTerm:
    """An open assignment whose term is over or comes near; `version` is that of the term.

    There is no text where it stands on a document for official use only: letters leave the system.

    `reported_on` is since when a report waits for acceptance; `due` is then the last of
    days where there is no term.
    """

    id: UUID
    number: str | None
    text: str | None
    author: UUID
    executor: UUID
    controller: UUID | None
    due: date
    state: AssignmentState
    version: int
    reported_on: date | None = None


@dataclass(frozen=True, slots=True)
class Worker:
    """A person as far as letters ask: where to write, where in the tree, still here or not."""

    id: UUID
    name: str
    email: str | None
    unit: UUID | None
    is_active: bool
    language: str | None = None


class Part(StrEnum):
    """What a digest consists of."""

    OWN = "own"
    FOR_OTHERS = "for_others"
    LEFT = "left"
    TO_ACCEPT = "to_accept"
    CONTROLLED = "controlled"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Reminder:
    """That somebody is reminded by a rule: before a term of one version of it, after it of all.

    What is over is told every so many days whatever it is, so that there the object is
    the person: a row for each of a hundred thousand late assignments every day would
    take half a minute to write.
    """

    object_id: UUID
    object_type: str
    rule: str
    version: int
    recipient: UUID

    @property
    def key(self) -> tuple[UUID, str, int, UUID]:
        """Return what a second reminder would have in common with it."""
        return self.object_id, self.rule, self.version, self.recipient


@dataclass(slots=True)
class Digest:
    """What one person is told on a day, and the reminders that make it worth a letter."""

    parts: dict[Part, list[OpenTerm]] = field(default_factory=dict)
    reminders: set[Reminder] = field(default_factory=set)
    _worth: set[Part] = field(default_factory=lambda: {Part.OWN})

    def add(self, part: Part, term: OpenTerm) -> None:
        """Tell of a term."""
        self.parts.setdefault(part, []).append(term)

    def remind(self, part: Part, reminder: Reminder) -> None:
        """Make a part worth telling."""
        self.reminders.add(reminder)
        self._worth.add(part)

    @property
    def told(self) -> dict[Part, list[OpenTerm]]:
        """Return the parts of the letter in their order."""
        return {
            part: self.parts[part] for part in Part if part in self.parts and part in self._worth
        }


@dataclass(frozen=True)
class Heads:
    """The heads of an organization, and who works under whom by the tree of units.

    A head outside every unit heads everybody.
    """

    heads: Sequence[Worker]
    parents: Mapping[UUID, UUID | None]

    def over(self, person: Worker) -> list[Worker]:
        """Return every head whose people a person is among, the nearest first."""
        path = self._path(person.unit)
        found = [head for head in self.heads if head.unit in path and head.id != person.id]
        return sorted(found, key=lambda head: path.index(head.unit))

    def _path(self, unit: UUID | None) -> list[UUID | None]:
        path: list[UUID | None] = []
        while unit is not None and unit not in path:
            path.append(unit)
            unit = self.parents.get(unit)
        return [*path, None]


class DigestPlan:
    """Spreads open terms over the people who are to hear of them.

    `known` says on which day a reminder was last sent, by its key; `substitutes` who stands
    in that day for absent people, who are told all the same.
    """

    def __init__(
        self,
        rules: Sequence[ReminderRule],
        people: Mapping[UUID, Worker],
        heads: Heads,
        known: Mapping[tuple[UUID, str, int, UUID], date],
        day: date,
        substitutes: Mapping[UUID, UUID] | None = None,
    ) -> None:
        self._rules = rules
        self._people = people
        self._heads = heads
        self._known = known
        self._day = day
        self._substitutes = substitutes or {}
        self._digests: dict[UUID, Digest] = {}
        self.unreachable: set[UUID] = set()

    def of(self, terms: Iterable[OpenTerm]) -> dict[UUID, Digest]:
        """Return the digests worth a letter, by the person they are for."""
        for term in terms:
            if term.state is AssignmentState.ACCEPTANCE:  # its waiting is not the executor's
                self._tell_acceptor(term)
            else:
                self._tell_executor(term)
                self._tell_controller(term)
                self._tell_heads(term)
        self._remind_heads()
        return {person: digest for person, digest in self._digests.items() if digest.reminders}

    def _tell_executor(self, term: OpenTerm) -> None:
        executor = self._people[term.executor]
        part = Part.OWN if executor.is_active else Part.LEFT
        recipient = executor if executor.is_active else self._instead_of(executor, term)
        if recipient is None:
            self.unreachable.add(executor.id)
        else:
            self._tell(recipient, part, term, Audience.EXECUTOR)
            if (substitute := self._substitute(recipient)) is not None:
                self._tell(substitute, Part.FOR_OTHERS, term, Audience.EXECUTOR)

    def _tell_controller(self, term: OpenTerm) -> None:
        recipient = self._people[term.controller or term.author]
        if recipient.is_active and recipient.id != term.executor:
            self._tell(recipient, Part.CONTROLLED, term, Audience.CONTROLLER)

    def _tell_acceptor(self, term: OpenTerm) -> None:
        acceptor = self._people[term.controller or term.author]
        if term.reported_on is None:
            return
        rule = reached(self._rules, Audience.ACCEPTOR, (term.reported_on - self._day).days)
        for person in (acceptor, self._substitute(acceptor)):
            # nobody accepts his own report, for whomever he stands in
            if person and person.is_active and person.id != term.executor and rule is not None:
                self._digest(person).add(Part.TO_ACCEPT, term)
                self._remind(person, Part.TO_ACCEPT, rule, term)

    def _tell_heads(self, term: OpenTerm) -> None:
        if term.due > self._day:
            return
        over = {head.id for head in self._heads.over(self._people[term.executor])}
        for head in self._heads.heads:
            if head.id != term.executor and (head.id in over or head.id == term.author):
                self._digest(head).add(Part.PEOPLE, term)

    def _tell(self, person: Worker, part: Part, term: OpenTerm, audience: Audience) -> None:
        rule = reached(self._rules, audience, (term.due - self._day).days)
        if rule is None and part is not Part.OWN:
            return
        digest = self._digest(person)
        digest.add(part, term)
        if rule is not None:
            self._remind(person, part, rule, term)

    def _remind_heads(self) -> None:
        rules = [rule for rule in self._rules if rule.audience is Audience.HEAD]
        for head in self._heads.heads:
            digest = self._digests.get(head.id)
            if digest is not None and (terms := digest.parts.get(Part.PEOPLE)):
                for rule in rules:
                    self._remind(head, Part.PEOPLE, rule, terms[0])

    def _remind(self, person: Worker, part: Part, rule: ReminderRule, term: OpenTerm) -> None:
        if rule.every_days is None:
            reminder = Reminder(term.id, "assignment", rule.code, term.version, person.id)
        else:
            reminder = Reminder(person.id, "employee", rule.code, 0, person.id)
        if is_due(rule, self._known.get(reminder.key), self._day):
            self._digest(person).remind(part, reminder)

    def _substitute(self, absent: Worker) -> Worker | None:
        substitute = self._substitutes.get(absent.id)
        return None if substitute is None else self._people[substitute]

    def _instead_of(self, dismissed: Worker, term: OpenTerm) -> Worker | None:
        author = self._people[term.author]
        others = [*self._heads.over(dismissed), *([author] if author.is_active else [])]
        return next((one for one in others if one.email), others[0] if others else None)

    def _digest(self, person: Worker) -> Digest:
        return self._digests.setdefault(person.id, Digest())
