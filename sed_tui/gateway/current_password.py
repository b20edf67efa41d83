"""The current password, asked on changing one: guesses at it count like those of signing in.

The count stands in transactions of its own: the handler's is rolled back when it refuses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sed_tui.errors.identity import WrongPassword
from sed_tui.gateway.sign_in import tried_again, was_no_guess, was_right, was_wrong
from sed_tui.operations.password import PasswordSet, SetPassword

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.gateway.local import LocalGateway
    from sed_tui.operations.registry import Request, ResultT


def guarded(gateway: LocalGateway, request: Request, run: Callable[[], ResultT]) -> ResultT:
    """Run a change of a password, once its guess is counted. Raises `TooManyAttempts`."""
    if not isinstance(request, SetPassword) or request.current is None:
        return run()
    login, began = gateway.caller().login, gateway.now()
    tried_again(gateway, login)
    settle = was_no_guess
    try:
        result = run()
        # a stored answer looks at no password, nor does setting a colleague's
        if isinstance(result, PasswordSet) and result.login == login and result.set_at >= began:
            settle = was_right
    except WrongPassword:
        settle = was_wrong
        raise
    finally:
        settle(gateway, login)
    return result
