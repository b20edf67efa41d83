"""What stands for a text that the reader has no clearance for."""

from __future__ import annotations

from sed_tui.i18n import N_

MASK = N_("For official use only")
