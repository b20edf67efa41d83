"""The JSON between servers: what is written is read again, and what is not of the schema is not."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from sed_tui.errors.exchange import BadMessage, CannotBeSent, FormatNotKept, PartNotFilled
from sed_tui.exchange.json_package import read_json, write_json
from sed_tui.exchange.message_schema import message_schema
from sed_tui.exchange.profile import Profile
from sed_tui.exchange.reason_codes import failure, worded
from sed_tui.i18n import speaking
from tests.exchange.samples import LETTER, MESSAGE

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples" / "exchange-http"


def test_a_message_is_read_as_it_was_written() -> None:
    assert read_json(write_json(MESSAGE, Profile())) == MESSAGE


@pytest.mark.parametrize("path", sorted((EXAMPLES / "valid").iterdir()), ids=lambda one: one.stem)
def test_valid_examples_are_read(path: Path) -> None:
    message = read_json(path.read_bytes())

    assert read_json(write_json(message, Profile())) == message


@pytest.mark.parametrize("path", sorted((EXAMPLES / "invalid").iterdir()), ids=lambda one: one.stem)
def test_invalid_examples_are_refused_with_the_place(path: Path) -> None:
    with pytest.raises(BadMessage) as caught:
        read_json(path.read_bytes(), path.name)

    assert path.name in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"[1]", b"\xff", b'"x"', b"[" * 100_000])
def test_what_is_no_message_is_refused(data: bytes) -> None:
    with pytest.raises(BadMessage):
        read_json(data)


def test_what_the_schema_wants_filled_is_not_sent_empty() -> None:
    with pytest.raises(PartNotFilled):
        write_json(replace(MESSAGE, body=replace(LETTER, annotation="")), Profile())


def test_what_the_format_does_not_take_is_told_with_its_place_before_it_is_sent() -> None:
    with pytest.raises(CannotBeSent) as long:
        write_json(replace(MESSAGE, comment="ы" * 20_001), Profile())
    with pytest.raises(FormatNotKept) as odd:
        write_json(replace(MESSAGE, uid="7"), Profile())

    assert (long.value.details["part"], long.value.details["found"]) == ("comment", 20_001)
    assert str(odd.value) == "uid: an UUID is expected"


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ((), [], r"\$: .*объект"),
        (("format",), "sed-exchange/9", r"format: .*sed-exchange/1"),
        (("source",), 7, r"source: .*объект"),
        (("destinations",), {}, r"destinations: .*список"),
        (("body", "is"), "poem", r"body\.is: .*letter, notification, receipt"),
        (("body", "pages"), -1, r"body\.pages: .*целое число"),
        (("body", "pages"), True, r"body\.pages: .*целое число"),
        (("body", "files", 0, "group"), "poem", r"body\.files\[0\]\.group: «poem»"),
        (("body", "annotation"), 7, r"body\.annotation: .*текст"),
        (("body", "annotation"), "ы" * 20_001, r"body\.annotation: .*20000.*20001"),
        (("uid",), "not-an-uuid", r"uid: .*UUID"),
        (("created",), "2026-05-31T09:00:00", r"created: .*2026-05-31T09:00:00\+03:00"),
        (("body", "number", "day"), "31.05.2026", r"body\.number\.day: .*ГГГГ-ММ-ДД"),
        (("body", "verse"), "", r"body\.verse: "),
    ],
)
def test_a_reason_is_kept_as_a_code_and_read_in_russian(
    path: tuple[str | int, ...], value: object, told: str
) -> None:
    message = json.loads(write_json(MESSAGE, Profile()))
    place = message
    for step in path[:-1]:
        place = place[step]
    if path:
        place[path[-1]] = value
    with speaking("en"), pytest.raises(BadMessage) as caught:
        read_json(json.dumps(message if path else value).encode())
    kept = failure(caught.value, with_advice=True)
    with speaking("ru"):
        read = worded(kept) or ""

    # what is Latin in it belongs to the format and not to a sentence
    assert re.search(told, read), read
    assert not re.search("expected|values|format knows|kind int|None", read)


def test_the_schema_kept_is_the_schema_of_the_program() -> None:
    kept = ROOT / "docs" / "reference" / "message.schema.json"

    assert json.loads(kept.read_text(encoding="utf-8")) == message_schema()
