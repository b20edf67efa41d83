"""A new ticket: what the user tells, the last failure, the check of the workplace; all masked."""

from __future__ import annotations

import getpass
import platform
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sed_tui import __version__
from sed_tui.domain.clock import office_day
from sed_tui.domain.text import optional
from sed_tui.errors import NotFound, SedError, by_code
from sed_tui.errors.support import NothingToTell, OfficialUseTicket, TicketExists
from sed_tui.i18n import N_, _
from sed_tui.support.last_errors import LastError, last_errors
from sed_tui.support.sending import send
from sed_tui.support.settings import support_settings
from sed_tui.support.tickets import TICKET_TITLES, Ticket, TicketState, new_id, save, tickets

_OFFICIAL = re.compile(r"(?i)\bдсп\b|для служебного пользования")
_SUMMARY, _DESCRIPTION = 200, 10_000
_FAULTS = {1, 7}  # exit statuses: our own bug, the other side unavailable


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a user tells. `error` is the id of a failure, the last one by default."""

    summary: str | None = None
    description: str | None = None
    error: str | None = None
    without_error: bool = False
    without_report: bool = False
    joins: bool = False
    force: bool = False
    organization: str | None = None


def make_ticket(complaint: Complaint, profile: str | None) -> Ticket:
    """Make a ticket and send it; it is kept before anything is sent.

    Raises `NothingToTell`, `OfficialUseTicket`, `TicketExists`, `BadSupportSettings`.
    """
    settings = support_settings(profile)
    has_words = bool(complaint.summary)
    failure = None if complaint.without_error else _failure(complaint.error, has_words=has_words)
    summary = optional(complaint.summary, "summary", limit=_SUMMARY)
    told = optional(complaint.description, "description", limit=_DESCRIPTION, multiline=True)
    if summary is None and failure is None:
        raise NothingToTell(field="summary")
    if _OFFICIAL.search(f"{summary}\n{told}"):
        raise OfficialUseTicket(field="description")
    summary = _masked(summary or (f"{failure.code} {failure.place}".strip() if failure else ""))
    earlier = _earlier(failure)
    if earlier is not None and complaint.joins:
        return _joined(earlier, summary, told)
    if earlier is not None and not complaint.force:
        raise _exists(earlier)
    ticket = Ticket(
        id=new_id(),
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
        summary=summary,
        description=_masked(told or ""),
        organization=complaint.organization,
        version=__version__,
        system=f"{platform.system()} {platform.release()}, Python {platform.python_version()}",
        error=asdict(failure) if failure else None,
        workstation=None if complaint.without_report else _workstation(),
    )
    return send(save(ticket), settings, profile)


def _failure(error: str | None, *, has_words: bool) -> LastError | None:
    known = last_errors()
    if error is None:
        # beside words an ordinary refusal, as of a mistyped name, would tell nothing of the matter
        return next((one for one in known if _is_fault(one) or not has_words), None)
    for one in known:
        if one.id == error.strip().lower():
            return one
    raise NotFound(field="error", kind=_(N_("Failure")), key=error)


def _is_fault(failure: LastError) -> bool:
    """Tell our own bugs and what was out of reach from refusals."""
    kind = by_code().get(failure.code)
    return kind is not None and kind.exit_code in _FAULTS


def _earlier(failure: LastError | None) -> Ticket | None:
    """Return the open ticket about the same failure."""
    if failure is None:
        return None
    same = (one for one in tickets() if one.is_open and one.error)
    return next((one for one in same if (one.error or {}).get("id") == failure.id), None)


def _exists(ticket: Ticket) -> TicketExists:
    day = office_day(datetime.fromisoformat(ticket.created_at))
    names = " ".join(filter(None, [ticket.id, ticket.number]))
    state = _(TICKET_TITLES[ticket.state])
    return TicketExists(field="error", day=f"{day:%d.%m.%Y}", ticket=names, state=state)


def _joined(ticket: Ticket, summary: str, told: str | None) -> Ticket:
    words = _masked(told or summary)
    if ticket.state is TicketState.QUEUED:  # it has gone nowhere: it says so itself
        return save(ticket.with_(description=f"{ticket.description}\n\n{words}".strip()))
    return save(ticket.with_(more=[*ticket.more, words]))


def _masked(text: str) -> str:
    from sed_tui.workstation.sending import masked

    return masked(text, _login())


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _workstation() -> dict[str, Any] | None:
    """Return the report of the check, masked, without asking the network; None where it fails."""
    from sed_tui.workstation.checking import check, this_machine
    from sed_tui.workstation.editions import used
    from sed_tui.workstation.sending import report_request
    from sed_tui.workstation.settings import what_to_ask

    try:
        requirements = used().requirements
        report = check(
            this_machine(), what_to_ask(requirements, None, is_online=False), datetime.now(UTC)
        )
    except SedError:
        return None
    made = report_request(report, requirements).model_dump(mode="json")
    return {**made, "machine": "…"}  # the name of a machine is often that of its user
