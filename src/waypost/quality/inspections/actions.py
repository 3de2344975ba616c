"""Take an inspection in from a document that was read."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from waypost.access import log
from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.access.require import require
from waypost.files.models import StoredFile
from waypost.quality.inspections.models import Finding, Inspection, InspectionRecommendation, Theme

Read = dict[str, Any]


@transaction.atomic
def take_in(read: Read, *, source: StoredFile, by: Staff, at: datetime) -> Inspection:
    """Make the inspection's record of `read`, the JSON of `reading.InspectionReading`."""
    require(by, Permission.BRING_IN_PLAN)
    inspection = Inspection.objects.create(
        area=read["area"] or "Area not named",
        body=read["body"] or "",
        published=_published(read),
        published_day_known=bool(read.get("published_on")),
        cases=read["cases"],
        source=source,
        accepted_by=by,
        accepted_at=at,
    )
    for number, theme in enumerate(read["themes"], 1):
        _theme(inspection, number, theme)
    InspectionRecommendation.objects.bulk_create(
        InspectionRecommendation(
            inspection=inspection,
            number=n,
            text=item["text"],
            addressee=item["addressee"] or "",
            where=item.get("where") or {},
        )
        for n, item in enumerate(read["recommendations"], 1)
    )
    log.record(by, log.Verb.COLLECTED, "inspection.taken_in", inspection)
    return inspection


def _published(read: Read) -> date | None:
    """The day where the report gives it, else the first of its month."""
    if read.get("published_on"):
        return date.fromisoformat(read["published_on"])
    return date.fromisoformat(f"{read['published']}-01") if read["published"] else None


def _theme(inspection: Inspection, number: int, read: Read) -> None:
    theme = Theme.objects.create(
        inspection=inspection,
        number=number,
        name=read["name"],
        stars=read["stars"],
        word=read["word"] or "",
        score=read["score"] if read["score"] is not None and read["score"] <= 100 else None,
    )
    wheres = read.get("wheres") or [{}] * len(read["findings"])
    Finding.objects.bulk_create(
        Finding(theme=theme, number=n, text=text, where=where)
        for n, (text, where) in enumerate(zip(read["findings"], wheres, strict=True), 1)
    )
