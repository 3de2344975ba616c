"""What every test may use.

Database: `db` rolls back, `transactional_db` (and `live_server`) commits and gets a fresh copy of the migrated template
afterwards. Tests run as the application's role: no DDL, no TRUNCATE, the log only to be added to; `as_owner` is the
owner for a test that needs it. Without DATABASE_URL a private cluster with fsync off is started for the run.
`queries(3)` counts. `signed_in(person)` is a client that has signed in. `tests/factories.py`: `staff(role="manager")`.
Browser (mark `browser`): `page` fails the test on a console error or a policy violation (`complaints` is the list, for
a test that expects one); `browser_as(person)` is `page`, signed in; `axe(page)` finds nothing wrong;
`shot(page, "name")` writes test-results/name-1280.png and -320.png.
Time: `time_machine`. Properties: hypothesis, profile `waypost`. Warnings are errors; no socket leaves this machine.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, TransactionTestCase
from django.test.utils import CaptureQueriesContext

from tests.support import browser, databases, sockets

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop in the thread that also asks the database
hypothesis.settings.register_profile("waypost", deadline=None, max_examples=100, derandomize=True)
hypothesis.settings.load_profile("waypost")


def pytest_unconfigure() -> None:
    if settings.MADE_HERE:
        databases.forget_home()


@pytest.fixture(autouse=True, scope="session")
def nothing_leaves_this_machine() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        sockets.stay_here(patch)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """The database is there for the whole run, and open only to a test that says it uses one (and takes back its rows)."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), databases.cluster():
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: databases.renew())
        with databases.copied(worker_id), django_db_blocker.block():
            yield


@pytest.fixture
def as_owner(transactional_db: None) -> Iterator[None]:
    """The test's own connection is the owner's."""
    databases.connect_as("owner")
    yield
    databases.connect_as("app")


@pytest.fixture
def queries(db: None) -> Callable[[int], AbstractContextManager[CaptureQueriesContext]]:
    """`with queries(3): …` fails unless exactly three were asked, and shows them."""

    @contextmanager
    def exactly(number: int) -> Iterator[CaptureQueriesContext]:
        with CaptureQueriesContext(connection) as asked:
            yield asked
        listed = "\n".join(f"{n}. {query['sql']}" for n, query in enumerate(asked.captured_queries, 1))
        assert len(asked) == number, f"{len(asked)} queries, expected {number}:\n{listed}"

    return exactly


@pytest.fixture
def signed_in(db: None) -> Callable[[Any], Client]:
    """A client of a person who has signed in."""

    def client_of(person: Any) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return client_of


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | browser.launch_arguments()


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {"viewport": browser.WIDE, "locale": "en-GB", "timezone_id": "Europe/London"}


@pytest.fixture
def complaints(page: Any) -> list[str]:
    """What the page has complained of so far; a test that expects a complaint clears it."""
    return page.complaints


@pytest.fixture
def page(page: Any) -> Iterator[Any]:
    page.complaints = browser.Complaints(page)
    yield page
    assert page.complaints == [], "\n".join(page.complaints)


@pytest.fixture
def browser_as(page: Any, live_server: Any) -> Callable[[Any], Any]:
    """The page, in a browser where this person has signed in (by session, not by typing)."""

    def of(person: Any) -> Any:
        client = Client()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return page

    return of


@pytest.fixture
def axe() -> Callable[[Any], None]:
    def finds_nothing(page: Any) -> None:
        found = browser.violations(page)
        assert found == [], "\n".join(found)

    return finds_nothing


@pytest.fixture
def shot() -> Callable[[Any, str], None]:
    return browser.screenshots
