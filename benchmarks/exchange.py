"""The exchange: packages taken in and sent against raw work, a round with a long queue."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import statistics
import tempfile
import time
import zipfile
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from lxml import etree

from benchmarks.measure import Comparison, interleaved, report
from benchmarks.office import postgres_office, sqlite_office
from sed_tui.domain.exchange_partner import Channel
from sed_tui.exchange.envelope import write_envelope
from sed_tui.exchange.iedms_writing import write_message
from sed_tui.exchange.message import Letter
from sed_tui.exchange.profile import Profile
from sed_tui.gateway.exchange_folder import FolderDriver
from sed_tui.gateway.exchange_round import receive, send
from sed_tui.gateway.local import LocalGateway
from sed_tui.handlers.exchange_record import MESSAGE
from sed_tui.operations.dispatch import DISPATCH, DispatchDocument
from sed_tui.operations.exchange_inbox import TakeOutcome
from sed_tui.operations.exchange_outbox import CLAIM, DUE, AskDue, ClaimMessages
from sed_tui.operations.exchange_partner import ADD, LIST, AddPartner, ListPartners
from sed_tui.operations.file import FileContent
from sed_tui.operations.registration import REGISTER
from sed_tui.operations.registry import CallOptions
from sed_tui.storage.database import open_database
from tests.exchange.samples import NOON, THEM
from tests.handlers.exchange_partners import letter_message, packed
from tests.handlers.letters import outgoing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sed_tui.config import Settings
    from sed_tui.exchange.message import Message

PACKAGES, ROUNDS = 1_000, 5
EACH = PACKAGES // ROUNDS
FILE_BYTES = 50_000
SHORT, LONG = 100, 100_000
NEW_UID = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()"}
PACKAGES_TARGET, QUEUE_TARGET = 10.0, 1.5
PICTURE = b"\x89PNG\r\n\x1a\n"  # of a picture no text is read, which is another subject
CONNECTOR = CallOptions(source="connector")


def main() -> None:
    """Print every comparison on both engines."""
    for make in (sqlite_office, postgres_office):
        with tempfile.TemporaryDirectory(dir="/tmp") as name:
            print(f"\n# {make.__name__}")
            _measure_taking(make(Path(name) / "office"), Path(name))
            _measure_queue(make, Path(name))


def _measure_taking(settings: Settings, folder: Path) -> None:
    inbox, outbox = folder / "in", folder / "out"
    with closing(LocalGateway(settings)) as gateway:
        _partner(gateway, inbox)
        for _number in range(PACKAGES):
            _lay(gateway, inbox)
        shutil.copytree(inbox, folder / "raw")
        raw = _Raw(settings, folder / "copied")
        left = iter(sorted((folder / "raw").iterdir()))
        rounds: dict[str, Callable[[], object]] = {
            "taken in": lambda: _taken(gateway),
            "copied, parsed, inserted raw": lambda: raw.take([next(left) for _ in range(EACH)]),
        }
        _compare(f"{EACH} packages with a file of {FILE_BYTES:,} bytes", rounds)
        for path in inbox.iterdir():
            shutil.rmtree(path)
        send(gateway, [FolderDriver()], CONNECTOR)  # the receipts
        shutil.rmtree(outbox)
        outbox.mkdir()
        letters = iter([_registered(gateway) for _ in range(PACKAGES)])
        (folder / "raw-out").mkdir()
        like = letter_message(gateway)
        rounds = {
            "put into the outbox": lambda: _put(gateway, islice(letters, EACH)),
            "sent": lambda: _sent(gateway, outbox),
            "written, copied, inserted raw": lambda: raw.send(like, folder / "raw-out"),
        }
        _compare(f"{EACH} letters with a file of {FILE_BYTES:,} bytes", rounds)
        raw.close()


def _compare(title: str, rounds: dict[str, Callable[[], object]]) -> None:
    """Run the contenders in turn; what they take of the processor hangs less on others."""
    wall: dict[str, list[float]] = {name: [] for name in rounds}
    processor: dict[str, list[float]] = {name: [] for name in rounds}
    for _round in range(ROUNDS):
        for name, run in rounds.items():
            start, used = time.perf_counter(), time.process_time()
            run()
            wall[name].append(time.perf_counter() - start)
            processor[name].append(time.process_time() - used)
    *ours, limit = rounds
    comparisons = [Comparison(name, limit, PACKAGES_TARGET) for name in ours]
    for what, seconds in (("", wall), (", processor of this process", processor)):
        medians = {name: statistics.median(values) for name, values in seconds.items()}
        report(f"{title}{what}", medians, comparisons)
    speeds = (f"{name} {EACH / statistics.median(wall[name]):.0f}" for name in wall)
    print(f"  a second: {', '.join(speeds)}")


def _taken(gateway: LocalGateway) -> None:
    troubles: list[tuple[str, str]] = []
    rows = receive(gateway, [FolderDriver()], CONNECTOR, EACH, troubles)
    taken = sum(one.outcome is TakeOutcome.TAKEN for _name, one in rows)
    assert (taken, troubles) == (EACH, []), (taken, troubles)


def _sent(gateway: LocalGateway, outbox: Path) -> None:
    before = len(list(outbox.iterdir()))
    done = send(gateway, [FolderDriver()], CONNECTOR)
    assert (done.sent, done.troubles) == (EACH, []), done
    assert len(list(outbox.iterdir())) == before + EACH


class _Raw:
    """What nobody can spare: files copied, XML parsed or written, rows inserted, one by one.

    A commit waits for the disk as ours does; the copies of files do not, as ours do.
    """

    def __init__(self, settings: Settings, store: Path) -> None:
        self._store = store
        store.mkdir()
        database = settings.database
        if database.startswith("sqlite"):
            database = f"sqlite:///{store / 'raw.db'}"
        self._engine = open_database(database)
        self._db = self._engine.raw_connection()
        self._mark = "?" if database.startswith("sqlite") else "%s"
        for table in (
            "raw_message (uid TEXT PRIMARY KEY, subject TEXT, told TEXT)",
            "raw_file (uid TEXT, name TEXT, sha256 TEXT, size INTEGER)",
        ):
            self._db.cursor().execute(f"CREATE TABLE {table}")
        self._db.commit()

    def take(self, places: list[Path]) -> None:
        """Take packages in."""
        for place in places:
            self._begin()
            for path in place.iterdir():
                data = path.read_bytes()
                digest = hashlib.sha256(data).hexdigest()
                (self._store / digest).write_bytes(data)
                self._insert("raw_file", place.name, path.name, digest, len(data))
            tree = etree.parse(place / "document.xml")
            told = {one.tag: one.text for one in tree.iter()}
            subject = tree.findtext(".//{*}annotation")
            self._insert("raw_message", place.name, subject, json.dumps(told))
            self._db.commit()

    def send(self, like: Message, outbox: Path) -> None:
        """Write packages of messages like one."""
        for _number in range(EACH):
            message = replace(like, uid=str(uuid4()))
            self._begin()
            draft = outbox / f".{message.uid}"
            draft.mkdir()
            (draft / "document.xml").write_bytes(write_message(message, Profile()))
            (draft / "envelope.ini").write_bytes(write_envelope("Тема", ["A~B"], [], NOON))
            content = PICTURE.ljust(FILE_BYTES, message.uid[:1].encode())
            (draft / "Письмо.png").write_bytes(content)
            digest = hashlib.sha256(content).hexdigest()
            self._insert("raw_file", message.uid, "Письмо.png", digest, len(content))
            self._insert("raw_message", message.uid, "", "")
            draft.replace(outbox / message.uid)
            self._db.commit()

    def close(self) -> None:
        """Let go of the database."""
        self._db.close()
        self._engine.dispose()

    def _begin(self) -> None:
        if self._mark == "?":
            self._db.cursor().execute("BEGIN IMMEDIATE")

    def _insert(self, table: str, *row: Any) -> None:
        marks = ", ".join([self._mark] * len(row))
        self._db.cursor().execute(f"INSERT INTO {table} VALUES ({marks})", row)


def _measure_queue(make: Callable[[Path], Settings], folder: Path) -> None:
    offices = {}
    for waiting in (SHORT, LONG):
        settings = make(folder / f"queue-{waiting}")
        gateway = LocalGateway(settings)
        offices[waiting] = gateway
        _partner(gateway, folder / f"queue-{waiting}" / "in")
        _queue(settings, gateway, waiting)
    names = {waiting: f"{waiting:,} waiting" for waiting in offices}
    poll = replace(CONNECTOR, dry_run=True)
    asked: dict[str, Callable[[LocalGateway], object]] = {
        "A claim of 20 messages": lambda one: one.call(
            CLAIM, ClaimMessages(partner="PRAV", limit=20), poll
        ),
        "A question what is due": lambda one: one.call(DUE, AskDue()),
        "The list of partners": lambda one: one.call(LIST, ListPartners()),
    }
    for title, ask in asked.items():
        contenders = {names[n]: (lambda one=one, ask=ask: ask(one)) for n, one in offices.items()}
        comparison = Comparison(names[LONG], names[SHORT], QUEUE_TARGET)
        report(title, interleaved(contenders, 25), [comparison])
        # busy neighbours hit one of two contenders again and again
        processor = interleaved(contenders, 25, time.process_time)
        report(f"{title}, processor of this process", processor, [comparison])
    for gateway in offices.values():
        gateway.close()


def _queue(settings: Settings, gateway: LocalGateway, waiting: int) -> None:
    """Fill the outbox with copies of a letter, each of a document of its own."""
    _dispatch(gateway, _registered(gateway))
    engine = open_database(settings.database)
    uid = NEW_UID[engine.dialect.name]
    new = dict.fromkeys(("id", "identity", "message_uid", "document_uid", "thread"), uid)
    names = [column.name for column in MESSAGE.columns]
    values = ", ".join(new.get(name, name) for name in names)
    with engine.connect().execution_options(writes=True) as db, db.begin():
        db.exec_driver_sql(
            f"INSERT INTO exchange_message ({', '.join(names)})"
            f" WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < {waiting})"
            f" SELECT {values} FROM exchange_message, n WHERE kind = 'letter'"
        )
        db.exec_driver_sql("ANALYZE")
    engine.dispose()
    [due] = gateway.call(DUE, AskDue()).rows
    assert due.waiting == min(waiting, 100), due  # it counts no further


def _partner(gateway: LocalGateway, inbox: Path) -> None:
    inbox.mkdir(parents=True)
    inbox.with_name("out").mkdir()
    partner = AddPartner(
        code="PRAV",
        channel=Channel.MEDO,
        name=THEM.organization,
        uids=(THEM.uid,),
        address=str(inbox.with_name("out")),
        inbox=str(inbox),
        kinds=("png",),
    )
    gateway.call(ADD, partner)


def _lay(gateway: LocalGateway, inbox: Path) -> None:
    message = letter_message(gateway)
    letter = message.body
    assert isinstance(letter, Letter)
    name = letter.files[0].name
    message = replace(message, body=replace(letter, files=letter.files[:1]))
    content = (message.uid.encode() * (FILE_BYTES // len(message.uid) + 1))[:FILE_BYTES]
    with zipfile.ZipFile(io.BytesIO(packed(message, {name: content}))) as package:
        package.extractall(inbox / message.uid)


def _registered(gateway: LocalGateway) -> str:
    content = PICTURE + hashlib.sha256(str(time.perf_counter_ns()).encode()).digest()
    token = gateway.stage(io.BytesIO(content.ljust(FILE_BYTES, b".")))
    files = (FileContent(name="Письмо.png", token=token),)
    return gateway.call(REGISTER, outgoing(addressees=[THEM.organization], files=files)).number


def _put(gateway: LocalGateway, numbers: Iterable[str]) -> None:
    for number in numbers:
        _dispatch(gateway, number)


def _dispatch(gateway: LocalGateway, number: str) -> None:
    gateway.call(DISPATCH, DispatchDocument(document=number))


if __name__ == "__main__":
    main()
