"""All sheets of all workbooks, loaded in the order in which they refer to each other."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from sed_tui.errors.directum import ColumnWithoutPlace, NoPlace
from sed_tui.gateway.directum.addressees import Addressees, load_addressees
from sed_tui.gateway.directum.answers import SheetLoad
from sed_tui.gateway.directum.cards import load_cards
from sed_tui.gateway.directum.directories import load_counterparties, load_journals, load_kinds
from sed_tui.gateway.directum.names import Names
from sed_tui.gateway.directum.offices import Offices
from sed_tui.gateway.directum.people import load_employees, load_logins, load_persons
from sed_tui.gateway.directum.structure import load_organizations, load_units
from sed_tui.gateway.directum.substitutions import load_substitutions
from sed_tui.i18n import N_, _
from sed_tui.spreadsheet.directum_forms import ORDER, Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sed_tui.gateway import Gateway
    from sed_tui.operations.registry import CallOptions
    from sed_tui.spreadsheet.directum_reading import DirectumSheet, DirectumWorkbook, SheetRow

    Loader = Callable[["DirectumLoad", SheetLoad, Sequence[SheetRow]], None]

_BATCH = 2000
# rows that refer to each other within one sheet
_WHOLE = frozenset({Form.ORGANIZATIONS, Form.UNITS, Form.EMPLOYEES})
_LOADERS: dict[Form, Loader] = {
    Form.ORGANIZATIONS: load_organizations,
    Form.UNITS: load_units,
    Form.PERSONS: load_persons,
    Form.EMPLOYEES: load_employees,
    Form.LOGINS: load_logins,
    Form.COUNTERPARTIES: load_counterparties,
    Form.KINDS: load_kinds,
    Form.JOURNALS: load_journals,
    Form.INCOMING: load_cards,
    Form.OUTGOING: load_cards,
    Form.ORDERS: load_cards,
    Form.DIRECTIVES: load_cards,
    Form.SIMPLE: load_cards,
    Form.CONTRACTS: load_cards,
    Form.AGREEMENTS: load_cards,
    Form.ACTS: load_cards,
    Form.WAYBILLS: load_cards,
    Form.TRANSFERS: load_cards,
    Form.ADDRESSEES: load_addressees,
    Form.ANNEXES: load_cards,
    Form.SUBSTITUTIONS: load_substitutions,
}
_NO_PLACE = {
    Form.CONTACTS: N_("contact persons of correspondents: letters name theirs themselves"),
    Form.FILE_PLAN: N_("file plan yet: cards keep the index of their case"),
    Form.CURRENCIES: N_("currencies"),
    Form.COUNTRIES: N_("countries"),
    Form.ROLES: N_("roles of the other system"),
    Form.CATEGORIES: N_("categories of contracts"),
    Form.VIEWERS: N_("programs that open files"),
}
# fields that are read for a check alone; their columns are not kept
_CHECKED_ALONE = {
    "account": "Номер счета",
    "bank": "Банк",
    "site": "Сайт",
    "leader": "Руководитель",
}


class DirectumLoad:
    """One run over workbooks; the answers are kept sheet by sheet."""

    def __init__(
        self,
        gateway: Gateway,
        workbooks: Sequence[DirectumWorkbook],
        options: CallOptions,
        *,
        names: Names | None = None,
        files: Path | None = None,
    ) -> None:
        self.options = options
        self.names = names or Names()
        self.files = files
        self.offices = Offices(gateway, self.names, options)
        self.addressees = Addressees()
        self._sheets = sorted(
            (sheet for book in workbooks for sheet in book.sheets),
            key=lambda sheet: ORDER[sheet.form],
        )

    def run(self) -> Iterator[SheetLoad]:
        """Load sheet after sheet, each yielded when its rows are answered."""
        self.addressees.collect(self.rows_of(Form.ADDRESSEES))
        for sheet in self._sheets:
            load = SheetLoad(sheet)
            filled: set[str] = set()
            for rows in _batches(sheet):
                for row in rows:
                    filled |= row.values.keys()
                    load[row.number]
                self._load(load, rows)
            _tell_left_out(load, filled)
            yield load

    def rows_of(self, form: Form) -> Iterator[SheetRow]:
        """Yield the rows of all sheets of a form."""
        for sheet in self._sheets:
            if sheet.form is form:
                yield from sheet.rows()

    def _load(self, load: SheetLoad, rows: Sequence[SheetRow]) -> None:
        form = load.sheet.form
        if form in _NO_PLACE:
            for row in rows:
                load[row.number].refuse(NoPlace(what=_(_NO_PLACE[form])))
        else:
            _LOADERS[form](self, load, rows)


def _batches(sheet: DirectumSheet) -> Iterator[list[SheetRow]]:
    rows = sheet.rows()
    size = None if sheet.form in _WHOLE else _BATCH
    while batch := list(islice(rows, size)):
        yield batch


def _tell_left_out(load: SheetLoad, filled: set[str]) -> None:
    """Say once for a sheet which of its columns the system has no field for."""
    if load.sheet.form in _NO_PLACE:
        return
    names = [*load.sheet.left_out]
    names += [heading for field, heading in _CHECKED_ALONE.items() if field in filled]
    if names:
        load.whole.warn(ColumnWithoutPlace(names=", ".join(names)))
