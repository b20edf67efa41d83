"""Later terms: who asked for them, who granted or denied, how often."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sed_tui.domain.clock import office_day
from sed_tui.domain.report_period import Basis, period_of
from sed_tui.handlers.report_listing import Listing
from sed_tui.handlers.report_parts import moment_of, parts_of
from sed_tui.operations.report_extensions import (
    ExtensionReport,
    ExtensionRow,
    ExtensionTotals,
    ReportExtensions,
)
from sed_tui.storage.changes import among, extension_requests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Row

    from sed_tui.domain.report_period import Period
    from sed_tui.handlers.work import Work

_ASKED, _LAPSED = "asked", "lapsed"


def report_extensions(work: Work, request: ReportExtensions) -> ExtensionReport:
    """List the requests of a period with what was decided by the end of the day."""
    day = moment_of(work, request.as_of).day
    period = period_of(day, request.since, request.until, Basis.REGISTRATION)
    rows = [row for part in parts_of(work, request) for row in _Requests(part).read(period)]
    return ExtensionReport.model_construct(
        as_of=day, since=period.since, until=period.until, rows=rows, totals=_totals(rows)
    )


def _totals(rows: list[ExtensionRow]) -> ExtensionTotals:
    decisions = Counter(row["decision"] for row in rows)
    granted = Counter(row["decided_by"] or "—" for row in rows if row["decision"] == "granted")
    return ExtensionTotals(
        requested=len(rows),
        granted=decisions["granted"],
        denied=decisions["denied"],
        waiting=decisions[_ASKED],
        lapsed=decisions[_LAPSED],
        late=sum(row["is_late"] for row in rows),
        by_executor=dict(sorted(Counter(row["requested_by"] for row in rows).items())),
        granted_by=dict(sorted(granted.items())),
    )


class _Requests(Listing):
    """Reads the requests of one organization."""

    def read(self, period: Period) -> Iterator[ExtensionRow]:
        part = self.part
        query = extension_requests(part.work.organization_id, *part.span(period))
        requests = part.work.db.execute(query).all()
        ids = {row.assignment_id for row in requests}
        found = {
            row.id: row
            for one in among(part.actor, part.moment, part.people, ids)
            for row in self.fetch(one)
        }
        people = {row.requested_by for row in requests} | {row.decided_by for row in requests}
        self.know(str(key) for key in people - {None})
        keys = {self._key(key): row for key, row in found.items()}
        for request in requests:
            if row := keys.get(request.assignment_id.hex):
                yield self._row(row, request)

    @staticmethod
    def _key(key: str) -> str:
        return key.replace("-", "")

    def _row(self, row: Row[*tuple[Any, ...]], request: Row[*tuple[Any, ...]]) -> ExtensionRow:
        decision = self._decision(request)
        is_decided = decision == request.state and request.decided_at is not None
        by = self.people[str(request.decided_by)] if is_decided and request.decided_by else None
        granted = request.granted_due if is_decided else None
        return {
            **self.listed(row),
            "requested_on": f"{office_day(request.requested_at)}",
            "requested_by": self.people[str(request.requested_by)].name,
            "due_before": f"{request.current_due}",
            "wanted_due": f"{request.wanted_due}",
            "is_late": request.is_late,
            "decision": decision,
            "decided_on": f"{office_day(request.decided_at)}" if is_decided else None,
            "decided_by": by.name if by else None,
            "granted_due": f"{granted}" if granted else None,
        }

    def _decision(self, request: Row[*tuple[Any, ...]]) -> str:
        """Return the decision as far as it had been taken; a request lapses with the closing."""
        cutoff = self.part.moment.cutoff
        at = request.closed_at if request.state == _LAPSED else request.decided_at
        if cutoff is not None and at is not None and at > cutoff:
            return _ASKED
        return str(request.state)
