"""What became of a row of a workbook, in the words of the vendor's utility."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.errors.directum import LoadedEarlier
from sed_tui.exchange.reason_codes import sentences
from sed_tui.operations.imports import Outcome
from sed_tui.spreadsheet.directum_streaming import SheetAnswers

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.errors import SedError
    from sed_tui.operations.imports import RowResult
    from sed_tui.spreadsheet.directum_reading import DirectumSheet

ERROR, WARNING = "Error", "Warning"


class Verdict(StrEnum):
    """The column «Итог» of the vendor."""

    LOADED = "Загружен"
    PARTLY = "Загружен частично"
    NOT = "Не загружен"


@dataclass(slots=True)
class Answer:
    """One row on its way: what is wrong with it, and whether it was stored at all."""

    remarks: list[tuple[str, str]] = field(default_factory=list)
    details: list[str] = field(default_factory=list)
    is_refused: bool = False
    is_earlier: bool = False

    @property
    def verdict(self) -> Verdict:
        """Return what the row came to."""
        if self.is_refused:
            return Verdict.NOT
        return Verdict.PARTLY if self.remarks else Verdict.LOADED

    @property
    def text(self) -> str:
        """Return the column «Подробности»."""
        return " ".join([*self.details, *(text for _kind, text in self.remarks)])

    def refuse(self, error: SedError) -> None:
        """Say why the row is not loaded; what would have been left out no longer matters."""
        self._give_up()
        self.remarks.append((ERROR, _said(error)))

    def fault(self, error: SedError) -> None:
        """Say what of the row was not loaded because it is wrong."""
        self.remarks.append((ERROR, _said(error)))

    def warn(self, error: SedError) -> None:
        """Say what is worth a look though the row was loaded."""
        self.remarks.append((WARNING, _said(error)))

    def was_there(self) -> None:
        """Say that an earlier run has stored the row: nothing is stored twice."""
        self.is_earlier = True
        self.details.append(str(LoadedEarlier()))

    def forget_refusal(self) -> None:
        """Take a refusal back: the row is tried once more."""
        self.is_refused = False
        self.remarks.pop()

    def take(self, result: RowResult) -> None:
        """Take over the answer of an import to the row."""
        if result.outcome is Outcome.REFUSED:
            self._give_up()
        kind = ERROR if result.outcome is Outcome.REFUSED else WARNING
        for error in result.errors:
            self.remarks.append((kind, sentences(error.message, error.hint or "")))

    def _give_up(self) -> None:
        self.is_refused = True
        self.remarks = [remark for remark in self.remarks if remark[0] == ERROR]


def written(sheet: DirectumSheet, load: SheetLoad, day: date) -> SheetAnswers:
    """Return the answers of a sheet as they are written beside its rows."""
    answers = SheetAnswers(sheet.results)
    answers.remarks.extend((1, kind, text) for kind, text in load.whole.remarks)
    for row, answer in sorted(load.rows.items()):
        answers.rows[row] = (answer.verdict.value, f"{day:%d.%m.%Y}", answer.text)
        answers.remarks.extend((row, kind, text) for kind, text in answer.remarks)
    return answers


@dataclass(slots=True)
class SheetLoad:
    """A sheet with the answers to its rows; `whole` is what is said of all of them."""

    sheet: DirectumSheet
    rows: dict[int, Answer] = field(default_factory=dict)
    whole: Answer = field(default_factory=Answer)

    def __getitem__(self, row: int) -> Answer:
        """Return the answer to a row, a new one when it has none yet."""
        return self.rows.setdefault(row, Answer())


def _said(error: SedError) -> str:
    return sentences(str(error), error.advice)
