"""Every component, in a browser: nothing axe finds, nothing the policy stops, nothing too wide, all of it by keyboard."""

from __future__ import annotations

import pytest

from tests.factories import service, staff

pytestmark = pytest.mark.browser
NARROW, WIDE = {"width": 320, "height": 640}, {"width": 1280, "height": 900}


@pytest.fixture
def gallery(browser_as, live_server):
    service()
    page = browser_as(staff(role="manager", name="Imogen Fenwick"))
    page.goto(f"{live_server.url}/design/")
    return page


def test_nothing_is_wrong_wide_or_narrow(gallery, axe, shot):
    axe(gallery)
    shot(gallery, "design")
    gallery.set_viewport_size(NARROW)
    axe(gallery)
