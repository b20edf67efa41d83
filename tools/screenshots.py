"""Take the pictures of docs/images from the running interface over the example office.

The office and the day are always the same, so a picture changes only when the interface does.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sed_tui import i18n  # noqa: E402 - found on the path above
from sed_tui.config import Settings, database_url, files_directory  # noqa: E402
from sed_tui.gateway.example import make_example  # noqa: E402
from sed_tui.gateway.local import LocalGateway  # noqa: E402

if TYPE_CHECKING:
    from textual.pilot import Pilot

IMAGES = ROOT / "docs" / "images"
SIZE = (120, 40)
FONT_FACE = re.compile(r"\s*@font-face \{[^}]*\}")
MOMENT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
# name -> the keys that lead there from the first screen; a "text:" is typed letter by letter
PICTURES = {
    "my-work": (),
    "documents": ("2",),
    "card": ("2", *("down",) * 10, "enter"),
    "card-assignments": ("2", *("down",) * 13, "enter", *("right",) * 3),
    "registration": (
        *("2", "n", "text:ромашка", "down", "enter", "tab", "text:31", "tab", "text:29.10.2026"),
        *("tab", "tab", "text:О продлении договора аренды"),
    ),
    "completion": ("2", "n", "text:hjvf"),
    "resolution": ("2", *("down",) * 13, "enter", "right", "right", "right", "enter"),
    "assignments": ("3",),
    "calendar": ("3", "b"),
    "reports": ("5", *("right",) * 4),
    "keys": ("2", "f1", "k"),
}


class StandingClock:
    """A clock that stands at the moment of the pictures."""

    def now(self) -> datetime:
        """Return the moment."""
        return MOMENT


def main() -> None:
    """Make the office and take every picture."""
    os.environ.pop("NO_COLOR", None)
    IMAGES.mkdir(parents=True, exist_ok=True)
    # its name stands in the pictures
    place = Path(tempfile.gettempdir()) / "sed-tui"
    place.mkdir(mode=0o700)
    try:
        os.environ["SED_HOME"] = str(place)
        i18n.use("ru")
        url = database_url(f"{place}/sed.db")
        office = Settings(url, files=files_directory(url), login="admin")
        make_example(office, clock=StandingClock())
        for name, keys in PICTURES.items():
            asyncio.run(take(office, name, keys))
            shutil.rmtree(place / "drafts", ignore_errors=True)
    finally:
        shutil.rmtree(place)


async def take(office: Settings, name: str, keys: tuple[str, ...]) -> None:
    """Open the interface, press keys and save what it shows."""
    from sed_tui.tui.app import SedApp

    gateway = LocalGateway(office, StandingClock())
    app = SedApp(gateway, profile="учебная")
    async with app.run_test(size=SIZE) as pilot:
        await settled(pilot)
        for key in keys:
            typed = key.removeprefix("text:")
            await pilot.press(*([key] if typed == key else map(key_of, typed)))
            await settled(pilot)
        picture = app.export_screenshot()
    # the pictures ask nobody for a font; every line carries its own width
    picture = FONT_FACE.sub("", picture).replace("<svg ", '<svg xml:space="preserve" ', 1)
    (IMAGES / f"{name}.svg").write_text(picture, encoding="utf-8")
    gateway.close()
    print(f"docs/images/{name}.svg")


def key_of(letter: str) -> str:
    """Return the name of the key that types a letter."""
    return {" ": "space", ".": "full_stop"}.get(letter, letter)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until the workers are done and what they brought is drawn."""
    for _ in range(3):
        await pilot.pause()
        await pilot.app.workers.wait_for_complete()
    await pilot.pause(0.3)


if __name__ == "__main__":
    main()
