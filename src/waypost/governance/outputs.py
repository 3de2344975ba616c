"""The plan, the judgements and the answer as reports, for every kind of file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import groupby

from waypost.files.reports.model import (
    Block,
    Column,
    Entry,
    Fact,
    Facts,
    Group,
    Heading,
    Kind,
    Note,
    Paragraph,
    Report,
    Row,
    Table,
)
from waypost.files.reports.values import Bullets, Shape, Status, Value
from waypost.governance.answers.lines import Answer, AnswerLine
from waypost.governance.answers.rules import Gap
from waypost.governance.improvement.lines import Line, LineLead
from waypost.governance.improvement.models import Lead, Plan
from waypost.governance.improvement.plan_page import PlanPage
from waypost.governance.improvement.status import Explained
from waypost.governance.improvement.status import Status as ActionStatus
from waypost.kernel.months import Month
from waypost.kernel.words import day
from waypost.quality.inspections.models import Inspection

HOW = "Each status is worked out from dates, dated notes and evidence."
PLAN_COLUMNS = (
    Column("Ref", 1.3),
    Column("Action", 5.6),
    Column("Outcome", 4.0),
    Column("Lead", 4.6),
    Column("Starts", 2.5, Kind.DATE),
    Column("Finishes", 2.5, Kind.DATE),
    Column("Reviewed", 2.2),
    Column("Status", 4.4, Kind.STATUS),
    Column("Last note", 2.0, Kind.DATE),
    Column("As the document had it", 4.6),
)
ANSWER_COLUMNS = (
    Column("Line", 2.6),
    Column("Found", 6.5),
    Column("To", 2.6),
    Column("Actions that answer it", 7.5),
    Column("Who judged it", 3.2),
)
JUDGEMENT_COLUMNS = (
    Column("Theme", 6.0),
    Column("Judgement", 3.0),
    Column("Stars", 1.5, Kind.NUMBER),
    Column("Done well enough, per cent", 3.0, Kind.NUMBER),
)


def plan_report(plan: Plan, page: PlanPage, lines: list[Line], *, author: str, on: date, marking: str) -> Report:
    """The actions shown on the page, in the order shown there; its filters are named."""
    chosen = {name: next((c.words for c in choices if c.chosen), "") for name, choices in page.filters.items()}
    filters = tuple(Fact(name.capitalize(), words) for name, words in chosen.items() if words)
    if page.wanted.words:
        filters += (Fact("Words", page.wanted.words),)
    return Report(
        title=plan.title,
        subtitle=f"As of {day(on)}",
        author=author,
        made_on=on,
        marking=marking,
        filters=filters,
        blocks=(
            Paragraph(f"{len(lines)} of {len(page.everything)} actions. {HOW}"),
            plan_table(lines, out_of=len(page.everything)),
            Note("Lines in the source with no date are kept as text and move no status."),
        ),
    )


def plan_table(lines: list[Line], out_of: int, *, names: bool = True) -> Table:
    """Without `names` a lead who is a person is given by their role, or as withheld where they have none.

    Its rows are made as a renderer asks for them, once.
    """
    rows = _plan_rows(lines, names=names)
    return Table("Actions", PLAN_COLUMNS, rows, groups=("Area", "Recommendation"), out_of=out_of)


def _plan_rows(lines: list[Line], *, names: bool) -> Iterator[Entry]:
    area, recommendation = None, None
    for line in lines:
        of = line.action.recommendation
        if of.area_id != area:
            area, recommendation = of.area_id, None
            yield Group(1, of.area.name or "No area given")
        if of.pk != recommendation:
            recommendation = of.pk
            yield Group(2, f"{of.number}. {of.text}".strip(". ") or "No recommendation given")
        yield Row(_plan_cells(line, names=names))


def _plan_cells(line: Line, *, names: bool) -> tuple[Value, ...]:
    action = line.action
    finish: Value = _month(action.finish_month) or ("Ongoing" if action.ongoing else None)
    return (
        action.ref,
        action.text,
        action.outcome,
        "\n".join(_lead(lead, names=names) for lead in line.leads),
        _month(action.start_month),
        finish,
        action.cadence or _month(action.review_month),
        status(line.explained, names=names),
        line.last_note,
        Bullets(line.bullets) if names else "Left out: it may name people",
    )


def _lead(lead: LineLead, *, names: bool) -> str:
    if names or lead.kind in {Lead.Kind.TEAM, Lead.Kind.BODY}:
        return f"{lead.name}, {lead.role}" if lead.role else lead.name
    return lead.role or "Name withheld"


@cache
def _month(first: date | None) -> Month | None:
    return Month.of(first) if first else None


def status(explained: Explained, *, names: bool = True) -> Status:
    """Without `names` the sentence is left out where it says who said so."""
    word = f"{explained.words}, set by hand" if explained.by_hand else explained.words
    names_somebody = explained.by_hand or explained.status in {ActionStatus.DONE, ActionStatus.EMBEDDED}
    why = explained.why if names or not names_somebody else "Said by a named person."
    return Status(Shape(explained.status.value), word, why)


def judgement_report(inspection: Inspection, *, author: str, on: date, marking: str) -> Report:
    return Report(
        title=f"Inspection of {inspection.area}",
        subtitle=f"Published {inspection.published:%B %Y}" if inspection.published else "",
        author=author,
        made_on=on,
        marking=marking,
        blocks=judgement_blocks(inspection),
    )


def judgement_blocks(inspection: Inspection) -> tuple[Block, ...]:
    """Judgements, then recommendations by whom they are put to, then key findings by theme."""
    themes = list(inspection.themes.prefetch_related("findings"))
    rows = [Row((theme.name, theme.word.capitalize(), theme.stars, theme.score)) for theme in themes]
    blocks: list[Block] = [
        Heading(1, "Judgements"),
        Table("Judgements", JUDGEMENT_COLUMNS, rows),
        Heading(1, "Recommendations"),
    ]
    for addressee, found in groupby(inspection.recommendations.all(), key=lambda item: item.addressee):
        blocks.append(Heading(2, f"To {addressee}" if addressee else "To nobody named"))
        blocks.append(Bullets(tuple(f"{item.number}. {item.text}" for item in found)))
    blocks.append(Heading(1, "Key findings"))
    for theme in themes:
        if theme.findings.all():
            blocks += [Heading(2, theme.name), Bullets(tuple(f"{one.ref} {one.text}" for one in theme.findings.all()))]
    return tuple(blocks)


def answer_report(answer: Answer, *, author: str, on: date, marking: str) -> Report:
    return Report(
        title="The answer to the inspection",
        subtitle=f"Inspection of {answer.inspection.area}, as of {day(on)}",
        author=author,
        made_on=on,
        marking=marking,
        blocks=answer_blocks(answer),
    )


def answer_blocks(answer: Answer, *, names: bool = True) -> tuple[Block, ...]:
    recommendations, findings = answer.count(recommendations=True), answer.count(recommendations=False)
    counts = tuple(
        Fact(
            gap.words,
            f"{answer.count(gap, recommendations=True)} of {recommendations} recommendations, "
            f"{answer.count(gap, recommendations=False)} of {findings} key findings",
        )
        for gap in Gap
    )
    ends = answer.inspection.answer_by
    clock = (Paragraph(f"The inspectorate’s twelve months end on {day(ends)}."),) if ends else ()
    return (
        *clock,
        Facts(counts),
        answer_table(answer, names=names),
        Note("A match counts only when a named person has said it."),
    )


def answer_table(answer: Answer, *, names: bool) -> Table:
    rows = list(_answer_rows(answer, names=names))
    return Table("Every line, worst first", ANSWER_COLUMNS, rows, groups=("Worst thing true of it",))


def _answer_rows(answer: Answer, *, names: bool) -> Iterator[Entry]:
    for gap in Gap:
        if answer.groups[gap]:
            yield Group(1, gap.words)
        for line in answer.groups[gap]:
            to = getattr(line.of, "addressee", "")
            yield Row((line.name, line.of.text, to, _answered_by(line, names=names), _judged_by(line, names=names)))


def _answered_by(line: AnswerLine, *, names: bool) -> Value:
    if not line.matched:
        return "None"
    said = ((one.action, status(one.explained, names=names)) for one in line.matched)
    return Bullets(tuple(f"{action.ref} {action.text} ({shown.word}. {shown.why})" for action, shown in said))


def _judged_by(line: AnswerLine, *, names: bool) -> str:
    if not names:
        return "A named person" if line.matched or line.judged else "Nobody yet"
    said = [f"{who.by.name}, {day(who.at.date())}" for who in line.who]
    if line.judged:
        said.append(f"{line.judged.by.name}, {day(line.judged.at.date())}")
    return "\n".join(dict.fromkeys(said)) or "Nobody yet"
