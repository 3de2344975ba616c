"""Letters, texts and e-mails: to whom, by which way, about what, made and sent by whom."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from waypost.access.models import Staff
from waypost.casework.compliance.models import Decision
from waypost.casework.contacts.models import Contact
from waypost.casework.court.models import Hearing
from waypost.kernel.ids import new_id
from waypost.people.record.entries import Document, Entry
from waypost.people.record.home import Address, ContactDetail
from waypost.people.record.models import Person


class LetterQuerySet(models.QuerySet[Any]):
    def of(self, people: list[Any]) -> LetterQuerySet:
        return self.filter(person__in=people)


class Letter(models.Model):
    """One letter to one person. What it says stands in its document, or in its entry where nothing was printed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="letters")  # the child it is about
    to = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="letters_to")
    type = models.CharField(max_length=40)  # a key of definitions/letters
    language = models.CharField(max_length=10)
    channel = models.CharField(max_length=10)
    detail = models.ForeignKey(ContactDetail, null=True, on_delete=models.PROTECT, related_name="letters")
    address = models.ForeignKey(Address, null=True, on_delete=models.PROTECT, related_name="letters")
    agreed = models.CharField(max_length=300, blank=True)  # how it was agreed that this way is safe
    contact = models.ForeignKey(Contact, null=True, on_delete=models.PROTECT, related_name="letters")
    decision = models.ForeignKey(Decision, null=True, on_delete=models.PROTECT, related_name="letters")
    hearing = models.ForeignKey(Hearing, null=True, on_delete=models.PROTECT, related_name="letters")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="letter")
    document = models.OneToOneField(Document, null=True, on_delete=models.PROTECT, related_name="letter")
    by = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="letters_made")
    at = models.DateTimeField()
    sent_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="letters_sent")
    sent_at = models.DateTimeField(null=True)
    once = models.UUIDField(unique=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="letter_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(detail__isnull=True) | Q(address__isnull=True), name="letter_goes_one_way"
            ),
            models.CheckConstraint(
                condition=Q(sent_by__isnull=True, sent_at__isnull=True)
                | Q(sent_by__isnull=False, sent_at__isnull=False),
                name="letter_sent_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return "letter"
