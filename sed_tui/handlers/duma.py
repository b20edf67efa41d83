"""The Duma's rules and sittings; a moved sitting moves its terms and is told of."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from sed_tui.domain.dates import parse_date
from sed_tui.domain.duma import NOTICED, OPEN, DumaRule, Passage, RuleSort, counted_back
from sed_tui.domain.term_explanation import tell
from sed_tui.domain.terms import Unit
from sed_tui.domain.text import clean
from sed_tui.errors import NotFound
from sed_tui.errors.duma import RuleIncomplete, SittingExists, SittingOver, UnknownStep
from sed_tui.errors.input import BadDate
from sed_tui.errors.references import Ambiguous
from sed_tui.handlers.outbox import Letter, post_all
from sed_tui.handlers.short_ids import by_id, short_id
from sed_tui.i18n import N_, _
from sed_tui.operations.duma import (
    AddSitting,
    DumaRuleList,
    DumaRuleRow,
    ListDumaRules,
    ListSittings,
    MoveSitting,
    SetDumaRule,
    Sitting,
    SittingList,
    SittingMove,
    SittingTerm,
)
from sed_tui.storage.duma_rules import load_rules
from sed_tui.storage.locks import lock_name
from sed_tui.storage.tables.assignment import AssignmentTable
from sed_tui.storage.tables.duma import (
    DumaMoveTable,
    DumaRuleTable,
    DumaSittingTable,
    DumaSubmissionTable,
)
from sed_tui.storage.tables.organization import EmployeeTable
from sed_tui.storage.versioned import change_row, differing, require_seen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from sqlalchemy import ColumnElement, Row

    from sed_tui.handlers.work import Work

    _Row = Row[*tuple[Any, ...]]

_S = DumaSittingTable
_SUB = DumaSubmissionTable
_NEEDED = {
    RuleSort.TERM: ("title", "amount", "source"),
    RuleSort.PAPER: ("title", "kind", "source"),
    RuleSort.NOTICE: ("title", "kind", "source"),
    RuleSort.PARTNER: ("title", "source"),
}
_COMPARED = ("title", "kind", "amount", "unit", "source")
"""What was compared with the act: changed, it is not compared any more until somebody says so."""
_PLACES = {sort: place for place, sort in enumerate(RuleSort)}


def list_duma_rules(work: Work, request: ListDumaRules) -> DumaRuleList:
    """Return the rules in force: terms by how early they end, papers by kind, notices, partners."""
    rules = load_rules(work.db, work.organization_id).values()
    shown = [rule for rule in rules if request.all_states or not rule.is_closed]
    shown.sort(key=lambda rule: (_PLACES[rule.sort], rule.kind, -rule.amount))
    return DumaRuleList(rows=[_rule_row(rule) for rule in shown])


def set_duma_rule(work: Work, request: SetDumaRule) -> DumaRuleRow:
    """Add or change a rule. Raises `ChangedMeanwhile`, `RuleIncomplete`, `UnknownStep`."""
    code = clean(request.code, "code", limit=64).lower()
    lock_name(work.db, work.organization_id, "rules of the Duma")
    known = load_rules(work.db, work.organization_id).get(code)
    require_seen(
        request.version,
        known.version if known else 0,
        code,
        lambda: _differences(request, known),
    )
    asked = request.model_dump(exclude={"code", "version"}, exclude_none=True)
    if "counted_in" in asked:
        asked["unit"] = asked.pop("counted_in")
    for name, limit in (("title", 300), ("kind", 100), ("source", 300)):
        if name in asked:
            asked[name] = clean(asked[name], name, limit=limit)
    if known is None:
        sort = asked.setdefault("sort", RuleSort.TERM)
        lacking = [name for name in _NEEDED[sort] if name not in asked]
        if lacking:
            raise RuleIncomplete(field=lacking[0], what=", ".join(lacking))
        known = DumaRule(code, sort, asked["title"])
    if any(asked.get(name, getattr(known, name)) != getattr(known, name) for name in _COMPARED):
        asked.setdefault("checked_on", None)
    rule = replace(known, **asked, version=known.version + 1)
    _check_rule(work, rule)
    _store_rule(work, rule)
    before = _rule_row(known).model_dump(mode="json") if known.version or known.source else None
    work.record("set", "duma_rule", code, before, _rule_row(rule).model_dump(mode="json"))
    return _rule_row(rule)


def _differences(request: SetDumaRule, known: DumaRule | None) -> dict[str, list[Any]]:
    now = _rule_row(known).model_dump(mode="json") if known else {}
    asked = request.model_dump(mode="json", exclude={"code", "version"}, exclude_none=True)
    return differing(now, asked)


def add_sitting(work: Work, request: AddSitting) -> Sitting:
    """Enter a sitting; its terms must be known. Raises `SittingExists`, `SittingOver`."""
    _require_to_come(work, request.day)
    made = uuid4()
    row = {"held_on": request.day, "title": clean(request.title, "title", limit=300)}
    with _one_a_day(work, request.day):
        work.db.execute(
            insert(_S).values(id=made, organization_id=work.organization_id, version=1, **row)
        )
    work.record("create", "duma_sitting", made, None, {**row, "held_on": str(request.day)})
    return shown_sitting(work, find_sitting(work, str(made)))


def move_sitting(work: Work, request: MoveSitting) -> Sitting:
    """Move a sitting and tell whoever prepares for it.

    Raises `SittingOver`, `SittingExists`, `ChangedMeanwhile`.
    """
    sitting = find_sitting(work, request.sitting)
    _require_to_come(work, request.day)
    reason = clean(request.reason, "reason", limit=1000)
    values, versions = {"held_on": request.day}, (sitting.version, request.version)
    with _one_a_day(work, request.day):
        change_row(work.db, _S, sitting.id, values, *versions, what=sitting.title)
    work.db.execute(
        insert(DumaMoveTable).values(
            id=uuid4(),
            organization_id=work.organization_id,
            sitting_id=sitting.id,
            old_day=sitting.held_on,
            new_day=request.day,
            reason=reason,
            moved_at=work.now,
            moved_by=work.actor.employee_id,
        )
    )
    days = {"held_on": str(sitting.held_on)}, {"held_on": str(request.day), "reason": reason}
    work.record("move", "duma_sitting", sitting.id, *days)
    found = shown_sitting(work, find_sitting(work, str(sitting.id)))
    return found.model_copy(update={"told": _tell_move(work, sitting.held_on, found, reason)})


def list_sittings(work: Work, request: ListSittings) -> SittingList:
    """Return the sittings by day."""
    conditions = [] if request.past else [col(_S.held_on) >= work.today]
    return SittingList(rows=[shown_sitting(work, row) for row in _sittings(work, *conditions)])


def find_sitting(work: Work, text: str) -> _Row:
    """Return the sitting of a day or of an id. Raises `NotFound` and `Ambiguous`."""
    condition = by_id(col(_S.id), text.strip())
    try:
        rows = _sittings(work, col(_S.held_on) == parse_date(text, "sitting"))
    except BadDate:
        rows = []
    if not rows and condition is not None:
        rows = _sittings(work, condition)
    if not rows:
        raise NotFound(field="sitting", kind=_(N_("Sitting")), key=text)
    if len(rows) > 1:
        shown = "; ".join(short_id(row.id) for row in rows)
        raise Ambiguous(field="sitting", value=text, candidates=shown)
    return rows[0]


def sitting_terms(work: Work, sitting: date) -> list[SittingTerm]:
    """Return the terms before a sitting, counted by the rules and the calendar of today."""
    rules = load_rules(work.db, work.organization_id).values()
    found = [
        (rule, counted_back(rule, sitting, work.calendar))
        for rule in rules
        if rule.sort is RuleSort.TERM and not rule.is_closed
    ]
    return [
        SittingTerm(
            code=rule.code,
            title=rule.title,
            day=term.day,
            is_over=term.day < work.today,
            explanation=tell(term.lines),
        )
        for rule, term in sorted(found, key=lambda pair: pair[1].day)
    ]


def shown_sitting(work: Work, row: _Row) -> Sitting:
    """Return a sitting with its terms and its moves."""
    mover = EmployeeTable
    move = DumaMoveTable
    moves = work.db.execute(
        select(
            *map(col, (move.old_day, move.new_day, move.reason, move.moved_at)),
            col(mover.full_name).label("moved_by"),
        )
        .join(mover, col(mover.id) == col(move.moved_by))
        .where(col(move.sitting_id) == row.id)
        .order_by(col(move.moved_at), col(move.id))
    ).mappings()
    count = select(func.count()).where(col(_SUB.sitting_id) == row.id)
    return Sitting(
        id=row.id,
        short_id=short_id(row.id),
        day=row.held_on,
        title=row.title,
        version=row.version,
        submissions=work.db.scalar(count) or 0,
        terms=sitting_terms(work, row.held_on),
        moves=[SittingMove.model_validate(dict(one)) for one in moves],
    )


def _sittings(work: Work, *conditions: ColumnElement[bool]) -> list[_Row]:
    columns = map(col, (_S.id, _S.held_on, _S.title, _S.version))
    query = select(*columns).where(col(_S.organization_id) == work.organization_id, *conditions)
    return list(work.db.execute(query.order_by(col(_S.held_on))).all())


def _require_to_come(work: Work, day: date) -> None:
    if day < work.today:
        raise SittingOver(field="day", day=f"{day:%d.%m.%Y}")


@contextmanager
def _one_a_day(work: Work, day: date) -> Iterator[None]:
    """Turn the database's refusal of a second sitting on a day into ours."""
    try:
        with work.db.begin_nested():
            yield
    except IntegrityError as error:
        raise SittingExists(field="day", day=f"{day:%d.%m.%Y}") from error


def _tell_move(work: Work, was: date, sitting: Sitting, reason: str) -> list[str]:
    """Write to whoever has a submission under way or executes an assignment for one.

    Returns their names.
    """
    person, task = EmployeeTable, AssignmentTable
    prepared = col(_SUB.sitting_id) == sitting.id, col(_SUB.state).in_(OPEN)
    executors = (
        select(col(task.executor_id))
        .join(_SUB, col(_SUB.document_id) == col(task.document_id))
        .where(*prepared, col(task.closed_at).is_(None))
    )
    concerned = select(col(_SUB.opened_by)).where(*prepared).union(executors)
    people = work.db.execute(
        select(*map(col, (person.id, person.full_name, person.email)))
        .where(col(person.id).in_(concerned))
        .order_by(col(person.full_name), col(person.id))
    ).all()
    post_all(work, [_letter(one, was, sitting, reason) for one in people if one.email])
    return [one.full_name for one in people]


def _letter(person: _Row, was: date, sitting: Sitting, reason: str) -> Letter:
    lines = [
        _("The sitting of {was} is moved to {day}: {reason}").format(
            was=f"{was:%d.%m.%Y}", day=f"{sitting.day:%d.%m.%Y}", reason=reason
        ),
        "",
        *(f"{term.day:%d.%m.%Y}  {term.title}" for term in sitting.terms),
        "",
        _("This letter was sent automatically; it needs no answer."),
    ]
    subject = _("A sitting of the Duma is moved to {day}").format(day=f"{sitting.day:%d.%m.%Y}")
    key = f"duma-move/{sitting.id}/{sitting.version}/{person.id}"
    return Letter(key, person.email, subject, "\n".join(lines) + "\n", person.id)


def _check_rule(work: Work, rule: DumaRule) -> None:
    """Refuse words that mean no step, and a partner that is not there: `NotFound`."""
    if rule.sort is RuleSort.NOTICE and rule.kind not in {step.value for step in NOTICED}:
        steps = ", ".join(step.value for step in Passage if step in NOTICED)
        raise UnknownStep(field="kind", step=rule.kind, steps=steps)
    if rule.sort is RuleSort.PARTNER and not rule.is_closed:
        from sed_tui.handlers.exchange_partners import find_partner  # for this sort alone

        find_partner(work, rule.title, "title")


def _store_rule(work: Work, rule: DumaRule) -> None:
    values = {**asdict(rule), "sort": rule.sort.value, "unit": Unit(rule.unit).value}
    table = DumaRuleTable
    key = col(table.organization_id) == work.organization_id, col(table.code) == rule.code
    if work.db.scalar(select(col(table.version)).where(*key)) is None:
        work.db.execute(insert(table).values(organization_id=work.organization_id, **values))
    else:
        work.db.execute(update(table).where(*key).values(**values))


def _rule_row(rule: DumaRule) -> DumaRuleRow:
    values = asdict(rule)
    counted_in = values.pop("unit")
    return DumaRuleRow(**values, counted_in=counted_in)
