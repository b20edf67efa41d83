"""Failures of assignments: who may do what with one, and when."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, NotPermitted, Refused
from sed_tui.i18n import N_


class WrongState(Refused):
    """The flow has no such step from the state the assignment is in."""

    code = "assignment_state"
    message = N_("“{step}” is not possible: the assignment is in the state “{state}”.")
    hint = N_("Look at its history: sedctl assignment show ID")


class NotYourPart(NotPermitted):
    """The step belongs to somebody else."""

    code = "not_your_part"
    message = N_("Only {part} may do this with the assignment.")
    hint = ""


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


class TermTooLate(Invalid):
    """The co-executors' term lies after the responsible executor's."""

    code = "co_term_too_late"
    message = N_("The co-executors' term {co_due} lies after the executor's {due}.")


class TermEarlier(Invalid):
    """A return gives a term that lies before the current one."""

    code = "term_earlier"
    message = N_("The new term {due} lies before the current one, {current}.")
    hint = N_("A return for rework gives the same term or a later one.")


class DocumentCancelled(Refused):
    """Nothing is assigned on a cancelled document."""

    code = "document_cancelled"
    message = N_("The document is cancelled: nothing can be assigned on it.")
