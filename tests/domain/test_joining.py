"""The flow of joining: every state and step, every condition, terms, fields, templates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from sed_tui import i18n
from sed_tui.domain.identifiers import checked_oktmo, oktmo_control
from sed_tui.domain.joining import (
    DEFAULT_TERMS,
    ENDED,
    JOINING_FLOW,
    STATE_TITLES,
    STEP_TITLES,
    UNDER_WAY,
    WORKING,
    JoiningState,
    JoiningStep,
    RegisterState,
    Side,
    rows_from,
    transition,
    waits_for,
    way_forward,
)
from sed_tui.domain.joining_application import FIELDS, NEEDED, checked_application, lacking
from sed_tui.domain.joining_conditions import CONDITIONS, Facts, conditions_of, missing
from sed_tui.domain.joining_papers import PAPER_RULES, Paper, check_template, filled
from sed_tui.errors import Invalid
from sed_tui.errors.correspondents import BadIdentifier
from sed_tui.errors.input import UnknownField
from sed_tui.errors.joining import InnOfPerson, StepNotNow, UnknownPlaceholder
from sed_tui.storage.joining_templates import shipped

S, T = JoiningState, JoiningStep
ALL_SIGNED = frozenset((paper, side) for paper in Paper for side in PAPER_RULES[paper].sides)
READY = Facts(
    register_state=RegisterState.ACTIVE,
    signed=ALL_SIGNED,
    agreed_on=date(2026, 11, 20),
    listed=2,
    administrators=1,
    signature_owners=1,
    machines=1,
    recorded=frozenset({T.TRY}),
    units=1,
    people=2,
    journals=5,
    is_exported=True,
)
# what makes each condition fail, alone
BROKEN = {
    "fields": {"lacking": frozenset({"oktmo"})},
    "application": {"signed": ALL_SIGNED - {(Paper.APPLICATION, Side.APPLICANT)}},
    "register": {"register_state": None},
    "liquidated": {"register_state": RegisterState.LIQUIDATED},
    "accession": {"signed": ALL_SIGNED - {(Paper.ACCESSION, Side.APPLICANT)}},
    "personal_data": {"signed": ALL_SIGNED - {(Paper.PERSONAL_DATA, Side.APPLICANT)}},
    "annex": {"signed": ALL_SIGNED - {(Paper.DATA_ANNEX, Side.APPLICANT)}},
    "listed": {"listed": 0},
    "consent": {"without_consent": 1},
    "administrator": {"administrators": 0},
    "owners": {"signature_owners": 0},
    "roster": {"signed": ALL_SIGNED - {(Paper.ROSTER, Side.APPLICANT)}},
    "workplaces": {"machines": 0},
    "failing": {"machines": 2, "failing": 1},
    "structure": {"units": 0},
    "people": {"people": 0},
    "journals": {"journals": 0},
    "exchange": {"recorded": frozenset()},
    "act_applicant": {"signed": ALL_SIGNED - {(Paper.ACT, Side.APPLICANT)}},
    "act_operator": {"signed": ALL_SIGNED - {(Paper.ACT, Side.OPERATOR)}},
    "export": {"is_exported": False},
    "open_work": {"open_work": 3},
    "undelivered": {"undelivered": 1},
    "unregistered": {"unregistered": 2},
}


@pytest.mark.parametrize(("state", "step"), list(product(S, T)))
def test_a_step_is_taken_from_the_states_of_the_table_alone(
    state: JoiningState, step: JoiningStep
) -> None:
    rows = [row for row in JOINING_FLOW if (row.step, row.source) == (step, state)]

    assert len(rows) <= 1
    if rows:
        assert transition(step, state) is rows[0]
        return
    with pytest.raises(StepNotNow) as failure:
        transition(step, state)
    for row in rows_from(state):
        assert i18n._(STEP_TITLES[row.step]) in failure.value.advice


def test_the_way_leads_from_the_application_to_the_act() -> None:
    way, state = [], S.DRAFT
    while (row := way_forward(state)) is not None:
        assert waits_for(state) is row.side
        way.append(row.step)
        state = row.target

    assert state is S.CONNECTED
    assert way == [
        *(T.SUBMIT, T.TAKE, T.ADMIT, T.ACCEDE, T.AGREE, T.OPEN, T.EQUIP, T.LOAD, T.TRY, T.CONNECT)
    ]


def test_every_state_has_a_name_and_those_under_way_a_term() -> None:
    assert set(STATE_TITLES) == set(S)
    assert set(STEP_TITLES) == set(T)
    assert set(DEFAULT_TERMS) == UNDER_WAY
    assert set(S) == UNDER_WAY | ENDED | WORKING
    assert not any(rows_from(state) for state in ENDED)


def test_what_is_refused_or_taken_away_is_explained() -> None:
    explained = {row.step for row in JOINING_FLOW if row.needs_remark}

    assert explained == {T.RETURN, T.REFUSE, T.SUSPEND, T.LEAVE, T.DISCONNECT, T.REORGANIZE}


@pytest.mark.parametrize("step", list(T))
def test_nothing_is_missing_where_everything_is_there(step: JoiningStep) -> None:
    assert missing(step, READY) == []


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda one: f"{one.step}-{one.code}")
def test_each_condition_alone_stops_its_step(condition: object) -> None:
    one = next(c for c in CONDITIONS if c is condition)
    facts = replace(READY, **BROKEN[one.code])  # type: ignore[arg-type]

    assert one in missing(one.step, facts)
    assert (one in missing(one.step, facts, leaving=True)) is not one.may_be_left


def test_a_protocol_stands_for_reports_of_workplaces() -> None:
    facts = replace(READY, machines=0, failing=0, recorded=frozenset({T.EQUIP}))

    assert missing(T.EQUIP, facts) == []
    assert {one.code for one in conditions_of(T.OPEN)} >= {"consent", "roster", "owners"}


def test_fields_are_checked_one_by_one() -> None:
    fields = checked_application(
        {"name": "Больница", "inn": "7707083893", "kpp": "773601001", "subsystem": "Медицина",
         "front": "Бюрократ", "oktmo": "71 701 000", "power_until": "31.12.2026"}
    )  # fmt: skip

    assert (fields["subsystem"], fields["front"], fields["oktmo"]) == (
        *("medical", "bureaucrat", "71701000"),
    )
    assert fields["power_until"] == date(2026, 12, 31)
    assert set(fields) == set(FIELDS)
    filled_in = {"name", "inn", "kpp", "oktmo", "subsystem", "front"}
    assert set(lacking(fields)) == set(NEEDED) - filled_in
    assert "power" in lacking({"deputy": "Ким О.Л."})


def test_the_inn_of_a_person_is_told_apart() -> None:
    with pytest.raises(InnOfPerson):
        checked_application({"inn": "500100732259"})
    with pytest.raises(BadIdentifier):
        checked_application({"inn": "7707083894"})
    with pytest.raises(BadIdentifier):  # that of an entrepreneur
        checked_application({"ogrn": "304500116000157"})
    with pytest.raises(UnknownField):
        checked_application({"boss": "Ким"})
    with pytest.raises(Invalid, match=r"medical \(medical\)"):
        checked_application({"subsystem": "космическая"})


def test_the_control_number_of_an_oktmo_is_checked() -> None:
    control = oktmo_control("71701000")

    assert checked_oktmo(f"71701000-{control}") == "71701000"
    assert checked_oktmo("71701000001") == "71701000001"
    with pytest.raises(BadIdentifier):
        checked_oktmo(f"71701000{(int(control) + 1) % 10}")
    for bad in ("7170", "00701000", "7170100a"):
        with pytest.raises(BadIdentifier):
            checked_oktmo(bad)


def test_a_template_is_filled_in_once_and_names_only_what_there_is() -> None:
    assert filled("{name}, {inn}", {"name": "{inn} #set", "inn": ""}) == "{inn} #set, —"
    with pytest.raises(UnknownPlaceholder):
        check_template("{password}")
    for template in shipped():
        check_template(template.body)
    assert {one.paper for one in shipped()} == set(Paper)
