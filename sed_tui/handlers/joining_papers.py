"""Papers of joining: filled in, printed, signed, published anew, accepted."""

from __future__ import annotations

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
from sed_tui.domain.text import clean
from sed_tui.errors.joining import OlderEdition, PaperNotNow
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
    from sed_tui.handlers.joining_found import Found
    from sed_tui.handlers.work import Work
    from sed_tui.operations.joining import Application

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
        there.record("issue", "joining", found.id, None, row)
    work.before_commit(lambda: work.files.keep(request.token))
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
    """Publish the next edition. Raises `UnknownPlaceholder`."""
    operator = system_operator(work)
    require_operator(work, operator, _(_PUBLISHING))
    check_template(request.body)
    lock_name(work.db, operator.id, "joining templates")
    known = [one for one in load_templates(work.db, operator) if one.paper is request.paper]
    edition = known[-1].edition + 1
    since = request.in_force_on or work.today
    row = {
        "title": clean(request.title, "title", limit=500),
        "body": clean(request.body, "body", limit=100_000, multiline=True),
        "in_force_on": since,
    }
    key = {"organization_id": operator.id, "paper": request.paper.value, "edition": edition}
    told = {"published_at": work.now, "published_by": who(work)[:200]}
    work.db.execute(insert(JoiningTemplateTable).values(**key, **row, **told))
    after = {"edition": edition, "in_force_on": since.isoformat()}
    work.record("publish", "joining_template", request.paper.value, None, after)
    return list_templates(work, ListTemplates())


def list_acceptance(work: Work, request: ListAcceptance) -> AcceptanceList:
    """Return who at work has signed which edition of what is accepted anew (ORG-3)."""
    operator = system_operator(work)
    templates = load_templates(work.db, operator)
    current = {paper: in_force(templates, paper, work.today).edition for paper in ACCEPTED_ANEW}
    offices = work.db.execute(
        applications()
        .where(
            seen_applications(work.organization_id, operator), col(_J.state).in_(sorted(WORKING))
        )
        .order_by("code")
    ).all()
    signed = _signed_editions(work, [one.id for one in offices])
    papers = (request.paper,) if request.paper is not None else ACCEPTED_ANEW
    rows = [
        _acceptance(one, paper, signed.get((one.id, paper)), current[paper])
        for one in offices
        for paper in papers
        if paper in current
    ]
    pending = [row for row in rows if not row.is_accepted]
    return AcceptanceList(rows=pending if request.pending else rows, pending=len(pending))


def _acceptance(office: Any, paper: Paper, signed: Any, current: int) -> AcceptanceRow:
    return AcceptanceRow(
        application=office.code,
        name=office.name,
        paper=paper,
        edition=signed.edition if signed else None,
        signed_on=signed.signed_on if signed else None,
        in_force=current,
        is_accepted=signed is not None and signed.edition >= current,
    )


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
        published_at=one.published_at,
        published_by=one.published_by,
        body=one.body,
    )
