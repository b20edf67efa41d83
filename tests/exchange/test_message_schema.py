"""The JSON between servers: what is written is read again, and what is not of the schema is not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sed_tui.errors.exchange import BadMessage, PartNotFilled
from sed_tui.exchange.json_package import read_json, write_json
from sed_tui.exchange.message_schema import message_schema
from sed_tui.exchange.profile import Profile
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


def test_the_schema_kept_is_the_schema_of_the_program() -> None:
    kept = ROOT / "docs" / "reference" / "message.schema.json"

    assert json.loads(kept.read_text(encoding="utf-8")) == message_schema()
