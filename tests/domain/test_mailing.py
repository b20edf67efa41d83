"""Names of mailed files, sizes of letters, recipients, templates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.mailed_name import apart, mailed_name
from sed_tui.domain.mailing import (
    LETTER_LIMIT,
    checked_recipients,
    filled,
    letters_of,
    subject_line,
    travelling_size,
)
from sed_tui.errors import SedError
from sed_tui.errors.mailing import BadLetterTemplate

_DAY = date(2026, 1, 14)


@pytest.mark.parametrize(
    ("number", "original", "is_main", "name"),
    [
        ("01-23/1456", "скан.PDF", True, "2026-01-14_01-23-1456_Письмо.pdf"),
        ("01-23/1456", "Смета №5.xlsx", False, "2026-01-14_01-23-1456_Смета №5.xlsx"),
        ("5", 'о "мостах" 🚧: план?.doc', False, "2026-01-14_5_о -мостах- - план.doc"),
        ("5", "без расширения", False, "2026-01-14_5_без расширения"),
        ("5", "архив.tar.gz", False, "2026-01-14_5_архив.tar.gz"),
        ("5", "../../etc/passwd", False, "2026-01-14_5_etc-passwd"),
    ],
)
def test_a_mailed_file_is_named_for_people(
    number: str, original: str, is_main: bool, name: str
) -> None:
    made = mailed_name(day=_DAY, number=number, kind="Письмо", original=original, is_main=is_main)

    assert made == name


@given(st.text(max_size=300), st.text(max_size=300), st.booleans())
def test_a_name_is_safe_on_windows_whatever_stands_in_the_card(
    number: str, original: str, is_main: bool
) -> None:
    name = mailed_name(day=None, number=number, kind="CON", original=original, is_main=is_main)

    assert name
    assert not set(name) & set('<>:"/\\|?*')
    assert name.isprintable()
    assert name[-1] not in " ."
    assert len(name.encode()) <= 200
    assert name.partition(".")[0].upper() not in {"CON", "NUL", "AUX", "COM1"}


def test_names_of_one_letter_differ_for_windows_too() -> None:
    taken: set[str] = set()

    assert [apart(name, taken) for name in ("а.pdf", "А.pdf", "а.pdf")] == [
        "а.pdf",
        "А_2.pdf",
        "а_3.pdf",
    ]


def test_recipients_are_read_together_and_a_cyrillic_domain_is_one() -> None:
    found = checked_recipients(["a@b.ru; c@минздрав.рф", "A@B.ru"], needed=True)

    assert found == ["a@b.ru", "c@минздрав.рф"]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("", "nobody_to_mail_to"),
        ("вася@b.ru", "not_mailable"),
        ("nobody", "bad_email"),
        ("a@b.ru\r\nBcc: c@d.ru", "bad_email"),
        ("a@b", "bad_email"),
    ],
)
def test_other_recipients_are_refused(address: str, code: str) -> None:
    with pytest.raises(SedError) as refusal:
        checked_recipients([address], needed=True)

    assert refusal.value.code == code


def test_a_subject_cannot_begin_another_header() -> None:
    assert subject_line("О мостах\r\nBcc: x@y.ru\u202e") == "О мостах Bcc: x@y.ru"


@given(st.lists(st.integers(0, 20 << 20), max_size=30))
def test_files_are_split_into_letters_that_fit(sizes: list[int]) -> None:
    files = {str(place): size for place, size in enumerate(sizes)}
    letters = letters_of(files)

    if any(travelling_size(size) > LETTER_LIMIT for size in sizes):
        assert letters is None
    else:
        assert letters is not None
        assert [name for letter in letters for name in letter] == list(files)
        for letter in letters:
            assert sum(travelling_size(files[name]) for name in letter) <= LETTER_LIMIT


def test_a_template_is_data_that_reaches_nothing() -> None:
    assert filled("№ {number} {{}}", {"number": "{sender}"}, "subject") == "№ {sender} {}"
    for template in ("{number.__class__}", "{0}", "{", "{unknown}", "{number!r}", "{number:>999}"):
        with pytest.raises(BadLetterTemplate):
            filled(template, {}, "subject")
