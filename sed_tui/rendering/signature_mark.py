"""The mark of an electronic signature on a copy of a PDF; the signed original stays as it is.

The layout is that of GOST R 7.0.97-2016, 5.23: the phrase, the number of the certificate, its
owner and its validity, in a frame. The words are Russian whatever the language of the screen.
"""

from __future__ import annotations

import io
import json
import logging
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from sed_tui.errors.signing import NotMarkable

if TYPE_CHECKING:
    from collections.abc import Sequence

# what pypdf says of a broken file is English and for its developers; ours is `NotMarkable`
_PYPDF = logging.getLogger("pypdf")
_PYPDF.addHandler(logging.NullHandler())
_PYPDF.propagate = False

_A4 = (595.28, 841.89)  # points
_HEIGHT, _TEST_HEIGHT, _GAP, _MARGIN = 74.0, 12.0, 9.0, 28.0  # points; of one mark, and around

# texts reach it as data, never as its source: nothing in them is markup
_TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(date: none)
#set page(width: data.width * 1pt, height: data.height * 1pt, margin: 0pt, fill: none)
#set text(lang: "ru", size: 8.5pt, font: "Libertinus Serif")
#for mark in data.marks {
  place(top + left, dx: mark.left * 1pt, dy: mark.top * 1pt,
    block(width: 250pt, stroke: 0.8pt, radius: 4pt, inset: 6pt, {
      align(center, strong[ДОКУМЕНТ ПОДПИСАН \\ ЭЛЕКТРОННОЙ ПОДПИСЬЮ])
      for line in mark.lines { block(spacing: 4pt, line) }
    }))
}
"""
_WIDTH = 250.0


@dataclass(frozen=True, slots=True)
class Edition:
    """The edition of the standard that a layout follows, and what has come in its place."""

    name: str
    clause: str
    successor: str
    replaced_on: date


EDITION = Edition("ГОСТ Р 7.0.97-2016", "5.23", "ГОСТ Р 7.0.97-2025", date(2025, 8, 18))


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark says of a signature."""

    serial: str
    owner: str
    since: date
    until: date
    is_test: bool

    @property
    def lines(self) -> list[str]:
        """Return the lines under the phrase."""
        validity = f"с {self.since:%d.%m.%Y} по {self.until:%d.%m.%Y}"
        lines = [
            f"Сертификат: {self.serial}",
            f"Владелец: {self.owner}",
            f"Действителен: {validity}",
        ]
        return [*lines, "ТЕСТОВЫЙ, не имеет юридической силы"] if self.is_test else lines

    @property
    def height(self) -> float:
        """Return the room that the mark takes, in points."""
        return _HEIGHT + (_TEST_HEIGHT if self.is_test else 0) + _GAP


def write_marked(original: BinaryIO, marks: Sequence[Mark], target: BinaryIO, name: str) -> None:
    """Write a copy with marks under the text of its last page, or on a page of their own.

    Raises `NotMarkable` for a file that is no readable PDF.
    """
    try:
        writer = PdfWriter(clone_from=PdfReader(original))
        last = writer.pages[-1]
        needed = sum(mark.height for mark in marks) + _MARGIN
        free = _free_below(last)
        if free < needed:
            last, free = writer.add_blank_page(*_A4), _A4[1] - _MARGIN
        width, height = float(last.mediabox.width), float(last.mediabox.height)
        last.merge_page(_overlay(marks, (width, height), height - free))
        writer.write(target)
    except (PyPdfError, ValueError, KeyError, IndexError, RecursionError) as error:
        raise NotMarkable(name=name) from error


def _overlay(marks: Sequence[Mark], size: tuple[float, float], top: float) -> Any:
    import typst  # 40 ms and 30 MB, for this form alone

    placed = []
    for mark in marks:
        placed.append({"left": size[0] - _WIDTH - _MARGIN, "top": top, "lines": mark.lines})
        top += mark.height
    data = {"width": size[0], "height": size[1], "marks": placed}
    content = typst.compile(
        _TEMPLATE.encode(),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    return PdfReader(io.BytesIO(content)).pages[0]


def _free_below(page: Any) -> float:
    """Return how much room is under the text of a page; none where there may be pictures."""
    resources = page.get("/Resources", {}).get_object()
    if page.rotation or resources.get("/XObject"):
        return 0.0
    lowest = float(page.mediabox.height)

    def visit(text: str, matrix: Any, text_matrix: Any, *_font: Any) -> None:
        nonlocal lowest
        if text.strip():
            x, y = text_matrix[4], text_matrix[5]
            lowest = min(lowest, x * matrix[1] + y * matrix[3] + matrix[5])

    page.extract_text(visitor_text=visit)
    return lowest - float(page.mediabox.bottom) - _GAP
