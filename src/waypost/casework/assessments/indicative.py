"""What a rule indicates for likelihood of reoffending and level of intervention, with what it counted. Pure.

Risk of serious harm and the child's safety are judged by people: no rule here may have either as its result. A rule may
read such a judgement where the level depends on it. The worker's own value stands beside what is indicated, with a
reason when it is another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from waypost.casework.assessments import definitions
from waypost.casework.assessments.answers import Answer, Answers, Asked, applies, asked
from waypost.casework.assessments.definitions import ASSESSMENTS, digest_of
from waypost.casework.assessments.questions import MAY_BE_INDICATED, NOT_KNOWN, Form, Judgement, Question, Type
from waypost.casework.marks import MARKS
from waypost.kernel.definition_files import KEY, Unreadable, fields, in_order, one_of, whole
from waypost.kernel.words import count, listed

FILE = ASSESSMENTS / "indicative.yaml"
HEAD: dict[str, type] = {"about": str, "checked": date, "next_review": date, "rules": list}
RULE: dict[str, type] = {
    "key": str,
    "form": str,
    "versions": list,
    "result": str,
    "words": str,
    "mark": str,
    "source": str,
    "since": date,
    "counts": list,
    "bands": list,
}
RULE_OPTIONAL: dict[str, type] = {"until": date, "lifts": list}
BAND: dict[str, type] = {"value": str, "from": int}
LIFT: dict[str, type] = {"question": str, "is": list, "at_least": str, "mark": str}


@dataclass(frozen=True, slots=True)
class Count:
    """What the answers to a question count for; without points, a number counts as itself."""

    question: str
    points: Mapping[str, int] | None = None

    @property
    def least(self) -> int:
        return min((self.points or {"": 0}).values())

    @property
    def most(self) -> int:
        return max((self.points or {"": 0}).values())

    def span(self, answer: Answer) -> tuple[int, int]:
        """The least and the most it counts for: the same, unless the answer says that it is not known."""
        if self.points is None:
            return int(answer.value), int(answer.value)  # type: ignore[arg-type]  # of a number, by the form
        if answer.value == NOT_KNOWN and NOT_KNOWN not in self.points:
            return self.least, self.most
        return self.points[str(answer.value)], self.points[str(answer.value)]


@dataclass(frozen=True, slots=True)
class Band:
    value: str
    least: int


@dataclass(frozen=True, slots=True)
class Lift:
    """That an answer brings the result to at least so much."""

    question: str
    any_of: tuple[str, ...]
    at_least: str
    mark: str


@dataclass(frozen=True)
class IndicativeRule:
    key: str
    form: str
    versions: tuple[int, ...]
    result: Judgement
    words: str
    mark: str
    source: str
    since: date
    counts: tuple[Count, ...]
    bands: tuple[Band, ...]  # lowest first
    digest: str
    until: date | None = None
    lifts: tuple[Lift, ...] = ()

    @property
    def asks(self) -> tuple[str, ...]:
        counted, lifting = (each.question for each in self.counts), (each.question for each in self.lifts)
        return tuple(dict.fromkeys((*counted, *lifting)))

    def place(self, value: str) -> int:
        return [band.value for band in self.bands].index(value)

    def band(self, total: int) -> int:
        """The place of the highest band that begins at or below the total; the lowest has no floor."""
        return max([place for place, band in enumerate(self.bands) if band.least <= total], default=0)

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Counted:
    """One question that counted, and for how much: two figures where its answer is not known."""

    question: Question
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Indication:
    """What a rule says: a value, or none with the questions still missing; always with its reason in sentences."""

    rule: str
    result: Judgement
    value: str | None
    reason: str
    counted: tuple[Counted, ...] = ()
    missing: tuple[Question, ...] = ()


def indicative(form: Form, answers: Answers, result: Judgement, *, on: date) -> Indication | None:
    """What the rule of that day indicates; None where no rule speaks of this form."""
    found = rule_for(form, result, on=on)
    return indicated(found, form, answers) if found else None


def rule_for(form: Form, result: Judgement, *, on: date) -> IndicativeRule | None:
    of_form = (each for each in rules().values() if each.form == form.key and form.number in each.versions)
    return next((each for each in of_form if each.result is result and each.holds(on)), None)


def indicated(rule: IndicativeRule, form: Form, answers: Answers) -> Indication:
    """What the rule says of these answers; what is not known is counted both ways and must make no difference."""
    at = asked(form, answers)
    if absent := _absent(rule, at, answers):
        told = f"Not worked out: {count(len(absent), 'question')} it counts {_are(absent)} not answered yet."
        return Indication(rule.key, rule.result, None, told, missing=absent)
    counted = tuple(
        _counted(each, form, at, answers) for each in rule.counts if each.question in (*at.now, *at.perhaps)
    )
    open = tuple(each.question for each in counted if each.least != each.most)
    least, most = sum(each.least for each in counted), sum(each.most for each in counted)
    lifts = [each for each in rule.lifts if each.question in at.now and answers[each.question].value in each.any_of]
    lowest, highest = (
        max([rule.band(total), *(rule.place(lift.at_least) for lift in lifts)]) for total in (least, most)
    )
    if lowest != highest:
        told = f"Not worked out: {count(len(open), 'answer')} not known, and the others do not settle it."
        return Indication(rule.key, rule.result, None, told, counted, open)
    lifting = [lift for lift in lifts if rule.place(lift.at_least) > rule.band(least)]
    told = _reason(rule, least, most, open, [(form[lift.question], answers[lift.question]) for lift in lifting])
    return Indication(rule.key, rule.result, rule.bands[lowest].value, told, counted)


def _absent(rule: IndicativeRule, at: Asked, answers: Answers) -> tuple[Question, ...]:
    """What it counts and nobody answered, or what would tell whether that is asked."""
    told = {key: at.now.get(key) or at.perhaps.get(key) for key in rule.asks}
    return tuple(dict.fromkeys(each for each in told.values() if each and each.key not in answers))


def _counted(each: Count, form: Form, at: Asked, answers: Answers) -> Counted:
    """What may come to be asked counts for nothing or for what its answers may count for."""
    question = form[each.question]
    if each.question in at.now:
        return Counted(question, *each.span(answers[each.question]))
    return Counted(question, min(0, each.least), max(0, each.most))


def why_not_final(indication: Indication | None, value: str, *, reason: str) -> str | None:
    """Why the worker's own value cannot stand as it is: one that differs from what is indicated needs a reason."""
    if indication is None or indication.value in (None, value) or reason.strip():
        return None
    return f"The rule indicates {_say(indication.value or '')}. Say why you judge it {_say(value)}."


def _reason(
    rule: IndicativeRule, least: int, most: int, open: Sequence[Question], lifting: Sequence[tuple[Question, Answer]]
) -> str:
    """'31 points: 15 to 32 is enhanced. Risk of serious harm: high, which lifts it.'"""
    told = [rule.words, f"{count(least, 'point')}: {_range(rule, rule.band(least))}."]
    if open:
        told.append(f"{count(len(open), 'answer')} not known would make no difference.")
    for question, answer in lifting[:1]:
        words = next(choice.words for choice in question.offered if choice.key == answer.value)
        told.append(f"{question.words.rstrip('?')}: {words.lower()}, which lifts it.")
    return " ".join(told)


def _range(rule: IndicativeRule, place: int) -> str:
    band, above = rule.bands[place], rule.bands[place + 1 : place + 2]
    if not above:
        return f"{band.least} or more is {_say(band.value)}"
    upto = above[0].least - 1
    if not place:
        return f"up to {upto} is {_say(band.value)}"
    return f"{band.least if band.least == upto else f'{band.least} to {upto}'} is {_say(band.value)}"


def _say(value: str) -> str:
    return value.replace("_", " ")


def _are(things: Sequence[object]) -> str:
    return "is" if len(things) == 1 else "are"


@cache
def rules() -> Mapping[str, IndicativeRule]:
    """Every rule there ever was, by its key."""
    return read(FILE)


def read(path: Path) -> Mapping[str, IndicativeRule]:
    """The rules in a file; Unreadable with the file and the key where one is not as it should be."""
    given = fields(path.name, whole(path, expected=HEAD), HEAD, {})
    if given["next_review"] <= given["checked"]:
        raise Unreadable(f"{path.name}: next_review {given['next_review']} is not after checked {given['checked']}.")
    found = [_rule(f"{path.name}: rule {n}", each) for n, each in enumerate(given["rules"], start=1)]
    keys = [rule.key for rule in found]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise Unreadable(f"{path.name}: {listed(twice)} is given twice; a key has one meaning for good.")
    return MappingProxyType({rule.key: rule for rule in found})


def _rule(where: str, given: Any) -> IndicativeRule:
    found = fields(where, given, RULE, RULE_OPTIONAL)
    where = f"{where}, {found['key']}"
    if not KEY.fullmatch(found["key"]):
        raise Unreadable(f"{where}: key must be small letters, digits and single underscores.")
    one_of(where, "mark", found["mark"], MARKS)
    in_order(where, found["since"], found.get("until"))
    result = Judgement(one_of(where, "result", found.pop("result"), [str(each) for each in MAY_BE_INDICATED]))
    one_of(where, "form", found["form"], definitions.load())
    forms = [_version(where, found["form"], number) for number in found["versions"]]
    rule = IndicativeRule(
        result=result,
        digest=digest_of(given),
        versions=tuple(found.pop("versions")),
        counts=tuple(_count(f"{where}: count {n}", each) for n, each in enumerate(found.pop("counts"), start=1)),
        bands=tuple(_band(f"{where}: band {n}", each) for n, each in enumerate(found.pop("bands"), start=1)),
        lifts=tuple(_lift(f"{where}: lift {n}", each) for n, each in enumerate(found.pop("lifts", []), start=1)),
        **found,
    )
    for form in forms:
        _fits(where, rule, form)
    return rule


def _version(where: str, key: str, number: Any) -> Form:
    numbers = [form.number for form in definitions.load()[key]]
    one_of(where, "versions", str(number), map(str, numbers))
    return definitions.version(key, number)


def _count(where: str, given: Any) -> Count:
    found = fields(where, given, {"question": str}, {"points": dict})
    if wrong := [key for key, points in (found.get("points") or {}).items() if type(points) is not int]:
        raise Unreadable(f"{where}: points must be whole numbers, and {listed([str(key) for key in wrong])} is not.")
    return Count(**found)


def _band(where: str, given: Any) -> Band:
    found = fields(where, given, BAND, {})
    return Band(found["value"], found["from"])


def _lift(where: str, given: Any) -> Lift:
    found = fields(where, given, LIFT, {})
    one_of(where, "mark", found["mark"], MARKS)
    return Lift(found["question"], tuple(found["is"]), found["at_least"], found["mark"])


def _fits(where: str, rule: IndicativeRule, form: Form) -> None:
    """Every question is one of the form that says it feeds this result, and every value one that it may have."""
    final = form.judging(rule.result)
    if final is None:
        raise Unreadable(f"{where}: {form.key} has no question in which a person judges {rule.result}.")
    for band in rule.bands:
        one_of(where, "value", band.value, final.keys)
    if [band.least for band in rule.bands] != sorted({band.least for band in rule.bands}):
        raise Unreadable(f"{where}: bands must stand from the lowest to the highest.")
    feeding = [question.key for question in form if rule.result in question.feeds]
    if set(rule.asks) != set(feeding):
        raise Unreadable(f"{where}: must count {listed(feeding)}: what {form.key} says feeds {rule.result}.")
    for each in rule.counts:
        _counts(where, each, form[each.question])
    always = applies(form, {})
    for lift in rule.lifts:
        if form[lift.question] not in always or NOT_KNOWN in form[lift.question].keys:
            raise Unreadable(f"{where}: {lift.question} lifts, so it must always be asked and its answer be known.")
        one_of(where, "at_least", lift.at_least, [band.value for band in rule.bands])
        for key in lift.any_of:
            one_of(where, lift.question, key, form[lift.question].keys)


def _counts(where: str, each: Count, question: Question) -> None:
    if (each.points is None) != (question.type is Type.NUMBER):
        raise Unreadable(f"{where}: {question.key}: points go with a question of one choice, none with a number.")
    if each.points is not None and {*each.points, NOT_KNOWN} != {*question.keys, NOT_KNOWN}:
        raise Unreadable(f"{where}: {question.key}: points must be given for {listed(list(question.keys))}.")
