"""Assessment forms as files, `definitions/assessments/<key>/<version>.yaml`, read strictly. Pure.

What a form or a section says of `who`, `disclosure` and `asked_at` holds for its questions, unless one says otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from waypost.casework.assessments.questions import (
    CARER,
    CHILD,
    DRAFT,
    LIST_OF_TYPE,
    LISTS_FED,
    MAY_BE_INDICATED,
    PRACTITIONER,
    PUBLISHED,
    ROWS,
    WITH_CHOICES,
    Choice,
    Condition,
    Form,
    Judgement,
    Question,
    Section,
    Stage,
    Type,
)
from waypost.casework.marks import MARKS
from waypost.casework.outcomes.definitions import Family
from waypost.kernel.definition_files import FOLDER, KEY, Unreadable, fields, in_order, one_of, whole
from waypost.kernel.lists import load as list_of
from waypost.kernel.lists import names as names_of_lists
from waypost.kernel.words import day as day_words
from waypost.kernel.words import listed

ASSESSMENTS = FOLDER / "assessments"
FROZEN = ASSESSMENTS / "frozen.yaml"
NOT_FROZEN = frozenset(
    {"checked", "next_review", "until", "welsh_checked"}
)  # may change without changing what is asked
NEEDED: dict[str, type] = {
    "name": str,
    "about": str,
    "status": str,
    "source": str,
    "mark": str,
    "since": date,
    "checked": date,
    "next_review": date,
    "who": list,
    "disclosure": str,
    "stages": list,
    "sections": list,
}
OPTIONAL: dict[str, type] = {
    "until": date,
    "name_for_child": str,
    "name_for_child_cy": str,
    "welsh_checked": bool,
    "families": list,
    "beside_document": bool,
}
STAGE: dict[str, type] = {"key": str, "words": str}
SECTION: dict[str, type] = {"key": str, "title": str, "questions": list}
SECTION_OPTIONAL: dict[str, type] = {
    "cy": str,
    "guidance": str,
    "guidance_cy": str,
    "who": list,
    "disclosure": str,
    "asked_at": list,
    "applies": list,
}
QUESTION: dict[str, type] = {"key": str, "words": str, "type": str}
QUESTION_OPTIONAL: dict[str, type] = {
    **dict.fromkeys(("cy", "guidance", "guidance_cy", "disclosure", "list", "judges", "picture", "national"), str),
    **dict.fromkeys(("who", "asked_at", "needed_at", "choices", "applies", "feeds", "at_once", "was"), list),
    **dict.fromkeys(("least", "most"), int),
}
CHOICE: dict[str, type] = {"key": str, "words": str}
CHOICE_OPTIONAL: dict[str, type] = {"cy": str, "picture": str, "needs_words": bool}
CONDITION: dict[str, type] = {"question": str, "is": list}


@cache
def load() -> Mapping[str, tuple[Form, ...]]:
    """Every version there ever was, drafts too, the first one first, by the key of the form."""
    return MappingProxyType({path.name: versions(path) for path in sorted(ASSESSMENTS.iterdir()) if path.is_dir()})


def version(key: str, number: int) -> Form:
    """One version by its number, for as long as any answer pins it; KeyError where there is none."""
    for form in load()[key]:
        if form.number == number:
            return form
    raise KeyError(f"version {number} of the form {key}")


def latest(key: str, *, on: date) -> Form | None:
    """The published version in which an assessment of that day is made; None where there is none."""
    return next((form for form in reversed(load()[key]) if why_not_begin(form, on=on) is None), None)


def in_use(day: date) -> tuple[Form, ...]:
    """Every form in which an assessment of that day may be made, each in its latest version."""
    found = (latest(key, on=day) for key in load())
    return tuple(form for form in found if form)


def meant_for(family: Family, *, on: date) -> tuple[Form, ...]:
    """The forms meant for an outcome of that family; those that repeat a document are filed and not begun."""
    return tuple(form for form in in_use(on) if family in form.families and not form.beside_document)


def why_not_begin(form: Form, *, on: date) -> str | None:
    """Why no assessment of that day may be made in this version."""
    if form.status == DRAFT:
        return f"{form.name}, version {form.number}, is a draft. It can be read, and answered once it is published."
    if on < form.since:
        return f"{form.name}, version {form.number}, is used from {day_words(form.since)}."
    if not form.holds(on):
        return f"{form.name}, version {form.number}, was used until {day_words(form.until or on)}. Take a later one."
    return None


def frozen() -> Mapping[str, str]:
    """The digest of each published version and of each rule, as `full/1`."""
    given: Mapping[str, Any] = whole(FROZEN, expected=["about", "digests"])
    return fields(FROZEN.name, given, {"about": str, "digests": dict}, {})["digests"]


def why_not_frozen(name: str, digest: str, kept: Mapping[str, str]) -> str | None:
    """Why what is published is not what was published; the answers pinned to it would change their meaning."""
    if name not in kept:
        return f"{name} is published and not in frozen.yaml. Add {name}: {digest}"
    if kept[name] != digest:
        return f"{name} was published and has been changed. Take the change back and make a new version of it."
    return None


def digest_of(given: Mapping[str, Any]) -> str:
    """Of all that is asked and how, whatever the order of names in the file and the day of its next review."""
    kept = {name: said for name, said in given.items() if name not in NOT_FROZEN}
    return sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def versions(folder: Path) -> tuple[Form, ...]:
    """Every version in a folder; Unreadable where one is missing or names what no earlier one has."""
    forms = sorted((read(path) for path in folder.glob("*.yaml")), key=lambda form: form.number)
    if [form.number for form in forms] != list(range(1, len(forms) + 1)) or not forms:
        raise Unreadable(f"{folder.name}: its files must be 1.yaml, 2.yaml and so on, with none left out.")
    earlier: dict[str, set[str]] = {}  # each question asked before, with all it was called
    for form in forms:
        for question in form:
            _check_was(f"{folder.name}/{form.number}.yaml: {question.key}", question, earlier)
        for question in form:
            earlier.setdefault(question.key, set()).update(question.was)
    return tuple(forms)


def _check_was(where: str, question: Question, earlier: Mapping[str, set[str]]) -> None:
    """Whatever it was ever called is said, so that answers of any earlier version find it."""
    if unknown := set(question.was) - set(earlier):
        raise Unreadable(f"{where}: was: no earlier version asks {listed(sorted(unknown))}.")
    before = {key for name in (question.key, *question.was) for key in earlier.get(name, ())}
    if untold := before - {question.key, *question.was}:
        raise Unreadable(f"{where}: was: must name {listed(sorted(untold))} too, which it was before.")


def read(path: Path) -> Form:
    """The form in a file; Unreadable with the file and the key where it is not as it should be."""
    where = f"{path.parent.name}/{path.name}"
    if not KEY.fullmatch(path.parent.name) or not path.stem.isdecimal():
        raise Unreadable(f"{where}: must lie in a folder named by its key and be named by its number, as full/1.yaml.")
    return form_of(path.parent.name, int(path.stem), whole(path, expected=NEEDED))


def form_of(key: str, number: int, raw: Mapping[str, Any]) -> Form:
    """The form that a file of that key and number says."""
    where = f"{key}/{number}.yaml"
    given = fields(where, raw, NEEDED, OPTIONAL)
    one_of(where, "status", given["status"], (PUBLISHED, DRAFT))
    one_of(where, "mark", given["mark"], MARKS)
    in_order(where, given["since"], given.get("until"))
    if given["next_review"] <= given["checked"]:
        raise Unreadable(f"{where}: next_review {given['next_review']} is not after checked {given['checked']}.")
    families = _of(where, "families", given.pop("families", []), [str(family) for family in Family])
    stages = tuple(_stage(f"{where}: stage {n}", each) for n, each in enumerate(given.pop("stages"), start=1))
    keys = [stage.key for stage in stages]
    _once(where, keys)
    said = {"who": given.pop("who"), "disclosure": given.pop("disclosure"), "asked_at": keys}
    sections = _sections(where, given.pop("sections"), said)
    form = Form(
        key=key,
        number=number,
        digest=digest_of(raw),
        families=families,
        stages=stages,
        sections=sections,
        **given,
    )
    _makes_sense(where, form)
    return form


def _stage(where: str, given: Any) -> Stage:
    stage = Stage(**fields(where, given, STAGE, {"cy": str}))
    _key(where, stage.key)
    return stage


def _sections(where: str, given: Sequence[Any], said: Mapping[str, Any]) -> tuple[Section, ...]:
    sections: list[Section] = []
    before: dict[str, Question] = {}
    for number, each in enumerate(given, start=1):
        section = _section(f"{where}: section {number}", each, said, before)
        before |= {question.key: question for question in section.questions}
        sections.append(section)
    _once(where, [section.key for section in sections])
    _once(where, [question.key for section in sections for question in section.questions])
    return tuple(sections)


def _section(where: str, given: Any, said: Mapping[str, Any], before: Mapping[str, Question]) -> Section:
    found = fields(where, given, SECTION, SECTION_OPTIONAL)
    where = f"{where}, {found['key']}"
    _key(where, found["key"])
    said = {name: found.pop(name, otherwise) for name, otherwise in said.items()}
    applies = _conditions(where, found.pop("applies", []), before)
    known = dict(before)
    questions = []
    for number, each in enumerate(found.pop("questions"), start=1):
        question = _question(f"{where}: question {number}", each, said, known)
        known[question.key] = question
        questions.append(question)
    section = Section(questions=tuple(questions), applies=applies, **found)
    if any(question.is_for_family for question in questions):
        _both(where, section.title, section.cy)
        _both(where, section.guidance, section.guidance_cy)
    return section


def _question(where: str, given: Any, said: Mapping[str, Any], before: Mapping[str, Question]) -> Question:
    found = {**said, **fields(where, given, QUESTION, QUESTION_OPTIONAL)}
    where = f"{where}, {found['key']}"
    _key(where, found["key"])
    type = Type(one_of(where, "type", found.pop("type"), list(Type)))
    stages = found.pop("asked_at")
    judges = found.pop("judges", None)
    question = Question(
        type=type,
        who=_of(where, "who", found.pop("who"), _who_may_answer()),
        asked_at=_of(where, "asked_at", stages, said["asked_at"]),
        needed_at=_of(where, "needed_at", found.pop("needed_at", []), stages),
        choices=tuple(
            _choice(f"{where}: choice {n}", each) for n, each in enumerate(found.pop("choices", []), start=1)
        ),
        list=found.pop("list", LIST_OF_TYPE.get(type, "")),
        applies=_conditions(where, found.pop("applies", []), before),
        feeds=tuple(_feeds(where, each) for each in found.pop("feeds", [])),
        judges=Judgement(one_of(where, "judges", judges, list(Judgement))) if judges else None,
        was=tuple(found.pop("was", [])),
        at_once=tuple(found.pop("at_once", [])),
        **found,
    )
    _question_makes_sense(where, question)
    return question


def _choice(where: str, given: Any) -> Choice:
    choice = Choice(**fields(where, given, CHOICE, CHOICE_OPTIONAL))
    _key(where, choice.key)
    return choice


def _conditions(where: str, given: Iterable[Any], before: Mapping[str, Question]) -> tuple[Condition, ...]:
    found = []
    for number, each in enumerate(given, start=1):
        here = f"{where}: applies {number}"
        said = fields(here, each, CONDITION, {})
        if said["question"] not in before:
            raise Unreadable(f"{here}: no earlier question is called {said['question']}.")
        question = before[said["question"]]
        if question.type not in WITH_CHOICES:
            raise Unreadable(f"{here}: {question.key} must be a question with choices, and is {question.type}.")
        found.append(Condition(question.key, _of(here, "is", said["is"], question.keys)))
    return tuple(found)


def _feeds(where: str, given: Any) -> str:
    target, _, key = str(given).partition(":")
    if not key:
        one_of(where, "feeds", target, [*(str(judgement) for judgement in MAY_BE_INDICATED), *LISTS_FED])
        if target in LISTS_FED:
            raise Unreadable(f"{where}: feeds {target} must be followed by a key, as factor:home.")
        return target
    one_of(where, "feeds", target, LISTS_FED)
    return f"{target}:{one_of(where, f'feeds {target}', key, [code.key for code in list_of(LISTS_FED[target])])}"


def _question_makes_sense(where: str, question: Question) -> None:
    one_of(where, "disclosure", question.disclosure, [code.key for code in list_of("disclosure_classes")])
    if question.list:
        one_of(where, "list", question.list, names_of_lists())
    if (question.type in WITH_CHOICES) != bool(question.list or question.choices):
        raise Unreadable(f"{where}: choices, or a list of them, go together with {listed(list(WITH_CHOICES), 'or')}.")
    if question.list and question.choices:
        raise Unreadable(f"{where}: choices or list must be given, not both.")
    _once(where, [choice.key for choice in question.choices])
    if question.type is Type.PICTURES and not all(choice.picture for choice in question.choices):
        raise Unreadable(f"{where}: each choice must have a picture.")
    if question.type is not Type.NUMBER and (question.least, question.most) != (None, None):
        raise Unreadable(f"{where}: least and most are of a number.")
    _of(where, "at_once", question.at_once, question.keys)
    pictures = [question.picture, *(choice.picture for choice in question.choices)]
    _of(where, "picture", [picture for picture in pictures if picture], [code.key for code in list_of("pictures")])
    if question.is_for_family:
        _both(where, question.words, question.cy)
        _both(where, question.guidance, question.guidance_cy)
        for cell in ROWS.get(question.type, ()):
            if not cell.staff_only:
                _both(f"{where}: {cell.name}", cell.words, cell.cy)
        for choice in question.offered:
            _both(f"{where}: {choice.key}", choice.words, choice.cy)


def _makes_sense(where: str, form: Form) -> None:
    if any(question.is_for_family for question in form) and not (form.name_for_child and form.name_for_child_cy):
        raise Unreadable(f"{where}: name_for_child and name_for_child_cy must be given: a child or a carer reads it.")
    judged = [question.judges for question in form if question.judges]
    if len(set(judged)) < len(judged):
        raise Unreadable(f"{where}: judges: one question asks for each judgement.")


def _who_may_answer() -> list[str]:
    return [PRACTITIONER, CHILD, CARER, *(code.key for code in list_of("agencies"))]


def _both(where: str, english: str, welsh: str) -> None:
    """What a child or a carer reads stands in both languages."""
    if bool(english) != bool(welsh):
        raise Unreadable(f"{where}: a child or a carer reads it, so it stands in English and in Welsh: {english!r}.")


def _of(where: str, name: str, given: Iterable[Any], known: Iterable[str]) -> tuple[str, ...]:
    return tuple(one_of(where, name, each, known) for each in given)


def _key(where: str, key: str) -> None:
    if not KEY.fullmatch(key):
        raise Unreadable(f"{where}: key must be small letters, digits and single underscores, and is {key!r}.")


def _once(where: str, keys: Sequence[str]) -> None:
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise Unreadable(f"{where}: {listed(twice)} is given twice; a key has one meaning for good.")
