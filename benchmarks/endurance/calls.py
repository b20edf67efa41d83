"""What clients ask for: each write by its line of the ledger, each read by its name."""

from __future__ import annotations

import random
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sed_tui.operations import document, file
from sed_tui.operations.assignment import ISSUE, IssueAssignment
from sed_tui.operations.assignment_execution import REPORT, ReportAssignment
from sed_tui.operations.assignment_list import LIST as ASSIGNMENTS
from sed_tui.operations.assignment_list import ListAssignments
from sed_tui.operations.document_list import LIST, ListDocuments
from sed_tui.operations.registration import REGISTER, RegisterDocument
from sed_tui.operations.registry import CallOptions
from sed_tui.operations.report import OVERDUE, ReportOverdue
from sed_tui.operations.report_documents import VOLUME, ReportVolume
from sed_tui.operations.report_due import DUE, ReportDue
from sed_tui.operations.session import SHOW, ShowSession

if TYPE_CHECKING:
    from sed_tui.gateway import Gateway

_TERMS = ("5 рд", "10 дней", "месяц", "без срока")
SHARES = {
    **{"register": 40, "edit": 16, "issue": 14, "report": 7, "attach": 7},
    **{"download": 6, "page": 12, "search": 7, "figures": 3},
}
READS = frozenset({"download", "page", "search", "figures"})


class Calls:
    """One client's way of asking."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._login = ""

    def seen(self) -> tuple[str, int]:
        """Choose a document among the newest, whoever registered it, and tell its version."""
        rows = self._gateway.call(LIST, ListDocuments(limit=20)).rows
        chosen = random.choice(rows)
        card = self._gateway.call(document.SHOW, document.ShowDocument(document=str(chosen.id)))
        return str(card.id), card.version

    def write(self, line: dict[str, Any]) -> dict[str, Any]:
        """Do what a line says, under its key, and return what was told."""
        options = CallOptions(idempotency_key=line["key"])
        told: dict[str, Any] = getattr(self, f"_{line['act']}")(line, options)
        return told

    def read(self, act: str, known: dict[str, Any] | None = None) -> str | None:
        """Read something, and return what is wrong with it."""
        match act:
            case "search":
                self._gateway.call(LIST, ListDocuments(query="сведения", limit=50))
            case "figures":
                self._gateway.call(OVERDUE, ReportOverdue())
                self._gateway.call(DUE, ReportDue(days=10))
                self._gateway.call(VOLUME, ReportVolume())
            case "download" if known is not None:
                with self._gateway.fetch(known["sha256"]) as content:
                    if content.read() != content_of(known["key"]):
                        return f"the bytes of {known['key']} are others"
            case _:
                self._gateway.call(LIST, ListDocuments(limit=100))
                self._gateway.call(ASSIGNMENTS, ListAssignments(limit=100))
        return None

    def _register(self, line: dict[str, Any], options: CallOptions) -> dict[str, Any]:
        done = self._gateway.call(REGISTER, _letter(line["key"]), options)
        return {"id": str(done.id), "number": done.number}

    def _edit(self, line: dict[str, Any], options: CallOptions) -> dict[str, Any]:
        edit = document.EditDocument(
            document=line["on"], changes={"note": line["key"]}, version=line["version"]
        )
        return {"version": self._gateway.call(document.EDIT, edit, options).version}

    def _issue(self, line: dict[str, Any], options: CallOptions) -> dict[str, Any]:
        due = _TERMS[int(line["key"][0], 16) % len(_TERMS)]
        self._login = self._login or self._gateway.call(SHOW, ShowSession()).login
        issue = IssueAssignment(
            document=line["on"], text=line["key"], executor=self._login, due=due
        )
        return {"id": str(self._gateway.call(ISSUE, issue, options).id)}

    def _report(self, line: dict[str, Any], options: CallOptions) -> dict[str, Any]:
        report = ReportAssignment(assignment=line["on"], text=line["key"])
        self._gateway.call(REPORT, report, options)
        return {}

    def _attach(self, line: dict[str, Any], options: CallOptions) -> dict[str, Any]:
        token = self._gateway.stage(BytesIO(content_of(line["key"])))
        one = file.FileContent(name=f"{line['key']}.txt", token=token)
        added = self._gateway.call(
            file.ADD, file.AddFile(document=line["on"], files=(one,)), options
        )
        return {"sha256": added.rows[0].sha256}


def content_of(key: str) -> bytes:
    """Return what a file holds: from a few bytes to a megabyte, by its key alone."""
    return f"сведения {key}\n".encode() * (1 + int(key[:2], 16) ** 2 // 4)


def _letter(key: str) -> RegisterDocument:
    return RegisterDocument(
        flow="incoming",
        subject=f"О представлении сведений, {key}",
        correspondent="Министерство здравоохранения",
        their_number=key,
        their_date="2026-01-20",
    )
