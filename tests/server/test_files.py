"""Files in and out of a server: in pieces, by spans, and to nobody else."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

from sed_tui.domain.access import Role
from tests.server.test_routes import register

if TYPE_CHECKING:
    import httpx

    from tests.server.conftest import Token

CONTENT = "Текст письма. ".encode() * 40_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def kept(http: httpx.Client) -> str:
    """Keep a file on a document and return its address."""
    made = register(http).json()["id"]
    pieces = (CONTENT[start : start + 50_000] for start in range(0, len(CONTENT), 50_000))
    sent = http.post("/v1/files", content=pieces)
    assert sent.status_code == 201
    file = {"name": "письмо.txt", "token": sent.json()["token"]}
    added = http.post("/v1/file.add", json={"document": made, "files": [file]})
    assert added.json()["rows"][0]["sha256"] == SHA256
    return f"/v1/files/{SHA256}"


def test_bytes_come_back_as_they_went(http: httpx.Client, kept: str) -> None:
    whole = http.get(kept)
    head = http.head(kept)

    assert whole.content == CONTENT
    assert whole.headers["content-disposition"].startswith("attachment")
    assert whole.headers["content-type"] == "application/octet-stream"
    assert head.headers["content-length"] == str(len(CONTENT))
    assert http.get(kept, headers={"If-None-Match": f'"{SHA256}"'}).status_code == 304


@pytest.mark.parametrize("engine", ["sqlite"])
def test_an_interrupted_download_goes_on(http: httpx.Client, kept: str) -> None:
    asked: dict[str, tuple[int, bytes]] = {
        "bytes=0-9": (206, CONTENT[:10]),
        "bytes=10-": (206, CONTENT[10:]),
        "bytes=-7": (206, CONTENT[-7:]),
        f"bytes=5-{10**12}": (206, CONTENT[5:]),
        f"bytes={len(CONTENT)}-": (416, b""),
        "bytes=0-1,3-4": (200, CONTENT),
        "bytes=9-5": (200, CONTENT),
        "lines=1-2": (200, CONTENT),
    }
    for span, (status, content) in asked.items():
        answer = http.get(kept, headers={"Range": span, "If-Range": f'"{SHA256}"'})
        assert (answer.status_code, answer.content) == (status, content), span
    changed = http.get(kept, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    assert (changed.status_code, changed.content) == (200, CONTENT)


def test_a_digest_opens_nothing_to_those_who_do_not_see_the_document(
    http: httpx.Client, anybody: httpx.Client, kept: str, token: Token
) -> None:
    answers: list[Any] = []
    for secret in (token("kim", Role.EXECUTOR), token("adm", Role.ADMINISTRATOR)):
        headers = {"Authorization": f"Bearer {secret}"}
        answers += [
            anybody.get(kept, headers=headers),
            anybody.get(f"/v1/files/{'0' * 64}", headers=headers),
            anybody.get("/v1/files/..%2f..%2fetc%2fpasswd", headers=headers),
        ]

    assert {answer.status_code for answer in answers} == {404}
    assert {answer.json()["code"] for answer in answers[:2]} == {"not_found"}
    assert anybody.get(kept).status_code == 401


@pytest.mark.parametrize("engine", ["sqlite"])
def test_who_may_change_nothing_sends_nothing(anybody: httpx.Client, token: Token) -> None:
    reader = {"Authorization": f"Bearer {token('admin', scopes=('read',))}"}

    assert anybody.post("/v1/files", content=b"x", headers=reader).status_code == 404
    assert anybody.post("/v1/files", content=b"x").status_code == 401
