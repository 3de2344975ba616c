"""What the pages of organisations show."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from waypost.kernel.refusal import NotFound
from waypost.people.organisations.models import Organisation, Professional

WORKING = Prefetch("professionals", Professional.objects.filter(ended_at__isnull=True), to_attr="working")


def organisations() -> QuerySet[Organisation]:
    return Organisation.objects.filter(ended_at__isnull=True).prefetch_related(WORKING)


def organisation(pk: UUID) -> Organisation:
    found = Organisation.objects.prefetch_related(WORKING).select_related("entered_by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def professional(organisation: UUID, pk: UUID) -> Professional:
    found = Professional.objects.select_related("organisation").filter(organisation=organisation, pk=pk).first()
    if found is None:
        raise NotFound
    return found
