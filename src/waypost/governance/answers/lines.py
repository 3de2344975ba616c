"""Every line of an inspection with what answers it: found → said → done → delivered → changed → what is said of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from waypost.governance.answers.matching import Proposal, propose, stems
from waypost.governance.answers.models import LineJudged, Match
from waypost.governance.answers.rules import Gap, worst
from waypost.governance.improvement.lines import Line, lines
from waypost.governance.improvement.models import Plan
from waypost.quality.inspections.models import Finding, Inspection, InspectionRecommendation


@dataclass(frozen=True, slots=True)
class Proposed:
    """An action the words suggest; it counts as nothing until a person accepts it."""

    line: Line
    share: float
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    of: InspectionRecommendation | Finding
    matched: tuple[Line, ...]
    who: tuple[Match, ...]  # beside `matched`: by whom and when
    proposed: tuple[Proposed, ...]
    judged: LineJudged | None
    checked: LineJudged | None
    gap: Gap

    @property
    def is_recommendation(self) -> bool:
        return isinstance(self.of, InspectionRecommendation)

    @property
    def name(self) -> str:
        return f"{'Recommendation' if self.is_recommendation else 'Finding'} {self.of.ref}"

    @property
    def undecided(self) -> bool:
        """Nobody has said yet what answers it, or that nothing does."""
        return not self.matched and self.judged is None

    @property
    def without_a_hint(self) -> bool:
        return self.undecided and not self.proposed


@dataclass(frozen=True, slots=True)
class Answer:
    inspection: Inspection
    plan: Plan
    lines: tuple[AnswerLine, ...]
    actions: tuple[Line, ...]
    groups: dict[Gap, list[AnswerLine]] = field(init=False)

    def __post_init__(self) -> None:
        groups = {gap: [line for line in self.lines if line.gap is gap] for gap in Gap}
        groups[Gap.NOTHING].sort(key=lambda line: (not line.is_recommendation, not line.without_a_hint))
        object.__setattr__(self, "groups", groups)

    def count(self, gap: Gap | None = None, *, recommendations: bool) -> int:
        chosen = self.lines if gap is None else self.groups[gap]
        return sum(line.is_recommendation is recommendations for line in chosen)

    @property
    def gaps(self) -> int:
        return len(self.groups[Gap.NOTHING])

    @property
    def undecided(self) -> list[AnswerLine]:
        return [line for line in self.lines if line.undecided]

    @property
    def unhinted(self) -> list[AnswerLine]:
        """Recommendations for which not even a likely action was found."""
        return [line for line in self.lines if line.is_recommendation and line.without_a_hint]


def answer(inspection: Inspection, plan: Plan, on: date) -> Answer:
    """All recommendations, then all key findings, as of a day; a fixed number of queries."""
    actions = lines(plan, on)
    by_id: dict[object, Line] = {line.action.pk: line for line in actions}
    of: list[InspectionRecommendation | Finding] = [
        *inspection.recommendations.all(),
        *Finding.objects.filter(theme__inspection=inspection).select_related("theme"),
    ]
    verdicts = _verdicts(plan)
    judged = _judged(plan)
    said: dict[object, frozenset[str]] = {
        line.action.pk: stems(f"{line.action.text} {line.action.outcome}") for line in actions
    }
    return Answer(
        inspection,
        plan,
        tuple(_answer_line(one, by_id, verdicts[one.pk], judged[one.pk], said) for one in of),
        tuple(actions),
    )


def _verdicts(plan: Plan) -> dict[object, dict[object, Match]]:
    """Line id → action id → the newest word on the pair."""
    found: dict[object, dict[object, Match]] = defaultdict(dict)
    for match in Match.objects.filter(action__plan=plan).select_related("by").order_by("at", "pk"):
        found[match.line_id][match.action_id] = match
    return found


def _judged(plan: Plan) -> dict[object, list[LineJudged]]:
    found: dict[object, list[LineJudged]] = defaultdict(list)
    for judged in LineJudged.objects.filter(plan=plan).select_related("by").order_by("at", "pk"):
        found[judged.line_id].append(judged)
    return found


def _answer_line(
    one: InspectionRecommendation | Finding,
    by_id: dict[object, Line],
    verdicts: dict[object, Match],
    judged: list[LineJudged],
    said: dict[object, frozenset[str]],
) -> AnswerLine:
    accepted = [match for match in verdicts.values() if match.verdict == Match.Verdict.ANSWERS]
    matched = tuple(by_id[match.action_id] for match in accepted)
    word = _standing(judged)
    proposals = [] if word else [p for p in propose(one.text, said) if p.action_id not in verdicts]
    return AnswerLine(
        of=one,
        matched=matched,
        who=tuple(accepted),
        proposed=tuple(_proposed(p, by_id) for p in proposals),
        judged=word,
        checked=_checked(judged),
        gap=worst(
            [line.kind for line in matched],
            measured=any(line.measured for line in matched),
            strength=word is not None and word.verdict == LineJudged.Verdict.STRENGTH,
        ),
    )


def _proposed(proposal: Proposal, by_id: dict[object, Line]) -> Proposed:
    return Proposed(by_id[proposal.action_id], proposal.share, proposal.stems)


def _standing(judged: Iterable[LineJudged]) -> LineJudged | None:
    """The last word on the whole line, unless it was reopened since; a check is not such a word."""
    words = [one for one in judged if one.verdict != LineJudged.Verdict.CHECKED]
    return words[-1] if words and words[-1].verdict != LineJudged.Verdict.REOPENED else None


def _checked(judged: list[LineJudged]) -> LineJudged | None:
    """A check stands only while nothing was said after it."""
    return judged[-1] if judged and judged[-1].verdict == LineJudged.Verdict.CHECKED else None


def matched_by(answer: Answer) -> Counter[str]:
    """Who said what stands, and of how many lines."""
    return Counter(name for line in answer.lines for name in _who_said(line))


def _who_said(line: AnswerLine) -> set[str]:
    return {match.by.name for match in line.who} | ({line.judged.by.name} if line.judged else set())
