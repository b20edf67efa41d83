"""Where the data of a user are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest

from sed_tui.config import home

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Outcome


@pytest.mark.parametrize("shared", ["", "/srv/shared"])
def test_the_home_is_where_the_platform_keeps_data(
    monkeypatch: pytest.MonkeyPatch, shared: str
) -> None:
    monkeypatch.delenv("SED_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", shared)

    assert home() == platformdirs.user_data_path("sed-tui", appauthor=False)


def test_the_home_can_be_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SED_HOME", "~/sed")

    assert home() == Path.home() / "sed"


@pytest.mark.parametrize(
    ("variable", "status"), [("SED_SERVER", 2), ("SED_DATABASE", 2), ("SED_TOKEN", 4)]
)
def test_a_variable_that_is_there_and_empty_is_not_replaced_by_the_profile(
    anywhere: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch, variable: str, status: int
) -> None:
    home().mkdir(parents=True)
    (home() / "config.toml").write_text('[profile.default]\nserver = "https://sed.invalid"\n')
    monkeypatch.setenv(variable, "")

    outcome = anywhere("document", "list")

    assert (outcome.status, outcome.out) == (status, "")
    assert f"{variable} is set, and empty" in outcome.err
    assert f"unset {variable}" in outcome.err
    monkeypatch.delenv(variable)
    assert "--server (SED_SERVER)" in anywhere("--server", " ", "document", "list").err
