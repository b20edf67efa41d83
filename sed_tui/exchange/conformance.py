"""What a partner's packages look like to this system, one verdict for each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.errors import SedError
from sed_tui.exchange.envelope import NAMES
from sed_tui.exchange.iedms_writing import message_type
from sed_tui.exchange.package import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sed_tui.exchange.message import Message
    from sed_tui.exchange.profile import Profile
    from sed_tui.exchange.remarks import Remark


class Verdict(StrEnum):
    """How a package fares: taken in, taken in with remarks, refused."""

    ACCEPTED = "accepted"
    REMARKS = "remarks"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Conformance:
    """The verdict on one package; `failure` says why it is refused."""

    package: str
    verdict: Verdict
    message: Message | None = None
    remarks: tuple[Remark, ...] = ()
    failure: SedError | None = None

    @property
    def kind(self) -> str:
        """Return what the format calls the message, empty where none was understood."""
        return message_type(self.message) if self.message is not None else ""


def check_packages(place: Path, profile: Profile) -> Iterator[Conformance]:
    """Read one package, or every package of a folder, in the order of their names."""
    if place.is_dir() and not _is_package(place):
        for each in sorted(place.iterdir()):
            if each.is_dir() or each.suffix.lower() == ".zip":
                yield from check_packages(each, profile)
    else:
        yield _check(place, profile)


def _is_package(folder: Path) -> bool:
    names = [path.name.lower() for path in folder.iterdir() if path.is_file()]
    return any(name in NAMES or name.endswith(".xml") for name in names)


def _check(place: Path, profile: Profile) -> Conformance:
    name = place.resolve().name  # also of “.”
    try:
        with opened(place, profile) as package:
            verdict = Verdict.REMARKS if package.remarks else Verdict.ACCEPTED
            return Conformance(name, verdict, package.message, package.remarks)
    except SedError as failure:
        return Conformance(name, Verdict.REFUSED, failure=failure)
