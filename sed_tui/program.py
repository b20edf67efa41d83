"""Running another program of the machine: never longer than its time, asking nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

_MOST = 4 << 20  # bytes of output that are read
_CYRILLIC = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ")


@dataclass(frozen=True, slots=True)
class Ended:
    """What a program printed on both its streams, and its status."""

    output: bytes
    status: int


def run(
    arguments: Sequence[str],
    seconds: float,
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    keeps_terminal: bool = False,
) -> Ended:
    """Run a program without a shell and without input, and end it when its time is over.

    Whoever `keeps_terminal` may ask for a PIN there; all others are ended with whatever they
    have started. Raises `OSError` or `ValueError` where it cannot be started, `TimeoutError`.
    """
    # into a file: a grandchild that keeps a pipe open could hold us for ever
    with TemporaryFile() as output:
        process = subprocess.Popen(
            arguments,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            start_new_session=not keeps_terminal,
        )
        try:
            status = process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise TimeoutError(seconds) from error
        finally:
            # an interruption from the keyboard ends it as well
            if process.poll() is None:
                _end(process, is_alone=not keeps_terminal)
        output.seek(0)
        return Ended(output.read(_MOST), status)


def readable(data: bytes) -> str:
    """Return output as text: UTF-8, else cp866 or cp1251, whichever makes Russian of it."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    candidates = [data.decode(name, errors="replace") for name in ("cp866", "cp1251")]
    return max(candidates, key=_russian_letters)


def _russian_letters(text: str) -> int:
    # words are mostly small letters: capitals inside them are the mark of a wrong reading
    wrong = sum(
        1 for one, two in pairwise(text) if one.islower() and two.isupper() and two in _CYRILLIC
    )
    return sum(symbol in _CYRILLIC for symbol in text) - 3 * wrong


def _end(process: subprocess.Popen[bytes], *, is_alone: bool) -> None:
    with suppress(OSError):
        if is_alone and sys.platform != "win32":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    with suppress(subprocess.TimeoutExpired):
        process.wait(1)
