"""Failures between a client and a server, as either of them tells them."""

from __future__ import annotations

from sed_tui.errors.failure import Invalid, NotFound, Unavailable
from sed_tui.i18n import N_


class RequestTooLarge(Invalid):
    """The body of a request is larger than the server reads."""

    code = "request_too_large"
    http_status = 413
    message = N_("The request is larger than {limit} KiB.")
    hint = N_("Send files one by one, and rows of an import in smaller portions.")


class RequestTooSlow(Unavailable):
    """The answer, or the rest of the request, did not come in time."""

    code = "request_too_slow"
    http_status = 504
    message = N_("The server did not finish within {seconds} seconds.")
    hint = N_("Repeat it with the same idempotency key: what was done is not done twice.")


class NoSuchAddress(NotFound):
    """The server has no such address, or it takes no such method."""

    code = "no_such_address"
    message = N_("The server has no address {method} {path}.")
    hint = N_("Its addresses are listed under /openapi.json.")


class ProtocolMismatch(Unavailable):
    """The client and the server speak different versions of the protocol."""

    code = "protocol_mismatch"
    http_status = 400
    message = N_(
        "The server speaks protocol {theirs} (version {version}), this program protocol {ours}."
    )
    hint = N_("Install the version of the program that the server has.")


class NotOurServer(Unavailable):
    """Something else answers at the address: a proxy, a sign-in page, another program."""

    code = "not_our_server"
    message = N_("{server} answers, but it is not a server of this program (status {status}).")
    hint = N_("Compare the address; a proxy or a sign-in page of the network may stand before it.")


class ServerNotFound(Unavailable):
    """The name of the server has no address."""

    code = "server_not_found"
    message = N_("The name of the server {server} is not known to the network (DNS).")
    hint = N_("Compare the address letter by letter; is the network or the VPN on?")


class ServerDown(Unavailable):
    """Nobody answers at the address."""

    code = "server_down"
    message = N_("The server {server} does not answer: {reason}")
    hint = N_("Ask whoever runs the server; a change that was sent may be repeated safely.")


class AnswerTooLarge(Unavailable):
    """The server sends more than an answer holds, or more than it has announced of a file."""

    code = "answer_too_large"
    message = N_("{server} sends more than {limit} KiB where less was to come; it was broken off.")
    hint = N_("Ask for less at once (--limit, a shorter period), or tell whoever runs the server.")


class TooLargeForProxy(Invalid):
    """A proxy before the server lets no request of this size through."""

    code = "too_large_for_proxy"
    http_status = 413
    message = N_("The proxy before {server} lets no request of this size through.")
    hint = N_("Send less at once; whoever runs the server sets the limit of its proxy.")


class ProxyTrouble(Unavailable):
    """A proxy on the way refuses, or does not answer."""

    code = "proxy_trouble"
    message = N_("The proxy on the way to {server} does not let the call through: {reason}")
    hint = N_("Mend HTTPS_PROXY, or name the server in NO_PROXY if it is inside the network.")


class UntrustedCertificate(Unavailable):
    """The certificate of the server is not one that this machine trusts."""

    code = "untrusted_certificate"
    message = N_("The certificate of {server} is not trusted: {reason}")
    hint = N_("Name the certificate of its authority with --ca-file FILE; never skip the check.")


class CertificateOfAnotherName(Unavailable):
    """The certificate of the server was given to another name than the one that was asked for."""

    code = "certificate_of_another_name"
    message = N_("The certificate that answers at {server} was given to another name.")
    hint = N_("Compare the address; the name must stand in the certificate as it is written here.")


class CertificateOutOfDate(Unavailable):
    """The certificate of the server has expired, or is not valid yet."""

    code = "certificate_out_of_date"
    message = N_("The certificate of {server} is not valid now: {reason}")
    hint = N_("Compare the clock of this machine; if it is right, whoever runs the server renews.")


class NoCommonCipher(Unavailable):
    """The server offers no cipher that this machine has: GOST alone, usually."""

    code = "no_common_cipher"
    message = N_("{server} and this program have no TLS cipher in common: {reason}")
    hint = N_(
        "A server with GOST TLS alone is reached through a local gateway that speaks GOST "
        "(such as stunnel with a certified provider): name the gateway's address with --server."
    )


class BadServerAddress(Invalid):
    """The address of the server is no address, or would send secrets in clear."""

    code = "bad_server_address"
    message = N_("“{server}” cannot be the address of a server: {reason}")
    hint = N_("Write it like https://sed.example.org")


class NotOverServer(Invalid):
    """The command works on a database itself, which is somewhere else."""

    code = "not_over_server"
    message = N_("This is done on a database itself, and this run works with {server}.")
    hint = N_("Run it where the database is, with --database.")


class SignInNeeded(NotFound):
    """There is no token for the server."""

    code = "sign_in_needed"
    http_status = 401
    message = N_("You are not signed in to {server}.")
    hint = N_("Sign in: sedctl login {server}; or set SED_TOKEN.")


class NotSignedInAs(NotFound):
    """No profile of this machine holds a session of the person who is to act."""

    code = "not_signed_in_as"
    http_status = 401
    message = N_("Nobody is signed in to {server} as {login} here.")
    hint = N_(
        "Sign in beside the others: sedctl --profile {login} login {server} --login {login}; "
        "a token in SED_TOKEN acts for its owner, without --as."
    )


class TokenFileOpen(Invalid):
    """Others can read the file of the token."""

    code = "token_file_open"
    message = N_("Others can read {path}, which holds your token.")
    hint = N_("Run chmod 600 on it, and sign in again in case somebody has.")


class UnknownFailure(Unavailable):
    """The server tells a failure that this version does not know."""

    code = "unknown_failure"
    message = N_("{text}")
    hint = N_("{advice}")


class CannotListen(Unavailable):
    """The address or the port is not to be had."""

    code = "cannot_listen"
    message = N_("Nobody can be served at {host}, port {port}: {reason}")
    hint = N_("Choose another --port, or end what listens there; compare --host with the machine.")


class UnprotectedAddress(Invalid):
    """Passwords would cross the network in clear."""

    code = "unprotected_address"
    message = N_("Listening on {host} without TLS would send passwords in clear.")
    hint = N_("Give --certificate and --key, or --trust-proxy ADDRESS of a proxy that has TLS.")
