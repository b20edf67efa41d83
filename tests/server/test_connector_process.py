"""`sedctl connector simulate-http` as a process of its own: it serves, answers, stops when told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.gateway.exchange_http import greet, open_server
from sed_tui.partner_access import PartnerAccess
from tests.cli.conftest import PROGRAM
from tests.handlers.exchange_partners import own_uid
from tests.patience import LONGEST

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gateway.local import LocalGateway

# a shell starts what runs in the background, these tests too, deaf to Ctrl+C
HEEDING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.argv[1], sys.argv[1:])
"""
UID = "7c9d6a54-1111-4222-8333-944455556666"


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_a_simulated_partner_is_started_by_its_command_and_stopped_by_a_signal(
    gateway: LocalGateway, tmp_path: Path, stop: signal.Signals
) -> None:
    ours = own_uid(gateway)
    command = [sys.executable, "-c", HEEDING, PROGRAM, "connector", "simulate-http"]
    where: Any = ["http://127.0.0.1:9", "--uid", ours, "--own-uid", UID, "--stdin"]
    with subprocess.Popen(
        [*command, *where],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "SED_LANG": "en"},
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("token\n")
        process.stdin.close()
        address = process.stdout.readline().removeprefix("Address: ").strip()
        token = process.stdout.readline().removeprefix("Token to send by: ").strip()
        with closing(open_server(address, PartnerAccess(token, address))) as partner:
            greeted = greet(partner, ours, [UID])
        process.send_signal(stop)
        told = process.stdout.read()
        said = process.stderr.read() if process.stderr else ""
        process.wait(LONGEST)

    assert greeted.partners[0].uids == [ours]
    assert process.returncode == 0
    assert (told, said) == ("", "The partner is gone. Letters: 0.\n")
