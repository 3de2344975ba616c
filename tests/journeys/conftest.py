"""What every journey shares."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse

from tests.support import databases
from tests.support.browser import NARROW, WIDE
from waypost.access.models import Staff
from waypost.demo.load import load

TODAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def axe(axe: Callable[[Any], None]) -> Callable[[Any], None]:
    """Nothing wrong with the page, wide or narrow."""

    def finds_nothing(page: Any) -> None:
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            axe(page)

    return finds_nothing


@pytest.fixture
def as_(transactional_db: None, time_machine: Any, browser_as: Any, live_server: Any) -> Callable[..., Any]:
    """`page = as_("Imogen Fenwick", "plan")`: somebody of the written cases, on the page of that name, on TODAY."""
    time_machine.move_to(TODAY)
    databases.filled_once("demonstration", lambda: load(at=TODAY, borough=False))
    return _opens(browser_as, live_server)


@pytest.fixture
def in_the_borough(transactional_db: None, time_machine: Any, browser_as: Any, live_server: Any) -> Callable[..., Any]:
    """The same in the whole demonstration, with the simulated borough beside the written cases."""
    time_machine.move_to(TODAY)
    databases.filled_once("borough", lambda: load(at=TODAY))
    return _opens(browser_as, live_server)


def _opens(browser_as: Any, live_server: Any) -> Callable[..., Any]:
    def open_page(who: str, name: str, **where: object) -> Any:
        page = browser_as(Staff.objects.get(name=who))
        page.goto(live_server.url + reverse(name, kwargs=where or None))
        return page

    return open_page
