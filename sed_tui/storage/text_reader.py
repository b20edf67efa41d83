"""Read the text of one file: a program of its own, so that a hostile file can be stopped.

python -I text_reader.py MEDIA_TYPE PATH. The text goes to standard output, cut at a
limit; the exit status says what became of it. It imports nothing of the system.
"""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pypdf import PdfReader

MAX_CHARACTERS = 1_000_000
ENCRYPTED = 3
CPU_SECONDS = 20
_MEMORY_BYTES = 1 << 30
_OUTPUT_BYTES = 4 * MAX_CHARACTERS
_UNPACKED_BYTES = 64 << 20
# expat reads an unfinished comment anew with every piece: small ones make a bomb quadratic
_PIECE = 4 << 20


class Encrypted(Exception):
    """The file wants a password."""


def main(media_type: str, path: str) -> int:
    """Write the text of a file and return the exit status."""
    restrict()
    reader = READERS[media_type]
    left = MAX_CHARACTERS
    try:
        for piece in reader(path):
            sys.stdout.write(piece[:left])
            left -= len(piece)
            if left <= 0:
                break
        sys.stdout.flush()
    except Encrypted:
        return ENCRYPTED
    return 0  # whatever else a parser raises ends the process with another status


def restrict() -> None:
    """Give up memory, time and the right to make files before the file is looked at."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit is what is left
        return
    for what, limit in (
        (resource.RLIMIT_AS, _MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, _OUTPUT_BYTES),
        (resource.RLIMIT_NOFILE, 32),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        allowed = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (allowed, allowed))


def _pdf(path: str) -> Iterator[str]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    with open(path, "rb") as source:  # given a path, it would read the file whole
        try:
            yield from _pages(PdfReader(source))
        except DependencyError as error:  # a cipher that needs a library
            raise Encrypted from error


def _pages(document: PdfReader) -> Iterator[str]:
    if document.is_encrypted and not document.decrypt(""):
        raise Encrypted
    for page in document.pages:
        yield page.extract_text()
        yield "\n"


def _docx(path: str) -> Iterator[str]:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo("word/document.xml")
        if entry.flag_bits & 1:
            raise Encrypted
        if entry.file_size > _UNPACKED_BYTES:  # zipfile reads no more than an entry says to hold
            raise ValueError("the document unpacks to more than anybody wrote")
        with archive.open(entry) as source:
            yield from _words_of_xml(source)


def _words_of_xml(source: IO[bytes]) -> Iterator[str]:
    from xml.parsers import expat

    found: list[str] = []
    within: list[bool] = [False]
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, _attributes: object) -> None:
        local = name.rpartition(" ")[2]
        within[0] = local == "t"
        if local in {"tab", "br", "cr"}:
            found.append(" ")

    def end(name: str) -> None:
        within[0] = False
        if name.rpartition(" ")[2] == "p":
            found.append("\n")

    def text(data: str) -> None:
        if within[0]:
            found.append(data)

    def refuse(*_declaration: object) -> None:
        raise ValueError("a document of Word declares no entities")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, refuse
    while piece := source.read(_PIECE):
        parser.Parse(piece, False)
        yield "".join(found)
        found.clear()
    parser.Parse(b"", True)
    yield "".join(found)


READERS: dict[str, Callable[[str], Iterator[str]]] = {
    "application/pdf": _pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _docx,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
