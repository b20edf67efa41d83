"""Versions are numbers: of two the release counts, and little known is not much known."""

from __future__ import annotations

import pytest

from sed_tui.domain.program_version import find_version, version


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("CSP (Type:80) v5.0.10010 KC1 Release Ver:5.0.13000 OS:Linux", (5, 0, 13000)),
        ("CSP v4.0.9017 Release Ver: 4.0.9963", (4, 0, 9963)),
        ("Chromium 128.0.6613.84 built on Debian", (128, 0, 6613, 84)),
        ("5.0.11455", (5, 0, 11455)),
        ("КриптоПро CSP 5.0 R3", (5, 0, 13000)),
        ("CSP 5.0 r2", (5, 0, 12000)),
        ("5.0.13300 R3", (5, 0, 13300)),
        ("5.0", (5, 0)),
    ],
)
def test_a_version_is_found_in_what_a_program_says(said: str, numbers: tuple[int, ...]) -> None:
    found = find_version(said, {"R2": "5.0.12000", "R3": "5.0.13000"})

    assert found is not None
    assert found.numbers == numbers


def test_a_mark_is_kept_as_it_is_written() -> None:
    assert str(find_version("CSP 5.0 R3", {"R3": "5.0.13000"})) == "5.0 R3"
    assert find_version("no version here") is None


@pytest.mark.parametrize(
    ("own", "least", "reached"),
    [
        ("4.0.9963", "4.0.10000", False),  # by letters it would be the other way round
        ("4.0.10000", "4.0.9963", True),
        ("5.0.11455", "5.0.11455", True),
        ("5.0", "4.0.9963", True),
        ("5.0", "5.0.11455", None),
        ("5.0", "5.0.0", True),
        ("4", "5.0", False),
    ],
)
def test_versions_are_compared_as_numbers(own: str, least: str, reached: bool | None) -> None:
    assert version(own).reaches(version(least)) is reached
