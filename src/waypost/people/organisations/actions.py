"""Adding and ending organisations and the people in them whom a worker rings."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from waypost.access import log
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.kernel.refusal import refuse_if
from waypost.people.organisations import rules
from waypost.people.organisations.models import Organisation, Professional


@transaction.atomic
def add(*, name: str, agency: str, telephone: str = "", address: str = "", by: Staff, at: datetime) -> Organisation:
    require(by, Permission.ENTER_CHILDREN)
    name = " ".join(name.split())
    same = Organisation.objects.filter(name__iexact=name, agency=agency, ended_at__isnull=True)
    refuse_if(
        rules.why_not_organisation(name=name, agency=agency, there_is_one=same.exists())
        or rules.why_not_telephone(telephone)
    )
    found = Organisation.objects.create(
        name=name, agency=agency, telephone=telephone.strip(), address=address.strip(), entered_by=by, entered_at=at
    )
    log.record(by, log.Verb.COLLECTED, "organisation.added", found)
    return found


@transaction.atomic
def end(organisation: Organisation, *, by: Staff, at: datetime) -> None:
    """It is offered in no form any more; what was said of it stays, and so does its name there."""
    require(by, Permission.ENTER_CHILDREN)
    organisation = _locked(organisation)
    refuse_if(rules.why_not_end(ended=organisation.ended_at is not None))
    organisation.ended_at = at
    organisation.save(update_fields=["ended_at"])
    organisation.professionals.filter(ended_at__isnull=True).update(ended_at=at)
    log.record(by, log.Verb.CHANGED, "organisation.ended", organisation)


@transaction.atomic
def add_professional(
    organisation: Organisation,
    *,
    name: str,
    job_title: str = "",
    telephone: str = "",
    email: str = "",
    by: Staff,
    at: datetime,
) -> Professional:
    require(by, Permission.ENTER_CHILDREN)
    organisation, name = _locked(organisation), " ".join(name.split())
    is_open = organisation.ended_at is None
    refuse_if(rules.why_not_professional(name=name, telephone=telephone, email=email, is_open=is_open))
    found = organisation.professionals.create(
        name=name,
        job_title=job_title.strip(),
        telephone=telephone.strip(),
        email=email.strip(),
        entered_by=by,
        entered_at=at,
    )
    log.record(by, log.Verb.COLLECTED, "organisation.professional_added", found)
    return found


@transaction.atomic
def end_professional(professional: Professional, *, by: Staff, at: datetime) -> None:
    """They have left, or work with somebody else: they are offered in no form any more."""
    require(by, Permission.ENTER_CHILDREN)
    professional = Professional.objects.select_for_update(no_key=True).get(pk=professional.pk)
    refuse_if(rules.why_not_end(ended=professional.ended_at is not None))
    professional.ended_at = at
    professional.save(update_fields=["ended_at"])
    log.record(by, log.Verb.CHANGED, "organisation.professional_ended", professional)


def _locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
