"""What a client and a server agree on: the version of the protocol and names of headers."""

from __future__ import annotations

PROTOCOL = "1"
PREFIX = "/v1"
PROTOCOL_HEADER = "Sed-Protocol"
VERSION_HEADER = "Sed-Version"
ORGANIZATION_HEADER = "Sed-Organization"
DRY_RUN_HEADER = "Sed-Dry-Run"
REASON_HEADER = "Sed-Reason"
SOURCE_HEADER = "Sed-Source"
MASKED_HEADER = "Sed-Masked"
KEY_HEADER = "Idempotency-Key"
PROBLEM = "application/problem+json"

SOURCES = frozenset({"tui", "cli", "cron", "connector"})
# keys that clients give by themselves begin with it; their answers are kept for two days
AUTOMATIC = "auto-"
