"""How a submission to the Duma goes on: its state, its numbers, the step that is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select
from sqlmodel import col

from sed_tui.domain.text import clean, folded
from sed_tui.errors.duma import DumaNumberTaken
from sed_tui.handlers.short_ids import short_id
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.duma import DumaPassageTable, DumaSubmissionTable
from sed_tui.storage.versioned import change_row

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Row

    from sed_tui.domain.duma import Passage
    from sed_tui.handlers.work import Work

    _Row = Row[*tuple[Any, ...]]

_SUB = DumaSubmissionTable
_MOST_NUMBERS = 500


def checked_numbers(work: Work, found: _Row, text: str) -> str:
    """Return the Duma's numbers, one in a line; a joint paper has several.

    Raises `DumaNumberTaken`.
    """
    given = [clean(part, "numbers", limit=100) for part in text.split(";") if part.strip()]
    lock_name(work.db, work.organization_id, "numbers of the Duma")
    others = work.db.execute(
        select(*map(col, (_SUB.id, _SUB.numbers))).where(
            col(_SUB.organization_id) == work.organization_id,
            col(_SUB.id) != found.id,
            col(_SUB.numbers) != "",
        )
    ).all()
    taken = {folded(number): row.id for row in others for number in row.numbers.splitlines()}
    for number in given:
        if folded(number) in taken:
            other = short_id(taken[folded(number)])
            raise DumaNumberTaken(field="numbers", number=number, other=other)
    return clean("\n".join(dict.fromkeys(given)), "numbers", limit=_MOST_NUMBERS, multiline=True)


def move(work: Work, found: _Row, state: Passage, numbers: str | None = None) -> None:
    """Bring a submission to a state, once. Raises `ChangedMeanwhile`."""
    after = found.numbers if numbers is None else numbers
    values = {"state": state.value, "numbers": after}
    change_row(work.db, _SUB, found.id, values, found.version, what=short_id(found.id))
    before = {"state": found.state, "numbers": found.numbers}
    work.record("step", "duma_submission", found.id, before, values)


def keep_step(
    work: Work,
    submission: UUID,
    position: int,
    state: Passage,
    day: date,
    **said: str | UUID | datetime | None,
) -> None:
    """Write a step down beside a submission, with what shows it."""
    work.db.execute(
        insert(DumaPassageTable).values(
            id=uuid4(),
            organization_id=work.organization_id,
            submission_id=submission,
            position=position,
            state=state.value,
            happened_on=day,
            entered_at=work.now,
            entered_by=work.actor.employee_id,
            **said,
        )
    )
