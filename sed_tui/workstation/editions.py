"""Which edition of the requirements is used: the one imported here, else the one shipped."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from sed_tui.config import home
from sed_tui.domain.requirements import LARGEST, Requirements, read_requirements
from sed_tui.errors.workstation import OlderRequirements

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition, its text, and where it comes from; no place for the shipped one."""

    requirements: Requirements
    text: str
    place: Path | None

    @property
    def published(self) -> tuple[date, str]:
        """Return by what editions are ordered."""
        return self.requirements.dated, self.requirements.edition


def shipped() -> Edition:
    """Return the edition the program came with."""
    text = files("sed_tui.data").joinpath("workstation.toml").read_text(encoding="utf-8")
    return Edition(read_requirements(text), text, None)


def imported_path() -> Path:
    """Return where an imported edition lies, whether there is one or not."""
    return home() / "workstation.toml"


def used() -> Edition:
    """Return the edition that counts here: the newer of the imported and the shipped one."""
    here, brought = imported_path(), shipped()
    if not here.is_file():
        return brought
    own = read_edition(here)
    # an update of the program may have brought a newer edition than was imported once
    return own if own.published >= brought.published else brought


def read_edition(path: Path) -> Edition:
    """Read an edition from a file. Raises `BadRequirements`."""
    data = path.read_bytes()[: LARGEST * 4]
    text = data.decode("utf-8-sig", errors="replace")
    return Edition(read_requirements(text), text, path)


def install(edition: Edition, *, force: bool = False) -> Path:
    """Put an edition in use on this machine. Raises `OlderRequirements`."""
    known = used()
    if not force and edition.published <= known.published and edition.text != known.text:
        raise OlderRequirements(
            edition=edition.requirements.edition,
            date=edition.requirements.dated.isoformat(),
            known=known.requirements.edition,
            known_date=known.requirements.dated.isoformat(),
        )
    target = imported_path()
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_suffix(".new")
    beside.write_text(edition.text, encoding="utf-8")
    beside.replace(target)
    return target
