"""Running a program of the machine: never longer than its time, never with a question to answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING

from sed_tui.program import readable, run

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 5.0


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
        try:
            ended = run(arguments, left, environment=self._settings())
        except TimeoutError:
            return Said(trouble=Trouble.TIMEOUT)
        except PermissionError:
            return Said(trouble=Trouble.DENIED)
        except (OSError, ValueError):
            return Said(trouble=Trouble.ABSENT)
        return Said(readable(ended.output), ended.status)

    def _settings(self) -> dict[str, str]:
        kept = {k: v for k, v in self.environment.items() if not k.startswith(("LC_", "LANGUAGE"))}
        return {**kept, "LC_ALL": "C", "LANG": "C"}
