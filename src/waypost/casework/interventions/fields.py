"""Where a form of a contact asks of which work it is a session."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q

from waypost.casework.catalogue import definitions as catalogue
from waypost.casework.contacts.models import Contact
from waypost.casework.interventions.models import Intervention, InterventionSession
from waypost.casework.interventions.ties import session_of


class InterventionChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Work that goes on with this child. What is a session already stays one here: elsewhere it is untied."""

    def __init__(self) -> None:
        super().__init__(
            Intervention.objects.none(),
            label="Of which work it is a session",
            required=False,
            empty_label="None in particular",
        )
        self.offers = self.following = False

    def offer_to(self, people: Collection[UUID], contact: Contact | None) -> UUID | None:
        """The one it is of now."""
        tied = session_of(contact) if contact else None
        now: UUID | None = tied.intervention_id if tied else None
        self.queryset = Intervention.objects.filter(Q(ended_on=None) | Q(pk=now), person__in=people).named()
        self.queryset = self.queryset.order_by("starts", "at")
        self.offers = bool(self.queryset)
        if tied:
            self.empty_label = None
            later = InterventionSession.objects.tied().filter(intervention=now, contact__starts__gt=tied.contact.starts)
            self.following = later.exists()
        return now

    def label_from_instance(self, obj: Any) -> str:
        return f"{catalogue.words(obj.programme) or obj.name}, {obj.worker}"
