"""Pages of threats and bad days name a test for each; every door to the outside is known."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "explanation"
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")

# whatever opens an archive or a document of somebody else; each writes no name of it to the disk
ARCHIVES = {
    "sed_tui/exchange/archive.py",
    "sed_tui/spreadsheet/directum_reading.py",
    "sed_tui/spreadsheet/workbook.py",
    "sed_tui/storage/text_reader.py",
}
# whatever opens a connection to an address that somebody has said
CALLERS = {
    "sed_tui/gateway/connections.py",
    "sed_tui/gateway/imap.py",
    "sed_tui/gateway/network_trouble.py",
    "sed_tui/gateway/remote.py",
    "sed_tui/gateway/remote_answers.py",
    "sed_tui/gateway/remote_sign_in.py",
    "sed_tui/gateway/smtp.py",
    "sed_tui/gateway/transfer.py",
    "sed_tui/storage/object_store.py",
    "sed_tui/support/portal.py",
    "sed_tui/workstation/network.py",
}
_CLIENTS = {"httpx", "obstore", "imaplib", "smtplib", "ftplib", "urllib.request", "http.client"}
_READING = re.compile(
    r"ZipFile\((?!target|\w+, \"w\")|tarfile|unpack_archive|extractall|\.extract\("
)


def sources() -> list[Path]:
    folders = ("sed_tui", "commands", "widgets")
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py")]


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    text, found = path.read_text(), set[str]()
    if not any(client in text for client in _CLIENTS):
        return found  # who imports one of them names it; the rest need not be parsed
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def _is_there(place: str, name: str) -> bool:
    path = ROOT / place
    return path.is_file() and (not name or f"def {name}(" in path.read_text())


@pytest.mark.parametrize("page", ["threats.md", "exchange.md"])
def test_every_test_that_the_page_names_is_there(page: str) -> None:
    pairs = NAMED.findall((PAGES / page).read_text())
    missing = [f"{place}::{name}" for place, name in pairs if not _is_there(place, name)]

    assert len(pairs) >= 30
    assert missing == []


def test_whoever_opens_an_archive_is_known() -> None:
    assert {named(path) for path in sources() if _READING.search(path.read_text())} == ARCHIVES


def test_whoever_calls_an_address_is_known_and_no_server_does() -> None:
    calling = {
        named(path)
        for path in sources()
        if {module for one in imported(path) for module in (one, one.split(".")[0])} & _CLIENTS
        or "create_connection(" in path.read_text()
    }

    assert calling == CALLERS
    assert not any(name.startswith(("sed_tui/server", "sed_tui/handlers")) for name in calling)


def test_no_client_follows_where_it_is_sent() -> None:
    for name in CALLERS:
        assert "follow_redirects=True" not in (ROOT / name).read_text(), name
