"""What can be decided about a version under approval, each step as a dialog."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sed_tui.domain.approval_flow import AnswerState
from sed_tui.i18n import N_, _
from sed_tui.operations.approval import (
    ANSWER,
    APPROVE,
    REDIRECT,
    REMARK,
    REWORK,
    START,
    WITHDRAW,
    AnswerRemark,
    ApproveDraft,
    RedirectApproval,
    RemarkDraft,
    SendBackDraft,
    StartApproval,
    WithdrawApproval,
)
from sed_tui.operations.signing_refusal import REFUSE, RefuseSigning
from sed_tui.tui.approval_text import plan_text
from sed_tui.tui.entry_dialog import REASON, Entry, Kind, Task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sed_tui.operations.approval import ApprovalSheet, RemarkRow
    from sed_tui.operations.draft_version import VersionText
    from sed_tui.operations.route import RoutePlan


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read before a step: which document and version, whose question, the sheet."""

    document: str
    name: str
    version: VersionText
    sheet: ApprovalSheet | None
    on_behalf_of: str | None = None

    @property
    def request(self) -> dict[str, Any]:
        """Return what every decision names."""
        return {
            "document": self.document,
            "version": self.version.number,
            "on_behalf_of": self.on_behalf_of,
        }

    @property
    def open_remark(self) -> RemarkRow | None:
        """Return the first remark without an answer."""
        remarks = self.sheet.remarks if self.sheet is not None else ()
        return next((row for row in remarks if row.answer_state is AnswerState.OPEN), None)

    def words(self, step: str, *more: str) -> tuple[str, ...]:
        """Return a decision as a command."""
        behalf = ("--for", self.on_behalf_of) if self.on_behalf_of else ()
        version = ("--version", str(self.version.number))
        return ("approval", step, self.name, *version, *behalf, *more)

    def title(self, text: str) -> str:
        """Return the title of a dialog."""
        return _(text).format(name=self.name, version=self.version.number)


def approve(seen: Seen) -> Task:
    """Agree to the version that was read."""
    return Task(
        seen.title(N_("Agree to version {version} of {name}")),
        APPROVE,
        [Entry("comment", _("Comment (may be left out)"))],
        lambda values: ApproveDraft(**seen.request, comment=values["comment"] or None),
        lambda values: seen.words("approve", *_option("--comment", values["comment"])),
    )


def remark(seen: Seen) -> Task:
    """Agree with remarks."""
    check = (("yes", _("ask me again in the next round")),)
    return Task(
        seen.title(N_("Agree with remarks to version {version} of {name}")),
        REMARK,
        [
            Entry("comment", _("Remarks"), kind=Kind.LONG),
            Entry("to_check", _("After they are answered"), choices=check),
        ],
        lambda values: RemarkDraft(
            **seen.request, comment=values["comment"] or None, to_check=bool(values["to_check"])
        ),
        lambda values: seen.words(
            "remark",
            *_option("--comment", values["comment"]),
            *(("--check",) if values["to_check"] else ()),
        ),
    )


def rework(seen: Seen) -> Task:
    """Send the version back: the round ends."""
    return Task(
        seen.title(N_("Send version {version} of {name} back for rework")),
        REWORK,
        [Entry("comment", _("What is to be changed"), kind=Kind.LONG)],
        lambda values: SendBackDraft(**seen.request, comment=values["comment"] or None),
        lambda values: seen.words("rework", *_option("--comment", values["comment"])),
    )


def refuse(seen: Seen) -> Task:
    """Refuse to sign the version: it goes back for rework."""
    return Task(
        seen.title(N_("Refuse to sign version {version} of {name}")),
        REFUSE,
        [Entry("comment", _("What is to be changed"), kind=Kind.LONG)],
        lambda values: RefuseSigning(
            document=seen.document,
            version=seen.version.number,
            comment=values["comment"] or None,
        ),
        lambda values: seen.words("refuse", *_option("--comment", values["comment"])),
    )


def redirect(seen: Seen) -> Task:
    """Let somebody else decide."""

    def made(values: Mapping[str, str]) -> RedirectApproval:
        return RedirectApproval(**seen.request, to=values["to"], comment=values["comment"] or None)

    return Task(
        seen.title(N_("Let somebody else decide about {name}")),
        REDIRECT,
        [
            Entry("to", _("Who is to decide: name or login"), kind=Kind.PERSON),
            Entry("comment", _("Comment (may be left out)")),
        ],
        made,
        lambda values: seen.words(
            "redirect", "--to", values["to"], *_option("--comment", values["comment"])
        ),
    )


def start(seen: Seen, plan: RoutePlan) -> Task:
    """Put the document on approval, or begin its next round, along a route that was shown."""
    everybody = (("yes", _("those who agreed too")),)
    return Task(
        seen.title(N_("Put version {version} of {name} on approval")),
        START,
        [Entry("everybody", _("Who is asked again"), choices=everybody)],
        lambda values: StartApproval(document=seen.document, everybody=bool(values["everybody"])),
        lambda values: (
            *("approval", "start", seen.name),
            *(("--everybody",) if values["everybody"] else ()),
        ),
        plan_text(plan),
    )


def withdraw(seen: Seen) -> Task:
    """Take the document off approval."""
    return Task(
        seen.title(N_("Withdraw {name} from approval")),
        WITHDRAW,
        [Entry(REASON, _("Reason"))],
        lambda _values: WithdrawApproval(document=seen.document),
        lambda values: (
            *("approval", "withdraw", seen.name),
            *("--reason", values[REASON]),
        ),
    )


def answer(seen: Seen, given: RemarkRow) -> Task:
    """Answer a remark of an approver."""
    choices = (("yes", _("taken into account")), ("no", _("rejected")))

    def made(values: Mapping[str, str]) -> AnswerRemark:
        return AnswerRemark(
            document=seen.document,
            remark=given.number,
            is_taken=values["is_taken"] == "yes",
            text=values["text"] or None,
        )

    return Task(
        _("Answer remark {number} on {name}").format(number=given.number, name=seen.name),
        ANSWER,
        [
            Entry("is_taken", _("The remark is"), "yes", choices),
            Entry("text", _("Why, or what was done"), kind=Kind.LONG),
        ],
        made,
        lambda values: _answer_words(seen, given, values),
        given.text,
    )


def _answer_words(seen: Seen, given: RemarkRow, values: Mapping[str, str]) -> tuple[str, ...]:
    decided = "--taken" if values["is_taken"] == "yes" else "--rejected"
    text = _option("--text", values["text"])
    return ("approval", "answer", seen.name, str(given.number), decided, *text)


def _option(name: str, value: str) -> tuple[str, ...]:
    return (name, value) if value else ()
