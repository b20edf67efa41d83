"""Failures of drafts: a step out of order, a version that is not the last."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotFound, NotPermitted, Refused
from sed_tui.i18n import N_


class NotADraft(Refused):
    """The document was registered without ever having been a draft."""

    code = "not_a_draft"
    message = N_("The document was not drafted here: it has no versions.")
    hint = N_("Its card and files are changed by: sedctl document edit, sedctl document file add")


class StillADraft(Refused):
    """What is asked for is done with registered documents."""

    code = "still_a_draft"
    message = N_("The document is a draft: {what} is changed in another way.")
    hint = N_("Card: sedctl document revise. Text and files: sedctl document version add")


class NotDraftedFlow(Invalid):
    """Documents that come from outside are not drafted."""

    code = "not_drafted_flow"
    message = N_("Nobody drafts {flow} here: it comes from outside.")
    hint = N_("Register it: sedctl document register")


class OfficialUseDraft(Refused):
    """Nothing for official use only travels electronically."""

    code = "official_use_draft"
    message = N_("A document for official use only is not drafted or approved electronically.")
    hint = N_("Let it be approved and signed on paper, then register it without files.")


class ApprovalUnderWay(Refused):
    """The document is on approval."""

    code = "approval_under_way"
    message = N_("The document is on approval.")
    hint = N_("Wait for the decisions, or let its initiator withdraw it: sedctl approval withdraw")


class OnRework(Refused):
    """The document was sent back and has not been through approval again."""

    code = "on_rework"
    message = N_("The document is on rework: it is not approved.")
    hint = N_("Answer the remarks and start another round, or: sedctl approval withdraw")


class AlreadyApproved(Refused):
    """The document is approved: its text is what was agreed to."""

    code = "already_approved"
    message = N_("The document is approved as it is.")
    hint = N_("To change it, withdraw it first: it is then approved anew.")


class AlreadySigned(Refused):
    """The document is signed: its bytes are what the signature holds for."""

    code = "already_signed"
    message = N_("The document is signed: its text and its card are not changed any more.")
    hint = N_("Register it, or make another draft.")


class DraftRegistered(Refused):
    """The document has its number."""

    code = "draft_registered"
    message = N_("The document is registered already.")
    hint = N_("Look at it: sedctl document show. A wrong one is cancelled with a reason.")


class AlreadyDispatched(Refused):
    """The document has been sent."""

    code = "already_dispatched"
    message = N_("The document has been dispatched already.")
    hint = N_("Look when and to whom: sedctl document dispatches")


class AlreadySent(Conflict):
    """The letter has gone to this addressee, and nobody said that it goes once more."""

    code = "already_sent"
    message = N_("The letter has gone already, on {day:%d.%m.%Y}: {names}.")
    hint = N_(
        "Once more where you mean to: sedctl document dispatch {number} --again. The other "
        "addressees: sedctl document dispatch {number} --to NAME"
    )


class DraftDiscarded(Refused):
    """The draft was given up, or the registration cancelled."""

    code = "draft_discarded"
    message = N_("The document was discarded.")
    hint = N_("Make another draft; the discarded one stays as it was.")


class NotApproved(Refused):
    """Approval comes before signing and registration."""

    code = "not_approved"
    message = N_("The document is not approved, and somebody has to approve it first.")
    hint = N_("Start the approval: sedctl approval start")


class NotOnApproval(Refused):
    """Nobody has been asked to approve the document."""

    code = "not_on_approval"
    message = N_("The document is not on approval.")
    hint = N_("Start the approval: sedctl approval start")


class NotSigned(Refused):
    """Signing comes before registration."""

    code = "not_signed"
    message = N_("The document is not signed: it is registered after signing.")
    hint = N_("For a paper signature give --signatory NAME --signed-on DATE.")


class NotYetRegistered(Refused):
    """Only a signed and registered document is dispatched (rules §1.14)."""

    code = "not_yet_registered"
    message = N_("The document is not registered: only a registered one is dispatched.")
    hint = N_("Register it first: sedctl document register-draft")


class NotYourDraft(NotPermitted):
    """The draft is somebody else's."""

    code = "not_your_draft"
    message = N_("The draft is {author}'s: only its author or the office changes it.")
    hint = N_("Ask its author, or let an assistant do it.")


class NothingDrafted(Invalid):
    """A version has neither a text nor a file."""

    code = "nothing_drafted"
    message = N_("A version has at least one file.")
    hint = N_("Give --file FILE, or --text TEXT.")


class SameVersion(Invalid):
    """The version would be the one that is there."""

    code = "same_version"
    message = N_("Nothing differs from version {version}.")
    hint = N_("Give a changed file, or name one to leave out with --remove.")


class VersionOutdated(Conflict):
    """The document has changed since it was looked at."""

    code = "version_outdated"
    message = N_("The document has changed: version {current} is the last, not {seen}.")
    hint = N_("Look at what changed: sedctl document version diff")


class NoSuchVersion(NotFound):
    """The document has no version of the number."""

    code = "no_such_version"
    message = N_("There is no version {version}; the last one is {last}.")
    hint = N_("Name one of those: sedctl document version list")


class NoSuchVersionFile(NotFound):
    """The version holds no file of the name."""

    code = "no_such_version_file"
    message = N_("The version holds no file “{name}”; it holds: {names}.")
    hint = N_("Write the name as the list shows it.")


class NoOutsideAddressee(Invalid):
    """The document goes to nobody outside."""

    code = "no_outside_addressee"
    message = N_("The document has no addressee “{name}” to be dispatched to.")
    hint = N_("Its addressees: {names}")
