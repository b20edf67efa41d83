"""What the operator keeps of joining: who that is, editions of papers, terms, a file taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sed_tui.domain.dates import parse_date
from sed_tui.domain.joining import DEFAULT_TERMS, STATE_TITLES, JoiningState
from sed_tui.i18n import _
from sed_tui.operations.joining import APPLY, ApplyForJoining
from sed_tui.operations.joining_papers import PUBLISH, PublishTemplate
from sed_tui.operations.joining_upkeep import (
    NAME_OPERATOR,
    SET_TERM,
    NameOperator,
    SetJoiningTerm,
)
from sed_tui.operations.labels import label
from sed_tui.operations.values import shown_value
from sed_tui.tui.entry_dialog import Entry, Kind, Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.operations.joining_papers import TemplateRow


def operator_task() -> Task:
    """Return the form that names the organization that keeps the system."""

    def request(values: Mapping[str, str]) -> NameOperator:
        return NameOperator(organization=values["organization"])

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        return ("joining", "operator", values["organization"])

    entries = (Entry("organization", label("code")),)
    return Task(_("Name the operator of the system"), NAME_OPERATOR, entries, request, words)


def file_task() -> Task:
    """Return the form of an application that stands in a file."""
    entries = (
        Entry("file", _("A .toml, .json, .xlsx or .csv file.")),
        Entry("organization", label("code")),
    )

    def request(values: Mapping[str, str]) -> ApplyForJoining:
        from sed_tui.gateway.application_file import read_application  # readers of tables

        told = read_application(Path(values["file"]).expanduser())
        code = values["organization"] or told.code
        return ApplyForJoining(organization=code, fields=told.fields)

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        code = (values["organization"],) if values["organization"] else ()
        return ("joining", "apply", *code, "--file", values["file"])

    return Task(_("New application from a file"), APPLY, entries, request, words)


def publish_task(current: TemplateRow) -> Task:
    """Return the form of the next edition, filled in with the last one."""
    entries = (
        Entry("title", label("title"), current.title),
        Entry("body", label("text"), current.body, kind=Kind.LONG),
        Entry("in_force_on", label("in_force_on")),
        Entry("accept_by", label("accept_by")),
    )

    def request(values: Mapping[str, str]) -> PublishTemplate:
        days = {name: values[name] for name in ("in_force_on", "accept_by") if values[name]}
        return PublishTemplate(
            paper=current.paper,
            title=values["title"],
            body=values["body"],
            **{name: parse_date(day, name) for name, day in days.items()},
        )

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        options = {"in_force_on": "--in-force", "accept_by": "--accept-by"}
        days = [w for name, flag in options.items() if values[name] for w in (flag, values[name])]
        return ("joining", "publish", current.paper.value, f"{current.paper.value}.txt", *days)

    title = _("Next edition: {paper}").format(paper=shown_value("paper", current.paper.value))
    return Task(title, PUBLISH, entries, request, words)


def term_task() -> Task:
    """Return the form of a term: how many working days a state may last."""
    states = tuple((one.value, _(STATE_TITLES[one])) for one in DEFAULT_TERMS)
    entries = (
        Entry("joining", label("joining"), JoiningState.REVIEW.value, states),
        Entry("days", label("days")),
        Entry("source", label("source")),
    )

    def request(values: Mapping[str, str]) -> SetJoiningTerm:
        return SetJoiningTerm.model_validate(dict(values))

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        told = ("--days", values["days"], "--source", values["source"])
        return ("joining", "set-term", values["joining"], *told)

    return Task(_("Set a term of joining"), SET_TERM, entries, request, words)
