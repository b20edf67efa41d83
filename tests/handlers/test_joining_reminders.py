"""What is late in joining is told to whoever has to act, once for each threshold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.joining import JoiningState
from sed_tui.domain.joining_papers import Paper
from sed_tui.domain.joining_reminders import acceptance_stage, late_stage
from sed_tui.errors import Invalid
from sed_tui.operations import employee, joining_papers, joining_upkeep
from sed_tui.operations.notify import DUE, DueNotified, NotifyDue
from sed_tui.storage.database import open_database
from sed_tui.storage.tables.mail import OutgoingMailTable
from tests.handlers.callers import acting
from tests.handlers.joining_way import Way

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

CONTACT, ADMIN = "kim@okb1.example", "admin@01.example"


@pytest.fixture
def way(gateway: LocalGateway, settings: Settings, clock: FixedClock) -> Way:
    """Return an application just begun; the operator's administrator has an address."""
    changes = {"email": ADMIN}
    gateway.call(employee.EDIT, employee.EditEmployee(employee="admin", changes=changes))
    found = Way(gateway, settings, clock)
    found.begin()
    return found


def test_thresholds_are_reached_one_after_another() -> None:
    assert [late_stage(days) for days in (0, 1, 4, 5, 19, 300)] == [None, 1, 1, 5, 10, 20]
    assert [acceptance_stage(*days) for days in ((20, 0), (3, 0), (-1, 1), (-7, 7))] == [
        *("announced", "soon", "1", "5"),
    ]


def test_whoever_is_late_is_told_once_for_each_threshold(way: Way, settings: Settings) -> None:
    way.to(JoiningState.REVIEW)
    assert due(way).letters == 0
    pass_days(way, 8)  # the term was 30.11, it is 1.12
    assert (due(way).letters, due(way).letters) == (1, 0)
    subject, body = letters(settings)[ADMIN]
    assert ("01.12.2026" in subject, "30.11.2026" in subject) == (False, True)
    assert "state register" in body

    way.check_register()
    way.step()  # the accession is the applicant's turn: 10 working days from 1.12
    pass_days(way, 14)
    assert due(way).letters == 0
    pass_days(way, 1)
    assert (due(way).letters, due(way).letters) == (1, 0)
    subject, body = letters(settings)[CONTACT]
    assert "соглашение о присоединении" in subject
    assert ("Ким Олег," in body, "◦ " in body, "заявитель" in body) == (True, True, False)
    pass_days(way, 7)
    assert (due(way).letters, due(way).letters) == (1, 0)


def test_nobody_else_writes_of_joining_and_who_has_no_address_is_named(way: Way) -> None:
    term = joining_upkeep.SetJoiningTerm(joining=JoiningState.DRAFT, days=2, source="Регламент")
    way.operator.call(joining_upkeep.SET_TERM, term)
    way.apply("03", ogrn="1027200000002", inn="7202000006", kpp="720201001", email=None)
    pass_days(way, 3)
    found = due(way)
    assert (found.letters, found.without_address) == (0, ["03 Областная больница № 1"])


def test_a_new_edition_is_asked_for_until_it_is_signed(
    way: Way, settings: Settings, clock: FixedClock
) -> None:
    way.to(JoiningState.CONNECTED)
    publish = joining_papers.PublishTemplate(
        paper=Paper.ACCESSION,
        title="Новая редакция",
        body="{name}",
        accept_by=date(2026, 12, 11),
    )
    bad = publish.model_copy(update={"accept_by": date(2026, 11, 1)})
    with pytest.raises(Invalid):
        way.operator.call(joining_papers.PUBLISH, bad)
    way.operator.call(joining_papers.PUBLISH, publish)
    assert (due(way).letters, due(way).letters) == (1, 0)
    pass_days(way, 15)  # 8.12: three working days are left
    assert (due(way).letters, due(way).letters) == (1, 0)
    pass_days(way, 6)  # 14.12: a working day late; the operator is told too
    assert (due(way).letters, due(way).letters) == (2, 0)
    assert "02 Областная больница № 1" in letters(settings)[ADMIN][1]
    asked = joining_papers.ListAcceptance(pending=True)
    (row,) = way.operator.call(joining_papers.ACCEPTANCE, asked).rows
    assert (row.accept_by, row.delay_days) == (date(2026, 12, 11), 1)

    with acting(settings, clock, "kim") as kim:
        assert kim.call(DUE, NotifyDue()).letters == 0
    way.print_and_sign(Paper.ACCESSION)
    pass_days(way, 10)
    assert due(way).letters == 0


def due(way: Way) -> DueNotified:
    return way.operator.call(DUE, NotifyDue(organization="01"))


def pass_days(way: Way, days: int) -> None:
    way.clock.moment += timedelta(days=days)


def letters(settings: Settings) -> dict[str, tuple[str, str]]:
    """Return the last letter to each address."""
    table = OutgoingMailTable
    engine = open_database(settings.database)
    with engine.connect() as db:
        rows = db.execute(
            select(*map(col, (table.recipient, table.subject, table.body))).order_by(
                col(table.created_at)
            )
        ).all()
    engine.dispose()
    return {row.recipient: (row.subject, row.body) for row in rows}
