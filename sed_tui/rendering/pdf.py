"""Reports as PDF, typeset by Typst with the fonts it carries (Libertinus, OFL).

Texts reach the template as data, never as its source: nothing in them is markup.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, BinaryIO

from sed_tui.i18n import _, active_language
from sed_tui.rendering.cells import readable
from sed_tui.rendering.printout import Kind

if TYPE_CHECKING:
    from sed_tui.rendering.printout import Printout

# without a date of its own the same report gives the same bytes
_TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: none)
#set page(paper: "a4", flipped: true, margin: 12mm, numbering: "1 / 1")
#set text(lang: data.lang, size: 9pt, font: "Libertinus Serif")
#set table(stroke: 0.4pt, inset: 3pt)
#let body(part) = {
  for note in part.notes { block(spacing: 3pt, note) }
  if part.rows.len() == 0 { block(spacing: 8pt, data.nothing) } else {
    block(spacing: 8pt, table(
      columns: part.widths.map(width => width * 1fr),
      align: (place, _row) => if part.numeric.at(place) { right } else { left },
      table.header(..part.titles.map(title => strong(title))),
      ..part.rows.map(row => if row.heading != none {
        (table.cell(colspan: part.widths.len(), align: left, strong(row.heading)),)
      } else if row.total { row.cells.map(cell => strong(cell)) } else { row.cells }).flatten(),
    ))
  }
  for (name, count) in part.totals { block(spacing: 3pt)[#name: #count] }
}
#text(size: 14pt, weight: "bold", data.title)
#for part in data.parts {
  if part.title != none { block(above: 10pt, text(size: 12pt, weight: "bold", part.title)) }
  body(part)
}
"""


def write_pdf(printout: Printout, target: BinaryIO) -> None:
    """Write a report as A4 pages across, the head of its table on each."""
    import typst  # 40 ms and 30 MB, for this form alone

    parts = [_part(printout, None)]
    if printout.appendix is not None:
        parts.append(_part(printout.appendix, printout.appendix.title))
    data = {
        "title": printout.title,
        "lang": active_language(),
        "nothing": _("There are no rows."),
        "parts": parts,
    }
    content = typst.compile(
        _TEMPLATE.encode(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    target.write(content)


def _part(printout: Printout, title: str | None) -> dict[str, Any]:
    rows: list[dict[str, Any]] = []
    for heading, row in printout.lines:
        if heading is not None:
            rows.append({"heading": readable(heading), "total": False, "cells": []})
        cells = [readable(column.shown(row.get(column.name))) for column in printout.columns]
        rows.append({"heading": None, "total": row is printout.total, "cells": cells})
    return {
        "title": title,
        "notes": [readable(note) for note in printout.notes],
        "widths": [column.width for column in printout.columns],
        "numeric": [column.kind in {Kind.NUMBER, Kind.PERCENT} for column in printout.columns],
        "titles": [column.title for column in printout.columns],
        "rows": rows,
        "totals": [[name, str(count)] for name, count in printout.totals],
    }
