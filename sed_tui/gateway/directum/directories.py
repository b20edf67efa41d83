"""Counterparties, kinds of documents and journals of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sed_tui.domain.flows import Flow
from sed_tui.domain.latin_names import code_of
from sed_tui.domain.numbering import Period, Scope
from sed_tui.domain.text import folded
from sed_tui.domain.written import count
from sed_tui.errors import SedError
from sed_tui.errors.imports import UnknownValue
from sed_tui.errors.numbering import JournalExists
from sed_tui.gateway.directum.people import tell_earlier
from sed_tui.gateway.directum.sending import Ready, send
from sed_tui.gateway.directum.values import needed, requisites
from sed_tui.operations import document_kind, journal
from sed_tui.operations.document_kind import ListKinds, SetKind
from sed_tui.operations.import_columns import Noun
from sed_tui.operations.journal import AddJournal, ListJournals

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sed_tui.gateway.directum.answers import Answer, SheetLoad
    from sed_tui.gateway.directum.load import DirectumLoad
    from sed_tui.gateway.directum.offices import Office
    from sed_tui.spreadsheet.directum_reading import SheetRow

_Meant = TypeVar("_Meant")

_COLUMNS = (
    *("external_id", "kind", "name", "short_name", "inn", "kpp", "ogrn"),
    *("address", "email"),
)
_TRIES = 50
_MOST_DIGITS = 9
_FLOWS = {
    "входящий": Flow.INCOMING,
    "входящие": Flow.INCOMING,
    "исходящий": Flow.OUTGOING,
    "исходящие": Flow.OUTGOING,
    "внутренний": Flow.INTERNAL,
    "внутренние": Flow.INTERNAL,
    # contracts are kept among the internal documents here
    "договоры": Flow.INTERNAL,
    "договор": Flow.INTERNAL,
}
# by these words a kind or a journal of internal documents is one of orders
_ORDERS = ("приказ", "распоряжени", "постановлени")
_PERIODS = {
    "год": Period.YEAR,
    "квартал": Period.QUARTER,
    "месяц": Period.MONTH,
    "день": Period.DAY,
    "сквозная": Period.CONTINUOUS,
    "сквозной": Period.CONTINUOUS,
    "": Period.YEAR,
}
_TAILS = {
    Period.YEAR: "/{year2}",
    Period.QUARTER: "/{quarter}-{year2}",
    Period.MONTH: "/{month}-{year2}",
    Period.DAY: "/{day}-{month}-{year2}",
    Period.CONTINUOUS: "",
}
_SCOPES = {
    "": Scope.NONE,
    "без разреза": Scope.NONE,
    # every organization has journals of its own here
    "наша организация": Scope.NONE,
    "подразделение": Scope.UNIT,
    "ведущий документ": Scope.LEADING,
}
_HEADS = {Scope.UNIT: "{unit}/", Scope.LEADING: "{leading}/"}


def load_counterparties(load: DirectumLoad, sheet: SheetLoad, rows: Sequence[SheetRow]) -> None:
    """Put organizations outside into the directory of the run's organization."""
    ready = []
    for row in rows:
        values = row.values
        try:
            name = needed(values, "name")
        except SedError as error:
            sheet[row.number].refuse(error)
            continue
        found = requisites(values, sheet[row.number])
        address = values.get("address") or values.get("legal_address", "")
        fields = {
            **found,
            "kind": "organization",
            "name": values.get("legal_name", name),
            "short_name": name,
            "address": address,
            "external_id": values.get("external_id", ""),
        }
        ready.append(Ready(row.number, fields))
    results = send(load.offices.own, sheet, Noun.CORRESPONDENTS, _COLUMNS, ready)
    tell_earlier(sheet, results)


def load_kinds(load: DirectumLoad, sheet: SheetLoad, rows: Sequence[SheetRow]) -> None:
    """Add kinds of documents to every organization that rows were loaded into."""
    _everywhere(load, sheet, rows, _set_kind)


def load_journals(load: DirectumLoad, sheet: SheetLoad, rows: Sequence[SheetRow]) -> None:
    """Add journals to every organization that rows were loaded into."""
    _everywhere(load, sheet, rows, _add_journal)


def _everywhere(
    load: DirectumLoad,
    sheet: SheetLoad,
    rows: Sequence[SheetRow],
    store: Callable[[Office, Answer, SheetRow], bool],
) -> None:
    """Store each row in all organizations: the other system shares such things between them."""
    for row in rows:
        answer = sheet[row.number]
        try:
            added = [store(office, answer, row) for office in load.offices.used]
        except SedError as error:
            answer.refuse(error)
        else:
            if not any(added):
                answer.was_there()


def _set_kind(office: Office, answer: Answer, row: SheetRow) -> bool:
    values = row.values
    name = needed(values, "name")
    flow = _flow(values, name)
    there = office.gateway.call(document_kind.LIST, ListKinds(flow=flow)).rows
    if any(folded(kind.name) == folded(name) for kind in there):
        return False
    registered = folded(values.get("numbering", "")) != "не нумеруемый"
    request = SetKind(flow=flow, name=name, code=values.get("code"), is_registered=registered)
    office.call(document_kind.SET, request, f"kind/{row.number}")
    return True


def _add_journal(office: Office, answer: Answer, row: SheetRow) -> bool:
    values = row.values
    name = needed(values, "name")
    flow = _flow(values, name)
    there = office.gateway.call(journal.LIST, ListJournals()).rows
    if any(folded(one.name) == folded(name) and one.flow is flow for one in there):
        return False
    period = _named(values, "period", _PERIODS)
    scope = _named(values, "scope", _SCOPES)
    digits = count(values.get("digits", "1"), "digits", most=_MOST_DIGITS, least=1)
    formula = f"{_HEADS.get(scope, '')}{{journal}}-{{ordinal:{digits}}}{_TAILS[period]}"
    for attempt in range(_TRIES):
        code = values.get("code") if not attempt else None
        code = (code or code_of(name, attempt)).replace(" ", "")
        request = AddJournal(
            code=code, name=name, flow=flow, formula=formula, period=period, scope=scope
        )
        try:
            office.call(journal.ADD, request, f"journal/{row.number}/{attempt}")
        except JournalExists:
            if attempt + 1 == _TRIES:
                raise
        else:
            return True
    raise AssertionError("the last attempt returns or raises")


def _flow(values: Mapping[str, str], name: str) -> Flow:
    flow = _named({"flow": needed(values, "flow")}, "flow", _FLOWS)
    if flow is Flow.INTERNAL and any(word in folded(name) for word in _ORDERS):
        return Flow.ORDER
    return flow


def _named(values: Mapping[str, str], field: str, names: Mapping[str, _Meant]) -> _Meant:
    text = values.get(field, "")
    found = names.get(folded(text))
    if found is None:
        known = ", ".join(name for name in names if name)
        raise UnknownValue(field=field, value=text, known=known)
    return found
