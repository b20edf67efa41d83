"""An organization with no room left: what it has is taken again, and work elsewhere is apart."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlmodel import col

from sed_tui import handlers
from sed_tui.errors.room import NoRoomLeft, TooMuchWaiting
from sed_tui.handlers.joining_beginning import make_applicant
from sed_tui.handlers.organization import add_organization
from sed_tui.handlers.work import Work
from sed_tui.operations import file, organization, registration
from sed_tui.operations.employee import ADD as HIRE
from sed_tui.operations.employee import AddEmployee
from sed_tui.operations.registry import CallOptions
from sed_tui.storage.database import open_database
from sed_tui.storage.room_counting import miscounted
from sed_tui.storage.tables.room import OrganizationContentTable
from tests.handlers.callers import acting
from tests.handlers.drafts import text_file
from tests.handlers.letters import letter
from tests.handlers.test_room import SQLITE, Place, looking_into
from tests.handlers.test_room import _neighbour as neighbour

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sed_tui.config import Settings
    from tests.conftest import FixedClock
    from tests.handlers.signers import Signing


@pytest.fixture
def place(signing_office: Signing, settings: Settings, clock: FixedClock) -> Iterator[Place]:
    with acting(settings, clock, "admin", "01") as keeper:
        yield Place(signing_office.office, signing_office, settings, clock, keeper)


def test_work_elsewhere_has_one_way() -> None:
    """Copied by hand, it shares lists that were thought of later: what is stored, or put off."""
    folder = Path(handlers.__file__).parent
    by_hand = re.compile(r"replace\(work,[^)]*\b_\w+=")
    past = [one.name for one in folder.rglob("*.py") if by_hand.search(one.read_text())]

    assert past == []


@SQLITE
def test_an_organization_made_writes_nothing_that_was_put_off(place: Place) -> None:
    """What is to go with the commit waits for it; bytes are on the account of who stores them."""
    written_: list[str] = []
    engine = open_database(place.settings.database)
    with engine.connect() as db:
        db.execution_options(writes=True)
        own = place.keeper
        work = Work(
            db, own.caller(), CallOptions(), "organization.add", place.clock.now(), own.files
        )
        work.write_last(lambda: written_.append("put off"))
        work.count("0" * 64, 5)
        add_organization(work, organization.AddOrganization(code="77", name="Новая"))
        make_applicant(
            work, "78", {"name": "Ещё", "short_name": None, "inn": None, "kpp": None, "ogrn": None}
        )
        assert written_ == []
        rows = db.execute(select(col(OrganizationContentTable.sha256))).all()
        db.rollback()
    engine.dispose()

    assert rows == []


@SQLITE
def test_bytes_that_are_counted_already_are_taken_also_with_no_room_left(place: Place) -> None:
    """They count once; others, as long as the longest or longer, are refused as before."""
    text, admin = "Одно и то же", place.keeper
    admin.call(
        file.ADD, file.AddFile(document=place.office.letter(), files=(text_file(admin, text),))
    )
    before = place.limit(1).used_bytes
    staging = place.settings.files / "staging"
    left = set(staging.iterdir())
    document = place.office.letter("01-23/2")

    with pytest.raises(NoRoomLeft):
        text_file(admin, "Другое такое"[: len(text)])
    with pytest.raises(NoRoomLeft):
        text_file(admin, text + "!")
    assert set(staging.iterdir()) == left
    again = text_file(admin, text)
    admin.call(file.ADD, file.AddFile(document=document, files=(again,)))

    assert place.used() == before
    with looking_into(place.settings) as db:
        assert miscounted(db) == []


def test_what_others_have_stored_is_refused_where_there_is_no_room(place: Place) -> None:
    """Else whoever has no room would learn what they hold."""
    neighbour(place)
    roles = ("registrar", "administrator")
    with acting(place.settings, place.clock, "admin", "02") as founder:
        founder.call(HIRE, AddEmployee(login="second", full_name="Вторая В.В.", roles=roles))
    with acting(place.settings, place.clock, "second") as second:
        one = letter(files=(text_file(second, "Только у второй"),))
        second.call(registration.REGISTER, one)
    place.bound = "01"
    place.limit(1)

    with pytest.raises(NoRoomLeft):
        text_file(place.keeper, "Только у второй")


@SQLITE
@pytest.mark.local_only("the largest file is a setting of this process")
def test_what_waits_for_its_operation_counts_and_is_given_back(place: Place) -> None:
    place.limit(8_000)
    small = replace(place.settings, max_file_size=1_000)
    waits: list[str] = []
    with acting(small, place.clock, "admin", "01") as sender:
        for number in range(9):
            try:
                waits.append(sender.stage(BytesIO(bytes([65 + number]) * 900)))
            except TooMuchWaiting as failure:
                refused = failure
        sender.files.discard(waits[0])
        sender.stage(BytesIO(b"z" * 900))

    assert 6 <= len(waits) <= 8  # what has made the office waits as well
    assert (refused.details["organization"], refused.exit_code) == ("01", 6)
    with acting(small, place.clock, "admin", "01") as sender:  # who goes takes away what is his
        sender.stage(BytesIO(b"y" * 900))
