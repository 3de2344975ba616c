"""What every stored field is: whom it is about, who may be told, how long it is kept, what a removal does to it. Pure.

`definitions/fields.yaml` says it once for each field. Removal, subject access, the logs and docs/fields.md read it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from waypost.kernel.lists import load as load_list

FILE = Path(__file__).resolve().parents[1] / "definitions" / "fields.yaml"
PEOPLE = ("child", "carer", "victim", "person")  # whom a record is about; `person` is any of them
SUBJECTS = (*PEOPLE, "worker", "none")
NATURES = ("fact", "opinion", "words", "key", "file")
REMOVALS = ("keep", "empty", "delete_row")
IN, NOBODY = "in", "none"
CLASSED = ("subject", "disclosure", "nature", "retention", "subject_access", "removal", "encrypted")
OF_A_MODEL = ("like", "library", "about", "words", *CLASSED, "fields", "every")


class UnreadableClasses(ValueError):
    """A class that cannot be used as it is written: the field and what was expected."""


@dataclass(frozen=True, slots=True)
class FieldClass:
    """`disclosure` is a key of that list or none; `subject_access` is `in`, or a key of the reasons for withholding."""

    model: str
    name: str
    subject: str
    disclosure: str
    nature: str
    retention: str
    subject_access: str
    removal: str
    encrypted: bool = False

    @property
    def is_of_people(self) -> bool:
        return self.subject in PEOPLE

    @property
    def is_in(self) -> bool:
        return self.subject_access == IN


@dataclass(frozen=True, slots=True)
class ModelClass:
    """`about` are the ways from a row to the person it is about; none: its rows are about nobody's record."""

    label: str
    fields: Mapping[str, FieldClass]
    every: FieldClass | None  # of a library's model: what each of its fields is
    library: str  # why a library's model is there
    about: tuple[str, ...]
    words: str  # what one of its rows is called

    def field(self, name: str) -> FieldClass | None:
        return self.fields.get(name) or self.every

    def that(self, removal: str) -> list[str]:
        """Names of the fields to which a removal does this."""
        return [one.name for one in self.fields.values() if one.removal == removal]

    @property
    def rows_go(self) -> bool:
        """Whether a removal deletes the rows, which say nothing once they are empty."""
        return bool(self.that("delete_row"))


@cache
def load(path: Path = FILE) -> dict[str, ModelClass]:
    """Every model by its label, as `people.name`; UnreadableClasses at the first word that is none of ours."""
    whole = yaml.safe_load(path.read_text(encoding="utf-8"))
    shared = whole.pop("shared", {})
    return {label: _model(label, given or {}, shared) for label, given in whole.items()}


def about_people() -> Iterator[ModelClass]:
    """Models whose rows are about a person's record."""
    return (model for model in load().values() if model.about)


def names_of_words() -> frozenset[str]:
    """What the columns are called in which something about a person stands: no log may have a value of that name."""
    return frozenset(
        one.name
        for model in load().values()
        for one in model.fields.values()
        if one.is_of_people and one.removal != "keep"
    )


def problems(model: ModelClass) -> Iterator[str]:
    """Contradictions between what is said of one field and another thing said of it."""
    for one in (*model.fields.values(), *([model.every] if model.every else [])):
        where = f"{one.model}.{one.name}"
        if one.is_of_people and one.nature in ("words", "file") and one.removal == "keep":
            yield f"{where}: somebody’s words or file that a removal would keep"
        if one.is_of_people and one.nature == "opinion" and one.removal == "keep":
            yield f"{where}: an opinion of somebody that a removal would keep"
        if one.is_of_people != (one.disclosure != NOBODY):
            yield f"{where}: a disclosure class is for what is about a person, and for all of it"
        if one.is_of_people and not (model.about or model.library or model.label in REACHED_OTHERWISE):
            yield f"{where}: is about a person, and nothing says how its row leads to them"
    if model.rows_go and model.that("empty"):
        yield f"{model.label}: a row cannot both go and be emptied"


REACHED_OTHERWISE = {"files.storedfile", "files.filechunk"}  # by the document that holds the file


def _model(label: str, given: Mapping[str, Any], shared: Mapping[str, Any]) -> ModelClass:
    if unknown := set(given) - set(OF_A_MODEL):
        raise UnreadableClasses(f"{label}: {', '.join(sorted(unknown))} is not known here")
    base: dict[str, Any] = dict(shared[given["like"]]) if "like" in given else {}
    unset = {"subject_access": IN, "encrypted": False, "removal": "keep", "disclosure": NOBODY}
    defaults = unset | {name: value for name, value in {**base, **given}.items() if name in CLASSED}
    named = {**_by_name(label, base.get("fields", {})), **_by_name(label, given.get("fields", {}))}
    every = given.get("every")
    about = given.get("about", base.get("about", ""))
    return ModelClass(
        label,
        {name: _field(label, name, _said(defaults, said)) for name, said in named.items()},
        _field(label, "every field", _said(defaults, every)) if every else None,
        str(given.get("library", "")),
        tuple(about.split()),
        str(given.get("words", "")),
    )


def _by_name(label: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Several names before one colon are classed alike."""
    found: dict[str, Any] = {}
    for names, said in fields.items():
        for name in names.split():
            if name in found:
                raise UnreadableClasses(f"{label}.{name} is classed twice")
            found[name] = said
    return found


def _said(defaults: Mapping[str, Any], said: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is said of the model holds for its fields; what is about nobody’s record has no disclosure class."""
    whole = {**defaults, **(said or {})}
    if whole.get("subject") not in PEOPLE and "disclosure" not in (said or {}):
        whole["disclosure"] = NOBODY
    return whole


def _field(model: str, name: str, said: Mapping[str, Any]) -> FieldClass:
    where = f"{model}.{name}"
    if unknown := set(said) - set(CLASSED):
        raise UnreadableClasses(f"{where}: {', '.join(sorted(unknown))} is not known here")
    if missing := [one for one in CLASSED if one not in said]:
        raise UnreadableClasses(f"{where}: {', '.join(missing)} must be said")
    reasons, classes, kept = (load_list(one) for one in ("withheld_reasons", "disclosure_classes", "retention_classes"))
    known: dict[str, tuple[bool, str]] = {
        "subject": (said["subject"] in SUBJECTS, ", ".join(SUBJECTS)),
        "disclosure": (said["disclosure"] == NOBODY or said["disclosure"] in classes, "a disclosure class or none"),
        "nature": (said["nature"] in NATURES, ", ".join(NATURES)),
        "retention": (said["retention"] in kept, "a retention class"),
        "subject_access": (said["subject_access"] == IN or said["subject_access"] in reasons, "in, or why withheld"),
        "removal": (said["removal"] in REMOVALS, ", ".join(REMOVALS)),
        "encrypted": (isinstance(said["encrypted"], bool), "true or false"),
    }
    for what, (fits, expected) in known.items():
        if not fits:
            raise UnreadableClasses(f"{where}: {what} {said[what]!r} must be {expected}")
    return FieldClass(model, name, **said)
