"""Certificates: of authorities by fingerprint, one's own, and expired ones that hang about."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from sed_tui.domain.workstation import Check, Status
from sed_tui.i18n import _, ngettext
from sed_tui.workstation.rules.circumstances import silent, skipped, tool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.domain.requirements import CertificateRequirement
    from sed_tui.workstation.facts import SeenCertificate
    from sed_tui.workstation.rules.circumstances import Circumstances

_SOON = (3, 14, 30)
# what a store is called by the tool -> what it is for
_KINDS = {"uRoot": "root", "mRoot": "root", "uCA": "ca", "mCA": "ca", "uMy": "my", "mMy": "my"}
_STORE_NAMES = {"root": "uRoot", "ca": "uCA"}


def authorities(at: Circumstances) -> Iterator[Check]:
    """Judge every certificate of an authority that the edition names."""
    for wanted in at.requirements.certificates:
        yield _authority(at, wanted)


def personal(at: Circumstances) -> Check:
    """Judge the user's own certificate: with its key, in force, for signing, of the user."""
    required = _("one with its private key, in force")
    stores = at.facts.stores
    if stores is None:
        return silent("personal", required=required)
    own = [one for one in stores.certificates if _KINDS.get(one.store) == "my"]
    if not own and (not at.facts.csp or stores.trouble is not None):
        return _nothing_read(at, "personal", required)
    usable = [
        one for one in own if one.has_key and not _is_over(at, one) and not _is_early(at, one)
    ]
    if not usable:
        return _no_personal(at, own, required)
    best = max(usable, key=lambda one: (one.not_after is not None, one.not_after or at.now))
    return _of_user(at, best, required)


def expired(at: Circumstances) -> Check:
    """Count certificates that are over: they make the choice of a certificate hang."""
    required = _("none in the store")
    stores = at.facts.stores
    if stores is None or (not stores.certificates and not at.facts.csp):
        return _nothing_read(at, "expired", required)
    over = [one for one in stores.certificates if one.store == "uMy" and _is_over(at, one)]
    if not over:
        return Check("expired", Status.OK, _("none"), required)
    names = ", ".join(_told(one) for one in over[:5])
    fix = _("Remove them from the store, if you need not decrypt old mail with them.")
    command = f"{tool(at, 'certmgr')} -delete -store uMy -thumbprint {over[0].sha1}"
    evidence = f"{names}. {_by_which_clock(at)}".strip()
    return Check("expired", Status.WARN, str(len(over)), required, fix, evidence, command)


def _authority(at: Circumstances, wanted: CertificateRequirement) -> Check:
    check_id = f"certificate.{wanted.id}"
    required = _("in the store {store}").format(store=_STORE_NAMES.get(wanted.store, wanted.store))
    if not (wanted.sha1 or wanted.sha256):
        reason = _("This edition of the requirements states no fingerprint: ask the operator.")
        return Check(
            check_id, Status.UNKNOWN, required=required, evidence=reason, subject=wanted.name
        )
    stores = at.facts.stores
    if stores is None or (not stores.certificates and (not at.facts.csp or stores.trouble)):
        return _nothing_read(at, check_id, required, wanted.name)
    same = [one for one in stores.certificates if _is(one, wanted)]
    if not same:
        return _missing(at, wanted, required)
    right = [one for one in same if _KINDS.get(one.store) == wanted.store]
    places = ", ".join(sorted({one.store for one in same}))
    if not right:
        fix = _("It lies in {places}, where it is not trusted. Install it into {store}.")
        store = _STORE_NAMES.get(wanted.store, wanted.store)
        fix = fix.format(places=places, store=store)
        return _check(check_id, Status.FAIL, places, required, fix, wanted, _install(at, wanted))
    if _is_over(at, right[0]):
        fix = _("Install the new one: {url}").format(url=wanted.url)
        found = _("over since {day:%d.%m.%Y}").format(day=right[0].not_after)
        check = _check(check_id, Status.FAIL, found, required, fix, wanted, _install(at, wanted))
        return check if not (note := _by_which_clock(at)) else _noted(check, note)
    return Check(check_id, Status.OK, places, required, evidence=right[0].sha1, subject=wanted.name)


def _missing(at: Circumstances, wanted: CertificateRequirement, required: str) -> Check:
    check_id = f"certificate.{wanted.id}"
    stores = at.facts.stores
    namesakes = [
        one
        for one in (stores.certificates if stores else ())
        if one.subject and wanted.name.split(" (")[0].casefold() == _common(one.subject).casefold()
    ]
    status = Status.FAIL if wanted.required else Status.WARN
    if namesakes:
        fix = _(
            "A certificate of the same name has another key. Compare the fingerprint with that of "
            "the operator and install the right one: {url}"
        ).format(url=wanted.url)
        found = _("another one of the same name")
        check = _check(check_id, status, found, required, fix, wanted, _install(at, wanted))
        return _noted(check, ", ".join(one.sha1 for one in namesakes))
    fix = _("Download it from {url}, compare the fingerprint, install it.").format(url=wanted.url)
    return _check(check_id, status, _("not installed"), required, fix, wanted, _install(at, wanted))


def _check(
    check_id: str,
    status: Status,
    found: str,
    required: str,
    fix: str,
    wanted: CertificateRequirement,
    command: str,
) -> Check:
    fingerprint = _("The fingerprint looked for: {sha1}").format(sha1=wanted.sha1 or wanted.sha256)
    return Check(
        check_id,
        status,
        found,
        required,
        fix,
        fingerprint,
        command,
        wanted.name,
        doc_link=wanted.url,
    )


def _noted(check: Check, note: str) -> Check:
    from sed_tui.domain.workstation import with_note

    return with_note(check, note)


def _install(at: Circumstances, wanted: CertificateRequirement) -> str:
    store = _STORE_NAMES.get(wanted.store, wanted.store)
    if at.facts.surroundings.system == "windows":
        return f"certutil -user -addstore {store.removeprefix('u')} {wanted.id}.cer"
    return f"{tool(at, 'certmgr')} -inst -store {store} -file {wanted.id}.cer"


def _nothing_read(at: Circumstances, check_id: str, required: str, subject: str = "") -> Check:
    if not at.facts.csp:
        reason = _("CryptoPro CSP was not found, and its stores with it.")
        return skipped(check_id, reason, required=required, subject=subject)
    trouble = at.facts.stores.trouble if at.facts.stores else None
    found = silent(check_id, trouble, required=required)
    return Check(
        check_id, found.status, required=required, evidence=found.evidence, subject=subject
    )


def _no_personal(at: Circumstances, own: list[SeenCertificate], required: str) -> Check:
    status = Status.FAIL if at.chosen.personal_certificate and own else Status.WARN
    fix = _("Insert the token, or ask your administrator for a certificate, if you sign.")
    if any(_is_over(at, one) for one in own):
        evidence = _by_which_clock(at)
        return Check("personal", status, _("over"), required, fix, evidence)
    if own:
        fix = _("Bind the certificate to its key: certmgr -inst -cont CONTAINER.")
        return Check("personal", status, _("without its key"), required, fix)
    return Check("personal", status, _("none"), required, fix)


def _of_user(at: Circumstances, best: SeenCertificate, required: str) -> Check:
    evidence = _told(best)
    if best.may_sign is False:
        fix = _("Its key may not sign documents: ask for a certificate that may.")
        return Check("personal", Status.WARN, evidence, required, fix)
    name = at.facts.surroundings.full_name.split()
    if name and not name[0].isascii() and name[0].casefold() not in best.subject.casefold():
        fix = _("It names somebody else than the user {name}. Sign with your own only.")
        shown = at.facts.surroundings.full_name
        return Check("personal", Status.WARN, evidence, required, fix.format(name=shown))
    if best.not_after is None:
        return Check("personal", Status.UNKNOWN, evidence, required)
    days = (best.not_after - at.now) // timedelta(days=1)
    left = ngettext("{count} day left", "{count} days left", days).format(count=days)
    stage = next((one for one in _SOON if days <= one), None)
    if stage is not None:
        fix = _("Ask for a new certificate now.")
        return Check("personal", Status.WARN, left, required, fix, evidence)
    return Check("personal", Status.OK, left, required, evidence=evidence)


def _is(one: SeenCertificate, wanted: CertificateRequirement) -> bool:
    if wanted.sha1:
        return one.sha1 == wanted.sha1
    return bool(one.der) and sha256(one.der).hexdigest() == wanted.sha256


def _is_over(at: Circumstances, one: SeenCertificate) -> bool:
    return one.not_after is not None and one.not_after < at.now


def _is_early(at: Circumstances, one: SeenCertificate) -> bool:
    return one.not_before is not None and one.not_before > at.now


def _by_which_clock(at: Circumstances) -> str:
    """Say how sure the day is that something is called expired by."""
    if at.clock.source:
        return ""
    return _("By the clock of this machine, {now:%d.%m.%Y}: see that it is right.").format(
        now=at.now
    )


def _told(one: SeenCertificate) -> str:
    return f"{_common(one.subject)} ({one.sha1[:8]})"


def _common(subject: str) -> str:
    """Return the common name of a name as certmgr prints it, or the whole of a short one."""
    parts = [part.strip() for part in subject.split(", ")]
    return next((part[3:] for part in parts if part.startswith("CN=")), subject)
