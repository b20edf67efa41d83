"""Failures of joining the system."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotFound, Refused
from sed_tui.i18n import N_


class NoOperator(Refused):
    """Nobody has said which organization keeps the system."""

    code = "no_operator"
    message = N_("No organization of this database is named its operator.")
    hint = N_(
        "The administrator of the first organization names it: sedctl joining operator CODE; on "
        "the screen: More, Joining, key o."
    )


class OperatorOnly(Refused):
    """Only the operator does that."""

    code = "operator_only"
    message = N_("{what}: this is done by the operator, {operator}.")
    hint = N_("Ask the operator; what waits for you is listed by: sedctl joining show")


class UnknownApplication(NotFound):
    """There is no application of that organization, or it is somebody else's."""

    code = "unknown_application"
    message = N_("No application for accession of “{application}” was found.")
    hint = N_("Name the code of the organization; they are listed by: sedctl joining list")


class ApplicationOpen(Conflict):
    """Another application of the same organization is under way."""

    code = "application_open"
    message = N_("An application of {name} is under way already: {state} ({application}).")
    hint = N_("Go on with it, or withdraw it first: sedctl joining withdraw {application}")


class AlreadyJoined(Conflict):
    """The organization works in the system already."""

    code = "already_joined"
    message = N_("{name} with OGRN {ogrn} is in the system already, under the code {code}.")
    hint = N_("Compare the number letter by letter; a successor has an OGRN of its own.")


class InnOfPerson(Invalid):
    """The INN is that of a natural person."""

    code = "inn_of_person"
    message = N_("{value} is the INN of a natural person: an organization's has 10 digits.")
    hint = N_("Take the INN from the certificate of the organization, not of its head.")


class FieldNotEditable(Refused):
    """The application is with the operator and does not change."""

    code = "application_submitted"
    message = N_("The application of {name} does not change now: {state}.")
    hint = N_("The operator returns it with remarks: sedctl joining return CODE --remark TEXT")


class StepNotNow(Refused):
    """The flow has no such step from this state."""

    code = "joining_step_not_now"
    message = N_("“{step}” is not possible now: {state}.")
    hint = N_("Possible now: {possible}")


class NotReady(Refused):
    """Something that must be true before the step is not."""

    code = "joining_not_ready"
    message = N_("“{step}” has to wait. Missing: {missing}.")
    hint = N_("What is done and what is not, and by whom: sedctl joining show {application}")


class RemarkWanted(Invalid):
    """The other side has to be told why."""

    code = "joining_remark_wanted"
    message = N_("“{step}” has to be explained to the other side.")
    hint = N_("Write what is to be mended or why: --remark TEXT")


class UnknownPlaceholder(Invalid):
    """A template names something that nothing fills in."""

    code = "unknown_placeholder"
    message = N_("Nothing fills in “{name}” of the template.")
    hint = N_("Names that are filled in: {known}")


class ConnectionBeforeAgreement(Invalid):
    """An organization cannot be connected before it has agreed."""

    code = "connection_before_agreement"
    message = N_("The day of connection {day} lies before the agreements of {agreed}.")
    hint = N_("Give {agreed} or a later day.")


class ConnectionInFuture(Invalid):
    """An act states what has happened."""

    code = "connection_in_future"
    message = N_("The day of connection {day} has not come yet.")
    hint = N_("Make the act on that day, or give an earlier one.")


class NobodyWorksThereYet(Invalid):
    """A register says that an organization is connected which has no accounts here."""

    code = "nobody_works_there_yet"
    message = N_("Connected on {day} by the register, but {organization} has no accounts here.")
    hint = N_("Its application has begun; go on with it: sedctl joining show {organization}")


class OperatorNamedAlready(Refused):
    """Whoever keeps the system passes that on, nobody else."""

    code = "operator_named"
    message = N_("The operator of the system is named by its present operator ({operator}) alone.")
    hint = N_("Before one is named, the administrator of the first organization does it.")


class CheckedAfterToday(Invalid):
    """A register cannot have been looked at on a day to come."""

    code = "register_checked_in_future"
    message = N_("{day} has not come yet: the register cannot have been looked at.")
    hint = N_("Write the day of the extract.")


class OperatorJoinsNobody(Refused):
    """The operator's own organization needs no accession."""

    code = "operator_joins_nobody"
    message = N_("The operator's own organization does not join: name the one that does.")
    hint = N_("Name the code of the new organization: sedctl joining apply CODE …")


class OrganizationSuspended(Refused):
    """The organization may read and write nothing."""

    code = "organization_suspended"
    message = N_("{organization} is suspended or has gone over into another: it is read only.")
    hint = N_("Ask the operator; the reason stands in: sedctl joining show")


class BadApplicationFile(Invalid):
    """The file of an application cannot be read."""

    code = "bad_application_file"
    message = N_("{file} is not an application: {reason}")
    hint = N_("A form to fill in is written by: sedctl joining form -o application.toml")


class PaperNotNow(Refused):
    """The paper belongs to another state."""

    code = "paper_not_now"
    message = N_("The paper “{paper}” has no turn now.")
    hint = N_("What comes next is told by: sedctl joining show {application}")


class PaperNotIssued(Refused):
    """Nothing was printed that could be signed."""

    code = "paper_not_issued"
    message = N_("The paper “{paper}” was not printed yet: there is nothing to sign.")
    hint = N_("Print it: sedctl joining print {kind} {application} -o FILE.pdf")


class OlderEdition(Conflict):
    """A newer edition is in force."""

    code = "older_paper_edition"
    message = N_("Edition {edition} of “{paper}” is in force: the printed one is of another.")
    hint = N_("Print it again, and let that be signed.")


class PaperSigned(Conflict):
    """The side has signed this very file."""

    code = "paper_signed"
    message = N_("“{paper}” is signed already: {side}.")
    hint = N_("To sign another text, print it again first.")


class PaperSignatureBad(Refused):
    """The signature is not proven."""

    code = "paper_signature_bad"
    message = N_("The signature {name} is not proven: {reason}")
    hint = N_("Sign the file that was printed, unchanged; add the root: sedctl certificate trust")


class CertificateOfOtherOrganization(Refused):
    """The certificate is not that of the organization."""

    code = "certificate_of_other_organization"
    message = N_("The certificate {serial} is that of another organization ({told}).")
    hint = N_("Sign with the certificate issued to the head of the applicant, with its OGRN.")


class SignerWithoutPower(Refused):
    """Whoever signed is neither the head nor has a power."""

    code = "signer_without_power"
    message = N_("{signatory} may not sign: the head is {head}, and no power holds on {day}.")
    hint = N_("Write the deputy, the power and its last day into the application.")


class SigningDayWrong(Invalid):
    """A paper is signed on a day that is over."""

    code = "paper_signing_day"
    message = N_("A paper cannot have been signed on {day}.")
    hint = N_("Write the day that stands beside the signature: --signed-on")


class NoAccountsYet(Refused):
    """The agreement on personal data is not in force."""

    code = "no_accounts_yet"
    message = N_("No account is opened before the agreement on personal data: {state}.")
    hint = N_("What is missing is told by: sedctl joining show")


class NotListed(Refused):
    """The person does not stand on the signed list."""

    code = "not_listed"
    message = N_("{login} is not on the list of people who get accounts, under this name.")
    hint = N_("Put the person on it: sedctl joining list-person LOGIN --name NAME")


class NoFirstPassword(Refused):
    """The operator gives a first password to a new administrator alone."""

    code = "no_first_password"
    message = N_("{login} gets no password from the operator: {reason}")
    hint = N_("The administrator of the organization gives it: sedctl user password {login}")


class NoConsent(Refused):
    """The person has not agreed that his data are processed."""

    code = "no_consent"
    message = N_("{login} has given no consent to the processing of his data.")
    hint = N_("Record it: sedctl joining consent LOGIN --file CONSENT.pdf")


class AlreadyListed(Conflict):
    """The person stands on the list."""

    code = "already_listed"
    message = N_("{login} is on the list already.")
    hint = N_("Take the person off first: sedctl joining take-off LOGIN")


class EmailUsedElsewhere(Conflict):
    """Somebody of another organization has the address."""

    code = "email_used_elsewhere"
    message = N_("The address {email} is that of a person of another organization.")
    hint = N_("Give the person's own address: letters tell of documents.")


class HasAccount(Refused):
    """The person has an account."""

    code = "has_account"
    message = N_("{login} has an account: taking off the list would not close it.")
    hint = N_("Close it: sedctl user disable, or sedctl joining withdraw-consent")


class ConsentInFuture(Invalid):
    """A consent is given and withdrawn on days that have come."""

    code = "consent_in_future"
    message = N_("{day} has not come yet.")
    hint = N_("Write the day that stands on the paper.")


class NoProtocol(Invalid):
    """Nothing but checks is proven by a protocol."""

    code = "no_protocol"
    message = N_("“{step}” is not proven by a protocol.")
    hint = N_("A protocol proves `equip`, the workplaces, and `try`, the test exchange.")


class ExchangeNotProven(Refused):
    """A test exchange is a letter, its receipt and its notice of registration."""

    code = "exchange_not_proven"
    message = N_("The test exchange with {application} is not proven: {missing}.")
    hint = N_("Send it a letter and let that be registered there; see: sedctl exchange outbox")


class ChannelThere(Refused):
    """Whoever has a channel tries it."""

    code = "channel_there"
    message = N_("{application} is a partner of the exchange ({partner}): a protocol needs a try.")
    hint = N_("Send a letter through it, then: sedctl joining exchange {application} --text TEXT")


class NotLeaving(Refused):
    """What is exported for a disconnection is exported after that has begun."""

    code = "not_leaving"
    message = N_("{application} is not being disconnected.")
    hint = N_("Begin it first: sedctl joining leave {application} --remark TEXT")


class ExportNotInTrail(Refused):
    """No such export was made of the organization here."""

    code = "export_not_in_trail"
    message = N_("The trail of {application} tells of no export with the digest {digest}….")
    hint = N_("Export it here: sedctl --org {application} export organization DIR")


class ExportTooEarly(Conflict):
    """The export was made before the disconnection began."""

    code = "export_too_early"
    message = N_("The export was made at {made}; the disconnection began at {began}.")
    hint = N_("Export it again: sedctl --org {application} export organization DIR")


class ExportOfAnother(Conflict):
    """The export is that of another organization."""

    code = "export_of_another"
    message = N_("The export is not that of {application}.")
    hint = N_("Export it: sedctl --org {application} export organization DIR")


class SuccessorIsItself(Invalid):
    """An organization cannot succeed itself."""

    code = "successor_is_itself"
    message = N_("{organization} cannot be its own successor.")
    hint = N_("Name another organization; a new name alone is set by: sedctl organization edit")
