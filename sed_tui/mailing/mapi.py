"""Outlook, or whatever else is the mail program of Windows, by Simple MAPI.

`MAPISendMailW` shows the window of a new letter with the files in it; structures and flags
are those of `mapi.h`.
"""

from __future__ import annotations

import ctypes
from ctypes import POINTER, Structure, c_uint32, c_void_p, c_wchar_p
from typing import TYPE_CHECKING, Any, ClassVar

from sed_tui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from sed_tui.mailing.programs import PackedLetter

_TO = 1  # MAPI_TO
_FLAGS = 0x1 | 0x8  # MAPI_LOGON_UI | MAPI_DIALOG: the user looks at it, and sends or not
_DONE, _LEFT = 0, 1  # SUCCESS_SUCCESS, MAPI_E_USER_ABORT
_NOWHERE = 0xFFFFFFFF  # a file has no place inside the text


class Recipient(Structure):
    """MapiRecipDescW."""

    _fields_: ClassVar[Any] = [
        ("reserved", c_uint32),
        ("kind", c_uint32),
        ("name", c_wchar_p),
        ("address", c_wchar_p),
        ("entry_size", c_uint32),
        ("entry", c_void_p),
    ]


class File(Structure):
    """MapiFileDescW."""

    _fields_: ClassVar[Any] = [
        ("reserved", c_uint32),
        ("flags", c_uint32),
        ("position", c_uint32),
        ("path", c_wchar_p),
        ("name", c_wchar_p),
        ("kind", c_void_p),
    ]


class Message(Structure):
    """MapiMessageW."""

    _fields_: ClassVar[Any] = [
        ("reserved", c_uint32),
        ("subject", c_wchar_p),
        ("text", c_wchar_p),
        ("kind", c_wchar_p),
        ("received", c_wchar_p),
        ("conversation", c_wchar_p),
        ("flags", c_uint32),
        ("originator", POINTER(Recipient)),
        ("recipient_count", c_uint32),
        ("recipients", POINTER(Recipient)),
        ("file_count", c_uint32),
        ("files", POINTER(File)),
    ]


class Outlook:
    """The mail program of Windows; `send` is `MAPISendMailW`, found when it is needed."""

    name = "Outlook (MAPI)"

    def __init__(self, send: Callable[..., int] | None = None) -> None:
        self._send = send

    def open(self, letter: PackedLetter) -> str | None:
        """Open a window of a new letter, and wait until it is closed."""
        try:
            send = self._send or _library()
        except OSError as error:
            return error.strerror or str(error)
        status = send(0, 0, ctypes.byref(message_of(letter)), _FLAGS, 0)
        if status in {_DONE, _LEFT}:
            return None
        return _("it ended with status {status}").format(status=status)


def message_of(letter: PackedLetter) -> Message:
    """Return the letter in the structures of Windows."""
    recipients = (Recipient * len(letter.to))(
        *(Recipient(0, _TO, address, f"SMTP:{address}", 0, None) for address in letter.to)
    )
    files = (File * len(letter.files))(
        *(File(0, 0, _NOWHERE, str(path), path.name, None) for path in letter.files)
    )
    return Message(
        subject=letter.subject,
        text=letter.body.replace("\n", "\r\n"),
        recipient_count=len(recipients),
        recipients=recipients,
        file_count=len(files),
        files=files,
    )


def _library() -> Callable[..., int]:
    load: Any = getattr(ctypes, "WinDLL", None)
    if load is None:
        raise OSError(_("this is not Windows"))
    send: Callable[..., int] = load("mapi32").MAPISendMailW
    return send
