"""What a document brings into its number: the codes that its journal's formula names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.numbering import NumberContext, Scope, Token
from sed_tui.errors import NotFound
from sed_tui.handlers.references import find_document
from sed_tui.i18n import N_, _
from sed_tui.storage.tables.correspondent import CorrespondentTable
from sed_tui.storage.tables.document_kind import DocumentKindTable
from sed_tui.storage.tables.unit import UnitTable

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sed_tui.handlers.numbers import Journal
    from sed_tui.handlers.work import Work


def number_context(
    work: Work,
    journal: Journal,
    day: date,
    *,
    kind: tuple[str, str] | None = None,
    case_index: str | None = None,
    correspondent_id: UUID | None = None,
    unit: str | None = None,
    leading: str | None = None,
) -> NumberContext:
    """Return the day and the codes of a document; only what the formula names is looked up.

    `kind` is the flow and the name of the document's kind. Raises `NotFound` for a unit
    or a leading document that is not there.
    """
    codes = {
        Token.JOURNAL: journal.code,
        Token.GROUP: journal.group_code or "",
        Token.ORGANIZATION: work.actor.organization,
        Token.CASE: case_index or "",
    }
    tokens = journal.formula.tokens
    if Token.KIND in tokens and kind is not None:
        codes[Token.KIND] = _kind_code(work, *kind)
    if Token.UNIT in tokens or journal.scope is Scope.UNIT or unit is not None:
        codes[Token.UNIT] = unit_code(work, unit) if unit else ""
    if Token.CORRESPONDENT in tokens and correspondent_id is not None:
        codes[Token.CORRESPONDENT] = _correspondent_code(work, correspondent_id)
    if Token.LEADING in tokens and leading is not None:
        codes[Token.LEADING] = find_document(work, leading, "leading").number or ""
    return NumberContext(on=day, codes=codes)


def unit_code(work: Work, code: str) -> str:
    """Return the code of an active unit of the organization. Raises `NotFound`."""
    found = work.db.execute(
        select(col(UnitTable.code)).where(
            col(UnitTable.organization_id) == work.organization_id,
            col(UnitTable.code) == code.strip(),
            col(UnitTable.state) == "active",
        )
    ).scalar_one_or_none()
    if found is None:
        raise NotFound(field="unit", kind=_(N_("Unit")), key=code)
    return found


def _kind_code(work: Work, flow: str, name: str) -> str:
    query = select(col(DocumentKindTable.code)).where(
        col(DocumentKindTable.organization_id) == work.organization_id,
        col(DocumentKindTable.flow) == flow,
        col(DocumentKindTable.name) == name,
    )
    return work.db.execute(query).scalar_one()


def _correspondent_code(work: Work, correspondent_id: UUID) -> str:
    query = select(col(CorrespondentTable.code)).where(
        col(CorrespondentTable.id) == correspondent_id
    )
    return work.db.execute(query).scalar_one() or ""
