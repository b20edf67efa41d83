"""Signatures of a package verified as it comes in: those of its files, and of its container.

A signature that is proven bad keeps the letter out until a clerk decides; one that cannot be
proven either way is told and keeps nothing out, as with any other letter.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sed_tui.domain.exchange_flow import QuarantineReason
from sed_tui.domain.mail import header_text
from sed_tui.domain.signature_files import likely_content
from sed_tui.errors.signatures import NotASignature, ProviderUnavailable
from sed_tui.exchange.archive import Scratch
from sed_tui.exchange.attachments import folded
from sed_tui.exchange.reason_codes import signature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from sed_tui.exchange.archive import Member
    from sed_tui.exchange.doubts import Doubt
    from sed_tui.exchange.package import Package, SignedContainer
    from sed_tui.gost.hashing import Content
    from sed_tui.gost.trust import Trust
    from sed_tui.gost.verdicts import SignatureReport

SIGNATURES = (".p7s", ".sig", ".sgn")
_LARGEST, _MOST = 16 << 20, 50
_INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on the signatures of one file, and the codes of why."""

    member: Member
    verdict: str
    reasons: str = ""


def is_signature(name: str) -> bool:
    """Tell whether a file holds signatures, by its name."""
    return name.casefold().endswith(SIGNATURES)


def judge_package(package: Package, trusted: Callable[[], Trust], now: datetime) -> list[Judged]:
    """Verify every signature that came; `package` is open. Nothing is written.

    `trusted` is asked for what verification goes by where there is a signature at all.
    """
    container = package.container
    inside = [member for _told, member in package.files if member] + list(package.others)
    found = [one for one in inside if is_signature(one.name)][:_MOST]
    if not found:
        return []
    # for packages with signatures alone
    from sed_tui.gost.verdicts import Reason, Verdict

    try:
        trust = trusted()
    except ProviderUnavailable:
        unknown = (Verdict.UNKNOWN.value, Reason.ALGORITHM_NOT_SUPPORTED.value)
        return [Judged(one, *unknown) for one in found]
    judged = []
    for one in found:
        if container is not None and one is container.signature:
            with Scratch() as scratch:
                contents = list(_of_container(container, scratch))
                judged.append(_judged(trust, now, one, contents))
        else:
            judged.append(_judged(trust, now, one, _contents(package, one)))
    return judged


def bad_signature(judged: Sequence[Judged]) -> Doubt | None:
    """Return the first signature that is proven bad; what is not proven keeps nothing out."""
    for one in judged:
        if one.verdict == _INVALID:
            told = signature(header_text(one.member.name), one.verdict, one.reasons)
            return QuarantineReason.BAD_SIGNATURE, told
    return None


def _judged(trust: Trust, now: datetime, member: Member, contents: Sequence[Content]) -> Judged:
    """Verify over the first content that fits; where none does, over the likeliest."""
    from sed_tui.gost.verdicts import Reason, Verdict, worst
    from sed_tui.gost.verification import Times, verify

    if member.size > _LARGEST:
        return Judged(member, Verdict.UNKNOWN.value, Reason.UNREADABLE.value)
    with member.open() as source:
        signed, times = source.read(), Times(now)
    reports: tuple[SignatureReport, ...] = ()
    try:
        for content in (None, *contents):
            tried = verify(signed, content, trust, times)
            reasons = {reason for report in tried for reason in report.reasons}
            if content is None and Reason.CONTENT_ABSENT in reasons:
                reports = tried if not contents else reports
                continue
            reports = reports or tried
            if Reason.CONTENT_CHANGED not in reasons:
                reports = tried
                break
    except NotASignature:
        return Judged(member, Verdict.UNKNOWN.value, Reason.UNREADABLE.value)
    told = dict.fromkeys(reason.value for report in reports for reason in report.reasons)
    return Judged(member, worst(one.verdict for one in reports).value, " ".join(told))


def _contents(package: Package, signed_by: Member) -> list[Content]:
    """Return the files that a signature may be of, the one it was made for first."""
    files = [
        (told, member)
        for told, member in package.files
        if member is not None and not is_signature(member.name)
    ]
    wanted = folded(signed_by.name)
    bound = [one for told, one in files if wanted in map(folded, told.signatures)]
    likely = likely_content(signed_by.name, [one.name for _told, one in files])
    named = [one for _told, one in files if one.name == likely]
    rest = [one for _told, one in files]
    return [one.content for one in dict.fromkeys((*bound, *named, *rest))]


def _of_container(container: SignedContainer, scratch: Scratch) -> Iterator[Content]:
    """Yield what a container is signed over: its files in their order, or its archive whole.

    The descriptions have the passport first, the others in ordinal order, the signature of
    the container left out; implementations were seen to sign the archive.
    """
    first = sorted(container.inside, key=lambda one: (not one.is_passport, one.member.name))
    joined = scratch.folder() / "joined"
    with joined.open("wb") as target:
        for one in first:
            if one.member is not container.signature:
                with one.member.open() as source:
                    shutil.copyfileobj(source, target)
    yield joined
    yield container.archive.content
