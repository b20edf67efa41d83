"""An amendment of an assignment: what it asks put over what is there, and checked (A7)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from sed_tui.domain.assignment import AssignmentState
from sed_tui.domain.assignment_people import Watch, check_people, check_right_over, chosen_control
from sed_tui.domain.assignment_terms import check_co_term
from sed_tui.domain.term_explanation import lines_of, tell
from sed_tui.domain.terms import require_future
from sed_tui.domain.text import clean
from sed_tui.errors.assignment_terms import TermNeeded
from sed_tui.errors.assignments import FixedOnAcceptance, NothingToAmend
from sed_tui.handlers.assignment_control import new_term
from sed_tui.handlers.assignment_people import (
    author_of,
    find_colleague_at_work,
    find_colleagues_at_work,
)
from sed_tui.handlers.assignment_policy import load_policy
from sed_tui.handlers.assignment_steps import TEXT_LIMIT
from sed_tui.handlers.calendar import count_term
from sed_tui.handlers.co_executors import helpers_of
from sed_tui.operations.labels import label
from sed_tui.storage.names import find_people
from sed_tui.storage.tables.assignment_people import CoExecutorTable, ObserverTable

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from sed_tui.domain.terms import Deadline
    from sed_tui.handlers.assignment_current import Current
    from sed_tui.handlers.work import Work
    from sed_tui.operations.assignment_change import AmendAssignment

# what stays as it is while a report waits for acceptance
_FIXED = {"executor_id": "executor", "due": "due"}


class Amendment:
    """What an assignment is to become."""

    def __init__(self, work: Work, current: Current, request: AmendAssignment) -> None:
        self._work = work
        self._current = current
        self._request = request

    def checked(self) -> tuple[dict[str, Any], tuple[dict[str, Any], dict[str, Any]]]:
        """Return the columns that change, and what the audit trail is told, before and after.

        Raises `NothingToAmend`, `FixedOnAcceptance`, and what issuing raises.
        """
        before, after = self._before(), self._after()
        changed = [name for name in after if after[name] != before[name]]
        if not changed:
            raise NothingToAmend
        if self._current.standing.state is AssignmentState.ACCEPTANCE:
            self._require_free(changed)
        self._check_people()
        check_co_term(after["co_due"], after["due"])
        values = {name: after[name] for name in changed if name not in _LISTS}
        if "due" in changed:
            values |= new_term(self._current, self._term, self._request.due or "")
        told = ({n: before[n] for n in changed}, {n: after[n] for n in changed})
        return values, told

    def differences(self) -> dict[str, list[Any]]:
        """Return the fields that are not as they were to be: what they are, what they were to be.

        People are named.
        """
        before, after = self._before(), self._after()
        people = {before[name] for name in _PEOPLE} | {after[name] for name in _PEOPLE}
        for name in _LISTS:
            people |= {*before[name], *after[name]}
        names = {row.id: row.full_name for row in find_people(self._work.db, people - {None})}

        def said(value: Any) -> Any:
            many = isinstance(value, list)
            return ", ".join(names[one] for one in value) if many else names.get(value, value)

        return {
            _PEOPLE.get(name, name): [said(before[name]), said(after[name])]
            for name in after
            if after[name] != before[name]
        }

    @property
    def explanation(self) -> list[str]:
        """Return how the new term was counted, nothing where it stays."""
        return [] if self._request.due is None else tell(lines_of(self._term))

    @cached_property
    def executor(self) -> UUID:
        """Return who is to execute."""
        named = self._request.executor
        if named is None:
            return self._current.standing.executor
        return find_colleague_at_work(self._work, named, "executor").id

    @cached_property
    def controller(self) -> UUID | None:
        """Return who is to control."""
        named = self._request.controller
        if named is None:
            return self._current.standing.controller
        if not named.strip():
            return None
        return find_colleague_at_work(self._work, named, "controller").id

    @cached_property
    def co_executors(self) -> list[UUID]:
        """Return who is to help."""
        return self._people("co_executors", CoExecutorTable)

    @cached_property
    def observers(self) -> list[UUID]:
        """Return who is to observe."""
        return self._people("observers", ObserverTable)

    def _people(self, field: str, table: Any) -> list[UUID]:
        named = getattr(self._request, field)
        if named is None:
            return helpers_of(self._work, self._current.id, table)
        return sorted(person.id for person in find_colleagues_at_work(self._work, named, field))

    @cached_property
    def _term(self) -> Deadline | None:
        return self._count("due")

    def _count(self, field: str) -> Deadline | None:
        work, written = self._work, clean(getattr(self._request, field), field, limit=64)
        term = count_term(work, written, work.today, field=field)
        if term is not None:
            require_future(term, work.today, field)
        elif field == "due" and not load_policy(work).allows_no_term:
            raise TermNeeded(field=field)
        return term

    def _day(self, field: str, kept: date | None) -> date | None:
        if getattr(self._request, field) is None:
            return kept
        term = self._term if field == "due" else self._count(field)
        return term.effective if term else None

    def _before(self) -> dict[str, Any]:
        work, current = self._work, self._current
        return {
            "text": current.text,
            "executor_id": current.standing.executor,
            "controller_id": current.standing.controller,
            "due": current.standing.due,
            "co_due": current.co_due,
            "control": current.control,
            "co_executors": helpers_of(work, current.id, CoExecutorTable),
            "observers": helpers_of(work, current.id, ObserverTable),
        }

    def _after(self) -> dict[str, Any]:
        current, text = self._current, self._request.text
        if text is not None:
            text = clean(text, "text", limit=TEXT_LIMIT, multiline=True)
        return {
            "text": current.text if text is None else text,
            "executor_id": self.executor,
            "controller_id": self.controller,
            "due": self._day("due", current.standing.due),
            "co_due": self._day("co_due", current.co_due),
            "control": self._control().value,
            "co_executors": self.co_executors,
            "observers": self.observers,
        }

    def _control(self) -> Watch:
        """Return the control as wanted, else as it is unless the people ask for another."""
        wanted, standing = self._request.control, self._current.standing
        same = (self.executor, self.controller) == (standing.executor, standing.controller)
        if wanted is None and (same or standing.on_control):
            wanted = Watch(self._current.control)
        due = self._day("due", standing.due)
        return chosen_control(
            wanted,
            author=standing.author,
            executor=self.executor,
            controller=self.controller,
            has_term=due is not None,
        )

    def _require_free(self, changed: list[str]) -> None:
        for name in changed:
            if name in _FIXED:
                raise FixedOnAcceptance(field=label(_FIXED[name]))
            if name == "control" and self._control() is Watch.NONE:
                raise FixedOnAcceptance(field=label("control"))

    def _check_people(self) -> None:
        work, standing = self._work, self._current.standing
        rows = {row.id: row for row in find_people(work.db, {self.executor, *self.co_executors})}
        names = {key: row.full_name for key, row in rows.items()}
        check_people(self.executor, self.controller, self.co_executors, names)
        new = {self.executor, *self.co_executors} - {standing.executor, *standing.co_executors}
        author = author_of(work, standing.author)
        directed = [rows[key] for key in new if key != author.id]
        check_right_over(
            author.roles, author.unit_id, [(row.unit_id, row.full_name) for row in directed]
        )


_LISTS = {"co_executors", "observers"}
_PEOPLE = {"executor_id": "executor", "controller_id": "controller"}
