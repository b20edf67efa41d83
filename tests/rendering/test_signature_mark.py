"""The mark of a signature on a copy of a PDF."""

from __future__ import annotations

import io
from datetime import date

import pytest
from pypdf import PdfReader

from sed_tui.errors.signing import NotMarkable
from sed_tui.rendering.signature_mark import Mark, write_marked
from tests.sample_files import pdf

MARK = Mark("02AF18", "Петров Виктор Сергеевич", date(2026, 1, 12), date(2027, 1, 12), False)


def marked(content: bytes, *marks: Mark) -> list[str]:
    copy = io.BytesIO()
    write_marked(io.BytesIO(content), marks, copy, "письмо.pdf")
    return [page.extract_text() for page in PdfReader(copy).pages]


def test_a_mark_stands_under_the_text_and_says_what_the_standard_asks() -> None:
    (text,) = marked(pdf("Ответ на запрос"), MARK)

    assert "Ответ на запрос" in text
    for words in (
        "ДОКУМЕНТ ПОДПИСАН",
        "ЭЛЕКТРОННОЙ ПОДПИСЬЮ",
        "Сертификат: 02AF18",
        "Владелец: Петров Виктор Сергеевич",
        "Действителен: с 12.01.2026 по 12.01.2027",
    ):
        assert words in text
    assert "ТЕСТОВЫЙ" not in text


def test_many_marks_take_a_page_of_their_own_and_a_test_one_says_so() -> None:
    test = Mark("03", "#strong[Иванова]", MARK.since, MARK.until, True)

    first, second = marked(pdf("Ответ"), *[MARK] * 8, test, test)

    assert "ПОДПИСАН" not in first
    assert second.count("ДОКУМЕНТ ПОДПИСАН") == 10
    assert "#strong[Иванова]" in second
    assert second.count("ТЕСТОВЫЙ, не имеет юридической силы") == 2


@pytest.mark.parametrize("content", [b"text", b"%PDF-1.4\n", pdf("А")[:200]])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(NotMarkable):
        marked(content, MARK)
