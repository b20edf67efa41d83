"""The legal reference: whole from the start, changed in one's own words, seen from below."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.legal import ActLevel, ActProblem, ActStatus
from sed_tui.errors import NotPermitted
from sed_tui.errors.legal import (
    BadActCode,
    BadAddress,
    CheckedInFuture,
    NoEdition,
    SameEditionTwice,
    SameNumberOtherDate,
    UnknownAct,
)
from sed_tui.errors.references import Ambiguous
from sed_tui.gateway.local import LocalGateway
from sed_tui.guidance.guides import guides
from sed_tui.operations.audit import LIST as AUDIT
from sed_tui.operations.audit import ListAudit
from sed_tui.operations.law import (
    CHECK,
    LIST,
    SHOW,
    TEXT,
    ActCard,
    ActRow,
    CheckActs,
    GetEdition,
    ListActs,
    ShowAct,
)
from sed_tui.operations.law_upkeep import (
    FORGET,
    IMPORT,
    LOAD,
    SET,
    ForgetAct,
    ImportActs,
    LoadEdition,
    SetAct,
)
from sed_tui.operations.organization import ADD, AddOrganization
from sed_tui.spreadsheet.legal_acts import read_acts, written
from sed_tui.storage.legal_acts import shipped_acts
from tests.handlers.callers import acting
from tests.handlers.people import add_people

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sed_tui.config import Settings
    from tests.conftest import FixedClock


@pytest.fixture
def below(gateway: LocalGateway, settings: Settings, clock: FixedClock) -> Iterator[LocalGateway]:
    """Return a gateway into an organization below the first one."""
    gateway.call(ADD, AddOrganization(code="0101", name="Отдел культуры", parent="01"))
    with closing(LocalGateway(replace(settings, organization="0101"), clock)) as opened:
        yield opened


@pytest.fixture
def top(below: LocalGateway, settings: Settings, clock: FixedClock) -> Iterator[LocalGateway]:
    """Return a gateway into the first organization, once there are two."""
    with closing(LocalGateway(replace(settings, organization="01"), clock)) as opened:
        yield opened


def acts(gateway: LocalGateway, **wanted: Any) -> list[ActRow]:
    return gateway.call(LIST, ListActs(**wanted)).rows


def act(gateway: LocalGateway, name: str) -> ActCard:
    return gateway.call(SHOW, ShowAct(act=name))


def change(gateway: LocalGateway, code: str, **facts: Any) -> ActCard:
    return gateway.call(SET, SetAct(code=code, **facts))


@pytest.mark.parametrize("engine", ["sqlite"])
def test_the_reference_is_whole_and_claims_nothing(gateway: LocalGateway) -> None:
    rows = acts(gateway)
    by_level = {level: [row for row in rows if row.level is level] for level in ActLevel}
    topics = {guide.topic for guide in guides("ru")}

    assert (len(by_level[ActLevel.OPERATOR]), len(by_level[ActLevel.REGIONAL])) == (8, 15)
    assert {row.shown_status for row in rows} == {ActStatus.NOT_CHECKED}
    assert {row.checked_on for row in rows} == {None}
    assert {topic for row in rows for topic in row.guides} <= topics
    assert not gateway.call(CHECK, CheckActs(problems=(ActProblem.NOT_LISTED,))).rows


def test_an_act_names_the_terms_that_follow_it_and_their_paragraphs(gateway: LocalGateway) -> None:
    found = act(gateway, "59-ФЗ")

    assert found.code == "59-fz"
    assert ("appeal", "ч. 1 ст. 12") in {(row.code, row.paragraph) for row in found.following}
    with pytest.raises(UnknownAct):
        act(gateway, "60-ФЗ")


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"query": "обращениями граждан"}, "59-fz"),
        ({"query": "ghjrehfnehs"}, "2202-1"),
        ({"query": "персанальных даных"}, "152-fz"),
        ({"query": "636-рп"}, "tyumen-636-rp-2012"),
        ({"area": "signature", "used": True}, "63-fz"),
    ],
)
def test_acts_are_found_by_words_and_by_what_they_are(
    gateway: LocalGateway, wanted: dict[str, Any], code: str
) -> None:
    assert code in {row.code for row in acts(gateway, **wanted)}


def test_own_words_stand_before_those_above_and_those_before_the_program(
    top: LocalGateway, below: LocalGateway
) -> None:
    checked = {"status": ActStatus.IN_FORCE, "checked_on": date(2026, 11, 20)}
    change(top, "rf-1233", **checked)
    assert (act(below, "1233").shown_status, act(below, "1233").owner) == ("in_force", "01")

    change(below, "rf-1233", status=ActStatus.REPEALED, note="Уточнено")
    change(below, "own-rules", title="Своя инструкция", kind="приказ")
    assert (act(below, "1233").status, act(top, "1233").status) == ("repealed", "in_force")
    assert "own-rules" not in {row.code for row in acts(top)}

    below.call(FORGET, ForgetAct(act="rf-1233"))
    assert act(below, "1233").owner == "01"
    with pytest.raises(UnknownAct):
        below.call(FORGET, ForgetAct(act="rf-1233"))


def test_changes_stand_in_the_audit_trail_and_empty_texts_empty(gateway: LocalGateway) -> None:
    change(gateway, "59-fz", url="https://pravo.example/59", edition="от 01.01.2026")
    change(gateway, "59-fz", url="")
    events = gateway.call(AUDIT, ListAudit(object="59-fz")).rows

    assert act(gateway, "59-fz").url is None
    assert [event.event for event in events] == ["set", "set"]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"code": "Свой акт"}, BadActCode),
        ({"code": "x", "url": "pravo"}, BadAddress),
        ({"code": "x", "checked_on": date(2026, 11, 24)}, CheckedInFuture),
        (
            {
                "code": "x",
                "kind": "федеральный закон",
                "number": "59-фз",
                "dated": date(2006, 5, 3),
            },
            SameNumberOtherDate,
        ),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    gateway: LocalGateway, facts: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        gateway.call(SET, SetAct(**facts))

    assert {row.code for row in acts(gateway)} == set(shipped_acts())


def test_another_date_under_a_number_is_taken_by_force_and_told(gateway: LocalGateway) -> None:
    facts = {"kind": "федеральный закон", "number": "59-ФЗ", "dated": date(2016, 5, 2)}
    made = change(gateway, "59-fz-2016", **facts, force=True)
    found = gateway.call(CHECK, CheckActs(problems=(ActProblem.SAME_NUMBER,)))

    assert made.same_number == ["федеральный закон от 02.05.2006 № 59-ФЗ"]
    assert [row.code for row in found.rows] == ["59-fz", "59-fz-2016"]
    with pytest.raises(Ambiguous):
        act(gateway, "59-ФЗ")


def test_a_repealed_act_is_told_while_terms_follow_it(gateway: LocalGateway) -> None:
    change(gateway, "rosarchive-71", status=ActStatus.REPEALED, checked_on=date(2026, 11, 20))
    [found] = gateway.call(CHECK, CheckActs(problems=(ActProblem.REPEALED_IN_USE,))).rows

    assert found.code == "rosarchive-71"
    assert "Срочно" in found.detail


def test_the_text_of_an_edition_is_kept_and_seen_from_below(
    top: LocalGateway, below: LocalGateway
) -> None:
    def load(edition: str, content: bytes) -> ActCard:
        token = top.stage(BytesIO(content))
        request = LoadEdition(
            act="connection-regulation", edition=edition, name="reg.txt", token=token
        )
        return top.call(LOAD, request)

    load("2025", b"old")
    assert len(load("2026", b"new").editions) == 2
    row = below.call(TEXT, GetEdition(act="connection-regulation", edition="2026"))
    with below.fetch(row.sha256) as content:
        assert content.read() == b"new"
    with pytest.raises(SameEditionTwice):
        load("2027", b"new")
    with pytest.raises(NoEdition):
        top.call(TEXT, GetEdition(act="connection-regulation", edition="2001"))


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("name", ["acts.csv", "acts.json"])
def test_what_is_exported_comes_back_unchanged_and_changed_where_edited(
    gateway: LocalGateway, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(written(acts(gateway), path))
    assert gateway.call(IMPORT, ImportActs(rows=read_acts(path))).rows
    assert {row.owner for row in acts(gateway)} == {None}

    path.write_text(path.read_text().replace("not_checked", "in_force"))
    gateway.call(IMPORT, ImportActs(rows=read_acts(path)))

    assert {row.status for row in acts(gateway)} == {ActStatus.IN_FORCE}


def test_a_table_with_one_wrong_row_is_refused_whole_and_names_it(
    gateway: LocalGateway, tmp_path: Path
) -> None:
    path = tmp_path / "acts.csv"
    path.write_text("код,название,статус,дата\nour-1,Инструкция,действует,01.02.2026\nНаш,,,\n")
    with pytest.raises(BadActCode) as refused:
        gateway.call(IMPORT, ImportActs(rows=read_acts(path)))

    assert refused.value.row == 2
    assert "our-1" not in {row.code for row in acts(gateway)}


def test_only_administrators_change_the_reference(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    add_people(settings, ("sidorov", "Сидоров К.К.", "executor", None))
    with acting(settings, clock, "sidorov") as executor:
        assert acts(executor)
        with pytest.raises(NotPermitted):
            change(executor, "59-fz", note="Читал")
