"""What can be read of another system's record, and which of it must be there. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from waypost.casework.offences import definitions as offences
from waypost.casework.outcomes import definitions as outcomes
from waypost.kernel.lists import load

CAME = ("came", "late", "missed", "missed_with_reason", "missed_without_reason", "cancelled", "to_come")
YES = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Field:
    """`of` is text, name, day, moment, number, worker or code; a code has a list of ours, by name."""

    of: str
    codes: str = ""
    longest: int = 200  # characters

    @property
    def columns(self) -> int:
        """How many columns may hold it: a moment, a day and a time; a number of theirs, as many as make it one."""
        return {"moment": 2, "key": 4}.get(self.of, 1)


@dataclass(frozen=True, slots=True)
class Kind:
    """`needed`: of each group one at least."""

    key: str
    words: str
    fields: Mapping[str, Field]
    needed: tuple[tuple[str, ...], ...]


DAY, TEXT, KEY = Field("day"), Field("text"), Field("key", longest=100)
LINE = Field("text", longest=100)

KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "child",
            "a child",
            {
                "name": Field("name"),
                "given": LINE,
                "family": LINE,
                "known_as": LINE,
                "born": DAY,
                "sex": Field("code", "sexes"),
                "ethnicity": Field("code", "ethnicities"),
            },
            (("name", "family", "given"), ("born",)),
        ),
        Kind("worker", "who holds the child", {"who": Field("worker")}, (("who",),)),
        Kind(
            "case",
            "a case",
            {
                "key": KEY,
                "why": Field("code", "case_kinds"),
                "since": DAY,
                "until": DAY,
                "ended_because": Field("code", "closing_reasons"),
            },
            (("key",), ("why",), ("since",)),
        ),
        Kind(
            "offence",
            "an offence",
            {
                "key": KEY,
                "order": KEY,
                "type": Field("code", "offences"),
                "day": DAY,
                "until": DAY,
                "local": LINE,
                "place": TEXT,
                "reference": Field("text", longest=60),
            },
            (("key",), ("type",), ("day",)),
        ),
        Kind(
            "order",
            "an order",
            {
                "key": KEY,
                "type": Field("code", "outcomes"),
                "made": DAY,
                "length": Field("number"),
                "extended": Field("number"),
                "given_by": LINE,
                "local": LINE,
                "convicted": DAY,
                "persistent": Field("code", "yes"),
                "contract_signed": DAY,
                "released": DAY,
                "ended": DAY,
                "ended_because": Field("code", "outcome_endings"),
            },
            (("key",), ("type",), ("made",)),
        ),
        Kind(
            "contact",
            "a contact or an appointment",
            {
                "key": KEY,
                "order": KEY,
                "starts": Field("moment"),
                "minutes": Field("number"),
                "way": Field("code", "contact_ways"),
                "who": Field("code", "contact_whos"),
                "worker": Field("worker"),
                "place": TEXT,
                "purpose": TEXT,
                "came": Field("code", "came"),
                "missed_because": Field("code", "missed_reasons"),
                "cancelled_because": Field("code", "cancelled_reasons"),
                "words": Field("text", longest=20_000),
            },
            (("key",), ("starts",), ("way",)),
        ),
    )
}
WITH_A_NUMBER = tuple(kind.key for kind in KINDS.values() if "key" in kind.fields)  # a file may lead to a child by it
OURS = {"came": CAME, "yes": YES}


def codes_of(field: Field) -> frozenset[str] | None:
    """The keys of the list of ours behind it; None where there is none."""
    if field.of != "code":
        return None
    if field.codes in OURS:
        return frozenset(OURS[field.codes])
    if field.codes == "outcomes":
        return frozenset(outcomes.load())
    if field.codes == "offences":
        return frozenset(offences.load())
    return frozenset(code.key for code in load(field.codes).codes)


def schemes() -> frozenset[str]:
    return frozenset(code.key for code in load("identifier_schemes").codes)


@dataclass(frozen=True, slots=True)
class FieldExplained:
    name: str
    needed: bool
    says: str


@dataclass(frozen=True, slots=True)
class KindExplained:
    key: str
    words: str
    fields: tuple[FieldExplained, ...]


SAYS = {
    "text": "words",
    "name": "a whole name in one column, with its order",
    "day": "a day",
    "moment": "a day and a time, in one column or in two",
    "number": "a whole number",
    "worker": "a worker, by the table of workers or by e-mail",
    "key": "its number there, or the columns that together make it one of its own",
}


def explained() -> tuple[KindExplained, ...]:
    """For whoever writes a mapping: every field, and for each list the words of ours."""
    return tuple(KindExplained(kind.key, kind.words, tuple(_explained(kind))) for kind in KINDS.values())


def _explained(kind: Kind) -> Iterator[FieldExplained]:
    for name, field in kind.fields.items():
        codes = codes_of(field)
        says = f"one of {', '.join(sorted(codes))}" if codes else SAYS[field.of]
        yield FieldExplained(name, (name,) in kind.needed, says)
    if kind.key == "child":
        yield FieldExplained("numbers", False, f"by scheme: {', '.join(sorted(schemes()))}")
