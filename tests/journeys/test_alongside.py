"""A manager says how another system is read, tries its export, sees what is wrong, and reads it into the record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.alongside.exports import PRIYA, SAM, WIDE
from tests.alongside.test_read_again import wide
from tests.factories import service, staff, team
from waypost.casework.alongside import tasks
from waypost.casework.models import CaseloadRead

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def work() -> None:
    """What the worker does meanwhile."""
    for read in CaseloadRead.objects.filter(state="waiting"):
        tasks.read_caseload(read.pk)


def test_a_caseload_is_tried_and_read(browser_as, live_server, axe, shot, tmp_path: Path) -> None:
    # Given a head of service, and the export of the system they work in, with a code that nobody has mapped
    service()
    riverside = team(name="Riverside")
    priya = staff("practitioner", email=PRIYA, name="Priya Nandakumar", team=riverside)
    staff("practitioner", email=SAM, name="Sam Oyelaran", team=riverside)
    head = staff("head_of_service", name="Imogen Fenwick", team=riverside)
    WIDE.write(tmp_path, rows=wide(0, type="ISO"))
    page: Any = browser_as(head)

    # When they say how it is read, with a slip of the pen that is named, and then without
    page.goto(live_server.url + reverse("alongside"))
    axe(page)
    shot(page, "alongside none")
    page.get_by_role("button", name="Say how a system is read").press("Enter")
    page.get_by_label("How its exports are read").fill(WIDE.mapping.replace("born: DOB", "birth: DOB"))
    page.get_by_role("button", name="Save it").press("Enter")
    page.get_by_role("alert").get_by_text("birth is not known here").wait_for()
    axe(page)
    shot(page, "alongside mapping")
    page.get_by_label("How its exports are read").fill(WIDE.mapping)
    page.get_by_role("button", name="Save it").press("Enter")

    # And send the file
    page.get_by_role("heading", name="Northway", level=1).wait_for()
    page.locator("input[type=file]").set_input_files(tmp_path / "caseload_2026.csv")
    page.get_by_role("button", name="Try it: a dry run").press("Enter")
    page.get_by_text("Waiting for its turn.").wait_for()
    axe(page)
    work()

    # Then the page says by itself what would come of it, and which row could not be used
    page.get_by_text("The table interventions of the mapping does not have what stands here.").wait_for()
    page.get_by_text("New: 2 children, 2 names").wait_for()
    page.get_by_text("caseload_2026.csv, row 2").wait_for()
    axe(page)
    shot(page, "alongside dry")

    # And once they say so, the rest is in the record
    page.get_by_role("button", name="Read it into the record").press("Enter")
    page.get_by_text("Waiting for its turn.").wait_for()
    work()
    page.get_by_role("heading", name="Reading of").wait_for()
    page.get_by_text("New: 2 children, 2 names").wait_for()
    page.get_by_role("link", name="Northway").click()
    axe(page)
    shot(page, "alongside system")

    # And the case manager finds the child, with the way back to the original
    page.context.clear_cookies()
    page = browser_as(priya)
    page.goto(live_server.url + reverse("children"))
    page.get_by_role("link", name="Ellis Marden").click()
    page.get_by_text("Read from Northway on").wait_for()
    page.get_by_role("link", name="open the original").wait_for()
    axe(page)
    shot(page, "alongside child")
