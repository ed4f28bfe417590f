"""Logs say what happened and where, and nothing that was typed: no query, no value, no message that quotes one."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from connectors.logs import log_settings

CANARY = "P-014"
PARTS = {"m": "GET", "U": "/data", "s": "200", "B": 12, "M": 3, "q": CANARY, "r": CANARY, "h": CANARY, "f": CANARY}


@contextmanager
def written(form: str) -> Iterator[io.StringIO]:
    """What a program logs with our settings."""
    text = io.StringIO()
    settings = log_settings(form)
    for handler in settings["handlers"].values():
        handler["stream"] = text
    loggers = [logging.getLogger(name) for name in ("", *settings["loggers"])]
    before = [(logger, logger.level, logger.handlers[:], logger.propagate) for logger in loggers]
    logging.config.dictConfig(settings)
    try:
        yield text
    finally:
        for logger, level, handlers, propagate in before:
            logger.level, logger.handlers, logger.propagate = level, handlers, propagate
            logger.setLevel(level)


def lines(form: str, *, logger: str = "connectors.x") -> list[Any]:
    with written(form) as text:
        said = logging.getLogger(logger)
        said.info("Error handling request %s", f"/data?cohort={CANARY}&lang=ar")
        said.warning("seen at http://127.0.0.1/?q=%s, and on", CANARY)
        try:
            raise ValueError(CANARY)
        except ValueError:
            said.exception("it failed")
        logging.getLogger("werkzeug").info('"GET /?cohort=%s HTTP/1.1" 200', CANARY)
        logging.getLogger("gunicorn.access").info('"%(m)s %(U)s" %(s)s', PARTS)
    return text.getvalue().splitlines()


@pytest.mark.parametrize("form", ["json", "text"])
@pytest.mark.parametrize("logger", ["connectors.x", "gunicorn.error", "app"])
def test_no_value_and_no_query_is_written(form: str, logger: str) -> None:
    text = "\n".join(lines(form, logger=logger))
    assert "Error handling request /data?…" in text
    assert "ValueError" in text and "test_logs.py" in text
    assert CANARY not in text


def test_json_is_an_object_a_line() -> None:
    told = [json.loads(line) for line in lines("json")]
    assert [line["level"] for line in told] == ["INFO", "WARNING", "ERROR", "INFO"]
    assert told[2]["message"] == "it failed"
    assert "in lines" in told[2]["exc_info"]
    named = {"method": "GET", "path": "/data", "status": "200", "bytes": 12, "milliseconds": 3}
    assert named.items() <= told[3].items()
    assert set(told[3]) == {*named, "time", "level", "logger"}


def test_text_is_a_line_for_people() -> None:
    told = lines("text")
    assert told[0].endswith("INFO connectors.x Error handling request /data?…")
    assert told[-1] == '"GET /data" 200'
