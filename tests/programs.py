"""The example office, made once for a run, and `sedctl` as a program that has started already."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sed_tui.config import Settings, database_url, files_directory
from sed_tui.gateway.example import make_example
from tests import ready

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the example office once, for pages and tests to copy."""
    place = tmp_path_factory.mktemp("demo")
    url = database_url(str(place / "sed.db"))
    make_example(Settings(url, files=files_directory(url)), getpass.getuser())
    return place


@pytest.fixture(scope="session")
def ready_programs(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path
) -> Iterator[Path]:
    """Return a folder with a `sedctl` that has started already."""
    place = tmp_path_factory.mktemp("ready")
    address = str(place / "calls")
    # a socket's address is short; pytest's folder of a long name is not
    assert len(address) < _LONGEST_ADDRESS
    ready.write_caller(place / "sedctl", address)
    office = shutil.copy(sqlite_template, place / "office.db")
    started = subprocess.Popen(
        [sys.executable, ready.__file__, address, str(office)],
        env={**os.environ, "PYTHONPATH": str(Path(ready.__file__).parents[1])},
        stdout=subprocess.PIPE,
    )
    assert started.stdout is not None
    assert started.stdout.readline() == b"ready\n"
    yield place
    started.kill()
    started.wait()
    started.stdout.close()


@pytest.fixture(scope="session")
def programs(ready_programs: Path) -> str:
    """Return a PATH on which `sedctl` is a program that has started already."""
    folders = [str(ready_programs), str(Path(sys.executable).parent), os.environ["PATH"]]
    return os.pathsep.join(folders)


_LONGEST_ADDRESS = 108
