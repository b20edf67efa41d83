"""What the example office has prepared: a resolution that waits for its head, a schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.recurrence import Every
from sed_tui.operations import recurring, resolution
from sed_tui.operations.recurring import AddSchedule
from sed_tui.operations.resolution import DraftResolution, PointGiven

if TYPE_CHECKING:
    from sed_tui.gateway.local import LocalGateway

HEAD, ASSISTANT = "petrov", "belova"
_DRAFT = (
    PointGiven(
        number="1",
        text="Обследовать мосты и представить дефектные ведомости",
        executor="Ким О.Р.",
        co_executors="Фомин И.Д.",
        due="10 рд",
    ),
    PointGiven(number="2", text="Подготовить проект ответа", executor="Громов П.А."),
)


def draft_resolution(assistant: LocalGateway, document: str) -> None:
    """Let the assistant draft a resolution of two points on a letter."""
    request = DraftResolution(points=_DRAFT, document=document, author=HEAD, due="месяц")
    assistant.call(resolution.DRAFT, request)


def schedule_report(head: LocalGateway) -> None:
    """Let the head ask for a report at every month's end."""
    request = AddSchedule(
        text="Представить сводку об исполнении поручений за месяц",
        executor="gromov",
        every=Every.MONTH,
        day="last",
        lead=5,
    )
    head.call(recurring.ADD, request)
