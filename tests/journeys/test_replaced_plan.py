"""A plan is replaced by its next version, and nobody loses sight of what was done under the one before."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from tests.governance.plans import ACCEPTED, accepted, head, the
from waypost.governance.improvement import actions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_notes_of_the_version_before_are_one_click_away(browser_as, live_server, axe, shot):
    # Given a plan with a note and evidence, and the version that replaced it
    boss = head()
    was = the(accepted(boss, data=b"the first"), "1a")
    by = {"by": boss, "at": ACCEPTED}
    actions.add_note(was, dated=date(2026, 1, 4), words="Seventeen of twenty-seven were whole.", **by)
    actions.add_evidence(was, "notes.txt", b"All were checked.", title="Checked", inspector_may_open=False, **by)
    now = the(accepted(boss, data=b"the second"), "1a")

    # When the head of service opens the action in the present plan
    page = browser_as(boss)
    page.goto(live_server.url + reverse("action", kwargs={"pk": now.pk}))
    page.get_by_text("No dated note yet.").wait_for()

    # Then she is told what lies in the version before, and goes there
    page.get_by_text("It has 1 note, the last of 4 January 2026 and 1 piece of evidence.").wait_for()
    axe(page)
    shot(page, "action-replaced-plan")
    page.get_by_role("link", name="Action 1a of version 1").click()
    page.get_by_text("Seventeen of twenty-seven were whole.").wait_for()
    page.get_by_role("link", name="Go to the present plan").wait_for()
