"""The machine, its disk, the age of the edition, and the programs set as default."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sed_tui.domain.workstation import Check, Mending, Status
from sed_tui.i18n import _, ngettext
from sed_tui.workstation.rules.circumstances import silent, skipped

if TYPE_CHECKING:
    from sed_tui.workstation.facts import Handler
    from sed_tui.workstation.rules.circumstances import Circumstances

_ENOUGH = 500 << 20
_NEEDED = 50 << 20
_PROCESSORS = {"amd64", "x86_64", "ia32", "x86", "aarch64", "arm64", "e2k64", "riscv64", "e2k"}
_MAIL_PROGRAM = "thunderbird"
_SET_MAIL = f"xdg-mime default {_MAIL_PROGRAM}.desktop x-scheme-handler/mailto"
# programs that open pages: as a mail program they stand for mail in the browser
_PAGES = ("chrom", "firefox", "yandex", "opera", "edge", "browser", "iexplore", "userapp")


def requirements(at: Circumstances) -> Check:
    """Say which edition is used, and whether it has grown old."""
    edition = at.requirements
    age = edition.age(at.now.date())
    found = _("{edition} of {day:%d.%m.%Y}").format(edition=edition.edition, day=edition.dated)
    required = ngettext(
        "no older than {count} day", "no older than {count} days", edition.stale_after_days
    ).format(count=edition.stale_after_days)
    if edition.is_stale(at.now.date()):
        fix = _("It is {age} days old. Ask the operator for a newer one and import it.")
        command = "sedctl workstation requirements import FILE"
        return Check(
            "requirements", Status.WARN, found, required, fix.format(age=age), command=command
        )
    return Check("requirements", Status.OK, found, required, evidence=edition.source)


def system(at: Circumstances) -> Check:
    """Judge the operating system and the processor."""
    here = at.facts.surroundings
    found = f"{here.release or here.system}, {here.architecture}"
    required = _("Linux or Windows on a processor that CryptoPro CSP is made for")
    if here.architecture and here.architecture not in _PROCESSORS:
        fix = _("CryptoPro CSP may not exist for this processor: ask the operator.")
        return Check("system", Status.WARN, found, required, fix)
    kinds = ", ".join(sorted(here.kinds))
    return Check("system", Status.OK, found, required, evidence=kinds)


def disk(at: Circumstances) -> Check:
    """Judge the room on the disk and the right to write."""
    required = _("500 MB free, and the right to write")
    found = at.facts.disk
    if found is None:
        return silent("disk", required=required)
    evidence = str(found.place)
    if not found.is_writable:
        fix = _("The folder cannot be written: mend its rights, or choose another by SED_HOME.")
        return Check("disk", Status.FAIL, found.problem, required, fix, evidence)
    if found.free is None:
        return Check("disk", Status.UNKNOWN, required=required, evidence=evidence)
    free = _("{count} MB free").format(count=found.free >> 20)
    if found.free < _ENOUGH:
        status = Status.FAIL if found.free < _NEEDED else Status.WARN
        return Check("disk", status, free, required, _("Free room on the disk."), evidence)
    return Check("disk", Status.OK, free, required, evidence=evidence)


def default_browser(at: Circumstances) -> Check:
    """Judge whether links open in the browser with GOST TLS."""
    names = [one for browser in at.requirements.browsers for one in browser.desktop]
    windows = [one for browser in at.requirements.browsers for one in browser.windows]
    required = ", ".join(browser.name for browser in at.requirements.browsers)
    if (
        early := _not_judged(at, "default_browser", at.facts.default_browser, required)
    ) is not None:
        return early
    handler = at.facts.default_browser
    name = handler.name if handler else ""
    if name and (name in names or any(name.startswith(one) for one in windows)):
        return Check("default_browser", Status.OK, name, required)
    fix = _("Links of the system would open elsewhere. Make the browser with GOST TLS the default.")
    known = [one.desktop for one in at.facts.browsers or () if one.desktop]
    status = Status.FAIL if at.chosen.default_browser else Status.WARN
    found = name or _("none")
    if not known:
        return Check("default_browser", status, found, required, fix)
    command = f"xdg-settings set default-web-browser {known[0]}"
    return Check(
        "default_browser",
        status,
        found,
        required,
        fix,
        command=command,
        mending=Mending.DEFAULT_BROWSER,
        target=known[0],
    )


def default_mail(at: Circumstances) -> Check:
    """Judge whether mail is written in a program that takes attachments."""
    required = ", ".join(at.requirements.mail_programs)
    if not at.chosen.default_mail:
        reason = _("The set “{name}” does not ask for it.").format(name=at.chosen.called)
        return skipped("default_mail", reason, required=required)
    if (early := _not_judged(at, "default_mail", at.facts.default_mail, required)) is not None:
        return early
    handler = at.facts.default_mail
    name = handler.name if handler else ""
    if any(one in name.casefold() for one in at.requirements.mail_programs):
        return Check("default_mail", Status.OK, name, required)
    is_windows = at.facts.surroundings.system == "windows"
    return replace(
        _other_mail(name, required),
        command="start ms-settings:defaultapps" if is_windows else _SET_MAIL,
        mending=None if is_windows else Mending.DEFAULT_MAIL,
        target=_MAIL_PROGRAM,
    )


def _other_mail(name: str, required: str) -> Check:
    fix = _("Install Thunderbird or Outlook and make it the default mail program.")
    if not name:
        return Check("default_mail", Status.FAIL, _("none"), required, fix)
    if any(one in name.casefold() for one in _PAGES):
        found = _("mail in the browser ({name}): it takes no attachments").format(name=name)
        return Check("default_mail", Status.FAIL, found, required, fix)
    fix = _("The operator supports {programs}; attachments may not arrive with this one.")
    return Check("default_mail", Status.WARN, name, required, fix.format(programs=required))


def link_scheme(at: Circumstances) -> Check:
    """Judge whether `sed:` links open this program."""
    required = _("this program opens sed: links")
    if (early := _not_judged(at, "link_scheme", at.facts.link_scheme, required)) is not None:
        return early
    handler = at.facts.link_scheme
    name = handler.name if handler else ""
    if "sed" in name.casefold():
        return Check("link_scheme", Status.OK, name, required)
    fix = _("Links to cards in letters will not open. Register them for yourself.")
    found = name or _("none")
    mending = Mending.LINK_SCHEME if at.facts.surroundings.system == "linux" else None
    command = "sedctl link --register"
    return Check("link_scheme", Status.WARN, found, required, fix, command=command, mending=mending)


def web_agent(at: Circumstances) -> Check:
    """Judge whether the web agent of Directum RX is there."""
    required = _("installed")
    if not at.chosen.web_agent:
        reason = _("The set “{name}” does not ask for it.").format(name=at.chosen.called)
        return skipped("web_agent", reason, required=required)
    if reason := at.without_desktop:
        return skipped("web_agent", reason, required=required)
    found = at.facts.web_agent
    if found is None:
        return silent("web_agent", required=required)
    if found:
        return Check("web_agent", Status.OK, _("found"), required, evidence=found[0])
    fix = _("Install the web agent of Directum RX: documents are sent and edited through it.")
    evidence = _("It may lie where the edition does not look for it.")
    return Check("web_agent", Status.WARN, _("not found"), required, fix, evidence)


def _not_judged(
    at: Circumstances, check_id: str, handler: Handler | None, required: str
) -> Check | None:
    if reason := at.without_desktop:
        return skipped(check_id, reason, required=required)
    if handler is None:
        return silent(check_id, required=required)
    if handler.trouble is not None:
        return silent(check_id, handler.trouble, required=required)
    return None
