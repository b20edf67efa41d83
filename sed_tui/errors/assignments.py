"""Failures of assignments: who may do what with one, and when."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotFound, NotPermitted, Refused
from sed_tui.i18n import N_


class NobodyHere(NotFound):
    """Nobody of the organization answers to the text."""

    code = "nobody_here"
    hint = N_(
        "Write a login, a name or a post: sedctl user list. "
        "Another organization gets a part of the order: sedctl assignment part send"
    )


class WrongState(Refused):
    """The flow has no such step from the state the assignment is in."""

    code = "assignment_state"
    message = N_("“{step}” is not possible: the assignment is in the state “{state}”.")
    hint = N_("Look at its history: sedctl assignment show ID")


class NotYourPart(NotPermitted):
    """The step belongs to somebody else."""

    code = "not_your_part"
    message = N_("Only {part} may do this with the assignment.")
    hint = N_("Ask that person, or look who it is: sedctl assignment show ID")


class OwnReport(NotPermitted):
    """The executor may not accept or return his own report."""

    code = "own_report"
    message = N_("Nobody accepts or returns his own report.")
    hint = N_("The author or the controller does it.")


class ProofNeeded(Refused):
    """Special control ends with a proof, not with acceptance alone."""

    code = "proof_needed"
    message = N_("The assignment is on special control: without a proof it is not released.")
    hint = N_("Release it naming the document that proves it: sedctl assignment release --proof")


class ForeignAuthor(NotPermitted):
    """The person may not issue in the author's name."""

    code = "foreign_author"
    message = N_("You may not issue assignments in the name of {author}.")
    hint = N_("Assistants and controllers issue for heads, everybody else in his own name.")


class AuthorNeeded(Invalid):
    """An assistant has to say whose assignment it is."""

    code = "author_needed"
    message = N_("It is not said whose assignment it is.")
    hint = N_("Name the head with --author LOGIN.")


class NoRightOverExecutor(NotPermitted):
    """The author does not direct the executor."""

    code = "no_right_over_executor"
    message = N_("The author may not give assignments to {name}.")
    hint = N_("Heads and controllers assign to everybody, others within their own unit.")


class SamePersonTwice(Invalid):
    """One person stands in two parts of the assignment."""

    code = "same_person_twice"
    message = N_("{field}: {name} already has another part in the assignment.")
    hint = N_("Executor, controller and co-executors are different people.")


class TooManyExecutors(Invalid):
    """An assignment has exactly one responsible executor."""

    code = "one_executor"
    message = N_("Responsible executors named: {count}; an assignment has exactly one.")
    hint = N_("Name the others with --co-executor.")


class DocumentCancelled(Refused):
    """Nothing is assigned on a cancelled document."""

    code = "document_cancelled"
    message = N_("The document is cancelled: nothing can be assigned on it.")
    hint = N_("Choose another document, or issue it without --document.")


class ChildrenAlive(Refused):
    """Sub-assignments are still open, and nobody has said what becomes of them (A5)."""

    code = "children_alive"
    message = N_("Sub-assignments still open: {count}.")
    hint = N_("Say what becomes of them: --children stop, or --children leave.")


class ParentClosed(Refused):
    """Nothing is given out under what nobody works on any more."""

    code = "parent_closed"
    message = N_("No sub-assignment is possible: the one above is in the state “{state}”.")
    hint = N_("Issue it on the document itself.")


class NoPartInParent(NotPermitted):
    """Only somebody who has a part in an assignment divides it."""

    code = "no_part_in_parent"
    message = N_("{name} has no part in the assignment above and gives nothing out under it.")
    hint = N_("Its executor, co-executors, author and controller do.")


class NobodyAccepts(Invalid):
    """An assignment on control has somebody who takes the report."""

    code = "nobody_accepts"
    message = N_("Nobody is left to accept the report: the author is the executor himself.")
    hint = N_("Name somebody with --controller LOGIN.")


class ControllerWithoutControl(Invalid):
    """A controller and no control contradict each other."""

    code = "controller_without_control"
    message = N_("A controller is named for what is not on control.")
    hint = N_("Leave the controller out, or put it on control.")


class FixedOnAcceptance(Refused):
    """The report waits for acceptance: executor, term and the fact of control stay (A7)."""

    code = "fixed_on_acceptance"
    message = N_("{field} cannot change while the report waits for acceptance.")
    hint = N_("Accept the report or return it for rework first.")


class NothingToAmend(Invalid):
    """The amendment changes nothing."""

    code = "nothing_to_amend"
    message = N_("Nothing would change.")
    hint = N_("Name what is to change: sedctl assignment amend --help")


class AlreadyHis(Conflict):
    """The person has the part already."""

    code = "already_his"
    message = N_("{name} has this part already.")
    hint = N_("There is nothing to do.")


class NothingAsked(Refused):
    """There is no request that waits for a decision."""

    code = "nothing_asked"
    message = N_("No request waits for this on the assignment.")
    hint = N_("Look at it: sedctl assignment show ID")


class AlreadyAsked(Conflict):
    """A request waits for its answer already."""

    code = "already_asked"
    message = N_("A request waits for its answer already.")
    hint = N_("Look at it: sedctl assignment show ID")


class WordsNeeded(Invalid):
    """An assignment says what is to be done, in words of its own or of a template."""

    code = "words_needed"
    message = N_("It is not said what is to be done.")
    hint = N_("Write --text, or take the words of a template: sedctl assignment template list")


class OpenItems(Refused):
    """Nobody is dismissed before what he has open, or is to get, is handed over."""

    code = "open_items"
    message = N_("{login} still has open assignments: {count}; drafts and schedules: {plans}.")
    hint = N_("Hand them over: sedctl assignment handover {login} --to LOGIN")


class NobodyTakes(Invalid):
    """None of the successors can take an item over."""

    code = "nobody_takes"
    message = N_("None of those named can take over {assignment}: each has another part in it.")
    hint = N_("Name somebody else with --to LOGIN.")
