"""The legal reference changed: in the organization's own words, for those below it too."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import delete, insert, select, update
from sqlmodel import col

from sed_tui.domain.file_name import checked_name
from sed_tui.domain.legal import Act, ActArea, ActLevel, is_address, same_number
from sed_tui.domain.text import clean, optional
from sed_tui.errors.legal import (
    BadActCode,
    BadAddress,
    CheckedInFuture,
    SameEditionTwice,
    SameNumberOtherDate,
    UnknownAct,
)
from sed_tui.handlers.law import card_of, find_act, list_acts
from sed_tui.operations.law import ActCard, ActList, ListActs
from sed_tui.operations.law_upkeep import ActForgotten, ForgetAct, ImportActs, LoadEdition, SetAct
from sed_tui.storage.legal_acts import FACTS, load_acts
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.legal import LegalActTable, LegalEditionTable
from sed_tui.storage.versioned import require_seen

if TYPE_CHECKING:
    from sed_tui.handlers.work import Work

_T = LegalActTable
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TEXTS = {
    "kind": 100,
    "issuer": 200,
    "number": 64,
    "title": 1000,
    "subject": 1000,
    "edition": 200,
    "url": 1000,
    "note": 1000,
}
_LONGEST_CODE = 64


def set_act(work: Work, request: SetAct) -> ActCard:
    """Add or change an act.

    Raises `BadActCode`, `BadAddress`, `CheckedInFuture`, `SameNumberOtherDate`,
    `ChangedMeanwhile`.
    """
    lock_name(work.db, work.organization_id, "legal reference")
    acts = load_acts(work.db, work.organization_id)
    act = _store(work, acts, request)
    return card_of(work, acts, act)


def import_acts(work: Work, request: ImportActs) -> ActList:
    """Add or change many acts; one that is refused is named by its row, and none is stored."""
    lock_name(work.db, work.organization_id, "legal reference")
    acts = load_acts(work.db, work.organization_id)
    changed = set()
    for number, row in enumerate(request.rows, 1):
        try:
            changed.add(_store(work, acts, row).code)
        except (BadActCode, BadAddress, CheckedInFuture, SameNumberOtherDate) as failure:
            failure.row = number
            raise
    rows = list_acts(work, ListActs()).rows
    return ActList(rows=[row for row in rows if row.code in changed])


def forget_act(work: Work, request: ForgetAct) -> ActForgotten:
    """Forget the organization's own words. Raises `UnknownAct` where it has none."""
    act = find_act(load_acts(work.db, work.organization_id), request.act)
    if act.owner != work.actor.organization:
        raise UnknownAct(field="act", act=request.act)
    work.db.execute(
        delete(_T).where(col(_T.organization_id) == work.organization_id, col(_T.code) == act.code)
    )
    work.record("forget", "legal_act", act.code, _told(act), None)
    left = load_acts(work.db, work.organization_id).get(act.code)
    return ActForgotten(
        code=act.code, owner=left.owner if left else None, is_listed=left is not None
    )


def load_edition(work: Work, request: LoadEdition) -> ActCard:
    """Keep the text of an edition. Raises `UnknownAct`, `SameEditionTwice`, `NothingStaged`."""
    acts = load_acts(work.db, work.organization_id)
    act = find_act(acts, request.act)
    content = work.files.staged(request.token)
    table = LegalEditionTable
    known = work.db.scalar(
        select(col(table.edition)).where(
            col(table.organization_id) == work.organization_id,
            col(table.code) == act.code,
            col(table.sha256) == content.sha256,
        )
    )
    if known is not None:
        raise SameEditionTwice(field="token", edition=known)
    row = {
        "edition": clean(request.edition, "edition", limit=200),
        "dated": request.dated,
        "name": checked_name(request.name),
        "size": content.size,
        "media_type": content.description.media_type,
        "sha256": content.sha256,
    }
    own = {"id": uuid4(), "organization_id": work.organization_id, "code": act.code}
    by = {"added_at": work.now, "added_by": work.actor.employee_id}
    work.db.execute(insert(table).values(**own, **row, **by))
    told = {**row, "dated": request.dated.isoformat() if request.dated else None}
    work.record("load", "legal_act", act.code, None, {"edition": told})
    work.keep(content)
    return card_of(work, acts, act)


def _store(work: Work, acts: dict[str, Act], request: SetAct) -> Act:
    code = request.code.strip().casefold()
    if not _CODE.fullmatch(code) or len(code) > _LONGEST_CODE:
        raise BadActCode(field="code", code=request.code)
    known = acts.get(code)
    require_seen(request.version, known.version if known else 0, code)
    new = Act(code, "акт", ActLevel.OWN, ActArea.RECORDS)
    act = replace(known or new, **_given(work, request))
    if act == known:  # a table that came back unchanged takes nobody's words over
        return act
    act = replace(act, owner=work.actor.organization, version=act.version + 1)
    others = same_number(act, acts.values())
    if others and not request.force and (known is None or known.dated != act.dated):
        listed = ", ".join(f"{other.code}: {other.called}" for other in others)
        raise SameNumberOtherDate(field="dated", acts=listed)
    _write(work, act, is_own=known is not None and known.owner == work.actor.organization)
    work.record("set", "legal_act", code, _told(known) if known else None, _told(act))
    acts[code] = act
    return act


def _given(work: Work, request: SetAct) -> dict[str, Any]:
    """Return what was given, cleaned; a text that is empty empties."""
    given: dict[str, Any] = {}
    for name in FACTS:
        value = getattr(request, name, None)
        if name in {"code", "guides"} or value is None:
            continue
        given[name] = optional(value, name, limit=_TEXTS[name]) if name in _TEXTS else value
    if given.get("url") and not is_address(given["url"]):
        raise BadAddress(field="url", url=given["url"])
    if "kind" in given:
        given["kind"] = clean(request.kind or "", "kind", limit=_TEXTS["kind"])
    if request.checked_on is not None and request.checked_on > work.today:
        raise CheckedInFuture(field="checked_on", day=f"{request.checked_on:%d.%m.%Y}")
    return given


def _write(work: Work, act: Act, *, is_own: bool) -> None:
    values: dict[str, Any] = {name: getattr(act, name) for name in FACTS}
    values |= {"guides": ",".join(act.guides), "version": act.version}
    values |= {name: getattr(act, name).value for name in ("level", "area", "status")}
    values |= {"changed_at": work.now, "changed_by": work.actor.employee_id}
    if not is_own:
        work.db.execute(insert(_T).values(organization_id=work.organization_id, **values))
        return
    work.db.execute(
        update(_T)
        .where(col(_T.organization_id) == work.organization_id, col(_T.code) == act.code)
        .values(**values)
    )


def _told(act: Act) -> dict[str, Any]:
    """Return what the audit trail holds of an act."""
    told = {name: getattr(act, name) for name in FACTS if name != "guides"}
    dates = {name: value.isoformat() for name in ("dated", "checked_on") if (value := told[name])}
    return {name: value for name, value in (told | dates).items() if value is not None}
