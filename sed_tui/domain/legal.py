"""The legal reference: acts, how far they are checked, and what of them needs attention.

Facts stand here as far as somebody compared them with the text of an act; whatever nobody
compared is not checked, whatever its status says (rules §1.2).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sed_tui.domain.terms import TermProfile

STALE_DAYS = 180
"""After so many days a check is no check any more."""


class ActStatus(StrEnum):
    """Whether an act is in force, as far as somebody found out."""

    IN_FORCE = "in_force"
    CHANGED = "changed"
    REPEALED = "repealed"
    NOT_CHECKED = "not_checked"


class ActLevel(StrEnum):
    """Whose act it is."""

    FEDERAL = "federal"
    REGIONAL = "regional"
    OPERATOR = "operator"
    OWN = "own"


class ActArea(StrEnum):
    """What an act is about."""

    SYSTEM = "system"
    RECORDS = "records"
    APPEALS = "appeals"
    REQUESTS = "requests"
    SIGNATURE = "signature"
    PERSONAL_DATA = "personal_data"
    INFORMATION = "information"
    ARCHIVE = "archive"
    INTERCHANGE = "interchange"
    RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True)
class Act:
    """An act of the reference; what is not known is None, and never guessed.

    `guides` are the topics that tell where the program applies it. `owner` is the code of
    the organization whose words these are, None for the words of the program. `version`
    grows with every change, in whosever words.
    """

    code: str
    kind: str
    level: ActLevel
    area: ActArea
    issuer: str | None = None
    number: str | None = None
    dated: date | None = None
    title: str | None = None
    subject: str | None = None
    status: ActStatus = ActStatus.NOT_CHECKED
    edition: str | None = None
    checked_on: date | None = None
    url: str | None = None
    note: str | None = None
    guides: tuple[str, ...] = ()
    owner: str | None = None
    version: int = 0

    @property
    def called(self) -> str:
        """Return what the act is called in a line: kind, date, number, or its title."""
        parts = [self.kind, self.issuer or ""]
        parts += [f"от {self.dated:%d.%m.%Y}"] if self.dated else []
        parts += [f"№ {self.number}"] if self.number else []
        name = " ".join(part for part in parts if part)
        return name if self.number else f"{name} «{self.title or self.code}»"


class ActProblem(StrEnum):
    """What is wrong with an entry, the worst first."""

    REPEALED_IN_USE = "repealed_in_use"
    NOT_LISTED = "not_listed"
    SAME_NUMBER = "same_number"
    BAD_ADDRESS = "bad_address"
    STALE = "stale"
    NEVER_CHECKED = "never_checked"
    NO_ADDRESS = "no_address"


@dataclass(frozen=True, slots=True)
class ActFinding:
    """A problem of an act, or of a term profile that names one."""

    problem: ActProblem
    code: str
    act: str
    detail: str = ""


def shown_status(act: Act, today: date, older_than: int = STALE_DAYS) -> ActStatus:
    """Return the status that may be shown: of an old check nothing is left."""
    if act.checked_on is None or is_stale(act, today, older_than):
        return ActStatus.NOT_CHECKED
    return act.status


def is_stale(act: Act, today: date, older_than: int) -> bool:
    """Tell whether an act was checked, but too long ago."""
    return act.checked_on is not None and today - act.checked_on > timedelta(days=older_than)


_CITATION = re.compile(r"от (\d{2})\.(\d{2})\.(\d{4})\s*№\s*([^\s,;]+)")


def cited(text: str) -> tuple[date, str] | None:
    """Return the date and the number of the act that a text names: «от 22.05.2019 № 71»."""
    found = _CITATION.search(text)
    if found is None:
        return None
    day, month, year, number = found.groups()
    try:
        return date(int(year), int(month), int(day)), plain_number(number)
    except ValueError:
        return None


def number_in(text: str) -> str:
    """Return the number of the act that a text names, as it is written there."""
    found = re.search(r"№\s*([^\s,;]+)", text)
    return found[1] if found else ""


def plain_number(number: str) -> str:
    """Return a number for comparison: «№ 636-РП» is 636-рп."""
    return number.replace("№", "").replace("\N{NON-BREAKING HYPHEN}", "-").strip().casefold()


def act_of_profile(profile: TermProfile, acts: Iterable[Act]) -> Act | None:
    """Return the act that a term profile follows, None where the reference holds none."""
    named = cited(profile.act)
    if named is None:
        return None
    return next((act for act in acts if _identity(act) == named), None)


def profiles_by_act(
    profiles: Iterable[TermProfile], acts: Iterable[Act]
) -> dict[str, list[TermProfile]]:
    """Return the term profiles by the code of the act that they follow."""
    found: dict[str, list[TermProfile]] = defaultdict(list)
    listed = list(acts)
    for profile in profiles:
        act = act_of_profile(profile, listed)
        if act is not None:
            found[act.code].append(profile)
    return found


def same_number(act: Act, acts: Iterable[Act]) -> list[Act]:
    """Return other acts of the same kind and issuer with this number and another date."""
    if act.number is None:
        return []
    return [
        other
        for other in acts
        if other.code != act.code
        and other.number is not None
        and plain_number(other.number) == plain_number(act.number)
        and (other.kind, other.issuer) == (act.kind, act.issuer)
        and other.dated != act.dated
    ]


def findings(
    acts: Iterable[Act], profiles: Iterable[TermProfile], today: date, older_than: int = STALE_DAYS
) -> list[ActFinding]:
    """Return what needs attention, the worst first."""
    listed, terms = list(acts), list(profiles)
    used = profiles_by_act(terms, listed)
    found = [one for act in listed for one in _of_act(act, listed, used, today, older_than)]
    found += [
        ActFinding(ActProblem.NOT_LISTED, profile.code, profile.act, profile.title)
        for profile in terms
        if cited(profile.act) is not None and act_of_profile(profile, listed) is None
    ]
    order = list(ActProblem)
    return sorted(found, key=lambda one: (order.index(one.problem), one.code))


def _of_act(
    act: Act,
    listed: list[Act],
    used: Mapping[str, list[TermProfile]],
    today: date,
    older_than: int,
) -> Iterator[ActFinding]:
    def finding(problem: ActProblem, detail: str = "") -> ActFinding:
        return ActFinding(problem, act.code, act.called, detail)

    users = [profile.title for profile in used.get(act.code, [])] + list(act.guides)
    if act.status is ActStatus.REPEALED and users:
        yield finding(ActProblem.REPEALED_IN_USE, ", ".join(users))
    if others := same_number(act, listed):
        yield finding(ActProblem.SAME_NUMBER, ", ".join(other.called for other in others))
    if act.url is not None and not is_address(act.url):
        yield finding(ActProblem.BAD_ADDRESS, act.url)
    if act.url is None:
        yield finding(ActProblem.NO_ADDRESS)
    if act.checked_on is None:
        yield finding(ActProblem.NEVER_CHECKED)
    elif is_stale(act, today, older_than):
        yield finding(ActProblem.STALE, f"{act.checked_on:%d.%m.%Y}")


_ADDRESS = re.compile(r"https?://[^\s/?#@]+\.[^\s/?#@]{2,}(:\d+)?([/?#]\S*)?")


def is_address(url: str) -> bool:
    """Tell whether a text has the form of a web address; nothing is asked of the network."""
    return _ADDRESS.fullmatch(url) is not None


def _identity(act: Act) -> tuple[date | None, str] | None:
    return (act.dated, plain_number(act.number)) if act.number else None
