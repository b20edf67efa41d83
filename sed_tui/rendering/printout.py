"""A report ready to be written, and the writers of every form.

A writer takes a `Printout` and a binary stream. The same printout gives the same bytes:
nothing in it tells when it was made.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

from sed_tui.errors.usage import UnknownColumns, UnknownFileForm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sed_tui.rendering.chart import Chart

    Writer = Callable[["Printout", BinaryIO], None]


NOTHING = "—"  # a share of nothing
_SHORT_ID = 8


class Form(StrEnum):
    """How a report is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"
    HTML = "html"
    PDF = "pdf"


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    PERCENT = "percent"
    ID = "id"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, which heads data files, and its title for people.

    `words` say what values of an enumeration are called; `width` is in characters.
    """

    name: str
    title: str
    kind: Kind = Kind.TEXT
    width: int = 16
    words: Mapping[Any, str] = field(default_factory=dict)

    def shown(self, value: Any) -> Any:
        """Return a value for people: a word for a code, of an id what is enough to type."""
        if self.kind is Kind.ID and value is not None:
            return str(value)[:_SHORT_ID]
        if self.kind is Kind.PERCENT and value is None:
            return NOTHING
        if self.kind is Kind.DAY and isinstance(value, str):
            return date.fromisoformat(value)
        return self.words.get(value, value) if self.words else value


@dataclass(frozen=True, slots=True)
class Printout:
    """A report: what people read, and `data`, the rest of its JSON beside the rows.

    `notes` stand under the title, `totals` under the rows; `day` is the day it is of.
    `headings` stand above the rows of their places, `total` is a last row that sums up;
    both are for people, data files hold the rows alone. `charts` are drawn on pages.
    `appendix` is a second table with rows of its own sort; forms that hold nothing but
    rows hold those, unless it is `aside`: then they leave it out.
    """

    title: str
    day: date
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    data: Mapping[str, Any]
    notes: Sequence[str] = ()
    totals: Sequence[tuple[str, int]] = ()
    headings: Mapping[int, str] = field(default_factory=dict)
    total: Mapping[str, Any] | None = None
    charts: Sequence[Chart] = ()
    appendix: Printout | None = None
    is_aside: bool = False

    @property
    def listed(self) -> Sequence[Mapping[str, Any]]:
        """Return the rows, and those that an appendix lists aside."""
        appendix = self.appendix
        return [*self.rows, *(appendix.rows if appendix and appendix.is_aside else ())]

    @property
    def lines(self) -> Iterator[tuple[str | None, Mapping[str, Any]]]:
        """Return the rows and the total as people read them, each with its heading."""
        for place, row in enumerate(self.rows):
            yield self.headings.get(place), row
        if self.total is not None and self.rows:
            yield None, self.total

    def with_fields(self, fields: Sequence[str]) -> Printout:
        """Return the report with these columns alone, of the appendix if there is one.

        Raises `UnknownColumns`.
        """
        if self.appendix is not None and not self.appendix.is_aside:
            return replace(self, appendix=self.appendix.with_fields(fields))
        columns = {column.name: column for column in self.columns}
        for name in fields:
            if name not in columns:
                raise UnknownColumns(column=name, columns=", ".join(columns))
        return replace(
            self,
            columns=[columns[name] for name in fields],
            rows=[{name: row[name] for name in fields} for row in self.rows],
        )


# form -> (module, function): a form's libraries are imported when it is written
_WRITERS = {
    Form.TABLE: ("table", "write_table"),
    Form.JSON: ("machine_readable", "write_json"),
    Form.JSONL: ("machine_readable", "write_jsonl"),
    Form.CSV: ("machine_readable", "write_csv"),
    Form.TSV: ("machine_readable", "write_tsv"),
    Form.XLSX: ("workbook", "write_workbook"),
    Form.HTML: ("page", "write_page"),
    Form.PDF: ("pdf", "write_pdf"),
}
_ROWS_ALONE = frozenset({Form.JSONL, Form.CSV, Form.TSV})
FILE_FORMS = (Form.XLSX, Form.HTML, Form.PDF, Form.CSV, Form.TSV, Form.JSON, Form.JSONL)


def write(printout: Printout, form: Form, target: BinaryIO) -> None:
    """Write a report in one of the forms."""
    appendix = printout.appendix
    if appendix is not None and not appendix.is_aside and form in _ROWS_ALONE:
        printout = appendix
    module, function = _WRITERS[form]
    writer: Writer = getattr(import_module(f"sed_tui.rendering.{module}"), function)
    writer(printout, target)


def form_of(path: Path) -> Form:
    """Return the form that the ending of a file's name asks for. Raises `UnknownFileForm`."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in FILE_FORMS:
        raise UnknownFileForm(name=path.name, endings=", ".join(f".{f}" for f in FILE_FORMS))
    return Form(ending)
