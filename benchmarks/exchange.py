"""The exchange: packages taken in against raw parsing and inserting, a claim from long queues."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sqlite3
import tempfile
import time
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree
from sqlalchemy import make_url

from benchmarks.measure import Comparison, interleaved, report
from benchmarks.office import sqlite_office
from sed_tui.domain.exchange_partner import Channel
from sed_tui.gateway.exchange_folder import FolderDriver
from sed_tui.gateway.exchange_round import receive
from sed_tui.gateway.local import LocalGateway
from sed_tui.handlers.exchange_record import MESSAGE
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument
from sed_tui.operations.exchange_inbox import TakeOutcome
from sed_tui.operations.exchange_outbox import CLAIM, DUE, AskDue, ClaimMessages
from sed_tui.operations.exchange_partner import ADD, AddPartner
from sed_tui.operations.registry import CallOptions
from tests.exchange.samples import THEM
from tests.handlers.exchange_partners import letter_message, letter_to, packed

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.config import Settings

PACKAGES = 1_000
FILE_BYTES = 50_000
SHORT, LONG = 100, 100_000
NEW_UID = "lower(hex(randomblob(16)))"
TAKEN_TARGET, QUEUE_TARGET = 10.0, 1.5


def main() -> None:
    """Print both comparisons."""
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        _measure_taking(Path(name))
        _measure_queue(Path(name))


def _measure_taking(folder: Path) -> None:
    settings = sqlite_office(folder / "office")
    inbox = folder / "in"
    with closing(LocalGateway(settings)) as gateway:
        _partner(gateway, inbox)
        for _number in range(PACKAGES):
            _lay(gateway, inbox)
        shutil.copytree(inbox, folder / "raw")
        start = time.perf_counter()
        raw_rows = _raw(folder / "raw", folder / "copied")
        middle = time.perf_counter()
        taken = _taken(gateway)
        end = time.perf_counter()
    assert taken == raw_rows == PACKAGES, (taken, raw_rows)
    medians = {"taken in": end - middle, "copied, parsed, inserted raw": middle - start}
    comparison = Comparison("taken in", "copied, parsed, inserted raw", TAKEN_TARGET)
    report(f"{PACKAGES:,} packages with a file of {FILE_BYTES:,} bytes", medians, [comparison])
    print(f"  {PACKAGES / (end - middle):.0f} packages a second")


def _taken(gateway: LocalGateway) -> int:
    options, troubles = CallOptions(source="connector"), list[tuple[str, str]]()
    rows = receive(gateway, [FolderDriver()], options, PACKAGES, troubles)
    taken = sum(one.outcome is TakeOutcome.TAKEN for _name, one in rows)
    assert not troubles, troubles
    return taken


def _raw(inbox: Path, store: Path) -> int:
    """Do what nobody can spare: copy the files, parse the message, insert it, one by one."""
    store.mkdir()
    with closing(sqlite3.connect(store / "raw.db")) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE message (uid TEXT PRIMARY KEY, subject TEXT, told TEXT)")
        db.execute("CREATE TABLE file (uid TEXT, name TEXT, sha256 TEXT, size INTEGER)")
        for place in sorted(inbox.iterdir()):
            for path in place.iterdir():
                data = path.read_bytes()
                digest = hashlib.sha256(data).hexdigest()
                (store / digest).write_bytes(data)
                row = (place.name, path.name, digest, len(data))
                db.execute("INSERT INTO file VALUES (?, ?, ?, ?)", row)
            tree = etree.parse(place / "document.xml")
            told = {one.tag: one.text for one in tree.iter()}
            subject = tree.findtext(".//{*}annotation")
            row = (place.name, subject, json.dumps(told))
            db.execute("INSERT INTO message VALUES (?, ?, ?)", row)
            db.commit()
        [(count,)] = db.execute("SELECT count(*) FROM message")
    return int(count)


def _measure_queue(folder: Path) -> None:
    offices = {}
    for waiting in (SHORT, LONG):
        settings = sqlite_office(folder / f"queue-{waiting}")
        gateway = LocalGateway(settings)
        offices[waiting] = gateway
        _partner(gateway, folder / f"queue-{waiting}" / "in")
        _queue(settings, gateway, waiting)
    names = {waiting: f"{waiting:,} waiting" for waiting in offices}
    poll = CallOptions(source="connector", dry_run=True)

    def claims(gateway: LocalGateway) -> Callable[[], object]:
        request = ClaimMessages(partner="PRAV", limit=20)
        return lambda: gateway.call(CLAIM, request, poll)

    for title, contenders in (
        ("A claim of 20 messages", {names[n]: claims(one) for n, one in offices.items()}),
        (
            "A question what is due",
            {names[n]: (lambda one=one: one.call(DUE, AskDue())) for n, one in offices.items()},
        ),
    ):
        comparison = Comparison(names[LONG], names[SHORT], QUEUE_TARGET)
        report(title, interleaved(contenders), [comparison])
    for gateway in offices.values():
        gateway.close()


def _queue(settings: Settings, gateway: LocalGateway, waiting: int) -> None:
    """Fill the outbox with copies of a letter, each of a document of its own."""
    letter = letter_to(gateway)
    gateway.call(DISPATCH, DispatchDocument(document=letter.number))
    new = dict.fromkeys(("id", "identity", "message_uid", "document_uid", "thread"), NEW_UID)
    names = [column.name for column in MESSAGE.columns]
    values = ", ".join(new.get(name, name) for name in names)
    database = str(make_url(settings.database).database)
    with closing(sqlite3.connect(database)) as db:
        db.execute(
            "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            f" INSERT INTO exchange_message ({', '.join(names)})"
            f" SELECT {values} FROM exchange_message, n WHERE kind = 'letter'",
            (waiting,),
        )
        db.commit()
        db.execute("ANALYZE")
    [due] = gateway.call(DUE, AskDue()).rows
    assert due.waiting == min(waiting, 1_000), due  # it counts no further


def _partner(gateway: LocalGateway, inbox: Path) -> None:
    inbox.mkdir(parents=True)
    partner = AddPartner(
        code="PRAV",
        channel=Channel.MEDO,
        name=THEM.organization,
        uids=(THEM.uid,),
        address=str(inbox.with_name("out")),
        inbox=str(inbox),
    )
    gateway.call(ADD, partner)


def _lay(gateway: LocalGateway, inbox: Path) -> None:
    message = letter_message(gateway)
    name = message.body.files[0].name
    message = replace(message, body=replace(message.body, files=message.body.files[:1]))
    content = (message.uid.encode() * (FILE_BYTES // len(message.uid) + 1))[:FILE_BYTES]
    with zipfile.ZipFile(io.BytesIO(packed(message, {name: content}))) as package:
        package.extractall(inbox / message.uid)


if __name__ == "__main__":
    main()
