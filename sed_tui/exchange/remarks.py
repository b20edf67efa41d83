"""What was odd about a message that was read all the same."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Oddity(StrEnum):
    """What real messages were seen to do against their schema."""

    ENCODING_REPAIRED = "encoding_repaired"
    STRAY_TEXT = "stray_text"
    NO_MESSAGE_UID = "no_message_uid"
    NO_SOURCE_NAME = "no_source_name"
    NO_NUMBER = "no_number"
    NO_SIGNATORY = "no_signatory"
    NO_ADDRESSEE = "no_addressee"
    NO_ANNOTATION = "no_annotation"
    NUMBER_ECHOED = "number_echoed"
    DOUBLE_ESCAPED = "double_escaped"
    BAD_DATE = "bad_date"
    DATE_AHEAD = "date_ahead"
    BAD_COUNT = "bad_count"
    UNKNOWN_REASON = "unknown_reason"
    UNKNOWN_LINK = "unknown_link"
    FILE_RENAMED = "file_renamed"
    FILE_MISSING = "file_missing"
    FILE_UNNAMED = "file_unnamed"
    ENVELOPE_MISSING = "envelope_missing"
    ENVELOPE_BROKEN = "envelope_broken"
    SIGNATURE_UNPROVEN = "signature_unproven"


@dataclass(frozen=True, slots=True)
class Remark:
    """An oddity, and where it was met."""

    oddity: Oddity
    where: str = ""
