"""The plan as a page: what is shown, in what order, and what can be chosen to narrow it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from waypost.access.models import Staff
from waypost.governance.improvement.lines import Line, Wanted, worst_first
from waypost.governance.improvement.models import Area, Recommendation
from waypost.governance.improvement.status import WORST_FIRST, Status
from waypost.ui.listing import Listing, listing

PER_PAGE = 100

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
    shown: list[Line]  # all that was asked for, in the order asked for
    listing: Listing  # one page of it
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


def page(everything: list[Line], asked: Wanted, params: Iterable[tuple[str, str]]) -> PlanPage:
    """`params` are the address's own: order, page and filters, carried to the other pages and to the files."""
    kept = tuple(params)
    in_plan_order = dict(kept).get("order") == "plan"
    shown = asked.of(everything)
    ordered = shown if in_plan_order else _worst_first(shown)
    counts = Counter(line.status for line in everything)
    one = listing(ordered, len(ordered), kept, PER_PAGE)
    return PlanPage(
        everything=everything,
        shown=ordered,
        listing=one,
        areas=_by_area(list(one.rows), shown, everything),
        filters=_filters(everything, asked, counts),
        counts=counts,
        wanted=asked,
        in_plan_order=in_plan_order,
        query=urlencode([(name, value) for name, value in kept if name not in {"order", "page"}]),
    )


def _worst_first(shown: list[Line]) -> list[Line]:
    """Areas with most that needs attention first, in them the worst recommendation, in it the worst action."""
    areas = [list(found) for _, found in groupby(shown, key=_area)]
    areas.sort(key=lambda found: -sum(line.status.needs_attention for line in found))
    return [line for found in areas for line in _worst_recommendation_first(found)]


def _worst_recommendation_first(found: list[Line]) -> list[Line]:
    groups = [worst_first(group) for _, group in groupby(found, key=_recommendation)]
    groups.sort(key=lambda group: WORST_FIRST[group[0].status])
    return [line for group in groups for line in group]


def _area(line: Line) -> object:
    return line.action.recommendation.area_id


def _recommendation(line: Line) -> object:
    return line.action.recommendation_id


def _by_area(rows: list[Line], shown: list[Line], everything: list[Line]) -> list[OfArea]:
    """The rows of one page under their headings; an area that goes on over pages has its heading on each."""
    whole, here = Counter(map(_area, everything)), Counter(map(_area, shown))
    return [
        OfArea(
            found[0].action.recommendation.area,
            here[key],
            whole[key],
            [
                OfRecommendation(group[0].action.recommendation, group)
                for group in (list(g) for _, g in groupby(found, key=_recommendation))
            ],
        )
        for key, found in ((key, list(g)) for key, g in groupby(rows, key=_area))
    ]


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
