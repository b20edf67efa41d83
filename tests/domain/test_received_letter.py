"""Letters as strangers write them: read, named, or refused; never followed and never run."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.appeal_signs import appeal_signs
from sed_tui.domain.letter_text import plain_of_html, readable
from sed_tui.domain.received_letter import (
    NO_SENDER,
    NOT_A_LETTER,
    TOO_DEEP,
    TOO_LARGE,
    UnreadableLetter,
    read_letter,
)

FROM = b"From: =?windows-1251?B?zOjt5+Tw4OI=?= <dept@minzdrav.example>\r\n"


def letter(**changes: str) -> EmailMessage:
    message = EmailMessage(policy.SMTP)
    fields = {
        "From": "Минздрав <dept@minzdrav.example>",
        "To": "office@admin.example",
        "Subject": "О представлении сведений",
        "Date": "Fri, 20 Nov 2026 10:00:00 +0500",
        "Message-ID": "<1@minzdrav.example>",
        **changes,
    }
    for name, value in fields.items():
        message[name] = value
    message.set_content("Просим представить сведения.\n")
    return message


def test_headers_text_and_files_are_read() -> None:
    message = letter()
    message["References"] = "<a@x> <b@y>"
    message.add_attachment(
        b"%PDF-1", maintype="application", subtype="pdf", filename="Смета №5.pdf"
    )
    read = read_letter(message.as_bytes())

    assert (read.sender_name, read.sender) == ("Минздрав", "dept@minzdrav.example")
    assert read.subject == "О представлении сведений"
    assert read.message_id == "1@minzdrav.example"
    assert read.sent_at == datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
    assert read.references == ("a@x", "b@y")
    assert read.body == "Просим представить сведения."
    assert [(file.name, file.content) for file in read.files] == [("Смета №5.pdf", b"%PDF-1")]


def test_a_letter_is_the_same_whatever_servers_add_on_its_way() -> None:
    one = letter().as_bytes()
    other = b"Received: from a by b\r\nX-Spam: no\r\n" + one
    later = letter(Date="Sat, 21 Nov 2026 10:00:00 +0500").as_bytes()

    assert read_letter(one).digest == read_letter(other).digest
    assert read_letter(one).digest != read_letter(later).digest


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("../../etc/cron.d/evil", "evil"),
        ("C:\\Windows\\system32\\a.exe", "a.exe"),
        ("a\x1b[2J\u202efdp.exe", "a 2J fdp.exe"),
        ("...", "вложение-2.bin"),
        ("я" * 300 + ".pdf", "я" * 88 + ".pdf"),
    ],
)
def test_names_of_files_lead_nowhere(name: str, stored: str) -> None:
    encoded = base64.b64encode(name.encode()).decode()
    content = (
        FROM
        + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\ntext\r\n--b\r\n'
        + b"Content-Type: application/octet-stream\r\n"
        + f'Content-Disposition: attachment; filename="=?utf-8?B?{encoded}?="\r\n\r\n'.encode()
        + b"bytes\r\n--b--\r\n"
    )
    [file] = read_letter(content).files

    assert file.name.replace("[", "") == stored
    assert "/" not in file.name
    assert "\\" not in file.name


@pytest.mark.parametrize(
    ("charset", "encoded"),
    [
        ("windows-1251", "Текст".encode("cp1251")),
        ("utf-8", "Текст".encode("cp1251")),
        ("no-such-charset", "Текст".encode()),
        ("rot13", "Текст".encode()),
        ("koi8-r", "Текст".encode("koi8-r")),
        ("", "Текст".encode("cp1251")),
    ],
)
def test_a_charset_that_is_told_wrong_does_not_spoil_the_text(charset: str, encoded: bytes) -> None:
    kind = f'Content-Type: text/plain; charset="{charset}"\r\n\r\n'.encode()

    assert read_letter(FROM + kind + encoded).body == "Текст"
    assert read_letter(FROM + kind + encoded).sender_name == "Минздрав"


def test_bare_bytes_in_a_header_are_read_too() -> None:
    content = FROM + b"Subject: " + "О мостах".encode("cp1251") + b"\r\n\r\ntext"

    assert read_letter(content).subject == "О мостах"


def test_html_is_read_and_nothing_of_it_runs() -> None:
    page = "<html><head><style>p{}</style></head><script>alert(1)</script><p>А&nbsp;б<br>в</p>"

    assert plain_of_html(page) == "А б\nв"
    assert readable(b"\x1b[2Ja\x00", "ascii") == " [2Ja "


def nested(depth: int) -> bytes:
    head = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (place, place)
        for place in range(depth)
    )
    return FROM + head + b"\r\ntext\r\n"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (nested(25), TOO_DEEP),
        (nested(5000), TOO_DEEP),
        (b"Subject: x\r\n\r\ntext", NO_SENDER),
        (b"\x00\x01\x02 no letter at all", NOT_A_LETTER),
        (b"", NOT_A_LETTER),
        (FROM + b"\r\n" + b"x" * (51 << 20), TOO_LARGE),
    ],
    ids=["deep", "bomb", "nobody", "no letter", "empty", "large"],
)
def test_what_cannot_be_read_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableLetter, match=reason.partition("{")[0]):
        read_letter(content)


def test_a_letter_inside_a_letter_is_a_file() -> None:
    outer = letter()
    outer.add_attachment(letter(Subject="Внутри"))
    [file] = read_letter(outer.as_bytes()).files

    assert file.name == "вложение-2.eml"
    assert "Внутри" in read_letter(file.content).subject


@given(st.binary(max_size=2000))
def test_no_bytes_make_the_reader_fail(content: bytes) -> None:
    try:
        read = read_letter(FROM + content)
    except UnreadableLetter:
        return
    assert read.subject.isprintable()


@pytest.mark.parametrize(
    ("subject", "body", "sender"),
    [
        ("Жалоба на управляющую компанию", "Прошу принять меры", "ivan@mail.ru"),
        ("", "Я, Петрова Анна, проживающая по адресу: г. Тюмень, обращаюсь к Вам", "a@ya.ru"),
        ("Обращение граждан", "Мы, жители дома 5, просим убрать двор", "dom5@inbox.ru"),
        ("Вопрос", "В соответствии с 59-ФЗ прошу дать ответ", "x@company.example"),
    ],
)
def test_a_citizens_appeal_is_recognized(subject: str, body: str, sender: str) -> None:
    assert appeal_signs(subject, body, sender)


@pytest.mark.parametrize(
    ("subject", "body", "sender"),
    [
        ("О представлении сведений", "Во исполнение поручения просим представить", "a@gov.example"),
        (
            "Коммерческое предложение",
            "ООО «Ромашка» предлагает бумагу, ИНН 7707083893",
            "r@mail.ru",
        ),
        ("Исх. № 5 о жалобе", "Направляем исх. № 5 в ответ на запрос", "a@gov.example"),
        ("Заявление на отпуск", "Прошу предоставить отпуск", "hr@office.example"),
    ],
)
def test_a_letter_of_an_office_is_not_taken_for_one(subject: str, body: str, sender: str) -> None:
    assert appeal_signs(subject, body, sender) == []


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("Мы, жители дома 5. Двор не убирается.", ["мы, жители", "жители дома", "двор"]),
        ("Я, многодетная мать, обращение граждан", ["обращение граждан", "многодетная"]),
        (
            "Я, Иванова Анна Петровна, дочь Петра Ильича Сидорова, проживающая рядом",
            ["я, иванова анна петровна, дочь петра…", "проживающая"],
        ),
    ],
)
def test_words_of_an_appeal_are_shown_whole(body: str, shown: list[str]) -> None:
    assert appeal_signs("", body, "anna@mail.ru") == shown
