"""What the names in a template of joining stand for, of one applicant on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.joining import (
    FRONT_TITLES,
    SUBSYSTEM_TITLES,
    FrontSystem,
    JoiningStep,
    Subsystem,
)
from sed_tui.domain.joining_papers import Paper
from sed_tui.handlers.joining_card import papers_of
from sed_tui.i18n import _, speaking
from sed_tui.storage.tables.joining import JoiningEvidenceTable, JoiningPersonTable

if TYPE_CHECKING:
    from sed_tui.handlers.joining_found import Found
    from sed_tui.handlers.work import Work
    from sed_tui.storage.joining_templates import Template

_PLAIN = (
    *("name", "short_name", "inn", "kpp", "ogrn", "oktmo", "address", "code"),
    *("head_name", "head_position", "contact", "email", "phone", "exchange_address"),
)
_ARTICLES = "устав"


def values_for(work: Work, found: Found, template: Template) -> dict[str, str]:
    """Return the values of a template; papers are in Russian, whoever prints them."""
    row = found.row._mapping
    values = {name: str(row[name] or "") for name in _PLAIN}
    subsystem, front = row["subsystem"], row["front"]
    with speaking("ru"):
        values["subsystem"] = _(SUBSYSTEM_TITLES[Subsystem(subsystem)]) if subsystem else ""
        values["front"] = _(FRONT_TITLES[FrontSystem(front)]) if front else ""
    signed = _signed_days(work, found)
    power = f"доверенность {row['power']}" if row["deputy"] else ""
    return values | {
        "basis": f"{row['deputy']}, {power}" if power else _ARTICLES,
        "operator": found.operator.name,
        "today": f"{work.today:%d.%m.%Y}",
        "edition": str(template.edition),
        "people": _people(work, found),
        "connected_on": f"{work.today:%d.%m.%Y}",
        "accession_on": signed.get(Paper.ACCESSION, ""),
        "personal_data_on": signed.get(Paper.PERSONAL_DATA, ""),
        "workplaces": _evidence(work, found, JoiningStep.EQUIP) or "проверены, замечаний нет",
        "exchange": _exchange(work, found),
    }


def _signed_days(work: Work, found: Found) -> dict[Paper, str]:
    return {
        one.paper: f"{one.signed_on:%d.%m.%Y}"
        for one in papers_of(work, found.id)
        if one.signed_on is not None
    }


def _people(work: Work, found: Found) -> str:
    table = JoiningPersonTable
    rows = work.db.execute(
        select(*map(col, (table.full_name, table.position, table.email, table.owns_signature)))
        .where(
            col(table.organization_id) == found.organization_id, col(table.withdrawn_on).is_(None)
        )
        .order_by(col(table.folded_name), col(table.id))
    ).all()
    lines = [
        f"{number}. {row.full_name}, {row.position or '—'}, {row.email or '—'}"
        + (" (ЭП)" if row.owns_signature else "")
        for number, row in enumerate(rows, 1)
    ]
    return "\n".join(lines)


def _exchange(work: Work, found: Found) -> str:
    """Return the test exchange as an act tells it: with the messages that prove it."""
    row = _last_evidence(work, found, JoiningStep.TRY)
    if row is None:
        return ""
    if row.by_hand:
        return f"{row.text}; без обмена сообщениями: {row.by_hand}"
    return (
        f"{row.text}; сообщение {row.message_uid}, квитанция {row.receipt_uid}, "
        f"уведомление о регистрации {row.registration_uid}, № {row.their_number or '—'}"
    )


def _evidence(work: Work, found: Found, step: JoiningStep) -> str:
    row = _last_evidence(work, found, step)
    return str(row.text) if row else ""


def _last_evidence(work: Work, found: Found, step: JoiningStep) -> Any:
    table = JoiningEvidenceTable
    return work.db.execute(
        select(
            *map(col, (table.text, table.by_hand, table.message_uid, table.receipt_uid)),
            *map(col, (table.registration_uid, table.their_number)),
        )
        .where(col(table.joining_id) == found.id, col(table.step) == step.value)
        .order_by(col(table.recorded_at).desc())
        .limit(1)
    ).first()
