"""What a new organization starts with: a journal for each flow, texts of assignments."""

from __future__ import annotations

from dataclasses import dataclass

from sed_tui.domain.flows import Flow


@dataclass(frozen=True, slots=True)
class DefaultJournal:
    """A journal made by `sedctl init`."""

    code: str
    name: str
    flow: Flow
    formula: str


DEFAULT_JOURNALS = (
    DefaultJournal("01-23", "Входящие документы", Flow.INCOMING, "{journal}/{ordinal}"),
    DefaultJournal("05-11", "Исходящие документы", Flow.OUTGOING, "{journal}/{ordinal}"),
    DefaultJournal("ВН", "Внутренние документы", Flow.INTERNAL, "{journal}-{ordinal}/{year2}"),
    DefaultJournal("р", "Распоряжения", Flow.ORDER, "{ordinal}-{journal}"),
    DefaultJournal("ОГ", "Обращения граждан", Flow.APPEAL, "{journal}-{ordinal}/{year2}"),
)
# code, text, the term that usually goes with it
DEFAULT_TEMPLATES: tuple[tuple[str, str, str | None], ...] = (
    ("доложить", "Рассмотреть и доложить.", None),
    ("исполнить", "К исполнению.", None),
    ("ответ", "Рассмотреть, подготовить проект ответа.", None),
    ("предложения", "Рассмотреть, представить предложения.", "10"),
    ("сведения", "Для сведения и использования в работе.", "без срока"),
    ("срочно", "Исполнить незамедлительно, доложить об исполнении.", "срочно"),
)
