"""Addresses for the people of an office, and the letters written to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlmodel import col

from sed_tui.storage.database import open_database
from sed_tui.storage.tables.mail import OutgoingMailTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from tests.handlers.assignments import Office

LOGINS = ("golova", "petrov", "sidorov", "kuznec", "kontr")


def give_addresses(office: Office) -> Office:
    """Give everybody but the assistant an address, `LOGIN@office.example`."""
    for login in LOGINS:
        change(office, EmployeeTable, office.ids[login], email=f"{login}@office.example")
    return office


def change(office: Office, table: Any, key: Any, **values: Any) -> None:
    engine = open_database(office.settings.database)
    with engine.execution_options(writes=True).begin() as db:
        db.execute(update(table).where(col(table.id) == key).values(**values))
    engine.dispose()


def letters(office: Office) -> dict[str, tuple[str, str]]:
    """Return subject and body of every letter by its recipient; the last one of each."""
    mail = OutgoingMailTable
    engine = open_database(office.settings.database)
    with engine.connect() as db:
        rows = db.execute(
            select(*map(col, (mail.recipient, mail.subject, mail.body))).order_by(
                col(mail.created_at)
            )
        ).all()
    engine.dispose()
    return {row.recipient.partition("@")[0]: (row.subject, row.body) for row in rows}
