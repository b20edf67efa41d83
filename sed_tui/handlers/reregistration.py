"""Taking a number off a document, or giving it another: for a reason, and never silently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from sed_tui.domain.flows import Flow
from sed_tui.domain.numbering import DAY_TOKENS, period_key
from sed_tui.domain.registration import check_dates
from sed_tui.errors.registration import NothingToChange, NotRegistered, ReasonNeeded
from sed_tui.handlers.number_codes import number_context
from sed_tui.handlers.numbers import (
    Allotment,
    allot,
    check_open,
    chronology_warnings,
    find_journal,
    taken,
)
from sed_tui.handlers.references import DocumentReference, find_document
from sed_tui.handlers.registration import stamp
from sed_tui.handlers.search_entry import reindex_document
from sed_tui.i18n import _
from sed_tui.operations.registration import Registered
from sed_tui.operations.reregistration import Cancelled, CancelRegistration, ReregisterDocument
from sed_tui.storage.tables.document import DocumentTable
from sed_tui.storage.tables.journal import JournalTable
from sed_tui.storage.tables.numbers import GapTable
from sed_tui.storage.versioned import change_row

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.handlers.numbers import Journal
    from sed_tui.handlers.work import Work

_TOLD = ("number", "registered_on", "journal", "registration", "lifecycle")
_PLACE = ("journal_id", "period", "scope", "ordinal", "suffix", "number", "registered_on")


def cancel_registration(work: Work, request: CancelRegistration) -> Cancelled:
    """Clear number, date and journal; the ordinal becomes a gap with the reason."""
    document, card = _registered(work, request.document, _("Cancelling a registration"))
    _make_gap(work, document, card, "cancelled", None)
    cleared = dict.fromkeys(_PLACE)
    state = {"registration": "unregistered", "lifecycle": "cancelled", "registered_at": None}
    _change(work, document, card, {**cleared, **state})
    reindex_document(work, document)
    work.record(
        "cancel",
        "document",
        document.id,
        {name: card[name] for name in _TOLD},
        {name: state.get(name) for name in _TOLD},
    )
    return Cancelled(document=str(document.id), number=card["number"], journal=card["journal"])


def reregister_document(work: Work, request: ReregisterDocument) -> Registered:
    """Give another number, date or journal; the old number becomes a gap that names the new.

    A new date within the period of the counter keeps the number. Raises `NothingToChange`.
    """
    document, card = _registered(work, request.document, _("Registering anew"))
    flow = Flow(card["flow"])
    day = request.registered_on or card["registered_on"]
    dates = {name: card[name] for name in ("received_on", "signed_on")}
    check_dates({**dates, "registered_on": day}, work.today)
    journal = find_journal(work, request.journal or card["journal"], flow)
    check_open(journal, day)
    context = number_context(
        work,
        journal,
        day,
        kind=(flow, card["kind"]),
        case_index=card["case_index"],
        correspondent_id=card["correspondent_id"],
        unit=request.unit,
        leading=request.leading,
    )
    kept = _kept(request, card, journal, day)
    allotment = kept or allot(work, journal, context, number=request.number, suffix=request.suffix)
    if allotment.columns() != {name: card[name] for name in allotment.columns()}:
        _make_gap(work, document, card, "renumbered", allotment.number)
    after = {**allotment.columns(), "registered_on": day}
    _give(work, document, card, allotment, {**after, "listed_on": day, "registered_at": work.now})
    reindex_document(work, document)
    before = {name: card[name] for name in ("number", "registered_on", "journal")}
    told = {"number": allotment.number, "registered_on": day, "journal": journal.code}
    work.record("renumber", "document", document.id, before, told)
    return Registered(
        id=document.id,
        number=allotment.number,
        registered_on=day,
        flow=flow,
        journal=journal.code,
        subject=card["subject"],
        warnings=chronology_warnings(work, allotment, day),
        stamp=stamp(allotment.number, day),
    )


def _kept(
    request: ReregisterDocument, card: dict[str, Any], journal: Journal, day: date
) -> Allotment | None:
    """Return the number the document has, where only its date moves within the period."""
    if request.number is not None or request.suffix is not None or card["ordinal"] is None:
        return None
    if (journal.id, period_key(journal.period, day)) != (card["journal_id"], card["period"]):
        return None
    if journal.formula.tokens & DAY_TOKENS:
        return None
    if day == card["registered_on"]:
        raise NothingToChange(number=card["number"], day=f"{day:%d.%m.%Y}")
    place = (card[name] for name in ("period", "scope", "ordinal", "suffix", "number"))
    return Allotment(journal, *place)


def _registered(work: Work, text: str, what: str) -> tuple[DocumentReference, dict[str, Any]]:
    if not work.options.reason:
        raise ReasonNeeded(field="reason", what=what)
    document = find_document(work, text)
    row = (
        work.db.execute(
            select(DocumentTable.__table__, col(JournalTable.code).label("journal"))  # type: ignore[attr-defined]
            .outerjoin(JournalTable, col(JournalTable.id) == col(DocumentTable.journal_id))
            .where(col(DocumentTable.id) == document.id)
        )
        .mappings()
        .one()
    )
    if row["registration"] != "registered":
        raise NotRegistered(field="document")
    return document, dict(row)


def _make_gap(
    work: Work,
    document: DocumentReference,
    card: dict[str, Any],
    cause: str,
    replaced_by: str | None,
) -> None:
    """Put the number a document loses into the list of gaps; a historic one may have no place."""
    if card["ordinal"] is None:
        return
    place = {name: card[name] for name in ("journal_id", "period", "scope", "ordinal", "suffix")}
    work.db.execute(
        insert(GapTable).values(
            id=uuid4(),
            organization_id=work.organization_id,
            **place,
            number=card["number"],
            cause=cause,
            reason=work.options.reason,
            document_id=document.id,
            replaced_by=replaced_by,
            made_at=work.now,
        )
    )


def _give(
    work: Work,
    document: DocumentReference,
    card: dict[str, Any],
    allotment: Allotment,
    values: dict[str, Any],
) -> None:
    try:
        with work.db.begin_nested():
            _change(work, document, card, values)
    except IntegrityError:  # the constraint decides, not a look beforehand
        raise taken(work, allotment) from None


def _change(
    work: Work, document: DocumentReference, card: dict[str, Any], values: dict[str, Any]
) -> None:
    read = card["version"]
    change_row(work.db, DocumentTable, document.id, values, read, what=document.number)
