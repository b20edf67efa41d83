"""Sizes as people type and read them."""

from __future__ import annotations

import pytest

from sed_tui.domain.stored_size import size_of_text, written_size


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0"), (1000, "1000"), (1024, "1KiB"), (10 * 1024**3, "10GiB")]
)
def test_a_size_is_written_as_it_is_typed(size: int, text: str) -> None:
    assert written_size(size) == text
    assert size_of_text(text, "size") == size
