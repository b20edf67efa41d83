"""What a partner's packages look like to this system, one verdict for each.

They are read and judged by what the intake reads and judges by.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sed_tui.errors import SedError
from sed_tui.errors.causes import system_cause
from sed_tui.errors.exchange import BadMessage, NothingToCheck
from sed_tui.errors.verdicts import tell
from sed_tui.exchange.dates_ahead import dates_ahead
from sed_tui.exchange.doubts import doubt_of
from sed_tui.exchange.iedms_writing import message_type
from sed_tui.exchange.reason_codes import in_codes, worded
from sed_tui.exchange.remarks import Oddity, Remark
from sed_tui.gateway.package_search import packages_at
from sed_tui.handlers.exchange_signatures import bad_signature, judge_package

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sed_tui.exchange.message import Message
    from sed_tui.exchange.profile import Profile
    from sed_tui.gateway.package_search import Found
    from sed_tui.gost.trust import Trust
    from sed_tui.handlers.exchange_signatures import Judged

_UNPROVEN = "unknown"


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
    """Read one package, or every package of a folder, and judge it as one that comes in.

    Raises `NothingToCheck` where there is none.
    """
    is_there = False
    for found in packages_at(place):
        is_there = True
        yield _check(found, profile)
    if not is_there:
        raise NothingToCheck(field="place", place=str(place))


def _check(found: Found, profile: Profile) -> Conformance:
    """Judge a package; what is known of its sender alone is not asked for."""
    name, now = found.name, datetime.now(UTC)
    if found.failure is not None:
        return Conformance(name, Verdict.REFUSED, failure=found.failure)
    try:
        with found.form.parse(found.place, profile) as package:
            judged = judge_package(package, _nothing_trusted, now)
            ahead = dates_ahead(package.message, now, profile.tz)
            remarks = (*package.remarks, *ahead, *_unproven(judged))
            doubt = None if found.is_alone else doubt_of(package)
            doubt = doubt or bad_signature(judged)
    except SedError as error:
        return Conformance(name, Verdict.REFUSED, failure=error)
    except OSError as error:
        unread = BadMessage(file=name, reason=system_cause(error))
        return Conformance(name, Verdict.REFUSED, failure=unread)
    if doubt is not None:
        failure = BadMessage(file=name, reason=worded(in_codes(*doubt)))
        return Conformance(name, Verdict.REFUSED, package.message, remarks, failure)
    verdict = Verdict.REMARKS if remarks else Verdict.ACCEPTED
    return Conformance(name, verdict, package.message, remarks)


def _nothing_trusted() -> Trust:
    """Return the trust of nobody: whom the receiver trusts is not known here."""
    from sed_tui.gost.providers.choice import provider_named
    from sed_tui.gost.trust import Trust

    return Trust((), provider_named())


def _unproven(judged: Sequence[Judged]) -> Iterator[Remark]:
    for one in judged:
        if one.verdict == _UNPROVEN:
            why = "; ".join(tell(reason) for reason in one.reasons.split())
            yield Remark(Oddity.SIGNATURE_UNPROVEN, f"{one.member.name}: {why}")
