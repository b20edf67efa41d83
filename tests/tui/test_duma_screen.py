"""Submissions to the Duma on the screen: the checklist, sittings that move, rules."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from sed_tui.domain.duma import Passage
from sed_tui.operations import duma, duma_submission
from sed_tui.operations.duma import ListDumaRules, ListSittings
from sed_tui.operations.duma_submission import ListSubmissions, ShowSubmission
from sed_tui.tui.app import SedApp
from sed_tui.tui.choice_dialog import ChoiceDialog
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.screens.duma import DumaScreen
from sed_tui.tui.screens.duma_submission import DumaSubmissionScreen
from tests.handlers.conftest import office
from tests.handlers.test_duma import PAPERS, begun, put, signer
from tests.tui.waiting import screen_text, settle, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock
    from tests.handlers.assignments import Office

__all__ = ["office", "signer"]


class Seat:
    """Whoever sits at the screen of the Duma."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot, self.app = pilot, pilot.app

    async def press(self, *keys: str) -> str:
        await self.pilot.press(*keys)
        await settle(self.pilot)
        return screen_text(self.app)

    async def sees(self, text: str) -> None:
        await until(self.pilot, lambda: text in screen_text(self.app))

    async def fill_in(self, **fields: str) -> None:
        await until(self.pilot, lambda: isinstance(self.app.screen, EntryDialog))
        dialog = self.app.screen
        for name, value in fields.items():
            widget: Any = dialog.query_one(f"#field-{name}")
            setattr(widget, "text" if hasattr(widget, "text") else "value", value)
        await self.pilot.press("f2")
        await until(self.pilot, lambda: self.app.screen is not dialog)
        await settle(self.pilot)

    async def choose(self, title: str) -> None:
        await self.pilot.press("a")
        await until(self.pilot, lambda: isinstance(self.app.screen, ChoiceDialog))
        dialog = self.app.screen
        assert isinstance(dialog, ChoiceDialog)
        titles = [told for _task, told in dialog._choices]
        await self.pilot.press("home", *["down"] * titles.index(title), "enter")


async def opened(pilot: Pilot[None]) -> Seat:
    await settle(pilot)
    app = pilot.app
    assert isinstance(app, SedApp)
    app.push_named("sed_tui.tui.screens.duma:DumaScreen")
    await settle(pilot)
    assert isinstance(app.screen, DumaScreen)
    return Seat(pilot)


async def test_a_submission_is_begun_completed_and_sent_on_the_screen(
    office: Office, gateway: LocalGateway, signer: object, clock: FixedClock
) -> None:
    document = office.letter()
    for code in PAPERS:
        put(gateway, document, signer, f"{code}.txt", code.encode())
    async with SedApp(gateway).run_test(size=(80, 24)) as pilot:
        seat = await opened(pilot)
        await seat.press("right", "right", "n")
        await seat.fill_in(day="17.12.2026")
        assert "2026-12-17" in screen_text(seat.app)
        await seat.press("left", "left", "n")
        await seat.fill_in(document=document, title="О бюджете")
        assert isinstance(seat.app.screen, DumaSubmissionScreen)
        shown = screen_text(seat.app)
        assert "Papers with something missing: 4" in shown
        assert "0 of 5" in shown
        for code in PAPERS[:3]:
            await seat.press("enter")
            await seat.fill_in(file=f"{code}.txt")
            await seat.press("down")
        await seat.press("end", "enter")
        await seat.fill_in(file=f"{PAPERS[3]}.txt")
        assert "Everything is there" in screen_text(seat.app)

        clock.moment = datetime(2026, 12, 10, 4, tzinfo=UTC)
        await seat.choose("Send a submission to the Duma")
        await until(pilot, lambda: isinstance(seat.app.screen, EntryDialog))
        refused = await seat.press("f2")
        assert "The term of the sitting of 17.12.2026 ended on 09.12.2026" in refused
        await seat.fill_in(attempted_at="09.12.2026 17:59", evidence="Канал: нет ответа")
        await seat.choose("Enter the state: returned")
        await seat.fill_in(reason="Нет заключения")
        terms = await seat.press("t")

    assert "−8 calendar days" in terms
    [row] = gateway.call(duma_submission.LIST, ListSubmissions()).rows
    card = gateway.call(duma_submission.SHOW, ShowSubmission(submission=str(row.id)))
    assert [step.passage_state for step in card.passage] == [
        *(Passage.PREPARED, Passage.SUBMITTED, Passage.RETURNED)
    ]
    assert card.passage[1].attempted_at == datetime(2026, 12, 9, 12, 59, tzinfo=UTC)
    assert row.is_late


async def test_a_sitting_is_moved_and_a_rule_is_changed_on_the_screen(
    office: Office, gateway: LocalGateway
) -> None:
    begun(gateway, office.letter())
    async with SedApp(gateway).run_test(size=(80, 24)) as pilot:
        seat = await opened(pilot)
        await seat.press("right", "right", "a")
        await seat.fill_in(day="24.12.2026", reason="Письмо аппарата")
        await pilot.press("enter")
        await seat.sees("2026-12-17 → 2026-12-24: Письмо аппарата")
        await seat.press("escape", "right", "a")
        await seat.fill_in(amount="31", source="Письмо 5", checked_on="20.11.2026")
        await pilot.press("down", "enter")
        await seat.sees("not compared with its source yet")

    [sitting] = gateway.call(duma.SITTINGS, ListSittings()).rows
    assert sitting.day == date(2026, 12, 24)
    first = gateway.call(duma.RULES, ListDumaRules()).rows[0]
    assert (first.amount, first.source, first.version) == (31, "Письмо 5", 1)


async def test_who_may_not_send_reads_and_is_told(office: Office, gateway: LocalGateway) -> None:
    begun(gateway, office.letter())
    async with SedApp(office.as_("golova")).run_test(size=(80, 24)) as pilot:
        seat = await opened(pilot)
        await pilot.press("enter")
        await seat.sees("0 of 5")
        await seat.press("a")
        told = [one.message for one in pilot.app._notifications]

    assert told == ["This is not permitted to your roles."]
