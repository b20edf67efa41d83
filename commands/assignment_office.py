"""`sedctl assignment`: other people, other words, and the rules of the organization."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from commands.assignment_steps import Version, Which, show_moved
from commands.seen import Seen
from commands.session import Session
from commands.verbs import Sort, verb
from sed_tui.domain.assignment_people import Watch
from sed_tui.domain.assignment_policy import ChildTerm, LateExtension
from sed_tui.domain.handover import Part
from sed_tui.i18n import N_, _

if TYPE_CHECKING:
    from sed_tui.operations.handover import OpenItem

ITEM = ("item", "short_id", "part", "due", "state", "text")


def add_to(app: typer.Typer) -> None:
    """Add the verbs to the group of assignments."""
    verb(app, "redirect", Sort.WRITE, N_("Forward the execution, or the control."))(redirect)
    verb(app, "amend", Sort.WRITE, N_("Change what was given out, for a reason."))(amend)
    verb(app, "handover", Sort.ANY, N_("List or hand over what a person has open."))(handover)
    verb(app, "policy", Sort.WRITE, N_("Show the rules of assignments, or change them."))(policy)


def redirect(
    session: Session,
    assignment: Which,
    to: Annotated[str, typer.Option("--to", help=_("Who takes it: login or name."))],
    control: Annotated[
        bool, typer.Option("--control", help=_("Forward the control, not the execution."))
    ] = False,
    version: Version = None,
) -> None:
    """Forward the execution or the control."""
    from sed_tui.operations.assignment_change import REDIRECT, RedirectAssignment

    request = RedirectAssignment(assignment=assignment, to=to, control=control, version=version)
    show_moved(session, session.call(REDIRECT, request))


def amend(
    session: Session,
    assignment: Which,
    text: Annotated[str | None, typer.Option("--text", help=_("What is to be done."))] = None,
    executor: Annotated[
        str | None, typer.Option("--executor", help=_("The responsible executor: login or name."))
    ] = None,
    controller: Annotated[
        str | None, typer.Option("--controller", help=_("Who accepts; empty for nobody."))
    ] = None,
    co_executor: Annotated[
        list[str] | None,
        typer.Option("--co-executor", help=_("Everybody who contributes; empty for nobody.")),
    ] = None,
    observer: Annotated[
        list[str] | None,
        typer.Option("--observer", help=_("Everybody who observes; empty for nobody.")),
    ] = None,
    due: Annotated[
        str | None,
        typer.Option("--due", help=_("A date, 10, “5 рд”, срочно, оперативно, месяц, без срока.")),
    ] = None,
    co_due: Annotated[
        str | None, typer.Option("--co-due", help=_("The term of the co-executors."))
    ] = None,
    control: Annotated[
        Watch | None, typer.Option("--control", help=_("Whether its execution is watched."))
    ] = None,
    version: Version = None,
) -> None:
    """Change what was given out."""
    from sed_tui.operations.assignment_change import AMEND, AmendAssignment

    request = AmendAssignment(
        assignment=assignment,
        text=text,
        executor=executor,
        controller=controller,
        co_executors=tuple(co_executor) if co_executor else None,
        observers=tuple(observer) if observer else None,
        due=due,
        co_due=co_due,
        control=control,
        version=version,
    )
    show_moved(session, session.call(AMEND, request))


def handover(
    session: Session,
    person: Annotated[str, typer.Argument(help=_("Login or name."), metavar="PERSON")],
    to: Annotated[
        list[str] | None,
        typer.Option("--to", help=_("Who takes it; several take turns. Without it: a list.")),
    ] = None,
    part: Annotated[
        list[Part] | None, typer.Option("--part", help=_("This part alone; several."))
    ] = None,
    assignment: Annotated[
        list[str] | None, typer.Option("--assignment", help=_("This assignment alone; several."))
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, max=10_000, help=_("How many rows at most."))
    ] = 1000,
    after: Annotated[
        str | None, typer.Option("--after", help=_("The cursor of the previous page."))
    ] = None,
) -> None:
    """List what a person has open, or give it to others."""
    from sed_tui.operations.handover import HANDOVER, ITEMS, HandOver, ListOpenItems

    parts = tuple(part or ())
    if not to:
        request = ListOpenItems(employee=person, parts=parts, limit=limit, after=after)
        page = session.call(ITEMS, request)
        plans = [] if page.next else _plans(session, person)
        plans = [plan for plan in plans if plan.part in (parts or Part)]
        session.show_rows([*page.rows, *plans], ITEM, page.next)
        return
    session.confirm(_("Hand over the open assignments of a person"))
    order = HandOver(
        employee=person, parts=parts, to=tuple(to), assignments=tuple(assignment or ())
    )
    given = session.call(HANDOVER, order)
    session.show_rows(given.rows, ("item", "short_id", "part", "due", "state", "successor"))


def _plans(session: Session, person: str) -> list[OpenItem]:
    """Return the drafts and schedules that name a person, which come after what is issued."""
    from sed_tui.operations.handover_plans import PLANS, ListPlans

    rows: list[OpenItem] = []
    after = None
    while True:
        page = session.call(PLANS, ListPlans(employee=person, after=after))
        rows += page.rows
        after = page.next
        if after is None:
            return rows


def policy(
    session: Session,
    child_term: Annotated[
        ChildTerm | None,
        typer.Option("--child-term", help=_("A sub-assignment that ends after the one above.")),
    ] = None,
    late_extension: Annotated[
        LateExtension | None,
        typer.Option("--late-extension", help=_("A request for a later term that comes too late.")),
    ] = None,
    extension_notice: Annotated[
        int | None,
        typer.Option("--extension-notice", help=_("Working days before the term to ask by.")),
    ] = None,
    no_term: Annotated[
        bool | None,
        typer.Option("--no-term/--term-needed", help=_("Whether “без срока” is allowed.")),
    ] = None,
    version: Seen = None,
) -> None:
    """Show the rules, or change those that are named."""
    from sed_tui.operations.assignment_policy import SET, SHOW, SetPolicy, ShowPolicy

    wanted = SetPolicy(
        child_term=child_term,
        late_extension=late_extension,
        extension_notice=extension_notice,
        allows_no_term=no_term,
        version=version,
    )
    if wanted == SetPolicy(version=version):
        session.show(session.call(SHOW, ShowPolicy()))
    else:
        session.show(session.call(SET, wanted))
