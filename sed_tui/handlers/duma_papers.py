"""The checklist of a submission: which papers are there, in which edition, signed or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select
from sqlmodel import col

from sed_tui.domain.duma import RuleSort
from sed_tui.domain.text import folded
from sed_tui.errors import NotFound
from sed_tui.errors.duma import SameNameTwice, UnknownPaper
from sed_tui.i18n import N_, _
from sed_tui.storage.duma_rules import load_rules
from sed_tui.storage.tables.duma import DumaPaperTable
from sed_tui.storage.tables.file import FileTable
from sed_tui.storage.tables.signature import SignatureTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row

    from sed_tui.domain.duma import DumaRule
    from sed_tui.handlers.work import Work

    _Row = Row[*tuple[Any, ...]]

_F = FileTable
# neither proves that somebody signed; what merely could not be verified yet does
_BAD, _UNREADABLE = "invalid", "%unreadable%"


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the checklist: the chosen version of its file, and the last there is."""

    code: str
    title: str
    is_required: bool
    file: str | None = None
    chosen: int | None = None
    current: int | None = None
    is_signed: bool = False


def papers_of(work: Work, submission: _Row) -> list[Paper]:
    """Return the papers that the rules ask for, with what is chosen for each."""
    newest = _F.__table__.alias("newest")  # type: ignore[attr-defined]
    chosen = {
        row.code: row
        for row in work.db.execute(
            select(
                *map(col, (DumaPaperTable.code, _F.id, _F.name, _F.version)),
                select(func.max(newest.c.version))
                .where(newest.c.document_id == col(_F.document_id), newest.c.name == col(_F.name))
                .scalar_subquery()
                .label("current"),
            )
            .join(_F, col(_F.id) == col(DumaPaperTable.file_id))
            .where(col(DumaPaperTable.submission_id) == submission.id)
        )
    }
    signed = _signed(work, [row.id for row in chosen.values()])
    papers = []
    for rule in _asked(work, submission.kind):
        paper = Paper(rule.code, rule.title, rule.is_required)
        row = chosen.get(rule.code)
        if row is not None:
            found = (row.name, row.version, row.current, row.id in signed)
            paper = Paper(rule.code, rule.title, rule.is_required, *found)
        papers.append(paper)
    return papers


def lacking(paper: Paper) -> str | None:
    """Return what a paper lacks, in the user's language; each file is signed separately."""
    if paper.chosen is None:
        return _("no file") if paper.is_required else None
    if paper.chosen != paper.current:
        return _("another edition is there")
    return None if paper.is_signed else _("no signature yet")


def choose_paper(work: Work, submission: _Row, paper: str, name: str) -> None:
    """Choose the last version of a file. Raises `UnknownPaper`, `NotFound`, `SameNameTwice`."""
    asked = _asked(work, submission.kind)
    rule = next((r for r in asked if folded(paper) in {r.code, folded(r.title)}), None)
    if rule is None:
        codes = ", ".join(f"{r.code} ({r.title})" for r in asked)
        raise UnknownPaper(field="paper", kind=submission.kind, paper=paper, papers=codes)
    file = work.db.execute(
        select(*map(col, (_F.id, _F.name, _F.version)))
        .where(col(_F.document_id) == submission.document_id, col(_F.name) == name)
        .order_by(col(_F.version).desc())
        .limit(1)
    ).one_or_none()
    if file is None:
        raise NotFound(field="file", kind=_(N_("File")), key=name)
    for other in papers_of(work, submission):
        if other.file == name and other.code != rule.code:
            raise SameNameTwice(field="file", name=name, paper=other.title)
    key = {"submission_id": submission.id, "code": rule.code}
    work.db.execute(
        delete(DumaPaperTable).where(
            col(DumaPaperTable.submission_id) == submission.id,
            col(DumaPaperTable.code) == rule.code,
        )
    )
    work.db.execute(
        insert(DumaPaperTable).values(organization_id=work.organization_id, file_id=file.id, **key)
    )
    after = {"paper": rule.code, "file": file.name, "version": file.version}
    work.record("attach", "duma_submission", submission.id, None, after)


def _asked(work: Work, kind: str) -> list[DumaRule]:
    rules = load_rules(work.db, work.organization_id).values()
    return [
        rule
        for rule in rules
        if rule.sort is RuleSort.PAPER and rule.kind == kind and not rule.is_closed
    ]


def _signed(work: Work, files: list[UUID]) -> set[UUID]:
    """Return those of the files that have a signature that can be read and is not wrong."""
    table = SignatureTable
    rows = work.db.scalars(
        select(col(table.content_id)).where(
            col(table.content_id).in_(files),
            col(table.verdict) != _BAD,
            col(table.reasons).not_like(_UNREADABLE),
        )
    )
    return {one for one in rows if one is not None}
