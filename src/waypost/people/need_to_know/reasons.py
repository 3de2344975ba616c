"""Opening a record with a reason, and what a manager says of it. Each is one checked, logged, indivisible write."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from waypost.access import log, opening
from waypost.access.deputies import acting_for
from waypost.access.log import Verb
from waypost.access.models import Access, Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.kernel.refusal import NotFound, refuse_if
from waypost.people.need_to_know import rules
from waypost.people.need_to_know.models import OpenedWithReason
from waypost.people.need_to_know.turn import lock
from waypost.people.record.models import Child


@transaction.atomic
def open_with_reason(child: Child, *, reason: str, by: Staff, at: datetime) -> OpenedWithReason:
    """For a day, listed for a manager. A record that may not be found is as if it were not there."""
    require(by, Permission.OPEN_WITH_REASON)
    lock(child.pk)
    found = Child.objects.findable_by(by, at).select_related("person").filter(pk=child.pk).first()
    if found is None:
        raise NotFound
    open_already = Child.objects.visible_to(by, at).filter(pk=child.pk).exists()
    refuse_if(rules.why_not_open_with_reason(reason, may=True, open_already=open_already))
    until = at + rules.LONGEST_REASONED
    opened = OpenedWithReason.objects.create(person=found.person, staff=by, at=at, until=until, reason=reason.strip())
    opening.give(by, found.pk, Access.Basis.REASON, at=at, until=until, by=by)
    log.record(by, Verb.VIEWED, "child.opened_with_reason", found, reason=reason.strip())
    return opened


@transaction.atomic
def review(opened: OpenedWithReason, *, verdict: str, words: str = "", by: Staff, at: datetime) -> OpenedWithReason:
    """Needed, not needed, or a question first: the person answers, and a manager then says which it was."""
    require(by, Permission.REVIEW_REASONS)
    opened = _locked(opened)
    instead_of = acting_for(by, Permission.REVIEW_REASONS, at=at, team=opened.staff.team_id)
    refuse_if(
        rules.why_not_review(
            verdict,
            words,
            is_own=opened.staff in (by, instead_of),
            settled=opened.verdict in (rules.NEEDED, rules.NOT_NEEDED),
            asked=opened.verdict == rules.TO_ASK,
        )
    )
    opened.verdict, opened.review_words = OpenedWithReason.Verdict(verdict), words.strip()
    opened.reviewed_by, opened.reviewed_at = by, at
    if verdict == rules.TO_ASK:
        opened.question = words.strip()
    opened.save()
    log.record(
        by,
        Verb.CHANGED,
        f"child.reason_{verdict}",
        opened,
        listed=[opened.person_id],
        reason=words.strip(),
        on_behalf_of=instead_of,
    )
    return opened


@transaction.atomic
def answer(opened: OpenedWithReason, *, words: str, by: Staff, at: datetime) -> None:
    """What the person says when a manager has asked about their reason."""
    opened = _locked(opened)
    asked = opened.verdict == rules.TO_ASK and opened.answered_at is None
    refuse_if(rules.why_not_answer_reason(words, is_own=opened.staff == by, asked=asked))
    opened.answer, opened.answered_at = words.strip(), at
    opened.save(update_fields=["answer", "answered_at"])
    log.record(by, Verb.CHANGED, "child.reason_explained", opened, listed=[opened.person_id], reason=words.strip())


def _locked(opened: OpenedWithReason) -> OpenedWithReason:
    rows = OpenedWithReason.objects.select_for_update(of=("self",), no_key=True).select_related("staff")
    found = rows.filter(pk=opened.pk).first()
    if found is None:
        raise NotFound
    return found
