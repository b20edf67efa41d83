"""What others have written does nothing in the terminal of who reads it, on any screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.segment import Segment
from sqlalchemy import text
from textual.color import Color

from sed_tui.storage.database import open_database
from sed_tui.tui.app import SedApp
from tests.served import local_settings
from tests.tui.office import issue
from tests.tui.waiting import settle
from widgets.harmless import HarmlessFilter, harmless

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway

EVIL = "\x1b[2J\x1b]52;c;ZXZpbA==\x07\x9b31m[red]\u202eабв\u2066\r\x00"
# past every check: what an older version, another program or a hand has put there
COLUMNS = {
    "document": ("subject", "note", "topic"),
    "correspondent": ("name",),
    "assignment": ("text",),
    "employee": ("position",),
    "document_file": ("name",),
    "organization": ("name", "short_name"),
    "journal": ("name",),
}


def poisoned(gateway: LocalGateway) -> None:
    """Put characters that act before every text."""
    engine = open_database(local_settings(gateway).database)
    with engine.execution_options(writes=True).begin() as db:
        for table, columns in COLUMNS.items():
            for column in columns:
                db.execute(
                    text(f"UPDATE {table} SET {column} = :evil || coalesce({column}, '')"),
                    {"evil": EVIL.replace("\x00", "")},
                )
    engine.dispose()


@pytest.mark.parametrize("engine", ["sqlite"])
async def test_no_screen_passes_on_what_acts(gateway: LocalGateway, letters: list[Any]) -> None:
    issue(gateway, letters[0], "Подготовить ответ", "01.12.2026", "admin")
    poisoned(gateway)
    app = SedApp(gateway)
    acting: list[tuple[str, str]] = []
    async with app.run_test(size=(160, 50)) as pilot:
        for key in ("1", "2", "enter", "right", "right", "right", "escape", "3", "4", "5", "6"):
            await pilot.press(key)
            await settle(pilot)
            drawn = [strip.text for strip in app.screen._compositor.render_strips()]
            acting += [(key, line) for line in drawn if not line.isprintable()]
            seen = "".join(drawn)

    assert acting == []
    assert seen


@given(st.text())
def test_a_line_keeps_its_width_and_loses_what_acts(line: str) -> None:
    shown = harmless(line)

    assert shown.isprintable()
    assert cell_len(shown) == cell_len(line)


def test_what_is_harmless_is_left_as_it_is() -> None:
    plain = [Segment("О ремонте [проекта]"), Segment("")]

    assert HarmlessFilter().apply(plain, Color(0, 0, 0)) is plain
