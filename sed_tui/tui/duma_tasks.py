"""What is done with submissions to the Duma, sittings and rules, each as a small form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.domain.dates import parse_date, parse_moment
from sed_tui.domain.duma import NEXT, PASSAGE_TITLES, Passage, RuleSort
from sed_tui.domain.terms import Unit
from sed_tui.i18n import N_, _
from sed_tui.operations import duma, duma_submission
from sed_tui.operations.duma import (
    AddSitting,
    ListDumaRules,
    ListSittings,
    MoveSitting,
    SetDumaRule,
)
from sed_tui.operations.duma_submission import (
    AttachPaper,
    OpenSubmission,
    RecordPassage,
    SendSubmission,
)
from sed_tui.operations.labels import label
from sed_tui.operations.values import shown_value
from sed_tui.tui.entry_dialog import Entry, Kind, Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sed_tui.gateway import Gateway
    from sed_tui.operations.duma import DumaRuleRow, Sitting
    from sed_tui.operations.duma_submission import PaperRow, Submission
    from sed_tui.operations.registry import Request

_YES_NO = (("yes", N_("yes")), ("no", N_("no")))


def open_task(sittings: Sequence[Sitting], kinds: Iterable[str]) -> Task:
    """Return the form of a new submission: a document, a sitting, what is submitted."""
    days = tuple((str(one.id), f"{one.day:%d.%m.%Y} {one.title}") for one in sittings)
    known = tuple((kind, kind) for kind in kinds)
    entries = (
        Entry("document", label("document")),
        Entry("sitting", _("Sitting"), days[0][0] if days else "", days),
        Entry("kind", label("kind"), known[0][0] if known else "", known),
        Entry("title", _("Title (that of the document)")),
    )

    def request(values: Mapping[str, str]) -> Request:
        given = {**values, "title": values["title"] or None}
        return OpenSubmission.model_validate(given)

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        title = ("--title", values["title"]) if values["title"] else ()
        options = ("--sitting", values["sitting"], "--kind", values["kind"], *title)
        return ("duma", "open", values["document"], *options)

    return Task(_(duma_submission.OPEN.title), duma_submission.OPEN, entries, request, words)


def attach_task(card: Submission, paper: PaperRow, files: Sequence[str]) -> Task:
    """Return the form that chooses a file of the document as a paper."""
    chosen = paper.file if paper.file and paper.file in files else files[0]
    entries = (Entry("file", _("File"), chosen, tuple((name, name) for name in files)),)
    return Task(
        _(duma_submission.ATTACH.title),
        duma_submission.ATTACH,
        entries,
        lambda values: AttachPaper(submission=str(card.id), paper=paper.code, file=values["file"]),
        lambda values: ("duma", "attach", card.short_id, paper.code, values["file"]),
        paper.title,
    )


def passage_tasks(card: Submission) -> list[Task]:
    """Return what can become of a submission now: sent, or a step of its passage."""
    later = [step for step in Passage if step in NEXT[card.passage_state]]
    found = [send_task(card)] if Passage.SUBMITTED in later else []
    return found + [step_task(card, step) for step in later if step is not Passage.SUBMITTED]


def send_task(card: Submission) -> Task:
    """Return the form of sending: late for a reason, or by the evidence of an attempt."""
    entries = (
        Entry("late", _("Though the term is over; with a reason."), "no", _words()),
        Entry("reason", _("Reason (may be left out)"), kind=Kind.LONG),
        Entry("attempted_at", _("When it was tried while the link was down.")),
        Entry("evidence", _("What shows the attempt."), kind=Kind.LONG),
    )

    def request(values: Mapping[str, str]) -> Request:
        at = values["attempted_at"]
        return SendSubmission(
            submission=str(card.id),
            late=values["late"] == "yes",
            reason=values["reason"] or None,
            attempted_at=parse_moment(at, "attempted_at") if at else None,
            evidence=values["evidence"] or None,
        )

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        late = ("--late",) if values["late"] == "yes" else ()
        given = {name: values[name] for name in ("reason", "attempted_at", "evidence")}
        return ("duma", "send", card.short_id, *late, *_options(given))

    note = _("Send by {due}").format(due=f"{card.due:%d.%m.%Y}") if card.due else ""
    return Task(_(duma_submission.SEND.title), duma_submission.SEND, entries, request, words, note)


def step_task(card: Submission, step: Passage) -> Task:
    """Return the form of a step: its day, its notice or its reason, the Duma's numbers."""
    entries = (
        Entry("on", _("The day, today by default.")),
        Entry("notice", _("The registered notice of the Duma.")),
        Entry("reason", _("Reason: needed without a notice"), kind=Kind.LONG),
        Entry("numbers", _("The Duma's number; several with ;"), "; ".join(card.numbers)),
    )

    def request(values: Mapping[str, str]) -> Request:
        day = values["on"]
        return RecordPassage(
            submission=str(card.id),
            passage_state=step,
            on=parse_date(day, "on") if day else None,
            **{name: values[name] or None for name in ("notice", "reason", "numbers")},
        )

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        given = {**values, "number": values["numbers"]}
        del given["numbers"]
        return ("duma", "step", card.short_id, step.value, *_options(given))

    title = _("Enter the state: {state}").format(state=_(PASSAGE_TITLES[step]))
    return Task(title, duma_submission.STEP, entries, request, words, card.title)


def add_sitting_task() -> Task:
    """Return the form of a new sitting."""
    entries = (Entry("day", label("day")), Entry("title", label("title"), "Заседание Думы"))
    return Task(
        _(duma.ADD_SITTING.title),
        duma.ADD_SITTING,
        entries,
        lambda values: AddSitting(day=parse_date(values["day"], "day"), title=values["title"]),
        lambda values: ("duma", "sitting", "add", values["day"], "--title", values["title"]),
    )


def move_task(sitting: Sitting) -> Task:
    """Return the form that moves a sitting; the version that was seen goes with it."""
    entries = (Entry("day", _("The new day.")), Entry("reason", label("reason"), kind=Kind.LONG))
    seen = ("--version", str(sitting.version))

    def request(values: Mapping[str, str]) -> Request:
        return MoveSitting(
            sitting=str(sitting.id),
            day=parse_date(values["day"], "day"),
            reason=values["reason"],
            version=sitting.version,
        )

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        told = ("--reason", values["reason"])
        return ("duma", "sitting", "move", sitting.short_id, values["day"], *told, *seen)

    def again(gateway: Gateway) -> Task:
        rows = gateway.call(duma.SITTINGS, ListSittings(past=True)).rows
        return move_task(next(one for one in rows if one.id == sitting.id))

    return Task(
        _(duma.MOVE_SITTING.title),
        duma.MOVE_SITTING,
        entries,
        request,
        words,
        f"{sitting.day:%d.%m.%Y} {sitting.title}",
        again=again,
        facts={label("day"): f"{sitting.day:%d.%m.%Y}"},
    )


def rule_task(rule: DumaRuleRow | None) -> Task:
    """Return the form of a rule, of a new one without any."""
    known = _shown(rule)
    names = ("title", "kind", "amount", "counted_in", "is_required", "source", "checked_on")
    head = () if rule else (Entry("code", label("code")), _entry("sort", known))
    tail = (_entry("is_closed", known),) if rule else ()
    entries = (*head, *(_entry(name, known) for name in names), *tail)

    def changed(values: Mapping[str, str]) -> dict[str, str]:
        kept = known if rule else {}
        return {n: v for n, v in values.items() if v != kept.get(n, "") and n != "code"}

    def request(values: Mapping[str, str]) -> Request:
        code = rule.code if rule else values["code"]
        seen = {"code": code, "version": rule.version if rule else 0}
        return SetDumaRule.model_validate({**seen, **_read(changed(values))})

    def words(values: Mapping[str, str]) -> tuple[str, ...]:
        code = rule.code if rule else values["code"] or "…"
        return ("duma", "rule", "set", code, *_rule_options(changed(values)))

    def again(gateway: Gateway) -> Task:
        rows = gateway.call(duma.RULES, ListDumaRules(all_states=True)).rows
        return rule_task(next(one for one in rows if rule and one.code == rule.code))

    note = f"{rule.code} · {rule.title}" if rule else ""
    read_again = again if rule else None
    title = _(duma.SET_RULE.title)
    return Task(title, duma.SET_RULE, entries, request, words, note, again=read_again)


def _entry(name: str, known: Mapping[str, str]) -> Entry:
    choices: dict[str, tuple[tuple[str, str], ...]] = {
        "sort": tuple((one.value, str(shown_value("sort", one.value))) for one in RuleSort),
        "counted_in": tuple(
            (one.value, str(shown_value("counted_in", one.value)))
            for one in (Unit.CALENDAR_DAYS, Unit.WORKING_DAYS)
        ),
        "is_required": _words(),
        "is_closed": _words(),
    }
    titles = {
        "kind": _("Submissions of a paper, or the step that words mean"),
        "is_closed": _("Whether it applies no more."),
        "checked_on": _("When it was compared with the source."),
    }
    return Entry(name, titles.get(name) or label(name), known[name], choices.get(name, ()))


def _shown(rule: DumaRuleRow | None) -> dict[str, str]:
    if rule is None:
        begun = {"sort": RuleSort.TERM.value, "counted_in": Unit.CALENDAR_DAYS.value}
        empty = dict.fromkeys(("title", "kind", "amount", "source", "checked_on"), "")
        return {**empty, **begun, "is_required": "yes", "is_closed": "no"}
    day = f"{rule.checked_on:%d.%m.%Y}" if rule.checked_on else ""
    return {
        **{name: str(getattr(rule, name)) for name in ("title", "kind", "amount", "source")},
        "sort": rule.sort.value,
        "counted_in": rule.counted_in.value,
        "checked_on": day,
        "is_required": "yes" if rule.is_required else "no",
        "is_closed": "yes" if rule.is_closed else "no",
    }


def _read(values: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = dict(values)
    for name in ("is_required", "is_closed"):
        if name in found:
            found[name] = found[name] == "yes"
    if values.get("checked_on"):
        found["checked_on"] = parse_date(values["checked_on"], "checked_on")
    return {name: value for name, value in found.items() if value != ""}


def _rule_options(values: Mapping[str, str]) -> list[str]:
    switches = {
        ("is_required", "yes"): "--required",
        ("is_required", "no"): "--optional",
        ("is_closed", "yes"): "--close",
        ("is_closed", "no"): "--reopen",
    }
    plain = {n: v for n, v in values.items() if n not in {"is_required", "is_closed"}}
    return [*_options(plain), *(switches[pair] for pair in values.items() if pair in switches)]


def _options(values: Mapping[str, str]) -> list[str]:
    return [
        word
        for name, value in values.items()
        if value
        for word in (f"--{name.replace('_', '-')}", value)
    ]


def _words() -> tuple[tuple[str, str], ...]:
    return tuple((value, _(title)) for value, title in _YES_NO)
