"""The plan as a page: what is shown, in what order, and what can be chosen to narrow it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from waypost.access.models import Staff
from waypost.governance.improvement.lines import Line, Wanted, worst_first
from waypost.governance.improvement.models import Area, Recommendation
from waypost.governance.improvement.status import WORST_FIRST, Status

DUE = {"past": "Past", "month": "This month", "later": "Later", "ongoing": "Ongoing", "none": "Not given"}
SILENT = {"30": "None for 30 days", "60": "None for 60 days"}


@dataclass(frozen=True, slots=True)
class OfRecommendation:
    recommendation: Recommendation
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class OfArea:
    area: Area
    shown: int
    of: int
    recommendations: list[OfRecommendation]


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    words: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    everything: list[Line]
    shown: list[Line]
    areas: list[OfArea]
    filters: dict[str, list[Choice]]
    counts: Counter[Status]
    wanted: Wanted
    in_plan_order: bool
    query: str

    @property
    def attention(self) -> int:
        return sum(number for status, number in self.counts.items() if status.needs_attention)


def wanted(params: Mapping[str, str], staff: Staff, on: date, *, status: str = "attention") -> Wanted:
    """What the address asks for; nothing said of a status means what needs attention."""
    said = params.get("status", status)
    return Wanted(
        status="" if said == "all" else said,
        lead="" if params.get("lead") == "me" else params.get("lead", ""),
        mine=staff.pk if params.get("lead") == "me" else None,
        area=params.get("area", ""),
        due=params.get("due", ""),
        note=params.get("note", ""),
        words=params.get("q", ""),
        on=on,
    )


def page(everything: list[Line], asked: Wanted, *, in_plan_order: bool, query: str) -> PlanPage:
    shown = asked.of(everything)
    counts = Counter(line.status for line in everything)
    return PlanPage(
        everything=everything,
        shown=shown,
        areas=_by_area(shown, everything, in_plan_order=in_plan_order),
        filters=_filters(everything, asked, counts),
        counts=counts,
        wanted=asked,
        in_plan_order=in_plan_order,
        query=query,
    )


def _by_area(shown: list[Line], everything: list[Line], *, in_plan_order: bool) -> list[OfArea]:
    """Areas with most that needs attention first, or as the plan has them; recommendations stay together."""
    whole = Counter(line.action.recommendation.area_id for line in everything)
    areas = [
        _of_area(list(found), whole) for _, found in groupby(shown, key=lambda line: line.action.recommendation.area_id)
    ]
    if in_plan_order:
        return areas
    return sorted((_worst_first(area) for area in areas), key=lambda area: -_attention(area))


def _of_area(found: list[Line], whole: Counter[object]) -> OfArea:
    area = found[0].action.recommendation.area
    groups = [
        OfRecommendation(of_one[0].action.recommendation, of_one)
        for of_one in (list(g) for _, g in groupby(found, key=lambda line: line.action.recommendation_id))
    ]
    return OfArea(area, len(found), whole[area.pk], groups)


def _worst_first(area: OfArea) -> OfArea:
    groups = [OfRecommendation(group.recommendation, worst_first(group.lines)) for group in area.recommendations]
    groups.sort(key=lambda group: WORST_FIRST[group.lines[0].status])
    return OfArea(area.area, area.shown, area.of, groups)


def _attention(area: OfArea) -> int:
    return sum(line.status.needs_attention for group in area.recommendations for line in group.lines)


def _filters(everything: list[Line], asked: Wanted, counts: Counter[Status]) -> dict[str, list[Choice]]:
    areas = {str(line.action.recommendation.area.position): line.area for line in everything}
    per_area = Counter(str(line.action.recommendation.area.position) for line in everything)
    leads = Counter(lead.name for line in everything for lead in line.leads)
    attention = sum(number for status, number in counts.items() if status.needs_attention)
    statuses = {"all": f"All ({len(everything)})", "attention": f"Needs attention ({attention})"}
    statuses |= {s.value: f"{s.words} ({counts[s]})" for s in sorted(counts, key=WORST_FIRST.__getitem__)}
    return {
        "area": _choices(
            {"": f"All {len(areas)} areas"} | {k: f"{v or 'No area'} ({per_area[k]})" for k, v in areas.items()},
            asked.area,
        ),
        "status": _choices(statuses, asked.status or "all"),
        "lead": _choices(
            {"": "Anyone", "me": "Me"} | {name: f"{name} ({number})" for name, number in leads.most_common()},
            "me" if asked.mine else asked.lead,
        ),
        "due": _choices({"": "Any time"} | DUE, asked.due),
        "note": _choices({"": "Any time"} | SILENT, asked.note),
    }


def _choices(words: Mapping[str, str], chosen: str) -> list[Choice]:
    return [Choice(value, text, value == chosen) for value, text in words.items()]
