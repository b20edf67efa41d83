"""Papers of joining: filled in, printed, signed, published anew, accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.domain.file_name import checked_name
from sed_tui.domain.joining import WORKING, Side
from sed_tui.domain.joining_papers import (
    ACCEPTED_ANEW,
    PAPER_RULES,
    PAPER_TITLES,
    Paper,
    check_template,
    filled,
)
from sed_tui.domain.joining_reminders import ACCEPTED_WITHIN
from sed_tui.domain.text import clean
from sed_tui.errors import Invalid
from sed_tui.errors.joining import OlderEdition, PaperNotNow
from sed_tui.errors.terms import CalendarYearUnknown
from sed_tui.handlers.approval_lateness import days_late
from sed_tui.handlers.joining_card import card_of
from sed_tui.handlers.joining_filling import values_for
from sed_tui.handlers.joining_found import (
    applications,
    at_applicant,
    find_application,
    require_operator,
    system_operator,
    who,
)
from sed_tui.handlers.joining_signing import keep_signature
from sed_tui.i18n import N_, _
from sed_tui.operations.joining_papers import (
    AcceptanceList,
    AcceptanceRow,
    IssuePaper,
    ListAcceptance,
    ListTemplates,
    PaperText,
    PublishTemplate,
    ShowPaper,
    SignPaper,
    TemplateList,
    TemplateRow,
)
from sed_tui.storage.joining import seen_applications
from sed_tui.storage.joining_templates import Template, in_force, load_templates
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.joining import (
    JoiningPaperTable,
    JoiningSignatureTable,
    JoiningTable,
    JoiningTemplateTable,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.handlers.joining_found import Found
    from sed_tui.handlers.work import Work
    from sed_tui.operations.joining import Application
    from sed_tui.storage.joining import SystemOperator

_P, _G, _J = JoiningPaperTable, JoiningSignatureTable, JoiningTable
_PUBLISHING = N_("Publish an edition of a paper")


def show_paper(work: Work, request: ShowPaper) -> PaperText:
    """Return a paper filled in. Raises `PaperNotNow`."""
    found = find_application(work, request.application)
    _require_now(found, request.paper)
    template = _current(work, found, request.paper)
    return PaperText(
        paper=template.paper,
        edition=template.edition,
        title=template.title,
        body=filled(template.body, values_for(work, found, template)),
        application=found.code,
        name=f"{found.code}-{template.paper.value}-{template.edition}.pdf",
        printed_on=work.today,
    )


def issue_paper(work: Work, request: IssuePaper) -> Application:
    """Keep a paper as printed. Raises `PaperNotNow`, `OlderEdition`."""
    found = find_application(work, request.application)
    _require_now(found, request.paper)
    edition = _current(work, found, request.paper).edition
    if request.edition != edition:
        raise OlderEdition(paper=_(PAPER_TITLES[request.paper]), edition=edition)
    content = work.files.staged(request.token)
    row = {"paper": request.paper.value, "edition": edition, "sha256": content.sha256}
    created = uuid4()
    work.db.execute(
        insert(_P).values(
            id=created,
            organization_id=found.organization_id,
            joining_id=found.id,
            name=checked_name(request.name),
            size=content.size,
            media_type=content.description.media_type,
            issued_at=work.now,
            issued_by=who(work)[:200],
            **row,
        )
    )
    with at_applicant(work, found) as there:
        there.keep(content)
        there.record("issue", "joining", found.id, None, row)
    return card_of(work, str(found.id))


def sign_paper(work: Work, request: SignPaper) -> Application:
    """Keep a signature of the last printed file of a paper, once it is found in order."""
    found = find_application(work, request.application)
    _require_now(found, request.paper)
    if request.side is Side.OPERATOR:
        require_operator(work, found.operator, _(PAPER_TITLES[request.paper]))
    keep_signature(work, found, request, _current(work, found, request.paper).edition)
    return card_of(work, str(found.id))


def list_templates(work: Work, _request: ListTemplates) -> TemplateList:
    """Return every edition of every paper."""
    return TemplateList(rows=[_row(one) for one in load_templates(work.db, system_operator(work))])


def publish_template(work: Work, request: PublishTemplate) -> TemplateList:
    """Publish the next edition. Raises `UnknownPlaceholder`, `Invalid`."""
    operator = system_operator(work)
    require_operator(work, operator, _(_PUBLISHING))
    check_template(request.body)
    lock_name(work.db, operator.id, "joining templates")
    known = [one for one in load_templates(work.db, operator) if one.paper is request.paper]
    edition = known[-1].edition + 1
    since = request.in_force_on or work.today
    until = request.accept_by or _accepted_within(work, since)
    if until < since:
        raise Invalid(field="accept_by", reason=_("it lies before the edition is in force"))
    row = {
        "title": clean(request.title, "title", limit=500),
        "body": clean(request.body, "body", limit=100_000, multiline=True),
        "in_force_on": since,
        "accept_by": until if request.paper in ACCEPTED_ANEW else None,
    }
    key = {"organization_id": operator.id, "paper": request.paper.value, "edition": edition}
    told = {"published_at": work.now, "published_by": who(work)[:200]}
    work.db.execute(insert(JoiningTemplateTable).values(**key, **row, **told))
    after = {"edition": edition, "in_force_on": since.isoformat(), "accept_by": until.isoformat()}
    work.record("publish", "joining_template", request.paper.value, None, after)
    return list_templates(work, ListTemplates())


def list_acceptance(work: Work, request: ListAcceptance) -> AcceptanceList:
    """Return who at work has signed which edition of what is accepted anew (ORG-3)."""
    papers = (request.paper,) if request.paper is not None else ACCEPTED_ANEW
    found = _campaign(work, system_operator(work), [one for one in papers if one in ACCEPTED_ANEW])
    rows = [_acceptance(work, *one) for one in found]
    pending = [row for row in rows if not row.is_accepted]
    return AcceptanceList(rows=pending if request.pending else rows, pending=len(pending))


@dataclass(frozen=True, slots=True)
class Pending:
    """An organization at work that has not signed the edition in force, and by when it is to."""

    office: Any
    paper: Paper
    edition: int
    in_force_on: date
    accept_by: date
    days_left: int


def pending_acceptance(work: Work, operator: SystemOperator) -> list[Pending]:
    """Return who has still to sign what, where the operator has published a term for it."""
    found = []
    for office, template, signed in _campaign(work, operator, ACCEPTED_ANEW):
        until, since = template.accept_by, template.in_force_on
        if until is None or since is None or _is_accepted(signed, template):
            continue
        left = -days_late(work, until) if until < work.today else _days_to(work, until)
        one = Pending(office, template.paper, template.edition, since, until, left)
        found.append(one)
    return found


def _campaign(
    work: Work, operator: SystemOperator, papers: Sequence[Paper]
) -> list[tuple[Any, Template, Any]]:
    """Return each organization at work with each paper in force and how it has signed it."""
    templates = load_templates(work.db, operator)
    current = [in_force(templates, paper, work.today) for paper in papers]
    offices = work.db.execute(
        applications()
        .where(
            seen_applications(work.organization_id, operator), col(_J.state).in_(sorted(WORKING))
        )
        .order_by("code")
    ).all()
    signed = _signed_editions(work, [one.id for one in offices])
    return [(one, paper, signed.get((one.id, paper.paper))) for one in offices for paper in current]


def _acceptance(work: Work, office: Any, template: Template, signed: Any) -> AcceptanceRow:
    is_accepted = _is_accepted(signed, template)
    until = None if is_accepted else template.accept_by
    return AcceptanceRow(
        application=office.code,
        name=office.name,
        paper=template.paper,
        edition=signed.edition if signed else None,
        signed_on=signed.signed_on if signed else None,
        in_force=template.edition,
        accept_by=template.accept_by,
        delay_days=days_late(work, until) if until is not None and until < work.today else 0,
        is_accepted=is_accepted,
    )


def _is_accepted(signed: Any, template: Template) -> bool:
    return signed is not None and signed.edition >= template.edition


def _days_to(work: Work, day: date) -> int:
    if not work.calendar.covers(work.today, day):
        return (day - work.today).days
    return work.calendar.working_days_between(work.today, day)


def _accepted_within(work: Work, since: date) -> date:
    """Return by when an edition is signed whose term the operator has not named."""
    try:
        return work.calendar.add_working_days(since, ACCEPTED_WITHIN)
    except CalendarYearUnknown:
        return since + timedelta(days=ACCEPTED_WITHIN)


def _signed_editions(work: Work, ids: list[Any]) -> dict[Any, Any]:
    rows = work.db.execute(
        select(*map(col, (_P.joining_id, _P.paper, _P.edition, _G.signed_on)))
        .join(_G, col(_G.paper_id) == col(_P.id))
        .where(col(_P.joining_id).in_(ids), col(_G.side) == Side.APPLICANT.value)
        .order_by(col(_P.edition), col(_G.signed_on))
    )
    return {(row.joining_id, Paper(row.paper)): row for row in rows}


def _current(work: Work, found: Found, paper: Paper) -> Template:
    return in_force(load_templates(work.db, found.operator), paper, work.today)


def _require_now(found: Found, paper: Paper) -> None:
    if found.state not in PAPER_RULES[paper].states:
        raise PaperNotNow(paper=_(PAPER_TITLES[paper]), application=found.code)


def _row(one: Template) -> TemplateRow:
    return TemplateRow(
        paper=one.paper,
        edition=one.edition,
        title=one.title,
        in_force_on=one.in_force_on,
        accept_by=one.accept_by,
        published_at=one.published_at,
        published_by=one.published_by,
        body=one.body,
    )
