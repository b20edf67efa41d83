"""Files of a document, on both databases."""

from __future__ import annotations

import io
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.access import Role
from sed_tui.domain.files import FileRole, TextState
from sed_tui.domain.flows import Confidentiality
from sed_tui.errors import NotFound, NotPermitted, SedError
from sed_tui.errors.files import NothingStaged, SameFileTwice, SeveralFiles
from sed_tui.errors.idempotency import KeyReused
from sed_tui.errors.installation import ReadOnlyStorage
from sed_tui.errors.registration import OfficialUseFile
from sed_tui.operations.document import HISTORY, SHOW, ShowDocument, ShowHistory
from sed_tui.operations.document_list import COUNT, LIST, CountDocuments, ListDocuments
from sed_tui.operations.file import (
    ADD,
    GET,
    AddFile,
    FileContent,
    FilesAdded,
    GetFile,
    ListFiles,
)
from sed_tui.operations.file import LIST as FILES
from sed_tui.operations.registration import REGISTER
from sed_tui.operations.registry import CallOptions
from tests import sample_files
from tests.handlers.hired_people import gateway_of, hire
from tests.handlers.letters import letter

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock


@pytest.fixture
def document(gateway: LocalGateway) -> str:
    return gateway.call(REGISTER, letter()).number


def content(
    gateway: LocalGateway, name: str, data: bytes, role: FileRole = FileRole.MAIN
) -> FileContent:
    return FileContent(name=name, token=gateway.stage(io.BytesIO(data)), role=role)


def add(gateway: LocalGateway, document: str, *files: tuple[str, bytes]) -> FilesAdded:
    contents = tuple(content(gateway, name, data) for name, data in files)
    return gateway.call(ADD, AddFile(document=document, files=contents))


def found(gateway: LocalGateway, query: str) -> int:
    return gateway.call(COUNT, CountDocuments(query=query)).total


def contents_of(settings: Settings) -> list[Path]:
    return [path for path in settings.files.rglob("*") if path.is_file()]


def test_a_letter_is_registered_with_its_files_and_found_by_their_words(
    gateway: LocalGateway,
) -> None:
    files = (
        content(gateway, "письмо.pdf", sample_files.pdf("О капитальном ремонте кровли")),
        content(gateway, "смета.docx", sample_files.docx("Сметный расчёт"), FileRole.ANNEX),
        content(gateway, "письмо.sig", b"0\x80\x06", FileRole.SIGNATURE),
    )
    registered = gateway.call(REGISTER, letter(files=files))
    card = gateway.call(SHOW, ShowDocument(document=registered.number))

    # these bytes are no signature: they are kept as they came, and it is told
    assert [told.partition(":")[0] for told in registered.warnings] == ["письмо.sig"]
    assert {(file.name, file.role, file.version) for file in card.files} == {
        ("письмо.pdf", "main", 1),
        ("смета.docx", "annex", 1),
        ("письмо.sig", "signature", 1),
    }
    assert found(gateway, "кровля") == 1
    assert found(gateway, "сметного сведения") == 1  # one word of a file, one of the card
    assert found(gateway, '"кровли сметный"') == 0


def test_bytes_come_back_as_they_were(gateway: LocalGateway, document: str) -> None:
    [row] = add(gateway, document, ("письмо.txt", "О приказе".encode())).rows
    got = gateway.call(GET, GetFile(document=document))

    assert got == row
    assert (row.media_type, row.size, row.text_state) == ("text/plain", 17, TextState.READ)
    assert row.added_by == "Иванова Анна Петровна"
    with gateway.fetch(got.sha256) as kept:
        assert kept.read() == "О приказе".encode()


def test_a_name_that_is_there_gets_its_next_version(gateway: LocalGateway, document: str) -> None:
    add(gateway, document, ("письмо.txt", b"first edition"))
    add(gateway, document, ("письмо.txt", b"second edition"), ("иное.txt", b"other"))
    rows = gateway.call(FILES, ListFiles(document=document)).rows

    assert [(row.name, row.version) for row in rows] == [
        ("иное.txt", 1),
        ("письмо.txt", 2),
        ("письмо.txt", 1),
    ]
    assert gateway.call(GET, GetFile(document=document, name="письмо.txt")).version == 2
    first = gateway.call(GET, GetFile(document=document, name="письмо.txt", version=1))
    with gateway.fetch(first.sha256) as kept:
        assert kept.read() == b"first edition"


def test_only_the_last_version_is_found_by_its_words(gateway: LocalGateway, document: str) -> None:
    add(gateway, document, ("письмо.txt", "о кровле".encode()))
    add(gateway, document, ("письмо.txt", "о фундаменте".encode()))

    assert (found(gateway, "кровля"), found(gateway, "фундамент")) == (0, 1)


def test_a_former_version_may_be_restored(gateway: LocalGateway, document: str) -> None:
    for edition in (b"one", b"two", b"one"):
        add(gateway, document, ("письмо.txt", edition))

    assert gateway.call(GET, GetFile(document=document)).version == 3


def test_a_phrase_of_a_file_runs_on_where_its_line_ends(
    gateway: LocalGateway, document: str
) -> None:
    add(gateway, document, ("а.txt", "о капитальном\r\nремонте школы".encode()))

    assert found(gateway, '"капитальном ремонте школы"') == 1
    assert found(gateway, '"школы капитальном"') == 0


@pytest.mark.parametrize("names", [("а.txt", "б.txt"), ("а.txt", "а.txt")])
def test_the_same_bytes_twice_are_refused(
    gateway: LocalGateway, settings: Settings, document: str, names: tuple[str, str]
) -> None:
    with pytest.raises(SameFileTwice) as caught:
        add(gateway, document, *((name, b"the same") for name in names))
    assert caught.value.exit_code == 5
    add(gateway, document, (names[0], b"the same"))
    with pytest.raises(SameFileTwice):
        add(gateway, document, (names[1], b"the same"))

    assert len(gateway.call(FILES, ListFiles(document=document)).rows) == 1


@pytest.mark.parametrize(
    ("name", "data", "warning"),
    [
        ("письмо.pdf", b"MZ\x90\x00", "by its content it is application/x-msdownload"),
        ("письмо.pdf", sample_files.encrypted_pdf("тайна"), "protected by a password"),
        ("архив.zip", sample_files.locked(sample_files.archive({"a": b"a"})), "by a password"),
        ("письмо.pdf", sample_files.pdf("текст")[:200], "its text could not be read"),
        ("письмо.docx", sample_files.zip_bomb, "its text could not be read"),
    ],
    ids=sample_files.short_id,
)
def test_a_doubtful_file_is_kept_with_a_warning(
    gateway: LocalGateway, name: str, data: bytes | Callable[[], bytes], warning: str
) -> None:
    data = sample_files.made(data)
    registered = gateway.call(REGISTER, letter(files=(content(gateway, name, data),)))
    [file] = gateway.call(FILES, ListFiles(document=registered.number)).rows

    assert any(warning in told for told in registered.warnings)
    with gateway.fetch(file.sha256) as kept:
        assert kept.read() == data


@pytest.mark.parametrize("name", ["../план.pdf", "..", "я" * 200, "a\x1b[0m.pdf"])
def test_a_bad_name_is_refused_and_nothing_is_registered(
    gateway: LocalGateway, settings: Settings, name: str
) -> None:
    with pytest.raises(SedError) as caught:
        gateway.call(REGISTER, letter(files=(content(gateway, name, b"text"),)))
    gateway.close()

    assert caught.value.exit_code == 3
    assert caught.value.field == "files"
    assert contents_of(settings) == []
    assert found(gateway, "") == 0


def test_bytes_that_were_never_sent_are_refused(gateway: LocalGateway, document: str) -> None:
    file = FileContent(name="a.txt", token=f"{'0' * 64}.{'0' * 32}")
    with pytest.raises(NothingStaged):
        gateway.call(ADD, AddFile(document=document, files=(file,)))
    with pytest.raises(NothingStaged):
        gateway.call(REGISTER, letter(their_number="2", files=(file,)))


def test_a_card_for_official_use_holds_no_files(gateway: LocalGateway) -> None:
    official = letter(confidentiality=Confidentiality.OFFICIAL)
    number = gateway.call(REGISTER, official).number
    with pytest.raises(OfficialUseFile) as caught:
        add(gateway, number, ("а.txt", b"text"))
    assert caught.value.exit_code == 6
    file = content(gateway, "а.txt", b"text")
    with pytest.raises(OfficialUseFile):
        gateway.call(REGISTER, official.model_copy(update={"files": (file,)}))

    assert found(gateway, "has:file") == 0


def test_a_dry_run_keeps_nothing(gateway: LocalGateway, settings: Settings, document: str) -> None:
    file = content(gateway, "а.txt", b"text")
    added = gateway.call(ADD, AddFile(document=document, files=(file,)), CallOptions(dry_run=True))
    gateway.close()

    assert [row.version for row in added.rows] == [1]
    assert contents_of(settings) == []
    assert gateway.call(FILES, ListFiles(document=document)).rows == []


def test_a_failed_registration_leaves_no_bytes_behind(
    gateway: LocalGateway, settings: Settings
) -> None:
    file = content(gateway, "а.txt", b"text")
    with pytest.raises(SedError):
        gateway.call(REGISTER, letter(subject=" ", files=(file,)))
    gateway.close()

    assert contents_of(settings) == []


def test_a_store_that_cannot_be_written_changes_nothing(
    gateway: LocalGateway, settings: Settings, document: str
) -> None:
    file = content(gateway, "а.txt", b"text")
    sha256 = file.token.partition(".")[0]
    # where the folder of the digest should be made, something stands in the way
    (settings.files / sha256[:2]).write_bytes(b"")
    with pytest.raises(ReadOnlyStorage) as caught:
        gateway.call(ADD, AddFile(document=document, files=(file,)))

    assert caught.value.exit_code == 7
    assert gateway.call(FILES, ListFiles(document=document)).rows == []
    assert found(gateway, "text") == 0


def test_a_repeated_call_is_recognized_by_the_bytes(gateway: LocalGateway, document: str) -> None:
    key = CallOptions(idempotency_key="once")

    def call(data: bytes) -> FilesAdded:
        file = content(gateway, "а.txt", data)
        return gateway.call(ADD, AddFile(document=document, files=(file,)), key)

    assert call(b"text") == call(b"text")
    with pytest.raises(KeyReused):
        call(b"another text")
    assert len(gateway.call(FILES, ListFiles(document=document)).rows) == 1


def test_which_file_is_meant_must_be_clear(gateway: LocalGateway, document: str) -> None:
    with pytest.raises(NotFound):
        gateway.call(GET, GetFile(document=document))
    add(gateway, document, ("а.txt", b"one"), ("б.txt", b"two"))
    with pytest.raises(SeveralFiles, match=r"а\.txt, б\.txt"):
        gateway.call(GET, GetFile(document=document))
    with pytest.raises(NotFound):
        gateway.call(GET, GetFile(document=document, name="в.txt"))
    with pytest.raises(NotFound):
        gateway.call(GET, GetFile(document=document, name="а.txt", version=2))


def test_a_file_is_in_the_history_of_its_document(gateway: LocalGateway, document: str) -> None:
    add(gateway, document, ("письмо.txt", b"text"))
    entry = gateway.call(HISTORY, ShowHistory(document=document)).rows[0]

    assert (entry.event, entry.operation) == ("add_file", "file.add")
    assert entry.changes["file"][1]["name"] == "письмо.txt"


def test_files_are_seen_by_those_who_see_the_document(
    gateway: LocalGateway, settings: Settings, clock: FixedClock, document: str
) -> None:
    add(gateway, document, ("письмо.txt", b"text"))
    hire(settings, "worker", Role.EXECUTOR)
    hire(settings, "reader", Role.HEAD)
    with closing(gateway_of(settings, "worker", clock)) as worker:
        with pytest.raises(NotFound):
            worker.call(FILES, ListFiles(document=document))
        with pytest.raises(NotFound):
            worker.call(GET, GetFile(document=document))
    with closing(gateway_of(settings, "reader", clock)) as reader:
        assert len(reader.call(FILES, ListFiles(document=document)).rows) == 1
        with pytest.raises(NotPermitted):
            add(reader, document, ("иное.txt", b"other"))


def test_lost_bytes_are_told(gateway: LocalGateway, settings: Settings, document: str) -> None:
    [row] = add(gateway, document, ("письмо.txt", b"text")).rows
    shutil.rmtree(settings.files)
    with pytest.raises(SedError) as caught:
        gateway.fetch(row.sha256)

    assert caught.value.exit_code == 7


def test_a_document_with_a_file_is_listed(gateway: LocalGateway, document: str) -> None:
    assert gateway.call(LIST, ListDocuments(query="has:file")).rows == []
    add(gateway, document, ("письмо.txt", b"text"))

    assert [row.number for row in gateway.call(LIST, ListDocuments(query="есть:файл")).rows] == [
        document
    ]


def test_people_who_add_at_once_get_versions_of_their_own(
    settings: Settings, clock: FixedClock, gateway: LocalGateway, document: str
) -> None:
    def work(place: int) -> None:
        with closing(gateway_of(settings, "admin", clock)) as own:
            add(own, document, ("письмо.txt", f"edition {place}".encode()))

    with ThreadPoolExecutor(4) as people:
        list(people.map(work, range(8)))
    rows = gateway.call(FILES, ListFiles(document=document)).rows

    assert sorted(row.version for row in rows) == list(range(1, 9))
    assert len({row.sha256 for row in rows}) == 8
