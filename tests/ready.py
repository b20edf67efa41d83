"""`sedctl` as a process that needs no start: forked from one that has imported everything.

A page of the documentation calls it dozens of times, and nine tenths of such a call are the
imports and what SQLAlchemy and Pydantic prepare at their first use. What the start itself does
is tested with the installed program (tests/cli).
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import signal
import socket
import sys
import time
from contextlib import redirect_stdout
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# sends its three streams, words, environment and place; leaves with the status that comes back
_CALL = """#!{python} -ISs
import json, os, socket, sys
call = json.dumps([sys.argv[1:], dict(os.environ), os.getcwd()]).encode()
with socket.socket(socket.AF_UNIX) as server:
    server.connect({address!r})
    socket.send_fds(server, [len(call).to_bytes(4, "big")], [0, 1, 2])
    server.sendall(call)
    status = server.recv(1)
sys.exit(status[0] if status else 137)
"""


def write_caller(path: Path, address: str) -> None:
    """Write the program that stands for `sedctl` and has a server at `address` do its work."""
    path.write_text(_CALL.format(python=sys.executable, address=address), encoding="utf-8")
    path.chmod(0o755)


def main(address: str, office: str) -> None:
    """Answer calls until it is killed; `office` is a database to have read something from."""
    _prepare(office)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(address)
        listening.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            connection, _ = listening.accept()
            with connection:
                if os.fork() == 0:
                    listening.close()
                    _answer(connection)


def _prepare(office: str) -> None:
    import commands
    from sed_tui import gateway, handlers, operations

    for package in (commands, operations, handlers, gateway):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    words = ["--database", office, "--as", "admin", "document", "list"]
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        assert commands._run(words, "sedctl") == 0
    # or every call would look through all of it, and copy the memory it lies in
    gc.collect()
    gc.freeze()


def _answer(connection: socket.socket) -> None:
    head, streams, _flags, _from = socket.recv_fds(connection, 4, 3)
    with connection.makefile("rb") as rest:
        words, environment, place = json.loads(rest.read(int.from_bytes(head, "big")))
    _become(streams, environment, place)
    status = 1
    try:
        from commands import _run

        status = _run(words, "sedctl")
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        connection.sendall(bytes([status]))
        os._exit(status)


def _become(streams: list[int], environment: dict[str, str], place: str) -> None:
    """Take over what a new process would have been given."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(place)
    # as an interpreter opens them: lines at once on a terminal, bytes whole into a pipe
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", 1, encoding="utf-8", closefd=False)  # noqa: SIM115


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
