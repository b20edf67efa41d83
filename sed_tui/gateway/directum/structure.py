"""Our organizations and their units: parents before those below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.foreign_names import ForeignSort, id_key, words_key
from sed_tui.domain.latin_names import code_of
from sed_tui.domain.text import folded
from sed_tui.errors import SedError
from sed_tui.errors.directum import UnknownOwn, UnknownParent
from sed_tui.errors.people import OrganizationExists, UnitExists
from sed_tui.gateway.directum.values import needed, requisites
from sed_tui.operations import organization, unit
from sed_tui.operations.organization import AddOrganization
from sed_tui.operations.unit import AddUnit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from uuid import UUID

    from sed_tui.gateway.directum.answers import Answer, SheetLoad
    from sed_tui.gateway.directum.load import DirectumLoad
    from sed_tui.gateway.directum.offices import Office
    from sed_tui.spreadsheet.directum_reading import SheetRow

_TRIES = 50


def load_organizations(load: DirectumLoad, sheet: SheetLoad, rows: Sequence[SheetRow]) -> None:
    """Add the organizations that the caller does not have yet; he administers them."""
    for row in _parents_first(rows):
        answer = sheet[row.number]
        try:
            _add_organization(load, answer, row)
        except SedError as error:
            answer.refuse(error)


def load_units(load: DirectumLoad, sheet: SheetLoad, rows: Sequence[SheetRow]) -> None:
    """Add the units that their organizations do not have yet."""
    known: dict[str, dict[UUID, str]] = {}
    for row in _parents_first(rows):
        answer = sheet[row.number]
        try:
            office = load.offices.find(row.values.get("own"))
            name = needed(row.values, "name")
            if office.code not in known:
                known[office.code] = {one.id: one.name for one in office.units()}
            there = known[office.code]
            found = _unit_there(office, there, row)
            if found is not None:
                answer.was_there()
            else:
                found = _add_unit(office, answer, row, there)
                there[found] = name
            office.learn(ForeignSort.UNIT, found, *_unit_keys(row))
        except SedError as error:
            answer.refuse(error)
    for office in load.offices.used:
        office.keep_learned("units")


def _unit_keys(row: SheetRow) -> list[str]:
    keys = [id_key(row.values["external_id"])] if "external_id" in row.values else []
    return [*keys, words_key(row.values["name"])]


def _unit_there(office: Office, there: Mapping[UUID, str], row: SheetRow) -> UUID | None:
    """Return the unit of a row: by what an earlier load has found, else by its name."""
    meant = office.meant(ForeignSort.UNIT, *_unit_keys(row))
    if meant in there:
        return meant
    wanted = folded(row.values["name"])
    return next((one for one, name in there.items() if folded(name) == wanted), None)


def _parents_first(rows: Sequence[SheetRow]) -> Iterator[SheetRow]:
    """Yield rows after those they are below; a circle comes last and is refused by itself."""
    waiting = list(rows)
    while waiting:
        names = {folded(row.values.get("name", "")) for row in waiting}
        ready = [r for r in waiting if folded(r.values.get("parent", "")) not in names]
        yield from ready or waiting
        taken = {row.number for row in ready or waiting}
        waiting = [row for row in waiting if row.number not in taken]


def _add_organization(load: DirectumLoad, answer: Answer, row: SheetRow) -> None:
    values = row.values
    name = needed(values, "name")
    numbers = requisites(values, answer)
    legal = values.get("legal_name", name)
    known = load.offices.known(name, numbers.get("inn")) or load.offices.known(legal)
    if known is not None:
        answer.was_there()
        return
    parent = values.get("parent")
    above = load.offices.known(parent) if parent else None
    if parent and above is None and not load.options.dry_run:
        raise UnknownOwn(field="parent", organization=parent)
    for attempt in range(_TRIES):
        request = AddOrganization(
            code=numbers.get("inn") or code_of(name, attempt),
            name=legal,
            short_name=name,
            parent=above.code if above else None,
            **{field: numbers.get(field) for field in ("inn", "kpp", "ogrn")},
        )
        try:
            load.offices.own.call(organization.ADD, request, f"{row.number}/{attempt}")
            break
        except OrganizationExists:
            if "inn" in numbers or attempt + 1 == _TRIES:
                raise
    if load.options.dry_run:
        load.offices.plan(name, legal)
    load.offices.forget()


def _add_unit(office: Office, answer: Answer, row: SheetRow, there: Mapping[UUID, str]) -> UUID:
    values = row.values
    name, parent = values["name"], values.get("parent")
    above = office.meant(ForeignSort.UNIT, words_key(parent)) if parent else None
    parent = there.get(above, parent) if above else parent
    if parent and folded(parent) not in set(map(folded, there.values())):
        answer.warn(UnknownParent(parent=parent))
        parent = None
    elif office.options.dry_run:
        parent = None  # one of the same trial is not there
    for attempt in range(_TRIES):
        given = values.get("code")
        code = given if given and not attempt else code_of(name, attempt)
        try:
            step = f"unit/{row.number}/{attempt}"
            return office.call(unit.ADD, AddUnit(code=code, name=name, parent=parent), step).id
        except UnitExists:
            if attempt + 1 == _TRIES:
                raise
    raise AssertionError("the last attempt returns or raises")
