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
    "addressees": N_("Addressees"),
    "delivery": N_("Delivery"),
    "postal_number": N_("Postal number"),
    "signatory": N_("Signatory"),
    "signed_on": N_("Signed"),
    "drafter": N_("Drafter"),
    "drafter_phone": N_("Phone"),
    "sheets": N_("Sheets"),
    "copies": N_("Copies"),
    "annex_sheets": N_("Annex sheets"),
    "case_index": N_("Case"),
    "topic": N_("Topic"),
    "note": N_("Note"),
    "reply_address": N_("Reply address"),
    "appeal_kind": N_("Sort of appeal"),
    "signatures_count": N_("Signatures"),
    "confidentiality": N_("Security mark"),
    "in_reply_to": N_("In reply to"),
    "leading": N_("Leading number"),
    "unit": N_("Unit"),
    "suffix": N_("Suffix"),
    "files": N_("Files"),
    "reason": N_("Reason"),
    # organizations and people
    "full_name": N_("Full name"),
    "position": N_("Position"),
    "roles": N_("Roles"),
    "os_user": N_("System user"),
    "clearance": N_("Clearance"),
    "email": N_("E-mail"),
    "phone": N_("Telephone"),
    "version": N_("Version"),
    "people": N_("People"),
    "units": N_("Units"),
    "depth": N_("Depth"),
    "organization": N_("Organization"),
    "login": N_("Login"),
    "journals": N_("Journals"),
    "calendar_years": N_("Calendar years"),
    "code": N_("Code"),
    "name": N_("Name"),
    "parent": N_("Parent"),
    "state": N_("State"),
    # correspondents
    "short_name": N_("Short name"),
    "inn": N_("INN"),
    "kpp": N_("KPP"),
    "ogrn": N_("OGRN"),
    "address": N_("Address"),
    "external_id": N_("External id"),
    "documents": N_("Documents"),
    "last_document_on": N_("Last document"),
    "predecessors": N_("Merged into it"),
    "source": N_("Source"),
    "target": N_("Target"),
    # assignments and terms
    "text": N_("Text"),
    "executor": N_("Executor"),
    "co_executors": N_("Co-executors"),
    "controller": N_("Controller"),
    "due": N_("Term"),
    # reports
    # import and export
    # audit
    "seq": N_("No."),
    "at": N_("When"),
    "actor": N_("Actor"),
    "on_behalf_of": N_("On behalf of"),
    "host": N_("Host"),
    "operation": N_("Operation"),
    "event": N_("Event"),
    "object_type": N_("Object"),
    "object_id": N_("Object id"),
    "changes": N_("Changes"),
    "events": N_("Events"),
    "head": N_("Head"),
    "ok": N_("Intact"),
    "first_broken": N_("First broken"),
    # files
}


def label(field: str) -> str:
    """Return the name of a field in the user's language, or the field itself."""
    return _(LABELS[field]) if field in LABELS else field
