"""An action the plan did not have, and leads an action did not have."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from tests.factories import staff
from tests.governance.plans import accepted, head, read, the
from waypost.governance.answers.lines import answer
from waypost.governance.answers.rules import Gap
from waypost.governance.improvement import actions, adding, reading_actions
from waypost.governance.improvement.lines import line
from waypost.governance.improvement.status import Status
from waypost.kernel.refusal import NotAllowed, Refused

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def boss():
    return head()


@pytest.fixture
def plan(boss):
    return accepted(boss)


def add(plan, by, text="Visit every college.", **more):
    recommendation = plan.areas.first().recommendations.first()
    given = {
        "outcome": "",
        "leads": "Board chair",
        "start": None,
        "finish": date(2026, 6, 1),
        "ongoing": False,
        "cadence": "monthly",
    }
    return adding.add_action(recommendation, by=by, text=text, at=NOW, **(given | more))


def test_it_stands_after_the_last_of_its_recommendation_under_the_next_letter(plan, boss):
    assert add(plan, boss).ref == "1c"
    assert [a.ref for a in plan.actions.all()] == ["1a", "1b", "1c", "2a", "2b"]
    assert [a.position for a in plan.actions.all()] == [1, 2, 3, 4, 5]


def test_leads_are_read_as_in_a_document(plan, boss):
    leila = staff("practitioner", name="Leila Haddad")
    action = add(plan, boss, leads="Leila Haddad, Team manager\nHealth trust")
    assert [(lead.name, lead.role, lead.staff) for lead in action.leads.all()] == [
        ("Leila Haddad", "Team manager", leila),
        ("Health trust", "", None),
    ]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"text": "  "}, "Write what will be done."),
        ({"text": "check every plan before the family sees it"}, "The plan has this action already: 1a."),
        ({"start": date(2026, 9, 1)}, "The finish is before the start."),
        ({"ongoing": True}, "Give a finish, or say it is ongoing"),
    ],
)
def test_what_is_refused(plan, boss, given, reason):
    with pytest.raises(Refused, match=reason):
        add(plan, boss, **given)
    assert plan.actions.count() == 4


def test_who_may_not(plan, boss):
    with pytest.raises(NotAllowed):
        add(plan, staff("practitioner"))
    reading_actions.accept(read(boss, data=b"later"), by=boss, at=NOW)
    with pytest.raises(Refused, match="replaced"):
        add(plan, boss)


def test_changed_leads_settle_the_doubt_and_stay_in_the_history(plan, boss):
    action = the(plan, "2b")
    adding.change_leads(action, "Imogen Fenwick\nHealth trust", by=boss, why="agreed with the trust", at=NOW)
    assert action.doubts.get(kind="no-lead").answer == "corrected"
    change = action.changes.get(field="leads")
    assert (change.was, change.became) == ("", "Imogen Fenwick\nHealth trust")
    assert line(the(plan, "2b"), date(2026, 1, 6)).action.ref == "2b", "a past day is still asked for"
    with pytest.raises(Refused, match="at least one lead"):
        adding.change_leads(action, " ", by=boss, why="x", at=NOW)


def test_corrected_dates_settle_the_doubt_about_them(plan, boss):
    action = the(plan, "2b")
    assert line(action, NOW.date()).status is Status.DOUBT
    actions.change_dates(
        action, {"finish_month": date(2026, 9, 1)}, by=boss, why="the trust's own date", at=NOW, revision=1
    )
    assert action.doubts.get(kind="finish-before-start").answer == "corrected"
    assert line(the(plan, "2b"), NOW.date()).status is not Status.DOUBT


def test_a_line_that_nothing_answers_is_given_an_action_in_the_browser(plan, boss, signed_in):
    client, inspection = signed_in(boss), plan.inspection
    of = inspection.recommendations.get(number=2)
    where = reverse("answer_add", kwargs={"pk": inspection.pk, "line": of.pk})
    page = client.get(where).content.decode()
    assert of.text in page
    assert "The head of service" in page, "the addressee is put forward as lead"
    posted = {
        "text": of.text,
        "recommendation": plan.areas.first().recommendations.first().pk,
        "leads": "Board chair",
        "ongoing": "on",
    }
    client.post(where, posted)
    added = the(plan, "1c")
    found = next(one for one in answer(inspection, plan, NOW.date()).lines if one.of.pk == of.pk)
    assert [one.action for one in found.matched] == [added]
    assert found.gap is Gap.NO_MEASURE


def test_the_plan_page_leads_to_it(plan, boss, signed_in):
    client = signed_in(boss)
    assert reverse("action_add") in client.get(reverse("plan")).content.decode()
    assert client.get(reverse("action_add")).status_code == 200
    assert client.post(reverse("action_add"), {"text": ""}).status_code == 422
