"""Why a signature is not valid, in words, for every face that shows a verification."""

from __future__ import annotations

from sed_tui.i18n import N_, _

REASONS = {
    "content_changed": N_("the document is not the one that was signed"),
    "content_type_differs": N_("the signature is of another type of content"),
    "content_is_attributes": N_("the document is a part cut out of another signature"),
    "signature_wrong": N_("the signature does not fit the document and the certificate"),
    "digest_not_of_key": N_("the document was hashed by another algorithm than the key demands"),
    "another_certificate": N_("the signature names another certificate"),
    "key_usage": N_("the certificate is not for signing documents"),
    "certificate_expired": N_("the certificate had expired when the document was signed"),
    "certificate_not_yet_valid": N_("the certificate was not valid yet"),
    "certificate_revoked": N_("the certificate had been revoked when the document was signed"),
    "certificate_forged": N_("the certificate is not signed by its issuer"),
    "chain_refused": N_("the issuer was not entitled to issue this certificate"),
    "issuer_not_valid_then": N_("the certificate of the issuer was not valid at that time"),
    "issuer_revoked": N_("the certificate of the issuer had been revoked"),
    "content_absent": N_("the signed document is not at hand"),
    "certificate_absent": N_("the certificate of the signer is not at hand"),
    "algorithm_not_supported": N_("the algorithm is not supported"),
    "extension_not_supported": N_("a certificate has an obligatory extension that is not known"),
    "chain_not_built": N_("no chain of certificates leads to a trusted root"),
    "time_not_proven": N_(
        "the certificate has expired since, and only the signer says when he signed"
    ),
    "signing_time_in_future": N_("the time of signing lies ahead"),
    "revoked_since": N_(
        "the certificate has been revoked since, and only the signer says when he signed"
    ),
    "revocation_unknown": N_("there is no list of revoked certificates of the issuer"),
    "revocation_stale": N_("the list of revoked certificates is not of that time"),
    "unreadable": N_("the file of the signature cannot be read as one"),
    "store_damaged": N_("the store is damaged: its bytes are not those that were added"),
    "store_lost": N_("the file is missing: the store has lost it"),
}
VERDICTS = {
    "valid": N_("valid"),
    "invalid": N_("not valid"),
    "unknown": N_("not proven"),
}


def tell(reason: str) -> str:
    """Return the words for a code of `gost.verdicts.Reason`."""
    return _(REASONS[reason])


def verdict_title(verdict: str) -> str:
    """Return the words for a verdict: what is not proven is never called not valid."""
    return _(VERDICTS[verdict])
