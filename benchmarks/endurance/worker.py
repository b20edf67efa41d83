"""One client: works until told to stop, and writes down what it asked and what it was told.

The ledger is the client's own: a line before every write with the key it is asked under, a
line after the answer. Whoever takes over after a kill asks the unanswered ones again, under
the same keys.
"""

from __future__ import annotations

import json
import random
import sys
import time
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sed_tui.config import settings
from sed_tui.errors import SedError
from sed_tui.errors.failure import Conflict, Unavailable
from sed_tui.gateway import connect
from sed_tui.operations.assignment import ISSUE, IssueAssignment
from sed_tui.operations.assignment_execution import REPORT, ReportAssignment
from sed_tui.operations.assignment_list import LIST as ASSIGNMENTS
from sed_tui.operations.assignment_list import ListAssignments
from sed_tui.operations.document_list import LIST, ListDocuments
from sed_tui.operations.file import ADD, AddFile, FileContent
from sed_tui.operations.registration import REGISTER, RegisterDocument
from sed_tui.operations.registry import CallOptions

if TYPE_CHECKING:
    from sed_tui.gateway import Gateway

PATIENCE_SECONDS = 90
_SHARES = {"register": 50, "issue": 15, "report": 8, "attach": 7, "page": 12, "search": 8}


@dataclass
class Ledger:
    """What this client knows: its file survives it."""

    path: Path
    asked: dict[str, dict[str, Any]] = field(default_factory=dict)
    answered: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read what an earlier life wrote; a kill may have cut the last line short."""
        if not self.path.exists():
            return
        content = self.path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if whole != content:
            self.path.write_bytes(whole)
        for line in whole.splitlines():
            self._take(json.loads(line))

    def write(self, **line: Any) -> None:
        """Add a line; the system keeps it when this process is killed."""
        with self.path.open("ab", buffering=0) as file:
            file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        self._take(line)

    def _take(self, line: dict[str, Any]) -> None:
        match line["is"]:
            case "asked":
                self.asked[line["key"]] = line
            case "answered":
                self.answered[line["key"]] = line

    @property
    def open(self) -> list[dict[str, Any]]:
        """Return what was asked and never answered."""
        return [line for key, line in self.asked.items() if key not in self.answered]

    def known(self, act: str) -> list[dict[str, Any]]:
        """Return the answers of a sort."""
        return [line for line in self.answered.values() if line["act"] == act]


class Client:
    """Asks for one thing after another."""

    def __init__(self, gateway: Gateway, ledger: Ledger) -> None:
        self._gateway = gateway
        self._ledger = ledger
        self._chance = random.Random()

    def settle(self) -> None:
        """Ask again what was never answered."""
        for line in self._ledger.open:
            self._ask(line, again=True)

    def step(self) -> None:
        """Do one thing."""
        [act] = self._chance.choices(list(_SHARES), list(_SHARES.values()))
        if act in {"page", "search"}:
            self._read(act)
            return
        line = {"is": "asked", "key": uuid4().hex, "act": act, **self._wanted(act)}
        if line.get("on") is None and act != "register":
            line["act"] = "register"
        self._ledger.write(**line)
        self._ask(line)

    def _wanted(self, act: str) -> dict[str, Any]:
        """Choose what to write about: a report wants an assignment that has none yet."""
        documents, issued = self._ledger.known("register"), self._ledger.known("issue")
        if act == "report":
            reported = {line["on"] for line in self._ledger.asked.values() if "on" in line}
            free = [line["id"] for line in issued if line["id"] not in reported]
            return {"on": self._chance.choice(free) if free else None}
        if act in {"issue", "attach"}:
            return {"on": self._chance.choice(documents)["id"] if documents else None}
        return {}

    def _read(self, act: str) -> None:
        start = time.monotonic()
        try:
            if act == "search":
                self._gateway.call(LIST, ListDocuments(query="сведения", limit=50))
            else:
                self._gateway.call(LIST, ListDocuments(limit=100))
                self._gateway.call(ASSIGNMENTS, ListAssignments(limit=100))
        except Unavailable:
            time.sleep(0.2)
            return
        self._ledger.write(**{"is": "read", "seconds": round(time.monotonic() - start, 4)})

    def _ask(self, line: dict[str, Any], *, again: bool = False) -> None:
        """Ask until there is an answer: under one key it is done once, however often."""
        start = time.monotonic()
        while True:
            try:
                told = self._call(line)
                break
            except (Unavailable, Conflict) as failure:
                if time.monotonic() - start > PATIENCE_SECONDS:
                    raise
                self._ledger.write(**{"is": "trouble", "code": failure.code})
                time.sleep(0.2)
        seconds = round(time.monotonic() - start, 4)
        facts = {"key": line["key"], "act": line["act"], "on": line.get("on"), **told}
        self._ledger.write(**{"is": "answered", "seconds": seconds, "again": again, **facts})

    def _call(self, line: dict[str, Any]) -> dict[str, Any]:
        key, on = line["key"], line.get("on")
        options = CallOptions(idempotency_key=key)
        match line["act"]:
            case "register":
                done = self._gateway.call(REGISTER, _letter(key), options)
                return {"id": str(done.id), "number": done.number}
            case "issue":
                issue = IssueAssignment(document=on, text=key, executor="admin", due="без срока")
                return {"id": str(self._gateway.call(ISSUE, issue, options).id)}
            case "report":
                report = ReportAssignment(assignment=on, text=key)
                self._gateway.call(REPORT, report, options)
                return {}
            case _:
                token = self._gateway.stage(BytesIO(key.encode() * 300))
                file = FileContent(name=f"{key}.txt", token=token)
                self._gateway.call(ADD, AddFile(document=on, files=(file,)), options)
                return {}


def _letter(key: str) -> RegisterDocument:
    return RegisterDocument(
        flow="incoming",
        subject=f"О представлении сведений, {key}",
        correspondent="Министерство здравоохранения",
        their_number=key,
        their_date="2026-01-20",
    )


def main(ledger: Path, stop: Path) -> int:
    """Work until the file `stop` appears; settle everything before and after."""
    gateway = connect(settings())
    client = Client(gateway, Ledger(ledger))
    try:
        client.settle()
        while not stop.exists():
            client.step()
        client.settle()
    except SedError as failure:
        print(f"{ledger.name}: {failure.code}: {failure}", file=sys.stderr)
        return 1
    finally:
        gateway.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
