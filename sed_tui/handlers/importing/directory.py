"""Correspondents from a table: known ones are left alone, new ones stored in bulk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import and_, select, true

from sed_tui.domain import written
from sed_tui.domain.contacts import checked_email
from sed_tui.domain.identifiers import checked_kpp, checked_ogrn
from sed_tui.domain.text import clean, folded, normalized, optional
from sed_tui.errors import SedError
from sed_tui.errors.imports import DiffersFromStored, UnknownValue
from sed_tui.handlers.correspondent import folded_names
from sed_tui.handlers.importing.known import as_id
from sed_tui.handlers.importing.row import ImportedRow, undecided
from sed_tui.operations.import_columns import COLUMNS, Noun
from sed_tui.operations.imports import Outcome
from sed_tui.storage import bulk
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.correspondent import CorrespondentTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

    from sed_tui.handlers.work import Work

_FIELDS = COLUMNS[Noun.CORRESPONDENTS]
_IDENTITIES = frozenset({"external_id", "id"})
_FOLDED = ("folded_name", "folded_short")
_COMPARED = ("kind", "name", "short_name", "inn", "kpp", "ogrn", "address", "email")
_KINDS = {
    "organization": "organization",
    "организация": "organization",
    "юридическое лицо": "organization",
    "юл": "organization",
    "орган власти": "organization",
    "citizen": "citizen",
    "гражданин": "citizen",
    "физическое лицо": "citizen",
    "фл": "citizen",
    "заявитель": "citizen",
}


class CorrespondentImporter:
    """Imports correspondents in the transaction of one call."""

    def __init__(self, work: Work, columns: Sequence[str], run: UUID) -> None:
        self._work = work
        self._columns = tuple(columns)
        self._run = run

    def take(self, rows: Sequence[ImportedRow]) -> None:
        """Decide and store a chunk of rows."""
        for row in undecided(rows):
            values = dict(zip(self._columns, row.texts, strict=True))
            try:
                row.fields = _checked(values)
            except SedError as error:
                row.refuse(error)
        lock_name(self._work.db, self._work.organization_id, "import of correspondents")
        self._settle_known(undecided(rows))
        self._store(undecided(rows))
        for row in rows:
            row.settle_with_first()

    def _settle_known(self, rows: list[ImportedRow]) -> None:
        stored: dict[str, Row[*tuple[Any, ...]]] = {}
        for known in self._stored(rows):
            for key in _keys(known._mapping):
                stored.setdefault(key, known)
        seen: dict[str, ImportedRow] = {}
        for row in rows:
            keys = _keys(row.fields)
            old = next((stored[key] for key in keys if key in stored), None)
            first = next((seen[key] for key in keys if key in seen), None)
            if old is not None:
                row.settle(_outcome(row.fields, old.external_id), old.id, None)
                _note_differences(row, old._mapping)
            elif first is not None:
                row.follow(first, _outcome(row.fields, first.fields["external_id"]))
            else:
                seen.update(dict.fromkeys(keys, row))

    def _stored(self, rows: list[ImportedRow]) -> list[Row[*tuple[Any, ...]]]:
        table: Any = CorrespondentTable.__table__  # type: ignore[attr-defined]
        found: dict[UUID, Row[*tuple[Any, ...]]] = {}
        asked = (
            ("external_id", bulk.TEXTS, [row.fields["external_id"] for row in rows]),
            ("id", bulk.UUIDS, [as_id(row.fields["external_id"] or "") for row in rows]),
            ("inn", bulk.TEXTS, [row.fields["inn"] for row in rows]),
            ("folded_name", bulk.TEXTS, [folded(row.fields["name"])[:500] for row in rows]),
        )
        for column, kind, values in asked:
            wanted = list({value for value in values if value})
            given = bulk.given(self._work.db, text=(kind, wanted))
            condition = and_(
                table.c.organization_id == self._work.organization_id,
                table.c[column] == given.c.text,
                # merged and closed ones are known by their ids alone
                true() if column in _IDENTITIES else table.c.state == "active",
            )
            query = select(table).select_from(given.outerjoin(table, condition))
            found |= {row.id: row for row in self._work.db.execute(query) if row.id is not None}
        return list(found.values())

    def _store(self, rows: list[ImportedRow]) -> None:
        stored = []
        for row, identity in zip(rows, bulk.new_ids(len(rows)), strict=True):
            row.settle(Outcome.CREATED, identity, None)
            fields = row.fields | folded_names(row.fields["name"], row.fields["short_name"])
            stored.append((identity, *(fields[name] for name in (*_FIELDS, *_FOLDED))))
            after = {name: row.fields[name] for name in _FIELDS if row.fields[name] is not None}
            self._work.record("import", "correspondent", UUID(identity), None, after)
        bulk.insert_rows(
            self._work.db,
            CorrespondentTable,
            ("id", *_FIELDS, *_FOLDED),
            stored,
            {
                "organization_id": self._work.organization_id,
                "state": "active",
                "created_at": self._work.now,
                "import_run_id": self._run,
                "version": 1,
            },
        )


def _checked(values: dict[str, str]) -> dict[str, Any]:
    """Return the fields of a correspondent as they are stored; zeros that were lost put back."""
    text = {name: normalized(value) for name, value in values.items()}
    kind = text.get("kind") or "organization"
    if folded(kind) not in _KINDS:
        known = ", ".join(dict.fromkeys(_KINDS.values()))
        raise UnknownValue(field="kind", value=kind, known=known)
    inn = written.restored_inn(text["inn"]) if text.get("inn") else None
    kpp = checked_kpp(written.restored_kpp(text["kpp"]), inn) if text.get("kpp") else None
    ogrn = written.exact(text.get("ogrn", ""), "ogrn")
    return {
        "external_id": optional(text.get("external_id"), "external_id", limit=200),
        "kind": _KINDS[folded(kind)],
        "name": clean(text.get("name", ""), "name", limit=500),
        "short_name": optional(text.get("short_name"), "short_name", limit=200),
        "inn": inn,
        "kpp": kpp,
        "ogrn": checked_ogrn(ogrn, inn) if ogrn else None,
        "address": optional(text.get("address"), "address", limit=500),
        "email": checked_email(text.get("email")),
    }


def _keys(fields: Any) -> list[str]:
    """Return what a correspondent is the same by, the surest first."""
    keys = []
    if fields["external_id"]:
        keys.append(f"external/{fields['external_id']}")
        if hexed := as_id(fields["external_id"]):
            keys.append(f"id/{hexed}")
    if "id" in fields:
        keys.append(f"id/{fields['id'].hex}")
    if fields["inn"]:
        return [*keys, f"inn/{fields['inn']}/{fields['kpp'] or ''}"]
    return [*keys, f"name/{fields['kind']}/{folded(fields['name'])[:500]}"]


def _outcome(fields: dict[str, Any], external_id: str | None) -> Outcome:
    own = fields["external_id"]
    is_other = own is not None and external_id is not None and own != external_id
    return Outcome.DUPLICATE if is_other else Outcome.UNCHANGED


def _note_differences(row: ImportedRow, stored: Any) -> None:
    differing = [
        name
        for name in _COMPARED
        if row.fields[name] is not None and row.fields[name] != stored[name]
    ]
    if differing:
        row.note(DiffersFromStored(fields=", ".join(differing)))
