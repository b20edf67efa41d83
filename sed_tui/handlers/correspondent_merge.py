"""Making one correspondent of two; the other stays as a redirect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update
from sqlmodel import col

from sed_tui.errors import NotFound
from sed_tui.errors.correspondents import (
    CorrespondentClosed,
    CorrespondentMerged,
    MergedWithItself,
)
from sed_tui.handlers.correspondent import find_correspondent, folded_names, name_of
from sed_tui.handlers.correspondent_documents import move_documents
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import N_, _
from sed_tui.operations.correspondent_merge import MergeCorrespondents, Merged
from sed_tui.storage.tables.correspondent import CorrespondentTable

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy import Row

    from sed_tui.handlers.work import Work

    _Row = Row[*tuple[Any, ...]]

# numbers go together: an INN of one with the KPP of another would be nobody's
_NUMBERS = ("inn", "kpp", "ogrn")
_TAKEN_IF_EMPTY = ("short_name", "address", "email")


def merge_correspondents(work: Work, request: MergeCorrespondents) -> Merged:
    """Move what belongs to the source, point the source and its predecessors at the target.

    A target is never merged itself and a source always becomes so, hence redirects are one step
    long and cannot run in a circle. Raises `CorrespondentMerged`.
    """
    source, target = _both(work, request)
    if source.state == "merged":
        successor = name_of(work, source.merged_into)
        raise CorrespondentMerged(
            field="source", name=source.name, id=short_id(source.id), successor=successor
        )
    _redirect(work, source, target)
    _complete(work, source, target)
    documents = move_documents(work, source.id, target.id, target.name)
    return Merged(source=source.id, target=target.id, name=target.name, documents=documents)


def _both(work: Work, request: MergeCorrespondents) -> tuple[_Row, _Row]:
    found = {}
    for field in ("source", "target"):
        text = getattr(request, field)
        # a source that was merged already must not drag its successor along
        row = find_correspondent(work, text, field=field, follow=field == "target")
        if row is None:
            raise NotFound(field=field, kind=_(N_("Correspondent")), key=text)
        found[field] = row.id
    if found["source"] == found["target"]:
        raise MergedWithItself(field="target", name=request.target)
    rows = _locked(work, *found.values())
    source, target = rows[found["source"]], rows[found["target"]]
    if target.state != "active":
        raise CorrespondentClosed(field="target", name=target.name, id=short_id(target.id))
    return source, target


def _locked(work: Work, *ids: UUID) -> dict[UUID, _Row]:
    """Return the rows, which nobody else changes before the commit; always in one order."""
    table: Any = CorrespondentTable.__table__  # type: ignore[attr-defined]
    rows = work.db.execute(
        select(table).where(table.c.id.in_(ids)).order_by(table.c.id).with_for_update()
    ).all()
    return {row.id: row for row in rows}


def _redirect(work: Work, source: _Row, target: _Row) -> None:
    work.db.execute(
        update(CorrespondentTable)
        .where(
            (col(CorrespondentTable.id) == source.id)
            | (col(CorrespondentTable.merged_into) == source.id),
            col(CorrespondentTable.organization_id) == work.organization_id,
        )
        .values(state="merged", merged_into=target.id, version=col(CorrespondentTable.version) + 1)
    )
    work.record(
        "merge",
        "correspondent",
        source.id,
        {"state": source.state, "merged_into": None},
        {"state": "merged", "merged_into": str(target.id)},
    )


def _complete(work: Work, source: _Row, target: _Row) -> None:
    """Give the target what it lacks and the source knows."""
    taken = [name for name in _TAKEN_IF_EMPTY if getattr(target, name) is None]
    if target.inn is None:
        taken += _NUMBERS
    after = {name: getattr(source, name) for name in taken if getattr(source, name) is not None}
    if not after:
        return
    work.db.execute(
        update(CorrespondentTable)
        .where(col(CorrespondentTable.id) == target.id)
        .values(
            **after,
            **folded_names(target.name, after.get("short_name", target.short_name)),
            version=target.version + 1,
        )
    )
    before = {name: getattr(target, name) for name in after}
    work.record("edit", "correspondent", target.id, before, after)
