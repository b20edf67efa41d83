"""Signing by an external command: a certified tool or a token, whose key never comes here.

What the command made is believed only after our own verification over our own bytes.
"""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sed_tui.errors.causes import system_cause
from sed_tui.errors.signatures import (
    NotASignature,
    SignatureNotAccepted,
    SigningCommandFailed,
    SigningCommandMissing,
    SigningCommandWrong,
)
from sed_tui.errors.verdicts import tell
from sed_tui.gost.cms.reading import read_message
from sed_tui.gost.containers import der_of
from sed_tui.gost.trust import Trust
from sed_tui.gost.verdicts import Reason
from sed_tui.gost.verification import Times, verify
from sed_tui.i18n import _
from sed_tui.program import readable, run

if TYPE_CHECKING:
    from datetime import datetime

    from sed_tui.gost.hashing import Content
    from sed_tui.gost.providers.protocol import Provider

# as CryptoPro CSP documents them; a PIN among the arguments is seen by every user of the
# machine, so a token that remembers it is better
TEMPLATES = {
    "cryptcp": (
        "cryptcp -sign -der -detach -nochain -norev -thumbprint {thumbprint} {input} {output}"
    ),
    "csptest": (
        "csptest -sfsign -sign -detached -add -addsigtime -cades_strict"
        " -in {input} -out {output} -my {thumbprint}"
    ),
}
TIMEOUT = 120.0  # seconds: a person may have to touch the token
_INPUT, _OUTPUT = "document.bin", "document.sig"
_LARGEST_OUTPUT = 16 << 20
_SAID = 300  # characters of what the command said


@dataclass(frozen=True, slots=True)
class CommandSigner:
    """Signs by a command; the certificate is named by its SHA-1, as CryptoPro's tools do."""

    template: str
    thumbprint: str
    provider: Provider
    pin: str | None = field(default=None, repr=False)
    timeout: float = TIMEOUT

    def sign(self, content: Content, at: datetime) -> bytes:
        """Return a detached signature in DER.

        Raises `SigningCommandWrong`, `SigningCommandFailed` and `SignatureNotAccepted`.
        """
        with TemporaryDirectory(prefix="sed-sign-") as name:
            folder = Path(name)
            source = folder / _INPUT
            _lay_out(content, source)
            arguments = self._arguments(folder)
            self._run(arguments, folder)
            made = self._made(folder, arguments[0])
        return self._accepted(made, content, at, arguments[0])

    def _arguments(self, folder: Path) -> list[str]:
        values = {
            "input": str(folder / _INPUT),
            "output": str(folder / _OUTPUT),
            "dir": str(folder),
            "thumbprint": self.thumbprint,
            "pin": self.pin or "",
        }
        try:
            arguments = [word.format_map(values) for word in shlex.split(self.template)]
        except (ValueError, KeyError, IndexError, AttributeError) as error:
            raise SigningCommandWrong(reason=str(error)) from error
        if not arguments or values["input"] not in arguments:
            raise SigningCommandWrong(reason=_("it does not name the file to be signed"))
        return arguments

    def _run(self, arguments: list[str], folder: Path) -> None:
        command = arguments[0]
        try:
            ended = run(arguments, self.timeout, folder=folder, keeps_terminal=True)
        except TimeoutError as error:
            reason = _("no answer within {seconds:g} seconds").format(seconds=self.timeout)
            raise SigningCommandFailed(command=command, reason=reason) from error
        except OSError as error:
            raise SigningCommandMissing(command=command, reason=system_cause(error)) from error
        except ValueError as error:  # a NUL among the arguments
            raise SigningCommandWrong(reason=_("it holds a character that no name has")) from error
        if ended.status:
            text = _last_lines(readable(ended.output))
            reason = text or _("it ended with status {status}").format(status=ended.status)
            raise SigningCommandFailed(command=command, reason=reason)

    def _made(self, folder: Path, command: str) -> bytes:
        """Return what the command wrote: the named output, or the one file beside the input."""
        others = [one for one in folder.iterdir() if one.name != _INPUT and one.is_file()]
        named = folder / _OUTPUT
        found = named if named in others else (others[0] if len(others) == 1 else None)
        if found is None or found.is_symlink() or found.stat().st_size > _LARGEST_OUTPUT:
            raise SigningCommandFailed(command=command, reason=_("it wrote no signature"))
        return found.read_bytes()

    def _accepted(self, made: bytes, content: Content, at: datetime, command: str) -> bytes:
        try:
            message = read_message(made)
            reports = verify(made, content, Trust((), self.provider), Times(at))
        except NotASignature as error:
            raise SignatureNotAccepted(command=command, reason=str(error)) from error
        signer = reports[0].certificate
        if not message.is_detached or len(reports) != 1:
            raise SignatureNotAccepted(
                command=command, reason=_("one signature apart from the file was expected")
            )
        if signer is None or signer.thumbprint != self.thumbprint.lower().replace(" ", ""):
            raise SignatureNotAccepted(
                command=command, reason=_("it is signed by another certificate")
            )
        # whom the certificate is from is asked later, with the roots
        wrong = [one for one in reports[0].reasons if one is not Reason.CHAIN_NOT_BUILT]
        if wrong:
            raise SignatureNotAccepted(command=command, reason="; ".join(map(tell, wrong)))
        return der_of(made)


def _last_lines(said: str) -> str:
    """Return the end of what a command said, from the beginning of a line where it has one."""
    text = said.strip()
    end = text[-_SAID:]
    if len(text) > len(end):
        end = end.partition("\n")[2] or end
    return end


def _lay_out(content: Content, target: Path) -> None:
    """Copy the content to where the command may read and not change it."""
    if isinstance(content, bytes):
        target.write_bytes(content)
    else:
        copyfile(content, target)
    target.chmod(0o400)
