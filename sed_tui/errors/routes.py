"""Faults of a route's text, each with its line, and failures of choosing a route."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, Refused
from sed_tui.i18n import N_


class RouteFault(Invalid):
    """Something is wrong with a route at a line of its text."""

    code = "route_fault"
    message = N_("Line {line}: the route is wrong.")
    hint = N_("Mend the text and check it again: sedctl approval route check FILE")


class RouteNotToml(RouteFault):
    """The text breaks the rules of TOML."""

    code = "route_not_toml"
    message = N_("The text is no TOML: {reason}.")
    hint = N_("Texts stand in quotation marks, lists in brackets, a stage begins with [[stage]].")


class RouteUnknownKey(RouteFault):
    """The text holds a key that routes do not have."""

    code = "route_unknown_key"
    message = N_("Line {line}: routes have no key “{key}” there.")
    hint = N_("Known there: {keys}")


class RouteBadValue(RouteFault):
    """A value is not of the sort that its key takes."""

    code = "route_bad_value"
    message = N_("Line {line}: {key}: “{value}” is not what is expected.")
    hint = N_("Expected: {expected}")


class RouteWithoutStages(RouteFault):
    """Nothing happens on the route."""

    code = "route_without_stages"
    message = N_("Line {line}: the route has no stage.")
    hint = N_("Add one: [[stage]] with name, kind and performers.")


class StageWithoutPerformers(RouteFault):
    """Nobody is to perform a stage."""

    code = "stage_without_performers"
    message = N_("Line {line}: nobody performs the stage “{stage}”.")
    hint = N_('Name them: performers = ["petrov", "role:unit_head", "group:юристы"]')


class StageOutOfOrder(RouteFault):
    """A stage stands before one that it has to follow."""

    code = "stage_out_of_order"
    message = N_("Line {line}: the stage “{stage}” stands before “{other}”, which it must follow.")
    hint = N_("The order: approval and legal review, signing, registration, dispatch.")


class SecondSigning(RouteFault):
    """A document would be signed twice on one branch."""

    code = "second_signing"
    message = N_("Line {line}: the stage “{stage}” signs what “{other}” has signed already.")
    hint = N_("Leave one signing, or give both conditions that exclude each other.")


class StageUnreachable(RouteFault):
    """The condition of a stage never holds."""

    code = "stage_unreachable"
    message = N_("Line {line}: the stage “{stage}” is never reached: {reason}.")
    hint = N_("Change its condition, or that of the route.")


class ConditionOfOtherFlow(RouteFault):
    """A condition asks for what documents of the route do not have."""

    code = "condition_of_other_flow"
    message = N_("Line {line}: {key}: documents of this route have no such field.")
    hint = N_("Addressees and delivery are those of outgoing letters: leave the condition out.")


class UnknownPerformer(RouteFault):
    """A performer is nobody."""

    code = "unknown_performer"
    message = N_("Line {line}: nobody is found for “{performer}”: {reason}.")
    hint = N_("Write a login, unit:CODE, group:NAME or one of the roles: {roles}")


class PerformerRepeated(RouteFault):
    """A performer stands twice in a stage."""

    code = "performer_repeated"
    message = N_("Line {line}: “{performer}” stands twice in the stage “{stage}”.")
    hint = N_("Leave one of them.")


class BadStageTerm(RouteFault):
    """The term of a stage is not understood."""

    code = "bad_stage_term"
    message = N_("Line {line}: the term “{value}” is not understood.")
    hint = N_('Write it in working days: term = "2 рд"')


class NeverSkipped(RouteFault):
    """Signing, legal review and obligatory approvers are waited for."""

    code = "never_skipped"
    message = N_("Line {line}: nobody of the stage “{stage}” may be skipped.")
    hint = N_("skip_late is for approvers who are not obligatory: not for signing or legal review.")


class SkipWithoutTerm(RouteFault):
    """Only who has a term can be late."""

    code = "skip_without_term"
    message = N_("Line {line}: the stage “{stage}” has no term that one could be late for.")
    hint = N_('Give it one: term = "2 рд"; skip_late counts working days from 0.')


class RouteFaults(Invalid):
    """A route with faults is not taken."""

    code = "route_faults"
    message = N_("The route was not taken:\n{faults}")
    hint = N_("Mend these lines and repeat: nothing was changed.")


class NoRoute(Refused):
    """No route of the organization is for such documents."""

    code = "no_route"
    message = N_("There is no route for such a document.")
    hint = N_("Name one with --route CODE, or make one: sedctl approval route import FILE")


class RouteClosed(Refused):
    """The route is not used any more."""

    code = "route_closed"
    message = N_("The route “{route}” is closed.")
    hint = N_("Import it again to use it: sedctl approval route import FILE")


class NobodyForRole(Refused):
    """A computed role is nobody for this document."""

    code = "nobody_for_role"
    message = N_("The stage “{stage}”: {performer} is nobody for this document.")
    hint = N_("Fill in the card (signatory, department), or give somebody the role.")


class PerformerGone(Refused):
    """A performer does not work here any more."""

    code = "performer_gone"
    message = N_("The stage “{stage}”: {name} does not work here any more.")
    hint = N_("Name somebody else in the route and import it.")


class PerformerAbsent(Refused):
    """A performer is absent, and nobody stands in."""

    code = "performer_absent"
    message = N_("The stage “{stage}”: {name} is absent until {until}, and nobody stands in.")
    hint = N_("Enter a substitute: sedctl user substitute")


class InitiatorAlone(Refused):
    """Nobody approves but the initiator himself."""

    code = "initiator_alone"
    message = N_("Nobody but the initiator himself would approve: {stage}.")
    hint = N_("Name somebody else in the route, or let another person draft the document.")
