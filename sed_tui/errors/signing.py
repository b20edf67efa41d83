"""Failures of verifying and signing documents, and of what is trusted."""

from __future__ import annotations

from sed_tui.errors.failure import Conflict, Invalid, NotFound, NotPermitted, Refused
from sed_tui.i18n import N_


class NoSignatures(NotFound):
    """The document has no signature at all."""

    code = "no_signatures"
    message = N_("The document has no electronic signature.")
    hint = N_("Add one that came with it: sedctl document file add DOCUMENT FILE.p7s")


class NotTrustable(Invalid):
    """The file is neither a certificate nor a list of revoked certificates."""

    code = "not_trustable"
    message = N_("The file is neither a certificate nor a list of revoked ones: {reason}")
    hint = N_("Give .cer, .crt or .crl files as the certification authority publishes them.")


class NotAnAuthority(Invalid):
    """The certificate is a person's: it issues nothing."""

    code = "not_an_authority"
    message = N_("The certificate of {subject} issues no others: there is nothing to trust it for.")
    hint = N_("Certificates of employees are added with: sedctl certificate add")


class NothingToVerify(Invalid):
    """Neither a document nor a file was named."""

    code = "nothing_to_verify"
    message = N_("It is not said what to verify.")
    hint = N_("Name a document or a file, or give --all.")


class NoSigningRight(NotPermitted):
    """The person has no right to sign."""

    code = "no_signing_right"
    message = N_("You have no right to sign here.")
    hint = N_("An administrator enters rights to sign: sedctl user signing-right")


class SigningRightNotBegun(NotPermitted):
    """The right to sign begins later."""

    code = "signing_right_not_begun"
    message = N_("Your right to sign begins on {day:%d.%m.%Y}.")
    hint = N_("Sign on that day, or let somebody sign who may today.")


class SigningRightOver(NotPermitted):
    """The right to sign has ended."""

    code = "signing_right_over"
    message = N_("Your right to sign ended on {day:%d.%m.%Y}.")
    hint = N_("An administrator enters a new one: sedctl user signing-right")


class PowerExpired(NotPermitted):
    """The power of attorney has expired."""

    code = "power_expired"
    message = N_("The power of attorney “{power}” ended on {day:%d.%m.%Y}.")
    hint = N_("A new power of attorney is entered as a right of its own.")


class KindOutsideRight(NotPermitted):
    """The right to sign is for other documents."""

    code = "kind_outside_right"
    message = N_("Your right to sign does not extend to documents of the kind “{kind}”.")
    hint = N_("Look at what it is for: sedctl user signing-rights")


class AmountOverRight(NotPermitted):
    """The sum is larger than the person may sign for."""

    code = "amount_over_right"
    message = N_("The amount of {amount} roubles is more than the {limit} that you may sign for.")
    hint = N_("Let somebody sign whose right is larger: sedctl user signing-rights")


class PowerNeeded(Invalid):
    """A power of attorney is named, and has an end."""

    code = "power_needed"
    message = N_("A power of attorney is named and has its last day.")
    hint = N_("Give --power “No. 5 of 12.01.2026” and --to DATE.")


class NotTheSignatory(NotPermitted):
    """Somebody else is to sign."""

    code = "not_the_signatory"
    message = N_("{signatory} is to sign this document.")
    hint = N_("A substitute signs when the absence is entered: sedctl user substitute")


class CertificateUnknown(NotPermitted):
    """The certificate is none of the employees'."""

    code = "certificate_unknown"
    message = N_("The certificate {serial} belongs to no employee here.")
    hint = N_("An administrator adds it: sedctl certificate add LOGIN FILE")


class CertificateOfAnother(NotPermitted):
    """The certificate is another person's."""

    code = "certificate_of_another"
    message = N_("The certificate {serial} is {owner}'s.")
    hint = N_("Everybody signs by his own certificate, substitutes too.")


class CertificateWithdrawn(Refused):
    """The certificate signs no more here."""

    code = "certificate_withdrawn"
    message = N_("The certificate {serial} was withdrawn on {day:%d.%m.%Y}.")
    hint = N_("Sign by another one: sedctl certificate list")


class CertificateExpired(Refused):
    """The certificate has expired."""

    code = "certificate_expired"
    message = N_("The certificate {serial} expired on {day:%d.%m.%Y}.")
    hint = N_("Sign by a certificate that is in force: sedctl certificate list")


class CertificateNotYetValid(Refused):
    """The certificate is not in force yet."""

    code = "certificate_not_yet_valid"
    message = N_("The certificate {serial} is in force from {day:%d.%m.%Y} on.")
    hint = N_("Sign when it is, or by another one: sedctl certificate list")


class CertificateRevoked(Refused):
    """The certificate, or its issuer's, was revoked."""

    code = "certificate_revoked"
    message = N_("The certificate {serial} is revoked: {reason}.")
    hint = N_("Get a new certificate; what was signed before the revocation stays valid.")


class ChainNotBuilt(Refused):
    """No trusted root stands above the certificate."""

    code = "chain_not_built"
    message = N_("No chain leads from the certificate {serial} to a trusted root.")
    hint = N_("An administrator adds the root and the issuer: sedctl certificate trust FILE…")


class RevocationNotKnown(Refused):
    """No list tells whether the certificate is revoked."""

    code = "revocation_not_known"
    message = N_("Whether the certificate {serial} is revoked is not known: {reason}.")
    hint = N_("Add the current list of its issuer: sedctl certificate trust FILE.crl")


class ClocksDiffer(Refused):
    """The clock of the signer and that of the system are far apart."""

    code = "clocks_differ"
    message = N_("The signature says it was made at {claimed}, and it is {now} here.")
    hint = N_("Set the clock of the computer and sign again.")


class SignatureInvalid(Invalid):
    """The signature does not hold."""

    code = "signature_invalid"
    message = N_("The signature of “{name}” is not valid: {reason}.")
    hint = N_("Nothing was signed. Fetch the document again and sign it.")


class SignatureUnproven(Refused):
    """It cannot be proven that the signature holds."""

    code = "signature_unproven"
    message = N_("The signature of “{name}” cannot be proven: {reason}.")
    hint = N_("Nothing was signed. See what is missing: sedctl certificate trusted")


class FileNotSigned(Invalid):
    """A signature is missing, or is of no file of the version."""

    code = "file_not_signed"
    message = N_("Version {version} is signed as a whole, each file apart: {names}")
    hint = N_("Give one signature of one signer for each of these files.")


class SignedAlready(Refused):
    """The person has signed the version before."""

    code = "signed_already"
    message = N_("You have signed version {version} already.")
    hint = N_("Look who has: sedctl document signatures DOCUMENT")


class CertificateTaken(Conflict):
    """The certificate is somebody else's already."""

    code = "certificate_taken"
    message = N_("The certificate {serial} is {owner}'s already.")
    hint = N_("Look whose is which: sedctl certificate list")


class CertificateNotForSigning(Invalid):
    """The key of the certificate is for something else."""

    code = "certificate_not_for_signing"
    message = N_("The certificate {serial} is not for signing documents.")
    hint = N_("Choose the one whose key usage names signatures or non-repudiation.")


class NoKeyNamed(Invalid):
    """Neither a key nor a command is named to sign with."""

    code = "no_key_named"
    message = N_("It is not said what to sign with.")
    hint = N_("Give --key FILE, or --command cryptcp --thumbprint SHA1.")


class TooManyPins(Refused):
    """Too many wrong PINs were tried on a key."""

    code = "too_many_pins"
    message = N_("{most} wrong PINs in a row: the key is let alone, before a token locks itself.")
    hint = N_("Make sure of the PIN, its layout and Caps Lock; start the program anew and sign.")


class NoCertificateOfKey(Invalid):
    """No certificate fits the key."""

    code = "no_certificate_of_key"
    message = N_("None of your certificates belongs to the key {path}.")
    hint = N_("Name it with --certificate FILE, or let it be added: sedctl certificate add")


class NotMarkable(Invalid):
    """A mark is put on readable PDF files alone."""

    code = "not_markable"
    message = N_("A mark is put on a PDF, and “{name}” is none that can be read.")
    hint = N_("Name a signed PDF of the document; make one of the text before it is signed.")


class NotProvenSigned(Refused):
    """A mark says that a file is signed: it has to be."""

    code = "not_proven_signed"
    message = N_("“{name}” has no signature that is proven valid.")
    hint = N_("See what is wrong: sedctl verify DOCUMENT")
