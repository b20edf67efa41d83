"""Imports of cards: what is stored, what is known already, what is refused."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import create_engine, text

from sed_tui.domain.flows import Execution
from sed_tui.errors.imports import ImportDependedOn, ImportOvertaken, ImportUndone, NoSuchImport
from sed_tui.operations import imports, registration
from sed_tui.operations.audit import VERIFY, VerifyAudit
from sed_tui.operations.correspondent_list import LIST as LIST_CORRESPONDENTS
from sed_tui.operations.correspondent_list import ListCorrespondents
from sed_tui.operations.document import EDIT as EDIT_DOCUMENT
from sed_tui.operations.document import SHOW, EditDocument, ShowDocument
from sed_tui.operations.document_list import LIST, ListDocuments
from sed_tui.operations.import_columns import Noun
from sed_tui.operations.imports import BeginImport, FinishImport, UndoImport
from sed_tui.operations.registration import RegisterDocument
from tests.handlers.letters import letter
from tests.handlers.tables import begun, card, codes, load, outcomes, send

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway

LATER = date(2026, 11, 20)


def shown(gateway: LocalGateway, document: str) -> Any:
    return gateway.call(SHOW, ShowDocument(document=document))


def count(settings: Settings, table: str) -> int:
    engine = create_engine(settings.database)
    with engine.connect() as db:
        found = db.scalar(text(f"SELECT count(*) FROM {table}"))
    engine.dispose()
    return int(found or 0)


def state(settings: Settings) -> dict[str, int]:
    tables = (
        *("document", "correspondent", "document_link", "document_participant", "audit_event"),
        *("document_search", "journal_counter", "import_run", "document_addressee"),
    )
    return {name: count(settings, name) for name in tables}


def next_number(gateway: LocalGateway, day: date = LATER) -> str:
    request = letter(
        their_number=f"новое-{day}", their_date=day, registered_on=day, received_on=day
    )
    return gateway.call(registration.REGISTER, request).number


def test_a_historic_card_keeps_its_number_and_everything_else(gateway: LocalGateway) -> None:
    answer = load(
        gateway,
        card(
            "01-23/145 от 03.02.2025",
            registered_on="",
            received_on="2025-02-03",
            their_number="№ 12 от 01.02.2025",
            their_date="",
            sheets="1+7",
            addressee="Иванов И.И.",
            delivery="почта",
            external_id="A-1",
            case_index="01-05",
        ),
    )

    assert outcomes(answer) == ["created"]
    found = shown(gateway, "01-23/145")
    assert (found.number, found.registered_on) == ("01-23/145", date(2025, 2, 3))
    assert (found.their_number, found.their_date) == ("12", date(2025, 2, 1))
    assert (found.sheets, found.annex_sheets, found.case_index) == (1, 7, "01-05")
    assert (found.correspondent, found.external_id, found.historic) == ("Минздрав", "A-1", True)
    assert found.execution is Execution.NONE
    assert found.id == answer.results[0].id


def test_imported_cards_are_found_by_their_words(gateway: LocalGateway) -> None:
    load(gateway, card("01-23/1", subject="О приказах по ремонту ёлок"))

    page = gateway.call(LIST, ListDocuments(query="приказ ремонта елок Минздрав"))
    assert [row.number for row in page.rows] == ["01-23/1"]


def test_a_second_run_changes_nothing(gateway: LocalGateway, settings: Settings) -> None:
    rows = [
        card("01-23/1", external_id="A"),
        card("01-23/2"),
        card("не по формуле 77"),
        card(None, their_number="9", historic=""),
        card(None, flow="internal", historic="", correspondent="", their_number="", their_date=""),
    ]
    assert outcomes(load(gateway, *rows)) == ["created"] * 5
    before = state(settings)

    again = load(gateway, *rows)

    after = state(settings)
    assert outcomes(again) == ["unchanged"] * 5
    assert {name for name in after if after[name] != before[name]} == {"import_run", "audit_event"}
    assert again.results[0].number == "01-23/1"


def test_the_same_rows_in_one_table_are_one_card(gateway: LocalGateway) -> None:
    answer = load(gateway, card("01-23/1", external_id="A"), card("01-23/1", external_id="A"))

    assert outcomes(answer) == ["created", "unchanged"]
    assert answer.results[0].id == answer.results[1].id


def test_another_letter_under_a_number_of_the_table_is_refused(gateway: LocalGateway) -> None:
    first = card("01-23/1", their_number="1")
    other = card("01-23/1", their_number="2", correspondent="ООО Лютик", subject="Другое")

    for _run in range(2):
        answer = load(gateway, first, other)

        assert outcomes(answer)[1] == "refused"
        assert codes(answer)[1] == ["number_taken"]
    names = [row.name for row in gateway.call(LIST_CORRESPONDENTS, ListCorrespondents()).rows]
    assert names == ["Минздрав"]


def test_a_row_that_says_something_else_is_told_and_changes_nothing(gateway: LocalGateway) -> None:
    load(gateway, card("01-23/1", external_id="A"))

    answer = load(gateway, card("01-23/1", external_id="A", subject="Другое"))

    assert outcomes(answer) == ["unchanged"]
    assert codes(answer) == [["differs_from_stored"]]
    assert shown(gateway, "01-23/1").subject == "О представлении сведений"


def test_the_same_letter_is_a_duplicate_and_no_error(gateway: LocalGateway) -> None:
    answer = load(
        gateway,
        card("01-23/1", their_number="И-5/1"),
        card("01-23/2", their_number="и5 / 1"),
        card("01-23/3", their_number="И-5/1", their_date="01.02.2025"),
        card("01-23/4", their_number="б/н"),
        card("01-23/5", their_number="б/н"),
    )
    again = load(gateway, card("01-23/9", their_number="И-5/1"))

    assert outcomes(answer) == ["created", "duplicate", "created", "created", "created"]
    assert answer.results[1].number == "01-23/1"
    assert outcomes(again) == ["duplicate"]
    assert again.results[0].id == answer.results[0].id


def test_a_like_number_is_told_and_takes_no_letter_away(gateway: LocalGateway) -> None:
    answer = load(
        gateway,
        card("01-23/1", their_number="3-10"),
        card("01-23/2", their_number="31-0"),
        card("01-23/3", their_number="7", their_date=""),
        card("01-23/4", their_number="7", their_date=""),
    )
    later = load(gateway, card("01-23/5", their_number="310"))

    assert outcomes(answer) == ["created"] * 4
    assert outcomes(later) == ["created"]
    told = [[error.code for error in row.errors] for row in (*answer.results, *later.results)]
    assert told == [[], ["looks_alike"], [], ["looks_alike"], ["looks_alike"]]
    assert "01-23/1" in answer.results[1].errors[0].message


def test_counters_are_set_past_original_numbers(gateway: LocalGateway) -> None:
    load(
        gateway,
        card("01-23/145", registered_on="02.11.2026"),
        card("77", registered_on="03.11.2026"),
        card("ОСОБЫЙ-1", registered_on="03.11.2026"),
    )

    assert next_number(gateway) == "01-23/146"


def test_rows_without_numbers_are_given_the_next_ones_in_order(gateway: LocalGateway) -> None:
    first = next_number(gateway)
    answer = load(
        gateway,
        card(None, historic="", their_number="1", registered_on="20.11.2026"),
        card("01-23/10", historic="", their_number="2", registered_on="20.11.2026"),
        card(None, historic="", their_number="3", registered_on="20.11.2026"),
    )

    assert first == "01-23/1"
    assert [result.number for result in answer.results] == ["01-23/11", "01-23/10", "01-23/12"]


def test_gaps_are_reported_per_journal_and_period(gateway: LocalGateway) -> None:
    answer = load(
        gateway,
        *(card(f"01-23/{n}") for n in (2, 3, 7)),
        card("01-23/1", registered_on="10.01.2024", their_date="09.01.2024"),
    )

    [gaps] = answer.gaps
    assert (gaps.journal, gaps.period, gaps.missing) == ("01-23", "2025", 4)
    assert gaps.ranges == ["1", "4–6"]


@pytest.mark.parametrize(
    ("number", "other"), [("01-23/145", "145"), ("145", "0145"), ("01-23/145", "01-23/145")]
)
def test_a_number_is_taken_once(gateway: LocalGateway, number: str, other: str) -> None:
    load(gateway, card(number))

    answer = load(gateway, card(other, registered_on="04.02.2025"))

    assert outcomes(answer) == ["refused"]
    assert codes(answer) == [["number_taken"]]


def test_two_rows_of_one_number_are_told_apart(gateway: LocalGateway) -> None:
    answer = load(gateway, card("01-23/5"), card("5", registered_on="04.02.2025"))

    assert outcomes(answer) == ["created", "refused"]


def test_a_suffixed_number_stands_beside_its_neighbour(gateway: LocalGateway) -> None:
    answer = load(gateway, card("01-23/5"), card("01-23/5а"), card("01-23/5/1"))

    assert outcomes(answer) == ["created"] * 3


BAD_ROWS = {
    "their_date in the future": (card("1", their_date="01.01.2027"), "date_in_future"),
    "their_date after received_on": (
        card("1", their_date="05.02.2025", received_on="03.02.2025"),
        "dates_out_of_order",
    ),
    "received in the future": (card("1", received_on="01.01.2027"), "date_in_future"),
    "31.02": (card("1", their_date="31.02.2025"), "bad_date"),
    "year of two digits": (card("1", their_date="01.02.25"), "unclear_year"),
    "year 0226": (card("1", their_date="01.02.0226"), "unclear_year"),
    "empty subject": (card("1", subject=" \xa0"), "empty_text"),
    "long subject": (card("1", subject="о" * 10_000), "text_too_long"),
    "escape in subject": (card("1", subject="\x1b[31mкрасный"), "forbidden_characters"),
    "right to left": (card("1", subject="о\u202eтчёт"), "forbidden_characters"),
    "number without day": (card("1", registered_on=""), "empty_text"),
    "two dates": (card("1 от 05.02.2025"), "two_dates"),
    "digits lost": (card("1.23456789012E+15"), "digits_lost"),
    "unknown flow": (card("1", flow="боковой"), "unknown_value"),
    "unknown journal": (card("1", journal="ХХ"), "not_found"),
    "journal of another flow": (card("1", journal="05-11"), "wrong_journal"),
    "bad inn": (card("1", inn="7202000000"), "bad_identifier"),
    "bad sheets": (card("1", sheets="много"), "not_a_sheet_count"),
    "not yes or no": (card("1", historic="может быть"), "not_yes_or_no"),
    "number of another form": (card("77", historic=""), "bad_number"),
    "no sender's number": (card(None, their_number="", historic=""), "sender_number_needed"),
    "no correspondent": (
        card(None, correspondent="", historic="", their_number="1"),
        "field_needed",
    ),
    "unknown kind": (card(None, kind="грамота", historic="", their_number="1"), "unknown_kind"),
    "kind that is not registered": (
        card(None, kind="реклама", historic="", their_number="1"),
        "kind_not_registered",
    ),
    "outgoing without signature": (
        card(None, flow="outgoing", historic="", registered_on="20.11.2026", their_number=""),
        "empty_text",
    ),
    "two addressees identical": (
        card("1", flow="outgoing", correspondent="Минфин; МИНФИН", their_number=""),
        "addressee_repeated",
    ),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_wrong_row_is_refused_with_its_reason_and_stores_nothing(
    gateway: LocalGateway, settings: Settings, name: str
) -> None:
    row, code = BAD_ROWS[name]
    before = count(settings, "document")

    answer = load(gateway, row, card("01-23/900"))

    assert outcomes(answer) == ["refused", "created"]
    assert codes(answer)[0] == [code]
    assert count(settings, "document") == before + 1


def test_everything_that_is_wrong_with_a_row_is_said_at_once(gateway: LocalGateway) -> None:
    answer = load(gateway, card("1", subject="", their_date="31.02.2025", sheets="x", inn="1"))

    assert sorted(codes(answer)[0]) == ["bad_date", "bad_identifier", "not_a_sheet_count"]


def test_all_or_nothing_stores_nothing_for_one_wrong_row(
    gateway: LocalGateway, settings: Settings
) -> None:
    before = state(settings)

    answer = load(gateway, card("01-23/1"), card("01-23/2", subject=""), atomic=True)

    assert answer.run is None
    assert (answer.created, answer.refused) == (0, 2)
    assert codes(answer) == [["not_stored_with_others"], ["empty_text"]]
    assert state(settings) == before


def test_all_or_nothing_stores_all_of_right_rows(gateway: LocalGateway) -> None:
    answer = load(gateway, *(card(f"01-23/{n}") for n in range(1, 6)), atomic=True)

    assert (answer.created, answer.refused) == (5, 0)
    assert answer.run is not None


def test_a_dry_run_says_everything_and_leaves_nothing(
    gateway: LocalGateway, settings: Settings
) -> None:
    before = state(settings)

    answer = load(gateway, card("01-23/1"), card("01-23/2", subject=""), dry_run=True)

    assert outcomes(answer) == ["created", "refused"]
    assert state(settings) == before


def test_correspondents_are_looked_up_and_new_ones_are_made_once(
    gateway: LocalGateway, settings: Settings
) -> None:
    load(
        gateway,
        card("1", correspondent="ООО «Ромашка»"),
        card("2", correspondent='ооо "ромашка"'),
        card("3", correspondent="Минфин", inn="7710168360"),
        card("4", correspondent="Министерство финансов", inn="7710168360.0"),
        card("5", correspondent="", inn="7710168360"),
    )
    load(gateway, card("6", correspondent="минфин"))

    assert count(settings, "correspondent") == 2
    assert shown(gateway, "5").correspondent == "Минфин"


def test_where_an_inn_and_a_name_disagree_the_inn_is_followed_and_both_are_named(
    gateway: LocalGateway,
) -> None:
    first = load(gateway, card("1", correspondent="Минфин", inn="7710168360"))
    answer = load(
        gateway,
        card("2", correspondent="минфин", inn="7710168360"),
        card("3", correspondent="Минздрав", inn="7710168360"),
        card("4", correspondent="", inn="7710168360"),
        card("5", correspondent="Росреестр", inn="7706560536"),
        card("6", correspondent="Росстат", inn="7706560536"),
    )

    assert codes(first) == [[]]
    assert outcomes(answer) == ["created"] * 5
    assert codes(answer) == [[], ["inn_of_another"], [], [], ["inn_of_another"]]
    [note] = answer.results[1].errors
    assert "“Минфин”" in note.message
    assert "“Минздрав”" in note.message
    assert shown(gateway, "3").correspondent == "Минфин"
    assert shown(gateway, "6").correspondent == "Росреестр"


def test_an_inn_of_a_new_one_wins_over_a_namesake_who_is_known_without_an_inn(
    gateway: LocalGateway,
) -> None:
    load(gateway, card("1", correspondent="Минздрав"))
    answer = load(
        gateway,
        card("2", correspondent="Минфин", inn="7710168360"),
        card("3", correspondent="Минздрав", inn="7710168360"),
    )

    assert codes(answer) == [[], ["inn_of_another"]]
    assert shown(gateway, "3").correspondent == "Минфин"


def test_branches_of_one_inn_are_told_apart_by_their_names(gateway: LocalGateway) -> None:
    for name, kpp in [("Филиал А", "770801001"), ("Филиал Б", "770802001")]:
        row = {"name": name, "kind": "организация", "inn": "7710168360", "kpp": kpp}
        assert outcomes(load(gateway, row, noun=Noun.CORRESPONDENTS)) == ["created"]

    answer = load(gateway, card("1", correspondent="филиал б", inn="7710168360"))

    assert outcomes(answer) == ["created"]
    assert shown(gateway, "1").correspondent == "Филиал Б"


def test_an_answer_is_linked_to_its_letter_in_the_same_table(gateway: LocalGateway) -> None:
    answer = load(
        gateway,
        card("01-23/1"),
        card("05-11/9", flow="исходящий", their_number="", in_reply_to="01-23/1 от 03.02.2025"),
        card("05-11/10", flow="исходящий", their_number="", in_reply_to="нет такого"),
    )

    assert outcomes(answer) == ["created"] * 3
    assert codes(answer)[2] == ["reply_not_found"]
    [link] = shown(gateway, "05-11/9").links
    assert (link.kind, link.number) == ("reply_to", "01-23/1")


def test_outgoing_letters_have_several_addressees(gateway: LocalGateway) -> None:
    load(
        gateway, card("05-11/9", flow="outgoing", correspondent="Минфин; Минтруд", their_number="")
    )

    assert shown(gateway, "05-11/9").addressees == ["Минфин", "Минтруд"]


def test_the_audit_trail_has_one_entry_per_card_and_verifies(
    gateway: LocalGateway, settings: Settings
) -> None:
    before = count(settings, "audit_event")

    load(gateway, *(card(f"01-23/{n}") for n in range(1, 101)))

    # the run, one correspondent, a hundred cards
    assert count(settings, "audit_event") == before + 102
    assert gateway.call(VERIFY, VerifyAudit()).ok


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
