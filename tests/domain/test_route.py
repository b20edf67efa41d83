"""Routes as texts: every fault with its line; conditions; which route is chosen."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from sed_tui.domain.flows import Flow
from sed_tui.domain.route import (
    ComputedRole,
    Condition,
    Facts,
    Route,
    chosen_route,
    exclude_each_other,
    holds,
)
from sed_tui.domain.route_check import faults_of
from sed_tui.domain.route_text import read_route
from tests.handlers.routes import LETTERS

_STAGE = '[[stage]]\nname = "{name}"\nkind = "{kind}"\nperformers = ["petrov"]\n'
FACTS = Facts(Flow.OUTGOING, "письмо", "01", ("А",), frozenset({"минздрав"}), "почта", 500)


def faults(text: str) -> list[tuple[str, int]]:
    return [(fault.code, fault.details["line"]) for fault in faults_of(read_route(text))]


def stages(*kinds: str, flow: str = "outgoing") -> str:
    head = f'code = "r"\n[when]\nflow = ["{flow}"]\n'
    return head + "".join(_STAGE.format(name=kind, kind=kind) for kind in kinds)


def test_a_route_without_faults_is_read_whole() -> None:
    read = read_route(LETTERS)

    assert faults(LETTERS) == []
    assert read.route is not None
    assert [stage.kind for stage in read.route.stages] == [
        *2 * ["approval"],
        "signing",
        "registration",
    ]
    first, second, signing, _registration = read.route.stages
    assert (first.is_parallel, first.is_mandatory, first.term) == (True, True, "2 рд")
    assert not second.is_parallel
    assert str(signing.performers[0]) == "role:signatory"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("code = ", [("route_not_toml", 1)]),
        ('code = "r"\n', [("route_without_stages", 1)]),
        (stages("signing", "approval"), [("stage_out_of_order", 4)]),
        (stages("registration", "signing"), [("stage_out_of_order", 4)]),
        (stages("dispatch", "registration"), [("stage_out_of_order", 4)]),
        (stages("signing", "signing"), [("second_signing", 8)]),
        (stages("approval") + 'colour = "red"\n', [("route_unknown_key", 8)]),
        (stages("approval") + "mandatory = 1\n", [("route_bad_value", 8)]),
        (stages("approval") + 'order = "всё равно"\n', [("route_bad_value", 8)]),
        (stages("approval") + "[stage.when]\namount_from = 9\namount_to = 1\n",
         [("stage_unreachable", 9)]),
        (stages("approval", flow="order") + '[stage.when]\ndelivery = "почта"\n',
         [("condition_of_other_flow", 9)]),
        (stages("approval").replace('["petrov"]', "[]"), [("stage_without_performers", 4)]),
        (stages("approval").replace('"petrov"', '"petrov", "petrov"'),
         [("performer_repeated", 7)]),
        (stages("approval").replace("petrov", "role:king"), [("unknown_performer", 7)]),
        (stages("approval").replace("petrov", "group:юристы"), [("unknown_performer", 7)]),
        (stages("approval") + '[stage.when]\nsame = ["initiator"]\n', [("route_bad_value", 9)]),
    ],
)  # fmt: skip
def test_every_fault_is_told_with_its_line(text: str, found: list[tuple[str, int]]) -> None:
    assert faults(text) == found


def test_two_signings_on_branches_that_exclude_each_other_are_no_fault() -> None:
    text = stages("signing") + "[stage.when]\namount_to = 99\n"
    text += _STAGE.format(name="head", kind="signing") + "[stage.when]\namount_from = 100\n"

    assert faults(text) == []


_PERSON, _OTHER = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (Condition(), True),
        (Condition(kinds=frozenset({"письмо"})), True),
        (Condition(kinds=frozenset({"ответ"})), False),
        (Condition(addressees=frozenset({"минздрав"})), True),
        (Condition(delivery=frozenset({"курьер"})), False),
        (Condition(several_addressees=True), False),
        (Condition(several_addressees=False), True),
        (Condition(amount_from=500, amount_to=500), True),
        (Condition(amount_from=501), False),
        (Condition(amount_to=499), False),
        (Condition(same=(ComputedRole.INITIATOR, ComputedRole.SIGNATORY)), True),
        (Condition(different=(ComputedRole.INITIATOR, ComputedRole.SIGNATORY)), False),
        (Condition(same=(ComputedRole.INITIATOR, ComputedRole.REGISTRAR)), False),
    ],
)
def test_a_condition_asks_the_document(condition: Condition, expected: bool) -> None:
    me, other = frozenset({_PERSON}), frozenset({_OTHER})
    people = {ComputedRole.INITIATOR: me, ComputedRole.SIGNATORY: me, ComputedRole.REGISTRAR: other}

    assert holds(condition, replace(FACTS, people=people)) is expected


def test_a_sum_that_nobody_gave_fulfils_no_condition_on_sums() -> None:
    assert not holds(Condition(amount_from=0), replace(FACTS, amount=None))


def test_of_fitting_routes_the_highest_priority_wins_then_the_narrowest() -> None:
    wide, narrow = Route("wide", ""), Route("narrow", "", kinds=frozenset({"письмо"}))
    first = Route("first", "", priority=1)

    assert chosen_route([wide, narrow], FACTS) is narrow
    assert chosen_route([wide, narrow, first], FACTS) is first
    assert chosen_route([Route("x", "", flows=frozenset({Flow.ORDER}))], FACTS) is None
    assert chosen_route([Route("x", "", units=frozenset({"Б"}))], FACTS) is None
    assert chosen_route([Route("x", "", organizations=frozenset({"02"}))], FACTS) is None


def test_conditions_exclude_each_other_by_texts_sums_and_roles() -> None:
    pair = (ComputedRole.INITIATOR, ComputedRole.SIGNATORY)

    assert exclude_each_other(Condition(same=pair), Condition(different=pair[::-1]))
    assert exclude_each_other(
        Condition(several_addressees=True), Condition(several_addressees=False)
    )
    assert exclude_each_other(
        Condition(delivery=frozenset({"а"})), Condition(delivery=frozenset({"б"}))
    )
    assert not exclude_each_other(Condition(amount_to=5), Condition(amount_from=5))
