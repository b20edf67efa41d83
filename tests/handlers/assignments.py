"""An office with a head, an assistant, executors and a controller, and its assignments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sed_tui.operations.assignment import ISSUE, AssignmentIssued, IssueAssignment
from tests.handlers.people import add_letter, add_people
from tests.served import opened

if TYPE_CHECKING:
    from uuid import UUID

    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway
    from tests.conftest import FixedClock

PEOPLE = (
    ("golova", "Головин Пётр Ильич", "head", "РУК"),
    ("pomosh", "Помощникова Анна Юрьевна", "assistant", "РУК"),
    ("petrov", "Петров Василий Сергеевич", "executor", "А"),
    ("sidorov", "Сидоров Иван Иванович", "executor", "А"),
    ("kuznec", "Кузнецова Мария Олеговна", "executor", "Б"),
    ("kontr", "Контролёрова Ольга Петровна", "controller", "К"),
)


@dataclass
class Office:
    """Gateways for the people of organization 01; the administrator holds every role."""

    settings: Settings
    clock: FixedClock
    ids: dict[str, UUID]
    opened: dict[str, LocalGateway]

    def as_(self, login: str) -> LocalGateway:
        """Return the gateway of a person."""
        if login not in self.opened:
            settings = replace(self.settings, login=login)
            self.opened[login] = opened(settings, self.clock)
        return self.opened[login]

    def letter(self, number: str = "01-23/1", confidentiality: str = "none") -> str:
        """Put a registered letter into the database and return its number."""
        return add_letter(self.settings, number, confidentiality)

    def issue(self, by: str = "golova", **fields: Any) -> AssignmentIssued:
        """Issue an assignment; without more it is Petrov's, for a month."""
        request = IssueAssignment(**{"text": "Подготовить ответ", "executor": "petrov", **fields})
        return self.as_(by).call(ISSUE, request)

    def close(self) -> None:
        """Close every gateway."""
        for gateway in self.opened.values():
            gateway.close()


def make_office(settings: Settings, clock: FixedClock) -> Office:
    """Fill an initialized database with people."""
    return Office(settings, clock, add_people(settings, *PEOPLE), {})
