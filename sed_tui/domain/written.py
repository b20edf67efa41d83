"""Values as people write them in tables: numbers with their dates, counts, yes and no."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from sed_tui.domain.flows import Confidentiality, Flow
from sed_tui.domain.identifiers import checked_inn
from sed_tui.domain.text import folded, normalized
from sed_tui.errors.correspondents import BadIdentifier
from sed_tui.errors.form import NotASheetCount, NotAWholeNumber, NumberOutOfRange
from sed_tui.errors.imports import DigitsLost, NotYesOrNo, UnknownValue

if TYPE_CHECKING:
    from collections.abc import Mapping

NamedT = TypeVar("NamedT")

_NUMBER_AND_DATE = re.compile(
    r"(?P<number>\S.*?)[\s,;]+(?:от\s*)?"
    r"(?P<date>[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?:\s*(?:г\.?|года))?|[0-9]{4}-[0-9]{2}-[0-9]{2})"
)
_OF = re.compile(r"[\s,;]от\s")
_SIGN = re.compile(r"(?:№|N[o°º]?\.?(?=\s*[0-9]))\s*", re.IGNORECASE)
_LOST = re.compile(r"[0-9]+(?:[.,][0-9]+)?E\+?[0-9]+", re.IGNORECASE)
_WHOLE_FLOAT = re.compile(r"([0-9]+)[.,]0+")
_SHEETS = re.compile(r"([0-9]+)\s*\+\s*([0-9]+)")
_DIGITS = re.compile(r"[0-9]+")
_YES = frozenset({"yes", "y", "да", "д", "1", "true", "+", "истина"})
_NO = frozenset({"no", "n", "нет", "н", "0", "false", "-", "ложь"})

_FLOWS: dict[str, Flow] = {
    **{flow.value: flow for flow in Flow},
    **dict.fromkeys(
        ("входящий", "входящее", "входящие", "вх", "вх.", "входящие документы"), Flow.INCOMING
    ),
    **dict.fromkeys(("исходящий", "исходящее", "исходящие", "исх", "исх."), Flow.OUTGOING),
    **dict.fromkeys(("внутренний", "внутреннее", "внутренние", "вн", "вн."), Flow.INTERNAL),
    **dict.fromkeys(("орд", "распоряжение", "распоряжения", "приказ", "приказы"), Flow.ORDER),
    **dict.fromkeys(("обращение", "обращения", "обращения граждан", "ог"), Flow.APPEAL),
    "обращение гражданина": Flow.APPEAL,
}
_MARKS: dict[str, Confidentiality] = {
    "none": Confidentiality.NONE,
    "нет": Confidentiality.NONE,
    "общий": Confidentiality.NONE,
    "no": Confidentiality.NONE,
    "official": Confidentiality.OFFICIAL,
    "дсп": Confidentiality.OFFICIAL,
    "да": Confidentiality.OFFICIAL,
    "для служебного пользования": Confidentiality.OFFICIAL,
}


def number_and_date(text: str) -> tuple[str, str | None]:
    """Split «№ 12 от 03.02.2025» into its number and its date; the sign № is dropped.

    A text without a date is a number alone, and a date alone is no number.
    """
    if _OF.search(text):
        found = _NUMBER_AND_DATE.fullmatch(text)
        if found is not None:
            return _unsigned(found["number"]), found["date"]
    return _unsigned(text), None


def exact(text: str, field: str) -> str:
    """Return a number that a table kept as a fraction without its `.0`.

    Raises `DigitsLost` for one that was rounded: nobody can tell its last digits.
    """
    if text.isdecimal():
        return text
    if _LOST.fullmatch(text):
        raise DigitsLost(field=field, value=text)
    whole = _WHOLE_FLOAT.fullmatch(text)
    return whole[1] if whole is not None else text


def restored_inn(text: str, field: str = "inn") -> str:
    """Return an INN, with the leading zero that a table took for a number's and dropped.

    The check digits prove it. Raises `BadIdentifier` and `DigitsLost`.
    """
    digits = exact(re.sub(r"[\s\xa0]", "", text), field)
    if len(digits) in {9, 11}:
        try:
            return checked_inn(f"0{digits}", field)
        except BadIdentifier:
            pass
    return checked_inn(digits, field)


def restored_kpp(text: str, field: str = "kpp") -> str:
    """Return a KPP, with the leading zero put back that its nine characters ask for."""
    digits = exact(re.sub(r"[\s\xa0]", "", text), field)
    return f"0{digits}" if len(digits) == len("720301001") - 1 and digits.isdecimal() else digits


def count(text: str, field: str, *, most: int, least: int = 0) -> int:
    """Return a count. Raises `NotAWholeNumber` and `NumberOutOfRange`."""
    digits = exact(text.replace(" ", ""), field)
    if not _DIGITS.fullmatch(digits):
        raise NotAWholeNumber(field=field, value=text)
    if not least <= int(digits[:12]) <= most:
        raise NumberOutOfRange(field=field, value=text, least=least, most=most)
    return int(digits)


def sheet_counts(text: str, *, most: int) -> tuple[int, int | None]:
    """Return the sheets of a document and of its annexes: `1+7`, or the first alone.

    Raises `NotASheetCount`.
    """
    both = _SHEETS.fullmatch(text)
    try:
        if both is not None:
            return count(both[1], "sheets", most=most), count(both[2], "annex_sheets", most=most)
        return count(text, "sheets", most=most), None
    except NotAWholeNumber as error:
        raise NotASheetCount(field="sheets", value=text) from error


def flag(text: str, field: str) -> bool:
    """Return whether a text says yes. Raises `NotYesOrNo`."""
    word = text.casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise NotYesOrNo(field=field, value=text)


def flow_named(text: str) -> Flow:
    """Return the flow that a text names in either language. Raises `UnknownValue`."""
    return _named(text, "flow", _FLOWS, [flow.value for flow in Flow])


def mark_named(text: str) -> Confidentiality:
    """Return the security mark that a text names. Raises `UnknownValue`."""
    return _named(text, "confidentiality", _MARKS, [mark.value for mark in Confidentiality])


def _named(text: str, field: str, names: Mapping[str, NamedT], known: list[str]) -> NamedT:
    found = names.get(folded(text))
    if found is None:
        raise UnknownValue(field=field, value=text, known=", ".join(known))
    return found


def _unsigned(text: str) -> str:
    return _SIGN.sub("", normalized(text), count=1) if _SIGN.match(text) else text
