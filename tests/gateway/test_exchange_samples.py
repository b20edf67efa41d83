"""Packages made by others, taken in from a folder: each ends somewhere, none twice."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.exchange_flow import Direction, MessageState
from sed_tui.gateway.exchange_folder import TAKEN, FolderDriver
from sed_tui.gateway.exchange_round import receive
from sed_tui.operations.exchange_inbox import TakeOutcome
from sed_tui.operations.exchange_journal import LIST, ListMessages, MessageRow
from sed_tui.operations.registry import CallOptions
from tests.exchange.samples import THEM, US, shared
from tests.handlers.exchange_partners import FILES, add_partner, letter_message, packed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sed_tui.gateway.local import LocalGateway

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
CONTAINERS = ("v2.7_container", "v2.7.1_container")
HELD = {MessageState.QUARANTINED: "reason", MessageState.WAITING: "subject"}


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


def poll(gateway: LocalGateway, limit: int = 100) -> list[tuple[str, TakeOutcome]]:
    driver = FolderDriver(settled_seconds=0)
    troubles: list[tuple[str, str]] = []
    options = CallOptions(source="connector")
    taken = [
        (name, one.outcome) for name, one in receive(gateway, [driver], options, limit, troubles)
    ]
    assert troubles == []
    return taken


def incoming(gateway: LocalGateway) -> list[MessageRow]:
    return gateway.call(LIST, ListMessages(direction=Direction.IN)).rows


def lay_again(inbox: Path) -> None:
    for path in (inbox / TAKEN).iterdir():
        shutil.move(path, inbox / path.name)


def written(target: Path, parts: Mapping[str, bytes], *, dos: bool = False) -> Path:
    """Write a zip of packages, each in its folder; `dos` leaves names without their flag."""
    with zipfile.ZipFile(target, "w") as archive:
        for folder, content in parts.items():
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                for name in package.namelist():
                    stands_for = "Q" * len(name) if dos and not name.isascii() else name
                    archive.writestr(f"{folder}/{stands_for}", package.read(name))
    if dos:
        data = target.read_bytes()
        for name in sorted(FILES, key=len, reverse=True):
            data = data.replace(b"Q" * len(name), name.encode("cp866"))
        target.write_bytes(data)
    return target


def test_every_sample_is_received_or_kept_with_a_reason_and_none_twice(
    gateway: LocalGateway, inbox: Path
) -> None:
    samples = shared("iedms", "synthetic_2.7")
    add_partner(gateway, name=US.organization, uids=(US.uid,), own_uid=THEM.uid, inbox=str(inbox))
    for package in (*CONTAINERS, "v2.7.1_acknowledgment"):
        shutil.copytree(samples / package, inbox / package)
    for broken in sorted((samples / "negative").iterdir()):
        shutil.copy(broken, inbox)  # as it is
        around = shutil.copytree(samples / CONTAINERS[0], inbox / f"around-{broken.name}")
        is_message = broken.suffix == ".xml"
        shutil.copy(broken, around / ("document.xml" if is_message else "document.edc.zip"))
    first = poll(gateway)
    rows = incoming(gateway)
    lay_again(inbox)
    again = poll(gateway)
    states = {row.state for row in rows}

    assert len(first) == len(again) == 3 + 3 + 4
    assert {outcome for _name, outcome in again} == {TakeOutcome.ALREADY}
    assert states <= {*HELD, MessageState.APPLIED}
    assert MessageState.WAITING in states
    assert all(getattr(row, HELD.get(row.state, "state")) for row in rows)
    assert [(row.id, row.state) for row in incoming(gateway)] == [
        (row.id, row.state) for row in rows
    ]


@pytest.mark.parametrize("dos", [False, True])
def test_several_packages_in_one_zip_are_taken_each_in_turn(
    gateway: LocalGateway, inbox: Path, *, dos: bool
) -> None:
    add_partner(gateway, inbox=str(inbox))
    parts = {
        f"выгрузка/{n}" if not dos else f"p/{n}": packed(letter_message(gateway), FILES)
        for n in range(3)
    }
    written(inbox / "many.zip", parts, dos=dos)
    first = poll(gateway, limit=2)
    is_left = (inbox / "many.zip").exists()
    second = poll(gateway, limit=2)

    assert [outcome for _name, outcome in first] == [TakeOutcome.TAKEN] * 2
    assert is_left
    assert [outcome for _name, outcome in second] == [TakeOutcome.ALREADY] * 2 + [TakeOutcome.TAKEN]
    assert [row.state for row in incoming(gateway)] == [MessageState.WAITING] * 3
    assert (inbox / TAKEN / "many.zip").exists()


def test_a_folder_of_packages_is_taken_and_the_agents_own_folders_are_not(
    gateway: LocalGateway, inbox: Path
) -> None:
    add_partner(gateway, inbox=str(inbox))
    for place in ("день/1", "день/2", "Error/3", "Sended/4", "одна/5"):
        (inbox / place).mkdir(parents=True)
        with zipfile.ZipFile(io.BytesIO(packed(letter_message(gateway), FILES))) as package:
            package.extractall(inbox / place)
    (inbox / "7e1f.ERR").write_text("не доставлено", "cp1251")
    (inbox / "AutoSend.LOG").write_text("…", "utf-8")
    taken = dict(poll(gateway))

    # errors are kept as such, whatever lies in them
    assert [taken.pop(name) for name in ("7e1f.ERR", "3")] == [TakeOutcome.QUARANTINED] * 2
    assert list(taken.values()) == [TakeOutcome.TAKEN] * 3
    assert sorted(os.listdir(inbox / "Error")) == ["Archive"]
    assert sorted(os.listdir(inbox / "Sended")) == ["4"]
    assert poll(gateway) == []


def test_a_zip_whose_bytes_are_damaged_holds_nobody_up(gateway: LocalGateway, inbox: Path) -> None:
    add_partner(gateway, inbox=str(inbox))
    for name in ("a.zip", "b.zip"):
        with zipfile.ZipFile(inbox / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("1/envelope.ini", b"[" * 5000 + os.urandom(5000))
            archive.writestr("2/envelope.ini" if name == "a.zip" else "1/x", b"x")
        data = bytearray((inbox / name).read_bytes())
        data[60:90] = b"\xff" * 30
        (inbox / name).write_bytes(data)
    taken = poll(gateway)

    assert [outcome for _name, outcome in taken] == [TakeOutcome.QUARANTINED] * 2
    assert all(row.reason for row in incoming(gateway))
