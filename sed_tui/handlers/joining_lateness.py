"""Late steps of joining, and editions that are not signed: who is written to, once each time.

All of it is the operator's business: the letters lie in his outbox. Whoever has no account yet
is written to by the address of the application, and told what is missing.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from sqlmodel import col

from sed_tui.domain.joining import (
    STATE_TITLES,
    UNDER_WAY,
    JoiningState,
    JoiningStep,
    Side,
    way_forward,
)
from sed_tui.domain.joining import waits_for as side_of
from sed_tui.domain.joining_conditions import missing
from sed_tui.domain.joining_papers import PAPER_TITLES
from sed_tui.domain.joining_reminders import LATE_AFTER, acceptance_stage, late_stage
from sed_tui.handlers.approval_lateness import Told, days_late
from sed_tui.handlers.joining_facts import facts_of
from sed_tui.handlers.joining_found import Found, applications
from sed_tui.handlers.joining_papers import pending_acceptance
from sed_tui.handlers.joining_recipients import (
    Notice,
    Recipient,
    administrators,
    applicants,
    post_new,
)
from sed_tui.handlers.joining_terms import told_missing
from sed_tui.i18n import _, ngettext, speaking
from sed_tui.storage.joining import load_operator
from sed_tui.storage.tables.joining import JoiningTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sed_tui.handlers.joining_papers import Pending
    from sed_tui.handlers.work import Work
    from sed_tui.storage.joining import SystemOperator

_J = JoiningTable
_WIDTH = 76
_MOST = 30  # organizations named in one letter to the operator


def tell_late_joining(work: Work) -> Told:
    """Write of what is late in joining; only the operator's own reminders do."""
    operator = load_operator(work.db)
    if operator is None or operator.id != work.organization_id:
        return Told(0, 0, [])
    late = work.db.execute(
        applications()
        .where(col(_J.state).in_(sorted(UNDER_WAY)), col(_J.due) < work.today)
        .order_by(col(_J.due), col(_J.id))
    ).all()
    pending = pending_acceptance(work, operator)
    rows = [*late, *(one.office for one in pending)]
    people, own = applicants(work, rows), administrators(work)
    notices = [*_of_steps(work, operator, late, people, own), *_of_papers(work, pending, people)]
    notices += _of_campaign(work, pending, own)
    unheard = [_named(row) for row in late if _is_unheard(work, row, people)]
    letters = post_new(work, notices)
    return Told(len(late) + len(pending), letters, sorted(set(unheard)))


def _is_unheard(work: Work, row: Any, people: dict[Any, list[Recipient]]) -> bool:
    """Tell whether today nobody could be told who is to be: on the day of a threshold alone."""
    is_theirs = side_of(JoiningState(row.state)) is Side.APPLICANT
    return is_theirs and not people[row.id] and days_late(work, row.due) in LATE_AFTER


def _of_steps(
    work: Work,
    operator: SystemOperator,
    late: Iterable[Any],
    people: dict[Any, list[Recipient]],
    own: list[Recipient],
) -> Iterator[Notice]:
    for row in late:
        stage = late_stage(days_late(work, row.due))
        if stage is None:
            continue
        is_ours = side_of(JoiningState(row.state)) is Side.OPERATOR
        found = Found(row, operator)
        for person in own if is_ours else people[row.id]:
            key = f"joining-late:{row.id.hex}:{row.state}:{row.due}:{stage}:{person.key}"
            yield Notice(key, person, lambda to, found=found: _step_letter(work, found, to))  # type: ignore[misc]


def _step_letter(work: Work, found: Found, to: Recipient) -> tuple[str, str]:
    row = found.row
    with speaking(to.language):
        title = _("Joining of {name}: “{state}” is late, term {due}").format(
            name=row.short_name or row.name, state=_(STATE_TITLES[found.state]), due=_day(row.due)
        )
        step = way_forward(found.state)
        facts = facts_of(work, found)
        left = missing(step.step if step else JoiningStep.DISCONNECT, facts)
        lines = [f"◦ {told_missing(one, facts)}" for one in left]
        lines = lines or [_("Everything for the next step is there: it has to be taken.")]
        return title, _body(to, title, lines, found.code)


def _of_papers(
    work: Work, pending: Iterable[Pending], people: dict[Any, list[Recipient]]
) -> Iterator[Notice]:
    """Tell every organization at work of a new edition, before its term ends, and after it."""
    for one in pending:
        stage = acceptance_stage(one.days_left, days_late(work, one.accept_by))
        for person in people[one.office.id]:
            key = f"joining-accept:{one.office.id.hex}:{one.paper}:{one.edition}:{stage}"
            yield Notice(f"{key}:{person.key}", person, lambda to, one=one: _paper_letter(one, to))  # type: ignore[misc]


def _paper_letter(one: Pending, to: Recipient) -> tuple[str, str]:
    with speaking(to.language):
        title = _("{paper}, edition {edition}: to be signed by {day}").format(
            paper=_(PAPER_TITLES[one.paper]), edition=one.edition, day=_day(one.accept_by)
        )
        lines = [
            _("The edition is in force since {day}.").format(day=_day(one.in_force_on)),
            _("Print it, sign it, and record the signature; work goes on meanwhile."),
        ]
        return title, _body(to, title, lines, one.office.code)


def _of_campaign(work: Work, pending: Iterable[Pending], own: list[Recipient]) -> Iterator[Notice]:
    """Tell the operator who has not signed an edition in time."""
    late: dict[tuple[Any, int, int], list[Pending]] = {}
    for one in pending:
        stage = late_stage(days_late(work, one.accept_by))
        if stage is not None:
            late.setdefault((one.paper, one.edition, stage), []).append(one)
    for (paper, edition, stage), who in late.items():
        for person in own:
            key = f"joining-unsigned:{paper}:{edition}:{stage}:{person.key}"
            yield Notice(key, person, lambda to, who=who: _campaign_letter(who, to))  # type: ignore[misc]


def _campaign_letter(who: list[Pending], to: Recipient) -> tuple[str, str]:
    first = who[0]
    with speaking(to.language):
        count = ngettext("{count} organization", "{count} organizations", len(who))
        title = _("{paper}, edition {edition}: not signed by {day}: {count}").format(
            paper=_(PAPER_TITLES[first.paper]),
            edition=first.edition,
            day=_day(first.accept_by),
            count=count.format(count=len(who)),
        )
        lines = [_named(one.office) for one in who[:_MOST]]
        if len(who) > _MOST:
            lines.append(_("All of them: sedctl joining acceptance --pending"))
        return title, _body(to, title, lines, None)


def _body(to: Recipient, title: str, lines: list[str], code: str | None) -> str:
    told = [part for line in lines for part in textwrap.wrap(line, _WIDTH)]
    where = _("On the screen: More, Joining. As a command: sedctl joining show {code}")
    end = [where.format(code=code), ""] if code else []
    last = _("This letter was sent automatically; it needs no answer.")
    parts = [f"{to.name},", "", *textwrap.wrap(f"{title}.", _WIDTH), "", *told, "", *end, last]
    return "\n".join(parts) + "\n"


def _named(row: Any) -> str:
    return f"{row.code} {row.name}"


def _day(day: Any) -> str:
    return f"{day:%d.%m.%Y}"
