"""Running a program of the machine: never longer than its time, never with a question to answer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from tempfile import TemporaryFile
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 5.0
_MOST = 4 << 20  # bytes of output that are read
_CYRILLIC = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ")


class Trouble(StrEnum):
    """Why a program said nothing."""

    ABSENT = "absent"
    TIMEOUT = "timeout"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Said:
    """What a program printed and its status, or why there is nothing."""

    text: str = ""
    status: int | None = None
    trouble: Trouble | None = None

    @property
    def is_good(self) -> bool:
        """Tell whether the program ended well."""
        return self.status == 0


@dataclass(slots=True)
class Runner:
    """Runs programs; all of them together must end before the deadline."""

    environment: Mapping[str, str]
    seconds: float = SECONDS
    _deadline: float | None = None

    def until_now(self) -> Runner:
        """Return a runner whose time begins now."""
        return Runner(self.environment, self.seconds, monotonic() + self.seconds)

    def run(self, *arguments: str) -> Said:
        """Run a program without a terminal, without input and in the locale C."""
        left = (self._deadline or monotonic() + self.seconds) - monotonic()
        if left <= 0:
            return Said(trouble=Trouble.TIMEOUT)
        # into a file: a grandchild that keeps a pipe open could hold us for ever
        with TemporaryFile() as output:
            try:
                process = subprocess.Popen(
                    arguments,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    env=self._settings(),
                    start_new_session=True,  # no terminal to ask a PIN on
                )
            except PermissionError:
                return Said(trouble=Trouble.DENIED)
            except (OSError, ValueError):
                return Said(trouble=Trouble.ABSENT)
            try:
                status = process.wait(left)
            except subprocess.TimeoutExpired:
                _end(process)
                return Said(trouble=Trouble.TIMEOUT)
            output.seek(0)
            return Said(readable(output.read(_MOST)), status)

    def _settings(self) -> dict[str, str]:
        kept = {k: v for k, v in self.environment.items() if not k.startswith(("LC_", "LANGUAGE"))}
        return {**kept, "LC_ALL": "C", "LANG": "C"}


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


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program that did not answer, with whatever it has started."""
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(1)
