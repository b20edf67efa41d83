"""What executors and helpers give in: information, parts, reports, results."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from sed_tui.domain.assignment import AssignmentState
from sed_tui.operations.assignment_result import GET, GetResult
from sed_tui.operations.file import FileContent
from tests.handlers.assignment_acts import issue, refuse

if TYPE_CHECKING:
    from tests.handlers.assignment_acts import Acts

S = AssignmentState


def test_a1_a_report_needs_words(acts: Acts) -> None:
    key = issue(acts)
    for words in ("", "  \n "):
        refuse(acts, "empty_text", 3, "report", "petrov", key, text=words)

    assert acts.take("report", "petrov", key).state is S.ACCEPTANCE


def test_a11_interim_information_takes_nothing_off_control(acts: Acts) -> None:
    key = issue(acts, control="special", controller="kontr")
    moved = acts.take("inform", "petrov", key)
    refuse(acts, "assignment_state", 6, "release", "kontr", key)
    refuse(acts, "assignment_state", 6, "accept", "kontr", key)

    assert (moved.state, moved.reported_on) == (S.IN_WORK, None)
    assert acts.card(key).control == "special"


def test_a_contribution_goes_to_the_lead_and_ends_nothing(acts: Acts) -> None:
    key = issue(acts, co_executors=("sidorov", "kuznec"))
    refuse(acts, "not_your_part", 4, "contribute", "petrov", key)
    acts.take("contribute", "sidorov", key)
    acts.take("contribute", "sidorov", key, text="Уточнённая справка")

    card = acts.card(key, "petrov")
    assert (card.state, card.readiness) == (S.IN_WORK, "1/2")
    assert [one.text for one in card.contributions] == [None, "Уточнённая справка"]


def test_a_report_without_the_parts_of_helpers_names_them(acts: Acts) -> None:
    key = issue(acts, co_executors=("sidorov", "kuznec"))
    acts.take("contribute", "sidorov", key)
    (warning,) = acts.take("report", "petrov", key).warnings

    assert "Кузнецова" in warning
    assert "Сидоров" not in warning


def test_results_are_documents_and_files(acts: Acts) -> None:
    answer = acts.office.letter("01-24/8")
    key = issue(acts, document=acts.office.letter())
    acts.office.issue(executor="petrov", document=answer)
    token = acts.office.as_("petrov").stage(BytesIO("Справка".encode()))
    file = FileContent(name="справка.txt", token=token)
    refuse(acts, "not_found", 4, "report", "petrov", key, results=("99-99",))
    acts.take("report", "petrov", key, results=(answer,), files=(file,))

    found = acts.office.as_("golova").call(GET, GetResult(assignment=key))
    with acts.office.as_("golova").fetch(found.sha256) as content:
        assert content.read().decode() == "Справка"
    shown = acts.card(key).results
    assert {(one.document_number, one.name) for one in shown} == {
        (answer, None),
        (None, "справка.txt"),
    }
