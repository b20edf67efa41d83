"""The directory of correspondents: nobody stands in it twice, and nothing is lost by a merge."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from sed_tui.domain.correspondents import CorrespondentKind, CorrespondentState
from sed_tui.domain.flows import Flow
from sed_tui.errors import Invalid, NotFound
from sed_tui.errors.correspondents import (
    AmbiguousCorrespondent,
    BadEmail,
    BadIdentifier,
    CorrespondentClosed,
    CorrespondentExists,
    CorrespondentIdTaken,
    CorrespondentMerged,
    CorrespondentNamesake,
    MergedWithItself,
)
from sed_tui.errors.input import EmptyText, ForbiddenCharacters, UnknownField
from sed_tui.errors.references import ChangedMeanwhile
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations import correspondent, correspondent_list, correspondent_merge
from sed_tui.operations.correspondent import AddCorrespondent, EditCorrespondent
from sed_tui.operations.correspondent_list import ListCorrespondents
from sed_tui.operations.document import SHOW, ShowDocument
from sed_tui.operations.registration import REGISTER, RegisterDocument
from sed_tui.storage.database import open_database
from sed_tui.storage.tables.correspondent import CorrespondentTable

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.config import Settings
    from sed_tui.operations.correspondent import Correspondent
    from sed_tui.operations.registration import Registered
    from tests.conftest import FixedClock

INN, OTHER_INN, INN_OF_PERSON = "7707083893", "7736050003", "500100732259"
KPP, OTHER_KPP = "773601001", "770401001"


def test_a_correspondent_is_added_and_shown(gateway: LocalGateway) -> None:
    added = add(gateway, "ПАО  «Сбербанк»", short_name="Сбер", inn=INN, kpp=KPP)

    assert (added.name, added.inn, added.documents) == ("ПАО «Сбербанк»", INN, 0)
    for text_ in ("пао сбербанк", "СБЕР", INN, str(added.id), added.id.hex[:8]):
        assert show(gateway, text_) == added


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"name": " \u00a0 "}, EmptyText),
        ({"name": "a\u202eb"}, ForbiddenCharacters),
        ({"inn": "7707083894"}, BadIdentifier),
        ({"inn": INN_OF_PERSON, "kpp": KPP}, BadIdentifier),
        ({"kpp": KPP}, BadIdentifier),
        ({"inn": INN, "kind": CorrespondentKind.CITIZEN}, BadIdentifier),
        ({"ogrn": "1027700132194"}, BadIdentifier),
        ({"email": "nobody"}, BadEmail),
        ({"email": "a@b@c.ru"}, BadEmail),
    ],
)
def test_wrong_fields_are_refused(
    gateway: LocalGateway, fields: dict[str, Any], error: type[Invalid]
) -> None:
    with pytest.raises(error):
        add(gateway, **{"name": "Банк", **fields})

    assert found(gateway) == []


def test_an_inn_stands_in_the_directory_once(gateway: LocalGateway) -> None:
    add(gateway, "Сбербанк", inn=INN)

    for kpp in (None, KPP):
        with pytest.raises(CorrespondentExists):
            add(gateway, "Другой", inn=INN, kpp=kpp)


def test_branches_share_an_inn_and_differ_in_kpp(gateway: LocalGateway) -> None:
    add(gateway, "Сбербанк", inn=INN, kpp=KPP)
    add(gateway, "Сбербанк", inn=INN, kpp=OTHER_KPP)

    with pytest.raises(CorrespondentExists):
        add(gateway, "Сбербанк", inn=INN, kpp=OTHER_KPP)
    with pytest.raises(AmbiguousCorrespondent) as caught:
        show(gateway, INN)
    assert KPP in str(caught.value)


def test_the_database_itself_keeps_an_inn_unique(gateway: LocalGateway, settings: Settings) -> None:
    add(gateway, "Сбербанк", inn=INN)
    engine = open_database(settings.database)

    with pytest.raises(Exception, match=r"(?i)unique"), engine.begin() as db:
        db.execute(
            text(
                "INSERT INTO correspondent (id, organization_id, kind, name, folded_name, inn, "
                "state, created_at, version) SELECT :id, organization_id, kind, name, "
                "folded_name, inn, state, created_at, version FROM correspondent"
            ),
            {"id": "0" * 32},
        )
    engine.dispose()


def test_organizations_of_one_name_need_numbers_to_differ(gateway: LocalGateway) -> None:
    add(gateway, "Администрация района")

    with pytest.raises(CorrespondentNamesake):
        add(gateway, "«администрация  РАЙОНА»", inn=INN)


def test_citizens_may_have_one_name_and_no_inn(gateway: LocalGateway) -> None:
    first = add(gateway, "Иванов Иван", kind=CorrespondentKind.CITIZEN, address="Тюмень")
    add(gateway, "Иванов Иван", kind=CorrespondentKind.CITIZEN, address="Ишим")

    assert len(found(gateway, "иванов")) == 2
    with pytest.raises(AmbiguousCorrespondent):
        show(gateway, "Иванов Иван")
    assert show(gateway, str(first.id)).address == "Тюмень"


def test_an_external_id_belongs_to_one(gateway: LocalGateway) -> None:
    add(gateway, "Первый", external_id="7")

    with pytest.raises(CorrespondentIdTaken):
        add(gateway, "Второй", external_id="7")


def test_two_who_add_the_same_at_once_make_one(settings: Settings, clock: FixedClock) -> None:
    barrier = Barrier(4)
    outcomes: list[UUID | None] = []

    def work() -> None:
        own = LocalGateway(settings, clock)
        barrier.wait()
        try:
            outcomes.append(add(own, "Сбербанк", inn=INN).id)
        except CorrespondentExists:
            outcomes.append(None)
        finally:
            own.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(map(bool, outcomes)) == [False, False, False, True]


def test_two_letters_at_once_from_an_unknown_sender_make_one_correspondent(
    settings: Settings, clock: FixedClock
) -> None:
    barrier = Barrier(4)

    def work(number: int) -> None:
        own = LocalGateway(settings, clock)
        barrier.wait()
        register(own, "Новый отправитель", number=str(number))
        own.close()

    threads = [Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    gateway = LocalGateway(settings, clock)
    assert [row.name for row in found(gateway)] == ["Новый отправитель"]
    gateway.close()


def test_fields_are_edited_and_emptied(gateway: LocalGateway) -> None:
    before = add(gateway, "Сбер", inn=INN, kpp=KPP, address="Москва")

    after = edit(gateway, "Сбер", name="Сбербанк", address="")

    assert (after.name, after.address, after.inn, after.kpp) == ("Сбербанк", None, INN, KPP)
    assert after.version == before.version + 1
    assert show(gateway, "сбербанк").id == before.id
    with pytest.raises(NotFound):
        show(gateway, "Сбер")


def test_an_edit_of_what_was_changed_meanwhile_is_refused(gateway: LocalGateway) -> None:
    seen = add(gateway, "Сбер")
    edit(gateway, "Сбер", address="Москва")

    with pytest.raises(ChangedMeanwhile) as failure:
        edit(gateway, "Сбер", version=seen.version, address="Тюмень")
    assert failure.value.details["differences"] == {"address": ["Москва", "Тюмень"]}
    assert show(gateway, "Сбер").address == "Москва"


def test_an_edit_into_another_s_inn_is_refused(gateway: LocalGateway) -> None:
    add(gateway, "Сбербанк", inn=INN)
    add(gateway, "Газпром", inn=OTHER_INN)

    with pytest.raises(CorrespondentExists):
        edit(gateway, "Газпром", inn=INN)


@pytest.mark.parametrize("field", ["kind", "merged_into", "organization_id", "id"])
def test_only_known_fields_are_edited(gateway: LocalGateway, field: str) -> None:
    add(gateway, "Сбербанк")

    request = EditCorrespondent(correspondent="Сбербанк", changes={field: "x"})
    with pytest.raises(UnknownField):
        gateway.call(correspondent.EDIT, request)
    with pytest.raises(Invalid):
        edit(gateway, "Сбербанк", state="merged")


def test_a_closed_one_takes_no_documents_until_it_is_opened(gateway: LocalGateway) -> None:
    add(gateway, "Трест")
    edit(gateway, "Трест", state="closed")

    with pytest.raises(CorrespondentClosed):
        register(gateway, "Трест")
    assert found(gateway) == []
    assert [row.name for row in found(gateway, all_states=True)] == ["Трест"]
    edit(gateway, "Трест", state="active")
    register(gateway, "Трест")


def test_a_merge_moves_documents_and_leaves_a_redirect(gateway: LocalGateway) -> None:
    old = add(gateway, "Минздравсоцразвития", inn=INN, kpp=KPP, address="Рахмановский, 3")
    new = add(gateway, "Минздрав")
    letter = register(gateway, "Минздравсоцразвития")

    result = merge(gateway, "Минздравсоцразвития", "Минздрав")

    assert (result.source, result.target, result.documents) == (old.id, new.id, 1)
    after = show(gateway, "Минздрав")
    assert after.documents == 1
    assert (after.inn, after.kpp, after.address) == (INN, KPP, "Рахмановский, 3")
    assert [one.name for one in after.predecessors] == ["Минздравсоцразвития"]
    for text_ in ("минздравсоцразвития", INN, str(old.id)):
        assert show(gateway, text_).id == new.id
    card = gateway.call(SHOW, ShowDocument(document=str(letter.id)))
    assert (card.correspondent, card.correspondent_id) == ("Минздрав", new.id)


def test_new_letters_under_an_old_name_go_to_the_successor(gateway: LocalGateway) -> None:
    add(gateway, "Старое")
    add(gateway, "Новое")
    merge(gateway, "Старое", "Новое")

    register(gateway, "Старое")

    assert show(gateway, "Новое").documents == 1


def test_an_outgoing_letter_to_both_is_addressed_once(gateway: LocalGateway) -> None:
    for name in ("Старое", "Новое", "Третье"):
        add(gateway, name)
    letter = gateway.call(
        REGISTER,
        RegisterDocument(
            flow=Flow.OUTGOING,
            subject="О слиянии",
            addressees=("Третье", "Старое", "Новое"),
            signatory="Глава",
            signed_on=date(2026, 11, 23),
        ),
    )

    merge(gateway, "Старое", "Новое")

    card = gateway.call(SHOW, ShowDocument(document=str(letter.id)))
    assert sorted(card.addressees) == ["Новое", "Третье"]


def test_redirects_of_redirects_are_one_step_long(gateway: LocalGateway) -> None:
    for name in ("А", "Б", "В"):
        add(gateway, f"Трест {name}")

    merge(gateway, "Трест А", "Трест Б")
    merge(gateway, "Трест Б", "Трест В")

    last = show(gateway, "Трест А")
    assert last.name == "Трест В"
    assert sorted(one.name for one in last.predecessors) == ["Трест А", "Трест Б"]


def test_a_merge_cannot_run_in_a_circle(gateway: LocalGateway) -> None:
    first, _second = add(gateway, "Первый"), add(gateway, "Второй")
    merge(gateway, "Первый", "Второй")

    with pytest.raises(MergedWithItself):
        merge(gateway, "Второй", "Первый")
    with pytest.raises(MergedWithItself):
        merge(gateway, "Второй", str(first.id))
    with pytest.raises(CorrespondentMerged):
        merge(gateway, "Первый", add(gateway, "Третий").name)


def test_nothing_is_merged_into_a_closed_one(gateway: LocalGateway) -> None:
    add(gateway, "Первый")
    add(gateway, "Второй")
    edit(gateway, "Второй", state="closed")

    with pytest.raises(CorrespondentClosed):
        merge(gateway, "Первый", "Второй")


def test_an_unknown_one_is_not_found(gateway: LocalGateway) -> None:
    for text_ in ("Никто", "7707083893", "00000000-0000-0000-0000-000000000000", ""):
        with pytest.raises(NotFound):
            show(gateway, text_)


def test_the_list_puts_beginnings_first_and_then_parts(gateway: LocalGateway) -> None:
    for name in ("Областной минздрав", "Минздрав", "Минздрав Коми", "Минфин"):
        add(gateway, name)
    add(gateway, "Сбербанк", inn=INN)

    assert found_names(gateway, "МИНЗД") == ["Минздрав", "Минздрав Коми", "Областной минздрав"]
    assert found_names(gateway, "коми минз") == ["Минздрав Коми"]
    assert found_names(gateway, "770708") == ["Сбербанк"]
    assert found_names(gateway, "083893") == ["Сбербанк"]
    assert found_names(gateway, "nobody") == []


def test_a_query_typed_on_the_other_layout_is_understood(gateway: LocalGateway) -> None:
    add(gateway, "Минздрав")
    add(gateway, "Google")

    assert found_names(gateway, "vbyplhfd") == ["Минздрав"]
    assert found_names(gateway, "пщщпду") == ["Google"]


def test_signs_of_patterns_are_plain_text(gateway: LocalGateway) -> None:
    add(gateway, "Скидка 100%")
    add(gateway, "Скидка 1000")

    assert found_names(gateway, "0%") == ["Скидка 100%"]
    assert found_names(gateway, "_") == []


@pytest.mark.parametrize("query", ["", "трест", "рест", "nhtcn"])
def test_pages_hold_every_row_once(gateway: LocalGateway, query: str) -> None:
    for number in range(5):
        add(gateway, f"Трест {number}")
        add(gateway, f"Новый трест {number}")
    together = found_names(gateway, query)

    names, cursor = [], None
    while True:
        request = ListCorrespondents(query=query, limit=3, after=cursor)
        page = gateway.call(correspondent_list.LIST, request)
        names += [row.name for row in page.rows]
        cursor = page.next
        if cursor is None:
            break

    assert len(together) == 10
    assert names == together
    for skip in (2, 7, 10):
        request = ListCorrespondents(query=query, skip=skip)
        page = gateway.call(correspondent_list.LIST, request)
        assert [row.name for row in page.rows] == together[skip:]


@pytest.mark.local_only("looks at the statements of this process")
def test_fifty_thousand_names_are_searched_by_index(
    gateway: LocalGateway, settings: Settings, engine: str
) -> None:
    statements = spied(gateway, ListCorrespondents(query="трест 49", limit=10))
    plan = explained(settings, engine, statements[0])

    assert "ix_correspondent_name" in plan
    assert "SCAN" not in plan
    assert "Seq Scan" not in plan


def explained(settings: Settings, engine: str, statement: tuple[str, Any]) -> str:
    """Fill the directory and return how the database runs a statement over it."""
    opened = open_database(settings.database)
    with opened.begin() as db:
        organization = db.scalar(text("SELECT id FROM organization"))
        numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000) "
        new_id = "i" if engine == "sqlite" else "gen_random_uuid()"
        db.execute(
            text(
                f"{numbers}INSERT INTO correspondent (id, organization_id, kind, name, "
                f"folded_name, state, created_at, version) SELECT {new_id}, :organization, "
                "'organization', 'Трест ' || i, 'трест ' || i, 'active', "
                "'2026-01-01 00:00:00', 1 FROM n"
            ),
            {"organization": organization},
        )
        db.execute(text("ANALYZE correspondent"))
        sql, parameters = statement
        explain = "EXPLAIN QUERY PLAN " if engine == "sqlite" else "EXPLAIN "
        rows = db.exec_driver_sql(explain + sql, parameters).all()
    opened.dispose()
    return "\n".join(str(row) for row in rows)


def spied(gateway: LocalGateway, request: ListCorrespondents) -> list[tuple[str, Any]]:
    """Return the statements on correspondents that a list really runs."""
    from sqlalchemy import event

    statements: list[tuple[str, Any]] = []

    def keep(_db: Any, _cursor: Any, sql: str, parameters: Any, *_rest: Any) -> None:
        if "FROM correspondent" in sql:
            statements.append((sql, parameters))

    event.listen(gateway._engine, "before_cursor_execute", keep)
    gateway.call(correspondent_list.LIST, request)
    event.remove(gateway._engine, "before_cursor_execute", keep)
    return statements


def add(gateway: LocalGateway, name: str, **fields: Any) -> Correspondent:
    return gateway.call(correspondent.ADD, AddCorrespondent(name=name, **fields))


def edit(
    gateway: LocalGateway, who: str, version: int | None = None, **changes: str
) -> Correspondent:
    request = EditCorrespondent(correspondent=who, changes=dict(changes), version=version)
    return gateway.call(correspondent.EDIT, request)


def show(gateway: LocalGateway, who: str) -> Correspondent:
    return gateway.call(correspondent.SHOW, correspondent.ShowCorrespondent(correspondent=who))


def merge(gateway: LocalGateway, source: str, target: str) -> correspondent_merge.Merged:
    request = correspondent_merge.MergeCorrespondents(source=source, target=target)
    return gateway.call(correspondent_merge.MERGE, request)


def found(
    gateway: LocalGateway, query: str = "", *, all_states: bool = False
) -> list[correspondent.CorrespondentRow]:
    request = ListCorrespondents(query=query, all_states=all_states)
    return gateway.call(correspondent_list.LIST, request).rows


def found_names(gateway: LocalGateway, query: str) -> list[str]:
    return [row.name for row in found(gateway, query)]


def register(gateway: LocalGateway, sender: str, number: str = "1") -> Registered:
    return gateway.call(
        REGISTER,
        RegisterDocument(
            flow=Flow.INCOMING,
            subject="О подготовке к зиме",
            correspondent=sender,
            their_number=number,
            their_date=date(2026, 11, 20),
            sheets=1,
            addressee="Иванова А.П.",
            delivery="почта",
        ),
    )


def test_states_and_kinds_are_as_stored() -> None:
    columns = CorrespondentTable.model_fields

    assert columns["state"].default == CorrespondentState.ACTIVE
    assert columns["kind"].default == CorrespondentKind.ORGANIZATION
