"""How far an operation reaches: beyond one organization, or over the whole of one."""

from __future__ import annotations

from sed_tui.domain.access import MATRIX, SCOPED, Role, Sight
from sed_tui.domain.joining_rights import JOINING_CHANGED, JOINING_READ

SPANNING = frozenset(
    {
        # what is unique in the whole database, or about people of several organizations
        *("organization.add", "organization.edit", "organization.list", "organization.show"),
        *("organization.tree", "organization.overview", "organization.quota"),
        *("employee.add", "employee.edit", "employee.roles"),
        "employee.disable",
        # a person signs in once, wherever he works
        *("session.list", "session.revoke", "password.set"),
        *("token.add", "token.list", "token.revoke"),
        # the published calendar belongs to nobody
        "calendar.import",
        # orders to the organizations below, whose assignments the part follows
        *("part.send", "part.list", "part.accept", "part.return", "part.grant", "part.deny"),
        "part.stop",
        # the operator sees what concerns the joining of every organization, and no document
        *(*JOINING_CHANGED, *JOINING_READ),
        # reports and checks of every organization one works in
        *(name for name in MATRIX if name.startswith("report.")),
        *("notify.due", "audit.verify", "workstation.list", "workstation.versions"),
    }
)
"""What looks into more than one organization: on PostgreSQL it runs under a role of its own."""


WHOLE = frozenset(
    {
        # what has come and is nobody's yet, and what of the whole office is compared
        *("document.duplicates", "intake.list", "intake.show", "intake.file"),
        # jobs and letters of the whole office
        *("approval.escalate", "report.mail", "signature.verify_all"),
        *(name for name in MATRIX if name.startswith("notify.") and name != "notify.rules"),
        # directories, and the work of people of any department
        *(name for name in MATRIX if name.startswith(("import.", "handover."))),
        *("assignment.handover", "template.set"),
    }
)
"""What shows or changes more than one department: for roles that reach the whole organization."""


def allows(operation: str, role: Role, sight: Sight) -> bool:
    """Tell whether a role that sees so far has an operation."""
    if role not in MATRIX.get(operation, ()):
        return False
    return operation not in WHOLE or role not in SCOPED or sight is Sight.ORGANIZATION
