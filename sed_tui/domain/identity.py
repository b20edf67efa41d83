"""Who calls from outside: passwords, tokens and their scopes, and how guessing is slowed down."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from enum import StrEnum

from sed_tui.domain.text import folded
from sed_tui.errors.identity import BadScope, PasswordTooWeak
from sed_tui.i18n import N_, _

# by it a leaked token is recognized; it opens nothing
TOKEN_PREFIX = "sed_"
SESSION_LIFE = timedelta(days=7)
TOKEN_DAYS = 90
LONGEST_DAYS = 366
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
FIRST_PASSWORD_LIFE = timedelta(days=3)
# letters and digits that are not taken for each other when they are read aloud
_SPOKEN, _GROUPS, _GROUP = "abcdefghkmnpqrstuvwxyz23456789", 4, 4
_FEWEST_LETTERS = 5

LOGIN_TRIES = 5
ADDRESS_TRIES = 30
_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(minutes=15)

READ, WRITE = "read", "write"
# what nobody does by a token that may be stolen: make another one, change the password
OF_PEOPLE_ALONE = frozenset(
    {"joining.first_password"}
    | {"password.set", "token.add", "token.revoke", "token.list", "session.list", "session.revoke"}
)


class TokenKind(StrEnum):
    """What a secret was given for: a sign-in of a person, or a program of his."""

    SESSION = "session"
    TOKEN = "token"


def new_secret() -> str:
    """Return a token that nobody guesses: 256 random bits."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """Return what is kept of a token; the randomness of the secret makes salt needless."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_password() -> str:
    """Return a password that nobody guesses, to be read aloud once: some 78 random bits."""
    return "-".join(
        "".join(secrets.choice(_SPOKEN) for _sign in range(_GROUP)) for _group in range(_GROUPS)
    )


def check_password(password: str, login: str, name: str) -> None:
    """Raise `PasswordTooWeak` for a password that is guessed first."""
    plain = folded(password)
    words = [part for part in (login, *name.split()) if len(part) >= _FEWEST_LETTERS]
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        reason = N_("it must have from {least} to {most} characters.")
    elif len(set(plain)) < _FEWEST_LETTERS:
        reason = N_("it repeats a few characters.")
    elif any(folded(word) in plain for word in words):
        reason = N_("it holds the login or the name.")
    else:
        return
    told = _(reason).format(least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD)
    raise PasswordTooWeak(field="password", reason=told)


def wait_after(failures: int, tries: int) -> timedelta:
    """Return how long nobody may try again: doubled with every failure, up to a quarter hour.

    A lock that lasts longer would let anybody keep a colleague out.
    """
    if failures < tries:
        return timedelta(0)
    doubled: int = 2 ** min(failures - tries, 10)
    return min(_LONGEST_WAIT, _FIRST_WAIT * doubled)


def checked_scopes(scopes: tuple[str, ...], operations: frozenset[str]) -> tuple[str, ...]:
    """Return scopes in order: `read`, `write`, names of operations, or `document.*`.

    Raises `BadScope`.
    """
    for scope in scopes:
        noun = scope.removesuffix(".*")
        named = any(name == scope or name.startswith(f"{noun}.") for name in operations)
        if scope not in {READ, WRITE} and (not named or scope in OF_PEOPLE_ALONE):
            raise BadScope(field="scopes", scope=scope)
    return tuple(sorted(dict.fromkeys(scopes or (READ,))))


def within(scopes: tuple[str, ...], reads: frozenset[str], all_: frozenset[str]) -> frozenset[str]:
    """Return the operations that scopes allow, of all; `reads` change nothing."""
    allowed: set[str] = set()
    for scope in scopes:
        if scope in {READ, WRITE}:
            allowed |= reads if scope == READ else all_
        elif scope.endswith(".*"):
            allowed |= {name for name in all_ if name.startswith(scope.removesuffix("*"))}
        else:
            allowed.add(scope)
    return frozenset((allowed | {"session.show"}) - OF_PEOPLE_ALONE)
