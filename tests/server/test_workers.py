"""The service itself, as processes: what is killed is replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from benchmarks.endurance.serving import Server
from tests.served import secret_of

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway


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
