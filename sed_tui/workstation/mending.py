"""Steps that mend a workplace in the settings of the user alone, each of which can be undone."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sed_tui.config import home
from sed_tui.domain.workstation import Mending, Status
from sed_tui.errors.workstation import MendingFailed, NothingToUndo
from sed_tui.i18n import N_, _
from sed_tui.workstation import network
from sed_tui.workstation.cryptopro import seen_list
from sed_tui.workstation.rules.revocation import judged

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sed_tui.domain.workstation import Check
    from sed_tui.workstation.checking import Report
    from sed_tui.workstation.machine import Machine
    from sed_tui.workstation.rules.circumstances import Circumstances

TITLES: dict[str, str] = {
    Mending.DEFAULT_BROWSER: N_("Make {target} the default browser"),
    Mending.DEFAULT_MAIL: N_("Make {target} the default mail program"),
    Mending.LINK_SCHEME: N_("Open sed: links with this program"),
    Mending.REVOCATION_LIST: N_("Download and install the list of {subject}"),
}
# where desktops keep the entries of programs; Flatpak and snap have places of their own
_SHARED = "/usr/local/share:/usr/share:/var/lib/flatpak/exports/share:/var/lib/snapd/desktop"
_MAIL, _LINK = "x-scheme-handler/mailto", "x-scheme-handler/sed"


@dataclass(frozen=True, slots=True)
class Links:
    """How links of the system are made known to the desktop, and forgotten again."""

    register: Callable[[], object]
    forget: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Step:
    """A step: what it mends, the program it sets, and what was set before."""

    check_id: str
    mending: Mending
    target: str
    subject: str = ""
    previous: str = ""
    command: str = ""

    @property
    def title(self) -> str:
        """Say what the step does."""
        return _(TITLES[self.mending]).format(target=self.target, subject=self.subject)

    def as_record(self) -> dict[str, Any]:
        """Return the step as JSON holds it."""
        return {**asdict(self), "title": self.title}


def steps_of(report: Report, machine: Machine) -> list[Step]:
    """Return what can be done here without an administrator."""
    found = []
    for check in _to_mend(report):
        if check.mending is None:
            continue
        target = check.target
        if check.mending is Mending.DEFAULT_MAIL:
            target = _installed(machine, check.target)
            if not target:  # it has to be installed first, which is not for us to do
                continue
        previous = _previous(report, check.mending)
        step = Step(check.id, check.mending, target, check.subject, previous, check.command)
        found.append(step)
    return found


def by_hand(report: Report, steps: Sequence[Step]) -> list[Check]:
    """Return what is mended by a command that a person has to copy."""
    done = {step.check_id for step in steps}
    return [check for check in _to_mend(report) if check.command and check.id not in done]


def do(step: Step, machine: Machine, at: Circumstances, links: Links) -> None:
    """Do one step and remember how to undo it. Raises `MendingFailed`."""
    match step.mending:
        case Mending.DEFAULT_BROWSER:
            _run(machine, step, "xdg-settings", "set", "default-web-browser", step.target)
            _see(step, machine.default_browser().name, step.target)
        case Mending.DEFAULT_MAIL:
            _run(machine, step, "xdg-mime", "default", step.target, _MAIL)
            _see(step, machine.default_mail().name, step.target)
        case Mending.LINK_SCHEME:
            links.register()
        case Mending.REVOCATION_LIST:
            _install_list(step, machine, at)
    _remember([*remembered(), step])


def undo(machine: Machine, links: Links) -> list[Step]:
    """Undo every remembered step, the last first. Raises `NothingToUndo`, `MendingFailed`.

    A list that was installed stays: it only adds to what is known to be revoked.
    """
    steps = remembered()
    if not steps:
        raise NothingToUndo
    for place in range(len(steps) - 1, -1, -1):
        _undo(machine, steps[place], links)
        _remember(steps[:place])
    return steps[::-1]


def remembered() -> list[Step]:
    """Return the steps that can be undone, in the order they were done."""
    try:
        rows = json.loads(_memory().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return [Step(**{**row, "mending": Mending(row["mending"])}) for row in rows]


def _to_mend(report: Report) -> list[Check]:
    return [check for check in report.checks if check.status in (Status.FAIL, Status.WARN)]


def _previous(report: Report, mending: Mending) -> str:
    handlers = {
        Mending.DEFAULT_BROWSER: report.facts.default_browser,
        Mending.DEFAULT_MAIL: report.facts.default_mail,
        Mending.LINK_SCHEME: report.facts.link_scheme,
    }
    handler = handlers.get(mending)
    return handler.name if handler else ""


def _undo(machine: Machine, step: Step, links: Links) -> None:
    match step.mending:
        case Mending.DEFAULT_BROWSER if step.previous:
            _run(machine, step, "xdg-settings", "set", "default-web-browser", step.previous)
        case Mending.DEFAULT_BROWSER:
            for scheme in ("http", "https"):
                _forget(machine, f"x-scheme-handler/{scheme}", step.target)
            _forget(machine, "text/html", step.target)
        case Mending.DEFAULT_MAIL:
            _back_to(machine, step, _MAIL, step.target)
        case Mending.LINK_SCHEME:
            links.forget()
            if step.previous:
                _run(machine, step, "xdg-mime", "default", step.previous, _LINK)


def _back_to(machine: Machine, step: Step, kind: str, own: str) -> None:
    if step.previous:
        _run(machine, step, "xdg-mime", "default", step.previous, kind)
    else:
        _forget(machine, kind, own)


def _install_list(step: Step, machine: Machine, at: Circumstances) -> None:
    wanted = next(one for one in at.requirements.revocation if one.id == step.target)
    fetched = network.fetch(wanted.id, wanted.url)
    if fetched.data is None:
        raise _failed(step, fetched.problem)
    seen = seen_list(fetched.data, wanted.url)
    found = judged(at, seen, step.check_id, wanted.issuer)
    if found.status not in (Status.OK, Status.WARN):
        # a page of a portal or a foreign list never gets into the store
        raise _failed(step, found.found)
    path = home() / "crl" / f"{wanted.id}.crl"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(fetched.data)
    command = machine.install_list(path)
    if command is None:
        raise _failed(step, _("CryptoPro CSP was not found."))
    _run(machine, step, *command)


def _run(machine: Machine, step: Step, *command: str) -> None:
    said = machine.run(*command)
    if not said.is_good:
        words = said.text.strip().splitlines()[-1:] or [str(said.trouble or said.status)]
        raise _failed(step, words[0], " ".join(command))


def _see(step: Step, now: str, wanted: str) -> None:
    if now != wanted:
        raise _failed(step, _("the setting is still {now}").format(now=now or "—"))


def _failed(step: Step, reason: str, command: str = "") -> MendingFailed:
    return MendingFailed(what=step.title, reason=reason, command=command or step.command)


def _applications(machine: Machine) -> Path:
    shared = machine.environment.get("XDG_DATA_HOME") or _home(machine) / ".local" / "share"
    return Path(shared) / "applications"


def _home(machine: Machine) -> Path:
    return Path(machine.environment.get("HOME") or Path.home())


def _installed(machine: Machine, program: str) -> str:
    """Return the entry of a program that packages call differently; nothing where it has none."""
    shared = machine.environment.get("XDG_DATA_DIRS") or _SHARED
    folders = [_applications(machine), *(Path(one) / "applications" for one in shared.split(":"))]
    found = (path.name for folder in folders for path in sorted(folder.glob("*.desktop")))
    return next((name for name in found if program in name.casefold()), "")


def _forget(machine: Machine, kind: str, program: str) -> None:
    """Take our line out of the user's associations: nothing was set before."""
    config = machine.environment.get("XDG_CONFIG_HOME") or _home(machine) / ".config"
    for folder in (Path(config), _applications(machine)):
        path = folder / "mimeapps.list"
        try:
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        except OSError:
            continue
        kept = [one for one in lines if one.strip().rstrip(";") != f"{kind}={program}"]
        if kept != lines:
            path.write_text("".join(kept), encoding="utf-8")


def _memory() -> Path:
    return home() / "workstation-undo.json"


def _remember(steps: list[Step]) -> None:
    path = _memory()
    if not steps:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(replace(step, mending=Mending(step.mending))) for step in steps]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
