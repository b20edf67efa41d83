"""Failures of the terms of assignments, one against another."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, Refused
from sed_tui.i18n import N_


class TermTooLate(Invalid):
    """The co-executors' term lies after the responsible executor's."""

    code = "co_term_too_late"
    message = N_("The co-executors' term {co_due} lies after the executor's {due}.")
    hint = N_("Give co-executors a day on or before the executor's.")


class TermEarlier(Invalid):
    """A return gives a term that lies before the current one."""

    code = "term_earlier"
    message = N_("The new term {due} lies before the current one, {current}.")
    hint = N_("A return for rework gives the same term or a later one.")


class ChildTermTooLate(Invalid):
    """The organization forbids a sub-assignment that ends after the one above (A4)."""

    code = "child_term_too_late"
    message = N_("The term {due} lies after that of the assignment above, {parent_due}.")
    hint = N_("The organization's policy forbids it: sedctl assignment policy")


class TermNeeded(Invalid):
    """The organization forbids assignments without a term."""

    code = "term_needed"
    message = N_("The organization's policy forbids assignments without a term.")
    hint = N_("Name one with --due; the policy: sedctl assignment policy")


class NotLater(Invalid):
    """An extension ends after the current term."""

    code = "not_later"
    message = N_("The term {due} is not later than the current one, {current}.")
    hint = N_("Give a later day, or leave the term as it is.")


class NoTermToExtend(Refused):
    """What has no term cannot be extended."""

    code = "no_term_to_extend"
    message = N_("The assignment has no term, nothing can be extended.")
    hint = N_("Give it a term by an amendment: sedctl assignment amend")


class ExtensionTooLate(Refused):
    """The organization refuses requests for a later term that come too late."""

    code = "extension_too_late"
    message = N_("A later term had to be asked for earlier: the current one is {due}.")
    hint = N_("Working days before the term: {notice}; the author may amend it himself.")
