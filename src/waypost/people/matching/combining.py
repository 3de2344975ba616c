"""Two records of one child are said to be one, and that is taken back: neither record is changed by it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from waypost.access import log, opening
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.kernel.refusal import NotFound, Refused, refuse_if
from waypost.people.matching import rules
from waypost.people.matching.models import Combined
from waypost.people.need_to_know.models import Wall
from waypost.people.record.models import Child


@transaction.atomic
def combine(kept: Child, gone: Child, *, by: Staff, at: datetime, reason: str) -> Combined:
    """From now on one record is read with the other; whoever could open either opens the one that is kept."""
    require(by, Permission.COMBINE)
    kept, gone = _locked(kept.pk, gone.pk)
    refuse_if(why_not_combine(kept, gone) or rules.why_not_reason(reason))
    carried = opening.carry(gone.pk, kept.pk, at=at, by=by)
    combined = Combined(kept=kept, gone=gone, by=by, at=at, reason=reason.strip(), carried=carried)
    combined.save(force_insert=True)
    Child.objects.filter(pk__in=[gone.pk, *_below(gone.pk)]).update(combined_into=kept)
    log.record(by, log.Verb.COMBINED, "child.combined", kept, listed=[kept.pk, gone.pk], reason=reason.strip())
    return combined


@transaction.atomic
def part(gone: Child, *, by: Staff, at: datetime, reason: str) -> Combined:
    """They are two children after all: each record is what was written in it, and open to whom it was open."""
    require(by, Permission.COMBINE)
    found = combining_of(gone)
    if found is None:
        raise Refused(rules.NOT_COMBINED)
    kept, gone = _locked(found.kept_id, gone.pk)
    combined = Combined.objects.select_for_update(no_key=True, of=("self",)).get(pk=found.pk)
    refuse_if(why_not_part(combined, kept) or rules.why_not_reason(reason))
    combined.parted_by, combined.parted_at, combined.parted_reason = by, at, reason.strip()
    combined.save(update_fields=["parted_by", "parted_at", "parted_reason"])
    opening.take_back(combined.carried, at=at)
    for other in Combined.objects.filter(kept=kept, parted_at__isnull=True):
        other.carried += opening.carry(other.gone_id, kept.pk, at=at, by=by)  # what the two had in common stays
        other.save(update_fields=["carried"])
    Child.objects.filter(pk=gone.pk).update(combined_into=None)
    Child.objects.filter(pk__in=_below(gone.pk)).update(combined_into=gone)
    log.record(by, log.Verb.COMBINED, "child.parted", kept, listed=[kept.pk, gone.pk], reason=reason.strip())
    return combined


def why_not_combine(kept: Child, gone: Child) -> str | None:
    sealed = Wall.objects.filter(kind=Wall.Kind.SEALED, ended_at__isnull=True, person__in=[kept.pk, gone.pk])
    return rules.why_not_combine(
        same=kept.pk == gone.pk,
        kept_is_gone=kept.combined_into_id is not None,
        gone_is_gone=gone.combined_into_id is not None,
        one_sealed=len(set(sealed.values_list("person", flat=True))) == 1,
    )


def why_not_part(combined: Combined, kept: Child) -> str | None:
    return rules.why_not_part(combined=combined.parted_at is None, kept_is_gone=kept.combined_into_id is not None)


def combined_into(kept: Child) -> list[Combined]:
    """What is read with this record now, the first first."""
    found = Combined.objects.filter(kept=kept, parted_at__isnull=True)
    return list(found.select_related("gone", "by").order_by("at"))


def combined(kept: Child, gone: UUID) -> Combined | None:
    """How another record came to be combined into this one, while it is; the walls are asked as for any other."""
    found = Combined.objects.filter(kept=kept, gone=gone, parted_at__isnull=True)
    return found.select_related("gone", "by").first()


def combining_of(gone: Child) -> Combined | None:
    """How a record came to be combined into another, while it is."""
    return Combined.objects.filter(gone=gone, parted_at__isnull=True).select_related("kept", "by").first()


def _locked(one: UUID, other: UUID) -> tuple[Child, Child]:
    """Those who combine the same records take turns, whichever of them they keep."""
    found = {
        child.pk: child
        for child in Child.objects.select_for_update(no_key=True, of=("self",))
        .filter(pk__in=[one, other])
        .order_by("pk")
    }
    if one not in found or other not in found:
        raise NotFound
    return found[one], found[other]


def _below(child: UUID) -> list[UUID]:
    """Records combined into this one, and those combined into them."""
    into: dict[UUID, list[UUID]] = {}
    for kept, gone in Combined.objects.filter(parted_at__isnull=True).values_list("kept", "gone"):
        into.setdefault(kept, []).append(gone)
    return list(_all_below(child, into))


def _all_below(child: UUID, into: dict[UUID, list[UUID]]) -> Iterable[UUID]:
    for gone in into.get(child, ()):
        yield gone
        yield from _all_below(gone, into)
