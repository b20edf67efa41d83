"""What fields are called on screens and in headings; JSON keys stay English."""

from __future__ import annotations

from sed_tui.i18n import N_, _

LABELS: dict[str, str] = {
    # documents
    "id": N_("Id"),
    "number": N_("Number"),
    "registered_on": N_("Registered"),
    "flow": N_("Flow"),
    "kind": N_("Kind"),
    "journal": N_("Journal"),
    "subject": N_("Subject"),
    "correspondent": N_("Correspondent"),
    "their_number": N_("Their number"),
    "their_date": N_("Their date"),
    "received_on": N_("Received"),
    "addressee": N_("Addressee"),
    "registration": N_("Registration"),
    "execution": N_("Execution"),
    "warnings": N_("Warnings"),
    "stamp": N_("Stamp"),
    # organizations and people
    "organization": N_("Organization"),
    "login": N_("Login"),
    "journals": N_("Journals"),
    "calendar_years": N_("Calendar years"),
    "code": N_("Code"),
    "name": N_("Name"),
    "parent": N_("Parent"),
    "state": N_("State"),
    # correspondents
    # assignments and terms
    # reports
    # import and export
    # audit
    # files
}


def label(field: str) -> str:
    """Return the name of a field in the user's language, or the field itself."""
    return _(LABELS[field]) if field in LABELS else field
