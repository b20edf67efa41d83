"""Failures of approvals: decisions out of turn, of somebody else, on what has changed."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotFound, NotPermitted, Refused
from sed_tui.i18n import N_


class ApprovalObstacles(Refused):
    """Something stands against the start of an approval."""

    code = "approval_obstacles"
    message = N_("The approval was not started:\n{obstacles}")
    hint = N_("Look at the whole plan: sedctl approval route preview ID")


class AlreadyDecided(Conflict):
    """The decision was taken meanwhile."""

    code = "already_decided"
    message = N_("It is decided already.")
    hint = N_("Look what was decided: sedctl approval show ID")


class NotAskedYet(Refused):
    """The turn has not come."""

    code = "not_asked_yet"
    message = N_("The turn has not come: others decide before.")
    hint = N_("Look whose turn it is: sedctl approval show ID")


class TaskOver(Refused):
    """The round ended before the decision."""

    code = "task_over"
    message = N_("The round is over: the document was sent back or withdrawn.")
    hint = N_("The next round asks again: sedctl approval show ID")


class NotAnApprover(NotPermitted):
    """Nobody asks the person."""

    code = "not_an_approver"
    message = N_("Nobody asks {name} about this document.")
    hint = N_("Look who is asked: sedctl approval show ID. For an absent person: --for LOGIN")


class OwnApproval(NotPermitted):
    """Nobody approves his own document, not by substitution either."""

    code = "own_approval"
    message = N_("Nobody approves his own document, not in the place of another either.")
    hint = N_("Let the absent approver name somebody else: sedctl user substitute")


class CommentWanted(Invalid):
    """Remarks and rework say what is wrong."""

    code = "comment_wanted"
    message = N_("A comment is needed: what is wrong, and where.")
    hint = N_("Give it with --comment TEXT, single remarks with --remark TEXT.")


class RejectionUnexplained(Invalid):
    """Who rejects a remark says why."""

    code = "rejection_unexplained"
    message = N_("A remark is rejected for a reason.")
    hint = N_("Give it with --text TEXT; --taken takes the remark into account.")


class MandatoryApprover(Refused):
    """A mandatory approver decides himself."""

    code = "mandatory_approver"
    message = N_("The stage is obligatory: its approver decides himself or his substitute does.")
    hint = N_("Enter a substitute: sedctl user substitute")


class AlreadyAsked(Conflict):
    """The person has a question in the stage."""

    code = "approver_asked"
    message = N_("{name} is asked in this stage already.")
    hint = N_("Name somebody else with --to LOGIN.")


class RemarksUnanswered(Refused):
    """The next round begins when every remark has its answer."""

    code = "remarks_unanswered"
    message = N_("Remarks without an answer: {numbers}.")
    hint = N_("Answer each: sedctl approval answer ID NUMBER --taken (or --rejected) --text TEXT")


class NoSuchRemark(NotFound):
    """The document has no remark of the number."""

    code = "no_such_remark"
    message = N_("There is no remark {number}; these are there: {numbers}.")
    hint = N_("Name one of those: sedctl approval show ID")


class NeverApproved(NotFound):
    """The document was never on approval."""

    code = "never_approved"
    message = N_("The document has not been on approval.")
    hint = N_("Start it: sedctl approval start ID")


class NoStageLeft(Refused):
    """The stage to ask somebody in is over, or there is none of the name."""

    code = "no_stage_left"
    message = N_("There is no stage “{stage}” that is not over; these are: {stages}.")
    hint = N_("Name one of those with --stage, or leave it out for the present one.")
