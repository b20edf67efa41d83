"""Names of files and of their signatures."""

from __future__ import annotations

import pytest

from sed_tui.domain.signature_files import is_named_after, likely_content, signature_name


def test_the_next_signature_of_a_file_has_a_number() -> None:
    first = signature_name("письмо.pdf", set())
    second = signature_name("письмо.pdf", {first})

    assert (first, second) == ("письмо.pdf.p7s", "письмо.pdf.2.p7s")
    assert signature_name("письмо.pdf", {first, second}) == "письмо.pdf.3.p7s"


@pytest.mark.parametrize(
    ("signature", "content", "named"),
    [
        ("Письмо.pdf.sig", "письмо.PDF", True),
        ("письмо.sig", "письмо.pdf", True),
        ("письмо.pdf.2.p7s", "письмо.pdf", True),
        ("отчёт 1.2.sig", "отчёт 1.pdf", True),
        ("приложение.sig", "письмо.pdf", False),
        ("подпись.sig", "подпись", True),
    ],
)
def test_a_signature_is_named_after_a_file_with_or_without_its_ending(
    signature: str, content: str, named: bool
) -> None:
    assert is_named_after(signature, content) is named


def test_a_signature_of_another_name_is_of_the_only_file_there_is() -> None:
    assert likely_content("подпись.sig", ["письмо.pdf", "письмо.pdf"]) == "письмо.pdf"
    assert likely_content("подпись.sig", ["письмо.pdf", "прил.pdf"]) is None
    assert likely_content("прил.sig", ["письмо.pdf", "прил.pdf"]) == "прил.pdf"
    assert likely_content("прил.sig", []) is None
