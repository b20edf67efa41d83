"""MEDO messages: written as the schemas want, read as real senders write them."""

from __future__ import annotations

import re
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from sed_tui.errors.exchange import (
    BadMessage,
    CannotBeSent,
    DeclarationForbidden,
    MessageTooLarge,
    NotInEdition,
    NotWellFormed,
    PartMissing,
    PartNotFilled,
)
from sed_tui.exchange import iedms_names as names
from sed_tui.exchange.iedms_reading import read_message
from sed_tui.exchange.iedms_writing import write_message
from sed_tui.exchange.limits import MESSAGE_BYTES
from sed_tui.exchange.message import (
    Acknowledgment,
    Event,
    Letter,
    Message,
    Notification,
    Number,
    Participant,
    Person,
)
from sed_tui.exchange.profile import Profile
from sed_tui.exchange.reason_codes import failure, worded
from sed_tui.exchange.remarks import Oddity
from sed_tui.i18n import speaking
from tests.exchange.samples import LETTER, LETTER_UID, MESSAGE, MESSAGE_UID, NOON, THEM, US, shared

PROFILES = (Profile(), Profile("2.6", "utf-8"))
PERSON = Person(person="Ким А.В.")
TOLD = {
    Event.REGISTERED: {"number": Number("77", date(2026, 11, 24))},
    Event.REFUSED: {"reason": "Нет подписи", "comment": "на листе 2"},
    Event.EXECUTOR_ASSIGNED: {"secretary": PERSON, "manager": PERSON, "executor": PERSON},
    Event.REPORT_PREPARED: {"signatory": LETTER.signatories[0]},
    Event.REPORT_SENT: {"number": Number("78")},
    Event.COURSE_CHANGED: {"text": "Готовится ответ"},
}
BODIES = [
    LETTER,
    Acknowledgment(MESSAGE_UID, NOON, accepted=True),
    Acknowledgment(MESSAGE_UID, NOON, accepted=False, comment="нет файла"),
    *(Notification(LETTER_UID, event, NOON, **rest) for event, rest in TOLD.items()),  # type: ignore[arg-type]
]

words = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=31
)


def oddities(data: bytes, profile: Profile = PROFILES[0]) -> list[Oddity]:
    return [remark.oddity for remark in read_message(data, profile, "m.xml").remarks]


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.version)
@pytest.mark.parametrize("body", BODIES, ids=lambda body: type(body).__name__)
def test_what_is_written_is_valid_and_read_back(
    body: Letter | Notification | Acknowledgment, profile: Profile
) -> None:
    message = replace(MESSAGE, body=body)

    data = write_message(message, profile)

    assert read_message(data, profile, "m.xml").message == message
    schema = etree.XMLSchema(file=str(shared("iedms", f"IEDMS_{profile.version}.xsd")))
    schema.assertValid(etree.fromstring(data))


def test_a_publication_is_told_by_edition_2_6_alone() -> None:
    number = Number("0001202612010001", date(2026, 12, 1))
    body = Notification(LETTER_UID, Event.PUBLISHED, NOON, number=number, point="pravo.gov.ru")
    message = replace(MESSAGE, body=body)

    data = write_message(message, PROFILES[1])

    assert read_message(data, PROFILES[1], "m.xml").message == message
    with pytest.raises(NotInEdition):
        write_message(message, PROFILES[0])
    schema = etree.XMLSchema(file=str(shared("iedms", "IEDMS_2.6.xsd")))
    schema.assertValid(etree.fromstring(data))


@settings(deadline=None, max_examples=60)
@given(words, words, st.text(st.characters(exclude_categories=("C", "Z")), max_size=4000))
def test_any_words_come_back_as_they_were(number: str, name: str, annotation: str) -> None:
    letter = replace(
        LETTER,
        number=Number(number),
        annotation=annotation,
        addressees=(Person(person=name, organization=name),),
    )
    message = replace(MESSAGE, body=letter, source=Participant(US.uid, name))
    for profile in PROFILES:
        assert read_message(write_message(message, profile), profile, "m.xml").message == message


@pytest.mark.parametrize("reason", names.REASONS_26)
def test_each_reason_of_the_list_can_be_sent_where_its_edition_knows_it(reason: str) -> None:
    body = Notification(LETTER_UID, Event.REFUSED, NOON, reason=reason)
    message = replace(MESSAGE, body=body)

    assert reason in write_message(message, PROFILES[1]).decode()
    if reason in names.REASONS_22:
        assert reason in write_message(message, PROFILES[0]).decode("cp1251")
    else:
        with pytest.raises(PartNotFilled):
            write_message(message, PROFILES[0])


@pytest.mark.parametrize(
    ("letter", "failure"),
    [
        (replace(LETTER, number=Number("1" * 32)), CannotBeSent),
        (replace(LETTER, annotation="о" * 4_001), CannotBeSent),
        (replace(LETTER, number=None), PartNotFilled),
        (replace(LETTER, signatories=()), PartNotFilled),
        (replace(LETTER, addressees=()), PartNotFilled),
    ],
)
def test_what_the_format_has_no_place_for_is_refused(
    letter: Letter, failure: type[Exception]
) -> None:
    with pytest.raises(failure):
        write_message(replace(MESSAGE, body=letter), PROFILES[0])


def test_a_character_without_a_place_in_the_encoding_is_a_reference() -> None:
    message = replace(MESSAGE, body=replace(LETTER, annotation="Ӓ 漢"))

    data = write_message(message, PROFILES[0])

    assert b"&#1234; &#28450;" in data


def test_instants_without_a_zone_are_told_by_the_partners_clock() -> None:
    data = write_message(MESSAGE, PROFILES[0])

    there = read_message(data, Profile(zone="Asia/Yekaterinburg"), "m.xml").message

    assert there.created == datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def test_an_encoding_that_is_declared_falsely_is_repaired_and_told() -> None:
    declared = write_message(MESSAGE, Profile("2.2", "utf-8"))
    data = declared.replace(b"encoding='utf-8'", b"encoding='windows-1251'", 1)
    assert data != declared

    assert oddities(data) == [Oddity.ENCODING_REPAIRED]
    assert read_message(data, PROFILES[0], "m.xml").message == MESSAGE


@pytest.mark.parametrize(
    ("declared", "mark"),
    [
        ("utf-8", "utf-8-sig"),
        ("windows-1251", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("", "utf-8-sig"),
    ],
)
def test_a_mark_of_byte_order_is_no_part_of_the_message(declared: str, mark: str) -> None:
    text = write_message(MESSAGE, Profile("2.2", "utf-8")).decode()
    declaration = f"<?xml version='1.0' encoding='{declared}'?>" if declared else ""
    data = (declaration + text.partition("?>")[2]).encode(mark)

    assert read_message(data, PROFILES[0], "m.xml").message == MESSAGE


def altered(old: str, new: str, message: Message = MESSAGE) -> bytes:
    text = write_message(message, Profile("2.2", "utf-8")).decode()
    assert old in text
    return text.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("old", "new", "oddity"),
    [
        ("<xdms:header ", "<xdms:header xdms:cookie='1' ", None),
        ("<xdms:source", "лишнее<xdms:source", Oddity.STRAY_TEXT),
        (f'xdms:uid="{MESSAGE_UID}" xdms:created', "xdms:created", Oddity.NO_MESSAGE_UID),
        (US.organization, "", Oddity.NO_SOURCE_NAME),
        ("&amp; приложений", "&amp;quot;а&amp;quot;", Oddity.DOUBLE_ESCAPED),
        ("2026-11-20", "2026-02-31", Oddity.BAD_DATE),
        ("<xdms:pages>1<", "<xdms:pages>один<", Oddity.BAD_COUNT),
        ("В ответ на", "Кстати", Oddity.UNKNOWN_LINK),
        ("xdms:version=\"2.2\"", "xdms:version=\"1.0\"", None),
    ],
)  # fmt: skip
def test_oddities_of_real_senders_are_noted_and_not_refused(
    old: str, new: str, oddity: Oddity | None
) -> None:
    assert oddities(altered(old, new)) == ([] if oddity is None else [oddity])


def test_a_reason_that_is_not_in_the_list_is_kept_and_told() -> None:
    body = Notification(LETTER_UID, Event.REFUSED, NOON, reason="Нет подписи")
    data = altered("Нет подписи", "Не хочу", replace(MESSAGE, body=body))
    told = read_message(data, PROFILES[0], "m.xml").message.body

    assert oddities(data) == [Oddity.UNKNOWN_REASON]
    assert isinstance(told, Notification)
    assert told.reason == "Не хочу"


def test_our_own_number_echoed_as_theirs_is_told() -> None:
    number = Number("01-23/1456", date(2026, 11, 20))
    body = Notification(LETTER_UID, Event.REGISTERED, NOON, foundation=number, number=number)

    assert oddities(write_message(replace(MESSAGE, body=body), PROFILES[0])) == [
        Oddity.NUMBER_ECHOED
    ]


BOMB = b"""<?xml version="1.0"?><!DOCTYPE c [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<c xmlns="http://www.infpres.com/IEDMS">&b;</c>"""


LAUGHS = "".join(
    f'<!ENTITY l{place} "{f"&l{place - 1};" * 10 if place else "ха"}">' for place in range(12)
)


def test_a_billion_laughs_are_refused_before_anybody_laughs() -> None:
    # in an attribute too: there a parser would unfold them whatever it was told
    for where in ("<c>&l11;</c>", "<c x='&l11;'/>"):
        started = time.process_time()
        with pytest.raises((DeclarationForbidden, NotWellFormed)):
            read_message(f"<!DOCTYPE c [{LAUGHS}]>{where}".encode(), PROFILES[0], "m.xml")
        assert time.process_time() - started < 2


def test_what_is_not_well_formed_is_told_with_its_place() -> None:
    with pytest.raises(NotWellFormed, match=r"line 2, character \d+: .*under the name of another"):
        read_message(b"<a>\n<b></a>", PROFILES[0], "m.xml")
    with pytest.raises(NotWellFormed, match="byte 4: it is neither"):
        read_message(b"<a>\xff</b>", PROFILES[0], "m.xml")


@pytest.mark.parametrize("part", [0.5, 0.9])
def test_a_message_that_is_cut_off_is_told_in_our_words_and_the_readers_language(
    part: float,
) -> None:
    data = write_message(MESSAGE, PROFILES[0])
    with speaking("en"), pytest.raises(NotWellFormed) as caught:
        read_message(data[: int(len(data) * part)], PROFILES[0], "m.xml")
    with speaking("ru"):
        told = worded(failure(caught.value, with_advice=True)) or ""

    assert re.search(r"m\.xml.* строка \d+, символ \d+: .* обрывается", told)
    assert not re.search("codec|Premature|decode|expected", told)
    assert "библиотекой" in told


@pytest.mark.parametrize(
    ("data", "failure"),
    [
        (b"", BadMessage),
        (b"<html><body>login</body></html>", BadMessage),
        (b"<communication", BadMessage),
        (BOMB, DeclarationForbidden),
        (b" " * (MESSAGE_BYTES + 1), MessageTooLarge),
        (altered(f'xdms:uid="{LETTER_UID}"', ""), PartMissing),
        (altered("xdms:document ", "xdms:paper ").replace(b"/xdms:document", b"/xdms:paper"),
         PartMissing),
    ],
    ids=["empty", "html", "cut", "bomb", "large", "no uid", "unknown"],
)  # fmt: skip
def test_what_is_no_message_is_refused(data: bytes, failure: type[Exception]) -> None:
    with pytest.raises(failure):
        read_message(data, PROFILES[0], "m.xml")


@settings(deadline=None, max_examples=80)
@given(st.integers(0, 3_000), st.binary(min_size=1, max_size=4))
def test_a_spoiled_message_is_read_or_refused_and_nothing_else(place: int, spoil: bytes) -> None:
    data = bytearray(write_message(MESSAGE, PROFILES[0]))
    data[place : place + len(spoil)] = spoil
    try:
        read_message(bytes(data), PROFILES[0], "m.xml")
    except BadMessage:
        return


def test_an_external_entity_reads_no_file() -> None:
    with tempfile.TemporaryDirectory() as folder:
        secret = Path(folder) / "secret"
        secret.write_text("секрет", encoding="utf-8")
        data = f'<!DOCTYPE c [<!ENTITY x SYSTEM "{secret.as_uri()}">]><c>&x;</c>'.encode()
        with pytest.raises(DeclarationForbidden):
            read_message(data, PROFILES[0], "m.xml")


def test_the_destination_is_nested_as_the_schema_has_it() -> None:
    assert write_message(MESSAGE, PROFILES[0]).count(b"<xdms:destination") == 2
    assert read_message(
        write_message(MESSAGE, PROFILES[0]), PROFILES[0], "m"
    ).message.destinations == (THEM,)
