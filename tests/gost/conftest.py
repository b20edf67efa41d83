"""Providers, a chain of certificates, openssl with the engine of GOST, and what others made."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sed_tui.errors.signatures import ProviderUnavailable
from sed_tui.gost.providers.choice import provider_named
from tests.gost.chain import Chain, make_chain
from tests.patience import LONGEST

if TYPE_CHECKING:
    from sed_tui.gost.providers.protocol import Provider

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data"

Openssl = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture(scope="session")
def provider() -> Provider:
    return provider_named()


@pytest.fixture(params=["libgcrypt", "gostcrypto", "pygost"])
def each_provider(request: pytest.FixtureRequest) -> Provider:
    try:
        return provider_named(request.param)
    except ProviderUnavailable as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def chain(provider: Provider) -> Chain:
    return make_chain(provider)


@pytest.fixture(scope="session")
def samples() -> Path:
    """Return the folder of what other programs made: `SED_INTEROP_DATA`, or beside the clone."""
    folder = Path(os.environ.get("SED_INTEROP_DATA") or BESIDE) / "gost"
    if not folder.is_dir():
        pytest.skip(f"no samples of other programs in {folder} (SED_INTEROP_DATA)")
    return folder


@pytest.fixture(scope="session")
def has_engine() -> bool:
    if shutil.which("openssl") is None:
        return False
    asked = subprocess.run(
        ["openssl", "engine", "-t", "gost"], capture_output=True, check=False, timeout=LONGEST
    )
    return b"[ available ]" in asked.stdout


@pytest.fixture
def openssl(has_engine: bool, tmp_path: Path) -> Openssl:
    """Return `openssl` with the engine of GOST, run in a folder of its own."""
    if not has_engine:
        pytest.skip("openssl has no engine of GOST: apt-get install libengine-gost-openssl")

    def run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            ["openssl", *arguments], cwd=tmp_path, capture_output=True, check=False, timeout=LONGEST
        )

    return run
