"""Terms before a sitting, and the table of passage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from sed_tui.domain.duma import NEXT, OPEN, SHIPPED, Passage, check_passage, counted_back
from sed_tui.domain.term_explanation import tell
from sed_tui.domain.terms import Unit
from sed_tui.errors.duma import PassageForbidden, PassageReasonNeeded
from sed_tui.errors.terms import CalendarYearUnknown
from tests.calendars import published

CALENDAR = published()
UPLOAD = next(rule for rule in SHIPPED if rule.code == "upload")


@pytest.mark.parametrize(
    ("code", "day"),
    # 17 December 2026 is a Thursday; the 30th day before it a Tuesday, the 6th a Friday
    [
        ("prepare", date(2026, 11, 17)),
        ("upload", date(2026, 12, 9)),
        ("pass-on", date(2026, 12, 11)),
    ],
)
def test_terms_are_counted_back_from_the_sitting(code: str, day: date) -> None:
    rule = next(one for one in SHIPPED if one.code == code)

    assert counted_back(rule, date(2026, 12, 17), CALENDAR).day == day


def test_a_day_off_moves_the_term_back_and_the_unit_of_the_rule_counts() -> None:
    sitting = date(2026, 12, 14)  # its sixth day before is a Tuesday, its eighth a Sunday
    working = replace(UPLOAD, unit=Unit.WORKING_DAYS)

    calendar_days = counted_back(UPLOAD, sitting, CALENDAR)

    assert calendar_days.day == date(2026, 12, 4)
    assert counted_back(working, sitting, CALENDAR).day == date(2026, 12, 2)
    assert tell(calendar_days.lines) == [
        "The sitting is on 14.12.2026 (Mon)",
        "−8 calendar days → 06.12.2026 (Sun)",
        "06.12.2026 (Sun): a day off → previous working day 04.12.2026 (Fri)",
        f"By the rule: {UPLOAD.source} (not compared with the act yet)",
    ]
    with pytest.raises(CalendarYearUnknown):
        counted_back(UPLOAD, date(2031, 1, 9), CALENDAR)


def test_passage_goes_by_its_table_and_every_end_is_final() -> None:
    assert set(NEXT) == set(Passage)
    assert set(Passage) - OPEN == {Passage.ADOPTED, Passage.REJECTED, Passage.WITHDRAWN}
    check_passage(Passage.SUBMITTED, Passage.ACCEPTED, None, is_noticed=True)
    with pytest.raises(PassageForbidden):
        check_passage(Passage.WITHDRAWN, Passage.ACCEPTED, "ошибка", is_noticed=True)
    with pytest.raises(PassageForbidden):
        check_passage(Passage.PREPARED, Passage.FIRST_READING, "рано", is_noticed=True)


def test_a_return_and_what_is_entered_by_hand_have_a_reason() -> None:
    for step, is_noticed in ((Passage.RETURNED, True), (Passage.ACCEPTED, False)):
        with pytest.raises(PassageReasonNeeded):
            check_passage(Passage.SUBMITTED, step, None, is_noticed=is_noticed)
        check_passage(Passage.SUBMITTED, step, "связи нет", is_noticed=is_noticed)
