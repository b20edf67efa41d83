"""People: those who work in our organizations, with logins, and those who do not."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sed_tui.domain.foreign_names import ForeignSort, id_key, words_key
from sed_tui.domain.latin_names import login_of
from sed_tui.domain.text import folded
from sed_tui.errors import SedError
from sed_tui.errors.directum import OtherLogin, OtherUnit, UnknownPerson
from sed_tui.errors.identity import LoginTaken
from sed_tui.gateway.directum.sending import Ready, refuse, send
from sed_tui.gateway.directum.values import full_name, needed, requisites
from sed_tui.operations import employee
from sed_tui.operations.employee import EditEmployee, ShowEmployee
from sed_tui.operations.import_columns import Noun
from sed_tui.operations.imports import Outcome
from sed_tui.spreadsheet.directum_forms import Form

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from uuid import UUID

    from sed_tui.gateway.directum.answers import SheetLoad
    from sed_tui.gateway.directum.load import DirectumLoad
    from sed_tui.gateway.directum.offices import Office
    from sed_tui.operations.employee import EmployeeRow
    from sed_tui.operations.imports import RowResult
    from sed_tui.operations.unit import Unit
    from sed_tui.spreadsheet.directum_reading import SheetRow

_COLUMNS = ("login", "full_name", "position", "unit", "email", "phone")
_CITIZEN = ("external_id", "kind", "name", "address", "email")
_TRIES = 30


def load_employees(load: DirectumLoad, sheet: SheetLoad, rows: Sequence[SheetRow]) -> None:
    """Take people on, each in the organization of the row; a unit nobody knows is added."""
    logins = {
        folded(full_name(row.values)): row.values["login"]
        for row in load.rows_of(Form.LOGINS)
        if "login" in row.values
    }
    by_office: dict[str, list[SheetRow]] = defaultdict(list)
    for row in rows:
        try:
            needed(row.values, "surname")
            by_office[load.offices.find(row.values.get("own")).code].append(row)
        except SedError as error:
            sheet[row.number].refuse(error)
    for code, mine in by_office.items():
        office = load.offices.find(code)
        try:
            office.look_at_people()
            _take_on(office, sheet, mine, logins)
            office.keep_learned("people")
            office.look_at_people()
        except SedError as error:
            refuse(sheet, mine, error)


def load_persons(load: DirectumLoad, sheet: SheetLoad, rows: Sequence[SheetRow]) -> None:
    """Put people who work nowhere here into the directory, as citizens."""
    working = {folded(full_name(row.values)) for row in load.rows_of(Form.EMPLOYEES)}
    ready = []
    for row in rows:
        answer = sheet[row.number]
        try:
            needed(row.values, "surname")
        except SedError as error:
            answer.refuse(error)
            continue
        name = full_name(row.values)
        found = requisites(row.values, answer)  # a person's number is checked and not kept
        if folded(name) in working:
            continue  # loaded with those who work here
        values = {**found, "kind": "citizen", "name": name}
        values |= {key: row.values[key] for key in ("external_id", "address") if key in row.values}
        ready.append(Ready(row.number, values))
    results = send(load.offices.own, sheet, Noun.CORRESPONDENTS, _CITIZEN, ready)
    tell_earlier(sheet, results)


def load_logins(load: DirectumLoad, sheet: SheetLoad, rows: Sequence[SheetRow]) -> None:
    """See that each login belongs to its person, and fill in the address that he lacks."""
    offices = load.offices.used
    for office in offices:
        office.look_at_people()
    for row in rows:
        answer = sheet[row.number]
        try:
            login, name = needed(row.values, "login"), full_name(row.values)
            pairs = [
                (o, one) for o in offices for one in o.people.get(folded(o.current_name(name)), [])
            ]
            if not pairs:
                raise UnknownPerson(name=name, organization=load.offices.own.code)
            office, person = next((p for p in pairs if p[1].login == login), pairs[0])
            if person.login != login:
                raise OtherLogin(name=name, login=person.login)
            email = requisites(row.values, answer).get("email")
            shown = office.gateway.call(employee.SHOW, ShowEmployee(employee=login))
            if email and shown.email is None:
                change = EditEmployee(employee=login, changes={"email": email})
                office.call(employee.EDIT, change, f"login/{row.number}")
        except SedError as error:
            answer.refuse(error)


def tell_earlier(sheet: SheetLoad, results: Mapping[int, RowResult]) -> None:
    """Say of rows that were there already that nothing was stored again."""
    for number, result in results.items():
        if result.outcome in {Outcome.UNCHANGED, Outcome.DUPLICATE}:
            sheet[number].was_there()


def _take_on(
    office: Office, sheet: SheetLoad, rows: Sequence[SheetRow], logins: dict[str, str]
) -> None:
    counts = Counter(folded(full_name(row.values)) for row in rows)
    own_words = {row.number: _person_keys(row, counts) for row in rows}
    units = {one.id: one for one in office.units()}
    rows = [_in_current_unit(office, units, row) for row in rows]
    there = _those_there(units.values(), office, rows, own_words)
    taken = {one.login for group in office.people.values() for one in group}
    ready = []
    for row in rows:
        name, known = full_name(row.values), there.get(row.number)
        values = requisites(row.values, sheet[row.number])
        values |= {key: row.values.get(key, "") for key in ("position", "unit")}
        if known is not None:
            login = known.login
            _compare_unit(units.values(), sheet, row, known)
            if folded(known.full_name) != folded(name):  # renamed here: it stays as it is
                sheet[row.number].was_there()
                continue
        else:
            login = logins.get(folded(name)) or _free(name, taken)
        taken.add(login)
        ready.append(Ready(row.number, {**values, "login": login, "full_name": name}))
    results = _sent(office, sheet, ready, taken, set(logins.values()))
    tell_earlier(sheet, results)
    stored = {number: result.id for number, result in results.items() if result.id is not None}
    for number, target in ({n: one.id for n, one in there.items()} | stored).items():
        office.learn(ForeignSort.PERSON, target, *own_words[number])


def _person_keys(row: SheetRow, counts: Mapping[str, int]) -> list[str]:
    """Return what a person is known by: an id, the place, the name alone unless there are two."""
    values, name = row.values, full_name(row.values)
    keys = [id_key(values["external_id"])] if "external_id" in values else []
    keys.append(words_key(name, values.get("unit", ""), values.get("position", "")))
    if counts[folded(name)] == 1:
        keys.append(words_key(name))
    return keys


def _in_current_unit(office: Office, units: Mapping[UUID, Unit], row: SheetRow) -> SheetRow:
    """Return a row with the name that its unit has here now."""
    named = row.values.get("unit", "")
    meant = office.meant(ForeignSort.UNIT, words_key(named)) if named else None
    if meant is None or meant not in units:
        return row
    return replace(row, values={**row.values, "unit": units[meant].name})


def _those_there(
    units: Collection[Unit],
    office: Office,
    rows: Sequence[SheetRow],
    own_words: Mapping[int, list[str]],
) -> dict[int, EmployeeRow]:
    """Return who is there already by row: as an earlier load has found, then by name.

    Of namesakes those of the place come first, each of them once.
    """
    found: dict[int, EmployeeRow] = {}
    taken: set[UUID] = set()
    for row in rows:
        known = office.person_of(office.meant(ForeignSort.PERSON, *own_words[row.number]))
        if known is not None and known.id not in taken:
            found[row.number] = known
            taken.add(known.id)
    left = {
        name: [one for one in people if one.id not in taken]
        for name, people in office.people.items()
    }
    for exactly in (True, False):
        for row in rows:
            group = left.get(folded(full_name(row.values)), [])
            if row.number in found or not group:
                continue
            same = [one for one in group if _same_place(units, row, one)]
            if same or not exactly:
                found[row.number] = (same or group)[0]
                group.remove(found[row.number])
    return found


def _same_place(units: Collection[Unit], row: SheetRow, person: EmployeeRow) -> bool:
    position = folded(row.values.get("position", "")) == folded(person.position or "")
    return position and not _moved(units, row, person)


def _moved(units: Collection[Unit], row: SheetRow, person: EmployeeRow) -> bool:
    wanted = folded(row.values.get("unit", ""))
    if not wanted:
        return False
    names = {folded(one.name) for one in units if person.unit in {one.code, one.name}}
    return wanted not in names


def _compare_unit(
    units: Collection[Unit], sheet: SheetLoad, row: SheetRow, person: EmployeeRow
) -> None:
    if _moved(units, row, person):
        sheet[row.number].warn(OtherUnit(name=person.full_name, unit=person.unit or "—"))


def _free(name: str, taken: set[str]) -> str:
    return next(one for n in range(len(taken) + 2) if (one := login_of(name, n)) not in taken)


def _sent(
    office: Office, sheet: SheetLoad, ready: list[Ready], taken: set[str], given: set[str]
) -> dict[int, RowResult]:
    """Send people; a login that somebody of another organization has is made anew."""
    results: dict[int, RowResult] = {}
    for _attempt in range(_TRIES):
        answers = send(office, sheet, Noun.PEOPLE, _COLUMNS, ready)
        results |= answers
        again = []
        for row in ready:
            result = answers.get(row.row)
            codes = {error.code for error in result.errors} if result else set()
            if LoginTaken.code in codes and row.values["login"] not in given:
                login = _free(row.values["full_name"], taken)
                taken.add(login)
                sheet[row.row].forget_refusal()
                again.append(Ready(row.row, {**row.values, "login": login}))
        if not again:
            break
        ready = again
    return results


def find_person(offices: Iterable[Office], name: str) -> list[tuple[Office, EmployeeRow]]:
    """Return those of a name who work in the organizations."""
    return [
        (office, one)
        for office in offices
        for one in office.people.get(folded(office.current_name(name)), [])
        if one.state == "active"
    ]
