"""An organization on its way into the system, as far as a test needs it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sed_tui.domain.access import Role
from sed_tui.domain.joining import JoiningState, JoiningStep, RegisterState, Side
from sed_tui.domain.joining_papers import Paper, SigningWay
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations import (
    joining,
    joining_evidence,
    joining_papers,
    joining_people,
    joining_upkeep,
    unit,
)
from tests.handlers.callers import acting
from tests.snapshots import Snapshot, snapshot_of

if TYPE_CHECKING:
    from datetime import datetime

    from sed_tui.config import Settings
    from tests.conftest import FixedClock

# pictures: text is read by a process of its own, which no joining needs
SCAN = b"\x89PNG\r\n\x1a\n"
HEAD = "Смирнова Анна Петровна"
HOSPITAL = {
    "name": "Областная больница № 1",
    "inn": "7707083893",
    "kpp": "773601001",
    "ogrn": "1027700132195",
    "oktmo": "71701000",
    "address": "г. Тюмень",
    "head_name": HEAD,
    "head_position": "главный врач",
    "contact": "Ким Олег",
    "email": "kim@okb1.example",
    "phone": "+7 3452 00-00-00",
    "subsystem": "medical",
    "front": "bureaucrat",
}
S = JoiningState
WHOLE_WAY = (
    *(S.DRAFT, S.SUBMITTED, S.REVIEW, S.ACCESSION, S.PERSONAL_DATA, S.ACCOUNTS, S.WORKPLACES),
    *(S.DIRECTORIES, S.TEST_EXCHANGE, S.ACT, S.CONNECTED),
)
# what was walked in this worker: the engine, the moment and the state
_WALKED: dict[tuple[str, datetime, JoiningState], Snapshot] = {}


@dataclass
class Way:
    """The operator's gateway, and what it does for the applicant."""

    operator: LocalGateway
    settings: Settings
    clock: FixedClock
    code: str = "02"
    is_begun: bool = False

    def begin(self, **fields: str | None) -> joining.Application:
        self.operator.call(
            joining_upkeep.NAME_OPERATOR, joining_upkeep.NameOperator(organization="01")
        )
        self.is_begun = True
        return self.apply(self.code, **fields)

    def start_at(self, state: JoiningState) -> None:
        """Begin an application and go on to a state, in an office where nothing was done yet.

        The way is walked once and put back for every other test that starts there; what
        walks it over a server, whose sessions lie in the database too, walks it itself.
        """
        engine, now = self.settings.database.partition(":")[0], self.clock.moment
        passed = WHOLE_WAY[: WHOLE_WAY.index(state) + 1]
        known = [one for one in passed if (engine, now, one) in _WALKED]
        is_local = isinstance(self.operator, LocalGateway)
        if known and is_local:
            _WALKED[engine, now, known[-1]].put(self.settings)
        elif not self.is_begun:
            self.begin()
        if state not in known or not is_local:
            self.to(state)
            if is_local:
                _WALKED[engine, now, state] = snapshot_of(self.settings)

    def apply(self, code: str, **fields: str | None) -> joining.Application:
        request = joining.ApplyForJoining(organization=code, fields=HOSPITAL | fields)
        return self.operator.call(joining.APPLY, request)

    def show(self, gateway: LocalGateway | None = None) -> joining.Application:
        return (gateway or self.operator).call(
            joining.SHOW, joining.ShowApplication(application=self.code)
        )

    def step(self, step: JoiningStep | None = None, **more: object) -> joining.Application:
        request = joining.TakeJoiningStep.model_validate(
            {"application": self.code, "step": step, **more}
        )
        return self.operator.call(joining.STEP, request)

    def issue(self, paper: Paper, content: bytes = SCAN) -> joining.Application:
        text = self.operator.call(
            joining_papers.PAPER, joining_papers.ShowPaper(application=self.code, paper=paper)
        )
        token = self.operator.stage(io.BytesIO(content + paper.value.encode()))
        request = joining_papers.IssuePaper(
            application=self.code, paper=paper, edition=text.edition, name="p.png", token=token
        )
        return self.operator.call(joining_papers.ISSUE, request)

    def sign(self, paper: Paper, side: Side = Side.APPLICANT, **more: object) -> None:
        token = self.operator.stage(io.BytesIO(SCAN + f"{paper} {side}".encode()))
        request = {
            "application": self.code,
            "paper": paper,
            "side": side,
            "way": SigningWay.ON_PAPER,
            "name": "scan.png",
            "token": token,
            "signatory": HEAD,
            "signed_on": date(2026, 11, 20),
            **more,
        }
        self.operator.call(joining_papers.SIGN, joining_papers.SignPaper.model_validate(request))

    def print_and_sign(self, *papers: Paper) -> None:
        for paper in papers:
            self.issue(paper)
            self.sign(paper)

    def check_register(self, state: RegisterState = RegisterState.ACTIVE) -> None:
        request = joining.CheckRegister(application=self.code, register_state=state)
        self.operator.call(joining.CHECK_REGISTER, request)

    def list_person(self, login: str = "kim", **more: object) -> joining_people.ListedPerson:
        request = {
            "application": self.code,
            "login": login,
            "full_name": "Ким Олег Львович",
            "roles": (Role.ADMINISTRATOR, Role.REGISTRAR),
            "owns_signature": True,
            **more,
        }
        return self.operator.call(
            joining_people.LIST_PERSON, joining_people.ListPerson.model_validate(request)
        )

    def consent(self, login: str = "kim") -> joining_people.ListedPerson:
        token = self.operator.stage(io.BytesIO(SCAN + b"consent"))
        request = joining_people.RecordConsent(
            application=self.code, login=login, name="consent.png", token=token
        )
        return self.operator.call(joining_people.CONSENT, request)

    def protocol(self, step: JoiningStep, **proof: str) -> None:
        request = joining_evidence.RecordEvidence.model_validate(
            {"application": self.code, "step": step, "text": "Проверено", **proof}
        )
        self.operator.call(joining_evidence.EVIDENCE, request)

    def to(self, state: JoiningState) -> joining.Application:
        """Go on, doing what each step needs, until the application is in a state."""
        while (card := self.show()).joining is not state:
            self._prepare(card.joining)
            self.step()
        return card

    def _prepare(self, state: JoiningState) -> None:
        match state:
            case JoiningState.DRAFT:
                self.print_and_sign(Paper.APPLICATION)
            case JoiningState.REVIEW:
                self.check_register()
            case JoiningState.ACCESSION:
                self.print_and_sign(Paper.ACCESSION)
            case JoiningState.PERSONAL_DATA:
                self.print_and_sign(Paper.PERSONAL_DATA, Paper.DATA_ANNEX)
            case JoiningState.ACCOUNTS:
                self.list_person()
                self.consent()
                self.print_and_sign(Paper.ROSTER)
            case JoiningState.WORKPLACES:
                self.protocol(JoiningStep.EQUIP)
            case JoiningState.DIRECTORIES:
                with acting(self.settings, self.clock, "kim") as kim:
                    kim.call(unit.ADD, unit.AddUnit(code="1", name="Канцелярия"))
            case JoiningState.TEST_EXCHANGE:
                self.protocol(JoiningStep.TRY, by_hand="Канал ведомства ещё не открыт")
            case JoiningState.ACT:
                self.print_and_sign(Paper.ACT)
                self.sign(Paper.ACT, Side.OPERATOR, signatory="Директор")
