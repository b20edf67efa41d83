"""Every identifier of one organization, put into every field of every route by another's caller.

Denied and absent look alike: whatever is asked about a thing of another organization has to
be answered as about an identifier that nobody has.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel
from pydantic_core import to_json
from sqlalchemy import inspect, text

from sed_tui.operations.registry import Effect, operations
from sed_tui.storage.database import open_database
from tests.handlers.any_request import any_request, any_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import httpx

    from sed_tui.config import Settings

_CHANGING = re.compile(
    r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|urn:sed-tui:request:[0-9a-f]+"
    r'|"[0-9a-f]{8}"'
    r"|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+[\d:]+)?|sed_[\w-]+"
)
_SHORT = 8


@dataclass
class Report:
    """What was asked, and what was answered otherwise than about nothing."""

    routes: int = 0
    fields: int = 0
    references: int = 0
    asked: int = 0
    kinds: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    leaks: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Question:
    """A route with a field to put an identifier into."""

    name: str
    method: str
    path: str
    body: Any = None
    query: Mapping[str, str] | None = None


def identifiers(settings: Settings, code: str) -> dict[str, str]:
    """Return an identifier of every table that holds something of an organization."""
    found = {}
    engine = open_database(settings.database)
    with engine.connect() as db:
        own = db.scalar(text("SELECT id FROM organization WHERE code = :code"), {"code": code})
        for table in sorted(inspect(engine).get_table_names()):
            columns = {one["name"]: one for one in inspect(engine).get_columns(table)}
            if "organization_id" in columns and "id" in columns:
                query = f'SELECT id FROM "{table}" WHERE organization_id = :own LIMIT 1'
                if (row := db.scalar(text(query), {"own": own})) is not None:
                    found[table] = str(row)
    engine.dispose()
    return {"organization": str(own), **found}


def secrets(settings: Settings, code: str) -> set[str]:
    """Return texts that stand in one organization and nowhere else."""
    queries = (
        "SELECT d.subject FROM document d JOIN organization o ON o.id = d.organization_id",
        "SELECT d.text FROM assignment d JOIN organization o ON o.id = d.organization_id",
        "SELECT d.full_name FROM employee d JOIN organization o ON o.id = d.organization_id",
    )
    engine = open_database(settings.database)
    with engine.connect() as db:
        rows = [
            row for q in queries for row in db.scalars(text(f"{q} WHERE o.code = :c"), {"c": code})
        ]
    engine.dispose()
    return {row for row in rows if len(row) > _SHORT}


def ask(http: httpx.Client, known: Mapping[str, str], words: set[str], every: int = 1) -> Report:
    """Put identifiers into fields, of all pairs every so-manieth, and tell what came out."""
    report = Report(kinds=sorted(known))
    report.routes = len({one.path for one in questions(_PLACE)})
    for number, one in enumerate(questions(_PLACE)):
        report.fields += 1
        nothing: dict[tuple[int, bool, bool], tuple[int, str]] = {}
        for n, kind in enumerate(report.kinds):
            if (n + number) % every == 0:
                whole = known[kind]
                short = whole.replace("-", "")[:_SHORT]
                for form in (whole, short) if every == 1 or n % 2 else (whole,):
                    answer = _answer(http, one, form, report)
                    shape = (len(form), form[0].isdigit(), form.isdigit())
                    if shape not in nothing:
                        nothing[shape] = _answer(http, one, _absent(form), report)
                        report.references += nothing[shape][0] == 404
                    like = nothing[shape]
                    if answer != like:  # a name may make a code: ask with its very digits
                        like = _answer(http, one, _absent(form), report)
                    report.leaks += _leaks(one, kind, answer, like, words)
    return report


def _leaks(
    one: Question, kind: str, answer: tuple[int, str], like: tuple[int, str], words: set[str]
) -> list[str]:
    """Compare an answer with that about a thing that nobody has: they have to be alike."""
    if answer[0] >= 500 or answer != like:
        return [f"{one.name} told of {kind}: {answer[0]} {answer[1][:300]}"]
    return [f"{one.name} told a secret of {kind}" for word in words if word in answer[1]][:1]


def _absent(form: str) -> str:
    """Return an identifier of the same shape that nobody has: digits for digits, the same first."""
    kinds = {True: "0123456789", False: "abcdef"}
    rest = (random.choice(kinds[one.isdigit()]) if one != "-" else one for one in form[1:])
    return form[0] + "".join(rest)


_PLACE = "PLACE-OF-THE-IDENTIFIER"


def questions(place: str) -> Iterator[Question]:
    """Return every field of every route, with a place in it."""
    for name, operation in operations().items():
        base = any_request(operation).model_dump(mode="json", exclude_unset=True)
        for member, info in operation.request.model_fields.items():
            for n, value in enumerate(_places(info.annotation, place)):
                path, label = f"/v1/{name}", f"{name} {member}" + (f" {n}" if n else "")
                yield Question(label, "POST", path, {**base, member: value})
                if operation.effect is Effect.READ and value == place:
                    plain = {k: str(v) for k, v in base.items() if not isinstance(v, dict | list)}
                    yield Question(f"GET {label}", "GET", path, query={**plain, member: place})
    for path in (f"/d/{place}", f"/t/{place}", f"/v1/files/{place}"):
        yield Question(f"GET {path}", "GET", path)


def _places(kind: Any, place: str) -> Iterator[Any]:
    """Return values of a type, each with the place in another of its texts."""
    origin = get_origin(kind)
    if kind in {str, UUID}:
        yield place
    elif origin in {Union, UnionType}:
        found = [value for part in get_args(kind) for value in _places(part, place)]
        yield from (value for n, value in enumerate(found) if value not in found[:n])
    elif origin in {tuple, list}:
        yield from ([value] for value in _places(get_args(kind)[0], place))
    elif origin is dict:
        yield {"name": place}
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        needed = any_value(kind)
        for name, info in kind.model_fields.items():
            yield from ({**needed, name: value} for value in _places(info.annotation, place))


def _answer(http: httpx.Client, one: Question, text_: str, report: Report) -> tuple[int, str]:
    report.asked += 1
    query = {k: v.replace(_PLACE, text_) for k, v in (one.query or {}).items()}
    body = to_json(one.body).decode().replace(_PLACE, text_) if one.body is not None else None
    path = one.path.replace(_PLACE, text_)
    answer = http.request(one.method, path, content=body, params=query)
    report.statuses[answer.status_code] += 1
    # what was asked for is told back, by its beginning too
    told = answer.text.replace(text_, "…").replace(text_[:_SHORT], "…")
    return answer.status_code, _CHANGING.sub("…", told)
