"""Records for tests: `staff(role="manager")`, `team()`, `service()`. Everybody's password is PASSWORD."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from waypost.access.models import RoleHeld, Service, Staff, Team
from waypost.access.permissions import ROLES

PASSWORD = "a password for the tests"


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team

    name = factory.Sequence(lambda n: f"Team {n}")


class ServiceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Service

    name = "Test service"
    demonstration = True


class StaffFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Staff

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(PASSWORD)


def team(**fields: Any) -> Team:
    return TeamFactory(**fields)


def service(**fields: Any) -> Service:
    """The one service: a demonstration, unless told otherwise."""
    return Service.objects.first() or ServiceFactory(**fields)


def staff(role: str | None = "practitioner", *also: str, **fields: Any) -> Staff:
    """Somebody who holds the role, and others if given; `role=None` holds none. A visiting role ends in 90 days.

    In a demonstration, which asks for no second factor, unless the test has made a `service(demonstration=False)` first.
    """
    service()
    person = StaffFactory(**fields)
    for key in [key for key in (role, *also) if key]:
        until = timezone.now() + timedelta(days=90) if ROLES[key].until_a_date else None
        RoleHeld.objects.create(staff=person, role=key, since=timezone.now() - timedelta(days=1), until=until)
    return person
