"""Reports on documents: registers, document flow, citizens' appeals."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sed_tui.domain.discipline import Outcome, outcome
from sed_tui.domain.flows import Confidentiality, Flow
from sed_tui.domain.report_period import Basis, Period, period_of
from sed_tui.handlers.report_cards import cards_of, correspondents_of, subject_of
from sed_tui.handlers.report_listing import Listing
from sed_tui.handlers.report_parts import moment_of, parts_of
from sed_tui.operations.report_documents import (
    AppealRow,
    AppealSection,
    AppealsReport,
    RegisterReport,
    RegisterRow,
    ReportAppeals,
    ReportJournal,
    ReportVolume,
    VolumeReport,
    VolumeRow,
)
from sed_tui.storage.changes import on_documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from sqlalchemy import Row

    from sed_tui.handlers.report_cards import Card
    from sed_tui.handlers.work import Work
    from sed_tui.operations.report_documents import DocumentsRequest

_NOT_SAID = "—"  # the same in every language: it is a value of JSON
_FLOWS = list(Flow)


def report_journal(work: Work, request: ReportJournal) -> RegisterReport:
    """Write out the register of a flow as it stood at the end of the day."""
    day, period = _period(work, request)
    rows: list[RegisterRow] = []
    for part in parts_of(work, request):
        cards = cards_of(part, period, {request.flow.value})
        if request.journal is not None:
            cards = [card for card in cards if card["journal"] == request.journal]
        rows += _Register(part).read(cards)
    return RegisterReport.model_construct(
        as_of=day, since=period.since, until=period.until, flow=request.flow, rows=rows
    )


def report_volume(work: Work, request: ReportVolume) -> VolumeReport:
    """Count documents and their copies by flow and month."""
    day, period = _period(work, request)
    cards = [card for part in parts_of(work, request) for card in cards_of(part, period)]
    rows = list(_volume(cards))
    totals: Counter[str] = Counter()
    for row in rows:
        totals[row.flow.value] += row.total
    return VolumeReport(
        as_of=day,
        since=period.since,
        until=period.until,
        rows=rows,
        totals={**totals, "total": totals.total()},
    )


def report_appeals(work: Work, request: ReportAppeals) -> AppealsReport:
    """Count appeals by how they came, what they are about, and how they are done."""
    day, period = _period(work, request)
    figures: Counter[tuple[AppealSection, str]] = Counter()
    for part in parts_of(work, request):
        cards = cards_of(part, period, {Flow.APPEAL.value})
        figures += _counted(cards)
        figures += _Appeals(part).counted(cards)
    order = list(AppealSection)
    rows = [
        AppealRow(section=section, name=name, count=count)
        for (section, name), count in sorted(
            figures.items(), key=lambda one: (order.index(one[0][0]), -one[1], one[0][1])
        )
    ]
    return AppealsReport(as_of=day, since=period.since, until=period.until, rows=rows)


def _period(work: Work, request: DocumentsRequest) -> tuple[date, Period]:
    day = moment_of(work, request.as_of).day
    return day, period_of(day, request.since, request.until, Basis.REGISTRATION)


def _volume(cards: Iterable[Card]) -> Iterator[VolumeRow]:
    def key(card: Card) -> tuple[int, str]:
        return _FLOWS.index(Flow(card["flow"])), f"{card['registered_on']:%Y-%m}"

    cumulative: Counter[int] = Counter()
    for (place, month), group in groupby(sorted(cards, key=key), key=key):
        numbers = [card["copies"] or 0 for card in group]
        total = len(numbers) + sum(numbers)
        cumulative[place] += total
        yield VolumeRow(
            flow=_FLOWS[place],
            month=month,
            originals=len(numbers),
            copies=sum(numbers),
            total=total,
            cumulative=cumulative[place],
        )


def _counted(cards: list[Card]) -> Counter[tuple[AppealSection, str]]:
    figures: Counter[tuple[AppealSection, str]] = Counter()
    for card in cards:
        figures[AppealSection.RECEIVED, _NOT_SAID] += 1
        figures[AppealSection.DELIVERY, card["delivery"] or _NOT_SAID] += 1
        figures[AppealSection.KIND, card["appeal_kind"] or _NOT_SAID] += 1
        figures[AppealSection.REPETITION, card["appeal_repeat"] or _NOT_SAID] += 1
        topic = card["topic"] if card["confidentiality"] == Confidentiality.NONE else None
        figures[AppealSection.TOPIC, topic or _NOT_SAID] += 1
        if (card["signatures_count"] or 1) > 1:
            figures[AppealSection.COLLECTIVE, _NOT_SAID] += 1
    return figures


class _OnDocuments(Listing):
    """Reads the assignments on documents of one organization."""

    def by_document(self, cards: list[Card]) -> dict[str, list[Row[*tuple[Any, ...]]]]:
        part = self.part
        found: dict[str, list[Row[*tuple[Any, ...]]]] = {}
        ids: list[UUID] = [card["id"] for card in cards]
        for query in on_documents(part.actor, part.moment, ids):
            for row in self.fetch(query):
                found.setdefault(row.document_id.replace("-", ""), []).append(row)
        return found


class _Register(_OnDocuments):
    def read(self, cards: list[Card]) -> Iterator[RegisterRow]:
        assigned = self.by_document(cards)
        correspondents = correspondents_of(self.part, cards)
        for place, card in enumerate(cards, 1):
            own = assigned.get(card["id"].hex, [])
            texts = [self.text(row) for row in own]
            people = dict.fromkeys(self.people[row.executor_id].name for row in own)
            yield {
                "place": place,
                "organization": self.part.code,
                "number": card["number"],
                "registered_on": f"{card['registered_on']}",
                "journal": card["journal"],
                "correspondent": correspondents.get(card["id"]),
                "their_number": card["their_number"],
                "their_date": f"{card['their_date']}" if card["their_date"] else None,
                "subject": subject_of(self.part, card),
                "assignments": "; ".join(texts) or None,
                "directed_to": "; ".join(people) or None,
                "drafter": card["drafter"],
                "note": card["note"] if card["confidentiality"] == Confidentiality.NONE else None,
            }


class _Appeals(_OnDocuments):
    def counted(self, cards: list[Card]) -> Counter[tuple[AppealSection, str]]:
        figures: Counter[tuple[AppealSection, str]] = Counter()
        for rows in self.by_document(cards).values():
            outcomes = [self._outcome(row) for row in rows]
            if any(row.shifts for row in rows):
                figures[AppealSection.EXECUTION, "extended"] += 1
            if {Outcome.LATE, Outcome.OVERDUE} & set(outcomes):
                figures[AppealSection.EXECUTION, "in_violation"] += 1
            is_done = not {Outcome.RUNNING, Outcome.OVERDUE} & set(outcomes)
            figures[AppealSection.EXECUTION, "done" if is_done else "in_work"] += 1
            for row, what in zip(rows, outcomes, strict=True):
                if what is Outcome.OVERDUE:
                    head = self.people[row.author_id].name
                    figures[AppealSection.OVERDUE_BY_HEAD, head] += 1
        return figures

    def _outcome(self, row: Row[*tuple[Any, ...]]) -> Outcome:
        due, reported = (
            date.fromisoformat(text) if text else None for text in (row.due, row.reported_on)
        )
        return outcome(row.state, due, reported, self.part.moment.day)
