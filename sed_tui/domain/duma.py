"""Submissions to the regional Duma: terms counted back from a sitting, papers, passage.

The rules are data: the Duma's own «Правила взаимодействия» are not public, so the shipped
ones name what they were read from and carry no day of comparison until somebody compares.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sed_tui.domain.calendar import Direction
from sed_tui.domain.terms import Unit
from sed_tui.domain.text import folded
from sed_tui.errors.duma import PassageForbidden, PassageReasonNeeded
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sed_tui.domain.calendar import WorkingCalendar

_ONE = timedelta(days=1)


class RuleSort(StrEnum):
    """What a rule is: a term, a paper, words of a notice, a partner whose notices count."""

    TERM = "term"
    PAPER = "paper"
    NOTICE = "notice"
    PARTNER = "partner"


class Passage(StrEnum):
    """How far a submission has come."""

    PREPARED = "prepared"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    FIRST_READING = "first_reading"
    SECOND_READING = "second_reading"
    THIRD_READING = "third_reading"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


PASSAGE_TITLES: dict[Passage, str] = {
    Passage.PREPARED: N_("in preparation"),
    Passage.SUBMITTED: N_("submitted"),
    Passage.ACCEPTED: N_("accepted for consideration"),
    Passage.RETURNED: N_("returned"),
    Passage.FIRST_READING: N_("first reading"),
    Passage.SECOND_READING: N_("second reading"),
    Passage.THIRD_READING: N_("third reading"),
    Passage.ADOPTED: N_("adopted"),
    Passage.REJECTED: N_("rejected"),
    Passage.WITHDRAWN: N_("taken back"),
}
SORT_TITLES: dict[RuleSort, str] = {
    RuleSort.TERM: N_("a term"),
    RuleSort.PAPER: N_("a paper"),
    RuleSort.NOTICE: N_("words of a notice"),
    RuleSort.PARTNER: N_("a partner whose notices count"),
}
_P = Passage
NEXT: dict[Passage, frozenset[Passage]] = {
    _P.PREPARED: frozenset({_P.SUBMITTED, _P.WITHDRAWN}),
    _P.SUBMITTED: frozenset({_P.ACCEPTED, _P.RETURNED, _P.WITHDRAWN}),
    _P.ACCEPTED: frozenset({_P.FIRST_READING, _P.ADOPTED, _P.RETURNED, _P.REJECTED, _P.WITHDRAWN}),
    _P.RETURNED: frozenset({_P.SUBMITTED, _P.WITHDRAWN}),
    _P.FIRST_READING: frozenset(
        {_P.SECOND_READING, _P.ADOPTED, _P.RETURNED, _P.REJECTED, _P.WITHDRAWN}
    ),
    _P.SECOND_READING: frozenset({_P.THIRD_READING, _P.ADOPTED, _P.REJECTED, _P.WITHDRAWN}),
    _P.THIRD_READING: frozenset({_P.ADOPTED, _P.REJECTED, _P.WITHDRAWN}),
    _P.ADOPTED: frozenset(),
    _P.REJECTED: frozenset(),
    _P.WITHDRAWN: frozenset(),
}
UNSENT = frozenset({_P.PREPARED, _P.RETURNED})
OPEN = frozenset(state for state, later in NEXT.items() if later)
_REASONED = frozenset({_P.RETURNED, _P.REJECTED, _P.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class DumaRule:
    """A rule with its source; `version` 0 is the shipped one, that nobody has changed.

    A term counts `amount` days of a unit back from the sitting; a paper belongs to the
    submissions of a kind. Words of a notice stand in `title` and mean the step of the passage
    in `kind`; a partner of the exchange is named by its code in `title`.
    """

    code: str
    sort: RuleSort
    title: str
    kind: str = ""
    amount: int = 0
    unit: Unit = Unit.CALENDAR_DAYS
    is_required: bool = True
    source: str = ""
    checked_on: date | None = None
    is_closed: bool = False
    version: int = 0


_REGULATION = "Регламент Думы (редакция, доступная разработчику)"
_NOTICES = "Слова уведомлений: сверьте с Правилами взаимодействия"
_BILL, _RESOLUTION = "законопроект", "проект постановления"
# what a notice may mean: what is prepared or sent we know ourselves
NOTICED = frozenset(Passage) - {Passage.PREPARED, Passage.SUBMITTED}
# the term within which a submission is sent
SEND_TERM = "upload"


def _term(code: str, title: str, amount: int) -> DumaRule:
    return DumaRule(code, RuleSort.TERM, title, amount=amount, source=_REGULATION)


def _paper(code: str, kind: str, title: str, *, is_required: bool = True) -> DumaRule:
    return DumaRule(code, RuleSort.PAPER, title, kind, is_required=is_required, source=_REGULATION)


def _words(code: str, title: str, step: Passage) -> DumaRule:
    return DumaRule(code, RuleSort.NOTICE, title, step.value, source=_NOTICES)


SHIPPED = (
    _term("prepare", "Начало подготовки вопроса к заседанию", 30),
    _term(SEND_TERM, "Загрузка проекта и материалов", 8),
    _term("pass-on", "Передача материалов организующим подразделением", 6),
    _paper("bill", _BILL, "Текст законопроекта"),
    _paper("bill-note", _BILL, "Пояснительная записка"),
    _paper("bill-finance", _BILL, "Финансово-экономическое обоснование"),
    _paper("bill-opinions", _BILL, "Заключения", is_required=False),
    _paper("bill-letter", _BILL, "Сопроводительное письмо"),
    _paper("resolution", _RESOLUTION, "Текст проекта постановления"),
    _paper("resolution-note", _RESOLUTION, "Пояснительная записка"),
    _paper("resolution-letter", _RESOLUTION, "Сопроводительное письмо"),
    _words("notice-accepted", "к рассмотрению", Passage.ACCEPTED),
    _words("notice-returned", "возвращ", Passage.RETURNED),
    _words("notice-refused", "отказано в регистрации", Passage.RETURNED),
    _words("notice-first", "первом чтении", Passage.FIRST_READING),
    _words("notice-second", "втором чтении", Passage.SECOND_READING),
    _words("notice-third", "третьем чтении", Passage.THIRD_READING),
    _words("notice-law", "закон принят", Passage.ADOPTED),
    _words("notice-resolution", "постановление принято", Passage.ADOPTED),
    _words("notice-published", "опубликовани", Passage.ADOPTED),
    _words("notice-rejected", "отклон", Passage.REJECTED),
    _words("notice-withdrawn", "отозван", Passage.WITHDRAWN),
)


@dataclass(frozen=True, slots=True)
class BackTerm:
    """The last working day on which something is in time, and how it was counted."""

    rule: DumaRule
    day: date
    lines: tuple[dict[str, Any], ...]


def counted_back(rule: DumaRule, sitting: date, known: WorkingCalendar) -> BackTerm:
    """Return the term of a rule before a sitting; a day off moves it back, never forward.

    Raises `CalendarYearUnknown`.
    """
    if rule.unit is Unit.WORKING_DAYS:
        nominal, left = sitting, rule.amount
        while left:
            nominal -= _ONE
            left -= known.is_working(nominal)
    else:
        nominal = sitting - timedelta(days=rule.amount)
    day = known.nearest(nominal, Direction.PREVIOUS)
    told = nominal.isoformat()
    moved = {
        "code": "shifted",
        "day": told,
        "to": day.isoformat(),
        "note": known.notes.get(nominal, ""),
        "turned": False,
    }
    lines = (
        {"code": "sitting", "day": sitting.isoformat()},
        {"code": "minus", "amount": rule.amount, "unit": rule.unit.value, "day": told},
        {"code": "working", "day": told} if day == nominal else moved,
        {"code": "rule", "source": rule.source, "checked": rule.checked_on is not None},
    )
    return BackTerm(rule, day, lines)


def check_passage(now: Passage, step: Passage, reason: str | None, *, is_noticed: bool) -> None:
    """Refuse a step that the table does not have, or one without its reason.

    What came by no notice is entered by hand, and says why. Raises `PassageForbidden`
    and `PassageReasonNeeded`.
    """
    if step not in NEXT[now]:
        raise PassageForbidden(
            field="passage_state",
            now=_(PASSAGE_TITLES[now]),
            step=_(PASSAGE_TITLES[step]),
            steps=", ".join(_(PASSAGE_TITLES[one]) for one in Passage if one in NEXT[now]) or "—",
        )
    if reason is None and (step in _REASONED or not is_noticed):
        raise PassageReasonNeeded(field="reason", step=_(PASSAGE_TITLES[step]))


def meant_by(words: str, rules: Iterable[DumaRule]) -> Passage | None:
    """Return the step that a notice tells of, None where its words mean none or several.

    What could be two things («отклонён в первом чтении») a person decides.
    """
    told = folded(words)
    found = {
        Passage(rule.kind)
        for rule in rules
        if rule.sort is RuleSort.NOTICE and not rule.is_closed and folded(rule.title) in told
    }
    return found.pop() if len(found) == 1 else None
