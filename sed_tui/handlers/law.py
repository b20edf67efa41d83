"""The legal reference read: listed, searched, shown, checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.legal import (
    findings,
    plain_number,
    profiles_by_act,
    same_number,
    shown_status,
)
from sed_tui.errors.legal import NoEdition, UnknownAct
from sed_tui.errors.references import Ambiguous
from sed_tui.operations.law import (
    ActCard,
    ActFindingRow,
    ActFindings,
    ActList,
    ActRow,
    CheckActs,
    EditionRow,
    FollowingTerm,
    GetEdition,
    ListActs,
    ShowAct,
)
from sed_tui.storage.calendar import load_profiles, organizations_above
from sed_tui.storage.kindred_words import attempts, fits, terms_of
from sed_tui.storage.legal_acts import FACTS, load_acts
from sed_tui.storage.stems import words
from sed_tui.storage.tables.legal import LegalEditionTable
from sed_tui.storage.tables.organization import EmployeeTable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sed_tui.domain.legal import Act
    from sed_tui.domain.terms import TermProfile
    from sed_tui.handlers.work import Work

_E = LegalEditionTable


def list_acts(work: Work, request: ListActs) -> ActList:
    """Return the acts that fit, and by which words they were found."""
    acts = load_acts(work.db, work.organization_id)
    followed = profiles_by_act(load_profiles(work.db, work.organization_id).values(), acts.values())
    rows = [_row(work, act, followed, request.older_than) for act in acts.values()]
    rows = [row for row in rows if _is_asked(row, request)]
    rows.sort(key=_order)
    if not (request.query or "").strip():
        return ActList(rows=rows)
    return _found(rows, request.query or "")


def show_act(work: Work, request: ShowAct) -> ActCard:
    """Return an act whole. Raises `UnknownAct`, `Ambiguous`."""
    acts = load_acts(work.db, work.organization_id)
    act = find_act(acts, request.act)
    return card_of(work, acts, act)


def get_edition(work: Work, request: GetEdition) -> EditionRow:
    """Return the text that is meant. Raises `UnknownAct`, `NoEdition`."""
    act = find_act(load_acts(work.db, work.organization_id), request.act)
    editions = editions_of(work, act.code)
    for row in editions:
        if request.edition in {None, row.edition}:
            return row
    loaded = ", ".join(row.edition for row in editions) or "—"
    raise NoEdition(
        field="edition", act=act.called, edition=request.edition or "—", editions=loaded
    )


def check_acts(work: Work, request: CheckActs) -> ActFindings:
    """Return what needs attention in the reference of the organization."""
    acts = load_acts(work.db, work.organization_id)
    profiles = load_profiles(work.db, work.organization_id).values()
    found = findings(acts.values(), profiles, work.today, request.older_than)
    rows = [
        ActFindingRow(problem=one.problem, code=one.code, act=one.act, detail=one.detail)
        for one in found
        if not request.problems or one.problem in request.problems
    ]
    return ActFindings(checked=len(acts), rows=rows)


def find_act(acts: dict[str, Act], text: str) -> Act:
    """Return an act by its code or its number. Raises `UnknownAct`, `Ambiguous`."""
    wanted = plain_number(text)
    if wanted in acts:
        return acts[wanted]
    found = [act for act in acts.values() if act.number and plain_number(act.number) == wanted]
    if len(found) > 1:
        candidates = "; ".join(f"{act.code}: {act.called}" for act in found)
        raise Ambiguous(field="act", value=text, candidates=candidates)
    if not found:
        raise UnknownAct(field="act", act=text.strip())
    return found[0]


def card_of(work: Work, acts: dict[str, Act], act: Act) -> ActCard:
    """Return an act with what follows it and what was loaded."""
    profiles = load_profiles(work.db, work.organization_id).values()
    followed = profiles_by_act(profiles, acts.values())
    return ActCard(
        **_row(work, act, followed, ListActs().older_than).model_dump(),
        as_of=work.today,
        following=[
            FollowingTerm(
                code=profile.code,
                title=profile.title,
                paragraph=profile.paragraph,
                checked_on=profile.checked_on,
            )
            for profile in followed.get(act.code, [])
        ],
        editions=editions_of(work, act.code),
        same_number=[other.called for other in same_number(act, acts.values())],
    )


def editions_of(work: Work, code: str) -> list[EditionRow]:
    """Return the texts that the organization or one above it has loaded, the newest first."""
    above = organizations_above(work.organization_id)
    plain = (_E.id, _E.edition, _E.dated, _E.name, _E.size, _E.media_type, _E.sha256, _E.added_at)
    rows = work.db.execute(
        select(*map(col, plain), col(EmployeeTable.full_name).label("added_by"))
        .join(above, above.c.id == col(_E.organization_id))
        # names of people of an organization above are not for those below
        .outerjoin(EmployeeTable, col(EmployeeTable.id) == col(_E.added_by))
        .where(col(_E.code) == code)
        .order_by(col(_E.added_at).desc(), col(_E.id))
    ).mappings()
    return [EditionRow.model_validate(dict(row)) for row in rows]


def _row(work: Work, act: Act, followed: dict[str, list[TermProfile]], older_than: int) -> ActRow:
    facts = {name: getattr(act, name) for name in FACTS if name != "guides"}
    return ActRow(
        **facts,
        act=act.called,
        owner=act.owner,
        shown_status=shown_status(act, work.today, older_than),
        terms=[profile.title for profile in followed.get(act.code, [])],
        guides=list(act.guides),
        version=act.version,
    )


def _is_asked(row: ActRow, request: ListActs) -> bool:
    asked = (
        (request.level, row.level),
        (request.area, row.area),
        (request.status, row.shown_status),
        (request.used, bool(row.terms or row.guides)),
    )
    return all(wanted is None or wanted == found for wanted, found in asked)


def _order(row: ActRow) -> tuple[int, str, str]:
    level = ("operator", "regional", "federal", "own").index(row.level.value)
    return level, row.dated.isoformat() if row.dated else "9999", row.code


def _found(rows: list[ActRow], query: str) -> ActList:
    texts = {row.code: _text(row) for row in rows}
    terms = {code: terms_of(text) for code, text in texts.items()}
    for attempt in attempts(query, texts.values):
        wanted = words(attempt)
        found = [row for row in rows if _holds_all(terms[row.code], wanted)]
        if wanted and found:
            return ActList(rows=found, searched=None if attempt == query else attempt)
    return ActList(rows=[])


def _holds_all(place: frozenset[str], wanted: Iterable[str]) -> bool:
    return all(fits(place, term) for term in wanted)


def _text(row: ActRow) -> str:
    parts = (row.act, row.code, row.title, row.subject, row.edition, row.note, *row.terms)
    return "\n".join(part for part in parts if part)
