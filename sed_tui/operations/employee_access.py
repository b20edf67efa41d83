"""Who may act, and as what: roles, dismissal and return."""

from __future__ import annotations

from sed_tui.domain.access import Role, Sight
from sed_tui.i18n import N_
from sed_tui.operations.employee import Employee
from sed_tui.operations.registry import Effect, Operation, Request


class ChangeRoles(Request):
    """Grant and revoke roles of a person in the organization of the call.

    Somebody who works in another organization is named by login. An organization keeps
    at least one administrator who can act. `scope` says how far what is granted sees: the
    organization, the department of the person with the units below it, or one's own; roles
    held already are changed to it, and without it they stay as they are. `clearance` says
    whether somebody who works elsewhere is shown here what is for official use only: it ends
    with his last role here. Of one's own people the card says it.
    """

    employee: str
    grant: tuple[Role, ...] = ()
    revoke: tuple[Role, ...] = ()
    scope: Sight | None = None
    clearance: bool | None = None


class DisableEmployee(Request):
    """Dismiss a person: nobody can act under the login any more; the name stays on records."""

    employee: str


class EnableEmployee(Request):
    """Take a dismissed person back, with the roles of before."""

    employee: str


ROLES = Operation(
    "employee.roles", N_("Grant and revoke roles"), ChangeRoles, Employee, Effect.WRITE
)
DISABLE = Operation(
    "employee.disable", N_("Dismiss a person"), DisableEmployee, Employee, Effect.DESTROY
)
ENABLE = Operation(
    "employee.enable", N_("Take a person back"), EnableEmployee, Employee, Effect.WRITE
)
