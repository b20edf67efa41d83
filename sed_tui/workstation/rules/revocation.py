"""Lists of revoked certificates: present, by the right authority, in date, and where published."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from sed_tui.domain.workstation import Check, Mending, Status
from sed_tui.errors.signatures import NotARevocationList, RevocationListTooLarge
from sed_tui.gost.asn1 import Malformed
from sed_tui.gost.certificates import Certificate, parse
from sed_tui.gost.revocation import read_revocation_list
from sed_tui.i18n import _
from sed_tui.workstation.publishing import is_published
from sed_tui.workstation.rules.circumstances import silent, skipped, tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.domain.requirements import RevocationRequirement
    from sed_tui.workstation.facts import Fetched, SeenList
    from sed_tui.workstation.rules.circumstances import Circumstances

_SOON = timedelta(days=1)
_HTML = (b"<!doctype", b"<html", b"<head", b"<?xml")


def lists(at: Circumstances) -> Iterator[Check]:
    """Judge every list that the edition names, and those whose files were offered."""
    for wanted in at.requirements.revocation:
        yield _wanted(at, wanted)
    for place, offered in enumerate(at.facts.offered_lists, start=1):
        check = judged(at, offered, f"revocation.file_{place}", "")
        yield replace(check, subject=offered.place)


def points(at: Circumstances) -> Iterator[Check]:
    """Judge what lies at the published address of every list."""
    fetched = {one.id: one for one in at.facts.network.points} if at.facts.network else {}
    for wanted in at.requirements.revocation:
        if not wanted.url:
            continue
        check_id = f"revocation_point.{wanted.id}"
        required = _("a list in date")
        if wanted.id in fetched:
            yield _point(at, wanted, fetched[wanted.id], required)
        elif at.facts.network is not None and not at.facts.network.is_asked:
            reason = _("The network was left alone, as asked.")
            yield skipped(check_id, reason, required=required, subject=wanted.url)
        else:
            yield replace(silent(check_id, required=required), subject=wanted.url)


def judged(at: Circumstances, seen: SeenList, check_id: str, issuer: str) -> Check:
    """Judge one list: readable, of the right authority, signed by it, in date."""
    required = _("signed by {issuer}, in date").format(issuer=issuer or _("its authority"))
    base = Check(check_id, Status.OK, required=required, evidence=seen.place)
    if seen.data is not None:
        problem = _unreadable(seen.data)
        if problem:
            fix = _("Download the list again, as a file of the authority; nothing else opens it.")
            return replace(base, status=Status.FAIL, found=problem, fix=fix)
    if issuer and not names(seen.issuer, issuer):
        fix = _("Take the list of {issuer}.").format(issuer=issuer)
        found = _("a list of {issuer}").format(issuer=seen.issuer or "?")
        return replace(base, status=Status.FAIL, found=found, fix=fix)
    genuine = _is_genuine(at, seen)
    if genuine is False:
        fix = _("The list was not signed by this authority. Take it from the authority itself.")
        return replace(base, status=Status.FAIL, found=_("a foreign signature"), fix=fix)
    note = "" if genuine else _("Its signature could not be verified: its authority is not known.")
    return _in_date(at, seen, replace(base, evidence=f"{seen.place}. {note}".strip()))


def names(found: str, wanted: str) -> bool:
    """Tell whether a name as a tool prints it is the one that is wanted."""
    return wanted.casefold() in found.casefold()


def _wanted(at: Circumstances, wanted: RevocationRequirement) -> Check:
    check_id = f"revocation.{wanted.id}"
    required = _("signed by {issuer}, in date").format(issuer=wanted.issuer)
    stores = at.facts.stores
    known = [one for one in stores.lists if _concerns(one, wanted)] if stores else []
    if known:
        every = [judged(at, one, check_id, wanted.issuer) for one in known]
        order = (Status.OK, Status.WARN, Status.UNKNOWN, Status.FAIL)
        best = min(every, key=lambda check: order.index(check.status))
        return _mendable(at, wanted, best)
    if not at.facts.csp:
        reason = _("CryptoPro CSP was not found, and its stores with it.")
        return skipped(check_id, reason, required=required, subject=wanted.issuer)
    if stores is None or stores.trouble is not None:
        found = silent(check_id, stores.trouble if stores else None, required=required)
        return replace(found, subject=wanted.issuer)
    status = Status.FAIL if wanted.required else Status.WARN
    fix = _(
        "Needed when the browser says “the connection is not protected”: download the list, "
        "install it, restart the browser."
    )
    check = Check(check_id, status, _("not installed"), required, fix)
    return _mendable(at, wanted, check)


def _mendable(at: Circumstances, wanted: RevocationRequirement, check: Check) -> Check:
    check = replace(check, subject=wanted.issuer, doc_link=wanted.url)
    if check.status is Status.OK or check.status is Status.UNKNOWN:
        return check
    command = f"{tool(at, 'certmgr')} -inst -crl -store uCA -file {wanted.id}.crl"
    if at.facts.surroundings.system == "windows":
        command = f"certutil -user -addstore CA {wanted.id}.crl"
    mending = Mending.REVOCATION_LIST if wanted.url else None
    return replace(check, command=command, mending=mending, target=wanted.id)


def _concerns(one: SeenList, wanted: RevocationRequirement) -> bool:
    # what cannot be read names nobody: it stands where the list should be
    return names(one.issuer, wanted.issuer) or (one.data is not None and not one.issuer)


def _point(
    at: Circumstances, wanted: RevocationRequirement, fetched: Fetched, required: str
) -> Check:
    from sed_tui.workstation.cryptopro import seen_list

    check_id = f"revocation_point.{wanted.id}"
    if fetched.data is None:
        fix = _("The browser cannot fetch the list either: install it by hand, see the firewall.")
        status = Status.SKIP if at.is_container else Status.WARN
        evidence = fetched.problem
        if at.is_container:
            note = _("A container's network is not that of a workplace.")
            evidence, fix = f"{fetched.problem}. {note}", ""
        return Check(
            check_id, status, _("not reached"), required, fix, evidence, subject=wanted.url
        )
    check = judged(at, seen_list(fetched.data, wanted.url), check_id, wanted.issuer)
    return replace(check, subject=wanted.url)


def _unreadable(data: bytes) -> str:
    if not data.strip():
        return _("an empty file")
    if data.lstrip()[:200].lower().startswith(_HTML):
        return _("a page of a login portal or a proxy instead of the list")
    try:
        read_revocation_list(data)
    except NotARevocationList as error:
        return _("not a complete list: {reason}").format(reason=error.details["reason"])
    except RevocationListTooLarge as error:
        return str(error)
    return ""


def _is_genuine(at: Circumstances, seen: SeenList) -> bool | None:
    if seen.data is None or at.facts.stores is None:
        return None
    return is_published(seen.data, read_revocation_list(seen.data), _authorities(at))


def _authorities(at: Circumstances) -> Iterator[Certificate]:
    for one in at.facts.stores.certificates if at.facts.stores else ():
        if one.der:
            try:
                yield parse(one.der)
            except Malformed:
                continue


def _in_date(at: Circumstances, seen: SeenList, base: Check) -> Check:
    begins, ends = seen.this_update, seen.next_update
    again = _("Download the new list, install it, restart the browser.")
    if begins is None:
        return replace(base, status=Status.UNKNOWN, found=_("without dates"))
    if begins > at.now:
        fix = _("The list is of the future: see that the clock of this machine is right.")
        found = _("of {day:%d.%m.%Y}").format(day=begins)
        return replace(base, status=Status.FAIL, found=found, fix=fix)
    if ends is None:
        return replace(base, found=_("of {day:%d.%m.%Y}, without an end").format(day=begins))
    found = _("till {day:%d.%m.%Y %H:%M} UTC").format(day=ends)
    if ends <= at.now:
        return replace(base, status=Status.FAIL, found=found, fix=again)
    if ends - at.now <= _SOON:
        return replace(base, status=Status.WARN, found=found, fix=again)
    return replace(base, found=found)
