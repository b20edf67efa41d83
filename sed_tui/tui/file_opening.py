"""A kept file opened with its program, or saved: of a card, of a letter that waits."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sed_tui.errors.causes import system_cause
from sed_tui.errors.files import ContentDamaged, FileExists
from sed_tui.errors.installation import ReadOnlyStorage
from sed_tui.i18n import _
from sed_tui.storage.contents import pieces
from sed_tui.tui.line_dialog import LineDialog

if TYPE_CHECKING:
    from sed_tui.errors import SedError
    from sed_tui.gateway import Gateway
    from sed_tui.operations.file import KeptFile
    from sed_tui.tui.frame import SedScreen


def open_file(screen: SedScreen[Any], file: KeptFile) -> None:
    """Open a file with its program; without a desktop it is saved instead."""
    program = viewer()
    if program is None:
        save_file_as(screen, file)
        return

    def fetch() -> Path:
        place = Path(tempfile.mkdtemp(prefix="sed-tui-"))
        return save_file(screen.gateway, file, place / file.name)

    def show(path: Path) -> None:
        subprocess.Popen(
            [*program, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        screen.notify(str(path), title=_("Opened"), markup=False)

    screen.do(fetch, show, group="file")


def save_file_as(screen: SedScreen[Any], file: KeptFile) -> None:
    """Ask where to, and save a file."""

    def save(place: str | None) -> None:
        if place is None:
            return
        target = Path(place).expanduser()
        screen.do(
            lambda: save_file(screen.gateway, file, target),
            lambda path: screen.notify(str(path), title=_("Saved"), markup=False),
            group="file",
            otherwise=refused,
        )

    def refused(error: SedError) -> None:
        # the hint of the failure names options of the command line
        screen.notify(str(error), title=_("Not done"), severity="error", markup=False)

    title = _("Save {name} as").format(name=file.name)
    screen.app.push_screen(LineDialog(title, str(Path.cwd() / file.name)), save)


def viewer() -> list[str] | None:
    """Return the command that opens a file with its program, None without a desktop."""
    if sys.platform == "darwin":
        return ["open"]
    if sys.platform == "win32":
        return ["cmd", "/c", "start", ""]
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return None
    return ["xdg-open"] if shutil.which("xdg-open") else None


def save_file(gateway: Gateway, file: KeptFile, target: Path) -> Path:
    """Write a file, whole or not at all, to a place where there is none yet.

    Blocks; raises `FileExists`, `ContentDamaged`.
    """
    try:
        with gateway.fetch(file.sha256) as source, target.open("xb") as copy:
            for piece in pieces(source, file.sha256):
                copy.write(piece)
    except ContentDamaged:
        target.unlink(missing_ok=True)
        raise
    except FileExistsError as error:
        raise FileExists(field="path", path=str(target)) from error
    except OSError as error:
        raise ReadOnlyStorage(place=str(target), reason=system_cause(error)) from error
    return target
