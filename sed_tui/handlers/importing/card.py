"""Reading a row of a table as a registration card: every text checked, nothing looked up yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain import written
from sed_tui.domain.card_texts import SUBJECT_LIMIT, TEXT_LIMITS
from sed_tui.domain.dates import parse_date
from sed_tui.domain.duplicates import number_key
from sed_tui.domain.flows import FROM_OUTSIDE, Confidentiality, Flow
from sed_tui.domain.registration import check_dates, check_needed, sender_number
from sed_tui.domain.text import clean, normalized, optional
from sed_tui.errors import SedError
from sed_tui.errors.imports import TwoDates
from sed_tui.errors.input import EmptyText
from sed_tui.errors.registration import SignatureNeeded
from sed_tui.handlers.importing.row import Remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from sed_tui.handlers.importing.row import ImportedRow

# columns whose texts repeat from row to row
_REPEATED = frozenset(
    {"delivery", "addressee", "signatory", "drafter", "drafter_phone", "case_index", "topic"}
)
_OTHER_TEXTS = {"number": 200, "kind": 64, "journal": 300, "in_reply_to": 200}
_MOST_SHEETS = 100_000
_MOST_SIGNATURES = 1_000_000
_DATES = ("registered_on", "received_on", "their_date", "signed_on")


class CardReader:
    """Reads rows of one table; `default_flow` is what a row without one means."""

    def __init__(self, columns: Sequence[str], default_flow: Flow | None, today: date) -> None:
        self._today = today
        self._default_flow = default_flow
        self._steps = [
            (place, name, _converter(name)) for place, name in enumerate(columns) if name != "files"
        ]

    def read(self, row: ImportedRow) -> None:
        """Fill the fields of a row, or refuse it with everything that is wrong."""
        fields = row.fields
        texts = row.texts
        for place, name, convert in self._steps:
            text = texts[place]
            if text:
                try:
                    value = convert(text)
                except SedError as error:
                    row.refuse(error)
                else:
                    if value is not None:
                        fields[name] = value
        if row.outcome is None:
            try:
                self._complete(fields)
            except SedError as error:
                row.refuse(error)

    def check(self, fields: dict[str, Any], flow: Flow) -> None:
        """Refuse a card that its flow does not allow; historic ones are taken as they are."""
        check_dates({name: fields.get(name) for name in _DATES}, self._today)
        if fields.get("historic"):
            return
        outside = fields.get("correspondent") or fields.get("inn")
        needed = {**fields, "correspondent": outside, "addressees": outside}
        if "signatory" in fields:  # registers name who signed and leave the day to the number's
            needed["signed_on"] = fields.setdefault("signed_on", fields["registered_on"])
        try:
            check_needed(flow, needed)
        except SignatureNeeded as error:
            raise EmptyText(field="signatory") from error

    def _complete(self, fields: dict[str, Any]) -> None:
        if "subject" not in fields:
            raise EmptyText(field="subject")
        _split(fields, "number", "registered_on")
        _split(fields, "their_number", "their_date")
        if "their_number" in fields:
            fields["their_number"] = sender_number(fields["their_number"])
            key = number_key(fields["their_number"])
            if key is not None:
                fields["their_key"] = key[:100]
        if isinstance(fields.get("sheets"), tuple):
            sheets, annexes = fields["sheets"]
            fields["sheets"] = sheets
            if annexes is not None:
                fields.setdefault("annex_sheets", annexes)
        if "registered_on" not in fields:
            if "number" in fields or fields.get("historic"):
                raise EmptyText(field="registered_on")
            fields["registered_on"] = self._today

    def settle_flow(self, fields: dict[str, Any], of_journal: Flow | None) -> Flow:
        """Return the flow of a card: its own, its journal's, or the table's."""
        flow: Flow | None = fields.get("flow") or of_journal or self._default_flow
        if flow is None:
            raise EmptyText(field="flow")
        fields["flow"] = flow
        if flow in FROM_OUTSIDE and not fields.get("historic"):
            fields.setdefault("received_on", fields["registered_on"])
        return flow


def default_flow(columns: Sequence[str]) -> Flow | None:
    """Return the flow that the columns of a table without one speak of."""
    if "flow" not in columns and not {"their_number", "their_date", "received_on"}.isdisjoint(
        columns
    ):
        return Flow.INCOMING
    return None


def _split(fields: dict[str, Any], number: str, day: str) -> None:
    """Take the date out of «№ 12 от 03.02.2025», which must be that of its own column."""
    if not isinstance(fields.get(number), tuple):
        return
    fields[number], beside = fields[number]
    if beside is None:
        return
    if fields.setdefault(day, beside) != beside:
        raise TwoDates(field=day, value=fields[day].isoformat(), other=beside.isoformat())


def _converter(name: str) -> Callable[[str], Any]:
    if name in _DATES:
        return Remembered(lambda text: _day(text, name))
    if name in {"number", "their_number"}:
        return lambda text: _number(text, name)
    special = _SPECIAL.get(name)
    if special is not None:
        return Remembered(special)
    if name == "correspondent":
        return Remembered(lambda text: optional(text, name, limit=2000))
    limit = TEXT_LIMITS.get(name) or _OTHER_TEXTS[name]
    if name == "subject":
        return lambda text: clean(text, name, limit=SUBJECT_LIMIT)
    if name in {"case_index", "drafter_phone"}:
        return Remembered(lambda text: _exact_text(text, name, limit))
    if name in {"postal_number", "external_id", "in_reply_to"}:
        return lambda text: _exact_text(text, name, limit)
    if name in _REPEATED:
        return Remembered(lambda text: optional(text, name, limit=limit))
    return lambda text: optional(text, name, limit=limit, multiline=name == "note")


def _day(text: str, name: str) -> date | None:
    plain = normalized(text)
    return parse_date(plain, name) if plain else None


def _number(text: str, name: str) -> tuple[str, date | None] | None:
    plain = optional(text, name, limit=200)
    if plain is None:
        return None
    number, day = written.number_and_date(plain)
    number = clean(written.exact(number, name), name, limit=100)
    return number, parse_date(day, name) if day is not None else None


def _exact_text(text: str, name: str, limit: int) -> str | None:
    plain = optional(text, name, limit=limit)
    return written.exact(plain, name) if plain is not None else None


def _inn(text: str) -> str | None:
    plain = normalized(text)
    return written.restored_inn(plain) if plain else None


def _count(name: str, most: int, least: int = 0) -> Callable[[str], int | None]:
    def convert(text: str) -> int | None:
        plain = normalized(text)
        return written.count(plain, name, most=most, least=least) if plain else None

    return convert


def _plain(read: Callable[[str], Any]) -> Callable[[str], Any]:
    def convert(text: str) -> Any:
        plain = normalized(text)
        return read(plain) if plain else None

    return convert


def _mark(text: str) -> Confidentiality | None:
    mark = written.mark_named(text)
    return mark if mark is not Confidentiality.NONE else None


_SPECIAL: dict[str, Callable[[str], Any]] = {
    "flow": _plain(written.flow_named),
    "confidentiality": _plain(_mark),
    "historic": _plain(lambda text: written.flag(text, "historic")),
    "inn": _inn,
    "sheets": _plain(lambda text: written.sheet_counts(text, most=_MOST_SHEETS)),
    "copies": _count("copies", _MOST_SHEETS),
    "annex_sheets": _count("annex_sheets", _MOST_SHEETS),
    "signatures_count": _count("signatures_count", _MOST_SIGNATURES, least=1),
}
