"""Whether an authority has signed its list of revoked certificates, GOST or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from sed_tui.gost.providers.choice import provider_named
from sed_tui.gost.trust import Trust

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sed_tui.gost.certificates import Certificate
    from sed_tui.gost.revocation import RevocationList


def is_published(
    data: bytes, one: RevocationList, authorities: Iterable[Certificate]
) -> bool | None:
    """Tell whether one of the authorities of its name signed a list; None if none is known."""
    named = [known for known in authorities if known.subject.raw == one.issuer]
    if not named:
        return None
    return any(_signed_by(data, one, known) for known in named)


def _signed_by(data: bytes, one: RevocationList, authority: Certificate) -> bool:
    if authority.key is not None:
        return Trust((), provider_named("auto")).published(one, authority)
    # RSA and others, for which the certificates of sites are
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm

    from sed_tui.gost.containers import der_of

    try:
        key = x509.load_der_x509_certificate(authority.der).public_key()
        # the type says which keys may sign; another one raises TypeError
        return x509.load_der_x509_crl(der_of(data)).is_signature_valid(cast("Any", key))
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False
