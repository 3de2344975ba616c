"""Plans made up for the tests, and the many ways councils set them out: a plan and a style make the rows of a table.

What a style does not print is not expected back: `expected` is the plan as somebody with only the page would know it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

MONTH_NAMES = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905 - a list to read, not to index
)
WELSH_MONTHS = "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr".split()  # noqa: SIM905
CADENCES = {
    "weekly": "Weekly",
    "monthly": "Monthly",
    "every two months": "Every other month",
    "quarterly": "Quarterly",
    "six-monthly": "Six monthly",
    "yearly": "Annually",
    "each meeting": "Each meeting",
}
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


@dataclass(frozen=True)
class PlannedLead:
    name: str
    role: str | None = None


@dataclass(frozen=True)
class PlannedAction:
    """`start` is "2025-05" or None; `finish` that or "ongoing"; `review` a month, a cadence or None."""

    text: str
    outcome: str = ""
    leads: tuple[PlannedLead, ...] = ()
    start: str | None = None
    finish: str | None = None
    review: str | None = None
    progress: tuple[str, ...] = ()
    rag: str | None = None


@dataclass(frozen=True)
class PlannedRecommendation:
    text: str
    actions: tuple[PlannedAction, ...]


@dataclass(frozen=True)
class PlannedArea:
    name: str
    recommendations: tuple[PlannedRecommendation, ...]


Plan = tuple[PlannedArea, ...]


@dataclass(frozen=True)
class Text:
    """One line of a cell: runs of (words, bold)."""

    runs: tuple[tuple[str, bool], ...]
    bullet: bool = False

    @property
    def words(self) -> str:
        return "".join(words for words, _ in self.runs)


@dataclass(frozen=True)
class Box:
    """A cell to be drawn; rows below one that spans `down` leave its place out (None)."""

    lines: tuple[Text, ...] = ()
    across: int = 1
    down: int = 1
    fill: str | None = None
    month: str | None = None  # set where the cell is one date, for formats that have dates of their own

    @property
    def words(self) -> str:
        return "\n".join(line.words for line in self.lines)


Rows = list[list[Box | None]]


@dataclass(frozen=True)
class Sheet:
    """One table, the heading above it if any, and how many of its rows are column headings."""

    rows: Rows
    title: str | None = None


SOURCE_WORDS = {
    "recommendation": "RECOMMENDATIONS",
    "action": "ACTIONS",
    "outcome": "OUTCOME OF ACTIONS",
    "lead": "LEAD",
    "timescale": "TIMESCALE",
    "start": "START",
    "finish": "FINISH",
    "review": "REVIEW",
    "progress": "PROGRESS",
    "rag": "RAG",
    "area": "AREA",
    "ref": "REF",
}
COUNCIL_WORDS = {
    "recommendation": "Area requiring improvement",
    "action": "Action",
    "outcome": "Intended outcome",
    "lead": "Lead officer / agency",
    "timescale": "Timescale",
    "start": "Planned start date",
    "finish": "Planned completion date",
    "review": "Review date",
    "progress": "Update on progress",
    "rag": "RAG status",
    "area": "Theme",
    "ref": "Ref no.",
}
PLAIN_WORDS = {
    "recommendation": "What needs to improve",
    "action": "What we will do",
    "outcome": "What difference will it make",
    "lead": "Owner",
    "timescale": "By when",
    "start": "Start date (mm/yy)",
    "finish": "Due date (mm/yy)",
    "review": "Reviewed",
    "progress": "Comments",
    "rag": "Achieved (tick)",
    "area": "Priority",
    "ref": "No.",
}
WELSH_WORDS = {
    "recommendation": "Argymhelliad",
    "action": "Camau",
    "outcome": "Canlyniad",
    "lead": "Arweinydd",
    "timescale": "Amserlen",
    "start": "Dechrau",
    "finish": "Cwblhau",
    "review": "Adolygu",
    "progress": "Cynnydd",
    "rag": "Statws",
    "area": "Maes",
    "ref": "Rhif",
}


@dataclass(frozen=True)
class Style:
    """How one council sets a plan out; the defaults are a plain table of our own."""

    name: str
    words: dict[str, str] = field(default_factory=lambda: SOURCE_WORDS, hash=False)
    refs: str = "1a"  # "1a", "(1b)", "2 (i)", "1.2", "letter" in a cell of its own, "fused" before the words, "none"
    ref_named: bool = True  # whether the ref's column has a heading
    timescale: str = "columns"  # "labelled" in one cell, "range" in one cell beside a review
    recommendation: str = "repeated"  # "own row", "first", "merged", "repeated"
    area: str = "column"  # "column", "in cell" before the recommendation, "own row", "paragraph", "none"
    rag: str = "letter"  # "letter", "word", "fill", "tick", "none"
    leads: str = "\n"  # what stands between two leads; "\n" is a new line
    role: str = "bracket"  # "bracket", "dash", "space"
    months: str = "May 2025"  # "05/25", "05/2025", "May-25", "31 May 2025", "Mai 2025"
    around: bool = False  # other tables and text before and after
    outcome: bool = True

    def month(self, month: str | None) -> str:
        if month is None:
            return ""
        year, number = month.split("-")
        name = MONTH_NAMES[int(number) - 1]
        forms = {
            "May 2025": f"{name} {year}",
            "05/25": f"{number}/{year[2:]}",
            "05/2025": f"{number}/{year}",
            "May-25": f"{name[:3]}-{year[2:]}",
            "31 May 2025": f"28 {name} {year}",
            "Mai 2025": f"{WELSH_MONTHS[int(number) - 1]} {year}",
        }
        return forms[self.months]

    def when(self, value: str | None) -> str:
        if value == "ongoing":
            return "Ongoing"
        return CADENCES.get(value or "") or self.month(value)

    def ref(self, number: int, place: int) -> str:
        letter = chr(ord("a") + place)
        forms = {
            "1a": f"{number}{letter}",
            "(1b)": f"({number}{letter})",
            "2 (i)": f"{number} ({ROMAN[place]})",
            "1.2": f"{number}.{place + 1}",
            "letter": letter,
            "fused": f"{number}{letter}",
        }
        return forms[self.refs]

    def lead(self, lead: PlannedLead) -> str:
        forms = {"bracket": "{} ({})", "dash": "{} – {}", "space": "{} {}"}
        return lead.name if lead.role is None else forms[self.role].format(lead.name, lead.role)


def numbered(plan: Plan) -> Iterator[tuple[PlannedArea, int, PlannedRecommendation]]:
    number = 0
    for area in plan:
        for recommendation in area.recommendations:
            number += 1
            yield area, number, recommendation


def expected(plan: Plan, style: Style) -> list[dict[str, Any]]:
    """What is on the page, action by action, in the words of a reading."""
    # A heading above the only table may as well be the plan's title.
    names_areas = style.area != "none" and not (style.area == "paragraph" and len(plan) == 1)
    found = []
    for area, number, recommendation in numbered(plan):
        for place, action in enumerate(recommendation.actions):
            rag = {"none": None, "tick": "blue" if action.rag == "blue" else None}.get(style.rag, action.rag)
            found.append(
                {
                    "ref": _expected_ref(style, number, place),
                    "recommendation": recommendation.text,
                    "area": area.name if names_areas else None,
                    "text": action.text,
                    "outcome": action.outcome if style.outcome else "",
                    "leads": [(lead.name, lead.role) for lead in action.leads],
                    "start": action.start,
                    "finish": action.finish,
                    "review": action.review,
                    "progress": list(action.progress),
                    "rag": rag,
                }
            )
    return found


def _expected_ref(style: Style, number: int, place: int) -> str:
    if style.refs in ("none", "1.2"):
        return f"{number}.{place + 1}"
    return f"{number}{ROMAN[place]}" if style.refs == "2 (i)" else f"{number}{chr(ord('a') + place)}"


def sheets(plan: Plan, style: Style) -> list[Sheet]:
    """The plan's tables: one, or one for each area where areas are headings above them."""
    if style.area != "paragraph":
        return [Sheet(_rows(list(numbered(plan)), style))]
    return [Sheet(_rows([row for row in numbered(plan) if row[0] is area], style), title=area.name) for area in plan]


def columns(style: Style) -> list[str]:
    """The columns' roles, in order."""
    in_row = style.recommendation != "own row"
    ref = style.refs not in ("none", "fused")
    when = {"columns": ["start", "finish", "review"], "labelled": ["timescale"], "range": ["timescale", "review"]}
    return [
        *(["area"] if style.area == "column" else []),
        *(["ref"] if ref and style.refs != "letter" else []),
        *(["recommendation"] if in_row else []),
        *(["ref"] if style.refs == "letter" else []),
        "action",
        *(["outcome"] if style.outcome else []),
        "lead",
        *when[style.timescale],
        "progress",
        *(["rag"] if style.rag != "none" else []),
    ]


def _rows(entries: list[tuple[PlannedArea, int, PlannedRecommendation]], style: Style) -> Rows:
    roles = columns(style)
    rows: Rows = [[_heading(role, style) for role in roles]]
    area_before = None
    for area, number, recommendation in entries:
        if style.area == "own row" and area is not area_before:
            rows.append([_bold(area.name, across=len(roles))])
        if style.recommendation == "own row":
            rows.append([_bold(f"Recommendation {number}: {recommendation.text}", across=len(roles))])
        for place, action in enumerate(recommendation.actions):
            first = place == 0
            cells = _cells(action, number, place, style)
            cells["area"] = _repeated(area.name, first=first or style.recommendation == "repeated", style=style)
            cells["recommendation"] = _recommendation(area, number, recommendation, style, area is not area_before)
            row: list[Box | None] = [cells[role] for role in roles]
            rows.append(_under_first(row, roles, style, first, len(recommendation.actions)))
            area_before = area
    return rows


def _heading(role: str, style: Style) -> Box:
    return _bold("" if role == "ref" and not style.ref_named else style.words[role])


def _bold(words: str, across: int = 1) -> Box:
    return Box((Text(((words, True),)),) if words else (), across=across)


def _plain(words: str) -> Box:
    return Box(tuple(Text(((line, False),)) for line in words.split("\n")) if words else ())


def _repeated(name: str, *, first: bool, style: Style) -> Box:
    return _plain(name) if first or style.recommendation == "own row" else Box()


def _recommendation(
    area: PlannedArea, number: int, recommendation: PlannedRecommendation, style: Style, area_is_new: bool
) -> Box:
    words = f"({number}) {recommendation.text}"
    if style.area == "in cell" and area_is_new:
        return Box((Text(((area.name.upper(), True), (f" {words}", False))),))
    return _plain(words)


def _under_first(
    row: list[Box | None], roles: list[str], style: Style, first: bool, rows_below: int
) -> list[Box | None]:
    """What the rows below a recommendation's first show in its columns: the words again, nothing, or a merged cell."""
    held = [at for at, role in enumerate(roles) if role in ("area", "recommendation")]
    if style.recommendation in ("repeated", "own row"):
        return row
    for at in held:
        box = row[at]
        if first and style.recommendation == "merged" and box is not None:
            row[at] = replace(box, down=rows_below)
        elif not first:
            row[at] = None if style.recommendation == "merged" else Box()
    return row


def _cells(action: PlannedAction, number: int, place: int, style: Style) -> dict[str, Box | None]:
    text = action.text if style.refs != "fused" else f"{style.ref(number, place)} {action.text}"
    fill = {"red": "ff6666", "amber": "ffc000", "green": "92d050", "blue": "5b9bd5"}.get(action.rag or "")
    words = {"letter": (action.rag or " ")[0].upper().strip(), "word": (action.rag or "").capitalize()}
    words |= {"tick": "✓" if action.rag == "blue" else "", "fill": ""}
    rag = _plain(words.get(style.rag, ""))
    return {
        "ref": _plain(style.ref(number, place)) if style.refs not in ("none", "fused") else Box(),
        "action": _plain(text),
        "outcome": _plain(action.outcome),
        "lead": _plain(style.leads.join(style.lead(lead) for lead in action.leads)),
        "timescale": _timescale(action, style),
        "start": _date(action.start, style),
        "finish": _date(action.finish, style),
        "review": _date(action.review, style),
        "progress": Box(tuple(Text(((bullet, False),), bullet=True) for bullet in action.progress)),
        "rag": replace(rag, fill=fill) if style.rag == "fill" else rag,
    }


def _date(value: str | None, style: Style) -> Box:
    month = value if value and value[0].isdigit() else None
    return replace(_plain(style.when(value)), month=month)


def _timescale(action: PlannedAction, style: Style) -> Box:
    start, finish, review = (style.when(value) for value in (action.start, action.finish, action.review))
    if style.timescale == "labelled":
        labels = (("Commence", start), ("Complete", finish), ("Review", review))
        return _plain("\n".join(f"{label}: {words}" for label, words in labels if words))
    if start and finish:
        return _plain(f"Ongoing from {start}" if finish == "Ongoing" else f"{start} to {finish}")
    return _plain(f"From {start}" if start else finish)
