"""How much a message of somebody else may weigh."""

from __future__ import annotations

MESSAGE_BYTES = 16 * 1024 * 1024
"""XML of one message: the files of a letter lie beside it, never in it."""
MEMBERS = 1_000
MEMBER_BYTES = 512 * 1024 * 1024
ARCHIVE_BYTES = 1024 * 1024 * 1024
RATIO = 200
"""A member that unpacks to more times its size is a bomb; text rarely reaches 30."""
IN_MEMORY_BYTES = 4 * 1024 * 1024
"""A package no larger is unpacked in memory: files and folders for a moment cost more."""
