"""The profiles of terms that a new organization starts with.

Amounts are those of rules §1.11. `checked_on` is empty: nobody has compared them with
the texts of the acts yet, and until then an explanation names the act alone.
"""

from __future__ import annotations

from sed_tui.domain.calendar import Direction
from sed_tui.domain.terms import TermProfile, Unit

_RULES = "Правила делопроизводства, приказ Росархива от 22.05.2019 № 71"
_APPEALS = "Федеральный закон от 02.05.2006 № 59-ФЗ"
_MEMBERS = "Федеральный закон от 08.05.1994 № 3-ФЗ"
_OWN = "Инструкция по делопроизводству организации"
_INFORMATION = "Федеральный закон от 09.02.2009 № 8-ФЗ"
_PROSECUTOR = "Федеральный закон от 17.01.1992 № 2202-1"


def _days(
    code: str,
    title: str,
    amount: int,
    act: str,
    paragraph: str = "",
    unit: Unit = Unit.CALENDAR_DAYS,
) -> TermProfile:
    return TermProfile(
        code=code,
        title=title,
        amount=amount,
        unit=unit,
        shift=Direction.PREVIOUS,
        counts_start=False,
        act=act,
        paragraph=paragraph,
        checked_on=None,
    )


DEFAULT_PROFILES = (
    _days("month", "Месяц", 1, _RULES, unit=Unit.MONTHS),
    _days("urgent", "Срочно", 3, _RULES),
    _days("prompt", "Оперативно", 10, _RULES),
    _days("report-back", "Доложите", 10, _OWN, unit=Unit.HALF),
    _days("coordination", "Согласование проекта", 10, _OWN),
    _days("appeal-registration", "Регистрация обращения", 3, _APPEALS, "ч. 2 ст. 8"),
    _days("appeal-forwarding", "Переадресация обращения", 7, _APPEALS, "ч. 3 ст. 8"),
    _days("appeal", "Рассмотрение обращения", 30, _APPEALS, "ч. 1 ст. 12"),
    _days("appeal-extension", "Продление обращения", 30, _APPEALS, "ч. 2 ст. 12"),
    _days("parliamentary", "Парламентский запрос", 15, _MEMBERS),
    _days("deputy", "Запрос депутата", 30, _MEMBERS),
    _days("information", "Запрос информации о деятельности", 30, _INFORMATION),
    _days("information-extension", "Продление запроса информации", 15, _INFORMATION),
    _days("protest", "Протест прокурора", 10, _PROSECUTOR, unit=Unit.WORKING_DAYS),
    _days("prosecutor", "Представление прокурора", 1, _PROSECUTOR, unit=Unit.MONTHS),
)
