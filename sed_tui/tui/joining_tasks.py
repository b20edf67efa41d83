"""What can be done to an application, each as a small form that runs one operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sed_tui.domain.dates import parse_date
from sed_tui.domain.joining import (
    FRONT_TITLES,
    SIDE_WAYS,
    SUBSYSTEM_TITLES,
    WORKING,
    JoiningState,
    JoiningStep,
    RegisterState,
)
from sed_tui.domain.joining_application import FIELDS
from sed_tui.i18n import N_, _
from sed_tui.operations.joining import (
    APPLY,
    CHECK_REGISTER,
    EDIT,
    SHOW,
    STEP,
    ApplyForJoining,
    CheckRegister,
    EditApplication,
    ShowApplication,
    TakeJoiningStep,
)
from sed_tui.operations.joining_evidence import EVIDENCE, RecordEvidence
from sed_tui.operations.labels import label
from sed_tui.operations.unit import ADD as ADD_UNIT
from sed_tui.operations.unit import AddUnit
from sed_tui.operations.values import shown_value
from sed_tui.tui.entry_dialog import Entry, Kind, Task
from sed_tui.tui.meanwhile import facts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.gateway import Gateway
    from sed_tui.operations.joining import Application

_PROTOCOLS = {
    JoiningState.WORKPLACES: (JoiningStep.EQUIP, "workplaces"),
    JoiningState.TEST_EXCHANGE: (JoiningStep.TRY, "exchange"),
}
_PEOPLE = WORKING | {
    *(JoiningState.ACCOUNTS, JoiningState.WORKPLACES, JoiningState.DIRECTORIES),
    *(JoiningState.TEST_EXCHANGE, JoiningState.ACT, JoiningState.LEAVING),
}
"""States in which the list of accounts is kept."""
_PROOF = {
    "message": ("--message", N_("The letter; the newest one by default.")),
    "by_hand": ("--by-hand", N_("Without a letter: why there is no channel yet.")),
}


def tasks_for(card: Application, gateway: Gateway) -> list[Task]:
    """Return what can be done now: the way forward first, then papers, people, the ways out."""
    from sed_tui.tui.joining_leaving_tasks import export_task, reorganize_task
    from sed_tui.tui.joining_paper_tasks import paper_tasks
    from sed_tui.tui.joining_people_tasks import people_tasks

    state = card.joining
    found = [step_task(card, step) for step in card.possible if step not in SIDE_WAYS]
    found += paper_tasks(card, gateway)
    if state in {JoiningState.DRAFT, JoiningState.RETURNED}:
        found.append(edit_task(card))
    if state is JoiningState.REVIEW and card.is_operator:
        found.append(register_task(card))
    if state is JoiningState.DIRECTORIES and not card.is_operator:
        found.append(unit_task())
    if state in _PROTOCOLS:
        found.append(protocol_task(card))
    if state is JoiningState.LEAVING:
        found.append(export_task(card, gateway))
    if state in _PEOPLE:
        found += people_tasks(card, gateway)
    aside = [step for step in card.possible if step in SIDE_WAYS]
    found += [step_task(card, step) for step in aside if step is not JoiningStep.REORGANIZE]
    if JoiningStep.REORGANIZE in aside:
        found.append(reorganize_task(card))
    return found


def leaving_task(card: Application, step: JoiningStep) -> Task:
    """Return the form of a step that leaves something open, with the reason."""
    if step is JoiningStep.REORGANIZE:
        from sed_tui.tui.joining_leaving_tasks import reorganize_task

        return reorganize_task(card)
    return step_task(card, step, leaving=True)


def apply_task(*, is_operator: bool) -> Task:
    """Return the form of a new application."""
    code = (Entry("organization", label("code")),) if is_operator else ()

    def request(values: Mapping[str, str]) -> ApplyForJoining:
        return ApplyForJoining(
            organization=values.get("organization") or None,
            fields={name: values[name] or None for name in FIELDS},
        )

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        code = (values["organization"],) if values.get("organization") else ()
        return ("joining", "apply", *code, *_options(values))

    return Task(_("New application"), APPLY, (*code, *_fields({})), request, words)


def edit_task(card: Application) -> Task:
    """Return the form of the fields of an application."""
    known = card.model_dump(mode="json", include=set(FIELDS))

    def request(values: Mapping[str, str]) -> EditApplication:
        fields = {name: values[name] or None for name in FIELDS}
        return EditApplication(application=str(card.id), fields=fields, version=card.version)

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        return ("joining", "edit", card.application, *_options(values))

    def again(gateway: Gateway) -> Task:
        return edit_task(_read_again(gateway, card))

    facts = facts_of(card, FIELDS)
    return Task(
        _("Fill in an application"), EDIT, _fields(known), request, words, again=again, facts=facts
    )


def _read_again(gateway: Gateway, card: Application) -> Application:
    return gateway.call(SHOW, ShowApplication(application=str(card.id)))


def step_task(card: Application, step: JoiningStep, *, leaving: bool = False) -> Task:
    """Return the form of a step: a remark to the other side, the day of a connection.

    With `leaving` work stays open, and the remark says why.
    """
    entries = [Entry("remark", label("remark"), kind=Kind.LONG)]
    if step is JoiningStep.CONNECT:
        entries = [Entry("on", label("connected_on"))]

    def request(values: Mapping[str, str]) -> TakeJoiningStep:
        day = values.get("on")
        return TakeJoiningStep(
            application=str(card.id),
            step=step,
            remark=values.get("remark") or None,
            on=parse_date(day, "on") if day else None,
            leaving=leaving,
            version=card.version,
        )

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        return _step_words(card, step, values, leaving=leaving)

    def again(gateway: Gateway) -> Task:
        return step_task(_read_again(gateway, card), step, leaving=leaving)

    title = str(shown_value("joining_step", step.value))
    facts = facts_of(card)
    return Task(title, STEP, entries, request, words, card.name, again=again, facts=facts)


def _step_words(
    card: Application, step: JoiningStep, values: Mapping[str, str], *, leaving: bool
) -> tuple[str, ...]:
    forward = {
        *(JoiningStep.ACCEDE, JoiningStep.AGREE, JoiningStep.OPEN, JoiningStep.EQUIP),
        *(JoiningStep.LOAD, JoiningStep.TRY),
    }
    verb = "next" if step in forward else step.value
    given = {f"--{name}": value for name, value in values.items() if value}
    told = [w for pair in given.items() for w in pair]
    more = [*(["--leaving"] if leaving else []), *(["--yes"] if verb == "disconnect" else [])]
    return ("joining", verb, card.application, *told, *more)


def unit_task() -> Task:
    """Return the form of a unit: the applicant's own directories begin with it."""

    def request(values: Mapping[str, str]) -> AddUnit:
        return AddUnit(code=values["code"], name=values["name"])

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        return ("organization", "unit", "add", values["code"], "--name", values["name"])

    entries = (Entry("code", label("code")), Entry("name", label("name")))
    return Task(_("Add a unit"), ADD_UNIT, entries, request, words)


def register_task(card: Application) -> Task:
    """Return the form of what the state register says."""
    choices = tuple((s.value, str(shown_value("register_state", s.value))) for s in RegisterState)
    entries = (
        Entry("register_state", label("register_state"), RegisterState.ACTIVE.value, choices),
        Entry("checked_on", label("checked_on")),
    )

    def request(values: Mapping[str, str]) -> CheckRegister:
        day = values["checked_on"]
        return CheckRegister(
            application=str(card.id),
            register_state=RegisterState(values["register_state"]),
            checked_on=parse_date(day, "checked_on") if day else None,
        )

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        return ("joining", "check-register", card.application, "--state", values["register_state"])

    return Task(_("Record what the state register says"), CHECK_REGISTER, entries, request, words)


def protocol_task(card: Application) -> Task:
    """Return the form of a protocol: of the workplaces, or of the test exchange."""
    step, verb = _PROTOCOLS[card.joining]
    proof = tuple(_PROOF) if step is JoiningStep.TRY else ()
    entries = (
        Entry("text", _("Who checked what, and the result."), kind=Kind.LONG),
        *(Entry(name, _(_PROOF[name][1])) for name in proof),
    )

    def request(values: Mapping[str, str]) -> RecordEvidence:
        given = {name: values[name] or None for name in ("text", *proof)}
        return RecordEvidence.model_validate({"application": str(card.id), "step": step, **given})

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        given = [w for name in proof if values[name] for w in (_PROOF[name][0], values[name])]
        return ("joining", verb, card.application, "--text", values["text"], *given)

    return Task(_("Record the protocol of a check"), EVIDENCE, entries, request, words)


def _fields(known: Mapping[str, Any]) -> tuple[Entry, ...]:
    choices: dict[str, tuple[tuple[str, str], ...]] = {
        "subsystem": tuple((one.value, _(title)) for one, title in SUBSYSTEM_TITLES.items()),
        "front": tuple((one.value, _(title)) for one, title in FRONT_TITLES.items()),
    }
    return tuple(
        Entry(name, label(name), str(known.get(name) or ""), choices.get(name, ()))
        for name in FIELDS
    )


def _options(values: Mapping[str, str]) -> list[str]:
    flags = {"head_name": "--head"}
    return [
        word
        for name in FIELDS
        if values.get(name)
        for word in (flags.get(name, f"--{name.replace('_', '-')}"), values[name])
    ]
