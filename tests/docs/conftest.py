"""The example office, made once for every page."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

import pytest

from sed_tui.config import Settings, database_url, files_directory
from sed_tui.gateway.example import make_example

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the example office once, for pages to copy."""
    place = tmp_path_factory.mktemp("demo")
    url = database_url(str(place / "sed.db"))
    make_example(Settings(url, files=files_directory(url)), getpass.getuser())
    return place
