"""The server's log: a JSON object a line, whoever writes it."""

from __future__ import annotations

import json
import logging

from sed_tui.server.logs import JsonLines, configuration


def record(name: str, said: str, *put: str) -> logging.LogRecord:
    return logging.LogRecord(name, logging.WARNING, __file__, 1, said, put, None)


def test_what_a_library_puts_into_its_words_stays_out() -> None:
    quoting = record("psycopg", "error ignored in %r: %s", "pipeline", "Key (subject)=(О выплате)")

    line = json.loads(JsonLines().format(quoting))

    assert line["event"] == "psycopg: error ignored in %r: %s"
    assert "выплате" not in json.dumps(line, ensure_ascii=False)


def test_words_of_the_server_are_whole() -> None:
    line = json.loads(JsonLines().format(record("uvicorn.error", "running on %s", "http://here")))

    assert line["event"] == "running on http://here"


def test_a_library_that_nobody_named_writes_lines_too() -> None:
    assert configuration("info")["root"] == {"handlers": ["stderr"], "level": "WARNING"}
