"""Draft resolutions: gaps are kept, approval issues everything or nothing, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.resolution import DraftState
from sed_tui.errors import NotFound, SedError
from sed_tui.errors.references import ChangedMeanwhile
from sed_tui.errors.resolutions import (
    CommentNeeded,
    HeadNeeded,
    NoPoints,
    NoSuchPoint,
    NotAHead,
    NotYourResolution,
    ResolutionGaps,
    ResolutionState,
)
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.assignment import SHOW as SHOW_ASSIGNMENT
from sed_tui.operations.assignment import ShowAssignment
from sed_tui.operations.assignment_list import LIST as LIST_ASSIGNMENTS
from sed_tui.operations.assignment_list import ListAssignments
from sed_tui.operations.audit import LIST as AUDIT
from sed_tui.operations.audit import ListAudit
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.resolution import (
    DRAFT,
    EDIT,
    SHOW,
    DraftResolution,
    EditResolution,
    PointGiven,
    ResolutionCard,
    ShowResolution,
)
from sed_tui.operations.resolution_decision import (
    APPROVE,
    RETURN,
    WITHDRAW,
    ApproveResolution,
    ReturnResolution,
    WithdrawResolution,
)
from sed_tui.operations.resolution_list import LIST, ListResolutions
from sed_tui.operations.substitution import ADD as SUBSTITUTE
from sed_tui.operations.substitution import AddSubstitution
from sed_tui.storage.tables.organization import EmployeeTable
from tests.handlers.correspondence import change

if TYPE_CHECKING:
    from tests.handlers.assignments import Office

TODAY = date(2026, 11, 23)


def point(**fields: Any) -> PointGiven:
    return PointGiven(**fields)


WHOLE = (
    point(number="1", text="Подготовить ответ", executor="Петров В.С.", due="10"),
    point(number="2", executor="sidorov", co_executors="kuznec"),
)


def draft(office: Office, *points: PointGiven, by: str = "pomosh", **fields: Any) -> ResolutionCard:
    request = {"author": "golova", "text": "Доложить", "due": "5 рд", **fields}
    return office.as_(by).call(DRAFT, DraftResolution(points=points or WHOLE, **request))


def edit(office: Office, card: ResolutionCard, by: str = "pomosh", **fields: Any) -> ResolutionCard:
    return office.as_(by).call(EDIT, EditResolution(resolution=str(card.id), **fields))


def approve(office: Office, card: ResolutionCard, by: str = "golova") -> ResolutionCard:
    return office.as_(by).call(APPROVE, ApproveResolution(resolution=str(card.id)))


def send_back(
    office: Office, card: ResolutionCard, by: str = "golova", comment: str = "Уточнить срок"
) -> ResolutionCard:
    request = ReturnResolution(resolution=str(card.id), comment=comment)
    return office.as_(by).call(RETURN, request)


def show(office: Office, card: ResolutionCard, by: str = "golova") -> ResolutionCard:
    return office.as_(by).call(SHOW, ShowResolution(resolution=card.short_id))


def assigned(office: Office) -> int:
    return len(office.as_("golova").call(LIST_ASSIGNMENTS, ListAssignments()).rows)


def lacking(card: ResolutionCard) -> dict[int, list[str | None]]:
    return {point.number: [gap.field for gap in point.gaps] for point in card.points if point.gaps}


def test_a_draft_issues_nothing_until_the_head_approves_it(office: Office) -> None:
    number = office.letter()
    card = draft(office, document=number, controller="kontr")

    assert (card.state, card.with_gaps, assigned(office)) == (DraftState.DRAFT, 0, 0)
    assert [(p.text, p.executor, p.effective) for p in card.points] == [
        ("Подготовить ответ", "Петров Василий Сергеевич", date(2026, 12, 3)),
        ("Доложить", "Сидоров Иван Иванович", date(2026, 11, 30)),
    ]
    with pytest.raises(NotFound):
        office.as_("petrov").call(SHOW, ShowResolution(resolution=card.short_id))


def test_approval_makes_every_point_an_assignment_of_the_head(office: Office) -> None:
    card = approve(office, draft(office, document=office.letter(), controller="kontr"))
    issued = [
        office.as_("golova").call(SHOW_ASSIGNMENT, ShowAssignment(assignment=str(p.assignment_id)))
        for p in card.points
    ]

    assert card.state is DraftState.APPROVED
    assert [(a.executor_login, a.text, a.due) for a in issued] == [
        ("petrov", "Подготовить ответ", date(2026, 12, 3)),
        ("sidorov", "Доложить", date(2026, 11, 30)),
    ]
    assert {a.author for a in issued} == {"Головин Пётр Ильич"}
    assert {a.controller for a in issued} == {"Контролёрова Ольга Петровна"}
    # whoever drafted does not become the giver of the term (A10)
    assert {a.entered_by for a in issued} == {"Головин Пётр Ильич"}
    assert issued[1].co_executors == ["Кузнецова Мария Олеговна"]


def test_the_term_counts_from_the_day_of_approval(office: Office) -> None:
    card = draft(office)
    office.clock.moment += timedelta(days=7)

    assert [p.effective for p in show(office, card).points] == [
        date(2026, 12, 10),
        date(2026, 12, 7),
    ]
    assert [p.effective for p in approve(office, card).points] == [
        date(2026, 12, 10),
        date(2026, 12, 7),
    ]


def test_gaps_are_marked_and_refuse_approval_and_nothing_is_lost(office: Office) -> None:
    card = draft(
        office,
        point(number="1", executor="Никого Н.Н.", due="10"),
        point(number="2", text="Готовить", executor="petrov", due="послезавтра"),
        point(number="2", text="Вторая", executor="sidorov", due="10"),
        point(number="0", text="Нулевая", executor="sidorov"),
        point(number="7", text="Без людей"),
        point(number="8", text="Хорошая", executor="kuznec", due="срочно"),
        text=None,
        due=None,
    )

    assert lacking(card) == {
        1: ["executor", "text"],
        2: ["due"],
        7: ["executor", "due"],
        9: ["number"],
        10: ["number", "due"],
    }
    with pytest.raises(ResolutionGaps) as refused:
        approve(office, card)
    assert "point 1: " in str(refused.value)
    assert "Никого Н.Н." in str(refused.value)
    # fields are called as on the form, not by their keys
    assert "point 7: Executor: missing" in str(refused.value)
    assert card.points[2].gaps[0].message.startswith("Executor: ")
    assert (assigned(office), show(office, card).state) == (0, DraftState.DRAFT)
    assert len(show(office, card).points) == 6


def test_gaps_are_mended_field_by_field(office: Office) -> None:
    card = draft(office, point(number="1", executor="Никого"), point(number="2", executor="petrov"))
    mended = edit(office, card, points=(point(number="1", executor="sidorov"),), drop=(2,))

    assert (lacking(mended), [p.number for p in mended.points]) == ({}, [1])
    assert mended.points[0].executor == "Сидоров Иван Иванович"
    assert edit(office, card, points=(point(text="Ещё", executor="kuznec"),)).total == 2
    with pytest.raises(NoSuchPoint):
        edit(office, card, drop=(7,))
    with pytest.raises(NoPoints):
        edit(office, card, drop=(1, 2))
    assert show(office, card).total == 2


def test_somebody_hired_meanwhile_is_recognized_and_one_who_left_is_a_gap(office: Office) -> None:
    from tests.handlers.people import add_people

    card = draft(office, point(executor="Новиков Н.Н."), point(executor="petrov"))
    add_people(office.settings, ("novikov", "Новиков Николай Николаевич", "executor", "А"))
    # a person whom a draft names is handed over first: it takes a race to leave one behind
    change(office, EmployeeTable, office.ids["petrov"], state="dismissed")

    seen = show(office, card)
    assert seen.points[0].executor == "Новиков Николай Николаевич"
    assert lacking(seen) == {2: ["executor"]}


def test_one_refusal_among_the_points_issues_none(office: Office) -> None:
    # Petrov of unit A may be told by the head; the controller contributes: two parts at once
    card = draft(office, *WHOLE, point(executor="kuznec", co_executors="kontr", controller="kontr"))

    with pytest.raises(ResolutionGaps):
        approve(office, card)
    assert assigned(office) == 0


def test_two_approvals_at_once_issue_once(office: Office) -> None:
    card = draft(office)
    gateways = [LocalGateway(office.as_("golova")._settings, office.clock) for _ in range(2)]

    def attempt(gateway: LocalGateway) -> str:
        try:
            gateway.call(APPROVE, ApproveResolution(resolution=str(card.id)))
        except (ChangedMeanwhile, ResolutionState) as error:
            return error.code
        return "issued"

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(attempt, gateways))
    for gateway in gateways:
        gateway.close()

    assert answers.count("issued") == 1
    assert assigned(office) == 2


def test_only_the_head_decides_or_who_stands_in_for_him(office: Office) -> None:
    card = draft(office)
    for step in (approve, send_back):
        with pytest.raises(NotYourResolution):
            step(office, card, "pomosh")
    with pytest.raises(NotFound):
        approve(office, card, "petrov")
    office.as_("admin").call(
        SUBSTITUTE,
        AddSubstitution(absent="golova", substitute="kuznec", starts_on=TODAY, ends_on=TODAY),
    )
    approved = approve(office, card, "kuznec")

    assert (approved.decided_by, approved.author) == (
        "Кузнецова Мария Олеговна",
        "Головин Пётр Ильич",
    )
    events = office.as_("admin").call(AUDIT, ListAudit(limit=20)).rows
    assert {e.on_behalf_of for e in events if e.operation == "resolution.approve"} == {"golova"}


def test_a_returned_draft_goes_to_its_drafter_and_lies_before_the_head_again(
    office: Office,
) -> None:
    card = draft(office)
    with pytest.raises(CommentNeeded):
        send_back(office, card, comment=" ")
    returned = send_back(office, card)

    assert (returned.state, returned.comment) == (DraftState.RETURNED, "Уточнить срок")
    waiting = ListResolutions(waiting=True)
    assert [r.id for r in office.as_("pomosh").call(LIST, waiting).rows] == [card.id]
    assert office.as_("golova").call(LIST, waiting).rows == []
    with pytest.raises(ResolutionState):
        approve(office, card)
    mended = edit(office, card, due="10")
    assert mended.state is DraftState.DRAFT
    assert [r.id for r in office.as_("golova").call(LIST, waiting).rows] == [card.id]
    assert approve(office, card).state is DraftState.APPROVED


def test_a_withdrawn_draft_stays_to_be_read(office: Office) -> None:
    card = draft(office)
    request = WithdrawResolution(resolution=str(card.id), comment="Не нужно")
    with pytest.raises(NotYourResolution):
        office.as_("kontr").call(WITHDRAW, request)
    office.as_("pomosh").call(WITHDRAW, request)

    assert show(office, card).state is DraftState.WITHDRAWN
    with pytest.raises(ResolutionState):
        approve(office, card)
    with pytest.raises(ResolutionState):
        edit(office, card, due="10")


def test_an_edit_of_what_changed_meanwhile_is_refused(office: Office) -> None:
    card = draft(office)
    edit(office, card, due="10")
    with pytest.raises(ChangedMeanwhile) as conflict:
        edit(office, card, due="3", version=card.version)

    assert conflict.value.details["differences"] == {"due": ["10", "3"]}
    assert show(office, card).due == "10"


@pytest.mark.parametrize(
    ("by", "author", "failure"),
    [("pomosh", None, HeadNeeded), ("pomosh", "petrov", NotAHead), ("petrov", "nobody", NotFound)],
)
def test_a_resolution_is_a_heads(
    office: Office, by: str, author: str | None, failure: type[SedError]
) -> None:
    with pytest.raises(failure):
        draft(office, by=by, author=author)


def test_a_resolution_has_at_least_one_point(office: Office) -> None:
    with pytest.raises(NoPoints):
        office.as_("golova").call(DRAFT, DraftResolution(points=()))


def test_several_names_in_one_cell_are_the_responsible_and_the_others(office: Office) -> None:
    card = draft(office, point(executor="Петров В.С., Сидоров И.И. и Кузнецова М.О.", row=4))

    assert card.points[0].executor == "Петров Василий Сергеевич"
    assert card.points[0].co_executors == ["Сидоров Иван Иванович", "Кузнецова Мария Олеговна"]
    assert card.notes[0].startswith("row 4, point 1: Петров В.С. is responsible")


def test_five_hundred_co_executors_are_assigned(office: Office) -> None:
    from tests.handlers.people import add_people

    people = [(f"many{n}", f"Многих{n} Иван Иванович", "executor", "М") for n in range(500)]
    add_people(office.settings, *people)
    card = draft(office, point(executor="petrov", co_executors=", ".join(p[0] for p in people)))

    assert len(card.points[0].co_executors) == 500
    assert approve(office, card).state is DraftState.APPROVED


def test_what_was_typed_badly_is_kept_and_told(office: Office) -> None:
    card = draft(
        office,
        point(text="а" * 5000, executor="petrov", due="я" * 100),
        point(text="секрет\x1b[2J", executor="petrov"),
    )

    assert lacking(card) == {1: ["text", "due"], 2: ["text"]}


def test_a_dry_run_keeps_no_draft(office: Office) -> None:
    request = DraftResolution(points=WHOLE, text="Доложить", due="10")
    card = office.as_("golova").call(DRAFT, request, CallOptions(dry_run=True))

    assert card.total == 2
    assert office.as_("golova").call(LIST, ListResolutions()).rows == []


def test_a_list_shows_the_first_points_of_each(office: Office) -> None:
    texts = [point(number=str(n), text=f"Пункт {n}", executor="petrov") for n in range(1, 6)]
    draft(office, *texts, text=None)
    office.clock.moment += timedelta(minutes=1)
    draft(office, point(executor="sidorov"), text="Общее")
    shown, long = office.as_("golova").call(LIST, ListResolutions()).rows

    assert [(one.number, one.text) for one in long.points] == [
        (n, f"Пункт {n}") for n in range(1, 4)
    ]
    assert (shown.points[0].text, shown.points[0].executor) == ("Общее", "Сидоров Иван Иванович")


def test_resolutions_are_listed_by_pages_to_who_may_see_them(office: Office) -> None:
    number = office.letter()
    mine = draft(office, by="petrov", basis="протокол от 20.11.2026 № 5")
    office.clock.moment += timedelta(minutes=1)
    on_letter = draft(office, document=number)
    first = office.as_("golova").call(LIST, ListResolutions(limit=1))
    second = office.as_("golova").call(LIST, ListResolutions(limit=1, after=first.next))

    assert ([r.id for r in first.rows], [r.id for r in second.rows]) == ([on_letter.id], [mine.id])
    assert second.next is None
    assert [r.id for r in office.as_("petrov").call(LIST, ListResolutions()).rows] == [mine.id]
    by_letter = ListResolutions(document=number, state=DraftState.DRAFT)
    assert [r.id for r in office.as_("golova").call(LIST, by_letter).rows] == [on_letter.id]
