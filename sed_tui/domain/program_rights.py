"""What a system user may do: a program acts for nobody (rules §1.3).

Rules §1.3: a system user, be it cron or a connector, neither signs nor executes for a human
being. What it is for stands in the matrix under the role `system`. A few rights that show
figures and tables and decide nothing it may hold beside that role; any other role is one by
which people act, and lends a program nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.access import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

BESIDE_SYSTEM: dict[Role, frozenset[str]] = {
    # a nightly copy for another program
    Role.EXPORTER: frozenset({"export.documents", "export.correspondents", "export.people"}),
    # figures for a dashboard of the region
    Role.OPERATOR: frozenset({"organization.overview"}),
    # the audit trail for a program that watches over security
    Role.AUDITOR: frozenset({"audit.list", "audit.export", "journal.gaps"}),
}
"""The roles that a system user may hold beside `system`, and what each of them lends it."""


def is_program(roles: Iterable[Role]) -> bool:
    """Tell whether the holder of these roles, in whatever organizations, is a system user."""
    return Role.SYSTEM in roles


def of_people(roles: Iterable[Role]) -> list[Role]:
    """Return those of the roles by which people act, which no system user holds."""
    held = set(roles) - {Role.SYSTEM} - BESIDE_SYSTEM.keys()
    return [role for role in Role if role in held]


def lent(operation: str, roles: Iterable[Role]) -> list[Role]:
    """Return those of a system user's roles by which it may do an operation, if any has it."""
    return [
        role for role in roles if role is Role.SYSTEM or operation in BESIDE_SYSTEM.get(role, ())
    ]
