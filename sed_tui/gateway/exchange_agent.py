"""What the agent that carries folders of MEDO could not carry: `.ERR` files, folders of `Error`.

They are news of our own messages and never letters. What was read goes to `Error/Archive`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sed_tui.exchange.archive import Member
from sed_tui.gateway.exchange_driver import FoundPackage, reading
from sed_tui.gateway.exchange_zip import packed_again

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

ERRORS, _ARCHIVE, _QUEUE = "Error", "Archive", "tosend"
ERR = ".err"


def agent_news(
    root: Path, is_quiet: Callable[[Sequence[Path]], bool], list_files: Callable[[Path], list[Path]]
) -> Iterator[FoundPackage]:
    """Return the errors that the agent has left at a place, the files of reasons first."""
    folders = [one for one in _errors_of(root) if one.is_dir() and not one.is_symlink()]
    found = [path for folder in (root, *folders) for path in _reasons(folder)]
    for path in sorted(found):
        if is_quiet([path]):
            yield _news(root, path, [path])
    for folder in folders:
        for place in sorted(folder.iterdir()):
            if place.is_dir() and not place.is_symlink() and place.name != _ARCHIVE:
                files = list_files(place)
                if is_quiet(files):
                    yield _news(root, place, files)


def _errors_of(root: Path) -> list[Path]:
    """Return where errors lie: in the folder itself, beside a queue."""
    around = [root, root.parent] if root.name.lower() == _QUEUE else [root]
    return [
        one
        for place in around
        for one in sorted(place.iterdir())
        if one.name.lower() == ERRORS.lower()
    ]


def _reasons(folder: Path) -> list[Path]:
    return [
        path
        for path in folder.iterdir()
        if path.name.lower().endswith(ERR) and path.is_file() and not path.is_symlink()
    ]


def _news(root: Path, place: Path, files: Sequence[Path]) -> FoundPackage:
    members = [Member(path.name, path) for path in files]
    reasons = [one for one in members if one.name.lower().endswith(ERR)]
    is_file = len(files) == 1 and files[0] == place
    whole = (lambda: place.open("rb")) if is_file else partial(packed_again, members)
    return FoundPackage(
        name=place.name,
        size=sum(path.stat().st_size for path in files),
        archive=partial(reading, str(place), whole),
        head=lambda: packed_again(reasons[:1] if not is_file else []),
        settle=lambda: _put_away(root, place),
    )


def _put_away(root: Path, place: Path) -> None:
    """Move what was read out of the way: never into a queue, where the agent would send it."""
    folder = place.parent if place.parent.name.lower() == ERRORS.lower() else root / ERRORS
    archive = folder / _ARCHIVE
    archive.mkdir(parents=True, exist_ok=True)
    target, number = archive / place.name, 1
    while target.exists():
        number += 1
        target = archive / f"{place.name}-{number}"
    place.replace(target)
