"""What is wrong in the registration form is said at its field, and nothing is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.flows import Flow
from tests.tui.forms import LETTER, fill
from tests.tui.registration_forms import FLOWS, documents, form_of, screen_of
from tests.tui.waiting import settle

if TYPE_CHECKING:
    from pathlib import Path

    from sed_tui.gateway.local import LocalGateway

BAD: list[tuple[str, dict[str, str]]] = [
    ("correspondent", {"correspondent": ""}),
    ("their_number", {"their_number": ""}),
    ("their_number", {"their_number": "   "}),
    ("their_date", {"their_date": "24.11.2026"}),
    ("their_date", {"their_date": "23.11.2026", "received_on": "22.11.2026"}),
    ("received_on", {"received_on": "24.11.2026"}),
    ("their_date", {"their_date": "31.02.2026"}),
    ("their_date", {"their_date": "0226"}),
    ("their_date", {"their_date": "10.11.0226"}),
    ("their_date", {"their_date": "11/10/2026"}),
    ("subject", {"subject": ""}),
    ("subject", {"subject": " \n "}),
    ("subject", {"subject": "о" * 10_000}),
    ("subject", {"subject": "О \x1b[2Jрасходах"}),
    ("subject", {"subject": "О \u202eрасходах"}),
    ("subject", {"subject": "О \x07расходах"}),
    ("their_number", {"their_number": "1\u200b45"}),
    ("sheets", {"sheets": "семь"}),
    ("sheets", {"sheets": "1000001"}),
    ("copies", {"copies": "-1"}),
    ("suffix", {"number": "01-23/5", "suffix": "a", "reason": "забыли"}),  # a Latin a
    ("number", {"number": "145"}),
    ("unit", {"unit": "я" * 33}),
    ("registered_on", {"registered_on": "24.11.2026"}),
    ("in_reply_to", {"in_reply_to": "01-23/404"}),
]


async def test_what_is_wrong_is_said_at_its_field_and_nothing_is_saved(
    gateway: LocalGateway,
) -> None:
    app = form_of(gateway)

    # one form for all mistakes: opening it takes a second of processor time
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        form = screen_of(app).form
        empty = dict(form.state)
        for field, changes in BAD:
            await fill(pilot, form, {**empty, **LETTER, **changes})
            await pilot.press("f2")
            await settle(pilot)

            wrong = {name for name, each in form.fields.items() if each.wrong}
            assert wrong == {field}, changes
            assert app.focused is not None
            assert form.fields[field] in app.focused.ancestors, changes
    assert documents(gateway) == 0
    assert app.outcomes == []


@pytest.mark.parametrize("engine", ["sqlite"])
@pytest.mark.parametrize("kind", ["missing", "empty", "directory", "link"])
async def test_a_file_that_cannot_be_kept_is_refused_at_its_field(
    gateway: LocalGateway, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "letters" / "letter.pdf"
    path.parent.mkdir()
    if kind == "empty":
        path.touch()
    elif kind == "directory":
        path.mkdir()
    elif kind == "link":
        target = tmp_path / "secret.pdf"
        target.write_bytes(b"secret")
        path.symlink_to(target)
    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        form = screen_of(app).form
        await fill(pilot, form, {**LETTER, "files": {"text": str(path)}})
        await pilot.press("f2")
        await settle(pilot)

        assert str(path) in form.fields["files"].wrong.replace("\n", "")
    assert documents(gateway) == 0


async def test_several_mistakes_are_all_marked_and_the_first_has_the_cursor(
    gateway: LocalGateway,
) -> None:
    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        form = screen_of(app).form
        await fill(pilot, form, {"correspondent": "Минздрав", "their_date": "31.02"})
        await pilot.press("f2")
        await settle(pilot)

        assert {name for name, each in form.fields.items() if each.wrong} == {
            "their_number",
            "their_date",
            "subject",
        }
        assert app.focused is not None
        assert form.fields["their_number"] in app.focused.ancestors


async def test_an_addressee_named_twice_is_refused(gateway: LocalGateway) -> None:
    app = form_of(gateway, Flow.OUTGOING)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        form = screen_of(app).form
        twice = {"items": [{"text": "ООО «Ромашка»"}], "text": "ООО Ромашка"}
        await fill(pilot, form, {**FLOWS[Flow.OUTGOING], "addressees": twice})
        await pilot.press("f2")
        await settle(pilot)

        assert form.fields["addressees"].wrong
    assert documents(gateway) == 0


async def test_a_card_for_official_use_takes_no_file(gateway: LocalGateway, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("secret")
    app = form_of(gateway)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        form = screen_of(app).form
        changes = {"confidentiality": "official", "files": {"text": str(letter)}}
        await fill(pilot, form, {**LETTER, **changes})
        await pilot.press("f2")
        await settle(pilot)

        assert form.fields["files"].wrong
    assert documents(gateway) == 0
