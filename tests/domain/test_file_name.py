"""Names of files."""

from __future__ import annotations

import pytest

from sed_tui.domain.file_name import checked_name
from sed_tui.errors import SedError


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("Письмо № 5.pdf", "Письмо № 5.pdf"),
        ("  Письмо\u00a0.pdf ", "Письмо .pdf"),
        ("и\u0306.txt", "й.txt"),
        ("я" * 125 + ".pdf", "я" * 125 + ".pdf"),
        ("...", "..."),
    ],
)
def test_a_name_is_stored_normalized(name: str, stored: str) -> None:
    assert checked_name(name) == stored


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../../etc/passwd", "bad_file_name"),
        ("a/b.pdf", "bad_file_name"),
        ("a\\b.pdf", "bad_file_name"),
        ("..", "bad_file_name"),
        (".", "bad_file_name"),
        ("я" * 126 + ".pdf", "bad_file_name"),
        ("я" * 300, "text_too_long"),
        ("", "empty_text"),
        (" \u00a0", "empty_text"),
        ("a\x00.pdf", "forbidden_characters"),
        ("a\x1b[2J.pdf", "forbidden_characters"),
        ("fdp.\u202eexe", "forbidden_characters"),
        ("скан\udcff.pdf", "bad_file_name"),
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str, code: str) -> None:
    with pytest.raises(SedError) as caught:
        checked_name(name)

    assert (caught.value.code, caught.value.exit_code) == (code, 3)
