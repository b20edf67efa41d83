"""Runs of an import: gone on with, taken once, undone, listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.errors.imports import ImportDependedOn, ImportOvertaken, ImportUndone, NoSuchImport
from sed_tui.operations import imports, registration
from sed_tui.operations.audit import VERIFY, VerifyAudit
from sed_tui.operations.document import EDIT as EDIT_DOCUMENT
from sed_tui.operations.document import EditDocument
from sed_tui.operations.imports import BeginImport, FinishImport, UndoImport
from sed_tui.operations.registration import RegisterDocument
from tests.handlers.imported_cards import LATER, count, next_number, state
from tests.handlers.tables import begun, card, load, outcomes, send

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway


def test_a_run_goes_on_behind_its_last_row(gateway: LocalGateway) -> None:
    begin = begun()
    run = gateway.call(imports.BEGIN, begin)
    send(gateway, run.id, card("01-23/1"), card("01-23/2"))

    resumed = gateway.call(imports.BEGIN, begin.model_copy(update={"resume": True}))
    send(gateway, resumed.id, card("01-23/3"), after=resumed.last_row)
    finished = gateway.call(imports.FINISH, FinishImport(run=run.id))

    assert (resumed.id, resumed.last_row) == (run.id, 2)
    assert (finished.read, finished.created, finished.state) == (3, 3, "finished")


def test_a_batch_is_taken_once(gateway: LocalGateway, settings: Settings) -> None:
    run = gateway.call(imports.BEGIN, begun())
    send(gateway, run.id, card("01-23/1"))

    with pytest.raises(ImportOvertaken):
        send(gateway, run.id, card("01-23/1"))
    assert count(settings, "document") == 1


def test_a_new_import_of_the_same_file_overtakes_the_unfinished_one(gateway: LocalGateway) -> None:
    begin: BeginImport = begun()
    first = gateway.call(imports.BEGIN, begin)
    second = gateway.call(imports.BEGIN, begin)

    with pytest.raises(ImportOvertaken):
        send(gateway, first.id, card("01-23/1"))
    assert outcomes(send(gateway, second.id, card("01-23/1"))) == ["created"]


def test_undoing_an_import_leaves_the_office_as_it_was(
    gateway: LocalGateway, settings: Settings
) -> None:
    before = state(settings)
    answer = load(
        gateway,
        *(card(f"01-23/{n}", registered_on="02.11.2026") for n in range(1, 30)),
        card("05-11/1", flow="outgoing", their_number="", in_reply_to="01-23/3"),
    )

    run = gateway.call(imports.UNDO, UndoImport(run=str(answer.run)))

    after = state(settings)
    assert run.state == "undone"
    assert {name for name in after if after[name] != before[name]} == {"import_run", "audit_event"}
    assert gateway.call(VERIFY, VerifyAudit()).ok
    assert next_number(gateway) == "01-23/1"
    with pytest.raises(ImportUndone):
        gateway.call(imports.UNDO, UndoImport(run=str(answer.run)))


def test_an_import_that_something_depends_on_is_not_undone(
    gateway: LocalGateway, settings: Settings
) -> None:
    answer = load(gateway, card("01-23/1", registered_on="02.11.2026"), card("01-23/2"))
    gateway.call(
        EDIT_DOCUMENT, EditDocument(document="01-23/2", changes={"subject": "Исправленное"})
    )

    with pytest.raises(ImportDependedOn) as caught:
        gateway.call(imports.UNDO, UndoImport(run=str(answer.run)))
    assert "01-23/2" in str(caught.value)
    assert count(settings, "document") == 2


def test_later_numbers_keep_an_import_from_being_undone(gateway: LocalGateway) -> None:
    answer = load(gateway, card("01-23/1", registered_on="02.11.2026"))
    next_number(gateway)

    with pytest.raises(ImportDependedOn, match="01-23/2"):
        gateway.call(imports.UNDO, UndoImport(run=str(answer.run)))


def test_an_answer_registered_since_keeps_an_import_from_being_undone(
    gateway: LocalGateway,
) -> None:
    answer = load(gateway, card("01-23/1"))
    reply = RegisterDocument.model_validate(
        {
            "flow": "outgoing",
            "subject": "Ответ",
            "addressees": ["Минтруд"],
            "signatory": "Петров В.С.",
            "signed_on": LATER,
            "in_reply_to": "01-23/1",
        }
    )
    gateway.call(registration.REGISTER, reply)

    with pytest.raises(ImportDependedOn, match="01-23/1"):
        gateway.call(imports.UNDO, UndoImport(run=str(answer.run)))


def test_an_unknown_import_is_not_found(gateway: LocalGateway) -> None:
    with pytest.raises(NoSuchImport):
        gateway.call(imports.UNDO, UndoImport(run="abcdef"))


def test_runs_are_listed_the_newest_first(gateway: LocalGateway) -> None:
    for _ in range(3):
        load(gateway, card("01-23/1"))

    first = gateway.call(imports.LIST, imports.ListImports(limit=2))
    rest = gateway.call(imports.LIST, imports.ListImports(limit=2, after=first.next))
    assert (len(first.rows), len(rest.rows), rest.next) == (2, 1, None)
    assert {run.started_by for run in first.rows} == {"admin"}
