"""Substitutions of a workbook: who stands in for whom, within one organization."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.errors import SedError
from sed_tui.errors.directum import OtherOrganization, UnknownPerson
from sed_tui.errors.references import Ambiguous
from sed_tui.gateway.directum.people import find_person
from sed_tui.gateway.directum.values import day, needed
from sed_tui.operations import substitution
from sed_tui.operations.substitution import AddSubstitution, ListSubstitutions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sed_tui.gateway.directum.answers import Answer, SheetLoad
    from sed_tui.gateway.directum.load import DirectumLoad
    from sed_tui.gateway.directum.offices import Office
    from sed_tui.operations.employee import EmployeeRow
    from sed_tui.spreadsheet.directum_reading import SheetRow


def load_substitutions(load: DirectumLoad, sheet: SheetLoad, rows: Sequence[SheetRow]) -> None:
    """Set the substitutions that are not set yet."""
    for office in load.offices.used:
        office.look_at_people()
    for row in rows:
        answer = sheet[row.number]
        try:
            _set(load, answer, row)
        except SedError as error:
            answer.refuse(error)


def _set(load: DirectumLoad, answer: Answer, row: SheetRow) -> None:
    values = row.values
    office, absent = _person(load, needed(values, "absent"), values.get("own"))
    where, substitute = _person(
        load, needed(values, "substitute"), values.get("substitute_own"), first=office
    )
    if where is not office:
        raise OtherOrganization(name=substitute.full_name)
    request = AddSubstitution(
        absent=absent.login,
        substitute=substitute.login,
        starts_on=day(values, "starts_on"),
        ends_on=day(values, "ends_on"),
    )
    there = office.gateway.call(
        substitution.LIST, ListSubstitutions(person=absent.login, past=True)
    ).rows
    for one in there:
        same = (one.absent_login, one.substitute_login) == (absent.login, substitute.login)
        if same and (one.starts_on, one.ends_on) == (request.starts_on, request.ends_on):
            answer.was_there()
            return
    office.call(substitution.ADD, request, f"substitution/{row.number}")


def _person(
    load: DirectumLoad, name: str, own: str | None, first: Office | None = None
) -> tuple[Office, EmployeeRow]:
    """Return the one person of a name: in the named organization, else in the first, else in any.

    Raises `UnknownPerson` and `Ambiguous`.
    """
    if own:
        office = load.offices.find(own)
        office.look_at_people()
        offices = [office]
    else:
        offices = load.offices.used
    found = find_person(offices, name)
    near = [pair for pair in found if pair[0] is first]
    found = near or found
    if not found:
        where = own or ", ".join(office.name for office in offices)
        raise UnknownPerson(name=name, organization=where)
    if len(found) > 1:
        shown = "; ".join(f"{one.full_name} ({one.login})" for _office, one in found)
        raise Ambiguous(field="absent", value=name, candidates=shown)
    return found[0]
