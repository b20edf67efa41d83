"""A digest as a letter: plain text that reads well in any mail program."""

from __future__ import annotations

import textwrap
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.domain.assignment import AssignmentState
from sed_tui.domain.digests import Digest, OpenTerm, Part
from sed_tui.handlers.mask import MASK
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from sed_tui.domain.digests import Worker

_WIDTH = 76
_TEXT_LIMIT = 300
_LONGEST_PART = 50
_INDENT = "   "
_HEADINGS = {
    Part.FOR_OTHERS: N_("Of absent people whom you stand in for: {count}"),
    Part.LEFT: N_("Left open by people who work here no longer, to be handed over: {count}"),
    Part.TO_ACCEPT: N_("Reports that wait for your acceptance: {count}"),
    Part.CONTROLLED: N_("You wait for these: {count}"),
    Part.PEOPLE: N_("Your people, over or due today: {count}"),
}


@dataclass(frozen=True, slots=True)
class DigestLetter:
    """Writes the digest of one person on a day; `days` is how far ahead it looks."""

    day: date
    days: int
    people: Mapping[UUID, Worker]

    def subject(self, digest: Digest) -> str:
        """Return the subject: counts alone, nothing of what is to be done."""
        counts = Counter(
            self._when(term) for part in (Part.OWN, Part.LEFT) for term in digest.told.get(part, [])
        )
        words = [
            _("overdue {count}").format(count=counts["overdue"]) if counts["overdue"] else "",
            _("today {count}").format(count=counts["today"]) if counts["today"] else "",
            _("soon {count}").format(count=counts["soon"]) if counts["soon"] else "",
        ]
        for part, text in (
            (Part.FOR_OTHERS, N_("for others {count}")),
            (Part.TO_ACCEPT, N_("to accept {count}")),
            (Part.CONTROLLED, N_("on your control {count}")),
            (Part.PEOPLE, N_("your people {count}")),
        ):
            if found := digest.told.get(part):
                words.append(_(text).format(count=len(found)))
        told = ", ".join(word for word in words if word)
        return _("Assignments, {day}: {told}").format(day=f"{self.day:%d.%m.%Y}", told=told)

    def body(self, person: Worker, digest: Digest) -> str:
        """Return the text, the most pressing first."""
        lines = [f"{person.name},", ""]
        lines.append(_("your assignments on {day}.").format(day=f"{self.day:%d.%m.%Y}"))
        for part, terms in digest.told.items():
            if part is Part.OWN:
                lines += self._own(terms)
            else:
                lines += self._section(_(_HEADINGS[part]), terms, person, counted=part)
        lines += ["", _("To see one: sedctl assignment show ID, or sed-tui.")]
        lines.append(_("This letter was sent automatically; it needs no answer."))
        return "\n".join(lines) + "\n"

    def _own(self, terms: Sequence[OpenTerm]) -> Iterator[str]:
        headings = {
            "overdue": _("Overdue: {count}"),
            "today": _("Today: {count}"),
            "soon": _("Within {days} days: {count}"),
        }
        for when, heading in headings.items():
            among = [term for term in terms if self._when(term) == when]
            if among:
                yield from self._section(heading, among, None)

    def _section(
        self,
        heading: str,
        terms: Sequence[OpenTerm],
        reader: Worker | None,
        counted: Part | None = None,
    ) -> Iterator[str]:
        title = heading.format(count=len(terms), days=self.days)
        yield from ("", title, "-" * len(title))
        if counted is Part.PEOPLE:
            names = Counter(self.people[term.executor].name for term in terms)
            yield from (f"{_INDENT}{name}: {count}" for name, count in names.most_common())
        for place, term in enumerate(terms[:_LONGEST_PART], start=1):
            yield ""
            yield from self._item(place, term, names_executor=reader is not None)
        if len(terms) > _LONGEST_PART:
            yield ""
            yield _("And more: {count}.").format(count=len(terms) - _LONGEST_PART)

    def _item(self, place: int, term: OpenTerm, *, names_executor: bool) -> Iterator[str]:
        yield f"{place}. " + ", ".join(filter(None, [self._number(term), self._term(term)]))
        text = _(MASK) if term.text is None else term.text
        text = text if len(text) <= _TEXT_LIMIT else f"{text[:_TEXT_LIMIT]}…"
        yield from textwrap.wrap(text, _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
        who = (
            _("executor {name}").format(name=self.people[term.executor].name)
            if names_executor
            else _("given by {name}").format(name=self.people[term.author].name)
        )
        yield f"{_INDENT}{who}; ID {short_id(term.id)}"

    def _number(self, term: OpenTerm) -> str:
        return _("to {number}").format(number=term.number) if term.number else ""

    def _term(self, term: OpenTerm) -> str:
        if term.state is AssignmentState.ACCEPTANCE and term.reported_on is not None:
            waited = (self.day - term.reported_on).days
            reported = f"{term.reported_on:%d.%m.%Y}"
            return _("reported on {day}, days waiting: {days}").format(day=reported, days=waited)
        due = f"{term.due:%d.%m.%Y}"
        days = (self.day - term.due).days
        if days > 0:
            return _("term {due}, days overdue: {days}").format(due=due, days=days)
        if days == 0:
            return _("term {due}, today").format(due=due)
        return _("term {due}, days left: {days}").format(due=due, days=-days)

    def _when(self, term: OpenTerm) -> str:
        if term.due < self.day:
            return "overdue"
        return "today" if term.due == self.day else "soon"
