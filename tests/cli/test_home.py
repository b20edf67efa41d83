"""Where the data of a user are."""

from __future__ import annotations

from pathlib import Path

import platformdirs
import pytest

from sed_tui.config import home


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
