"""Failures of signatures, certificates, keys and what computes them."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, Refused, Unavailable
from sed_tui.i18n import N_


class NotASignature(Invalid):
    """The bytes are not a CMS signature."""

    code = "not_a_signature"
    message = N_("This is not a signature: {reason}")
    hint = N_("A CMS file is expected (.sig, .p7s, .sgn): DER, PEM or base64.")


class SignatureNotNamed(NotASignature):
    """A file was given alone, and it is no signature: what signs it was not named."""

    code = "signature_not_named"
    message = N_("{name} is not a signature, and none was named.")
    hint = N_("Name the detached signature of the file: --signature FILE.p7s")


class NotACertificate(Invalid):
    """The bytes are not an X.509 certificate."""

    code = "not_a_certificate"
    message = N_("This is not a certificate: {reason}")
    hint = N_("A certificate file is expected (.cer, .crt, .pem): DER, PEM or base64.")


class NotARevocationList(Invalid):
    """The bytes are not a list of revoked certificates that can be used."""

    code = "not_a_revocation_list"
    message = N_("This is not a list of revoked certificates: {reason}")
    hint = N_("A complete list is expected (.crl), as the certification authority publishes it.")


class RevocationListTooLarge(Invalid):
    """The list would not fit the memory set aside for it."""

    code = "revocation_list_too_large"
    message = N_("The list of revoked certificates has {size} bytes, more than {limit}.")
    hint = N_("Take the list of this issuer alone, without others.")


class NotAKey(Invalid):
    """The bytes are not a private key of GOST R 34.10-2012."""

    code = "not_a_key"
    message = N_("This is not a private key of GOST R 34.10-2012: {reason}")
    hint = N_("PKCS#8 (.key, .pem) or PFX (.pfx, .p12) is expected.")


class WrongKeyPassword(Invalid):
    """The password does not open the key."""

    code = "wrong_key_password"
    message = N_("The password does not open the key.")
    hint = N_("Type it again; mind the keyboard layout and Caps Lock.")


class KeyPasswordNeeded(Invalid):
    """The key is encrypted and no password was given."""

    code = "key_password_needed"
    message = N_("The key is encrypted: a password is needed.")
    hint = N_("Give the password of the key and repeat.")


class KeyProtectionUnknown(Invalid):
    """The key is encrypted in a way that is not read."""

    code = "key_protection_unknown"
    message = N_("The key is encrypted in a way that is not read: {algorithm}.")
    hint = N_("Save it anew with openssl: openssl pkcs8 -topk8 -v2 aes-256-cbc")


class CryptoProContainer(Invalid):
    """The PFX is encrypted by CryptoPro's own, unpublished algorithm."""

    code = "cryptopro_container"
    message = N_("The key is encrypted by CryptoPro's own algorithm, which is not read.")
    hint = N_("Leave the key where it is and sign by an external command: cryptcp or csptest.")


class KeyOfAnother(Invalid):
    """The private key does not belong to the certificate."""

    code = "key_of_another"
    message = N_("The key does not belong to the certificate {serial}.")
    hint = N_("Choose the certificate and the key of one pair.")


class SignerNotGost(Invalid):
    """The certificate has a key of another algorithm."""

    code = "signer_not_gost"
    message = N_("The certificate {serial} has no key of GOST R 34.10-2012.")
    hint = N_("Choose a certificate with a key of GOST R 34.10-2012.")


class ProviderUnavailable(Unavailable):
    """A provider of cryptography cannot be used."""

    code = "provider_unavailable"
    message = N_("The cryptography provider “{provider}” cannot be used: {reason}")
    hint = N_("`auto` takes the first that works: libgcrypt, then gostcrypto.")


class CurveRefused(Refused):
    """The provider's signatures on this curve would give the key away."""

    code = "curve_refused"
    message = N_("“{provider}” does not sign on the curve {curve}: its random numbers are biased.")
    hint = N_("Sign with another provider: libgcrypt or gostcrypto.")


class SigningCommandFailed(Unavailable):
    """The external command did not make a signature."""

    code = "signing_command_failed"
    message = N_("The signing command {command} failed: {reason}")
    hint = N_("Run it by hand with the same file; see that the token is inserted.")


class SigningCommandMissing(SigningCommandFailed):
    """The external command cannot be started."""

    code = "signing_command_missing"
    message = N_("The signing command {command} cannot be started: {reason}")
    hint = N_("Install it, or name it with its whole path in --command.")


class SigningCommandWrong(Invalid):
    """The template of the external command cannot be followed."""

    code = "signing_command_wrong"
    message = N_("The signing command is wrong: {reason}")
    hint = N_("It names {{input}} and {{output}}; other braces are doubled.")


class SignatureNotAccepted(Refused):
    """The external command made something else than was asked."""

    code = "signature_not_accepted"
    message = N_("The signature made by {command} is not accepted: {reason}")
    hint = N_("Nothing has been signed. Check the certificate chosen in the command.")
