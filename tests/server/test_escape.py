"""Nothing of one organization is told to another, whatever is asked for by whichever identifier.

`make escape` asks for everything and keeps the report; a run of the tests asks for a part.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from sed_tui.domain.access import PEOPLE
from sed_tui.gateway.example import make_example
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.employee import ADD, AddEmployee
from sed_tui.operations.organization import ADD as ADD_ORGANIZATION
from sed_tui.operations.organization import AddOrganization
from tests import postgres
from tests.conftest import FixedClock
from tests.handlers.callers import acting
from tests.patience import LONGEST
from tests.served import secret_of
from tests.server.escape import Report, ask, identifiers, secrets
from tests.server.filled import SECRET, fill
from tests.server.running import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.config import Settings

_PAGE = os.environ.get("ESCAPE_REPORT")
# of the identifiers every so-manieth for each field; the fields take turns
_EVERY = int(os.environ.get("ESCAPE_EVERY", "1" if _PAGE else "120"))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Settings]:
    """Make the example on PostgreSQL, and a second organization with a person of every role."""
    from tests.conftest import settings_of

    name = postgres.create_database()
    address = postgres.database_address(name)
    settings = replace(settings_of(tmp_path / "sed.db"), database=address)
    clock = FixedClock(datetime(2026, 11, 23, 7, 0, tzinfo=UTC))
    make_example(settings, clock=clock)
    settings = replace(settings, login="admin")
    gateway = LocalGateway(settings, clock)
    gateway.call(ADD_ORGANIZATION, AddOrganization(code="77", name="Чужая", parent="01"))
    gateway.close()
    with acting(settings, clock, "admin", "77") as founder:
        founder.call(ADD, AddEmployee(login="stranger", full_name="Ч", roles=tuple(PEOPLE)))
    fill(settings, "01")
    yield settings
    postgres.drop_database(name)


@pytest.mark.slow
def test_no_identifier_in_any_route_opens_another_organization(office: Settings) -> None:
    clock = FixedClock(datetime(2026, 11, 23, 7, 0, tzinfo=UTC))
    token = secret_of(replace(office, login="stranger"), clock)
    known, words = identifiers(office, "01"), {*secrets(office, "01"), SECRET}
    headers = {"Authorization": f"Bearer {token}", "Sed-Dry-Run": "1", "Accept-Language": "en"}

    with running(office, clock) as address:
        client = httpx.Client(base_url=address, headers=headers, timeout=LONGEST)
        with client as http:
            report = ask(http, known, words, _EVERY)
    if _PAGE:
        Path(_PAGE).write_text(told(report), encoding="utf-8")

    assert len(words) > 20
    assert len(known) > 50
    assert "\n".join(report.leaks) == ""


def told(report: Report) -> str:
    """Return the page of a run."""
    statuses = ", ".join(f"{code} × {n:,}" for code, n in sorted(report.statuses.items()))
    figures = {
        "routes": report.routes,
        "fields of them, each tried on its own": f"{report.fields:,}",
        "kinds of identifiers": len(report.kinds),
        "pairs of a field and a kind": "all" if _EVERY == 1 else f"one of {_EVERY}",
        "requests": f"{report.asked:,}",
        "asked of a thing that nobody has, answered 404": f"{report.references:,}",
        "answers by status": statuses,
        "answers that tell something": len(report.leaks),
    }
    rows = "".join(f"| {name} | {value} |\n" for name, value in figures.items())
    found = "".join(f"- {leak}\n" for leak in report.leaks[:50])
    kinds = ", ".join(f"`{kind}`" for kind in report.kinds)
    return f"{_HEADING}{rows}\n{found}\nThe kinds: {kinds}.\n"


_HEADING = """# Escape from an organization

`make escape` fills one organization with the example office on PostgreSQL, and each table that
the example leaves empty with a row of its own. Somebody who has every role in another organization
asks for it through the server: one identifier of each kind listed below, whole and short, in every
text of every request of every operation (the registry gives them, so a new operation is tried by
itself), in the query of those that read, in links and addresses of files. Changes are asked for as
a rehearsal, which runs them whole and rolls back. The same field is asked about an identifier of
the same shape that nobody has.

Fields that are no text (numbers, dates, choices) are not tried, nor two strange identifiers in one
request. `make test` tries one pair of 120.

An answer passes when it is the same as about that identifier, tells no subject,
text or name of the other organization, and is no error of the server. The last run:

| | |
|---|---|
"""
