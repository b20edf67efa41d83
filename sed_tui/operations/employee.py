"""Operations on people: who works here, and who holds which role."""

from __future__ import annotations

from uuid import UUID

from pydantic import Field

from sed_tui.domain.access import Role
from sed_tui.domain.contacts import Language
from sed_tui.i18n import N_
from sed_tui.operations.pages import ListRequest, Page
from sed_tui.operations.registry import Effect, Message, Operation, Request


class AddEmployee(Request):
    """Take a person on: a login that nobody in the database has, and roles.

    `language` is that of the letters to the person; without one it is that of who sends them.
    """

    login: str
    full_name: str
    position: str | None = None
    unit: str | None = None
    roles: tuple[Role, ...] = ()
    os_user: str | None = None
    email: str | None = None
    phone: str | None = None
    language: Language | None = None
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
    """Ask for people by name; with a query those whose name or login holds its words.

    `guests` adds people of other organizations who hold a role in this one.
    """

    query: str = ""
    all_states: bool = False
    guests: bool = False


class ShowEmployee(Request):
    """Ask for a person by login, name or id."""

    employee: str


class EmployeeRow(Message):
    """A person as lists show it; `roles` and `clearance` are those of the asking organization.

    `reach` names those of them of which it was chosen: `head:department`. `organization` is
    the code of the one the person works in.
    """

    id: UUID
    login: str
    full_name: str
    position: str | None
    unit: str | None
    roles: list[Role]
    reach: list[str] = Field(default_factory=list)
    state: str
    clearance: bool = False
    organization: str


class EmployeePage(Page):
    """Some people."""

    rows: list[EmployeeRow]


class Employee(EmployeeRow):
    """Everything known of a person."""

    version: int
    email: str | None
    phone: str | None
    os_user: str | None
    language: Language | None = None


ADD = Operation("employee.add", N_("Add a person"), AddEmployee, Employee, Effect.WRITE)
EDIT = Operation("employee.edit", N_("Edit a person"), EditEmployee, Employee, Effect.WRITE)
LIST = Operation("employee.list", N_("List people"), ListEmployees, EmployeePage, Effect.READ)
SHOW = Operation("employee.show", N_("Show a person"), ShowEmployee, Employee, Effect.READ)
