"""An organization joins, works, is asked for a new edition and leaves: on the screen alone."""

from __future__ import annotations

from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING

import pytest

from sed_tui.domain.joining import JoiningState, JoiningStep, SuccessionForm
from sed_tui.domain.joining_papers import Paper
from sed_tui.gateway.deferred import DeferredGateway
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations import organization
from sed_tui.operations.joining import SHOW, ShowApplication
from sed_tui.tui.app import SedApp
from sed_tui.tui.choice_dialog import ChoiceDialog
from sed_tui.tui.entry_dialog import EntryDialog
from sed_tui.tui.joining_leaving_tasks import reorganize_task
from sed_tui.tui.screens.joining import JoiningScreen
from sed_tui.tui.text_dialog import TextDialog
from tests.handlers.callers import acting
from tests.handlers.joining_way import HEAD, HOSPITAL, Way
from tests.served import local_settings
from tests.tui.waiting import screen_text, settle, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path
    from typing import Any

    from textual.pilot import Pilot
    from textual.screen import Screen

    from sed_tui.config import Settings
    from sed_tui.gateway import Gateway
    from tests.conftest import FixedClock

S = JoiningState
APPLICANT, OPERATOR = "заявитель", "оператор"


class Seat:
    """Whoever sits at the screen of joining, and does what its lists offer."""

    def __init__(self, pilot: Pilot[None], gateway: Gateway) -> None:
        self.pilot, self.gateway = pilot, gateway
        assert isinstance(pilot.app.screen, JoiningScreen)
        self.screen = pilot.app.screen

    async def choose(self, title: str, key: str = "a") -> None:
        """Choose a line by how it begins."""
        app = self.pilot.app
        if key:
            await self.pilot.press(key)
        await until(self.pilot, lambda: isinstance(app.screen, ChoiceDialog))
        dialog = app.screen
        assert isinstance(dialog, ChoiceDialog)
        titles = [told for _task, told in dialog._choices]
        place = next((n for n, told in enumerate(titles) if told.startswith(title)), None)
        assert place is not None, (title, titles)
        await self.pilot.press("home", *["down"] * place, "enter")
        await settle(self.pilot)

    async def do(self, title: str, key: str = "a", twice: bool = False, **fields: str) -> None:
        """Choose a form by its title, fill it in, and do it."""
        await self.choose(title, key)
        await self.fill_in(fields, twice=twice)

    async def fill_in(
        self,
        fields: Mapping[str, str],
        *,
        twice: bool = False,
        leads: type[Screen[Any]] = JoiningScreen,
    ) -> None:
        app = self.pilot.app
        await until(self.pilot, lambda: isinstance(app.screen, EntryDialog))
        for name, value in fields.items():
            widget = app.screen.query_one(f"#field-{name}")
            setattr(widget, "text" if hasattr(widget, "text") else "value", value)
        await self.pilot.press("f2", *(["f2"] if twice else []))
        await settle(self.pilot)
        assert isinstance(app.screen, leads), screen_text(app)

    async def told(self, **fields: str) -> str:
        """Fill in a form that tells something once it is done, and return that."""
        await self.fill_in(fields, leads=TextDialog)
        return await self._closed()

    async def read(self, title: str, key: str = "a") -> str:
        """Choose a line that is only read, and return what stands there."""
        await self.choose(title, key)
        return await self._closed()

    async def _closed(self) -> str:
        app = self.pilot.app
        await until(self.pilot, lambda: isinstance(app.screen, TextDialog))
        text = screen_text(app)
        await self.pilot.press("escape")
        await until(self.pilot, lambda: app.screen is self.screen)
        return text

    async def paper(self, paper: Paper, title: str, *sides: str) -> None:
        """Print a paper and record its scan, signed by hand."""
        await self.do(f"Напечатать: {title}", file=f"{paper}.pdf")
        for side in sides or (APPLICANT,):
            await self.do(
                f"Подписать: {title}, {side}, подписан на бумаге",
                token="scan.pdf",
                signatory=HEAD,
                signed_on="20.11.2026",
            )

    @property
    def state(self) -> JoiningState:
        return self.gateway.call(SHOW, ShowApplication(application="02")).joining


@asynccontextmanager
async def seat_of(gateway: Gateway, scope: int = 0) -> AsyncIterator[Seat]:
    app = SedApp(gateway)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.push_named("sed_tui.tui.screens.joining:JoiningScreen")
        await settle(pilot)
        await pilot.press(*["right"] * scope)
        await settle(pilot)
        yield Seat(pilot, gateway)


@pytest.mark.usefixtures("russian")
async def test_the_whole_way_is_gone_on_the_screen(
    gateway: LocalGateway,
    settings: Settings,
    clock: FixedClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scan.pdf").write_bytes(b"scan")
    async with seat_of(gateway) as seat:
        await apply_and_agree(seat)
        await open_accounts(seat)
        assert seat.state is S.DIRECTORIES
    with acting(settings, clock, "kim") as kim:
        async with seat_of(kim) as seat:
            await seat.do("Добавить подразделение", code="1", name="Приёмная")
            await seat.do("Подтвердить справочники")
    async with seat_of(gateway) as seat:
        await connect(seat)
        assert seat.state is S.CONNECTED
    async with seat_of(gateway, scope=2) as seat:
        await keep(seat)
    with acting(settings, clock, "kim") as kim:
        async with seat_of(kim, scope=2) as seat:
            await seat.do("Начать отключение", remark="Заявление № 5")
        # an export is written where the database is, by whatever way the rest was gone; the
        # gateway is one that opens with the first call, as `sed-tui` has it
        own = local_settings(kim)
        with closing(DeferredGateway(lambda: LocalGateway(own, clock))) as there:
            async with seat_of(there, scope=2) as seat:
                await seat.do("Внести полную выгрузку", folder="out")
    async with seat_of(gateway) as seat:
        await seat.do("Отключить", remark="По соглашению")
        assert seat.state is S.DISCONNECTED
    assert (tmp_path / "out" / "manifest.json").exists()
    assert (tmp_path / "act.pdf").read_bytes().startswith(b"%PDF")


async def apply_and_agree(seat: Seat) -> None:
    """Go from an empty database to the agreement on personal data."""
    await seat.do("Назвать оператора", key="o", organization="01")
    await seat.pilot.press("n")
    await seat.fill_in({"organization": "02", **HOSPITAL})
    await seat.paper(Paper.APPLICATION, "заявление о присоединении")
    await seat.do("Подать заявление")
    await seat.do("Взять заявление")
    assert "ЕГРЮЛ" in await seat.read("Допустить к присоединению: ждёт")
    await seat.do("Внести сведения ЕГРЮЛ")
    await seat.do("Допустить к присоединению")
    await seat.paper(Paper.ACCESSION, "соглашение о присоединении")
    await seat.do("Ввести присоединение в действие")
    await seat.paper(Paper.PERSONAL_DATA, "соглашение о персональных данных")
    await seat.paper(Paper.DATA_ANNEX, "приложение: перечень персональных данных")
    await seat.do("Ввести в действие соглашение")


async def open_accounts(seat: Seat) -> None:
    """List two people, open their accounts, check their places; one withdraws his consent."""
    for login, name in (("kim", "Ким Олег Львович"), ("lee", "Ли Вера Ильинична")):
        await seat.do("Внести человека", login=login, full_name=name)
        await seat.do("Внести согласие", login=login, file="scan.pdf")
    await seat.paper(Paper.ROSTER, "перечень людей и владельцев подписей")
    await seat.do("Открыть учётные записи")
    await seat.choose("Дать первый пароль")
    told = await seat.told(login="kim")
    assert "kim Ким Олег Львович" in told
    assert "показан единственный раз" in told
    await seat.do("Внести протокол", text="Проверены три места")
    await seat.do("Подтвердить рабочие места")
    await seat.do("Внести отзыв согласия", twice=True, login="lee")
    assert "отозвано" in await seat.read("Перечень учётных записей")


async def connect(seat: Seat) -> None:
    """Record the test exchange of who has no channel yet, sign the act, connect."""
    await seat.do("Внести протокол", text="Обмена нет", by_hand="Канал откроют в декабре")
    await seat.do("Подтвердить тестовый обмен")
    assert "подписал акт" in await seat.read("Подключить по акту: ждёт")
    await seat.paper(Paper.ACT, "акт о подключении", APPLICANT, OPERATOR)
    await seat.do("Подключить по акту", on="23.11.2026")


async def keep(seat: Seat) -> None:
    """Suspend and resume, publish an edition and let it be signed."""
    await seat.do("Приостановить", remark="Просрочен сертификат")
    await seat.do("Возобновить")
    await seat.choose("Публикация редакции", key="o")
    await seat.do("Следующая редакция: соглашение о присоединении", key="", body="{name}")
    assert "Ещё не подписали: 1" in await seat.read("Кто какую редакцию", key="o")
    await seat.paper(Paper.ACCESSION, "соглашение о присоединении")
    assert "Ещё не подписали: 0" in await seat.read("Кто какую редакцию", key="o")


def test_a_reorganization_is_a_form_too(
    gateway: LocalGateway, settings: Settings, clock: FixedClock
) -> None:
    gateway.call(organization.ADD, organization.AddOrganization(code="09", name="Центр"))
    with acting(settings, clock, "admin", "01") as operator:
        way = Way(operator, settings, clock)
        way.begin()
        card = way.to(S.CONNECTED)
        assert JoiningStep.REORGANIZE in card.possible
        task = reorganize_task(card)
        told = {entry.name: entry.value for entry in task.entries}
        told |= {"into": "01, 09", "form": SuccessionForm.DIVISION, "remark": "Распоряжение № 7"}
        operator.call(task.operation, task.request(told))
        assert task.words(told)[:7] == (
            *("joining", "reorganize", "02", "--into", "01", "--into", "09"),
        )
        moved = way.show()

    assert moved.joining is S.REORGANIZED
    assert [line[:2] for line in moved.successors] == ["01", "09"]
