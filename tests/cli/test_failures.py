"""Failures: the status, the sentence, the log, and nothing left half done."""

from __future__ import annotations

import sqlite3
import stat
from typing import TYPE_CHECKING

import pytest

from commands.failures import failure_of, wants_json
from sed_tui.errors.installation import FileTrouble, InternalError, OutputLost, ReadOnlyStorage
from sed_tui.errors.usage import Interrupted
from sed_tui.operations.organization import InitializeOrganization
from sed_tui.operations.registration import RegisterDocument
from sed_tui.operations.validation import bad_request

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Outcome


def failed(text: str) -> Exception:
    try:
        raise ValueError(text)
    except ValueError as error:
        return error


def test_our_own_bug_goes_to_a_private_log_without_texts(tmp_path: Path) -> None:
    failure = failure_of(failed("тайна документа"))
    log = tmp_path / "home" / "errors.log"

    assert isinstance(failure, InternalError)
    assert failure.exit_code == 1
    assert "ValueError (test_failures.py:" in str(failure)
    assert str(log) in failure.advice
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "test_failures.py" in log.read_text()
    assert "тайна" not in log.read_text() + str(failure)


def test_a_log_that_cannot_be_written_is_no_second_failure(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file where the directory should be")

    assert failure_of(failed("x")).advice == ""


@pytest.mark.parametrize(
    ("error", "expected", "status"),
    [
        (KeyboardInterrupt(), Interrupted, 130),
        (OSError(28, "No space left on device"), OutputLost, 7),
        (OSError(28, "No space left on device", "/data/sed.db"), ReadOnlyStorage, 7),
        (PermissionError(13, "Permission denied", "/data"), ReadOnlyStorage, 7),
        (FileNotFoundError(2, "No such file or directory", "a.pdf"), FileTrouble, 3),
        (IsADirectoryError(21, "Is a directory", "letters"), FileTrouble, 3),
    ],
)
def test_what_the_system_refuses_has_its_status(
    error: BaseException, expected: type[Exception], status: int
) -> None:
    failure = failure_of(error)

    assert isinstance(failure, expected)
    assert failure.exit_code == status


@pytest.mark.parametrize(
    ("request_type", "values", "field", "english"),
    [
        (RegisterDocument, {"flow": "incoming"}, "subject", "it is obligatory."),
        (
            RegisterDocument,
            {"flow": "up", "subject": "s"},
            "flow",
            "one of these is expected: incoming, outgoing, internal, order, appeal.",
        ),
        (
            RegisterDocument,
            {"flow": "order", "subject": "s", "sheets": "x"},
            "sheets",
            "a whole number is expected.",
        ),
        (
            RegisterDocument,
            {"flow": "order", "subject": "s", "sheets": -1},
            "sheets",
            "it must not be less than 0.",
        ),
        (
            RegisterDocument,
            {"flow": "order", "subject": "s", "their_date": "2026-02-31"},
            "their_date",
            "a date is expected, such as 2026-11-23.",
        ),
        (
            RegisterDocument,
            {"flow": "order", "subject": "s", "colour": "red"},
            "colour",
            "there is no such field.",
        ),
        (
            RegisterDocument,
            {"flow": "order", "subject": ["s"]},
            "subject",
            "text is expected.",
        ),
        (
            InitializeOrganization,
            {"name": "", "login": "a"},
            "name",
            "it must have at least 1 characters.",
        ),
        (
            InitializeOrganization,
            {"name": "n", "login": "a" * 65},
            "login",
            "it must have at most 64 characters.",
        ),
    ],
)
def test_a_field_that_does_not_fit_is_named_in_our_words(
    request_type: type[RegisterDocument | InitializeOrganization],
    values: dict[str, object],
    field: str,
    english: str,
) -> None:
    from pydantic import ValidationError

    with pytest.raises(ValidationError) as caught:
        request_type.model_validate(values)
    failure = bad_request(caught.value)

    assert failure.field == field
    assert str(failure) == f"{field}: {english}"


def test_a_wrong_field_is_called_by_its_option(sedctl: Callable[..., Outcome]) -> None:
    letter = ("--subject", "s", "--from", "Минздрав", "--their-number", "1")
    spoken = sedctl("document", "register", "incoming", *letter, "--their-date", "31.02.2026")
    machine = sedctl(
        *("document", "register", "incoming", *letter, "--their-date", "31.02.2026", "-f", "json")
    )

    assert spoken.status == machine.status == 3
    assert spoken.err.startswith("sedctl: --their-date: “31.02.2026” is not a date.")
    assert machine.error["field"] == "their_date"


def test_prose_can_be_piped_in(sedctl: Callable[..., Outcome]) -> None:
    letter = ("document", "register", "internal", "--subject", "-", "-f", "json")
    utf8 = sedctl(*letter, stdin="О ремонте кровли\r\n".encode())
    cp1251 = sedctl(*letter, stdin="О ремонте кровли".encode("cp1251"))

    assert utf8.status == 0, utf8.err
    assert utf8.data["subject"] == cp1251.data["subject"] == "О ремонте кровли"
    assert "cp1251" in cp1251.err


def test_a_file_that_is_no_database_is_named(
    anywhere: Callable[..., Outcome], tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("not a database at all, but long enough for a header" * 9)
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as db:
        db.execute("CREATE TABLE something (id INTEGER)")
    db.close()
    notes = anywhere("--database", str(tmp_path / "notes.txt"), "organization", "list")
    other = anywhere("--database", str(foreign), "organization", "list")
    unknown = anywhere("--database", "oracle://host/x", "organization", "list")

    assert notes.status == other.status == 6
    assert "is not a database of this program" in notes.err
    assert (unknown.status, "oracle" in unknown.err) == (3, True)


def test_an_older_schema_names_the_command(office: Path, anywhere: Callable[..., Outcome]) -> None:
    with sqlite3.connect(office) as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    answer = anywhere("--database", str(office), "organization", "list")

    assert answer.status == 6
    assert len(answer.err.splitlines()) == 2


def test_a_database_that_does_not_answer_is_status_seven(anywhere: Callable[..., Outcome]) -> None:
    answer = anywhere("--database", "postgresql://u:secret@127.0.0.1:1/x", "organization", "list")

    assert answer.status == 7
    assert "secret" not in answer.err


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (["x", "--format", "json"], True),
        (["x", "--format=jsonl"], True),
        (["x", "-fjson"], True),
        (["x", "--format", "csv"], False),
        (["x", "--format"], False),
        (["x"], False),
    ],
)
def test_json_errors_are_asked_for_by_the_format(args: list[str], expected: bool) -> None:
    assert wants_json(args) is expected
