"""The hashed requirement files: what pip installs is what the lock says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKED: dict[str, dict[str, Any]] = {
    package["name"]: package
    for package in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
}
PIN = re.compile(r"^([a-z0-9-]+)==([^ ]+)", re.MULTILINE)
STALE = "stale: run `make lock`"


def pins(path: Path) -> dict[str, tuple[str, set[str]]]:
    """Return `{name: (version, hashes)}` of a requirements file."""
    blocks = re.split(r"\n(?=[a-z])", path.read_text(encoding="utf-8"))
    return {
        match[1]: (match[2], set(re.findall(r"--hash=(sha256:[0-9a-f]{64})", block)))
        for block in blocks
        if (match := PIN.match(block))
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_pin_has_the_version_and_the_hashes_of_the_lock(path: Path) -> None:
    for name, (version, hashes) in pins(path).items():
        package = LOCKED[name]
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]

        assert version == package["version"], STALE
        assert hashes == {file["hash"] for file in files}, STALE


def test_everything_locked_is_pinned_somewhere() -> None:
    pinned = {name for path in FILES for name in pins(path)}

    assert pinned == set(LOCKED) - {"sed-tui"}, STALE


def test_the_lock_was_made_for_these_dependencies() -> None:
    project = PROJECT["project"]
    extras = [text for texts in project["optional-dependencies"].values() for text in texts]
    wanted = {name_of(text) for text in [*project["dependencies"], *extras]}
    groups = {
        group: {name_of(text) for text in texts}
        for group, texts in PROJECT["dependency-groups"].items()
    }
    metadata = LOCKED["sed-tui"]["metadata"]

    assert {entry["name"] for entry in metadata["requires-dist"]} == wanted, STALE
    assert {
        group: {entry["name"] for entry in entries}
        for group, entries in metadata["requires-dev"].items()
    } == groups, STALE


def test_the_build_backend_is_locked_as_well() -> None:
    build = pins(ROOT / "requirements" / "build.txt")

    assert {name_of(text) for text in PROJECT["build-system"]["requires"]} <= set(build)


def test_nothing_is_fetched_but_from_the_public_index() -> None:
    hosts = set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text(encoding="utf-8")))

    assert hosts == {"pypi.org", "files.pythonhosted.org"}
    assert not any("://" in path.read_text(encoding="utf-8") for path in FILES)


def test_pip_never_looks_beyond_the_pins() -> None:
    places = ("Makefile", "tools/bundle/install.sh", "tools/bundle/install.ps1")
    for place in places:
        text = (ROOT / place).read_text(encoding="utf-8").replace('", "', " ")
        assert text.count("--require-hashes") == text.count("--no-deps --require-hashes"), place


def name_of(requirement: str) -> str:
    """Return the normalized name of a requirement."""
    return re.split(r"[\[<>=!; ]", requirement, maxsplit=1)[0].lower().replace("_", "-")
