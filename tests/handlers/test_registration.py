"""Registration of the five flows, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.duplicates import Likeness
from sed_tui.domain.flows import Flow
from sed_tui.errors import NotFound, SedError
from sed_tui.errors.numbering import (
    BadNumber,
    BadSuffix,
    JournalClosed,
    NumberTaken,
    SuffixAlone,
    WrongJournal,
)
from sed_tui.errors.registration import (
    AddresseeRepeated,
    AlreadyRegistered,
    DateInFuture,
    DatesOutOfOrder,
    ExternalIdTaken,
    KindClosed,
    NotRegisteredKind,
    ReasonNeeded,
    SenderNumberNeeded,
    SignatureNeeded,
    UnknownKind,
)
from sed_tui.operations.document import SHOW, ShowDocument
from sed_tui.operations.document_kind import SET, SetKind
from sed_tui.operations.journal import CHANGE, LIST, ChangeJournal, ListJournals
from sed_tui.operations.registration import (
    DUPLICATES,
    REGISTER,
    DuplicatePolicy,
    FindDuplicates,
    RegisterDocument,
)
from sed_tui.operations.registry import CallOptions
from tests.handlers.letters import TODAY, appeal, letter, order, outgoing

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

REASON = CallOptions(reason="по указанию")


def counters(gateway: LocalGateway) -> dict[str, str | None]:
    """Return the next number of every journal."""
    return {row.code: row.next for row in gateway.call(LIST, ListJournals()).rows}


def test_numbers_follow_each_other(gateway: LocalGateway) -> None:
    numbers = [gateway.call(REGISTER, letter(their_number=f"{n}")).number for n in (1, 2, 3)]

    assert numbers == ["01-23/1", "01-23/2", "01-23/3"]


@pytest.mark.parametrize(
    ("request_", "number"),
    [
        (letter(), "01-23/1"),
        (outgoing(), "05-11/1"),
        (RegisterDocument(flow=Flow.INTERNAL, subject="Записка"), "ВН-1/26"),
        (order(), "1-р"),
        (appeal(), "ОГ-1/26"),
    ],
    ids=lambda value: value.flow.value if isinstance(value, RegisterDocument) else "",
)
def test_every_flow_has_its_journal(
    gateway: LocalGateway, request_: RegisterDocument, number: str
) -> None:
    result = gateway.call(REGISTER, request_)
    card = gateway.call(SHOW, ShowDocument(document=result.number))

    assert (result.number, card.registration) == (number, "registered")
    assert card.execution == ("review" if request_.flow in {"incoming", "appeal"} else "none")


@pytest.mark.parametrize(
    ("request_", "failure"),
    [
        (letter(their_date=date(2026, 11, 24)), DateInFuture),
        (letter(their_date=TODAY, received_on=date(2026, 11, 20)), DatesOutOfOrder),
        (letter(received_on=date(2026, 12, 1)), DateInFuture),
        (letter(their_number=None), SenderNumberNeeded),
        (letter(their_number="   "), SenderNumberNeeded),
        (letter(subject=" "), SedError),
        (letter(subject="x" * 10_000), SedError),
        (letter(subject="Письмо\x1b[31m"), SedError),
        (letter(subject="Письмо \u202eкод"), SedError),
        (letter(kind="летопись"), UnknownKind),
        (letter(kind="реклама"), NotRegisteredKind),
        (letter(journal="05-11"), WrongJournal),
        (letter(journal="99"), NotFound),
        (letter(number="145"), BadNumber),
        (letter(number="01-23/0145"), BadNumber),
        (letter(number="01-23/145a"), BadSuffix),
        (letter(suffix="a"), BadSuffix),
        (letter(suffix="-а"), SuffixAlone),
        (outgoing(signatory=None), SignatureNeeded),
        (outgoing(addressees=["Минздрав", "минздрав"]), AddresseeRepeated),
        (order(signed_on=None), SignatureNeeded),
    ],
)
def test_bad_input_is_refused_and_changes_nothing(
    gateway: LocalGateway, request_: RegisterDocument, failure: type[SedError]
) -> None:
    before = counters(gateway)

    with pytest.raises(failure):
        gateway.call(REGISTER, request_)

    assert counters(gateway) == before


def test_a_dry_run_changes_nothing(gateway: LocalGateway) -> None:
    before = counters(gateway)

    result = gateway.call(REGISTER, letter(), CallOptions(dry_run=True))

    assert result.number == "01-23/1"
    assert counters(gateway) == before


def test_the_same_key_gives_the_same_number(gateway: LocalGateway) -> None:
    keyed = CallOptions(idempotency_key="k1")

    assert gateway.call(REGISTER, letter(), keyed) == gateway.call(REGISTER, letter(), keyed)
    assert counters(gateway)["01-23"] == "01-23/2"


def test_the_same_letter_is_refused_and_names_the_first(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter())

    with pytest.raises(AlreadyRegistered, match=r"01-23/1 of 23\.11\.2026 \(Минздрав, 145/и\)"):
        gateway.call(REGISTER, letter(their_number="145-И"))

    assert counters(gateway)["01-23"] == "01-23/2"


def test_the_same_letter_is_registered_for_a_reason(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter())
    forced = letter(on_duplicate=DuplicatePolicy.FORCE)

    with pytest.raises(ReasonNeeded):
        gateway.call(REGISTER, forced)
    result = gateway.call(REGISTER, forced, REASON)

    assert result.number == "01-23/2"
    assert result.warnings == ["It is registered already: 01-23/1 of 23.11.2026."]


def test_a_duplicate_stands_beside_the_first_under_a_letter(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter())
    again = letter(on_duplicate=DuplicatePolicy.LINK)

    numbers = [gateway.call(REGISTER, again).number for _ in range(2)]
    first = gateway.call(SHOW, ShowDocument(document="01-23/1"))

    assert numbers == ["01-23/1-а", "01-23/1-б"]
    assert [(link.kind, link.number) for link in first.links] == [
        ("has_duplicate", "01-23/1-а"),
        ("has_duplicate", "01-23/1-б"),
    ]
    assert counters(gateway)["01-23"] == "01-23/2"


def test_a_similar_number_is_a_warning(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter())

    result = gateway.call(REGISTER, letter(their_date=date(2026, 11, 10)))

    assert result.warnings == [
        "A letter with a similar number is registered: 01-23/1 of 23.11.2026."
    ]


def test_parts_of_a_number_that_stand_otherwise_are_a_warning(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter(their_number="3-10"))

    result = gateway.call(REGISTER, letter(their_number="31-0"))

    assert result.warnings == [
        "A letter with a similar number is registered: 01-23/1 of 23.11.2026."
    ]


def test_an_old_letter_is_known_behind_many_newer_ones_of_its_number(gateway: LocalGateway) -> None:
    first = gateway.call(REGISTER, letter(their_date=date(2026, 1, 12)))
    for day in range(1, 13):
        gateway.call(REGISTER, letter(their_date=date(2026, 11, day)))

    with pytest.raises(AlreadyRegistered) as refused:
        gateway.call(REGISTER, letter(their_date=date(2026, 1, 12)))

    assert first.number in str(refused.value)


def test_an_old_appeal_is_known_behind_many_newer_ones_of_its_writer(gateway: LocalGateway) -> None:
    numbered = {"their_number": "7", "their_date": date(2026, 9, 1)}
    first = gateway.call(REGISTER, appeal(**numbered))
    for number in range(12):
        gateway.call(REGISTER, appeal(subject=f"О дороге {number}"))

    found = gateway.call(
        DUPLICATES,
        FindDuplicates.model_validate(
            appeal(**numbered).model_dump(include=set(FindDuplicates.model_fields))
        ),
    ).rows
    assert (found[0].number, found[0].likeness) == (first.number, Likeness.EXACT)


def test_letters_without_a_number_are_no_duplicates(gateway: LocalGateway) -> None:
    results = [gateway.call(REGISTER, letter(their_number="б/н")) for _ in range(2)]

    assert [result.warnings for result in results] == [[], []]


def test_duplicates_are_found_before_saving(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter())
    asked = FindDuplicates(
        correspondent="минздрав", their_number="145 И", their_date=date(2026, 11, 20)
    )

    [row] = gateway.call(DUPLICATES, asked).rows

    assert (row.number, row.likeness, row.registrar) == (
        "01-23/1",
        Likeness.EXACT,
        "Иванова Анна Петровна",
    )


def test_a_repeated_appeal_is_proposed(gateway: LocalGateway) -> None:
    results = [gateway.call(REGISTER, appeal(subject=f"О дороге {n}")) for n in range(3)]
    cards = [gateway.call(SHOW, ShowDocument(document=str(result.id))) for result in results]

    assert [card.appeal_repeat for card in cards] == ["primary", "repeated", "multiple"]
    assert results[1].warnings == ["This person has appealed before: ОГ-1/26 of 23.11.2026."]


def test_an_appeal_with_another_file_is_a_repeated_one(gateway: LocalGateway) -> None:
    first = appeal()
    gateway.call(REGISTER, first)
    asked = FindDuplicates(flow=first.flow, correspondent=first.correspondent, sha256=("0" * 64,))

    [row] = gateway.call(DUPLICATES, asked).rows

    assert row.likeness is Likeness.REPEATED_APPEAL


def test_the_year_is_that_of_the_registration_date(
    gateway: LocalGateway, clock: FixedClock
) -> None:
    gateway.call(REGISTER, letter())
    clock.moment = datetime(2027, 1, 12, 7, 0, tzinfo=UTC)

    new = gateway.call(REGISTER, letter(their_number="7", received_on=None))
    late = gateway.call(REGISTER, letter(their_number="8", registered_on=date(2026, 12, 30)))

    assert (new.number, new.registered_on.year) == ("01-23/1", 2027)
    assert (late.number, late.registered_on.year) == ("01-23/2", 2026)


def test_a_closed_year_refuses_late_entries(gateway: LocalGateway, clock: FixedClock) -> None:
    clock.moment = datetime(2027, 1, 12, 7, 0, tzinfo=UTC)
    gateway.call(CHANGE, ChangeJournal(journal="01-23", closed_before=date(2027, 1, 1)))

    with pytest.raises(JournalClosed):
        gateway.call(REGISTER, letter(registered_on=date(2026, 12, 30)))


def test_a_breach_of_chronology_is_a_warning(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter())

    result = gateway.call(
        REGISTER,
        letter(
            their_number="2", received_on=TODAY.replace(day=20), registered_on=TODAY.replace(day=20)
        ),
    )

    assert result.warnings == ["Chronology: 01-23/1 before it is dated 23.11.2026."]


def test_a_number_by_hand_moves_the_counter(gateway: LocalGateway) -> None:
    first = gateway.call(REGISTER, letter(number="01-23/10"))
    second = gateway.call(REGISTER, letter(their_number="2"))

    assert (first.number, second.number) == ("01-23/10", "01-23/11")


def test_a_taken_number_is_refused(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter())

    with pytest.raises(NumberTaken, match="01-23/1"):
        gateway.call(REGISTER, letter(their_number="2", number="01-23/1"))


def test_a_suffixed_number_needs_a_reason(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter())
    beside = letter(their_number="2", number="01-23/1", suffix="-а")

    with pytest.raises(ReasonNeeded):
        gateway.call(REGISTER, beside)

    assert gateway.call(REGISTER, beside, REASON).number == "01-23/1-а"


def test_an_external_id_is_taken_once(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter(external_id="A-1"))

    with pytest.raises(ExternalIdTaken, match="A-1"):
        gateway.call(REGISTER, letter(their_number="2", external_id="A-1"))

    assert counters(gateway)["01-23"] == "01-23/2"


def test_a_closed_kind_is_refused(gateway: LocalGateway) -> None:
    gateway.call(SET, SetKind(flow=Flow.INCOMING, name="телеграмма", is_closed=True))

    with pytest.raises(KindClosed):
        gateway.call(REGISTER, letter(kind="телеграмма"))


def test_what_is_not_registered_is_registered_for_a_reason(gateway: LocalGateway) -> None:
    assert gateway.call(REGISTER, letter(kind="приглашение"), REASON).number == "01-23/1"


def test_a_reply_is_linked_and_seen_from_both_sides(gateway: LocalGateway) -> None:
    gateway.call(REGISTER, letter())
    gateway.call(REGISTER, outgoing(in_reply_to="01-23/1"))

    reply = gateway.call(SHOW, ShowDocument(document="05-11/1"))
    asked = gateway.call(SHOW, ShowDocument(document="01-23/1"))

    assert [(link.kind, link.number) for link in reply.links] == [("reply_to", "01-23/1")]
    assert [(link.kind, link.number) for link in asked.links] == [("replied_by", "05-11/1")]
    assert reply.addressees == ["Минздрав"]
