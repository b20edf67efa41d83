"""Templates of assignments: an office's usual words, and the terms that go with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.defaults import DEFAULT_TEMPLATES
from sed_tui.domain.text import clean, folded
from sed_tui.handlers.assignment_steps import TEXT_LIMIT
from sed_tui.handlers.calendar import count_term
from sed_tui.operations.assignment_template import (
    AssignmentTemplate,
    ListTemplates,
    SetTemplate,
    TemplateList,
)
from sed_tui.storage.tables.assignment_template import AssignmentTemplateTable
from sed_tui.storage.versioned import keep_row

if TYPE_CHECKING:
    from typing import Any
    from uuid import UUID

    from sed_tui.handlers.work import Work

_T = AssignmentTemplateTable


def list_templates(work: Work, request: ListTemplates) -> TemplateList:
    """Return the templates of the organization by code."""
    query = (
        select(*map(col, (_T.code, _T.text, _T.due, _T.state, _T.version)))
        .where(col(_T.organization_id) == work.organization_id)
        .order_by(col(_T.code))
    )
    if not request.all_states:
        query = query.where(col(_T.state) == "active")
    rows = work.db.execute(query).mappings()
    return TemplateList(rows=[AssignmentTemplate.model_validate(dict(row)) for row in rows])


def set_template(work: Work, request: SetTemplate) -> AssignmentTemplate:
    """Add or change a template in one statement.

    Raises `EmptyText`, `BadTerm`, `ChangedMeanwhile`.
    """
    code = folded(clean(request.code, "code", limit=32))
    rows = list_templates(work, ListTemplates(all_states=True)).rows
    known = next((row for row in rows if row.code == code), None)
    text = request.text if request.text is not None or known is None else known.text
    due = request.due if request.due is not None or known is None else known.due
    values = {
        "text": clean(text or "", "text", limit=TEXT_LIMIT, multiline=True),
        "due": _checked(work, due),
        "state": "closed" if request.is_closed else "active",
    }
    key = {"organization_id": work.organization_id, "code": code}
    version = keep_row(work.db, _T, key, values, request.version, what=code)
    template = AssignmentTemplate(code=code, **values, version=version)
    before = known.model_dump(mode="json", exclude={"version"}) if known else None
    after = template.model_dump(mode="json", exclude={"version"})
    if after != before:
        work.record("set", "assignment_template", code, before, after)
    return template


def default_templates(organization_id: UUID) -> list[dict[str, Any]]:
    """Return the rows of the templates that an organization starts with."""
    return [
        {
            "organization_id": organization_id,
            "code": code,
            "text": text,
            "due": due,
            "state": "active",
            "version": 1,
        }
        for code, text, due in DEFAULT_TEMPLATES
    ]


def _checked(work: Work, due: str | None) -> str | None:
    """Return a term as it is typed, once it is known to be one; none for an empty one."""
    if due is None or not due.strip():
        return None
    term = clean(due, "due", limit=64)
    count_term(work, term, work.today, field="due")
    return term
