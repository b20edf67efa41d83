"""The index of words finds the same documents on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.query import Words
from sed_tui.storage.database import open_database
from sed_tui.storage.search import extend_document, index_documents, matching, remove_documents
from sed_tui.storage.stems import field_line
from tests.storage.indexed import found, stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from sed_tui.config import Settings

LETTER = "01-23/1456\nМинздрав\nО приказе губернатора: ремонт трёх больниц, школы"


@pytest.fixture
def db(settings: Settings) -> Iterator[Connection]:
    engine = open_database(settings.database)
    with engine.execution_options(writes=True).begin() as connection:
        yield connection
    engine.dispose()


@pytest.mark.parametrize(
    "text",
    [
        "приказ",
        "приказа",
        "ПРИКАЗАМИ",
        "трех больницы",
        "минздрава",
        "01-23/1456",
        "01–23/1456",
        "№ 1456",
        "больниц Минздрава",
    ],
)
def test_a_word_is_found_in_any_form(db: Connection, text: str) -> None:
    [key] = stored(db, LETTER)

    assert found(db, Words(text)) == {key}


@pytest.mark.parametrize("text", ["постановление", "приказ постановление", "01-23/145", "23-01"])
def test_what_is_not_there_is_not_found(db: Connection, text: str) -> None:
    stored(db, LETTER)

    assert found(db, Words(text)) == set()


def test_a_latin_letter_inside_a_russian_word_is_no_obstacle(db: Connection) -> None:
    [key] = stored(db, "Прикaз OГ-77/26")

    assert found(db, Words("приказ"), Words("ОГ-77/26")) == {key}


def test_a_field_is_asked_by_its_name(db: Connection) -> None:
    first, second = stored(
        db,
        "\n".join([field_line("addressee", "Петровой А.П."), "Об отпуске"]),
        "\n".join([field_line("addressee", "Сидорову И.И."), "О назначении Петровой А.П."]),
    )

    assert found(db, Words("петрова", field="addressee")) == {first}
    assert found(db, Words("петр", field="addressee", is_begun=True)) == {first}
    assert found(db, Words("петрова")) == {first, second}


def test_a_phrase_is_words_side_by_side_in_one_field(db: Connection) -> None:
    first, second = stored(db, "ремонт школы", "ремонт больницы\nшколы района")

    assert found(db, Words("ремонта школ", is_phrase=True)) == {first}
    assert found(db, Words("школа района", is_phrase=True)) == {second}
    assert found(db, Words("ремонт школы")) == {first, second}


def test_a_word_that_is_begun_finds_its_endings_from_the_third_letter_on(db: Connection) -> None:
    first, second = stored(db, "министерство финансов", "минимум")

    assert found(db, Words("мин", is_begun=True)) == {first, second}
    assert found(db, Words("финансов минист", is_begun=True)) == {first}
    assert matching(db.dialect.name, [Words("ми", is_begun=True)]) is None


def test_a_new_text_replaces_the_old_one(db: Connection) -> None:
    [key] = stored(db, "ремонт школы")
    index_documents(db, [(key, "закупка угля")])

    assert found(db, Words("школы")) == set()
    assert found(db, Words("уголь")) == set()
    assert found(db, Words("угля")) == {key}


def test_further_words_join_those_of_the_card(db: Connection) -> None:
    [key] = stored(db, "ремонт школы")
    extend_document(db, key, "смета расходов")

    assert found(db, Words("сметы"), Words("школы")) == {key}


def test_a_removed_entry_is_not_found(db: Connection) -> None:
    first, second = stored(db, "ремонт школы", "ремонт моста")
    remove_documents(db, [first])

    assert found(db, Words("ремонт")) == {second}


def test_signs_alone_are_nothing_to_look_for(db: Connection) -> None:
    assert matching(db.dialect.name, [Words("— … * \" '")]) is None


def test_letters_of_other_scripts_are_found_as_they_are(db: Connection) -> None:
    [key] = stored(db, "Татарстан: хөкүмәт карары, Київ, naïve 北京")

    assert found(db, Words("хөкүмәт"), Words("КИЇВ"), Words("北京"), Words("Naïve")) == {key}


def test_a_text_of_many_words_is_cut_and_not_refused(db: Connection) -> None:
    [key] = stored(db, "начало " + " ".join(f"слово{number}" for number in range(60_000)))

    assert found(db, Words("начало")) == {key}
