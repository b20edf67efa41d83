"""Notices of the Duma that come by the exchange become steps of submissions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import create_engine, text

from sed_tui.domain.duma import Passage, RuleSort
from sed_tui.errors import NotFound
from sed_tui.errors.duma import UnknownStep
from sed_tui.exchange.message import Event, Notification, Number
from sed_tui.operations import duma, duma_submission, employee
from sed_tui.operations.duma import SetDumaRule
from sed_tui.operations.duma_submission import OpenSubmission, SendSubmission, ShowSubmission
from sed_tui.operations.employee import EditEmployee
from sed_tui.operations.exchange_inbox import TakeOutcome
from tests.handlers.exchange_partners import add_partner
from tests.handlers.outbox import dispatched
from tests.handlers.test_duma import begun, signer
from tests.handlers.test_exchange_outbox import send_all, told
from tests.snapshots import reached

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.duma_submission import Submission
    from sed_tui.operations.registration import Registered

__all__ = ["signer"]
NOON = datetime(2026, 11, 23, 7, tzinfo=UTC)


class Duma:
    """The Duma at the other end of the exchange, and a submission that was sent to it."""

    def __init__(self, gateway: LocalGateway, settings: Settings, key: object) -> None:
        self.gateway, self.settings = gateway, settings
        self.letter, self.submission = reached(
            "sent to the Duma", gateway, settings, lambda: self._sent(key)
        )

    def _sent(self, key: object) -> tuple[Registered, Submission]:
        add_partner(self.gateway)
        changes: dict[str, Any] = {"email": "ivanova@example.ru"}
        self.gateway.call(employee.EDIT, EditEmployee(employee="admin", changes=changes))
        letter: Registered = dispatched(self.gateway)
        send_all(self.gateway)
        submission = begun(self.gateway, letter.number, key)
        self.gateway.call(duma_submission.SEND, SendSubmission(submission=str(submission.id)))
        return letter, submission

    def name_partner(self) -> None:
        rule = SetDumaRule(
            code="duma", sort=RuleSort.PARTNER, title="PRAV", source="Регламент обмена"
        )
        self.gateway.call(duma.SET_RULE, rule)

    def tell(self, event: Event, **words: Any) -> Any:
        return told(self.gateway, Notification(str(self.letter.id), event, NOON, **words))

    @property
    def now(self) -> Submission:
        request = ShowSubmission(submission=str(self.submission.id))
        return self.gateway.call(duma_submission.SHOW, request)

    def letters(self) -> list[str]:
        engine = create_engine(self.settings.database)
        with engine.connect() as db:
            found = db.scalars(text("SELECT body FROM outgoing_mail ORDER BY created_at, key"))
            bodies = [body for body in found if "duma" in body or "Duma" in body]
        engine.dispose()
        return bodies


@pytest.fixture
def sent(gateway: LocalGateway, settings: Settings, signer: object) -> Duma:
    return Duma(gateway, settings, signer)


def test_notices_take_a_submission_through_its_passage(sent: Duma) -> None:
    sent.name_partner()

    sent.tell(Event.REGISTERED, number=Number("12-ДП", NOON.date()))
    registered = sent.now
    sent.tell(Event.COURSE_CHANGED, text="Принят Думой к рассмотрению")
    sent.tell(Event.COURSE_CHANGED, text="Принят в первом чтении")
    repeated = sent.tell(Event.COURSE_CHANGED, text="Принят в первом чтении")
    sent.tell(Event.COURSE_CHANGED, text="Отклонён: нет средств")

    assert (registered.passage_state, registered.numbers) == (Passage.SUBMITTED, ["12-ДП"])
    steps = [(step.passage_state, step.reason, step.message is None) for step in sent.now.passage]
    assert steps[2:] == [
        (Passage.SUBMITTED, "№ 12-ДП", False),
        (Passage.ACCEPTED, None, False),
        (Passage.FIRST_READING, None, False),
        (Passage.REJECTED, "нет средств", False),
    ]
    assert repeated.outcome is TakeOutcome.TAKEN
    assert len(sent.letters()) == 4
    assert any("The Duma tells: Исполнение" in letter for letter in sent.letters())


def test_what_is_not_understood_changes_nothing_and_a_person_is_told(sent: Duma) -> None:
    sent.name_partner()

    sent.tell(Event.COURSE_CHANGED, text="Направлен в комитет")
    sent.tell(Event.COURSE_CHANGED, text="Отклонён в первом чтении: мало голосов")
    sent.tell(Event.COURSE_CHANGED, text="Возвращён")  # no reason is given
    sent.tell(Event.COURSE_CHANGED, text="Принят во втором чтении")  # it was not accepted yet

    assert [step.passage_state for step in sent.now.passage] == [
        *(Passage.PREPARED, Passage.SUBMITTED)
    ]
    bodies = "\n".join(sent.letters())
    assert bodies.count("the rules do not say what it means") == 2
    assert "“returned” needs a reason" in bodies
    assert "cannot become “second reading”" in bodies


def test_a_refusal_of_registration_returns_the_submission_with_its_reason(sent: Duma) -> None:
    sent.name_partner()

    sent.tell(Event.REFUSED, reason="Нет подписи")

    last = sent.now.passage[-1]
    assert (last.passage_state, last.reason) == (Passage.RETURNED, "Нет подписи")


def test_a_number_of_another_submission_is_not_taken_over(
    sent: Duma, gateway: LocalGateway
) -> None:
    sent.name_partner()
    request = OpenSubmission(document=sent.letter.number, sitting="17.12.2026")
    other = gateway.call(duma_submission.OPEN, request)
    step = duma_submission.RecordPassage(
        submission=str(other.id), passage_state=Passage.WITHDRAWN, reason="x", numbers="12-ДП"
    )
    gateway.call(duma_submission.STEP, step)

    sent.tell(Event.REGISTERED, number=Number("12-дп", NOON.date()))

    assert sent.now.numbers == []
    assert f"belongs to the submission {other.short_id}" in sent.letters()[-1]


def test_notices_of_other_partners_are_none_of_the_dumas(sent: Duma) -> None:
    sent.tell(Event.COURSE_CHANGED, text="Принят к рассмотрению")

    assert sent.now.passage_state is Passage.SUBMITTED
    assert sent.letters() == []


def test_words_of_notices_are_rules_that_are_edited(sent: Duma, gateway: LocalGateway) -> None:
    sent.name_partner()
    gateway.call(
        duma.SET_RULE,
        SetDumaRule(
            code="notice-agenda",
            sort=RuleSort.NOTICE,
            title="включён в повестку",
            kind="accepted",
            source="Письмо аппарата Думы",
        ),
    )
    gateway.call(duma.SET_RULE, SetDumaRule(code="notice-accepted", is_closed=True))

    sent.tell(Event.COURSE_CHANGED, text="Принят к рассмотрению")
    before = sent.now.passage_state
    sent.tell(Event.COURSE_CHANGED, text="Включен в повестку дня")

    assert (before, sent.now.passage_state) == (Passage.SUBMITTED, Passage.ACCEPTED)
    with pytest.raises(UnknownStep):
        gateway.call(duma.SET_RULE, SetDumaRule(code="notice-first", kind="submitted"))
    with pytest.raises(NotFound):
        gateway.call(
            duma.SET_RULE,
            SetDumaRule(code="x", sort=RuleSort.PARTNER, title="НЕТ", source="п. 1"),
        )
