"""The directory of correspondents: nobody stands in it twice, and nothing is lost by a merge."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from sed_tui.domain.correspondents import CorrespondentKind, CorrespondentState
from sed_tui.errors import Invalid, NotFound
from sed_tui.errors.correspondents import (
    AmbiguousCorrespondent,
    BadEmail,
    BadIdentifier,
    CorrespondentClosed,
    CorrespondentExists,
    CorrespondentIdTaken,
    CorrespondentNamesake,
)
from sed_tui.errors.input import EmptyText, ForbiddenCharacters, UnknownField
from sed_tui.errors.references import ChangedMeanwhile
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations import correspondent
from sed_tui.operations.correspondent import EditCorrespondent
from sed_tui.storage.database import open_database
from sed_tui.storage.tables.correspondent import CorrespondentTable
from tests.handlers.correspondents import (
    INN,
    INN_OF_PERSON,
    KPP,
    OTHER_INN,
    OTHER_KPP,
    add,
    edit,
    found,
    register,
    show,
)

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.config import Settings
    from tests.conftest import FixedClock


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


def test_an_unknown_one_is_not_found(gateway: LocalGateway) -> None:
    for text_ in ("Никто", "7707083893", "00000000-0000-0000-0000-000000000000", ""):
        with pytest.raises(NotFound):
            show(gateway, text_)


def test_states_and_kinds_are_as_stored() -> None:
    columns = CorrespondentTable.model_fields

    assert columns["state"].default == CorrespondentState.ACTIVE
    assert columns["kind"].default == CorrespondentKind.ORGANIZATION
