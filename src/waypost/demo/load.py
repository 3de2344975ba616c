"""The demonstration: invented people and their records, into an empty database, marked as such for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from waypost.access.asking import asking
from waypost.access.models import Staff
from waypost.demo.accounts import SignIn, load_accounts
from waypost.demo.assessed import load_assessed
from waypost.demo.borough.load import load_borough
from waypost.demo.casework import load_casework
from waypost.demo.delivery import load_delivery
from waypost.demo.improvement import load_improvement
from waypost.demo.panels import load_panels
from waypost.demo.people import load_people
from waypost.people.record.models import Child
from waypost.quality.readiness import actions as readiness


@transaction.atomic
def load(*, at: datetime, borough: bool = True) -> list[SignIn]:
    """Refused unless the database is empty; gives whom to sign in as, with passwords that are kept nowhere in clear.

    `borough`: the simulated one too, beside the written cases.
    """
    people = load_accounts(at=at)
    load_improvement(at=at)
    load_people(at=at)
    load_casework(at=at)
    load_panels(at=at)
    load_assessed(at=at)
    load_delivery(at=at)
    if borough:
        load_borough(at=at)
    _ask_the_checks(at)
    return people


def _ask_the_checks(at: datetime) -> None:
    """As the first night would; an administrator passes no wall, as nobody does at night."""
    asking(Staff.objects.filter(roles_held__role="administrator").earliest("joined"), at=at)
    readiness.go_through(Child.objects.all(), at=at, whole=True)
