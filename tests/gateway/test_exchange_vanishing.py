"""Packages that are taken away, or cannot be read, while a round takes others in."""

from __future__ import annotations

import shutil
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sed_tui.gateway.exchange_folder import TAKEN, FolderDriver
from sed_tui.gateway.exchange_round import receive
from sed_tui.operations.registry import CallOptions
from tests.handlers.exchange_partners import FILES, add_partner, letter_message, packed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.gateway.exchange_driver import FoundPackage
    from sed_tui.gateway.local import LocalGateway

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
OPTIONS = CallOptions(source="connector")


def laid(gateway: LocalGateway, inbox: Path, *names: str) -> None:
    """Lay a letter into the inbox under each name."""
    for name in names:
        with zipfile.ZipFile(BytesIO(packed(letter_message(gateway), FILES))) as package:
            package.extractall(inbox / name)


class Meddling(FolderDriver):
    """Somebody takes package 2 away after it was found, and spoils file and package of others."""

    def poll(self, inbox: str) -> Iterator[FoundPackage]:
        for package in super().poll(inbox):
            place = Path(inbox) / package.name
            if package.name == "2":
                shutil.rmtree(place)
            if package.name == "3":
                (place / "document.xml").unlink()
                (place / "document.xml").mkdir()
            yield package


def test_a_package_that_vanishes_or_cannot_be_read_holds_up_no_other(
    gateway: LocalGateway, tmp_path: Path
) -> None:
    inbox = tmp_path / "in"
    add_partner(gateway, inbox=str(inbox), address=str(tmp_path))
    laid(gateway, inbox, "1", "2", "3", "4")
    troubles: list[tuple[str, str]] = []
    taken = [
        (name, str(one.outcome))
        for name, one in receive(gateway, [Meddling(0)], OPTIONS, 9, troubles)
    ]

    assert taken == [("1", "taken"), ("4", "taken")]
    # what was taken away is nobody's trouble; what lies there unread is told with its place
    assert troubles == [(str(inbox), f"{inbox / '3'} cannot be read: it is a folder")]
    assert sorted(path.name for path in inbox.iterdir()) == ["3", TAKEN]


class Overtaken(FolderDriver):
    """Another round lists the same package, and puts it away first."""

    def _is_complete(self, files: object) -> bool:
        for path in files:  # type: ignore[attr-defined]
            if path.parent.name == "1":
                shutil.rmtree(path.parent)
                break
        return super()._is_complete(files)  # type: ignore[arg-type]

    def poll(self, inbox: str) -> Iterator[FoundPackage]:
        for package in super().poll(inbox):
            yield package
            if package.name == "2":  # staged by now, and not yet settled
                shutil.rmtree(Path(inbox) / "2")


def test_two_rounds_at_once_take_a_package_once(gateway: LocalGateway, tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    add_partner(gateway, inbox=str(inbox), address=str(tmp_path))
    laid(gateway, inbox, "1", "2", "3")
    troubles: list[tuple[str, str]] = []
    taken = [name for name, _one in receive(gateway, [Overtaken(0)], OPTIONS, 9, troubles)]

    assert (taken, troubles) == (["2", "3"], [])
    assert sorted(path.name for path in (inbox / TAKEN).iterdir()) == ["3"]
