"""Expected against actual over an order, on the child's page: a picture, its sentence and its figures."""

from __future__ import annotations

from datetime import timedelta

import lxml.html
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.casework.casework import met, missed, order, say
from tests.factories import service, staff
from tests.people.children import as_seen_by, child
from waypost.casework.seen import over_time
from waypost.casework.work import work_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    service()
    return staff("practitioner")


def ago(days):
    return timezone.localdate() - timedelta(days=days)


def seen_weekly(worker, days=70):
    """A child on an order, four contacts in four weeks expected since its first day."""
    ellis = child(worker)
    order(ellis, worker, ago(days))
    say(ellis, "expected_contact", worker, ago(days), level="standard", contacts=4)
    return ellis


def bars_of(ellis, worker, on=None):
    as_seen_by(worker)
    return over_time(work_of([ellis], at=timezone.now())[ellis.pk], on or timezone.localdate())


def shown(ellis, worker):
    client = Client()
    client.force_login(worker)
    return lxml.html.fromstring(client.get(reverse("child", kwargs={"pk": ellis.pk})).content)


def test_each_four_weeks_has_what_was_expected_and_what_became_of_it(worker):
    # Given ten weeks of an order: four kept, then one kept, one missed and one cancelled, then one missed and excused
    ellis = seen_weekly(worker)
    for days in (69, 62, 55, 48):
        met(ellis, worker, days)
    met(ellis, worker, 40)
    missed(ellis, worker, 33, acceptable=False)
    met(ellis, worker, 26, "cancelled", reason="worker_ill")
    missed(ellis, worker, 12, acceptable=True)

    # Then the page has a row for each four weeks, the last of them not over, and says the sum
    page = shown(ellis, worker)
    section = page.xpath("//section[@aria-labelledby='over-time']")[0]
    rows = [[cell.text_content() for cell in row.xpath("td")] for row in section.xpath(".//tbody/tr")]
    assert rows == [["4", "4", "0", "0", "0"], ["4", "1", "1", "0", "1"], ["2", "1", "0", "0", "0"]]
    assert "6 of 10 expected contacts were kept or rightly excused" in section.text_content()
    assert "in 1 of 3 spans" in section.text_content()
    assert len(section.xpath(".//*[@role='img']//*[name()='rect']")) == 6


def test_many_in_one_four_weeks_do_not_make_up_for_none_in_another(worker):
    ellis = seen_weekly(worker, days=55)
    for days in range(55, 45, -1):
        met(ellis, worker, days)
    assert "4 of 8 expected contacts" in bars_of(ellis, worker).sentence


def test_where_nobody_has_said_how_often_there_is_nothing_to_show(worker):
    ellis = child(worker)
    order(ellis, worker, ago(70))
    met(ellis, worker, 3)
    assert bars_of(ellis, worker) is None
    assert not shown(ellis, worker).xpath("//section[@aria-labelledby='over-time']")


@pytest.mark.parametrize(("made", "bars"), [(56, 3), (57, 4)])
def test_what_was_before_the_order_is_another_order_s(worker, made, bars):
    ellis = child(worker)
    say(ellis, "expected_contact", worker, ago(140), level="standard", contacts=4)
    order(ellis, worker, ago(made))
    assert len(bars_of(ellis, worker).bars) == bars  # of six; what ended before the order was made is not shown


@pytest.mark.parametrize(("days", "bars"), [(0, None), (27, None), (28, 2), (56, 3)])
def test_until_four_weeks_have_gone_by_there_is_no_picture(worker, days, bars):
    found = bars_of(seen_weekly(worker, days), worker)
    assert (len(found.bars) if found else None) == bars
