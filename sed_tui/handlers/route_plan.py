"""What would happen on a route: who is asked in which stage, by when, and what stands against."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.route import ROLE_TITLES, ComputedRole, Performer, PerformerKind, holds
from sed_tui.errors.routes import InitiatorAlone, NobodyForRole, PerformerAbsent, PerformerGone
from sed_tui.handlers.calendar import count_term
from sed_tui.handlers.route_choice import facts_of, route_for
from sed_tui.handlers.route_people import Performers, absences
from sed_tui.i18n import _
from sed_tui.operations.route import PersonTold, PlannedPerson, PlannedStage, RoutePlan

if TYPE_CHECKING:
    from datetime import date

    from sed_tui.domain.route import RouteStage
    from sed_tui.errors import SedError
    from sed_tui.handlers.draft_standing import StoredDraft
    from sed_tui.handlers.route_choice import StoredRoute
    from sed_tui.handlers.route_people import PersonAsked
    from sed_tui.handlers.work import Work


class Planner:
    """Plans the stages of a route for a document, from today on."""

    def __init__(self, work: Work, draft: StoredDraft, named: str | None) -> None:
        self._work = work
        self._draft = draft
        # the choice asks for texts alone: roles are those of the chosen route's groups
        self.stored: StoredRoute = route_for(work, facts_of(work, draft, {}), named)
        self._performers = Performers(work, draft, self.stored.route.groups)
        self._facts = facts_of(work, draft, self._performers.role_sets)
        self.obstacles: list[SedError] = []

    def plan(self) -> RoutePlan:
        """Return every stage, and what keeps it from starting."""
        start = self._work.today
        stages = []
        for stage in self.stored.route.stages:
            planned = self._stage(stage, start)
            stages.append(planned)
            start = planned.due or start
        self._require_somebody(stages)
        return RoutePlan(
            route_id=self.stored.id,
            route=self.stored.route.code,
            route_version=self.stored.version,
            title=self.stored.route.title,
            asks_everybody=self.stored.route.asks_everybody,
            stages=stages,
            obstacles=[str(obstacle) for obstacle in self.obstacles],
        )

    def _require_somebody(self, planned: list[PlannedStage]) -> None:
        """Refuse a route whose approvers are the initiator alone."""
        asked = [
            plan
            for plan, stage in zip(planned, self.stored.route.stages, strict=True)
            if stage.is_approving and holds(stage.condition, self._facts)
        ]
        if asked and not self.obstacles and not any(plan.people for plan in asked):
            self.obstacles.append(InitiatorAlone(stage=", ".join(plan.name for plan in asked)))

    def _stage(self, stage: RouteStage, start: date) -> PlannedStage:
        skipped = None if holds(stage.condition, self._facts) else _("its condition does not hold")
        people = [] if skipped else self._people(stage)
        if not skipped and stage.is_approving:
            others = [one for one in people if one[0].id != self._draft.author_id]
            if people and not others:
                skipped = _("nobody approves his own document")
                if stage.is_mandatory:
                    self.obstacles.append(InitiatorAlone(stage=stage.name))
            people = others
        planned = self._with_terms(stage, people, start)
        return PlannedStage(
            name=stage.name,
            kind=stage.kind,
            is_parallel=stage.is_parallel,
            is_mandatory=stage.is_mandatory,
            keeps_immaterial=stage.keeps_immaterial,
            skip_late=stage.skip_late,
            term=stage.term,
            due=max((one.due for one in planned if one.due), default=None),
            people=planned,
            skipped=skipped,
            late_to=[] if skipped else self._told_late(stage),
        )

    def _told_late(self, stage: RouteStage) -> list[PersonTold]:
        """Return who is written when the stage is late, each once; who has left is not."""
        found = [one for named in stage.late_to for one in self._performers.find(named)]
        told = {one.id: one.name for one in found if one.is_at_work}
        return [PersonTold(employee_id=one, name=name) for one, name in told.items()]

    def _people(self, stage: RouteStage) -> list[tuple[PersonAsked, Performer]]:
        """Return who is asked, each once, with how the route names him."""
        asked: dict[PersonAsked, Performer] = {}
        for performer in stage.performers:
            found = self._performers.find(performer)
            if not found:
                named = _shown(performer)
                self.obstacles.append(NobodyForRole(stage=stage.name, performer=named))
            for person in found:
                if not person.is_at_work:
                    self.obstacles.append(PerformerGone(stage=stage.name, name=person.name))
                asked.setdefault(person, performer)
        return list(asked.items())

    def _with_terms(
        self, stage: RouteStage, people: list[tuple[PersonAsked, Performer]], start: date
    ) -> list[PlannedPerson]:
        away = absences(self._work, [person.id for person, _performer in people], self._work.today)
        planned = []
        for person, performer in people:
            due = _due(self._work, stage.term, start)
            absence = away.get(person.id)
            substitute = absence.substitute if absence else None
            if absence is not None and substitute is None and stage.is_approving:
                until = f"{absence.until:%d.%m.%Y}"
                obstacle = PerformerAbsent(stage=stage.name, name=person.name, until=until)
                self.obstacles.append(obstacle)
            planned.append(
                PlannedPerson(
                    employee_id=person.id,
                    name=person.name,
                    login=person.login,
                    named_as=_shown(performer),
                    substitute=substitute.name if substitute else None,
                    substitute_id=substitute.id if substitute else None,
                    due=due,
                    note=self._note(substitute),
                )
            )
            start = start if stage.is_parallel else due or start
        return planned

    def _note(self, substitute: PersonAsked | None) -> str | None:
        if substitute is not None and substitute.id == self._draft.author_id:
            return _("the substitute is the initiator and may not decide")
        return None


def _due(work: Work, term: str | None, start: date) -> date | None:
    found = count_term(work, term, start, field="term") if term else None
    return found.effective if found else None


def _shown(performer: Performer) -> str:
    if performer.kind is PerformerKind.ROLE:
        return _(ROLE_TITLES[ComputedRole(performer.name)])
    return str(performer)
