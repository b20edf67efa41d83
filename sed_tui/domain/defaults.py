"""What a new organization starts with: a journal for each flow."""

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
