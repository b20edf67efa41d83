"""What goes wrong with the Duma, case by case (stories, submissions to the Duma).

- a sitting is moved after terms were set: test_duma a_moved_sitting, by mail tests/cli/test_duma
- a submission after the term: test_duma after_the_term
- a wrong edition of a file: test_duma nothing_incomplete
- two editions with one name: test_duma nothing_incomplete; here two_editions
- a withdrawn bill: test_duma a_submission_goes_its_way; here a_notice_of_a_withdrawn_bill
- a return without a reason: test_duma a_submission_goes_its_way, test_duma_notices what_is_not
- the Duma's number is like one of ours: here a_number_of_the_duma
- the link is down at 17:59 of the last day: test_duma after_the_term; here an_attempt_after
- a joint document with two numbers: test_duma a_submission_goes_its_way; here a_joint_document
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.duma import Passage
from sed_tui.errors.duma import DumaNumberTaken, SubmissionLate, WrongEdition
from sed_tui.exchange.message import Event, Number
from sed_tui.operations import document, duma_submission
from sed_tui.operations.document import ShowDocument
from sed_tui.operations.duma_submission import RecordPassage, SendSubmission
from sed_tui.operations.registration import REGISTER
from tests.handlers.letters import letter
from tests.handlers.test_duma import begun, put, signer, stepped
from tests.handlers.test_duma_notices import NOON, Duma, sent

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock
    from tests.handlers.assignments import Office

__all__ = ["sent", "signer"]


def test_two_editions_under_one_name_are_told_apart_by_their_versions(
    office: Office, gateway: LocalGateway, signer: object
) -> None:
    number = office.letter()
    made = begun(gateway, number, signer)
    put(gateway, number, signer, "bill.txt", b"the second edition")

    with pytest.raises(WrongEdition, match=r"version 1 of “bill\.txt” was chosen, version 2"):
        gateway.call(duma_submission.SEND, SendSubmission(submission=str(made.id)))
    chosen = gateway.call(
        duma_submission.ATTACH,
        duma_submission.AttachPaper(submission=str(made.id), paper="bill", file="bill.txt"),
    )

    assert chosen.papers[0].edition == 2
    gone = gateway.call(duma_submission.SEND, SendSubmission(submission=str(made.id)))
    assert gone.passage_state is Passage.SUBMITTED


def test_a_notice_of_a_withdrawn_bill_changes_nothing(sent: Duma, gateway: LocalGateway) -> None:
    sent.name_partner()
    stepped(gateway, sent.submission, Passage.WITHDRAWN, reason="письмо Губернатора")

    sent.tell(Event.COURSE_CHANGED, text="Принят в первом чтении")

    assert sent.now.passage_state is Passage.WITHDRAWN
    assert sent.letters() == []


def test_a_number_of_the_duma_like_one_of_ours_is_never_taken_for_it(
    office: Office, gateway: LocalGateway, signer: object
) -> None:
    ours = gateway.call(REGISTER, letter())
    made = begun(gateway, office.letter("77-1"), signer)
    gateway.call(duma_submission.SEND, SendSubmission(submission=str(made.id)))

    stepped(gateway, made, Passage.ACCEPTED, reason="по телефону", numbers=ours.number)

    found = gateway.call(document.SHOW, ShowDocument(document=ours.number))
    following = gateway.call(REGISTER, letter(their_number="146/и"))
    assert found.id == ours.id
    assert following.number != ours.number


def test_an_attempt_after_the_term_does_not_count_as_one_in_time(
    office: Office, gateway: LocalGateway, signer: object, clock: FixedClock
) -> None:
    made = begun(gateway, office.letter(), signer)
    clock.moment = datetime(2026, 12, 10, 4, tzinfo=UTC)
    past_midnight = datetime(2026, 12, 9, 19, 1, tzinfo=UTC)  # 00:01 of the next day in the office

    with pytest.raises(SubmissionLate):
        gateway.call(
            duma_submission.SEND,
            SendSubmission(
                submission=str(made.id), attempted_at=past_midnight, evidence="Канал: нет ответа"
            ),
        )


def test_a_joint_document_gets_both_of_its_numbers(sent: Duma, gateway: LocalGateway) -> None:
    sent.name_partner()

    for number in ("12-ДП", "45-СП", "12-ДП"):
        sent.tell(Event.REGISTERED, number=Number(number, NOON.date()))

    assert sent.now.numbers == ["12-ДП", "45-СП"]
    request = RecordPassage(
        submission=str(sent.submission.id), passage_state=Passage.WITHDRAWN, reason="отзыв"
    )
    gateway.call(duma_submission.STEP, request)
    other = gateway.call(
        duma_submission.OPEN,
        duma_submission.OpenSubmission(document=sent.letter.number, sitting="17.12.2026"),
    )
    with pytest.raises(DumaNumberTaken):
        stepped(gateway, other, Passage.WITHDRAWN, reason="отзыв", numbers="1; 45-сп")
