"""One client: works until told to stop, and writes down what it asked and what it was told.

Whoever takes over after a kill asks the unanswered ones again, under the same keys. Nothing
else is repeated: a read changes nothing, and staged bytes that no call has named are swept.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from benchmarks.endurance.calls import READS, SHARES, Calls
from benchmarks.endurance.ledger import Ledger
from sed_tui.config import settings
from sed_tui.errors import SedError
from sed_tui.errors.failure import Conflict, Unavailable
from sed_tui.errors.references import ChangedMeanwhile
from sed_tui.gateway import connect

if TYPE_CHECKING:
    from sed_tui.gateway import Gateway

PATIENCE_SECONDS = 90
_PAUSE_SECONDS = 0.2


class Client:
    """Asks for one thing after another."""

    def __init__(self, gateway: Gateway, ledger: Ledger) -> None:
        self._calls = Calls(gateway)
        self._ledger = ledger
        self._chance = random.Random()

    def settle(self) -> None:
        """Ask again what was never answered."""
        for line in self._ledger.open:
            self._ask(line, again=True)

    def step(self) -> None:
        """Do one thing."""
        [act] = self._chance.choices(list(SHARES), list(SHARES.values()))
        if act in READS:
            self._read(act)
            return
        wanted = self._wanted(act)
        if wanted is None:
            act, wanted = "register", {}
        line = {"is": "asked", "key": uuid4().hex, "act": act, **wanted}
        self._ledger.write(**line)
        self._ask(line)

    def _wanted(self, act: str) -> dict[str, Any] | None:
        """Choose what to write about: a report wants an assignment that has none yet."""
        documents, issued = self._ledger.known("register"), self._ledger.known("issue")
        match act:
            case "report":
                reported = {line["on"] for line in self._ledger.asked.values() if "on" in line}
                free = [line["id"] for line in issued if line["id"] not in reported]
                return {"on": self._chance.choice(free)} if free else None
            case "edit" if documents:
                try:
                    on, version = self._calls.seen()
                except Unavailable as failure:
                    self._wait(failure)
                    return None
                return {"on": on, "version": version}
            case "issue" | "attach" if documents:
                return {"on": self._chance.choice(documents)["id"]}
        return None if act != "register" else {}

    def _read(self, act: str) -> None:
        kept = self._ledger.known("attach")
        start = time.monotonic()
        try:
            wrong = self._calls.read(act, self._chance.choice(kept) if kept else None)
        except Unavailable as failure:
            self._wait(failure)
            return
        if wrong is not None:
            self._ledger.write(**{"is": "fault", "text": wrong})
        self._ledger.write(**{"is": "read", "seconds": round(time.monotonic() - start, 4)})

    def _ask(self, line: dict[str, Any], *, again: bool = False) -> None:
        """Ask until there is an answer: under one key it is done once, however often."""
        start = time.monotonic()
        while True:
            try:
                told = self._calls.write(line)
                break
            except ChangedMeanwhile:  # another client was first
                self._ledger.write(**{"is": "refused", "key": line["key"], "act": line["act"]})
                return
            except (Unavailable, Conflict) as failure:
                if time.monotonic() - start > PATIENCE_SECONDS:
                    raise
                self._wait(failure)
        seconds = round(time.monotonic() - start, 4)
        facts = {"key": line["key"], "act": line["act"], "on": line.get("on"), **told}
        times = {"at": time.time(), "seconds": seconds, "again": again}
        self._ledger.write(**{"is": "answered", **times, **facts})

    def _wait(self, failure: SedError) -> None:
        self._ledger.write(**{"is": "trouble", "code": failure.code})
        time.sleep(_PAUSE_SECONDS)


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
