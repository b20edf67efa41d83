"""The server over a loopback socket, one worker: a card, a page, and 64 clients at once."""

from __future__ import annotations

import os
import ssl
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

import httpx
import uvicorn
from fastapi import FastAPI
from sqlalchemy import text
from starlette.responses import Response

from benchmarks.measure import Comparison, interleaved_by, report, spent_by
from benchmarks.office import fill_documents, postgres_office, sqlite_office
from benchmarks.page import RAW
from sed_tui.operations.document_list import LIST, ListDocuments
from sed_tui.server.app import make_app
from sed_tui.storage.database import open_database
from tests.served import ServedGateway, secret_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sed_tui.config import Settings

CARDS = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
CALLS, CLIENTS, ROUNDS = 200, 64, 5
_UNUSED = ssl.create_default_context()


def main() -> None:
    """Print both engines."""
    with tempfile.TemporaryDirectory() as folder:
        for make in (sqlite_office, postgres_office):
            settings = make(Path(folder) / make.__name__)
            fill_documents(settings, CARDS)
            with served(make_app, settings, 8491) as ours, served(_bare, settings, 8492) as bare:
                _measure(settings, ours, bare)


def _measure(settings: Settings, ours: Served, bare: Served) -> None:
    headers = {"Authorization": f"Bearer {secret_of(settings)}"}
    with (
        httpx.Client(base_url=ours.address, headers=headers) as client,
        httpx.Client(base_url=bare.address) as limit,
    ):
        card = client.get("/v1/document.list", params={"limit": 1}).json()["rows"][0]["id"]
        asked = {"document": card}
        contenders: dict[str, Callable[[], object]] = {
            "bare sync route": lambda: _many(limit, "/bare", {}),
            "page by Core and orjson": lambda: _many(limit, "/page", {}),
            "who am I": lambda: _many(client, "/v1/session.show", {}),
            "one card": lambda: _many(client, "/v1/document.show", asked),
            "page of 100": lambda: _many(client, "/v1/document.list", {"limit": "100"}),
        }
        for run in contenders.values():
            run()  # plans are warm after a few calls on a connection, as a server has them
        processes = (os.getpid(), ours.process, bare.process, *_backends(settings))
        by_clock = interleaved_by(
            (time.perf_counter, lambda: spent_by(*processes)), contenders, ROUNDS
        )
        engine = settings.database.partition(":")[0]
        for kind, medians in zip(("", ", processor time of all"), by_clock, strict=True):
            report(
                f"HTTP, one worker, {engine}{kind}",
                {name: seconds / CALLS for name, seconds in medians.items()},
                [
                    Comparison("one card", "bare sync route", 1 / 0.35),
                    Comparison("who am I", "bare sync route", 1 / 0.35),
                    Comparison("page of 100", "page by Core and orjson", 2),
                ],
            )
        print(f"  load average {os.getloadavg()[0]:.1f}")
    gateway = ServedGateway(settings, ours.address, None)
    gateway.call(LIST, ListDocuments(limit=100))
    gateway.close()
    _measure_crowds(
        _Asked(ours.address, "/v1/document.show", asked, headers), _Asked(bare.address, "/bare")
    )


def _backends(settings: Settings) -> list[int]:
    """Return the processes of PostgreSQL that work for the servers, which have called already."""
    if settings.database.startswith("sqlite"):
        return []
    query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
    engine = open_database(settings.database)
    with engine.connect() as db:
        own = db.scalar(text("SELECT pg_backend_pid()"))
        found = [pid for pid in db.scalars(text(query)) if pid != own]
    engine.dispose()
    return found


def _many(client: httpx.Client, path: str, params: dict[str, str]) -> None:
    for _ in range(CALLS):
        client.get(path, params=params).raise_for_status()


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a crowd asks."""

    address: str
    path: str
    params: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def times(self, client: httpx.Client, calls: int) -> list[float]:
        """Return how long each of some calls took."""
        seconds = []
        for _ in range(calls):
            begin = time.perf_counter()
            client.get(self.path, params=self.params).raise_for_status()
            seconds.append(time.perf_counter() - begin)
        return seconds

    def client(self) -> httpx.Client:
        """Return a connection; without its own reading of authorities, 20 ms of a processor."""
        return httpx.Client(base_url=self.address, headers=self.headers, timeout=60, verify=_UNUSED)


def _measure_crowds(card: _Asked, bare: _Asked) -> None:
    """Print the slowest hundredth of 64 clients at once against the median of one alone.

    As many times as there are clients is what one worker cannot go below: the bare route
    is measured the same way.
    """
    runs: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, asked in (("one card", card), ("bare route", bare)):
            with asked.client() as client:
                alone = median(asked.times(client, CALLS))
            runs.setdefault(f"{name}, p50 alone", []).append(alone)
            for share, seconds in zip(("p50", "p99"), _crowd(asked), strict=True):
                runs.setdefault(f"{name}, {share} of {CLIENTS}", []).append(seconds)
    p99 = f"p99 of {CLIENTS}"
    compared = [
        Comparison(f"one card, {p99}", "one card, p50 alone", 20),
        Comparison(f"bare route, {p99}", "bare route, p50 alone", 20),
    ]
    report("crowds", {name: median(seconds) for name, seconds in runs.items()}, compared)


def _crowd(asked: _Asked) -> tuple[float, float]:
    """Return the median and the slowest hundredth of clients who are all connected."""
    clients = [asked.client() for _ in range(CLIENTS)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda client: asked.times(client, 1), clients))
        crowd = [one for many in pool.map(asked.times, clients, [10] * CLIENTS) for one in many]
    for client in clients:
        client.close()
    return median(crowd), quantiles(crowd, n=100)[98]


def _bare(settings: Settings) -> FastAPI:
    """Return what limits us: a route that does nothing, and one that reads a page."""
    app, engine = FastAPI(), open_database(settings.database)
    with engine.connect() as db:
        query = "SELECT listed_on, key FROM document ORDER BY listed_on DESC, key DESC LIMIT 1"
        last = db.execute(text(query)).one()

    @app.get("/bare")
    def bare() -> Response:
        return Response(b"{}", media_type="application/json")

    @app.get("/page")
    def page() -> Response:
        from pydantic_core import to_json

        with engine.connect() as db:
            rows = db.execute(text(RAW), {"day": last.listed_on, "key": last.key}).mappings().all()
        return Response(to_json([dict(row) for row in rows]), media_type="application/json")

    return app


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs in a process of its own."""

    address: str
    process: int


@contextmanager
def served(make: Callable[[Settings], object], settings: Settings, port: int) -> Iterator[Served]:
    """Serve in a process of its own, so that clients take no time of the server's."""
    process = get_context("spawn").Process(target=_serve, args=(make, settings, port))
    process.start()
    address = f"http://127.0.0.1:{port}"
    while True:
        try:
            httpx.get(f"{address}/health")
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield Served(address, process.pid or 0)
    process.terminate()
    process.join()


def _serve(make: Callable[[Settings], Any], settings: Settings, port: int) -> None:
    uvicorn.run(make(settings), port=port, log_config=None, access_log=False)


if __name__ == "__main__":
    main()
