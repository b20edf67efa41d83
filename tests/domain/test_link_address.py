"""Links: two forms, one id, nothing else; whatever is built to deceive leads to nothing."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sed_tui.domain.link_address import LinkAddress, Target, parse_link
from sed_tui.errors.link_address import BadLinkBase, NotOurLink

UID = "0f8fad5b-d9cb-469f-a165-70867728950e"


@given(st.sampled_from(Target), st.uuids())
def test_a_link_is_read_back_in_both_forms(target: Target, uid: UUID) -> None:
    link = LinkAddress(target, uid)

    assert parse_link(link.as_scheme()) == link
    assert parse_link(link.as_page("https://sed.example.org/office/")) == link


def test_the_forms_are_those_that_were_promised() -> None:
    link = LinkAddress(Target.TASK, UUID(UID))

    assert link.as_scheme() == f"sed://task/{UID}"
    assert link.as_page("https://sed.example.org/") == f"https://sed.example.org/t/{UID}"
    assert parse_link(f" SED://task/{UID.upper()}/ ") == link


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sed://task/",
        "sed://task/1",
        f"sed://task/{UID};rm -rf ~",
        f"sed://task/{UID}`id`",
        f"sed://task/$(id){UID}",
        f"sed://task/{UID}\nsed://task/{UID}",
        f"sed://task/{UID}?x=1",
        f"sed://admin/{UID}",
        f"sed://task/../{UID}",
        f"sed://user:password@task/{UID}",
        f"file:///t/{UID}",
        f"javascript:alert(1)//t/{UID}",
        f"https://evil.example@sed.example/t/{UID}#",
        f"https://sed.example/t/{UID}?next=evil",
        f"sed://tаsk/{UID}",  # a Cyrillic letter
        "sed://task/" + "0" * 600,
        "--help",
    ],
)
def test_anything_else_leads_to_nothing_and_is_not_repeated(text: str) -> None:
    with pytest.raises(NotOurLink) as refusal:
        parse_link(text)

    assert UID not in str(refusal.value)


@given(st.text(max_size=200))
def test_no_text_makes_it_fail(text: str) -> None:
    with pytest.raises(NotOurLink):
        parse_link(text)


@pytest.mark.parametrize("base", ["", "sed.example.org", "ftp://x", "https://", "https://x?a=1"])
def test_a_base_that_is_no_server_is_refused(base: str) -> None:
    with pytest.raises(BadLinkBase):
        LinkAddress(Target.TASK, UUID(UID)).as_page(base)
