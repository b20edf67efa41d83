"""Failures of verifying and signing documents, and of what is trusted."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, NotFound
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
