"""Failures of resolutions: drafts with gaps, decisions that are somebody else's."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, NotPermitted, Refused
from sed_tui.i18n import N_


class NotAHead(Invalid):
    """A resolution is a head's."""

    code = "not_a_head"
    message = N_("{name} is not a head: only a head's resolution takes force.")
    hint = N_("Name the head with --author LOGIN.")


class HeadNeeded(Invalid):
    """It is not said whose resolution it is."""

    code = "head_needed"
    message = N_("It is not said whose resolution it is.")
    hint = N_("Name the head with --author LOGIN.")


class NoPoints(Invalid):
    """A resolution without a point asks nobody for anything."""

    code = "no_points"
    message = N_("A resolution has at least one point.")
    hint = N_("Give points: --point, --points FILE, or --text with --executor.")


class NoSuchPoint(Invalid):
    """The resolution has no point of the number."""

    code = "no_such_point"
    message = N_("There is no point {number}; these are there: {numbers}.")
    hint = N_("Name one of those: sedctl resolution show ID")


class BadPoint(Invalid):
    """A point on the command line is not read."""

    code = "bad_point"
    message = N_("The point “{value}” is not understood.")
    hint = N_("Write it like: --point 'number=1; text=…; executor=…; due=5 рд'")


class BadPointNumber(Invalid):
    """The number of a point is not a whole number above zero, or is there twice."""

    code = "bad_point_number"
    message = N_("“{value}” is no number of a point here: a whole one above zero, each once.")
    hint = N_("Give the point another number, or leave it out: it gets the next free one.")


class PointLacks(Invalid):
    """A point has not what every point needs (A8)."""

    code = "point_lacks"
    message = N_("{field}: missing, and the resolution has none in common.")
    hint = N_("Give it to the point, or to the resolution for all points.")


class ResolutionGaps(Refused):
    """A draft with gaps does not take force."""

    code = "resolution_gaps"
    message = N_("The resolution is not ready, nothing was issued:\n{gaps}")
    hint = N_("Mend it: sedctl resolution edit ID --point 'number=…; …'")


class ResolutionState(Refused):
    """The resolution is not in the state that the step starts from."""

    code = "resolution_state"
    message = N_("“{step}” is not possible: the resolution is in the state “{state}”.")
    hint = N_("Look at what is possible: sedctl resolution show ID")


class NotYourResolution(NotPermitted):
    """The step belongs to somebody else."""

    code = "not_your_resolution"
    message = N_("Only {part} may do this with the resolution.")
    hint = N_("Whoever stands in for an absent person may: sedctl user substitute")


class CommentNeeded(Invalid):
    """Nobody can mend what he is not told of."""

    code = "comment_needed"
    message = N_("A draft is returned with a comment.")
    hint = N_("Say what is to be changed with --comment TEXT.")
