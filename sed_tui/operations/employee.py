"""Operations on people: who works here, and who holds which role."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from sed_tui.domain.access import Role
from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation, Request


class AddEmployee(Request):
    """Take a person on: a login that nobody in the database has, and roles."""

    login: str
    full_name: str
    position: str | None = None
    unit: str | None = None
    roles: tuple[Role, ...] = ()
    os_user: str | None = None
    email: str | None = None
    phone: str | None = None
    clearance: bool = False


class EditEmployee(Request):
    """Change fields of a person; None empties one.

    `changes` takes the fields of adding but `login` and `roles`; `clearance` is `true`
    or `false`.
    """

    employee: str
    changes: dict[str, str | bool | None] = Field(min_length=1)
    version: int | None = None


class ListEmployees(ListRequest):
    """Ask for people by name; with a query those whose name begins with it."""

    query: str = ""
    all_states: bool = False


class ShowEmployee(Request):
    """Ask for a person by login, name or id."""

    employee: str


class ChangeRoles(Request):
    """Grant and revoke roles of a person in the organization of the call.

    The person may work in another organization; then only a login names him. An
    organization keeps at least one active administrator.
    """

    employee: str
    grant: tuple[Role, ...] = ()
    revoke: tuple[Role, ...] = ()


class DisableEmployee(Request):
    """Dismiss a person: nobody can act under the login any more; the name stays on records."""

    employee: str


class EnableEmployee(Request):
    """Let a dismissed person act again."""

    employee: str


class EmployeeRow(Message):
    """A person as lists show it; `roles` are those held in the asking organization."""

    id: UUID
    login: str
    full_name: str
    position: str | None
    unit: str | None
    roles: list[Role]
    state: str


class EmployeePage(Page):
    """Some people."""

    rows: list[EmployeeRow]


class Employee(EmployeeRow):
    """Everything known of a person."""

    version: int
    email: str | None
    phone: str | None
    os_user: str | None
    clearance: bool


ADD = Operation("employee.add", N_("Add a person"), AddEmployee, Employee, Effect.WRITE)
EDIT = Operation("employee.edit", N_("Edit a person"), EditEmployee, Employee, Effect.WRITE)
LIST = Operation("employee.list", N_("List people"), ListEmployees, EmployeePage, Effect.READ)
SHOW = Operation("employee.show", N_("Show a person"), ShowEmployee, Employee, Effect.READ)
ROLES = Operation(
    "employee.roles", N_("Grant and revoke roles"), ChangeRoles, Employee, Effect.WRITE
)
DISABLE = Operation(
    "employee.disable", N_("Dismiss a person"), DisableEmployee, Employee, Effect.DESTROY
)
ENABLE = Operation(
    "employee.enable", N_("Take a person back"), EnableEmployee, Employee, Effect.WRITE
)
