"""The columns of the tables that are imported and exported: the contract of both."""

from __future__ import annotations

from enum import StrEnum


class Noun(StrEnum):
    """What the rows of a table are."""

    DOCUMENTS = "documents"
    CORRESPONDENTS = "correspondents"
    PEOPLE = "people"
    CALENDAR = "calendar"
    ASSIGNMENTS = "assignments"
    LAW = "law"
    ORGANIZATIONS = "organizations"


COLUMNS: dict[Noun, tuple[str, ...]] = {
    Noun.DOCUMENTS: (
        "external_id",
        "flow",
        "kind",
        "journal",
        "number",
        "registered_on",
        "received_on",
        "correspondent",
        "inn",
        "their_number",
        "their_date",
        "subject",
        "addressee",
        "signatory",
        "signed_on",
        "drafter",
        "drafter_phone",
        "sheets",
        "copies",
        "annex_sheets",
        "delivery",
        "postal_number",
        "in_reply_to",
        "case_index",
        "topic",
        "note",
        "reply_address",
        "appeal_kind",
        "signatures_count",
        "confidentiality",
        "files",
        "historic",
    ),
    Noun.CORRESPONDENTS: (
        "external_id",
        "kind",
        "name",
        "short_name",
        "inn",
        "kpp",
        "ogrn",
        "address",
        "email",
    ),
    Noun.PEOPLE: (
        "login",
        "full_name",
        "position",
        "unit",
        "roles",
        "email",
        "phone",
        "os_user",
        "language",
        "clearance",
    ),
    Noun.CALENDAR: ("day", "is_working", "note"),
    Noun.ASSIGNMENTS: (
        "number",
        "text",
        "executor",
        "co_executors",
        "controller",
        "observers",
        "due",
        "co_due",
    ),
    Noun.LAW: (
        "code",
        "kind",
        "level",
        "area",
        "issuer",
        "number",
        "dated",
        "title",
        "subject",
        "status",
        "edition",
        "checked_on",
        "url",
        "note",
    ),
    Noun.ORGANIZATIONS: (
        *("code", "name", "short_name", "inn", "kpp", "ogrn", "oktmo", "address"),
        *("head_name", "head_position", "deputy", "power", "power_until"),
        *("contact", "email", "phone", "subsystem", "front", "exchange_address"),
        "connected_on",
    ),
}

DATES = frozenset(
    {
        *("registered_on", "received_on", "their_date", "signed_on", "day", "due", "co_due"),
        *("dated", "checked_on", "power_until", "connected_on"),
    }
)
