"""Anybody does anything with assignments in any order, on real databases: what always holds."""

from __future__ import annotations

import itertools
import json
import shutil
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from sed_tui.domain.assignment import CLOSED, OPEN, AssignmentState
from sed_tui.domain.assignment_flow import TRANSITIONS
from sed_tui.errors import SedError
from sed_tui.storage.database import open_database
from tests.conftest import FixedClock, settings_of
from tests.handlers.assignment_acts import STEPS, Acts
from tests.handlers.assignments import make_office

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from sed_tui.config import Settings
    from tests.handlers.assignments import Office

PEOPLE = st.sampled_from(["golova", "pomosh", "petrov", "sidorov", "kuznec", "kontr"])
TERMS = st.sampled_from(["01.12.2026", "5 рд", "20", "без срока", "04.12.2026", "28.12.2026"])
DECIDED = st.sampled_from([None, "stop", "leave"])
MOVES = {(row.step.value, row.source, row.target) for row in TRANSITIONS}
OPEN_VALUES = {state.value for state in OPEN}
# steps that the acts call otherwise
ACTS = {"interim": "inform", "return": "give_back", "redirect_control": "redirect"}
ENDS = {"report", "stop", "accept", "release"}
TERM = {"give_back", "extend", "grant", "amend"}


class Assignments(RuleBasedStateMachine):
    """An office in which everybody tries everything; `taken` counts what was not refused."""

    office: Office
    taken: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.office = self.opened()
        self.acts = Acts(self.office)
        self.letter = self.office.letter()
        self.keys: list[str] = []
        self.ended_with_all_below: set[str] = set()
        self.engine = open_database(self.office.settings.database)

    @staticmethod
    def opened() -> Office:
        """Return an office of its own; a test says where from."""
        raise NotImplementedError

    @initialize(control=st.sampled_from([None, "special"]), term=TERMS)
    def begin(self, control: str | None, term: str) -> None:
        fields = {"due": term, "control": control, "document": self.letter}
        top = self.office.issue("pomosh", author="golova", controller="kontr", **fields)
        below = self.office.issue("petrov", executor="sidorov", due=term, parent=str(top.id))
        self.keys += [str(top.id), str(below.id)]

    @rule(to=PEOPLE, due=TERMS, control=st.sampled_from([None, "special"]))
    def give_out(self, to: str, due: str, control: str | None) -> None:
        with suppress(SedError):
            fields = {"executor": to, "due": due, "control": control, "document": self.letter}
            self.keys.append(str(self.office.issue("golova", **fields).id))

    @rule(to=PEOPLE, due=TERMS, data=st.data())
    def divide(self, to: str, due: str, data: st.DataObject) -> None:
        parent, by = self._choice(data)
        with suppress(SedError):
            child = self.office.issue(by, executor=to, due=due, parent=parent)
            self.keys.append(str(child.id))

    @rule(data=st.data())
    def work(self, data: st.DataObject) -> None:
        # several steps at a time: runs are short, and an assignment has a long way
        for _step in range(8):
            self._take(data)

    def _take(self, data: st.DataObject) -> None:
        key, who = self._choice(data)
        other, due = data.draw(PEOPLE), data.draw(TERMS)
        offered: list[str] = []
        with suppress(SedError):
            offered = [ACTS.get(step, step) for step in self.acts.card(key, who).steps]
        offered = [step for step in offered if step != "stop"]  # it ends what is to be seen
        step = data.draw(st.sampled_from(sorted(STEPS) + offered * 6))
        fields: dict[str, Any] = {"due": due} if step in TERM else {}
        if step == "redirect":
            fields = {"to": other, "control": data.draw(st.booleans())}
        if step == "amend":
            fields |= {"executor": data.draw(st.one_of(st.none(), PEOPLE))}
        if step == "grant":
            fields = {"shift_children": data.draw(st.booleans())}
        if step in ENDS and (children := data.draw(DECIDED)):
            fields["children"] = children
        with suppress(SedError):
            moved = self.acts.take(step, who, key, "Так надо", **fields)
            self.taken[step] += 1
            if fields.get("children") == "stop" and moved.state in CLOSED:
                self.ended_with_all_below.add(key)

    def _choice(self, data: st.DataObject) -> tuple[str, str]:
        """Return an assignment, and somebody who mostly has a part in it."""
        rows = {str(row.id).replace("-", ""): row for row in self._rows("SELECT * FROM assignment")}
        alive = [key for key in self.keys if rows[key.replace("-", "")].closed_at is None]
        key = data.draw(st.sampled_from(alive * 3 + self.keys))
        row = rows[key.replace("-", "")]
        logins = {str(value).replace("-", ""): who for who, value in self.office.ids.items()}
        parts = [row.executor_id, row.executor_id, row.author_id, row.controller_id]
        people = [logins.get(str(one).replace("-", ""), "kuznec") for one in parts]
        return key, data.draw(st.sampled_from(people))

    @rule(person=PEOPLE, to=PEOPLE)
    def leave(self, person: str, to: str) -> None:
        with suppress(SedError):
            self.acts.hand_over("golova", person, to)

    @rule()
    def sleep(self) -> None:
        self.office.clock.moment += timedelta(days=1)

    @invariant()
    def what_is_stored_follows_the_flow(self) -> None:
        events = defaultdict(list)
        for row in self._rows("SELECT * FROM assignment_event ORDER BY version"):
            events[str(row.assignment_id)].append(row)
        for row in self._rows("SELECT * FROM assignment"):
            steps = events[str(row.id)]
            assert [step.version for step in steps] == list(range(1, row.version + 1))
            assert [step.superseded_at is None for step in steps].count(True) == 1
            before: AssignmentState | None = None
            for step in steps:
                assert (step.event, before, AssignmentState(step.state)) in MOVES
                before = AssignmentState(step.state)
            last = steps[-1]
            assert (last.state, last.due, last.shifts) == (row.state, row.due, row.shifts)
            terms = [step.due for step in steps]
            changes = sum(one != two for one, two in itertools.pairwise(terms))
            assert row.shifts == changes
            assert (row.closed_at is None) is (row.state in OPEN_VALUES)
            if row.state == "executed" and row.control != "none":
                assert last.actor_id not in {row.executor_id, row.reported_by}
            if row.due is not None:
                assert date.fromisoformat(str(row.due)).isoweekday() <= 5
            assert json.loads(row.explanation) is not None

    @invariant()
    def nothing_lives_under_what_ended_with_all_below(self) -> None:
        rows = {str(row.id).replace("-", ""): row for row in self._rows("SELECT * FROM assignment")}
        for key, row in rows.items():
            above = row.parent_id
            while above is not None:
                parent = str(above).replace("-", "")
                if parent in {one.replace("-", "") for one in self.ended_with_all_below}:
                    assert row.state not in OPEN_VALUES, key
                above = rows[parent].parent_id

    @invariant()
    def only_open_assignments_have_open_requests(self) -> None:
        for table in ("extension_request", "status_request"):
            rows = self._rows(
                f"SELECT count(*) AS left_over FROM {table} r JOIN assignment a "
                "ON a.id = r.assignment_id WHERE r.state = 'asked' AND a.closed_at IS NOT NULL"
            )
            assert rows[0].left_over == 0

    def _rows(self, query: str) -> list[Any]:
        with self.engine.connect() as db:
            return list(db.execute(text(query)))

    def teardown(self) -> None:
        """Close what a run has opened."""
        self.engine.dispose()
        self.office.close()


def run(machine: type[Assignments], examples: int, steps: int) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_sequence_on_sqlite_leaves_the_flow(sqlite_template: Path, tmp_path: Path) -> None:
    class OnSqlite(Assignments):
        @staticmethod
        def opened() -> Office:
            place = tmp_path / "run" / "sed.db"
            shutil.rmtree(place.parent, ignore_errors=True)
            place.parent.mkdir()
            shutil.copy(sqlite_template, place)
            return new_office(settings_of(place, login="admin"))

    run(OnSqlite, examples=8, steps=20)
    assert len(OnSqlite.taken) >= 5, OnSqlite.taken


def test_no_sequence_on_postgresql_leaves_the_flow(
    postgres_template: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    from sed_tui.config import Settings
    from tests import postgres

    class OnPostgres(Assignments):
        @staticmethod
        def opened() -> Office:
            name = postgres.create_database(postgres_template)
            request.addfinalizer(lambda: postgres.drop_database(name))
            place = Settings(postgres.database_address(name), files=tmp_path, login="admin")
            return new_office(place)

    run(OnPostgres, examples=3, steps=20)


def new_office(place: Settings) -> Office:
    """Return an office with its people, at noon on a Monday."""
    return make_office(replace(place), FixedClock(datetime(2026, 11, 23, 7, 0, tzinfo=UTC)))
