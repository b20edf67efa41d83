"""Commands copied from screens are commands: each is run as it was copied."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

import pytest

from commands.root import run
from sed_tui.domain.assignment_flow import Step
from sed_tui.operations.assignment import SHOW as SHOW_ASSIGNMENT
from sed_tui.operations.assignment import ShowAssignment
from sed_tui.operations.assignment_list import LIST, ListAssignments
from sed_tui.operations.document import SHOW, ShowDocument
from sed_tui.tui import assignment_tasks, document_tasks, equivalents
from sed_tui.tui.commands_dialog import command_line

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


def ran(gateway: LocalGateway, words: tuple[str, ...], dry: bool = True) -> int:
    """Run a copied line, split as a shell splits it."""
    settings = gateway._settings
    options = ["--database", settings.database, "--as", "admin"]
    line = command_line(options, *words, *(["--dry-run"] if dry else []))
    assert shlex.split(line)[0] == "sedctl"
    return run(shlex.split(line)[1:])


@pytest.mark.parametrize("query", ["", "от:ромашка", "-бюджет 'с кавычкой", '"ход исполнения"'])
def test_the_command_of_a_list_runs(
    gateway: LocalGateway, letters: list[Any], query: str, engine: str
) -> None:
    [listing] = equivalents.of_list(query)

    assert ran(gateway, listing.words, dry=False) == 0


def test_the_commands_of_a_document_and_of_an_assignment_run(
    gateway: LocalGateway, letters: list[Any], engine: str
) -> None:
    card = gateway.call(SHOW, ShowDocument(document=str(letters[1].id)))
    row = gateway.call(LIST, ListAssignments(document="01-23/2")).rows[0]
    reading = [*equivalents.of_document(card)[:3], equivalents.of_assignment(row)[0]]

    assert [ran(gateway, item.words, dry=False) for item in reading] == [0, 0, 0, 0]


def test_the_commands_of_dialogs_run(
    gateway: LocalGateway, letters: list[Any], tmp_path: Any, engine: str
) -> None:
    letter = tmp_path / "a letter.txt"
    letter.write_text("текст", encoding="utf-8")
    card = gateway.call(SHOW, ShowDocument(document=str(letters[1].id)))
    mine = gateway.call(LIST, ListAssignments(document="01-23/2")).rows[0]
    reported = gateway.call(LIST, ListAssignments(document="01-23/4")).rows[0]
    edited = {
        "subject": card.subject,
        "their_number": card.their_number or "",
        "their_date": str(card.their_date),
        "addressee": "",
        "delivery": "",
        "case_index": "",
        "note": "it's urgent",
        "confidentiality": "official",
        "reason": "приказ 5",
    }

    def step(row: Any, taken: Step, values: dict[str, str]) -> tuple[str, ...]:
        assignment = gateway.call(SHOW_ASSIGNMENT, ShowAssignment(assignment=row.short_id))
        return assignment_tasks.task_of(gateway, assignment, taken).words(values)

    done = [
        document_tasks.edit(card).words(edited),
        document_tasks.link(card).words({"kind": "reply_to", "target": "01-23/1"}),
        document_tasks.add_file(gateway, card).words({"files": str(letter), "role": "annex"}),
        document_tasks.cancel(card).words({"reason": "ошибка"}),
        step(mine, Step.REPORT, {"text": "сделано", "results": "01-23/1, 01-23/3"}),
        step(mine, Step.INTERIM, {"text": "готово наполовину", "files": str(letter)}),
        step(mine, Step.AMEND, {"text": "Иначе", "due": "10 рд", "reason": "уточнено"}),
        step(mine, Step.STOP, {"reason": "отпало"}),
        step(reported, Step.ACCEPT, {"comment": "хорошо"}),
        step(reported, Step.RELEASE, {"proof": "01-23/1"}),
        step(reported, Step.RETURN, {"text": "ещё раз", "due": "10 рд"}),
    ]

    assert [(words[1], ran(gateway, words)) for words in done] == [(w[1], 0) for w in done]
