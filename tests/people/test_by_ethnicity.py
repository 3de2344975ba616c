"""Children with an alert, by ethnic group: each child once, sealed ones in the total alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.factories import staff
from tests.people.children import as_seen_by, child, said, sealed
from waypost.access.models import Staff
from waypost.kernel.rates import Rate
from waypost.people.matching import combining
from waypost.people.matching.by_ethnicity import NOT_SAID, ByEthnicity, by_ethnicity

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> Staff:
    return staff("head_of_service")


def found(by: Staff) -> ByEthnicity:
    as_seen_by(by)
    return by_ethnicity(by, at=timezone.now(), on=timezone.localdate())


def known(by: Staff, ethnicity: str | None, *alerts: str, born: date = date(2010, 1, 1), **ended: Any) -> Any:
    one = child(by, given=f"Child {born}", born=born)
    if ethnicity:
        said(one, "particular", by, code=ethnicity)
    for kind in alerts:
        said(one, "alert", by, kind=kind, **ended)
    return one


def test_each_child_counts_once_in_its_group(head: Staff) -> None:
    known(head, "black_african", "weapon", "missing")
    known(head, "black_caribbean")
    known(head, "white_british", "risk_to_others")
    known(head, "not_asked")
    known(head, None, "self_harm")
    rows = {one.name: (one.any_alert, one.from_child, one.to_child) for one in found(head).groups}
    assert rows == {
        "White": (Rate(1, 1), Rate(1, 1), Rate(0, 1)),
        "Black": (Rate(1, 2), Rate(1, 2), Rate(1, 2)),
        NOT_SAID: (Rate(1, 2), Rate(0, 2), Rate(1, 2)),
    }
    assert found(head).everybody.any_alert == Rate(3, 5)


def test_an_alert_that_has_ended_counts_no_more(head: Staff) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    known(head, "white_british", "weapon", since=yesterday - timedelta(days=9), until=yesterday)
    assert found(head).everybody.any_alert == Rate(0, 1)


def test_a_sealed_child_is_in_the_total_alone(head: Staff) -> None:
    secret = known(head, "arab", "weapon")
    known(head, "white_british")
    sealed(secret, head, staff("manager"), by=head)
    shown = found(head)
    assert [one.name for one in shown.groups] == ["White"]
    assert (shown.everybody.any_alert.denominator, shown.in_all) == (1, 2)


def test_two_records_of_one_child_are_one(head: Staff) -> None:
    kept, gone = known(head, "white_british"), known(head, None, "weapon", born=date(2010, 1, 2))
    combining.combine(kept, gone, by=head, at=timezone.now(), reason="The same mother.")
    assert [(one.name, one.any_alert) for one in found(head).groups] == [("White", Rate(1, 1))]


def test_it_asks_as_much_for_many_as_for_few(head: Staff, queries: Any) -> None:
    known(head, "white_british", "weapon")
    as_seen_by(head)
    with queries(5):
        by_ethnicity(head, at=timezone.now(), on=timezone.localdate())
    for day in range(2, 9):
        known(head, "indian", "weapon", born=date(2010, 1, day))
    as_seen_by(head)
    with queries(5):
        by_ethnicity(head, at=timezone.now(), on=timezone.localdate())


def test_the_page_says_how_sure_it_is(head: Staff, signed_in: Any) -> None:
    known(head, "white_british", "weapon")
    answer = signed_in(head).get("/children/alerts/")
    assert answer.status_code == 200
    assert "[u]" in answer.content.decode()
    assert "1 of 1 child;" in answer.content.decode()
