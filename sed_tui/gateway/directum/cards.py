"""Documents of a workbook as cards with the numbers that they had."""

from __future__ import annotations

from collections import defaultdict
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

from sed_tui.domain.flows import Flow
from sed_tui.domain.text import folded
from sed_tui.errors import SedError
from sed_tui.errors.directum import FilesLeftOut, NotRegistered, UnknownJournal
from sed_tui.gateway.directum.people import tell_earlier
from sed_tui.gateway.directum.sending import Ready, refuse, send
from sed_tui.gateway.directum.values import needed
from sed_tui.operations import journal
from sed_tui.operations.file import FileContent
from sed_tui.operations.import_columns import Noun
from sed_tui.operations.journal import ListJournals
from sed_tui.spreadsheet.attachments import find_attachments
from sed_tui.spreadsheet.directum_forms import Form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sed_tui.gateway.directum.answers import SheetLoad
    from sed_tui.gateway.directum.load import DirectumLoad
    from sed_tui.gateway.directum.offices import Office
    from sed_tui.spreadsheet.directum_reading import SheetRow

_COLUMNS = (
    *("external_id", "flow", "kind", "journal", "number", "registered_on", "correspondent"),
    *("their_number", "their_date", "subject", "addressee", "signatory", "drafter", "delivery"),
    *("case_index", "note", "historic"),
)
FLOWS = {
    Form.INCOMING: Flow.INCOMING,
    Form.OUTGOING: Flow.OUTGOING,
    Form.ORDERS: Flow.ORDER,
    Form.DIRECTIVES: Flow.ORDER,
}
# kinds that every installation of the other system has, and what they are here
_KINDS = {
    "входящее письмо": "письмо",
    "исходящее письмо": "письмо",
}
# what a card has no field of its own for stands in its note, under the vendor's heading
_NOTED = {
    "unit": "Подразделение",
    "performer": "Исполнитель",
    "counterparty": "Контрагент",
    "category": "Категория",
    "sum": "Сумма",
    "currency": "Валюта",
    "from": "Действует с",
    "until": "Действует по",
    "responsible": "Ответственный",
    "order": "Номер заказа",
    "lead_number": "№ договора",
    "lead_date": "Дата договора",
    "state": "Состояние",
}
_PEOPLE = frozenset({"addressee", "signatory", "drafter"})
_ORDINARY = {"действующий"}
_REGISTERED = {"", "зарегистрирован", "зарегистрированный"}
_COPIED = (
    *("external_id", "number", "registered_on", "correspondent", "their_number", "their_date"),
    *("addressee", "signatory", "drafter", "delivery"),
)


def load_cards(load: DirectumLoad, sheet: SheetLoad, rows: Sequence[SheetRow]) -> None:
    """Store registered documents, each in the organization of its row."""
    by_office: dict[str, list[SheetRow]] = defaultdict(list)
    for row in rows:
        try:
            if folded(row.values.get("registration", "")) not in _REGISTERED:
                raise NotRegistered
            needed(row.values, "number")
            needed(row.values, "registered_on")
            by_office[load.offices.find(row.values.get("own")).code].append(row)
        except SedError as error:
            sheet[row.number].refuse(error)
    for code, mine in by_office.items():
        try:
            _store(load, load.offices.find(code), sheet, mine)
        except SedError as error:
            refuse(sheet, mine, error)


def _store(load: DirectumLoad, office: Office, sheet: SheetLoad, rows: Sequence[SheetRow]) -> None:
    form = sheet.sheet.form
    flow = FLOWS.get(form, Flow.INTERNAL)
    if not office.people:
        office.look_at_people()
    journals = _journals(load, office, flow)
    ready = []
    for row in rows:
        fields = _fields(load, row.values, flow)
        for field in _PEOPLE.intersection(fields):  # as they are called here now
            fields[field] = office.current_name(fields[field])
        if form is Form.OUTGOING:
            fields["correspondent"] = "; ".join(load.addressees.of_letter(row.values))
        try:
            fields["journal"] = _journal(journals, office, row)
            files = _files(load, office, sheet, row)
        except SedError as error:
            sheet[row.number].refuse(error)
        else:
            ready.append(Ready(row.number, fields, files))
    results = send(office, sheet, Noun.DOCUMENTS, _COLUMNS, ready)
    tell_earlier(sheet, dict(results))
    if form is Form.OUTGOING:
        load.addressees.remember(office, rows, results)


def _fields(load: DirectumLoad, values: Mapping[str, str], flow: Flow) -> dict[str, str]:
    fields = {name: values[name] for name in _COPIED if name in values}
    kind = values.get("kind", "")
    fields["kind"] = load.names.kinds.get(folded(kind)) or _KINDS.get(folded(kind), kind)
    fields["flow"] = flow.value
    fields["historic"] = "true"
    fields["subject"] = values.get("subject") or values.get("name", "")
    fields["case_index"] = values.get("case", "")
    if flow is not Flow.INCOMING:
        fields.pop("addressee", None)
    fields["note"] = "; ".join(_noted(values))
    return fields


def _noted(values: Mapping[str, str]) -> list[str]:
    notes = [values["note"]] if "note" in values else []
    notes += [
        f"{heading}: {values[field]}"
        for field, heading in _NOTED.items()
        if field in values and folded(values[field]) not in _ORDINARY
    ]
    return notes


def _journal(journals: Mapping[str, str], office: Office, row: SheetRow) -> str:
    """Return the code of the journal that a row names, if any. Raises `UnknownJournal`."""
    named = row.values.get("journal", "")
    if named and folded(named) not in journals:
        raise UnknownJournal(journal=named, organization=office.code)
    return journals.get(folded(named), "")


def _journals(load: DirectumLoad, office: Office, flow: Flow) -> dict[str, str]:
    """Return `{id, code or name there: code here}`; the file of names says what ids mean."""
    rows = office.gateway.call(journal.LIST, ListJournals()).rows
    # of two journals of one name that of the flow is meant
    rows.sort(key=lambda row: row.flow is flow)
    found = {folded(row.name): row.code for row in rows}
    found |= {folded(row.code): row.code for row in rows}
    return found | load.names.journals


def _files(
    load: DirectumLoad, office: Office, sheet: SheetLoad, row: SheetRow
) -> tuple[FileContent, ...]:
    """Stage the file that a row names by a path of another machine: only its base name counts."""
    written = row.values.get("files", "")
    name = PureWindowsPath(written).name
    if not name:
        return ()
    if load.files is None:
        sheet[row.number].warn(FilesLeftOut(name=name))
        return ()
    staged = []
    for path in find_attachments(load.files, name):
        if load.options.dry_run:
            continue
        with path.open("rb") as source:
            staged.append(FileContent(name=path.name, token=office.gateway.stage(source)))
    return tuple(staged)
