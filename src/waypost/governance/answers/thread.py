"""One line of the answer as a strand: found → said → done → delivered in cases → changed → what children say."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse

from waypost.governance.answers.lines import Answer, AnswerLine
from waypost.governance.answers.models import Match
from waypost.governance.answers.rules import Gap
from waypost.governance.improvement.models import Action
from waypost.governance.improvement.status import Status
from waypost.kernel.words import count
from waypost.quality.inspections.models import Finding, InspectionRecommendation
from waypost.ui.thread import Kind, Knot, Stage, Strand, Thread
from waypost.ui.words import capital, heading

STAGES = (
    Stage("found", "Found"),
    Stage("said", "Said"),
    Stage("done", "Done"),
    Stage("delivered", "Delivered in cases"),
    Stage("changed", "Changed"),
    Stage("say", "Children and carers say"),
)


def heads(label: str) -> Thread:
    return Thread(label, STAGES, ())


def strand(line: AnswerLine, answer: Answer, here: str = "") -> Strand:
    """`here` is where the line is judged, if not on its own page."""
    here = here or reverse("answer_line", kwargs={"pk": answer.inspection.pk, "line": line.of.pk})
    return Strand((_found(line, answer), _said(line, here), _done(line), _delivered(line), _changed(line), _say(line)))


def as_read(strand: Strand) -> Strand:
    """The same for whoever may not mend it: what is missing is named, and no way to mend it is offered."""
    return Strand(tuple(replace(k, href="", mend="") if k.kind is Kind.MISSING else k for k in strand.knots))


def _found(line: AnswerLine, answer: Answer) -> Knot:
    """Where it stands in the report: its words stand above the strip already."""
    where = line.of.where
    place = next((f"{key.capitalize()} {where[key]} of the report" for key in ("page", "line") if key in where), "")
    href = f"{reverse('inspection', kwargs={'pk': answer.inspection.pk})}#{anchor(line)}"
    return Knot("found", place or "In the report", href)


def anchor(line: AnswerLine) -> str:
    """Where the inspection's own page has it: ‘r7’, ‘f1.2’."""
    return f"{'r' if line.is_recommendation else 'f'}{line.of.ref}"


def _said(line: AnswerLine, here: str) -> Knot:
    if line.gap is Gap.STRENGTH:
        return Knot("said", "Nothing is asked", kind=Kind.WAIT)
    if not line.matched:
        if line.proposed:
            note = "Proposed: " + ", ".join(p.line.action.ref for p in line.proposed)
            return Knot("said", "No action accepted", here, Kind.MISSING, note, mend="Judge the matches")
        return Knot("said", "No action promises it", here, Kind.MISSING, mend="Judge the line")
    first = line.matched[0].action
    note = f"and {count(len(line.matched) - 1, 'more', 'more')}" if line.matched[1:] else ""
    if line.gap is Gap.ONLY_TALK:
        note = "Only training or a protocol"
    return Knot("said", f"{first.ref} {shortened(heading(first.text))}", _href(line, first.pk), note=note)


def _href(line: AnswerLine, pk: object) -> str:
    return reverse("action", kwargs={"pk": pk})


def _done(line: AnswerLine) -> Knot:
    if not line.matched:
        return Knot("done", "Waits for an action", kind=Kind.WAIT)
    done = sum(found.status in {Status.DONE, Status.EMBEDDED} for found in line.matched)
    words = f"{done} of {len(line.matched)} done"
    late = sum(found.status is Status.OVERDUE for found in line.matched)
    kind = Kind.RECORDED if done == len(line.matched) else Kind.NEXT
    return Knot("done", words, _href(line, line.matched[0].action.pk), kind, f"{late} overdue" if late else "")


def _delivered(line: AnswerLine) -> Knot:
    return Knot("delivered", "Waits for audits" if line.matched else "Waits for an action", kind=Kind.WAIT)


def _changed(line: AnswerLine) -> Knot:
    if not line.matched:
        return Knot("changed", "Waits for an action", kind=Kind.WAIT)
    measured = next((found for found in line.matched if found.measured), None)
    if measured is None:
        href = reverse("action_measure", kwargs={"pk": line.matched[0].action.pk})
        return Knot("changed", "No measure", href, Kind.MISSING, mend="Name a measure")
    return Knot("changed", measured.measures[0].moved.value.rstrip("."), _href(line, measured.action.pk) + "#working")


def _say(line: AnswerLine) -> Knot:
    return Knot("say", "Waits for the survey", kind=Kind.WAIT)


OF_AN_ACTION = (
    Stage("found", "Found"),
    Stage("said", "Recommendation"),
    Stage("action", "Action"),
    Stage("measure", "Measure"),
    Stage("board", "Board"),
)


def thread_of(action: Action, *, mends: bool = True) -> Thread:
    """What an action hangs on and what hangs on it: one strand for each line of the inspection it answers."""
    answers = [match.line for match in matches_of(action)]
    strands = tuple(Strand((_line_found(line), *_rest(action))) for line in answers) or (
        Strand((Knot("found", "Answers no line", kind=Kind.MISSING, **_mend(action)), *_rest(action))),
    )
    shown = strands if mends else tuple(as_read(strand) for strand in strands)
    return Thread("What this action hangs on, and what hangs on it", OF_AN_ACTION, shown).cut_first()


def matches_of(action: Action) -> list[Match]:
    """The lines a person has said this action answers; the newest word on each pair stands."""
    newest = {
        match.line_id: match
        for match in action.matches.select_related("recommendation", "finding__theme").order_by("at")
    }
    return [match for match in newest.values() if match.verdict == Match.Verdict.ANSWERS]


def _mend(action: Action) -> dict[str, str]:
    if action.plan.inspection_id is None:
        return {}
    return {"href": reverse("answer", kwargs={"pk": action.plan.inspection_id}), "mend": "See the answer"}


def _line_found(line: InspectionRecommendation | Finding) -> Knot:
    inspection = line.inspection_id if isinstance(line, InspectionRecommendation) else line.theme.inspection_id
    return Knot(
        "found",
        shortened(capital(line.text), 40),
        reverse("answer_line", kwargs={"pk": inspection, "line": line.pk}),
        note=str(line),
    )


def _rest(action: Action) -> tuple[Knot, ...]:
    recommendation = action.recommendation
    said = f"{recommendation.number}. {recommendation.text}".strip(". ") or "None given"
    measure = action.measures.first()
    return (
        Knot(
            "said",
            shortened(said, 40),
            f"{reverse('plan')}?status=all&area={recommendation.area.position}",
            joins="said",
        ),
        Knot(
            "action", f"{action.ref} {shortened(action.text, 40)}", kind=Kind.HERE, note="You are here", joins="action"
        ),
        Knot("measure", shortened(measure.name, 40), "#working", joins="measure")
        if measure
        else Knot(
            "measure",
            "No measure",
            reverse("action_measure", kwargs={"pk": action.pk}),
            Kind.MISSING,
            mend="Name a measure",
            joins="measure",
        ),
        Knot("board", "Waits for the board’s agenda", kind=Kind.WAIT, joins="board"),
    )


def shortened(text: str, at_most: int = 60) -> str:
    """The first words of a text, cut between words."""
    if len(text) <= at_most:
        return text
    return text[:at_most].rsplit(" ", 1)[0].rstrip(",;:") + " …"
