"""What goes to the log of the process: one JSON object a line, and nobody's words in it.

Ours are events with named values. Of what libraries say, only their fixed text is kept, without what they put into it;
of an exception its kind and where it was raised, without its message: either may hold a name typed into a form.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

from waypost.kernel.field_classes import names_of_words

Event = MutableMapping[str, Any]
# Who keeps a fixed text apart from what is put into it. The web server puts in nothing but its own numbers.
FIXED_TEXT_FROM, OWN_NUMBERS_FROM = "django", "_granian"


def without_words(logger: Any, method: str, event: Event) -> Event:
    """A library's record, less everything that may come from a person."""
    record: logging.LogRecord = event["_record"]
    source = record.name.split(".")[0]
    known = source == OWN_NUMBERS_FROM or (source == FIXED_TEXT_FROM and bool(event.get("positional_args")))
    said: Event = {"event": str(record.msg) if known else "library", "logger": record.name, "_record": record}
    said["_from_structlog"] = event["_from_structlog"]
    job = getattr(record, "job", None)
    if job:
        said.update(event=f"job {getattr(record, 'action', '')}", task=job["task_name"], job=job["id"])
    elif not known:
        said["at"] = f"{record.module}:{record.lineno}"
    if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
        said["exception"] = exception_without_words(record.exc_info[1])
    return said


def exception_without_words(error: BaseException) -> list[str]:
    """Kind of each exception of the chain and the lines it passed, the innermost last."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or current.__context__
    lines = []
    for each in reversed(chain):
        lines += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(each.__traceback__)]
        lines.append(f"{type(each).__module__}.{type(each).__qualname__}")
    return lines


def without_values_of_people(logger: Any, method: str, event: Event) -> Event:
    """Ours too: a value named like a column in which something about a person stands is not written."""
    for name in event.keys() & names_of_words():
        event[name] = "not written here"
    return event


_COMMON: list[Any] = [
    structlog.contextvars.merge_contextvars,
    without_values_of_people,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
]
SETTINGS: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": [without_words, *_COMMON],
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
            "keep_exc_info": False,
            "pass_foreign_args": True,
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "waypost": {"level": "INFO"},
        "_granian": {"level": "WARNING"},
        "django": {"level": "WARNING", "handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},  # each request has its own line already
    },
}


def configure() -> None:
    """Let `structlog.get_logger` write through the standard library, so that there is one way out."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_COMMON,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
