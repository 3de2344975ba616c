"""Nobody's words reach the log of the process, whichever library writes it."""

from __future__ import annotations

import io
import json
import logging
import logging.config

import pytest
import structlog

from tests.factories import staff
from waypost.config import logs
from waypost.kernel.field_classes import names_of_words

NAME = "Zebedee Quillfeather"


@pytest.fixture
def written(monkeypatch):
    """The lines that our settings would write."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.config.DictConfigurator(logs.SETTINGS).configure_formatter(_formatter()))
    monkeypatch.setattr(logging.getLogger(), "handlers", [handler])
    return lambda: [json.loads(line) for line in stream.getvalue().splitlines()]


def _formatter() -> dict[str, object]:
    return dict(logs.SETTINGS["formatters"]["json"])


def _fail(name: str) -> None:
    try:
        raise KeyError(name)
    except KeyError as error:
        raise ValueError(f"no such child: {name}") from error


@pytest.mark.parametrize(
    ("logger", "text", "given", "event"),
    [
        ("django.request", "Internal Server Error: %s", (f"/children/{NAME}",), "Internal Server Error: %s"),
        ("django.security.DisallowedHost", f"Invalid HTTP_HOST header: {NAME}", (), "library"),
        ("allauth.account", f"sent to {NAME}", (), "library"),
        ("somebody.else", "sent to %s", (NAME,), "library"),
        ("_granian", "Started worker-1", (), "Started worker-1"),
    ],
)
def test_of_what_a_library_says_only_its_fixed_text_is_kept(written, logger, text, given, event):
    logging.getLogger(logger).error(text, *given)
    (line,) = written()
    assert (line["event"], line["logger"], line["level"]) == (event, logger, "error")
    assert NAME not in json.dumps(line)


def test_of_an_exception_its_kind_and_place_are_kept_not_its_message(written):
    try:
        _fail(NAME)
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", NAME)
    (line,) = written()
    assert [part for part in line["exception"] if "." in part and "/" not in part] == [
        "builtins.KeyError",
        "builtins.ValueError",
    ]
    assert any(part.endswith("_fail") for part in line["exception"])
    assert NAME not in json.dumps(line)


def test_a_jobs_arguments_are_not_kept(written):
    extra = {"action": "job_error", "job": {"id": 7, "task_name": "a.task", "call_string": f"a.task[7]({NAME})"}}
    logging.getLogger("procrastinate.worker").error(f"Job a.task[7]({NAME}) ended with status: Error", extra=extra)
    (line,) = written()
    assert (line["event"], line["task"], line["job"]) == ("job job_error", "a.task", 7)
    assert NAME not in json.dumps(line)


def test_ours_are_events_with_values(written):
    structlog.get_logger("waypost.tests").info("read", rows=3)
    (line,) = written()
    assert {**line, "time": ""} == {"event": "read", "rows": 3, "level": "info", "time": ""}


@pytest.mark.parametrize("column", ["words", "given", "family", "lines", "own_words", "evidence", "typed", "speaker"])
def test_ours_have_no_value_named_like_a_column_about_a_person(written, column):
    structlog.get_logger("waypost.tests").info("said", **{column: NAME, "rows": 3})
    (line,) = written()
    assert NAME not in json.dumps(line)
    assert (line["rows"], line[column]) == (3, "not written here")


def test_what_a_line_is_made_of_is_not_named_like_such_a_column():
    assert (
        names_of_words()
        & {"event", "request", "method", "route", "status", "ms", "level", "time", "logger", "at", "job", "task"}
        == set()
    )


def test_each_request_is_one_line_with_its_page_and_its_id_but_no_address(written, signed_in):
    answer = signed_in(staff("manager", name=NAME)).get("/", {"q": NAME}, headers={"User-Agent": NAME})
    (line,) = [line for line in written() if line["event"] == "request"]
    assert line["request"] == answer["X-Request-Id"]
    assert set(line) == {"event", "request", "method", "route", "status", "ms", "level", "time"}
    assert NAME not in json.dumps(line)


def test_whoever_watches_leaves_no_line(written, client, db):
    client.get("/health")
    assert written() == []
