"""Failures of registration."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotFound, NotPermitted, Refused
from sed_tui.i18n import N_


class FieldNeeded(Invalid):
    """The card lacks an obligatory field."""

    code = "field_needed"
    message = N_("{label} is needed for {flow}.")
    hint = N_("Fill it in.")


class SenderNumberNeeded(Invalid):
    """An incoming letter has neither a number of its sender nor «б/н»."""

    code = "sender_number_needed"
    message = N_("The sender's number is needed.")
    hint = N_("Write «б/н» when the letter carries none.")


class DateInFuture(Invalid):
    """The date has not come yet."""

    code = "date_in_future"
    message = N_("{label}: {value} lies in the future (today is {today}).")
    hint = N_("Look at the date on the paper: it cannot be after today.")


class DateOutOfRange(Invalid):
    """The year cannot be meant."""

    code = "date_out_of_range"
    message = N_("{label}: the year of {value} cannot be meant.")
    hint = N_("Write dates as ДД.ММ.ГГГГ or YYYY-MM-DD.")


class DatesOutOfOrder(Invalid):
    """One date lies after another that it must precede."""

    code = "dates_out_of_order"
    message = N_("{label}: {value} lies after {other_label} {other}.")
    hint = N_("Look at both dates on the paper: one of them is mistyped.")


class SignatureNeeded(Refused):
    """Outgoing letters and orders are registered after signing."""

    code = "signature_needed"
    message = N_("It is not signed: outgoing letters and orders are registered after signing.")
    hint = N_("For a paper signature give --signatory NAME --signed-on DATE.")


class ReasonNeeded(Invalid):
    """The change is allowed for a reason only."""

    code = "reason_needed"
    message = N_("{what}: a reason is needed.")
    hint = N_("Give it with --reason TEXT.")


class AlreadyRegistered(Conflict):
    """The letter is registered already."""

    code = "already_registered"
    message = N_("It is registered already: {number} of {day} ({correspondent}, {their_number}).")
    hint = N_("Look at it: sedctl document show {id}. Or --as-duplicate, or --force --reason TEXT.")


class ExternalIdTaken(Conflict):
    """Another card came from the same place under the same id."""

    code = "external_id_taken"
    message = N_("A card with the external id “{external_id}” is there already: {number}.")
    hint = N_("It has been loaded already: look at it before registering anew.")


class UnknownKind(NotFound):
    """The organization has no such kind of document."""

    code = "unknown_kind"
    message = N_("There is no kind of document “{kind}” for {flow}.")
    hint = N_("Kinds: {kinds}")


class KindClosed(Refused):
    """The kind is not used any more."""

    code = "kind_closed"
    message = N_("The kind of document “{kind}” is closed.")
    hint = N_("Choose another kind, or leave it out for the usual one.")


class NotRegisteredKind(Refused):
    """Documents of the kind are not registered."""

    code = "kind_not_registered"
    message = N_("Documents of the kind “{kind}” are not registered.")
    hint = N_("If this one must be, say why with --reason TEXT.")


class NotRegistered(Refused):
    """The document carries no number."""

    code = "not_registered"
    message = N_("The document is not registered.")
    hint = N_("Only a registered document has what is asked for.")


class NothingToChange(Invalid):
    """A re-registration gives neither another number nor another date nor another journal."""

    code = "nothing_to_change"
    message = N_("Nothing would change: {number} is of {day} already.")
    hint = N_("Give --number, --registered-on or --journal.")


class AddresseeRepeated(Invalid):
    """Two addressees are the same."""

    code = "addressee_repeated"
    message = N_("The addressee “{name}” is named twice.")
    hint = N_("Name every addressee once.")


class FieldFixed(Refused):
    """The field is not edited."""

    code = "field_fixed"
    message = N_("The field “{field}” cannot be edited.")
    hint = N_("Number, date and journal change by re-registration: sedctl document reregister")


class OfficialUseFile(Refused):
    """A card for official use only holds no files."""

    code = "official_use_file"
    message = N_("A document for official use only is kept without files.")
    hint = N_("Leave the files out; the paper stays with the unit that keeps it.")


class FilesHeld(Refused):
    """The card holds files, which a card for official use only must not."""

    code = "files_held"
    message = N_("The card holds files ({count}); for official use only it is kept without any.")
    hint = N_("Register it anew for official use without files, then cancel this registration.")


class MarkNotYours(NotPermitted):
    """Who may not read the card may not open it to himself."""

    code = "mark_not_yours"
    message = N_("Only those with clearance lift the mark “for official use only”.")
    hint = N_("Ask somebody who has it; an administrator gives it: sedctl user edit --clearance")


class FieldOfOtherFlow(Invalid):
    """Documents of the flow have no such field."""

    code = "field_of_other_flow"
    message = N_("{field}: {flow} has no such field.")
    hint = N_("Leave it out, or choose another flow.")
