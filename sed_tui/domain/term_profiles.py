"""The profiles of terms that a new organization starts with.

Amounts are those of domain §1.11. `checked_on` is empty: nobody has compared them with
the texts of the acts yet, and until then an explanation names the act alone.
"""

from __future__ import annotations

from sed_tui.domain.calendar import Direction
from sed_tui.domain.terms import TermProfile, Unit

_RULES = "Правила делопроизводства, приказ Росархива от 22.05.2019 № 71"
_APPEALS = "Федеральный закон от 02.05.2006 № 59-ФЗ"
_MEMBERS = "Федеральный закон от 08.05.1994 № 3-ФЗ"
_OWN = "Инструкция по делопроизводству организации"


def _days(code: str, title: str, amount: int, act: str, paragraph: str = "") -> TermProfile:
    return TermProfile(
        code=code,
        title=title,
        amount=amount,
        unit=Unit.CALENDAR_DAYS,
        shift=Direction.PREVIOUS,
        counts_start=False,
        act=act,
        paragraph=paragraph,
        checked_on=None,
    )


DEFAULT_PROFILES = (
    TermProfile(
        code="month",
        title="Месяц",
        amount=1,
        unit=Unit.MONTHS,
        shift=Direction.PREVIOUS,
        counts_start=False,
        act=_RULES,
        paragraph="",
        checked_on=None,
    ),
    _days("urgent", "Срочно", 3, _RULES),
    _days("prompt", "Оперативно", 10, _RULES),
    _days("coordination", "Согласование проекта", 10, _OWN),
    _days("appeal-registration", "Регистрация обращения", 3, _APPEALS, "ч. 2 ст. 8"),
    _days("appeal-forwarding", "Переадресация обращения", 7, _APPEALS, "ч. 3 ст. 8"),
    _days("appeal", "Рассмотрение обращения", 30, _APPEALS, "ч. 1 ст. 12"),
    _days("appeal-extension", "Продление обращения", 30, _APPEALS, "ч. 2 ст. 12"),
    _days("parliamentary", "Парламентский запрос", 15, _MEMBERS),
)
