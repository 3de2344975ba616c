"""What the service is called."""

from __future__ import annotations

from django.db import transaction

from waypost.access import log
from waypost.access.log import Verb
from waypost.access.models import Service
from waypost.kernel.refusal import Refused


@transaction.atomic
def call(name: str) -> Service:
    """Name the one service, or name it anew. Asked by an operator's command; the demonstration keeps its own name."""
    name = " ".join(name.split())
    service = Service.objects.select_for_update().first() or Service()
    if not name:
        raise Refused("Say a name of at least one word.")
    if service.demonstration:
        raise Refused(f"This database is the demonstration and stays {service.name}. Use another DATABASE_URL.")
    service.name = name
    service.save()
    log.record(None, Verb.CHANGED, "service.named", service)
    return service
