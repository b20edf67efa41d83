"""The texts of papers: those shipped as edition 1, and the operator's own after it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlmodel import col

from sed_tui.domain.joining_papers import Paper
from sed_tui.storage.tables.joining import JoiningTemplateTable

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Connection

    from sed_tui.storage.joining import SystemOperator

_T = JoiningTemplateTable


@dataclass(frozen=True, slots=True)
class Template:
    """An edition of a paper's text."""

    paper: Paper
    edition: int
    title: str
    body: str
    in_force_on: date | None = None
    accept_by: date | None = None
    published_at: datetime | None = None
    published_by: str | None = None


def load_templates(db: Connection, operator: SystemOperator) -> list[Template]:
    """Return every edition of every paper, the newest of each last."""
    rows = db.execute(
        select(
            *map(col, (_T.paper, _T.edition, _T.title, _T.body)),
            *map(col, (_T.in_force_on, _T.accept_by, _T.published_at, _T.published_by)),
        ).where(col(_T.organization_id) == operator.id)
    )
    own = [Template(**{**row._asdict(), "paper": Paper(row.paper)}) for row in rows]
    order = list(Paper)
    return sorted([*shipped(), *own], key=lambda one: (order.index(one.paper), one.edition))


def in_force(templates: list[Template], paper: Paper, day: date) -> Template:
    """Return the edition of a paper that is in force on a day."""
    return [
        one
        for one in templates
        if one.paper is paper and (one.in_force_on is None or one.in_force_on <= day)
    ][-1]


@cache
def shipped() -> tuple[Template, ...]:
    """Return the texts that travel with the program."""
    source = files("sed_tui.data").joinpath("joining.toml").read_bytes()
    texts = tomllib.loads(source.decode())
    return tuple(
        Template(paper, 1, texts[paper.value]["title"], texts[paper.value]["body"].strip())
        for paper in Paper
    )
