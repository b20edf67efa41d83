"""Failures of the audit trail."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, Refused
from sed_tui.i18n import N_


class NotAnExport(Invalid):
    """The file is not an export of an audit trail."""

    code = "not_an_export"
    message = N_("The file is not an export of an audit trail.")
    hint = N_("Make one: sedctl audit export FILE")


class ClearanceNeeded(Refused):
    """The trail tells of official-use-only documents, which the caller may not read."""

    code = "clearance_needed"
    message = N_("The audit trail holds official-use-only documents, which you may not read.")
    hint = N_("Ask somebody with clearance to export it.")
