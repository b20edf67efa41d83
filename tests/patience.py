"""How long a test waits for what may never come; nothing is measured by it."""

from __future__ import annotations

LONGEST = 300
"""Seconds. A program that hangs is found by it, one on a machine busy with much else is not."""
