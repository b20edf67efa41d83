"""Links: every kind has an inverse, and the inverse of the inverse is the kind."""

from __future__ import annotations

import pytest

from sed_tui.domain.links import INVERSE, NAMES, LinkKind, direct, seen_from_target


@pytest.mark.parametrize("kind", LinkKind)
def test_every_kind_is_stored_in_one_sense_and_has_a_name(kind: LinkKind) -> None:
    stored, is_swapped = direct(kind)

    assert stored in INVERSE
    assert (seen_from_target(stored) if is_swapped else stored) is kind
    assert NAMES[kind]
