"""What is new in a version, and who of the administrators has taken note of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.errors.guidance import UnknownVersion
from sed_tui.operations.news import (
    Acknowledgement,
    AcknowledgeNews,
    ListNews,
    NewsList,
    NewsRow,
)
from sed_tui.storage.locks import lock_name
from sed_tui.storage.news import all_news
from sed_tui.storage.tables.news import NewsAcknowledgementTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work
    from sed_tui.storage.news import VersionNews

_T = NewsAcknowledgementTable


def list_news(work: Work, _request: ListNews) -> NewsList:
    """Return the versions with who has taken note."""
    return NewsList(rows=[_row(work, version) for version in all_news()])


def acknowledge_news(work: Work, request: AcknowledgeNews) -> NewsRow:
    """Take note; a second time changes nothing. Raises `UnknownVersion`."""
    known = {version.number: version for version in all_news()}
    number = request.version or next(iter(known))
    if number not in known:
        raise UnknownVersion(field="version", version=number, known=", ".join(known))
    lock_name(work.db, work.organization_id, f"news {number}")
    if _row(work, known[number]).is_new:
        work.db.execute(
            insert(_T).values(
                organization_id=work.organization_id,
                version=number,
                employee_id=work.actor.employee_id,
                at=work.now,
            )
        )
        work.record("acknowledge", "news", number, None, {"version": number})
    return _row(work, known[number])


def _row(work: Work, version: VersionNews) -> NewsRow:
    rows = work.db.execute(
        select(col(_T.employee_id), col(EmployeeTable.full_name), col(_T.at))
        .join(EmployeeTable, col(EmployeeTable.id) == col(_T.employee_id))
        .where(col(_T.organization_id) == work.organization_id, col(_T.version) == version.number)
        .order_by(col(_T.at))
    ).all()
    return NewsRow(
        version=version.number,
        changes=[item.text for item in version.items],
        musts=[item.text for item in version.items if item.must],
        acknowledged=[Acknowledgement(name=row.full_name, at=row.at) for row in rows],
        is_new=work.actor.employee_id not in {row.employee_id for row in rows},
    )
