"""Letters to those whose certificates are about to end: 30, 14 and 3 days before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlmodel import col

from sed_tui.domain.clock import end_of_office_day, office_day, start_of_office_day
from sed_tui.domain.signing import EXPIRY_DAYS, expiry_reached
from sed_tui.handlers.outbox import Letter
from sed_tui.i18n import _, ngettext, speaking
from sed_tui.storage.due_terms import workers
from sed_tui.storage.tables.certificate import CertificateTable

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from sed_tui.domain.digests import Worker
    from sed_tui.handlers.work import Work

_C = CertificateTable


def certificate_letters(work: Work, day: date) -> tuple[list[Letter], list[str]]:
    """Return the letters of a day, and who has a certificate about to end and no address.

    Who holds another one that lasts longer is not told. The key of a letter names the
    certificate and the threshold, so that each is told once.
    """
    ending = list(work.db.execute(_ending(work, day)))
    people = workers(work.db, {row.employee_id for row in ending})
    told = [(people[row.employee_id], row) for row in ending if people[row.employee_id].is_active]
    letters = [_letter(person, row, day) for person, row in told if person.email]
    return letters, [person.name for person, _row in told if not person.email]


def _ending(work: Work, day: date) -> Any:
    """Return the query of the last certificate of each owner, where it ends soon."""
    last = (
        select(col(_C.employee_id), func.max(col(_C.valid_until)).label("valid_until"))
        .where(col(_C.organization_id) == work.organization_id, col(_C.withdrawn_at).is_(None))
        .group_by(col(_C.employee_id))
        .subquery()
    )
    until = end_of_office_day(day + timedelta(days=max(EXPIRY_DAYS)))
    return (
        select(*map(col, (_C.id, _C.employee_id, _C.serial, _C.valid_until)))
        .join(
            last,
            (last.c.employee_id == col(_C.employee_id))
            & (last.c.valid_until == col(_C.valid_until)),
        )
        .where(
            col(_C.organization_id) == work.organization_id,
            col(_C.withdrawn_at).is_(None),
            col(_C.valid_until).between(start_of_office_day(day), until),
        )
        .order_by(col(_C.valid_until), col(_C.id))
    )


def _letter(person: Worker, row: Any, day: date) -> Letter:
    with speaking(person.language):
        return _written(person, row, day)


def _written(person: Worker, row: Any, day: date) -> Letter:
    last = office_day(row.valid_until)
    left = (last - day).days
    count = ngettext("{count} day", "{count} days", left).format(count=left)
    subject = _("Your certificate ends on {day:%d.%m.%Y}").format(day=last)
    lines = [
        f"{person.name},",
        "",
        _("your certificate {serial} ends in {count}, on {day:%d.%m.%Y}.").format(
            serial=row.serial, count=count, day=last
        ),
        _("Get a new one in time, and let the administrator add it: nothing is signed without."),
        "",
        _("This letter was sent automatically; it needs no answer."),
    ]
    return Letter(
        key=f"certificate:{row.id}:{expiry_reached(left)}",
        recipient=person.email or "",
        employee_id=person.id,
        subject=subject,
        body="\n".join(lines) + "\n",
    )
