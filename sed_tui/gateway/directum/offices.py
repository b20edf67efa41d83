"""The organizations that rows are loaded into: those that the caller works in, and no other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sed_tui.domain.foreign_names import ForeignSort, words_key
from sed_tui.domain.text import folded
from sed_tui.errors.directum import NotTried, UnknownOwn
from sed_tui.errors.identity import OrganizationNotChosen
from sed_tui.operations import employee, foreign_name, organization, session, unit
from sed_tui.operations.employee import EmployeeRow, ListEmployees
from sed_tui.operations.foreign_name import (
    MOST_NAMES,
    ForeignName,
    KeepForeignNames,
    ListForeignNames,
)
from sed_tui.operations.organization import ListOrganizations, OrganizationRow
from sed_tui.operations.session import ShowSession
from sed_tui.operations.unit import ListUnits

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.gateway import Gateway
    from sed_tui.gateway.directum.names import Names
    from sed_tui.operations.registry import CallOptions, Operation, RequestT, ResultT
    from sed_tui.operations.session import SessionView
    from sed_tui.operations.unit import Unit

_PAGE = 10_000


@dataclass
class Office:
    """One organization, asked through a gateway of its own."""

    code: str
    name: str
    gateway: Gateway
    options: CallOptions
    people: dict[str, list[EmployeeRow]] = field(default_factory=dict)
    _by_id: dict[UUID, EmployeeRow] = field(default_factory=dict)
    _known: dict[ForeignSort, dict[str, UUID]] = field(default_factory=dict)
    _learned: dict[ForeignSort, dict[str, UUID]] = field(default_factory=dict)

    def call(
        self, operation: Operation[RequestT, ResultT], request: RequestT, step: str = ""
    ) -> ResultT:
        """Run an operation in the organization; a repeated key belongs to one call alone."""
        from dataclasses import replace

        options = self.options
        if options.idempotency_key is not None:
            key = f"{options.idempotency_key}/{self.code}/{step}"
            options = replace(options, idempotency_key=key)
        return self.gateway.call(operation, request, options)

    def look_at_people(self) -> None:
        """Read who works there now, by folded name."""
        self.people.clear()
        self._by_id.clear()
        after = None
        while True:
            request = ListEmployees(limit=_PAGE, after=after, all_states=True)
            page = self.gateway.call(employee.LIST, request)
            for row in page.rows:
                self.people.setdefault(folded(row.full_name), []).append(row)
                self._by_id[row.id] = row
            after = page.next
            if after is None:
                return

    def meant(self, sort: ForeignSort, *keys: str) -> UUID | None:
        """Return what an earlier load has found the first known of some keys to mean."""
        names = self._names(sort)
        return next((names[key] for key in keys if key in names), None)

    def learn(self, sort: ForeignSort, target: UUID, *keys: str) -> None:
        """Remember what keys mean; `keep_learned` stores it."""
        names = self._names(sort)
        for key in keys:
            if names.get(key) != target:
                names[key] = target
                self._learned.setdefault(sort, {})[key] = target

    def keep_learned(self, step: str) -> None:
        """Store what was learned since the last time; a trial stores nothing."""
        for sort, names in self._learned.items():
            rows = [ForeignName(key=key, target_id=target) for key, target in names.items()]
            for first in range(0, len(rows), MOST_NAMES):
                some = tuple(rows[first : first + MOST_NAMES])
                request = KeepForeignNames(foreign_sort=sort, names=some)
                if not self.options.dry_run:
                    self.call(foreign_name.KEEP, request, f"{step}/{sort.value}/{first}")
        self._learned.clear()

    def _names(self, sort: ForeignSort) -> dict[str, UUID]:
        if sort not in self._known:
            found = self.gateway.call(foreign_name.LIST, ListForeignNames(foreign_sort=sort))
            self._known[sort] = {row.key: row.target_id for row in found.rows}
        return self._known[sort]

    def person_of(self, target: UUID | None) -> EmployeeRow | None:
        """Return who works there under an id."""
        return self._by_id.get(target) if target is not None else None

    def current_name(self, name: str) -> str:
        """Return what a person whom the other system calls so is called here now."""
        if not name or folded(name) in self.people:
            return name
        person = self.person_of(self.meant(ForeignSort.PERSON, words_key(name)))
        return person.full_name if person is not None else name

    def units(self) -> list[Unit]:
        """Read the units that are there now."""
        return self.gateway.call(unit.LIST, ListUnits()).rows


class Offices:
    """Finds organizations by the names that rows give them."""

    def __init__(self, gateway: Gateway, names: Names, options: CallOptions) -> None:
        self._gateway = gateway
        self._names = names
        self._options = options
        self._opened: dict[str, Office] = {}
        self._planned: dict[str, str] = {}
        self._rows: list[OrganizationRow] | None = None
        self.is_assumed = False
        """Whether the organization of the run is the caller's employer, for want of a choice."""
        shown = self._shown()
        self.own = self._open(shown.organization, shown.organization_name)
        """The organization of the run, for rows that name none."""

    def _shown(self) -> SessionView:
        """Return who calls; who administers what he has loaded is still at home where he works."""
        try:
            return self._gateway.call(session.SHOW, ShowSession())
        except OrganizationNotChosen as failure:
            own = failure.details.get("own")
            if own is None:
                raise
            self._gateway, self.is_assumed = self._gateway.within(own), True
            return self._gateway.call(session.SHOW, ShowSession())

    @property
    def used(self) -> list[Office]:
        """Return the organization of the run and all that rows have named."""
        return list({self.own.code: self.own, **self._opened}.values())

    def find(self, text: str | None) -> Office:
        """Return the organization under a name, its own word in the file of names first.

        Raises `UnknownOwn`, the same for those where the caller has no part, and `NotTried`.
        """
        if not text:
            return self.own
        wanted = self._names.organizations.get(folded(text), text)
        row = self.known(wanted)
        if row is not None:
            return self._open(row.code, row.name)
        if folded(wanted) in self._planned:
            raise NotTried(organization=wanted)
        raise UnknownOwn(field="organization", organization=text)

    def known(self, name: str, inn: str | None = None) -> OrganizationRow | None:
        """Return one of the caller's organizations by code, INN or name."""
        if self._rows is None:
            self._rows = self._gateway.call(organization.LIST, ListOrganizations()).rows
        wanted = folded(name)
        for row in self._rows:
            if row.code == name or (inn is not None and row.inn == inn):
                return row
        named = [r for r in self._rows if wanted in {folded(r.name), folded(r.short_name)}]
        return named[0] if len(named) == 1 else None

    def forget(self) -> None:
        """Read the organizations anew: one was added."""
        self._rows = None

    def plan(self, *names: str) -> None:
        """Remember what a trial run would have added."""
        self._planned.update({folded(name): name for name in names})

    def _open(self, code: str, name: str) -> Office:
        if code not in self._opened:
            inside = self._gateway.within(code)
            self._opened[code] = Office(code, name, inside, self._options)
        return self._opened[code]
