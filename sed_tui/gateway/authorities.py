"""Whom the certificates of servers are proven by: the one place that reads authorities."""

from __future__ import annotations

import ssl


def trusting(authority: str | None, *, and_the_machines: bool = False) -> ssl.SSLContext:
    """Return a context that trusts the authorities of a file, or without one the machine's.

    `and_the_machines` adds those of a file to the machine's instead. Raises `OSError`, of
    which `ssl.SSLError` is one, for a file that is not there or holds no certificate.
    """
    if authority is None or not and_the_machines:
        return ssl.create_default_context(cafile=authority)
    context = ssl.create_default_context()
    context.load_verify_locations(authority)
    return context
