"""A new database: the schema, the first office, and who works there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sed_tui.errors.installation import AlreadyInitialized
from sed_tui.gateway.setup import initialize
from sed_tui.operations.organization import LIST, ListOrganizations
from tests.conftest import FIRST_OFFICE

if TYPE_CHECKING:
    from sed_tui.config import Settings
    from sed_tui.gateway.local import LocalGateway


def test_the_first_office_is_there(gateway: LocalGateway) -> None:
    [row] = gateway.call(LIST, ListOrganizations()).rows

    assert (row.code, row.name, row.parent) == ("01", "Администрация", None)


def test_a_database_with_data_is_not_initialized_again(settings: Settings) -> None:
    with pytest.raises(AlreadyInitialized):
        initialize(settings, FIRST_OFFICE)
