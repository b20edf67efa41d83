"""Submissions to the Duma: rules as data, sittings that move, papers, passage."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from sed_tui.domain.duma import Passage, RuleSort
from sed_tui.domain.files import FileRole
from sed_tui.domain.terms import Unit
from sed_tui.errors import NotFound
from sed_tui.errors.duma import (
    DumaNumberTaken,
    NoEvidence,
    PassageForbidden,
    PassageReasonNeeded,
    RuleIncomplete,
    SameNameTwice,
    SentByItself,
    SittingExists,
    SittingOver,
    SubmissionIncomplete,
    SubmissionLate,
    UnknownPaper,
    UnknownSubmissionKind,
    WrongEdition,
)
from sed_tui.errors.references import ChangedMeanwhile
from sed_tui.operations import duma, duma_submission, employee
from sed_tui.operations.duma import (
    AddSitting,
    ListDumaRules,
    ListSittings,
    MoveSitting,
    SetDumaRule,
)
from sed_tui.operations.duma_submission import (
    AttachPaper,
    ListSubmissions,
    OpenSubmission,
    RecordPassage,
    SendSubmission,
    ShowSubmission,
    Submission,
)
from sed_tui.operations.employee import EditEmployee
from sed_tui.operations.file import ADD as ADD_FILE
from sed_tui.operations.file import AddFile, FileContent
from tests.handlers.signers import Authority, add_trust

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock
    from tests.handlers.assignments import Office

SITTING = date(2026, 12, 17)
DAY = "17.12.2026"
DUE = date(2026, 12, 9)
PAPERS = ("bill", "bill-note", "bill-finance", "bill-letter")


def put(gateway: LocalGateway, document: str, signer: object, name: str, content: bytes) -> None:
    """Add a file with its signature, or without one."""
    files = [(name, content, FileRole.MAIN)]
    if signer is not None:
        made = signer.sign(content, datetime(2026, 11, 23, 7, tzinfo=UTC))  # type: ignore[attr-defined]
        files.append((f"{name}.sig", made, FileRole.SIGNATURE))
    contents = tuple(
        FileContent(name=n, token=gateway.stage(io.BytesIO(data)), role=role)
        for n, data, role in files
    )
    gateway.call(ADD_FILE, AddFile(document=document, files=contents))


def begun(gateway: LocalGateway, document: str, signer: object = None) -> Submission:
    """Begin a submission whose papers are all chosen; signed where there is a signer."""
    gateway.call(duma.ADD_SITTING, AddSitting(day=SITTING))
    made = gateway.call(
        duma_submission.OPEN,
        OpenSubmission(document=document, sitting="17.12.2026", title="О бюджете"),
    )
    for code in PAPERS:
        put(gateway, document, signer, f"{code}.txt", code.encode())
        made = gateway.call(
            duma_submission.ATTACH,
            AttachPaper(submission=made.short_id, paper=code, file=f"{code}.txt"),
        )
    return made


def stepped(gateway: LocalGateway, made: Submission, state: Passage, **more: object) -> Submission:
    request = RecordPassage(submission=str(made.id), passage_state=state, **more)
    return gateway.call(duma_submission.STEP, request)


@pytest.fixture
def signer(office: Office, gateway: LocalGateway, clock: FixedClock) -> object:
    authority = Authority(clock.now())
    add_trust(gateway, authority.root.certificate.der, authority.revocations())
    return authority.signer("Головин Пётр Ильич")


def test_rules_are_data_with_a_source_and_a_version(gateway: LocalGateway) -> None:
    shipped = gateway.call(duma.RULES, ListDumaRules()).rows
    changed = gateway.call(
        duma.SET_RULE,
        SetDumaRule(code="upload", counted_in=Unit.WORKING_DAYS, source="Письмо Думы", version=0),
    )
    own = gateway.call(
        duma.SET_RULE,
        SetDumaRule(code="appeal", sort=RuleSort.PAPER, title="Текст", kind="иное", source="п. 5"),
    )

    assert [(r.code, r.amount) for r in shipped[:3]] == [
        *(("prepare", 30), ("upload", 8), ("pass-on", 6))
    ]
    assert all(rule.source and rule.checked_on is None for rule in shipped)
    assert (changed.amount, changed.counted_in, changed.version) == (8, Unit.WORKING_DAYS, 1)
    assert own.version == 1
    with pytest.raises(ChangedMeanwhile):
        gateway.call(duma.SET_RULE, SetDumaRule(code="upload", amount=5, version=0))
    day = date(2026, 11, 20)
    compared = gateway.call(duma.SET_RULE, SetDumaRule(code="upload", checked_on=day))
    same = gateway.call(duma.SET_RULE, SetDumaRule(code="upload", amount=8))
    other = gateway.call(duma.SET_RULE, SetDumaRule(code="upload", amount=9))
    assert [one.checked_on for one in (compared, same, other)] == [day, day, None]
    with pytest.raises(RuleIncomplete):
        gateway.call(duma.SET_RULE, SetDumaRule(code="new", title="Без источника", amount=3))


def test_a_moved_sitting_moves_its_terms_tells_people_and_keeps_its_history(
    office: Office, gateway: LocalGateway
) -> None:
    changes: dict[str, str | bool | None] = {"email": "ivanova@example.ru"}
    gateway.call(employee.EDIT, EditEmployee(employee="admin", changes=changes))
    made = begun(gateway, office.letter())

    moved = gateway.call(
        duma.MOVE_SITTING,
        MoveSitting(sitting="17.12.2026", day=date(2026, 12, 24), reason="Перенос по письму"),
    )

    assert moved.told == ["Иванова Анна Петровна"]
    assert [(m.old_day, m.new_day, m.reason) for m in moved.moves] == [
        (SITTING, date(2026, 12, 24), "Перенос по письму")
    ]
    assert made.due == DUE
    shown = gateway.call(duma_submission.SHOW, ShowSubmission(submission=made.short_id))
    assert shown.due == date(2026, 12, 16)
    assert shown.terms[1].explanation[1] == "−8 calendar days → 16.12.2026 (Wed)"
    engine = create_engine(office.settings.database)
    with engine.connect() as db:
        [letter] = db.execute(text("SELECT subject, body FROM outgoing_mail")).all()
    engine.dispose()
    assert letter.subject == "A sitting of the Duma is moved to 24.12.2026"
    assert "16.12.2026" in letter.body
    with pytest.raises(ChangedMeanwhile):
        gateway.call(
            duma.MOVE_SITTING,
            MoveSitting(sitting="24.12.2026", day=SITTING, reason="снова", version=1),
        )
    gateway.call(duma.ADD_SITTING, AddSitting(day=SITTING))
    with pytest.raises(SittingExists):
        gateway.call(
            duma.MOVE_SITTING, MoveSitting(sitting="24.12.2026", day=SITTING, reason="туда")
        )
    with pytest.raises(SittingOver):
        gateway.call(duma.ADD_SITTING, AddSitting(day=date(2026, 11, 20)))
    assert [one.day for one in gateway.call(duma.SITTINGS, ListSittings()).rows] == [
        *(SITTING, date(2026, 12, 24))
    ]


def test_nothing_incomplete_unsigned_or_replaced_is_sent(
    office: Office, gateway: LocalGateway, signer: object
) -> None:
    document = office.letter()
    made = begun(gateway, document)
    send = SendSubmission(submission=str(made.id))

    assert [paper.lacks for paper in made.papers] == [
        *("no signature yet", "no signature yet", "no signature yet", None, "no signature yet")
    ]
    with pytest.raises(SentByItself):
        stepped(gateway, made, Passage.SUBMITTED, reason="вручную")
    with pytest.raises(SubmissionIncomplete, match="Пояснительная записка"):
        gateway.call(duma_submission.SEND, send)
    with pytest.raises(SameNameTwice):
        gateway.call(
            duma_submission.ATTACH,
            AttachPaper(submission=str(made.id), paper="Заключения", file="bill.txt"),
        )
    with pytest.raises(UnknownPaper):
        gateway.call(
            duma_submission.ATTACH,
            AttachPaper(submission=str(made.id), paper="x", file="bill.txt"),
        )
    put(gateway, document, signer, "bill.txt", b"another edition")
    with pytest.raises(WrongEdition, match="version 1 of “bill"):
        gateway.call(duma_submission.SEND, send)
    with pytest.raises(UnknownSubmissionKind):
        gateway.call(
            duma_submission.OPEN,
            OpenSubmission(document=document, sitting=DAY, kind="ода"),
        )


def test_a_submission_goes_its_way_and_every_step_is_kept(
    office: Office, gateway: LocalGateway, signer: object
) -> None:
    document = office.letter()
    notice = office.letter("01-23/2")
    made = begun(gateway, document, signer)

    sent = gateway.call(duma_submission.SEND, SendSubmission(submission=str(made.id)))
    with pytest.raises(PassageForbidden):
        gateway.call(
            duma_submission.ATTACH,
            AttachPaper(submission=str(made.id), paper="bill-letter", file="bill-note.txt"),
        )
    with pytest.raises(PassageReasonNeeded):
        stepped(gateway, made, Passage.RETURNED, notice=notice)
    stepped(gateway, made, Passage.RETURNED, notice=notice, reason="Нет заключения")
    gateway.call(duma_submission.SEND, SendSubmission(submission=str(made.id)))
    stepped(gateway, made, Passage.ACCEPTED, notice=notice, numbers="01-23/1; 45-СП")
    with pytest.raises(PassageReasonNeeded):
        stepped(gateway, made, Passage.FIRST_READING)
    stepped(gateway, made, Passage.FIRST_READING, reason="по телефону, связи нет")
    done = stepped(gateway, made, Passage.WITHDRAWN, reason="письмо Губернатора")

    assert made.is_complete
    assert sent.passage_state is Passage.SUBMITTED
    assert done.numbers == ["01-23/1", "45-СП"]  # the Duma's, though one is like ours
    assert [step.passage_state.value for step in done.passage] == [
        *("prepared", "submitted", "returned", "submitted", "accepted", "first_reading"),
        "withdrawn",
    ]
    assert done.passage[2].notice == notice
    with pytest.raises(PassageForbidden):
        stepped(gateway, made, Passage.ADOPTED, reason="поздно")
    other = gateway.call(
        duma_submission.OPEN, OpenSubmission(document=document, sitting="17.12.2026")
    )
    gateway.call(
        duma_submission.STEP,
        RecordPassage(submission=str(other.id), passage_state=Passage.WITHDRAWN, reason="ошибка"),
    )
    assert gateway.call(duma_submission.LIST, ListSubmissions()).rows == []
    assert len(gateway.call(duma_submission.LIST, ListSubmissions(all_states=True)).rows) == 2


def test_two_submissions_cannot_carry_one_number_of_the_duma(
    office: Office, gateway: LocalGateway, signer: object
) -> None:
    document = office.letter()
    made = begun(gateway, document, signer)
    other = gateway.call(
        duma_submission.OPEN, OpenSubmission(document=document, sitting="17.12.2026")
    )
    gateway.call(duma_submission.SEND, SendSubmission(submission=str(made.id)))
    stepped(gateway, made, Passage.ACCEPTED, reason="по телефону", numbers="77-ДП")

    with pytest.raises(DumaNumberTaken, match=made.short_id):
        stepped(gateway, other, Passage.WITHDRAWN, reason="отзыв", numbers="77-дп")


def test_after_the_term_it_is_sent_for_a_reason_or_by_evidence_of_an_attempt(
    office: Office, gateway: LocalGateway, signer: object, clock: FixedClock
) -> None:
    made = begun(gateway, office.letter(), signer)
    clock.moment = datetime(2026, 12, 10, 4, tzinfo=UTC)
    attempt = datetime(2026, 12, 9, 12, 59, tzinfo=UTC)  # 17:59 in the office, on the last day
    which = str(made.id)

    with pytest.raises(SubmissionLate, match=r"ended on 09\.12\.2026"):
        gateway.call(duma_submission.SEND, SendSubmission(submission=which))
    with pytest.raises(SubmissionLate):
        gateway.call(duma_submission.SEND, SendSubmission(submission=which, late=True))
    with pytest.raises(NoEvidence):
        gateway.call(duma_submission.SEND, SendSubmission(submission=which, attempted_at=attempt))
    sent = gateway.call(
        duma_submission.SEND,
        SendSubmission(submission=which, attempted_at=attempt, evidence="Канал: нет ответа"),
    )

    assert sent.passage[-1].attempted_at == attempt
    assert sent.passage[-1].evidence == "Канал: нет ответа"


def test_a_submission_is_seen_by_whoever_sees_its_document(
    office: Office, gateway: LocalGateway
) -> None:
    made = begun(gateway, office.letter())

    assert office.as_("golova").call(duma_submission.LIST, ListSubmissions()).rows
    assert office.as_("petrov").call(duma_submission.LIST, ListSubmissions()).rows == []
    with pytest.raises(NotFound):
        office.as_("petrov").call(duma_submission.SHOW, ShowSubmission(submission=made.short_id))
