"""What a client asked and what it was told, in a file that outlives it.

A line before every write with the key it is asked under, a line after the answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Ledger:
    """What one client knows."""

    path: Path
    asked: dict[str, dict[str, Any]] = field(default_factory=dict)
    answered: dict[str, dict[str, Any]] = field(default_factory=dict)
    refused: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read what an earlier life wrote; a kill may have cut the last line short."""
        if not self.path.exists():
            return
        content = self.path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if whole != content:
            self.path.write_bytes(whole)
        for line in whole.splitlines():
            self._take(json.loads(line))

    def write(self, **line: Any) -> None:
        """Add a line; the system keeps it when this process is killed."""
        with self.path.open("ab", buffering=0) as file:
            file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        self._take(line)

    def _take(self, line: dict[str, Any]) -> None:
        match line["is"]:
            case "asked":
                self.asked[line["key"]] = line
            case "answered":
                self.answered[line["key"]] = line
            case "refused":
                self.refused[line["key"]] = line

    @property
    def open(self) -> list[dict[str, Any]]:
        """Return what was asked and never answered."""
        settled = self.answered.keys() | self.refused.keys()
        return [line for key, line in self.asked.items() if key not in settled]

    def known(self, act: str) -> list[dict[str, Any]]:
        """Return the answers of a sort."""
        return [line for line in self.answered.values() if line["act"] == act]
