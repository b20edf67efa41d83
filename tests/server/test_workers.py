"""The service itself, as processes: what is killed is replaced."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import httpx
import pytest

from benchmarks.endurance.serving import Server
from tests.patience import LONGEST
from tests.served import secret_of

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway


SUPERVISING = """
import multiprocessing, time
from sed_tui.server.run import end_with_supervisor
def work():
    end_with_supervisor()
    print("works", flush=True)
    time.sleep(600)
multiprocessing.get_context("fork").Process(target=work).start()
time.sleep(600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_a_worker_ends_with_its_supervisor() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISING], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    said = process.stdout.readline()
    process.kill()
    process.communicate(timeout=LONGEST)  # until the worker too has let go of the pipe

    assert said == "works\n"


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_killed_worker_is_replaced_and_a_reload_loses_no_call(
    settings: Settings, gateway: LocalGateway, tmp_path: Path
) -> None:
    office = {"SED_DATABASE": settings.database, "SED_FILES": str(settings.files)}
    server = Server({**office, "SED_HOME": str(tmp_path)}, tmp_path / "log", workers=2)
    bearer = {"Authorization": f"Bearer {secret_of(settings)}"}

    try:
        server.start()
        was_killed = server.kill_a_worker()
        was_replaced = server.wait_until_whole()
        is_whole = server.renew_workers()
        answer = httpx.get(f"{server.address}/v1/session.show", headers=bearer)
    finally:
        wrong = server.stop()

    assert (was_killed, was_replaced, len(server.replaced)) == (True, True, 1)
    assert is_whole  # through the whole reload
    assert answer.json()["login"] == "admin"
    assert wrong == []
