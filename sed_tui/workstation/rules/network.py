"""The clock, and whether services answer with a certificate of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from sed_tui.domain.workstation import Check, Status
from sed_tui.i18n import _
from sed_tui.workstation.facts import Clock
from sed_tui.workstation.rules.circumstances import silent, skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.domain.requirements import ServiceRequirement
    from sed_tui.workstation.facts import Answer, Facts
    from sed_tui.workstation.rules.circumstances import Circumstances

_WORST_SKEW = timedelta(minutes=5)
# programs that look into protected connections, by what their certificates say
_INTERCEPTORS = {
    "kaspersky": "Kaspersky",
    "dr.web": "Dr.Web",
    "drweb": "Dr.Web",
    "eset": "ESET",
    "avast": "Avast",
    "avg ": "AVG",
    "bitdefender": "Bitdefender",
    "adguard": "AdGuard",
    "fortinet": "Fortinet",
    "fortigate": "Fortinet",
    "squid": "Squid",
    "usergate": "UserGate",
    "mitmproxy": "mitmproxy",
}


def compared_clock(facts: Facts) -> Clock:
    """Return how far this clock is off by the services that told their time."""
    answers = [one for one in facts.network.services if one.skew] if facts.network else []
    if not answers:
        return Clock(is_synchronized=facts.synchronized)
    # the middle of them: one server with a wrong clock does not decide
    middle = median(one.skew.total_seconds() for one in answers if one.skew)
    names = ", ".join(one.url for one in answers)
    return Clock(timedelta(seconds=middle), names, facts.synchronized)


def clock(at: Circumstances) -> Check:
    """Judge the clock: five minutes off, and signatures and sites fail."""
    required = _("no more than 5 minutes off")
    fix = _("Set the clock, and let the system keep it by a time server.")
    command = "sudo timedatectl set-ntp true"
    if at.facts.surroundings.system == "windows":
        command = "w32tm /resync"
    if at.clock.skew is not None:
        ahead = at.clock.skew
        off = abs(ahead)
        evidence = _("compared with {source}").format(source=at.clock.source)
        if off > _WORST_SKEW:
            found = _off_by(ahead)
            return Check("clock", Status.FAIL, found, required, fix, evidence, command)
        found = _("{count:.0f} s off").format(count=off.total_seconds())
        return Check("clock", Status.OK, found, required, evidence=evidence)
    if at.clock.is_synchronized:
        evidence = _("the system keeps it by a time server")
        return Check("clock", Status.OK, _("synchronized"), required, evidence=evidence)
    if at.clock.is_synchronized is False:
        found = _("not synchronized")
        evidence = _("No service answered, hence it could not be compared.")
        return Check("clock", Status.WARN, found, required, fix, evidence, command)
    reason = _("No service answered, and the system does not say how it keeps the time.")
    return Check("clock", Status.UNKNOWN, required=required, evidence=reason)


def services(at: Circumstances) -> Iterator[Check]:
    """Judge every service of the set: reached, and by its own certificate."""
    network = at.facts.network
    answers = {one.id: one for one in network.services} if network else {}
    for wanted in at.requirements.services:
        check_id = f"service.{wanted.id}"
        required = _("answers with its own certificate")
        if network is not None and not network.is_asked:
            reason = _("The network was left alone, as asked.")
            yield skipped(check_id, reason, required=required, subject=wanted.url)
        elif wanted.id not in answers:
            yield replace(silent(check_id, required=required), subject=wanted.url)
        else:
            check = _service(at, wanted, answers[wanted.id])
            yield replace(check, subject=wanted.url, required=check.required or required)


def _service(at: Circumstances, wanted: ServiceRequirement, answer: Answer) -> Check:
    base = Check(f"service.{wanted.id}", Status.OK, evidence=_evidence(answer))
    if not answer.reached:
        return _not_reached(at, wanted, answer, base)
    if answer.needs_gost and not answer.issuer:
        found = _("answers by GOST TLS alone")
        reason = _("Only CryptoPro CSP can look at its certificate.")
        return replace(base, status=Status.UNKNOWN, found=found, evidence=reason)
    if expected := _expected(wanted):
        if _is_expected(wanted, answer):
            return replace(base, found=answer.issuer, required=expected)
        return _intercepted(answer, replace(base, required=expected))
    if any(word in answer.issuer.casefold() for word in _INTERCEPTORS):
        return _intercepted(answer, base)
    if answer.is_trusted is False:
        fix = _(
            "Install the root certificates of the requirements; if they are there, an antivirus "
            "or a proxy may stand in between."
        )
        found = answer.issuer or _("an unknown certificate")
        return replace(base, status=Status.WARN, found=found, fix=fix)
    return replace(base, found=answer.issuer or _("answers"))


def _not_reached(
    at: Circumstances, wanted: ServiceRequirement, answer: Answer, base: Check
) -> Check:
    found = _("not reached")
    if at.is_container:
        note = _("A container's network is not that of a workplace.")
        evidence = f"{answer.problem}. {note}"
        return replace(base, status=Status.SKIP, found=found, evidence=evidence)
    status = Status.FAIL if wanted.required else Status.WARN
    network = at.facts.network
    if network is not None and not network.has_route:
        fix = _("This machine has no network: plug in the cable or join the office's network.")
        return replace(base, status=status, found=found, fix=fix)
    fix = _(
        "See the firewall and the antivirus's check of protected connections: the address may "
        "have to be excepted."
    )
    return replace(base, status=status, found=found, fix=fix)


def _intercepted(answer: Answer, base: Check) -> Check:
    issuer = answer.issuer.casefold()
    by = next((name for word, name in _INTERCEPTORS.items() if word in issuer), "")
    found = _("signed again by {issuer}").format(issuer=answer.issuer or answer.subject)
    who = by or _("an antivirus or a proxy")
    fix = _(
        "{who} opens the protected connection and signs it anew. Add {url} to the exceptions of "
        "its check of protected connections, and allow it in the firewall."
    ).format(who=who, url=answer.url)
    return replace(base, status=Status.FAIL, found=found, fix=fix)


def _expected(wanted: ServiceRequirement) -> str:
    if wanted.issuers:
        return _("a certificate by {issuers}").format(issuers=", ".join(wanted.issuers))
    return _("the certificate of the edition") if wanted.sha256 else ""


def _is_expected(wanted: ServiceRequirement, answer: Answer) -> bool:
    issuer = answer.issuer.casefold()
    named = any(one.casefold() in issuer for one in wanted.issuers)
    return named or answer.sha256 in wanted.sha256


def _evidence(answer: Answer) -> str:
    parts = [answer.problem, answer.subject]
    if answer.proxy:
        parts.append(_("through the proxy {proxy}").format(proxy=_hidden(answer.proxy)))
    return "; ".join(part for part in parts if part)


def _hidden(proxy: str) -> str:
    """Return the address of a proxy without the password that may stand in it."""
    return proxy.rpartition("@")[2]


def _off_by(ahead: timedelta) -> str:
    seconds = abs(ahead.total_seconds())
    amount = f"{seconds / 86400:.0f} × 24 h" if seconds >= 2 * 86400 else f"{seconds / 60:.0f} min"
    if ahead > timedelta(0):
        return _("{amount} fast").format(amount=amount)
    return _("{amount} slow").format(amount=amount)
