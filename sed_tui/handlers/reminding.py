"""Reminders of a day: planned from what is open, posted as one letter a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from sed_tui.domain.digests import DigestPlan
from sed_tui.domain.reminders import horizon
from sed_tui.handlers.digest_letter import DigestLetter
from sed_tui.handlers.mask import MASK
from sed_tui.handlers.outbox import Letter, post
from sed_tui.i18n import _
from sed_tui.storage.due_terms import heads, open_terms, sent_reminders, store_reminders, workers
from sed_tui.storage.locks import lock_name
from sed_tui.storage.reminders import load_reminders

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.domain.digests import Digest, Worker
    from sed_tui.handlers.work import Work


@dataclass
class Reminded:
    """How many letters a day has brought, and whom none could be written to."""

    letters: int = 0
    reminders: int = 0
    without_address: list[str] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)


def remind(work: Work, day: date) -> Reminded:
    """Post the digests of a day: a second run on the same day finds nothing to say."""
    # what was sent is read here and written below: another job has to wait
    lock_name(work.db, work.organization_id, "notify.due")
    rules = load_reminders(work.db, work.organization_id)
    days = horizon(rules)
    until = day + timedelta(days=days)
    terms = open_terms(work.db, work.organization_id, until, _(MASK))
    leading = heads(work.db, work.organization_id)
    concerned = {term.author for term in terms} | {term.executor for term in terms}
    concerned |= {term.controller for term in terms if term.controller is not None}
    people = workers(work.db, concerned) | {head.id: head for head in leading.heads}
    known = sent_reminders(work.db, work.organization_id, day)
    plan = DigestPlan(rules, people, leading, known, day)
    digests = plan.of(terms)
    done = Reminded(unreachable=sorted(people[person].name for person in plan.unreachable))
    letter = DigestLetter(day, days, people)
    for person, digest in digests.items():
        _post(work, day, people[person], digest, letter, done)
    done.without_address.sort()
    return done


def _post(
    work: Work, day: date, person: Worker, digest: Digest, letter: DigestLetter, done: Reminded
) -> None:
    if person.email is None:
        done.without_address.append(person.name)
        return
    posted = post(
        work,
        Letter(
            key=f"digest:{day}:{person.id}",
            recipient=person.email,
            employee_id=person.id,
            subject=letter.subject(digest),
            body=letter.body(person, digest),
        ),
    )
    if posted is not None:  # one digest a day; what came later is told on the next
        store_reminders(work.db, work.organization_id, day, posted, digest.reminders)
        done.letters += 1
        done.reminders += len(digest.reminders)
