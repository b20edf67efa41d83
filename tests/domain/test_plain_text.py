"""Text whose encoding nobody tells is read as what it plainly is."""

from __future__ import annotations

import pytest

from sed_tui.domain.plain_text import decoded

TEXT = "Порядок «рассмотрения» №1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_every_encoding_of_our_offices_is_read(encoding: str) -> None:
    assert decoded(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("spare", range(1, 4))
def test_a_letter_cut_in_two_is_left_out_of_what_is_cut(spare: int) -> None:
    content = "срок 😀".encode()

    assert decoded(content[:-spare], is_cut=True) == "срок "


def test_a_last_letter_of_windows_is_no_cut_one() -> None:
    assert decoded("Раздел Р".encode("cp1251")) == "Раздел Р"
    assert decoded("page Р".encode("cp1251")) == "page Р"


def test_a_byte_that_means_nothing_is_no_failure() -> None:
    assert decoded(b"\x98\xff") == "\N{REPLACEMENT CHARACTER}я"
