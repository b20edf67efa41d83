"""How files and their detached signatures are named after each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

SIGNATURE_SUFFIX = ".p7s"


def signature_name(content: str, taken: Collection[str]) -> str:
    """Return the name of the next signature of a file: `letter.pdf.p7s`, `letter.pdf.2.p7s`."""
    name, count = f"{content}{SIGNATURE_SUFFIX}", 1
    while name in taken:
        count += 1
        name = f"{content}.{count}{SIGNATURE_SUFFIX}"
    return name


def is_named_after(signature: str, content: str) -> bool:
    """Tell whether a signature bears the name of a file: `letter.pdf.sig`, `letter.sig`."""
    stem = signature.rpartition(".")[0].casefold()
    whole, _dot, ending = stem.rpartition(".")
    folded = content.casefold()
    stems = {stem, whole} if ending.isdecimal() else {stem}
    return folded in stems or folded.rpartition(".")[0] in stems


def likely_content(signature: str, contents: Sequence[str]) -> str | None:
    """Return the file that a signature was made for when none fits it by its bytes.

    A file that bears its name, or the only one there is: that it does not fit is then proof.
    """
    named = [name for name in contents if is_named_after(signature, name)]
    if named:
        return named[0]
    return contents[0] if len(set(contents)) == 1 else None
