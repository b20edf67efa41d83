"""Whatever a program prints and a file holds, reading it ends with an answer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from sed_tui.domain.program_version import find_version, version
from sed_tui.domain.workstation import Check, Status
from sed_tui.program import readable
from sed_tui.rendering.workstation import detail
from sed_tui.workstation.cryptopro import (
    listed_certificates,
    listed_lists,
    read_licence,
    seen_certificate,
    seen_list,
    stored_things,
)
from tests.workstation.conftest import NOW
from tests.workstation.test_stores import LISTED

NUMBERS = some.lists(some.integers(0, 99_999), min_size=2, max_size=4)


@given(some.text())
def test_any_text_is_read(text: str) -> None:
    find_version(text)
    read_licence(text, NOW)
    listed_certificates(f"{LISTED}{text}", "uMy")
    listed_lists(f"1-------\nThisUpdate : {text}", "uCA")


@given(some.binary())
def test_any_bytes_are_read(data: bytes) -> None:
    readable(data)
    seen_certificate(data, "uMy")
    seen_list(data, "uCA")
    size = len(data).to_bytes(4, "little")
    stored_things(b"\0\0\0\0CERT" + (32).to_bytes(4, "little") + bytes(4) + size + data, "uMy")
    stored_things(b"\0\0\0\0CERT" + data, "uMy")


@given(NUMBERS, NUMBERS)
def test_of_two_versions_one_reaches_the_other(one: list[int], other: list[int]) -> None:
    first, second = (version(".".join(map(str, numbers))) for numbers in (one, other))

    assert find_version(f"v{first} x") == first
    assert first.reaches(first) is True
    # little is known of the shorter one; otherwise the larger reaches the smaller
    assert (first.reaches(second) is not False) or second.reaches(first) is True


def test_the_value_of_a_licence_without_a_day_is_no_failure() -> None:
    assert read_licence("до 45.13.2026", NOW).days is None
    assert find_version("9" * 5000 + ".1") is None


def test_what_a_program_prints_does_not_act_on_the_terminal() -> None:
    shown = detail(Check("csp", Status.FAIL, "\x1b[2J5.0", evidence="a\x07b"))

    assert "\x1b" not in shown
    assert "\\x1b[2J5.0" in shown
