"""Further addressees of outgoing letters, which a sheet of their own names by the letter's id."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sed_tui.domain.text import folded
from sed_tui.errors import SedError
from sed_tui.errors.directum import AddresseeMissing, UnknownLetter
from sed_tui.gateway.directum.values import needed
from sed_tui.operations import document
from sed_tui.operations.document import ShowDocument
from sed_tui.operations.imports import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sed_tui.gateway.directum.answers import SheetLoad
    from sed_tui.gateway.directum.load import DirectumLoad
    from sed_tui.gateway.directum.offices import Office
    from sed_tui.operations.imports import RowResult
    from sed_tui.spreadsheet.directum_reading import SheetRow


@dataclass
class Addressees:
    """Who is added to which letter, and which letters were loaded under an id."""

    named: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _letters: dict[str, tuple[Office, RowResult]] = field(default_factory=dict)

    def collect(self, rows: Iterable[SheetRow]) -> None:
        """Remember the addressees of all sheets, before any letter is loaded."""
        for row in rows:
            if {"letter", "correspondent"} <= row.values.keys():
                self.named[row.values["letter"]].append(row.values["correspondent"])

    def of_letter(self, values: Mapping[str, str]) -> list[str]:
        """Return everybody a letter goes to, each once."""
        names = [values["correspondent"]] if "correspondent" in values else []
        for key in ("id", "external_id"):
            names += self.named.get(values.get(key, ""), [])
        return list({folded(name): name for name in reversed(names)}.values())[::-1]

    def remember(
        self, office: Office, rows: Sequence[SheetRow], results: Mapping[int, RowResult]
    ) -> None:
        """Keep what became of letters that have an id."""
        for row in rows:
            result = results.get(row.number)
            if result is None or result.outcome is Outcome.REFUSED:
                continue
            for key in ("id", "external_id"):
                if key in row.values:
                    self._letters[row.values[key]] = office, result

    def answer(self, load: DirectumLoad, row: SheetRow) -> None:
        """See that the addressee stands on the letter. Raises what is in the way."""
        letter, name = needed(row.values, "letter"), needed(row.values, "correspondent")
        if letter not in self._letters:
            raise UnknownLetter(letter=letter)
        office, result = self._letters[letter]
        if load.options.dry_run or result.outcome is Outcome.CREATED:
            return
        card = office.gateway.call(document.SHOW, ShowDocument(document=str(result.id)))
        if folded(name) not in set(map(folded, card.addressees)):
            raise AddresseeMissing(number=result.number)


def load_addressees(load: DirectumLoad, sheet: SheetLoad, rows: Sequence[SheetRow]) -> None:
    """Answer for addressees, who are stored with their letters."""
    for row in rows:
        answer = sheet[row.number]
        try:
            load.addressees.answer(load, row)
        except SedError as error:
            answer.refuse(error)
