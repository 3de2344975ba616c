"""Every assessment form and rule, printed for somebody who checks it: `docs/assessments.md`. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from waypost.casework.assessments.definitions import load
from waypost.casework.assessments.indicative import IndicativeRule, rules
from waypost.casework.assessments.questions import LISTS_FED, Condition, Form, Question, Section, Type
from waypost.kernel.lists import load as list_of
from waypost.kernel.words import count, day, listed

BEFORE = """# Assessment forms

Drawn from `src/waypost/definitions/assessments/`, for people who know the work, the law or Welsh better than whoever
wrote the forms. What is published never changes; say what is wrong, and a new version is made of it.

Each question has its words, its key, how it is answered, by whom, and who may be told; then what helps whoever answers,
when it is asked, when it is needed and what it feeds. Welsh stands behind a dot. **Risk of serious harm and the child’s
safety are judged by people and never worked out from anything.**""".splitlines()
MARKED = {"law": "It is law.", "public": "It was read in a public source.", "check": "It is to be confirmed."}
TYPES = {
    Type.YES_NO_UNKNOWN: "yes, no or not known",
    Type.CHOICE: "one of these",
    Type.CHOICES: "some of these",
    Type.PICTURES: "one of these, with pictures",
    Type.TEXT: "a line",
    Type.LONG_TEXT: "words",
    Type.NUMBER: "a number",
    Type.DATE: "a day",
    Type.RATING: "low, medium, high or very high",
    Type.LIKELIHOOD: "low, medium or high",
    Type.FACTORS: "rows of factors, for or against, with category, rating and evidence",
    Type.BEHAVIOURS: "rows of what may happen, how likely, how bad, to whom and when",
    Type.ADVERSE_OUTCOMES: "rows of what may happen to the child, how likely and how bad",
    Type.SUBSTANCES: "rows of substances, use and age at first use",
    Type.PLAN: "rows of what, who, with whose help and by when",
}


def document() -> list[str]:
    lines = list(BEFORE)
    for forms in load().values():
        for form in forms:
            lines += _form(form)
    lines += ["", "## What is indicated by rule"]
    for rule in rules().values():
        lines += _rule(rule)
    return lines


def _form(form: Form) -> Iterator[str]:
    yield from ("", f"## {form.name}, version {form.number}", "", form.about, "")
    used = f"from {day(form.since)}" + (f" until {day(form.until)}" if form.until else "")
    checked = "checked" if form.welsh_checked else "not checked"
    yield f"- `{form.key}`, {form.status}, for assessments {used}; {count(len(list(form)), 'question')}"
    if form.families:
        yield f"- for outcomes of these families: {listed([each.replace('_', ' ') for each in form.families])}"
    yield f"- stages: {listed([stage.words for stage in form.stages])}"
    if form.name_for_child:
        yield f"- to the child or carer: {form.name_for_child} · {form.name_for_child_cy} (Welsh {checked})"
    yield f"- {form.source} {MARKED[form.mark]}"
    yield f"- to be looked at again by {day(form.next_review)}"
    for section in form.sections:
        yield from _section(form, section)


def _section(form: Form, section: Section) -> Iterator[str]:
    yield from ("", f"### {section.title}{_welsh(section.cy)}", "")
    if section.guidance:
        yield from (section.guidance + _welsh(section.guidance_cy), "")
    if section.applies:
        yield from (_when(form, section.applies), "")
    for question in section.questions:
        yield from _question(form, question)


def _question(form: Form, question: Question) -> Iterator[str]:
    who = listed([each.replace("_", " ") for each in question.who], "or")
    told = list_of("disclosure_classes").words(question.disclosure).lower()
    how = f"{TYPES[question.type]}; by {who}; told: {told}"
    yield f"- **{question.words}**{_welsh(question.cy)} `{question.key}`: {how}"
    if question.guidance:
        yield f"  - *{question.guidance}*{_welsh(question.guidance_cy)}"
    if question.choices:
        yield f"  - {' · '.join(f'{choice.words}{_welsh(choice.cy)}' for choice in question.choices)}"
    elif question.list and question.type in (Type.CHOICE, Type.CHOICES):
        yield f"  - from the list “{list_of(question.list).title}”"
    yield from (f"  - {each}" for each in _joined(form, question) if each)


def _joined(form: Form, question: Question) -> Iterator[str]:
    words = {stage.key: stage.words.lower() for stage in form.stages}
    if question.applies:
        yield _when(form, question.applies)
    if question.asked_at != form.stage_keys:
        yield f"asked at {listed([words[key] for key in question.asked_at])}"
    if question.needed_at:
        every = question.needed_at == form.stage_keys
        yield f"needed at {'every stage' if every else listed([words[key] for key in question.needed_at])}"
    if question.feeds:
        yield f"feeds {listed([_fed(each) for each in question.feeds])}"
    if question.at_once:
        yield f"somebody is told the same day: {listed(_choices(question, question.at_once), 'or')}"
    if question.judges:
        yield f"a judgement: {question.judges.replace('_', ' ')}"
    if question.national:
        yield f"nationally: {question.national}"


def _when(form: Form, conditions: tuple[Condition, ...]) -> str:
    return "asked when " + listed(
        [
            f"“{form[each.question].words.rstrip('?')}” is {listed(_choices(form[each.question], each.any_of), 'or')}"
            for each in conditions
        ]
    )


def _choices(question: Question, keys: tuple[str, ...]) -> list[str]:
    return [choice.words.lower() for choice in question.offered if choice.key in keys]


def _fed(target: str) -> str:
    name, _, key = target.partition(":")
    return f"{name} “{list_of(LISTS_FED[name]).words(key)}”" if key else name


def _welsh(cy: str) -> str:
    return f" · {cy}" if cy else ""


def _rule(rule: IndicativeRule) -> Iterator[str]:
    yield from ("", f"### {rule.result.capitalize()}, {rule.form}: `{rule.key}`", "", rule.words, "")
    yield f"- {rule.source} {MARKED[rule.mark]}"
    forms = {form.number: form for form in load()[rule.form]}
    form = forms[rule.versions[-1]]
    for each in rule.counts:
        question = form[each.question]
        points = {choice.key: choice.words.lower() for choice in question.offered}
        told = ", ".join(f"{points[key]} {number}" for key, number in (each.points or {}).items())
        yield f"- {question.words}: {told or 'the number itself'}"
    for band in rule.bands:
        yield f"- from {band.least}: {band.value}"
    for lift in rule.lifts:
        asked = form[lift.question]
        said = listed(_choices(asked, lift.any_of), "or")
        yield f"- {asked.words}, when {said}: at least {lift.at_least}. {MARKED[lift.mark]}"
