"""Tokens of programs: made, listed, revoked."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from sqlalchemy import insert
from sqlmodel import col

from sed_tui.domain.access import MATRIX
from sed_tui.domain.identity import TokenKind, checked_scopes, new_secret, secret_hash
from sed_tui.domain.text import clean
from sed_tui.errors import NotFound
from sed_tui.errors.identity import NotOneself
from sed_tui.errors.references import Ambiguous
from sed_tui.handlers.account import find_account, find_governed, is_system
from sed_tui.handlers.short_ids import by_id, short_id
from sed_tui.i18n import N_, _
from sed_tui.operations.access_token import TokenAdded, TokenList, TokenRow
from sed_tui.storage.tables.identity import AccessTokenTable
from sed_tui.storage.tokens import in_force, revoke, tokens

if TYPE_CHECKING:
    from sed_tui.handlers.account import Account
    from sed_tui.handlers.work import Work
    from sed_tui.operations.access_token import AddToken, ListTokens, RevokeToken

_T = AccessTokenTable


def add_token(work: Work, request: AddToken) -> TokenAdded:
    """Make a token and tell its secret. Raises `NotOneself`, `BadScope`."""
    account = find_governed(work, request.employee)
    if not account.is_own and not is_system(work, account):
        raise NotOneself(field="employee", login=account.login)
    secret = new_secret()
    values: dict[str, Any] = {
        "id": uuid4(),
        "name": clean(request.name, "name", limit=100),
        "scopes": " ".join(checked_scopes(request.scopes, frozenset(MATRIX))),
        "created_at": work.now,
        "expires_at": work.now + timedelta(days=request.days),
    }
    work.db.execute(
        insert(_T).values(
            **values,
            organization_id=work.organization_id,
            employee_id=account.id,
            kind=TokenKind.TOKEN.value,
            hash=secret_hash(secret),
        )
    )
    told = {key: values[key] for key in ("name", "scopes")}
    until = values["expires_at"].isoformat()
    work.record("add", "token", values["id"], None, {**told, "expires_at": until})
    row = _row({**values, "used_at": None, "revoked_at": None, "login": account.login}, work)
    return TokenAdded(**row.model_dump(), secret=secret)


def list_tokens(work: Work, request: ListTokens) -> TokenList:
    """Return the tokens that open something, and with `past` the others."""
    account = find_account(work, request.employee)
    conditions = [] if request.past else [in_force(work.now)]
    found = tokens(work.db, TokenKind.TOKEN, col(_T.employee_id) == account.id, *conditions)
    return TokenList(rows=[_row(dict(row._mapping), work) for row in found])


def revoke_token(work: Work, request: RevokeToken) -> TokenRow:
    """Revoke a token of one's own, or to an administrator of a colleague."""
    row = _find(work, request.token)
    if revoke(work.db, work.now, col(_T.id) == row["id"]):
        work.record("revoke", "token", row["id"], {"is_valid": True}, {"is_valid": False})
    return _row({**row, "revoked_at": row["revoked_at"] or work.now}, work)


def _find(work: Work, text: str) -> dict[str, Any]:
    condition = by_id(col(_T.id), text.strip())
    rows = [] if condition is None else tokens(work.db, TokenKind.TOKEN, condition)
    own = [row for row in rows if _is_reached(work, row.login)]
    if not own:
        raise NotFound(field="token", kind=_(N_("Token")), key=text)
    if len(own) > 1:
        candidates = "; ".join(f"{short_id(row.id)} {row.name}" for row in own)
        raise Ambiguous(field="token", value=text, candidates=candidates)
    return dict(own[0]._mapping)


def _is_reached(work: Work, login: str) -> bool:
    try:
        account: Account = find_account(work, login)
    except NotFound:
        return False
    return account.login == login


def _row(values: dict[str, Any], work: Work) -> TokenRow:
    return TokenRow(
        **{key: values[key] for key in ("id", "login", "name", "expires_at")},
        made_at=values["created_at"],
        short_id=short_id(values["id"]),
        allows=values["scopes"].split(),
        used_at=values["used_at"],
        is_valid=values["revoked_at"] is None and values["expires_at"] > work.now,
    )
