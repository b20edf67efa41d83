"""People from a table: logins that are there are left alone, new ones taken on in bulk."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from sed_tui.domain import written
from sed_tui.domain.access import SCOPED, SIGHT, Role, Sight
from sed_tui.domain.contacts import checked_email, checked_language
from sed_tui.domain.text import clean, folded, normalized, optional
from sed_tui.errors import SedError
from sed_tui.errors.identity import LoginTaken
from sed_tui.errors.imports import DiffersFromStored, UnknownValue
from sed_tui.handlers.employee import checked_login, require_own_os_user
from sed_tui.handlers.importing.row import ImportedRow, undecided
from sed_tui.handlers.importing.units import Units
from sed_tui.handlers.joining_accounts import require_account_allowed
from sed_tui.operations.imports import Outcome
from sed_tui.storage import bulk
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.organization import EmployeeTable, RoleGrantTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from sed_tui.handlers.work import Work

_COLUMNS = (
    "login",
    "full_name",
    "folded_name",
    "position",
    "unit_id",
    "email",
    "phone",
    "os_user",
    "language",
    "clearance",
)
_COMPARED = ("full_name", "position", "email", "phone", "os_user", "language")
_UNSEEN = frozenset({"folded_name"})
_BETWEEN = re.compile(r"\s*[,;]\s*")
_ROLES = {
    **{role.value: role for role in Role if role is not Role.SYSTEM},
    "регистратор": Role.REGISTRAR,
    "делопроизводитель": Role.REGISTRAR,
    "руководитель": Role.HEAD,
    "помощник": Role.ASSISTANT,
    "исполнитель": Role.EXECUTOR,
    "контролер": Role.CONTROLLER,
    "администратор": Role.ADMINISTRATOR,
    "аудитор": Role.AUDITOR,
    "выгрузка": Role.EXPORTER,
    "оператор": Role.OPERATOR,
}
_SCOPES = {
    **{sight.value: sight for sight in Sight if sight is not Sight.NOTHING},
    "организация": Sight.ORGANIZATION,
    "подразделение": Sight.DEPARTMENT,
    "свои": Sight.OWN,
}


class PeopleImporter:
    """Imports people with their places and roles in the transaction of one call."""

    def __init__(self, work: Work, columns: Sequence[str], run: UUID) -> None:
        self._work = work
        self._columns = tuple(columns)
        self._run = run
        self._units = Units(work, run)

    def take(self, rows: Sequence[ImportedRow]) -> None:
        """Decide and store a chunk of rows."""
        for row in undecided(rows):
            values = dict(zip(self._columns, row.texts, strict=True))
            try:
                row.fields = self._checked(values)
            except SedError as error:
                row.refuse(error)
        lock_name(self._work.db, self._work.organization_id, "import of people")
        self._settle_known(undecided(rows))
        self._store(undecided(rows))
        for row in rows:
            row.settle_with_first()

    def _checked(self, values: dict[str, str]) -> dict[str, Any]:
        text = {name: normalized(value) for name, value in values.items()}
        full_name = clean(text.get("full_name", ""), "full_name", limit=200)
        return {
            "login": checked_login(text.get("login", "")),
            "full_name": full_name,
            "folded_name": folded(full_name)[:200],
            "position": optional(text.get("position"), "position", limit=200),
            "unit": optional(text.get("unit"), "unit", limit=300),
            "email": checked_email(text.get("email")),
            "phone": optional(written.exact(text.get("phone", ""), "phone"), "phone", limit=64),
            "os_user": optional(text.get("os_user"), "os_user", limit=64),
            "language": checked_language(text.get("language")),
            "clearance": written.flag(text["clearance"], "clearance")
            if text.get("clearance")
            else False,
            "roles": _roles(text.get("roles", "")),
        }

    def _settle_known(self, rows: list[ImportedRow]) -> None:
        table: Any = EmployeeTable.__table__  # type: ignore[attr-defined]
        logins = list({row.fields["login"] for row in rows})
        given = bulk.given(self._work.db, text=(bulk.TEXTS, logins))
        query = select(table).select_from(given.outerjoin(table, table.c.login == given.c.text))
        stored: dict[str, Row[*tuple[Any, ...]]] = {
            row.login: row for row in self._work.db.execute(query) if row.login is not None
        }
        seen: dict[str, ImportedRow] = {}
        for row in rows:
            login = row.fields["login"]
            known, first = stored.get(login), seen.setdefault(login, row)
            if known is not None and known.organization_id != self._work.organization_id:
                row.refuse(LoginTaken(field="login", login=login))
            elif known is not None:
                row.settle(Outcome.UNCHANGED, known.id, None)
                _note_differences(row, known._mapping)
            elif first is not row:
                row.follow(first, Outcome.UNCHANGED)
                _note_differences(row, first.fields)

    def _with_own_os_users(self, rows: list[ImportedRow]) -> list[ImportedRow]:
        for row in rows:
            try:
                require_account_allowed(self._work, row.fields["login"], row.fields["full_name"])
                require_own_os_user(self._work, row.fields["os_user"], None)
                row.fields["unit_id"] = self._units.find_or_make(row.fields.pop("unit"))
            except SedError as error:
                row.refuse(error)
        return undecided(rows)

    def _store(self, rows: list[ImportedRow]) -> None:
        rows = self._with_own_os_users(rows)
        stored, grants = [], []
        for row, identity in zip(rows, bulk.new_ids(len(rows)), strict=True):
            row.settle(Outcome.CREATED, identity, None)
            stored.append((identity, *(row.fields[name] for name in _COLUMNS)))
            grants += [(identity, *grant) for grant in row.fields["roles"].items()]
            after = {
                name: value
                for name, value in row.fields.items()
                if value not in (None, {}, False) and name not in _UNSEEN
            }
            after |= {"roles": _written(row.fields["roles"])} if row.fields["roles"] else {}
            self._work.record("import", "employee", UUID(identity), None, after)
        shared = {"organization_id": self._work.organization_id}
        bulk.insert_rows(
            self._work.db,
            EmployeeTable,
            ("id", *_COLUMNS),
            stored,
            {
                **shared,
                "state": "active",
                "created_at": self._work.now,
                "import_run_id": self._run,
                "version": 1,
            },
        )
        bulk.insert_rows(
            self._work.db, RoleGrantTable, ("employee_id", "role", "scope"), grants, shared
        )


def _roles(text: str) -> dict[str, str | None]:
    """Return the roles of a text with their reach where it is chosen: «руководитель:department»."""
    found: dict[str, str | None] = {}
    for part in filter(None, _BETWEEN.split(text)):
        name, colon, scope = part.partition(":")
        role = _ROLES.get(folded(name).strip())
        reach = _SCOPES.get(folded(scope).strip()) if colon else None
        if role is None or (colon and (reach is None or role not in SCOPED)):
            known = ", ".join(role.value for role in Role if role is not Role.SYSTEM)
            raise UnknownValue(field="roles", value=part, known=known)
        found[role.value] = reach if reach != SIGHT[role] else None
    return found


def _written(roles: dict[str, str | None]) -> list[str]:
    return [f"{role}:{scope}" if scope else role for role, scope in roles.items()]


def _note_differences(row: ImportedRow, stored: Any) -> None:
    differing = [
        name
        for name in _COMPARED
        if row.fields[name] is not None and row.fields[name] != stored[name]
    ]
    if differing:
        row.note(DiffersFromStored(fields=", ".join(differing)))
