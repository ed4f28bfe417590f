"""How logs are written: as text or, a JSON object a line, for machines; in neither a query string nor a value.

Queries name cohorts and districts, and the message of an exception may quote a cell: both are left out here, whoever
writes them, the server's and the libraries' lines included.
"""

import logging
import re
import traceback
from copy import copy
from types import TracebackType
from typing import Any

from pythonjsonlogger.json import JsonFormatter

_QUERY = re.compile(r"\?[^\s\"']+")
_TOKEN = re.compile(r"/d/[^/\s\"'?]+")  # the address of a donor's link: whoever knows it is let in
_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Quiet(logging.Filter):
    """Takes the queries and the tokens out of addresses in a message."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record pass."""
        record.msg, record.args = masked(_QUERY.sub("?…", record.getMessage())), ()
        return True


class Masked(logging.Filter):
    """Takes the tokens out of an answered request, before its parts are written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record pass."""
        if isinstance(record.args, dict):
            parts = copy(record.args)
            parts.update({name: masked(part) for name, part in parts.items() if isinstance(part, str)})
            record.args = parts
        return True


def masked(words: str) -> str:
    """Words without the token of a link."""
    return _TOKEN.sub("/d/…", words)


class PlacesOnly:
    """Formats an exception by its kind and the places it came through. Its message is left out."""

    def formatException(self, ei: _Raised) -> str:
        """From the outermost place to the innermost."""
        kind, error = ei[0], ei[1]
        if kind is None or error is None:
            return ""
        places = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(ei[2])]
        return "\n".join([*places, kind.__name__])


class TextForm(PlacesOnly, logging.Formatter):
    """A line of text."""


class JsonForm(PlacesOnly, JsonFormatter):
    """A JSON object a line."""


class AccessForm(JsonFormatter):
    """An answered request as a JSON object; gunicorn's parts of it that say nothing about who asked."""

    def process_log_record(self, log_data: dict[str, Any]) -> dict[str, Any]:
        """Only what is named here is written."""
        return log_data

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        """Method, path without its query, status, bytes of the answer, milliseconds."""
        super().add_fields(log_data, record, message_dict)
        parts = record.args if isinstance(record.args, dict) else {}
        log_data.pop("message", None)
        names = {"method": "m", "path": "U", "status": "s", "bytes": "B", "milliseconds": "M"}
        log_data.update({name: parts[part] for name, part in names.items() if part in parts})


def log_settings(form: str) -> dict[str, Any]:
    """Settings for logging.config.dictConfig, gunicorn's loggers included. Any `form` but "json" is text."""
    is_json = form == "json"
    fields = "%(asctime)s %(levelname)s %(name)s %(message)s"
    renamed = {"rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"}, "json_ensure_ascii": False}
    machine = {"()": JsonForm, "fmt": fields, **renamed}
    access = {"()": AccessForm, "fmt": "%(asctime)s %(levelname)s %(name)s", **renamed}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"quiet": {"()": Quiet}, "masked": {"()": Masked}},
        "formatters": {
            "said": machine if is_json else {"()": TextForm, "fmt": fields},
            "access": access if is_json else {"()": TextForm, "fmt": "%(message)s"},
        },
        "handlers": {
            "said": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "formatter": "said",
                "filters": ["quiet"],
            },
            "access": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stdout",
                "formatter": "access",
                "filters": ["masked"],
            },
        },
        "root": {"level": "INFO", "handlers": ["said"]},
        "loggers": {
            "gunicorn.error": {"level": "INFO", "handlers": ["said"], "propagate": False},
            "gunicorn.access": {"level": "INFO", "handlers": ["access"], "propagate": False},
            "werkzeug": {"level": "WARNING"},  # a line a request, with its query
            "alembic": {"level": "WARNING"},
            "fontTools": {"level": "WARNING"},
        },
    }
