"""What can be done about an assignment, each step as a dialog."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sed_tui.domain.assignment_flow import STEP_TITLES, Children, Step
from sed_tui.domain.dates import parse_date
from sed_tui.errors.causes import system_cause
from sed_tui.errors.form import UnreadableFile
from sed_tui.i18n import N_, _, ngettext
from sed_tui.operations.assignment import SHOW, AssignmentCard, ShowAssignment
from sed_tui.operations.assignment_change import (
    AMEND,
    REDIRECT,
    AmendAssignment,
    RedirectAssignment,
)
from sed_tui.operations.assignment_control import (
    ACCEPT,
    RELEASE,
    RETURN,
    STOP,
    AcceptAssignment,
    ReleaseAssignment,
    ReturnAssignment,
    StopAssignment,
)
from sed_tui.operations.assignment_execution import (
    CONTRIBUTE,
    INFORM,
    REPORT,
    ContributeAssignment,
    InformAssignment,
    ReportAssignment,
)
from sed_tui.operations.assignment_extension import (
    DENY,
    EXTEND,
    GRANT,
    DenyExtension,
    ExtendAssignment,
    GrantExtension,
)
from sed_tui.operations.file import FileContent
from sed_tui.operations.status_request import (
    ACCEPT_ANSWER,
    ANSWER,
    ASK,
    RETURN_ANSWER,
    AcceptAnswer,
    AnswerStatus,
    AskStatus,
    ReturnAnswer,
)
from sed_tui.tui.entry_dialog import REASON, Entry, Kind, Task
from sed_tui.tui.meanwhile import facts_of
from sed_tui.tui.wording import long_day, short_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sed_tui.gateway import Gateway
    from sed_tui.operations.registry import Operation

# what the dialog of a step asks for, field by field; those of the command have the same names
_DONE = ("text", "results", "files")
_FIELDS = {
    Step.REPORT: (*_DONE, "children"),
    Step.INTERIM: _DONE,
    Step.CONTRIBUTE: _DONE,
    Step.ACCEPT: ("comment", "children"),
    Step.RELEASE: ("proof", "comment", "children"),
    Step.RETURN: ("text", "due"),
    Step.EXTEND: ("due", REASON),
    Step.GRANT: ("due", "shift_children"),
    Step.DENY: (REASON,),
    Step.REDIRECT: ("to",),
    Step.REDIRECT_CONTROL: ("to",),
    Step.AMEND: ("text", "executor", "controller", "due", REASON),
    Step.STOP: (REASON, "children"),
    Step.ASK: ("text", "answer_by"),
    Step.ANSWER: ("text",),
    Step.ACCEPT_ANSWER: (),
    Step.RETURN_ANSWER: ("text",),
}
_REQUESTS: dict[Step, tuple[Operation[Any, Any], type[Any]]] = {
    Step.REPORT: (REPORT, ReportAssignment),
    Step.INTERIM: (INFORM, InformAssignment),
    Step.CONTRIBUTE: (CONTRIBUTE, ContributeAssignment),
    Step.ACCEPT: (ACCEPT, AcceptAssignment),
    Step.RELEASE: (RELEASE, ReleaseAssignment),
    Step.RETURN: (RETURN, ReturnAssignment),
    Step.EXTEND: (EXTEND, ExtendAssignment),
    Step.GRANT: (GRANT, GrantExtension),
    Step.DENY: (DENY, DenyExtension),
    Step.REDIRECT: (REDIRECT, RedirectAssignment),
    Step.REDIRECT_CONTROL: (REDIRECT, RedirectAssignment),
    Step.AMEND: (AMEND, AmendAssignment),
    Step.STOP: (STOP, StopAssignment),
    Step.ASK: (ASK, AskStatus),
    Step.ANSWER: (ANSWER, AnswerStatus),
    Step.ACCEPT_ANSWER: (ACCEPT_ANSWER, AcceptAnswer),
    Step.RETURN_ANSWER: (RETURN_ANSWER, ReturnAnswer),
}
_TITLES = {
    Step.REPORT: N_("Report on {name}"),
    Step.INTERIM: N_("Interim information on {name}"),
    Step.CONTRIBUTE: N_("Contribution to {name}"),
    Step.ACCEPT: N_("Accept the report on {name}"),
    Step.RELEASE: N_("Take {name} off control"),
    Step.RETURN: N_("Return {name} for rework"),
    Step.EXTEND: N_("Ask for a later term of {name}"),
    Step.GRANT: N_("Grant a later term of {name}"),
    Step.DENY: N_("Refuse a later term of {name}"),
    Step.REDIRECT: N_("Redirect {name}"),
    Step.REDIRECT_CONTROL: N_("Redirect the control of {name}"),
    Step.AMEND: N_("Amend {name}"),
    Step.STOP: N_("Stop {name}"),
    Step.ASK: N_("Ask how far {name} is"),
    Step.ANSWER: N_("Answer how far {name} is"),
    Step.ACCEPT_ANSWER: N_("Accept the answer on {name}"),
    Step.RETURN_ANSWER: N_("Return the answer on {name}"),
}
_LABELS = {
    "results": N_("Numbers of documents it brought about, with commas (may be left out)"),
    "files": N_("Path of a file (may be left out)"),
    "comment": N_("Comment (may be left out)"),
    "proof": N_("The document or fact that proves it"),
    "children": N_("Open sub-assignments"),
    "to": N_("To whom: name or login"),
    "executor": N_("Executor: name or login"),
    "controller": N_("Controller: name or login, empty for nobody"),
    "answer_by": N_("Answer by: a date (may be left out)"),
    "shift_children": N_("Terms of sub-assignments"),
    "due": N_("New term: a date, 5 рд, 10"),
    REASON: N_("Reason"),
}
_TEXTS = {
    Step.RETURN: N_("What is to be mended"),
    Step.ASK: N_("The question"),
    Step.ANSWER: N_("The answer"),
    Step.RETURN_ANSWER: N_("What the answer lacks"),
    Step.AMEND: N_("What is to be done"),
}
_KINDS = {
    "text": Kind.LONG,
    "due": Kind.TERM,
    "to": Kind.PERSON,
    "executor": Kind.PERSON,
    "controller": Kind.PERSON,
}
_LATER = {Step.EXTEND, Step.GRANT}
_VERBS = {Step.INTERIM: ("report", "--interim"), Step.REDIRECT_CONTROL: ("redirect", "--control")}
_LISTS = {"results", "files"}


def task_of(gateway: Gateway, card: AssignmentCard, step: Step) -> Task:
    """Return the dialog of a step on an assignment as it was read; a change since is refused."""
    operation, request = _REQUESTS[step]
    begun = _begun(card, step)

    def made(values: Mapping[str, str]) -> Any:
        given = given_fields(gateway, step, values, begun)
        return request(assignment=str(card.id), version=card.version, **given)

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        return command_of(step, card.short_id, values, begun)

    def again(gateway: Gateway) -> Task:
        return task_of(gateway, gateway.call(SHOW, ShowAssignment(assignment=str(card.id))), step)

    return Task(
        _(_TITLES[step]).format(name=card.document_number or card.short_id),
        operation,
        _entries(step, _asked(card, step), begun),
        made,
        words,
        _note(card, step),
        again=again,
        facts=facts_of(card, begun.keys() - {"due"}),
    )


def task_on_many(step: Step, count: int) -> Task:
    """Return the fields of a step to be taken on so many assignments; their number is named."""
    operation, request = _REQUESTS[step]
    fields = _MASS[step]
    title = _(STEP_TITLES[step])
    number = ngettext("{count} assignment", "{count} assignments", count).format(count=count)
    return Task(
        f"{title[:1].upper()}{title[1:]}: {number}",
        operation,
        _entries(step, fields, {}),
        lambda values: request(assignment="…", **given_fields(None, step, values, {})),
        lambda values: command_of(step, "…", values, {}),
    )


_MASS = {
    Step.ACCEPT: ("comment",),
    Step.RETURN: ("text", "due"),
    Step.STOP: (REASON,),
    Step.REDIRECT: ("to",),
    Step.AMEND: ("executor", "due", REASON),
}


def given_fields(
    gateway: Gateway | None, step: Step, values: Mapping[str, str], begun: Mapping[str, str]
) -> dict[str, Any]:
    """Return the fields of a request as they were typed; files are sent where there are any."""
    given: dict[str, Any] = {
        name: _typed(name, value)
        for name, value in values.items()
        if name != REASON and _is_given(step, name, value, begun)
    }
    if gateway is not None and "files" in given:
        given["files"] = tuple(_sent(gateway, path) for path in given["files"])
    if step is Step.REDIRECT_CONTROL:
        given["control"] = True
    return given


def command_of(
    step: Step, name: str, values: Mapping[str, str], begun: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the words of the command that takes the step."""
    verb, *flags = _VERBS.get(step, (step.value.replace("_", "-"),))
    words = ["assignment", verb, name, *flags]
    for field, value in values.items():
        if not _is_given(step, field, value, begun):
            continue
        option = _OPTIONS.get(field, f"--{field.replace('_', '-')}")
        if field == "shift_children":
            words.append(option)
        else:
            parts = _typed(field, value) if field in _LISTS else (value,)
            words += [word for part in parts for word in (option, part)]
    return (*words, "--yes") if step is Step.STOP else tuple(words)


_OPTIONS = {"results": "--result", "files": "--file", "answer_by": "--by"}


def example_of(step: Step, name: str) -> tuple[str, ...]:
    """Return the command of a step with … where something is to be written."""
    values = {field: _EXAMPLES[field] for field in _FIELDS[step] if field in _EXAMPLES}
    return command_of(step, name, values, {})


_EXAMPLES = {"text": "…", "proof": "…", "to": "…", "due": "5 рд", REASON: "…"}


def _is_given(step: Step, name: str, value: str, begun: Mapping[str, str]) -> bool:
    """Tell whether a field goes along: what is empty is left out, and what was not changed."""
    if step is Step.AMEND and name in begun:
        return value != begun[name]
    return bool(value) or name in _NEEDED.get(step, {"text", "proof", "to"})


# an empty one is refused in words of its own
_NEEDED = {
    Step.RETURN: {"text", "due"},
    Step.EXTEND: {"due"},
    Step.AMEND: frozenset[str](),
}


def _typed(name: str, value: str) -> Any:
    if name == "answer_by":
        return parse_date(value, name)
    if name in _LISTS:
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _sent(gateway: Gateway, typed: str) -> FileContent:
    path = Path(typed).expanduser()
    try:
        with path.open("rb") as file:
            return FileContent(name=path.name, token=gateway.stage(file))
    except OSError as error:
        reason = system_cause(error)
        raise UnreadableFile(field="files", path=str(path), reason=reason) from error


def _asked(card: AssignmentCard, step: Step) -> Sequence[str]:
    """Return the fields that matter: nothing is asked of sub-assignments where none is open."""
    below = {"children", "shift_children"}
    return [name for name in _FIELDS[step] if name not in below or card.open_children]


def _begun(card: AssignmentCard, step: Step) -> dict[str, str]:
    if step is Step.AMEND:
        return {
            "text": card.text,
            "executor": card.executor,
            "controller": card.controller or "",
            "due": "",
        }
    wanted = [one.wanted_due for one in card.extensions if one.state == "asked"]
    if step is Step.GRANT and wanted:
        return {"due": f"{wanted[-1]:%d.%m.%Y}"}
    return {}


def _entries(step: Step, names: Sequence[str], begun: Mapping[str, str]) -> list[Entry]:
    return [
        Entry(
            name,
            _(_TEXTS.get(step, N_("What has been done"))) if name == "text" else _(_LABELS[name]),
            begun.get(name, ""),
            _CHOICES[name]() if name in _CHOICES else (),
            Kind.LATER_TERM if name == "due" and step in _LATER else _KINDS.get(name, Kind.LINE),
        )
        for name in names
    ]


_CHOICES: dict[str, Callable[[], tuple[tuple[str, str], ...]]] = {
    "children": lambda: (
        (Children.STOP.value, _("stop them")),
        (Children.LEAVE.value, _("leave them as they are")),
    ),
    "shift_children": lambda: (("true", _("move them as far")),),
}


def _note(card: AssignmentCard, step: Step) -> str:
    lines = [f"{short_name(card.author)} → {short_name(card.executor)}: {card.text}"]
    if step is Step.AMEND:
        lines = []
    if step in {Step.ACCEPT, Step.RELEASE, Step.RETURN} and card.report_text:
        lines.append(_("Report: {text}").format(text=card.report_text))
    if step in {Step.RETURN, Step.EXTEND, Step.GRANT, Step.AMEND} and card.due:
        lines.append(_("Term now: {day}").format(day=long_day(card.due)))
    if step in {Step.GRANT, Step.DENY}:
        lines += [
            _("{name} asks for {day}: {reason}").format(
                name=short_name(one.requested_by), day=long_day(one.wanted_due), reason=one.reason
            )
            for one in card.extensions
            if one.state == "asked"
        ]
    lines += _question(card, step)
    if step in {Step.REPORT, Step.CONTRIBUTE} and card.readiness:
        lines.append(_("Co-executors have contributed: {ready}").format(ready=card.readiness))
    return "\n".join(lines)


def _question(card: AssignmentCard, step: Step) -> list[str]:
    state = {
        Step.ANSWER: "asked",
        Step.ACCEPT_ANSWER: "answered",
        Step.RETURN_ANSWER: "answered",
    }.get(step)
    return [
        " ".join(
            filter(
                None,
                (
                    _("Question: {text}").format(text=one.question),
                    one.answer and _("Answer: {text}").format(text=one.answer),
                ),
            )
        )
        for one in card.status_requests
        if one.state == state
    ]
