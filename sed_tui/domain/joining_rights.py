"""What is done in joining, and what may still be done in an organization that only reads.

Whose applications a person sees is no matter of his role alone: the operator sees all, others
their own (storage.joining).
"""

from __future__ import annotations

JOINING_CHANGED = (
    *("joining.name_operator", "joining.apply", "joining.edit", "joining.check_register"),
    *("joining.step", "joining.set_term", "joining.issue", "joining.sign", "joining.publish"),
    *("joining.list_person", "joining.take_off", "joining.consent", "joining.withdraw_consent"),
    *("joining.evidence", "joining.record_export", "joining.reorganize"),
    "joining.first_password",
    "import.organizations",
)
JOINING_READ = (
    *("joining.list", "joining.show", "joining.terms", "joining.people", "joining.paper"),
    *("joining.templates", "joining.acceptance"),
)
READING_STATES = ("suspended", "reorganized")
"""Organizations in which people read and write nothing."""
WHILE_SUSPENDED = frozenset(
    {
        *("session.revoke", "password.set", "token.add", "token.revoke"),
        *("joining.sign", "joining.issue", "joining.withdraw_consent", "joining.record_export"),
    }
)
"""What concerns the person himself, or the way out: it is done nevertheless."""
