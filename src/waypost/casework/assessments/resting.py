"""What answers may rest on, and what other agencies were asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from waypost.access.models import Staff
from waypost.casework.assessments.models import (
    Assessment,
    Contribution,
    ContributionStep,
    Evidence,
)
from waypost.casework.assessments.standing import (
    Standing,
)
from waypost.kernel.refusal import NotFound
from waypost.people.record.beside import current
from waypost.people.record.entries import Document, Entry
from waypost.people.record.models import Child
from waypost.ui.words import coded, short_day

OFFERED = 60  # things of the record from which evidence is picked, the latest
RECENT = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Source:
    kind: str
    of: UUID
    words: str


def sources(child: Child, assessment: Assessment, staff: Staff, reads: Collection[str], on: date) -> list[Source]:
    """What of the record an answer may rest on, so far as this person reads it, the latest first."""
    people = child.person_ids()
    found: list[tuple[date, Source]] = []
    if "entries" in reads:
        for entry in current(Entry).filter(person__in=people, since__gte=on - RECENT).order_by("-since")[:OFFERED]:
            found.append((entry.since or on, Source("entry", entry.pk, entry_words(entry))))
    if "documents" in reads:
        for one in current(Document).filter(person__in=people).order_by("-at")[:OFFERED]:
            found.append((one.at.date(), Source("document", one.pk, document_words(one))))
    for asked_of in assessment.contributions.all():
        found.append((asked_of.at.date(), Source("contribution", asked_of.pk, contribution_words(asked_of))))
    return [source for _, source in sorted(found, key=lambda each: each[0], reverse=True)]


def rests_on(assessment: Assessment, question: str, offered: Iterable[Source]) -> list[tuple[Evidence, str]]:
    """What an answer rests on now; what is not offered to this reader is not named."""
    words = {one.of: one.words for one in offered}
    rows = Evidence.objects.filter(assessment=assessment, question=question, removed_at=None).order_by("at")
    return [(one, words.get(one.of, "Something that is not offered to you")) for one in rows]


def entry_words(entry: Any) -> str:
    return f"{short_day(entry.since)}: {entry.title or coded('entry_kinds', entry.kind)}"


def document_words(document: Any) -> str:
    return (
        f"{coded('document_kinds', document.kind)}: {document.title}"
        if document.title
        else coded("document_kinds", document.kind)
    )


def contribution_words(asked_of: Contribution) -> str:
    who = coded("agencies", asked_of.agency).partition(":")[0].lower()
    return f"What {who} told, asked on {short_day(asked_of.at.date())}"


def evidence_words(now: Standing, keys: Collection[str]) -> dict[str, list[str]]:
    """Three queries where there is any; what is behind a wall or removed is counted and not named."""
    pieces = [one for key in keys for one in now.evidence.get(key, [])]
    if not pieces:
        return {}
    of = [one.of for one in pieces]
    words = {one.pk: entry_words(one) for one in Entry.objects.current().filter(pk__in=of)}
    words |= {one.pk: document_words(one) for one in Document.objects.current().filter(pk__in=of)}
    words |= {one.pk: contribution_words(one) for one in Contribution.objects.filter(pk__in=of)}
    named: dict[str, list[str]] = defaultdict(list)
    for one in pieces:
        named[one.question].append(words.get(one.of, "Something that is not shown to you, or was removed"))
    return dict(named)


@dataclass(frozen=True, slots=True)
class Contributed:
    of: Contribution
    steps: list[ContributionStep]  # the latest first

    @property
    def ended(self) -> ContributionStep | None:
        return next((one for one in self.steps if one.step != ContributionStep.Kind.CHASED), None)

    def is_late(self, on: date) -> bool:
        return self.ended is None and bool(self.of.due < on)


def contributed(assessment: Assessment) -> list[Contributed]:
    """Two queries."""
    steps: dict[UUID, list[ContributionStep]] = defaultdict(list)
    rows = ContributionStep.objects.filter(contribution__assessment=assessment).select_related("by", "document")
    for one in rows.order_by("-at"):
        steps[one.contribution_id].append(one)
    asked_of = assessment.contributions.select_related("by").order_by("due")
    return [Contributed(one, steps[one.pk]) for one in asked_of]


def contribution_of(assessment: Assessment, pk: UUID) -> Contribution:
    found: Contribution | None = assessment.contributions.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def documents(child: Child) -> Any:
    return current(Document).filter(person__in=child.person_ids()).order_by("-at")
