"""What an organization may store: every way in is counted once, and stops at the limit."""

from __future__ import annotations

import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select
from sqlmodel import col

from sed_tui import handlers
from sed_tui.domain.exchange_partner import Channel
from sed_tui.domain.joining_papers import Paper
from sed_tui.errors.room import NoRoomLeft, NoRoomThere, QuotaOfAnother
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations import (
    assignment_execution,
    dispatch,
    exchange_partner,
    file,
    imports,
    law_upkeep,
    organization,
    organization_quota,
    registration,
)
from sed_tui.operations.employee import ADD as HIRE
from sed_tui.operations.employee import AddEmployee
from sed_tui.operations.file import FileContent
from sed_tui.operations.intake_letter import REGISTER as REGISTER_LETTER
from sed_tui.operations.intake_letter import RegisterLetter
from sed_tui.operations.registry import operations
from sed_tui.storage.database import open_database
from sed_tui.storage.kept_contents import KEPT
from sed_tui.storage.room_counting import miscounted
from sed_tui.storage.tables.organization import OrganizationTable
from sed_tui.storage.tables.room import OrganizationContentTable, OrganizationStorageTable
from tests.handlers import exchange_partners
from tests.handlers.callers import acting
from tests.handlers.drafts import drafted, next_version, text_file
from tests.handlers.joining_way import Way
from tests.handlers.letters import letter
from tests.handlers.signers import HEAD
from tests.handlers.tables import card, load
from tests.handlers.test_intake import take as take_letter
from tests.handlers.test_intake import written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from sed_tui.config import Settings
    from sed_tui.operations.organization_quota import Quota
    from tests.conftest import FixedClock
    from tests.handlers.assignments import Office
    from tests.handlers.signers import Signing

    Act = Callable[[], object]

SQLITE = pytest.mark.parametrize("engine", ["sqlite"])


@dataclass
class Place:
    """An office whose store is looked at, and the organization that a limit binds."""

    office: Office
    signing: Signing
    settings: Settings
    clock: FixedClock
    keeper: LocalGateway
    bound: str = "01"

    def by(self, login: str) -> LocalGateway:
        return self.office.as_(login)

    def limit(self, allowed: int | None) -> Quota:
        request = organization_quota.SetQuota(organization=self.bound, allowed_bytes=allowed)
        return self.keeper.call(organization_quota.SET, request)

    def used(self) -> int:
        shown = select(col(OrganizationStorageTable.used_bytes)).join(
            OrganizationTable,
            col(OrganizationTable.id) == col(OrganizationStorageTable.organization_id),
        )
        with looking_into(self.settings) as db:
            return db.scalar(shown.where(col(OrganizationTable.code) == self.bound)) or 0

    def stored(self) -> set[str]:
        return {path.name for path in self.settings.files.glob("??/??/*")}


@contextmanager
def looking_into(settings: Settings) -> Iterator[Connection]:
    """Look into a database beside whoever works with it."""
    engine = open_database(settings.database)
    with engine.connect() as db:
        yield db
    engine.dispose()


@pytest.fixture
def place(signing_office: Signing, settings: Settings, clock: FixedClock) -> Iterator[Place]:
    with acting(settings, clock, "admin", "01") as keeper:
        yield Place(signing_office.office, signing_office, settings, clock, keeper)


def _registered(place: Place) -> Act:
    one = letter(files=(text_file(place.by("admin"), "Письмо"),))
    return lambda: place.by("admin").call(registration.REGISTER, one)


def _added(place: Place) -> Act:
    added = file.AddFile(document=place.office.letter(), files=(text_file(place.keeper, "Файл"),))
    return lambda: place.keeper.call(file.ADD, added)


def _draft(place: Place) -> Act:
    return lambda: drafted(place.by("petrov"))


def _version(place: Place) -> Act:
    paper = drafted(place.by("petrov"))
    return lambda: next_version(place.by("petrov"), paper, "Вторая редакция\n")


def _signature(place: Place) -> Act:
    paper = drafted(place.by("petrov"))

    def sign() -> None:
        failure = place.signing.refusal(HEAD, place.signing.head, paper)
        if failure is not None:
            raise failure

    return sign


def _report(place: Place) -> Act:
    order = str(place.office.issue(document=place.office.letter("01-23/9")).id)
    files = (text_file(place.by("petrov"), "Справка"),)
    request = assignment_execution.ReportAssignment(assignment=order, text="Готово", files=files)
    return lambda: place.by("petrov").call(assignment_execution.REPORT, request)


def _imported(place: Place) -> Act:
    files = {1: (text_file(place.keeper, "Скан"),)}
    return lambda: load(place.keeper, card("01-23/1"), files=files, atomic=True)


def _taken(place: Place) -> Act:
    return lambda: take_letter(place.by("admin"), written())


def _package(place: Place) -> Act:
    exchange_partners.add_partner(place.keeper)
    message = exchange_partners.letter_message(place.keeper)
    package = exchange_partners.packed(message, exchange_partners.FILES)
    return lambda: exchange_partners.take(place.keeper, package)


def _unread(place: Place) -> Act:
    exchange_partners.add_partner(place.keeper)
    return lambda: exchange_partners.take(place.keeper, b"PK no package at all")


def _act(place: Place) -> Act:
    token = place.keeper.stage(io.BytesIO(b"text"))
    code = "connection-regulation"
    loaded = law_upkeep.LoadEdition(act=code, edition="1", name="reg.txt", token=token)
    return lambda: place.keeper.call(law_upkeep.LOAD, loaded)


def _neighbour(place: Place) -> None:
    added = organization.AddOrganization(code="02", name="Управа", parent="01")
    place.keeper.call(organization.ADD, added)
    place.bound = "02"


def _local(place: Place) -> Act:
    _neighbour(place)
    partner = exchange_partner.AddPartner(code="02", channel=Channel.LOCAL, organization="02")
    place.keeper.call(exchange_partner.ADD, partner)
    sent = exchange_partners.letter_to(place.keeper, "Управа")
    request = dispatch.DispatchDocument(document=sent.number)
    return lambda: place.keeper.call(dispatch.DISPATCH, request)


def _applicant(place: Place) -> Way:
    _neighbour(place)
    way = Way(place.keeper, place.settings, place.clock)
    way.begin()
    return way


def _consent(place: Place) -> Act:
    way = _applicant(place)
    way.list_person()
    return way.consent


def _paper(place: Place) -> Act:
    way = _applicant(place)
    return lambda: way.issue(Paper.APPLICATION)


def _scan(place: Place) -> Act:
    way = _applicant(place)
    way.issue(Paper.APPLICATION)
    return lambda: way.sign(Paper.APPLICATION)


# every operation that takes bytes, and the way to call it; a new one has to be put here
WAYS: dict[str, Callable[[Place], Act]] = {
    "document.register": _registered,
    "file.add": _added,
    "draft.add": _draft,
    "version.add": _version,
    "signature.sign": _signature,
    "assignment.report": _report,
    "import.documents": _imported,
    "intake.take": _taken,
    "exchange.take": _package,
    "law.load": _act,
    "joining.consent": _consent,
    "joining.issue": _paper,
    "joining.sign": _scan,
}
# what brings bytes in without a request that holds them
MORE_WAYS = {"a package nobody understands": _unread, "a letter of another organization": _local}
OTHERWISE = {
    "assignment.contribute": "handlers.assignment_result, as assignment.report",
    "assignment.interim": "handlers.assignment_result, as assignment.report",
    "exchange.agent": "handlers.exchange_unknown, as exchange.take",
    "exchange.deliver": "handlers.exchange_inbox.taken_in, as exchange.take",
    "import.correspondents": "files belong to documents: nothing of them is kept",
    "import.organizations": "files belong to documents: nothing of them is kept",
    "import.people": "files belong to documents: nothing of them is kept",
    "mailing.send": "a copy in the row of the letter, which is forgotten with it",
    "token.revoke": "a token of another sort",
    "trust.add": "in its own row, of a size that is limited",
}


def test_every_way_that_content_comes_in_is_listed() -> None:
    taking = {
        name
        for name, operation in operations().items()
        if re.search('"tokens?"', json.dumps(operation.request.model_json_schema()))
    }

    assert taking == WAYS.keys() | OTHERWISE.keys()


def test_no_handler_keeps_bytes_past_the_count() -> None:
    """`Work.keep` counts them; the store itself is for what is outside of operations."""
    folder = Path(handlers.__file__).parent
    past = [one.name for one in folder.rglob("*.py") if "files.keep(" in one.read_text()]

    assert past == ["work.py"]


@SQLITE
@pytest.mark.parametrize("way", [*WAYS, *MORE_WAYS])
def test_a_way_in_is_counted_and_refused_above_the_limit(
    place: Place, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = (WAYS | MORE_WAYS)[way](place)
    before, stored = place.limit(place.used()).used_bytes, place.stored()
    # the stream is let through: what is asked here is the count at the commit
    monkeypatch.setattr(LocalGateway, "_room", lambda _self: None)
    with pytest.raises((NoRoomLeft, NoRoomThere)) as refused:
        act()

    assert refused.value.exit_code == 6
    assert place.bound in str(refused.value)
    assert (place.used(), place.stored()) == (before, stored)
    place.limit(None)
    act()
    assert place.used() > before
    with looking_into(place.settings) as db:
        assert miscounted(db) == []


@SQLITE
def test_whatever_names_content_is_counted(place: Place) -> None:
    """The tables of KEPT are filled by ways above, one of each."""
    for way in (_added, _report, _act, _taken, _package):
        way(place)()
    applicant = _applicant(place)
    applicant.list_person()
    applicant.consent()
    applicant.issue(Paper.APPLICATION)
    applicant.sign(Paper.APPLICATION)
    with looking_into(place.settings) as db:
        filled = {
            (column.table.name, column.name)
            for column in KEPT
            if db.scalar(select(column).where(column.is_not(None)).limit(1))
        }

        assert filled == {(column.table.name, column.name) for column in KEPT}
        assert miscounted(db) == []


def test_the_same_bytes_count_once_for_each_organization(place: Place) -> None:
    admin = place.keeper
    for number in ("01-23/1", "01-23/2"):
        document = place.office.letter(number)
        admin.call(file.ADD, file.AddFile(document=document, files=(text_file(admin, "Одно"),)))
    size = len("Одно".encode())
    assert place.used() == size

    _neighbour(place)
    with acting(place.settings, place.clock, "admin", "02") as founder:
        roles = ("registrar", "administrator")
        founder.call(HIRE, AddEmployee(login="second", full_name="Вторая В.В.", roles=roles))
    with acting(place.settings, place.clock, "second") as second:
        one = letter(files=(text_file(second, "Одно"),))
        second.call(registration.REGISTER, one)
    assert place.used() == size
    assert len(place.stored()) == 1


def test_the_keeper_of_the_system_alone_sets_the_limit_and_it_is_shown(place: Place) -> None:
    _neighbour(place)
    told = place.limit(10_000)
    with acting(place.settings, place.clock, "admin", "02") as second:
        with pytest.raises(QuotaOfAnother):
            second.call(
                organization_quota.SET,
                organization_quota.SetQuota(organization="02", allowed_bytes=None),
            )
        card_ = second.call(organization.SHOW, organization.ShowOrganization())

    assert (told.organization, told.used_bytes, told.allowed_bytes) == ("02", 0, 10_000)
    assert (card_.used_bytes, card_.allowed_bytes) == (0, 10_000)


@SQLITE
@pytest.mark.local_only("a client sends as fast as the socket takes it, and hears afterwards")
def test_a_stream_is_given_up_as_soon_as_there_is_no_room(place: Place) -> None:
    place.limit(3_000_000)
    source = io.BytesIO(b"x" * 50_000_000)
    staging = place.settings.files / "staging"
    before = set(staging.iterdir())

    with pytest.raises(NoRoomLeft):
        place.keeper.stage(source)

    assert source.tell() < 6_000_000
    assert set(staging.iterdir()) == before


@SQLITE
def test_what_is_named_no_more_is_counted_no_more(place: Place) -> None:
    run = _imported(place)()
    assert place.used()
    place.keeper.call(imports.UNDO, imports.UndoImport(run=str(run.run)))  # type: ignore[attr-defined]
    assert place.used() == 0

    letter_id = str(take_letter(place.keeper, written()).id)
    before = place.used()
    place.keeper.call(REGISTER_LETTER, RegisterLetter(letter=letter_id))
    assert place.used() == before  # the card keeps what the letter has brought


def test_of_many_at_once_as_many_are_kept_as_there_is_room_for(place: Place) -> None:
    """Eight store a thousand bytes each where there is room for five."""
    place.limit(5_000)
    documents = [place.office.letter(f"01-23/{number}") for number in range(8)]

    def store(number: int) -> bool:
        with acting(place.settings, place.clock, "admin", "01") as own:
            token = own.stage(io.BytesIO(bytes([65 + number]) * 1_000))
            one = FileContent(name="файл.txt", token=token)
            try:
                own.call(file.ADD, file.AddFile(document=documents[number], files=(one,)))
            except NoRoomLeft:
                return False
            return True

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(store, range(8)))

    assert (sum(kept), place.used()) == (5, 5_000)
    with looking_into(place.settings) as db:
        assert miscounted(db) == []
        assert len(db.execute(select(col(OrganizationContentTable.sha256))).all()) == 5
