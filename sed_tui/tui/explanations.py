"""What states and signs mean, for `e`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.flows import Execution, Registration
from sed_tui.i18n import N_, _
from sed_tui.operations.values import EXECUTIONS, FLOWS, REGISTRATIONS
from sed_tui.tui.wording import long_day

if TYPE_CHECKING:
    from sed_tui.operations.document_list import DocumentRow

_REGISTRATION = {
    Registration.UNREGISTERED: N_("It has no number: not registered yet, or cancelled."),
    Registration.RESERVED: N_("A number is kept for it and nobody else can get it."),
    Registration.REGISTERED: N_("It has its number in the journal."),
}
_EXECUTION = {
    Execution.NONE: N_("Nobody has been given anything to do about it."),
    Execution.REVIEW: N_("Its addressee is to decide who does what."),
    Execution.IN_WORK: N_("At least one assignment on it is not executed yet."),
    Execution.EXECUTED: N_("Every assignment on it has been executed and accepted."),
    Execution.NOT_REQUIRED: N_("It was taken note of; nothing has to be done."),
    Execution.STOPPED: N_("Work on it was stopped."),
}


def of_document(row: DocumentRow) -> str:
    """Explain the row of a document in sentences."""
    lines = [
        f"{_(FLOWS[row.flow])} · {row.kind}",
        f"{_(REGISTRATIONS[row.registration])}: {_(_REGISTRATION[row.registration])}",
        f"{_(EXECUTIONS[row.execution])}: {_(_EXECUTION[row.execution])}",
    ]
    if row.registered_on and row.journal:
        lines.append(
            _("Registered on {day} in the journal {journal}.").format(
                day=long_day(row.registered_on), journal=row.journal
            )
        )
    if row.confidentiality != "none":
        lines.append(
            _("For official use only: those without clearance see neither the subject nor files.")
        )
    return "\n".join(lines)
