"""Templates of assignments: data of the office, which forms and commands offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.errors import NotPermitted, SedError
from sed_tui.operations.assignment_template import (
    LIST,
    SET,
    AssignmentTemplate,
    ListTemplates,
    SetTemplate,
)
from sed_tui.operations.audit import LIST as AUDIT
from sed_tui.operations.audit import ListAudit

if TYPE_CHECKING:
    from tests.handlers.assignments import Office


def put(office: Office, code: str, **fields: Any) -> AssignmentTemplate:
    return office.as_("pomosh").call(SET, SetTemplate(code=code, **fields))


def codes(office: Office, **fields: Any) -> list[str]:
    rows = office.as_("petrov").call(LIST, ListTemplates(**fields)).rows
    return [row.code for row in rows]


def test_an_office_begins_with_the_usual_words_and_adds_its_own(office: Office) -> None:
    usual = codes(office)
    made = put(office, "Паводок", text="Доложить о паводке", due="3 рд")

    assert "исполнить" in usual
    assert made.code == "паводок"
    assert set(codes(office)) == {*usual, "паводок"}


def test_a_template_keeps_what_is_not_said_and_closes(office: Office) -> None:
    put(office, "паводок", text="Доложить о паводке", due="3 рд")
    later = put(office, "ПАВОДОК", due="")
    closed = put(office, "паводок", is_closed=True)

    assert (later.text, later.due) == ("Доложить о паводке", None)
    assert closed.state == "closed"
    assert "паводок" not in codes(office)
    assert "паводок" in codes(office, all_states=True)
    told = office.as_("admin").call(AUDIT, ListAudit(operation="template.set")).rows
    assert [row.event for row in told] == ["set"] * 3


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "empty_text"),
        ({"text": "  "}, "empty_text"),
        ({"text": "Доложить", "due": "когда-нибудь"}, "bad_term"),
        ({"text": "о" * 4001}, "text_too_long"),
    ],
)
def test_a_template_has_words_and_a_term_that_can_be(
    office: Office, fields: dict[str, str], code: str
) -> None:
    before = codes(office, all_states=True)
    with pytest.raises(SedError) as refused:
        put(office, "паводок", **fields)

    assert (refused.value.code, refused.value.exit_code) == (code, 3)
    assert codes(office, all_states=True) == before


def test_templates_are_the_offices_to_set(office: Office) -> None:
    with pytest.raises(NotPermitted):
        office.as_("petrov").call(SET, SetTemplate(code="а", text="б"))
