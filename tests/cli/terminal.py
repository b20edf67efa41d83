"""A real terminal for programs that talk to people."""

from __future__ import annotations

import fcntl
import os
import select
import struct
import subprocess
import termios
from typing import TYPE_CHECKING

from tests.cli.conftest import PROGRAM
from tests.patience import LONGEST

if TYPE_CHECKING:
    from collections.abc import Sequence


def on_terminal(
    *args: str,
    answers: Sequence[tuple[str, str]] = (),
    env: dict[str, str] | None = None,
    columns: int = 80,
    at: str = PROGRAM,
) -> tuple[int, str]:
    """Run the program on a terminal, answer each question, and return status and screen."""
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LINES"}}
    with subprocess.Popen(
        [at, *args],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**environment, **(env or {})},
        start_new_session=True,
    ) as process:
        os.close(theirs)
        try:
            screen = _talk(ours, list(answers))
        except BaseException:
            process.kill()
            raise
        status = process.wait(timeout=LONGEST)
    os.close(ours)
    return status, screen


def _talk(terminal: int, answers: list[tuple[str, str]]) -> str:
    screen, seen = b"", 0
    while True:
        if not select.select([terminal], [], [], LONGEST)[0]:
            raise AssertionError(f"still waiting after:\n{screen.decode()}")
        try:
            got = os.read(terminal, 4096)
        except OSError:  # the program closed its side
            got = b""
        if not got:
            return screen.decode().replace("\r\n", "\n")
        screen += got
        if answers and answers[0][0].encode() in screen[seen:]:
            seen = len(screen)
            os.write(terminal, answers.pop(0)[1].encode())
