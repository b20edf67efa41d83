"""Failures of submissions to the Duma."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotFound, Refused
from sed_tui.i18n import N_


class UnknownSubmissionKind(Invalid):
    """No paper is asked for a submission of this kind."""

    code = "duma_unknown_kind"
    message = N_("No papers are known of a submission “{kind}”.")
    hint = N_("Kinds: {kinds}. Another one begins with its papers: sedctl duma rule set")


class UnknownPaper(NotFound):
    """The kind of the submission asks for no such paper."""

    code = "duma_unknown_paper"
    message = N_("A submission “{kind}” has no paper “{paper}”.")
    hint = N_("Papers: {papers}")


class RuleIncomplete(Invalid):
    """A new rule lacks what it cannot do without."""

    code = "duma_rule_incomplete"
    message = N_("A new rule needs {what}.")
    hint = N_("sedctl duma rule set CODE --sort term --title … --amount … --source …")


class SubmissionIncomplete(Refused):
    """Papers are missing or not signed."""

    code = "duma_incomplete"
    message = N_("The submission is not complete: {lacks}.")
    hint = N_("What is there and what is not: sedctl duma show {id}")


class WrongEdition(Refused):
    """The file was replaced after it was put among the papers."""

    code = "duma_wrong_edition"
    message = N_("{paper}: version {seen} of “{name}” was chosen, version {current} is there.")
    hint = N_("Look which edition is right and choose it again: sedctl duma attach")


class SameNameTwice(Conflict):
    """Two papers would carry one name of a file."""

    code = "duma_same_name"
    message = N_("“{name}” is the file of “{paper}” already: two editions under one name.")
    hint = N_("Give the other edition a name of its own and add it to the document.")


class SubmissionLate(Refused):
    """The term of the submission is over."""

    code = "duma_late"
    message = N_("The term of the sitting of {sitting} ended on {due}.")
    hint = N_("Choose a later sitting, or send it late with --late and a --reason.")


class NoEvidence(Invalid):
    """An attempt is claimed and nothing shows it, or it lies in the future."""

    code = "duma_no_evidence"
    message = N_("The time of an attempt counts with its evidence, and not in the future.")
    hint = N_("Say what shows it: --evidence “журнал канала, 17:59, нет ответа”.")


class PassageForbidden(Refused):
    """The submission cannot take this step now."""

    code = "duma_passage_forbidden"
    message = N_("The submission is “{now}” and cannot become “{step}”.")
    hint = N_("From here: {steps}. Its history: sedctl duma show ID")


class PassageReasonNeeded(Invalid):
    """A return, a refusal, a withdrawal and what is entered by hand have a reason."""

    code = "duma_reason_needed"
    message = N_("“{step}” needs a reason, or the notice that it came by.")
    hint = N_("Give --reason; where the Duma named none, say just that: «причина не указана».")


class DumaNumberTaken(Conflict):
    """Another submission carries the number of the Duma."""

    code = "duma_number_taken"
    message = N_("The Duma's number {number} belongs to the submission {other}.")
    hint = N_("Compare the notice; several numbers of one paper are given with semicolons.")


class SittingOver(Refused):
    """The sitting was held."""

    code = "duma_sitting_over"
    message = N_("The sitting of {day} is over.")
    hint = N_("Add the next one: sedctl duma sitting add")


class SittingExists(Conflict):
    """A sitting of that day is there."""

    code = "duma_sitting_exists"
    message = N_("There is a sitting of {day} already.")
    hint = N_("Sittings: sedctl duma sitting list")


class SentByItself(Refused):
    """That a submission was sent is not entered as a step: it would go out unchecked."""

    code = "duma_sent_by_itself"
    message = N_("A submission is sent by a command of its own, which looks at its papers.")
    hint = N_("Send it: sedctl duma send")


class UnknownStep(Invalid):
    """The words of a notice mean nothing that a submission could become."""

    code = "duma_unknown_step"
    message = N_("“{step}” is no step of the passage that a notice tells of.")
    hint = N_("Steps: {steps}")
