"""Finding the row that names the columns, and which field each column is."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from sed_tui.errors.spreadsheet import BadMapping, DuplicateHeading
from sed_tui.i18n import _
from sed_tui.spreadsheet import headings
from sed_tui.spreadsheet.cells import text_of

if TYPE_CHECKING:
    from sed_tui.operations.import_columns import Noun
    from sed_tui.spreadsheet.cells import Cell
    from sed_tui.spreadsheet.grid import Grid
    from sed_tui.spreadsheet.mapping import Mapping

# titles, approvals and signatures of a form stand above its heading
_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Header:
    """The row of the heading, its names, and `{field: column}`."""

    row: int
    names: tuple[str, ...]
    places: dict[str, int]

    def name_parts(self, noun: Noun) -> tuple[str, list[int]] | None:
        """Return the field of a person's name that stands in several columns, and these."""
        whole = headings.WHOLE_NAME.get(noun)
        parts = [self.places[part] for part in headings.NAME_PARTS if part in self.places]
        return (whole, parts) if whole is not None and whole not in self.places and parts else None

    @property
    def unknown(self) -> list[str]:
        """Return the names of columns that mean nothing to us, but for those of any register."""
        used = set(self.places.values())
        return [
            name
            for place, name in enumerate(self.names)
            if place not in used and not headings.is_ignored(name)
        ]


def find_header(grid: Grid, noun: Noun, mapping: Mapping) -> Header | None:
    """Return the header of a sheet: the row that names most columns, the first of equals.

    A single known name makes a header only where nothing else stands beside it. Raises
    `DuplicateHeading`, and `BadMapping` for a heading that the file does not have.
    """
    known = _known(noun, mapping)
    best: tuple[int, int, list[Cell]] | None = None
    for number, cells in islice(grid.rows(), _LOOKED_AT):
        score = recognized(cells, known)
        if mapping.header_row is not None:
            if number == mapping.header_row:
                best = (score, number, cells)
                break
        elif score >= min(2, _filled(cells)) and score > (best[0] if best else 0):
            best = (score, number, cells)
    if best is None:
        return None
    names = tuple(" ".join(text_of(cell).split()) for cell in best[2])
    return Header(best[1], names, _places(names, known, mapping))


def recognized(cells: list[Cell], known: dict[str, tuple[str, bool]]) -> int:
    """Count the different fields that a row of cells names."""
    keys = (headings.key_of(cell) for cell in cells if isinstance(cell, str))
    return len({known[key][0] for key in keys if key in known})


def known_headings(noun: Noun, mapping: Mapping) -> dict[str, tuple[str, bool]]:
    """Return `{heading: (field, is weak)}`, the names of the mapping file before all others."""
    return _known(noun, mapping)


def _known(noun: Noun, mapping: Mapping) -> dict[str, tuple[str, bool]]:
    found = {
        key: (field, weak)
        for key, (field, weak) in headings.known(noun).items()
        if field not in mapping.columns
    }
    return found | {
        headings.key_of(name): (field, False) for field, name in mapping.columns.items()
    }


def _filled(cells: list[Cell]) -> int:
    return max(1, sum(1 for cell in cells if cell not in (None, "")))


def _places(
    names: tuple[str, ...], known: dict[str, tuple[str, bool]], mapping: Mapping
) -> dict[str, int]:
    strong: dict[str, list[int]] = {}
    weak: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        field, is_weak = known.get(headings.key_of(name), (None, False))
        if field is not None:
            (weak if is_weak else strong).setdefault(field, []).append(place)
    for field, places in weak.items():
        # of weak names the first counts; the same name twice is a mistake all the same
        same = [place for place in places if names[place] == names[places[0]]]
        strong.setdefault(field, same)
    for field, places in strong.items():
        if len(places) > 1:
            shown = ", ".join(f"«{names[place]}»" for place in places)
            raise DuplicateHeading(field=field, headings=shown)
    for field, name in mapping.columns.items():
        if field not in strong:
            reason = _("the file has no column “{name}”").format(name=name)
            raise BadMapping(field="map", path=name, reason=reason)
    return {field: places[0] for field, places in strong.items()}
