"""Whom imported cards come from: a few queries for a whole batch, new ones stored in bulk."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from sqlalchemy import and_
from sqlmodel import col

from sed_tui.domain.text import clean, folded
from sed_tui.errors import NotFound, SedError
from sed_tui.errors.correspondents import AmbiguousCorrespondent
from sed_tui.handlers.correspondent import folded_names, resolve_correspondent
from sed_tui.handlers.short_ids import short_id
from sed_tui.i18n import N_, _
from sed_tui.storage import bulk
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.correspondent import CorrespondentTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row

    from sed_tui.handlers.work import Work

_NEW = ("id", "kind", "name", "folded_name", "folded_short", "inn")
_SHOWN = 10


class Wanted(NamedTuple):
    """A correspondent as a row names it."""

    name: str | None
    inn: str | None
    kind: str


class Found(NamedTuple):
    """A correspondent of a card: its id as hex digits, its name, whether it is new.

    `by_inn` says that the INN found it and the name that the row gives is another.
    """

    id: str
    name: str
    is_new: bool
    code: str
    by_inn: bool = False


class _New(NamedTuple):
    id: str
    kind: str
    name: str
    inn: str | None


class Directory:
    """The correspondents of one import; what was found once is remembered."""

    def __init__(self, work: Work, run: UUID) -> None:
        self._work = work
        self._run = run
        self._known: dict[Wanted, Found | SedError] = {}
        self._new_ones: dict[str, _New] = {}
        self._stored_ids: set[str] = set()

    def look_up(self, wanted: Iterable[Wanted]) -> None:
        """Find the correspondents of a batch; those that nobody knows wait for `store`."""
        missing = [one for one in dict.fromkeys(wanted) if one not in self._known]
        if not missing:
            return
        lock_name(self._work.db, self._work.organization_id, "import of correspondents")
        by_name, by_inn = self._stored(missing)
        # those with an INN first: a bare name of the same table then means one of them
        for one in sorted(missing, key=lambda one: (one.inn is None, one.name is None)):
            try:
                found = self._choose(one, by_name, by_inn)
                if found is None:
                    found = self._new(one, self._new_ones)
            except SedError as error:
                self._known[one] = error
            else:
                self._known[one] = found

    def get(self, wanted: Wanted) -> Found:
        """Return one that was looked up. Raises what stands in its way."""
        found = self._known[wanted]
        if isinstance(found, SedError):
            raise found
        return found

    def store(self, found: Iterable[Found]) -> None:
        """Store the new ones among them: a refused row leaves no correspondent behind."""
        wanted = {one.id for one in found if one.is_new} - self._stored_ids
        if wanted:
            self._stored_ids |= wanted
            new = dict.fromkeys(self._new_ones.values())
            self._store([one for one in new if one.id in wanted])

    def _stored(
        self, wanted: list[Wanted]
    ) -> tuple[dict[str, list[Row[*tuple[Any, ...]]]], dict[str, list[Row[*tuple[Any, ...]]]]]:
        names = list({folded(one.name)[:500] for one in wanted if one.name})
        inns = list({one.inn for one in wanted if one.inn})
        table = CorrespondentTable
        by_name: dict[str, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
        by_inn: dict[str, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
        given = bulk.given(self._work.db, text=(bulk.TEXTS, names))
        for column in (col(table.folded_name), col(table.folded_short)):
            for row in self._matching(given, column == given.c.text):
                by_name[row.text].append(row)
        given = bulk.given(self._work.db, text=(bulk.TEXTS, inns))
        for row in self._matching(given, col(table.inn) == given.c.text):
            by_inn[row.text].append(row)
        return by_name, by_inn

    def _matching(self, given: Any, condition: Any) -> Sequence[Row[*tuple[Any, ...]]]:
        table = CorrespondentTable
        return bulk.look_up(
            self._work.db,
            given,
            table,
            and_(col(table.organization_id) == self._work.organization_id, condition),
            map(col, (table.id, table.name, table.inn, table.kind, table.code, table.state)),
            beside=["text"],
        )

    def _choose(
        self,
        one: Wanted,
        by_name: dict[str, list[Row[*tuple[Any, ...]]]],
        by_inn: dict[str, list[Row[*tuple[Any, ...]]]],
    ) -> Found | None:
        named = list(
            {row.id: row for row in by_name.get(folded(one.name or "")[:500], [])}.values()
        )
        if one.kind == "citizen":
            named = [row for row in named if row.kind == "citizen"]
        ids = {row.id for row in named}
        if one.inn is not None:
            same = by_inn.get(one.inn, [])
            rows = [row for row in same if row.id in ids] or same
            if not rows and one.inn not in self._new_ones:
                # one of the same name without an INN is the same one, less well known
                rows = [row for row in named if row.inn is None]
        else:
            rows = named
        active = [row for row in rows if row.state == "active"]
        if len(active) == 1:
            [row] = active
            other = one.name is not None and row.id not in ids
            return Found(row.id.hex, row.name, False, row.code or "", other)
        if active:
            shown = "; ".join(f"{row.name} ({short_id(row.id)})" for row in active[:_SHOWN])
            value = one.inn or one.name
            raise AmbiguousCorrespondent(field="correspondent", value=value, candidates=shown)
        if rows or (one.name and one.name.replace("-", "").isalnum() and one.name.isascii()):
            return self._one_by_one(one)
        return None

    def _one_by_one(self, one: Wanted) -> Found | None:
        """Find merged and closed ones, and those named by an id or an INN, as registration does."""
        try:
            found = resolve_correspondent(
                self._work, one.inn or one.name or "", create=False, kind=one.kind
            )
        except NotFound:
            if one.name is None or one.name.isdecimal():
                raise
            return None
        return Found(found.id.hex, found.name, False, "")

    def _new(self, one: Wanted, new: dict[str, _New]) -> Found:
        if one.inn is not None and one.inn in new:
            known = new[one.inn]
            other = one.name is not None and folded(one.name) != folded(known.name)
            return Found(known.id, known.name, True, "", other)
        if one.name is None:
            raise NotFound(field="inn", kind=_(N_("Correspondent")), key=one.inn)
        name = clean(one.name, "correspondent", limit=500)
        key = one.inn or f"{one.kind}/{folded(name)}"
        if key not in new:
            new[key] = _New(bulk.new_ids(1)[0], one.kind, name, one.inn)
            new.setdefault(f"{one.kind}/{folded(name)}", new[key])
        return Found(new[key].id, new[key].name, True, "")

    def _store(self, new: list[_New]) -> None:
        rows = []
        for one in new:
            folds = folded_names(one.name, None)
            rows.append(
                (one.id, one.kind, one.name, folds["folded_name"], folds["folded_short"], one.inn)
            )
            after = {"kind": one.kind, "name": one.name}
            if one.inn is not None:
                after["inn"] = one.inn
            self._work.record("import", "correspondent", UUID(one.id), None, after)
        bulk.insert_rows(
            self._work.db,
            CorrespondentTable,
            _NEW,
            rows,
            {
                "organization_id": self._work.organization_id,
                "state": "active",
                "created_at": self._work.now,
                "import_run_id": self._run,
                "version": 1,
            },
        )
