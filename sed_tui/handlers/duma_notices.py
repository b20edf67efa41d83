"""What the Duma's notices say of submissions: read from the exchange, a person told of it.

Only partners that a rule names are the Duma's. What the rules do not understand, or the
table of the passage does not have, changes nothing: whoever prepares the submission is
written to and enters it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.clock import office_day
from sed_tui.domain.duma import (
    OPEN,
    PASSAGE_TITLES,
    DumaRule,
    Passage,
    RuleSort,
    check_passage,
    meant_by,
)
from sed_tui.domain.mail import header_text
from sed_tui.domain.text import folded
from sed_tui.errors import SedError
from sed_tui.exchange.iedms_names import EVENTS
from sed_tui.exchange.message import Event
from sed_tui.handlers.duma_steps import checked_numbers, keep_step, move
from sed_tui.handlers.outbox import Letter, post
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import _
from sed_tui.storage.duma_rules import load_rules
from sed_tui.storage.tables.duma import DumaSubmissionTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from sqlalchemy import Row

    from sed_tui.exchange.message import Notification
    from sed_tui.handlers.exchange_partners import PartnerReference
    from sed_tui.handlers.work import Work

    _Row = Row[*tuple[Any, ...]]

_SUB = DumaSubmissionTable
_WORDS = 1000


def apply_notice(
    work: Work,
    partner: PartnerReference,
    document_id: UUID | None,
    notice: Notification,
    message_id: UUID,
) -> None:
    """Do to the submissions of a document what a notice of the Duma says of it."""
    if document_id is None or not (submissions := _under_way(work, document_id)):
        return
    rules = load_rules(work.db, work.organization_id).values()
    if not _is_of_duma(rules, partner):
        return
    step = meant_by(_words(notice), rules)
    for row in submissions:
        try:
            told = _follow(work, row, step, notice, message_id)
        except SedError as error:
            told = f"{error} {error.advice}".strip()
        _tell(work, row, notice, message_id, told)


def _follow(
    work: Work, row: _Row, step: Passage | None, notice: Notification, message_id: UUID
) -> str:
    """Take a step, or keep the number alone; return what became of it, in words.

    Raises what `check_passage` and `checked_numbers` raise; nothing is changed then.
    """
    now, numbers, reason = Passage(row.state), row.numbers, _cause(notice)
    if notice.event is Event.REGISTERED and notice.number is not None:
        given = [*row.numbers.splitlines(), notice.number.number]
        numbers = checked_numbers(work, row, ";".join(given))
    if step is not None and step is not now:
        check_passage(now, step, reason, is_noticed=True)
        told = _(PASSAGE_TITLES[step])
    elif numbers != row.numbers:
        shown = numbers.replace("\n", "; ")
        # what is kept is read in every language
        told, reason = _("its number in the Duma: {numbers}").format(numbers=shown), f"№ {shown}"
    else:
        unclear = _("the rules do not say what it means; enter the step: sedctl duma step")
        return unclear if step is None else _(PASSAGE_TITLES[step])
    after = step or now
    move(work, row, after, numbers)
    day = office_day(notice.at)
    keep_step(*(work, row.id, row.version + 1, after, day), reason=reason, message_id=message_id)
    return told


def _cause(notice: Notification) -> str | None:
    """Return the reason that a notice gives; of its text what stands behind a colon."""
    text = notice.reason or notice.comment or notice.text.partition(":")[2]
    return header_text(text).strip()[:_WORDS] or None


def _under_way(work: Work, document_id: UUID) -> list[_Row]:
    """Return the submissions of a document that were sent and are not over, with their people.

    The rights of whoever takes messages in do not matter: the Duma speaks of its papers.
    """
    person = EmployeeTable
    query = (
        select(
            *map(col, (_SUB.id, _SUB.title, _SUB.state, _SUB.numbers, _SUB.version)),
            col(person.id).label("person_id"),
            col(person.email),
        )
        .join(person, col(person.id) == col(_SUB.opened_by))
        .where(
            col(_SUB.organization_id) == work.organization_id,
            col(_SUB.document_id) == document_id,
            col(_SUB.state).in_(OPEN),
        )
        .order_by(col(_SUB.opened_at), col(_SUB.id))
    )
    return list(work.db.execute(query).all())


def _is_of_duma(rules: Iterable[DumaRule], partner: PartnerReference) -> bool:
    return any(
        rule.sort is RuleSort.PARTNER
        and not rule.is_closed
        and folded(rule.title) == folded(partner.code)
        for rule in rules
    )


def _words(notice: Notification) -> str:
    """Return all that a notice says, its own name first."""
    return " ".join((EVENTS[notice.event][0], notice.reason, notice.text, notice.comment))


def _tell(work: Work, row: _Row, notice: Notification, message_id: UUID, told: str) -> None:
    if not row.email:
        return
    said = header_text(_words(notice))[:_WORDS]
    lines = [
        f"{row.title} ({short_id(row.id)})",
        _("The Duma tells: {words}").format(words=said),
        _("What became of the submission: {told}").format(told=told),
        "",
        _("This letter was sent automatically; it needs no answer."),
    ]
    subject = _("A notice of the Duma: {title}").format(title=header_text(row.title)[:200])
    key = f"duma-notice/{message_id}/{row.id}"
    post(work, Letter(key, row.email, subject, "\n".join(lines) + "\n", row.person_id))
