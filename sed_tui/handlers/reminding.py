"""Reminders of a day: planned from what is open, posted as one letter a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sed_tui.domain.digests import DigestPlan
from sed_tui.domain.reminders import horizon, is_due
from sed_tui.handlers.certificate_letters import certificate_letters
from sed_tui.handlers.digest_letter import DigestLetter
from sed_tui.handlers.outbox import Letter, post_all
from sed_tui.i18n import speaking
from sed_tui.storage.due_terms import (
    heads,
    open_terms,
    reminders_since,
    sent_reminders,
    store_reminders,
    substitutes,
    workers,
)
from sed_tui.storage.locks import lock_name
from sed_tui.storage.reminders import load_reminders

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from sed_tui.domain.digests import Digest, Reminder, Worker
    from sed_tui.domain.reminders import ReminderRule
    from sed_tui.handlers.work import Work

# a job that began before this one read, and committed after, wrote letters of its own moment
_LONGEST_JOB = timedelta(hours=1)


@dataclass(frozen=True)
class Reminded:
    """How many letters a day has brought, of how much, and whom none could be written to."""

    letters: int
    reminders: int
    without_address: list[str]
    unreachable: list[str]


@dataclass(frozen=True)
class PlannedDay:
    """The letters of a day, what each reminds of, and whom none could be written to."""

    day: date
    at: datetime
    """When what was sent before was read."""
    rules: list[ReminderRule]
    letters: list[tuple[Letter, Collection[Reminder]]]
    without_address: list[str]
    unreachable: list[str]
    certificates: list[Letter]
    """Letters of certificates about to end, each once for all."""


def plan_day(work: Work, day: date) -> PlannedDay:
    """Write the digests of a day: a second run on the same day finds nothing to say."""
    rules = load_reminders(work.db, work.organization_id)
    days = horizon(rules)
    terms = open_terms(work.db, work.organization_id, day + timedelta(days=days))
    leading = heads(work.db, work.organization_id)
    concerned = {term.author for term in terms} | {term.executor for term in terms}
    concerned |= {term.controller for term in terms if term.controller is not None}
    standing_in = substitutes(work.db, work.organization_id, day)
    concerned |= set(standing_in.values())
    people = workers(work.db, concerned) | {head.id: head for head in leading.heads}
    known = sent_reminders(work.db, work.organization_id, day)
    plan = DigestPlan(rules, people, leading, known, day, standing_in)
    digests = plan.of(terms)
    writer = DigestLetter(day, days, people)
    told = [(people[person], digest) for person, digest in digests.items()]
    certificates, unwritten = certificate_letters(work, day)
    without = {person.name for person, _digest in told if person.email is None}
    return PlannedDay(
        day=day,
        at=work.now,
        rules=rules,
        letters=[
            (_letter(day, person, digest, writer), digest.reminders)
            for person, digest in told
            if person.email is not None
        ],
        without_address=sorted(without | set(unwritten)),
        unreachable=sorted(people[person].name for person in plan.unreachable),
        certificates=certificates,
    )


def post_day(work: Work, plan: PlannedDay) -> Reminded:
    """Post what was planned; whoever has got his digest of the day meanwhile gets no other.

    Neither does he whom a job for another day has reminded meanwhile of all there was to say.
    """
    lock_name(work.db, work.organization_id, "notify.due")
    letters = _still_new(work, plan)
    posted = post_all(work, [letter for letter, _reminders in letters])
    told = {
        mail: reminders
        for mail, (_letter, reminders) in zip(posted, letters, strict=True)
        if mail is not None  # one digest a day; what came later is told on the next
    }
    if told:
        store_reminders(work.db, work.organization_id, plan.day, told)
    warned = sum(mail is not None for mail in post_all(work, plan.certificates))
    return Reminded(
        letters=len(told) + warned,
        reminders=sum(map(len, told.values())) + warned,
        without_address=plan.without_address,
        unreachable=plan.unreachable,
    )


def _still_new(work: Work, plan: PlannedDay) -> list[tuple[Letter, Collection[Reminder]]]:
    """Return the letters that still remind of something, each with what that is."""
    known = reminders_since(work.db, work.organization_id, plan.at - _LONGEST_JOB)
    if not known:
        return plan.letters
    rules = {rule.code: rule for rule in plan.rules}
    letters = [
        (letter, {r for r in told if is_due(rules[r.rule], known.get(r.key), plan.day)})
        for letter, told in plan.letters
    ]
    return [(letter, told) for letter, told in letters if told]


def _letter(day: date, person: Worker, digest: Digest, writer: DigestLetter) -> Letter:
    with speaking(person.language):
        return Letter(
            key=f"digest:{day}:{person.id}",
            recipient=person.email or "",
            employee_id=person.id,
            subject=writer.subject(digest),
            body=writer.body(person, digest),
        )
