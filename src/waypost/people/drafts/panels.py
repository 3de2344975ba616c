"""What a person has typed that is not part of the record yet; and, for whoever it is about, that it is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from waypost.access.models import Staff
from waypost.people.drafts import rules
from waypost.people.drafts.models import Draft, DraftQuerySet
from waypost.people.record.fields import ASKED, Asked
from waypost.people.record.models import Child
from waypost.people.record.naming import names_of


@dataclass(frozen=True, slots=True)
class Line:
    """One's own draft. `child` is None where the record is no longer open: then it is not said whose it is."""

    draft: Draft
    asked: Asked
    corrects: UUID | None
    child: Child | None
    name: str
    warning: str | None

    @property
    def address(self) -> str:
        """Of the form, with the words in it."""
        if self.asked.goes_on:
            return reverse(self.asked.goes_on, args=[self.draft.person_id, self.draft.form.partition(":")[2]])
        if self.asked.page:
            return reverse(self.asked.page, kwargs={"pk": self.draft.person_id})
        where = {"pk": self.draft.person_id, "kind": self.asked.key}
        if self.corrects:
            return reverse("child_correct", kwargs=where | {"statement": self.corrects})
        return reverse("child_say", kwargs=where)

    @property
    def last_day(self) -> object:
        return rules.last_day(self.draft.saved_at)


def own(staff: Staff, at: datetime) -> list[Line]:
    """The oldest first: it goes first. Three queries, however many there are; one where there is none."""
    return _lines(Draft.objects.visible_to(staff), staff, at)


def _lines(found: DraftQuerySet, staff: Staff, at: datetime) -> list[Line]:
    if not (drafts := list(found.order_by("saved_at"))):
        return []
    people = {draft.person_id for draft in drafts}
    children = {child.pk: child for child in Child.objects.visible_to(staff, at).filter(pk__in=people)}
    names = names_of(children)
    lines = []
    for draft in drafts:
        key, _, statement = draft.form.partition(":")
        child = children.get(draft.person_id) if draft.person_id else None
        name = names.get(child.pk, f"Child {child.number}") if child else ""
        corrects = UUID(statement) if statement and not ASKED[key].goes_on else None
        lines.append(Line(draft, ASKED[key], corrects, child, name, rules.warning(draft.saved_at, at)))
    return lines


def warned(staff: Staff, at: datetime) -> list[Line]:
    """Those whose words go within a week."""
    return _lines(Draft.objects.visible_to(staff).filter(saved_at__lte=at - rules.WARNED), staff, at)
