"""Eight processes register at once: no number twice, no ordinal lost."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.document_list import COUNT, CountDocuments
from sed_tui.operations.journal import GAPS, FindGaps

if TYPE_CHECKING:
    from sed_tui.config import Settings

PROCESSES, EACH = 8, 25

# every third letter of a process is the same letter as another's, and every fifth fails
REGISTRAR = """
import json, os, sys
from datetime import date
from pathlib import Path
from sed_tui.config import Settings
from sed_tui.errors import SedError
import sed_tui.handlers.registration  # what every process would import by itself
from sed_tui.gateway.local import LocalGateway
from sed_tui.operations.registration import REGISTER, RegisterDocument

database, files, processes, each = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])

def register(me):
    gateway = LocalGateway(Settings(database, files=Path(files), login="admin"))
    numbers = []
    for n in range(each):
        shared = n % 3 == 0
        try:
            result = gateway.call(REGISTER, RegisterDocument(
                flow="incoming", subject="" if n % 5 == 4 else f"Letter {n}",
                correspondent="Sender", their_number=f"S-{n}" if shared else f"{me}-{n}",
                their_date=date(2026, 1, 12),
            ))
            numbers.append(result.number)
        except SedError as error:
            numbers.append(error.code)
    gateway.close()
    os.write(1, json.dumps(numbers).encode() + b"\\n")  # at once: others write there too

for me in range(processes):
    if os.fork() == 0:
        try:
            register(me)
        finally:
            os._exit(0)
for _ in range(processes):
    os.wait()
"""


@pytest.mark.slow
def test_two_registrars_never_get_one_number(settings: Settings) -> None:
    words = (settings.database, str(settings.files), str(PROCESSES), str(EACH))
    told = subprocess.run(
        [sys.executable, "-c", REGISTRAR, *words], stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    answers = [json.loads(line) for line in told.splitlines()]
    assert len(answers) == PROCESSES

    given = [number for answer in answers for number in answer if "/" in number]
    shared = len([n for n in range(EACH) if n % 3 == 0 and n % 5 != 4])
    own = len([n for n in range(EACH) if n % 3 and n % 5 != 4])
    assert len(given) == len(set(given)) == own * PROCESSES + shared
    assert sum(answer.count("empty_text") for answer in answers) == PROCESSES * EACH // 5
    assert sum(answer.count("already_registered") for answer in answers) == shared * (PROCESSES - 1)
    gateway = LocalGateway(settings)
    assert gateway.call(GAPS, FindGaps(journal="01-23")).rows == []
    assert gateway.call(COUNT, CountDocuments()).total == len(given)
    gateway.close()
