"""Periods on bail and on remand, a child's legal status, whether a hearing is ready, and what its result may be. Pure.

The day of a hearing belongs to both: what ends on it and what begins on it. An end is the last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from waypost.casework.court.definitions import kinds, name_of
from waypost.casework.outcomes.clocks import clocks
from waypost.casework.outcomes.rules import Raised
from waypost.kernel.lists import load
from waypost.kernel.words import count, listed
from waypost.kernel.words import day as words

__all__ = [
    "Care",
    "Pack",
    "Remand",
    "Result",
    "Status",
    "Tick",
    "attending",
    "kinds",
    "legal_status",
    "looked_after",
    "name_of",
    "pack",
    "result_tasks",
    "tasks_raised",
    "why_not_hearing",
    "why_not_ready",
    "why_not_remand",
    "why_not_result",
]

Period = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Remand:
    """`kind` is a key of definitions/remands.yaml; `until` the last day, None while it goes on."""

    kind: str
    since: date
    until: date | None = None


def why_not_remand(new: Remand, others: Iterable[Remand], *, today: date) -> str | None:
    if new.since > today:
        return f"{words(new.since)} is still to come. Enter it once the court has decided."
    if new.until and new.until < new.since:
        return "The end is before the start. Correct one of them."
    if new.until and new.until > today:
        return f"{words(new.until)} is still to come. Enter the end once it has ended."
    return _why_not_kind(new) or next((_overlap(other) for other in others if _do_overlap(new, other)), None)


def _why_not_kind(new: Remand) -> str | None:
    kind = kinds()[new.kind]
    if kind.is_open(new.since):
        return None
    if new.since < kind.since:
        return f"There was no {kind.name.lower()} before {words(kind.since)}. Check the day, or choose what it was."
    last = words(kind.until) if kind.until else ""
    return f"There was no {kind.name.lower()} after {last}. Check the day, or choose what it was."


def _overlap(other: Remand) -> str:
    until = f"to {words(other.until)}" if other.until else "and has not ended"
    return f"{name_of(other.kind)} stands from {words(other.since)} {until}. End that first, or correct the days."


def _do_overlap(one: Remand, other: Remand) -> bool:
    """They share more than the day of one hearing."""
    if (one.since, one.until) == (other.since, other.until):
        return True
    return one.since < (other.until or date.max) and other.since < (one.until or date.max)


def looked_after(remands: Iterable[Remand]) -> list[Period]:
    """From when until when the child was looked after by remand, earliest first, joined where they touch."""
    joined: list[Period] = []
    periods = ((each.since, each.until) for each in remands if kinds()[each.kind].looked_after)
    for since, until in sorted(periods, key=lambda period: (period[0], period[1] or date.max)):
        if joined and _touch(joined[-1][1], since):
            joined[-1] = (joined[-1][0], _later(joined[-1][1], until))
        else:
            joined.append((since, until))
    return joined


def _touch(until: date | None, since: date) -> bool:
    return until is None or since <= until + timedelta(days=1)


def _later(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else None


def tasks_raised(kind: str, since: date) -> tuple[Raised, ...]:
    """What falls due with a remand, earliest first."""
    raised = (
        Raised(rule.key, rule.words, since, rule.due(since), rule.for_role, rule.why(since))
        for rule in kinds()[kind].tasks
    )
    return tuple(sorted(raised, key=lambda each: (each.due, each.key)))


# What the court desk says of a child ----------------------------------------------------------------------------------

HERE, COMING, MISSING = "here", "coming", "missing"
NOT_KNOWN = "Care status not known"


@dataclass(frozen=True, slots=True)
class Care:
    """`basis` is a key of the list of care bases."""

    basis: str
    since: date | None = None
    until: date | None = None

    def is_on(self, on: date) -> bool:
        return (self.since is None or self.since <= on) and (self.until is None or self.until >= on)


@dataclass(frozen=True, slots=True)
class Status:
    """`in_care` is None where nobody has said: that is never the same as not being in care."""

    bail: str
    care: str
    in_care: bool | None

    @property
    def sentence(self) -> str:
        return f"{self.bail}. {self.care}."


def legal_status(
    remand: Remand | None,
    conditions: str,
    care: Sequence[Care],
    *,
    remand_care_since: date | None,
    on: date,
    serving: str = "",
) -> Status:
    """`care` is all that is recorded, ended or not; `remand_care_since`: looked after by a remand since then;
    `serving`: the sentence by which the child is in custody."""
    bail = f"In custody: {serving[:1].lower()}{serving[1:]}" if serving and not remand else _bail(remand, conditions)
    now = [one for one in care if one.is_on(on)]
    in_care = [one for one in now if load("care_bases")[one.basis].flag("looked_after")]
    named = listed([load("care_bases").words(one.basis) for one in (in_care or now)])
    if remand_care_since is not None:
        other = f", and {named[:1].lower()}{named[1:]}" if in_care else ""
        return Status(bail, f"In care because of the remand, since {words(remand_care_since)}{other}", True)
    if in_care:
        return Status(bail, f"In care: {named[:1].lower()}{named[1:]}", True)
    if now:
        return Status(bail, f"{named}. Not in care", False)
    ended = max((one.until for one in care if one.until and one.until < on), default=None)
    if ended:
        return Status(bail, f"{NOT_KNOWN}: what was recorded ended on {words(ended)}", None)
    return Status(bail, NOT_KNOWN, None)


def _bail(remand: Remand | None, conditions: str) -> str:
    if remand is None:
        return "No bail or remand is recorded"
    kind, said = kinds()[remand.kind], conditions.strip().rstrip(".")
    ends = f", to {words(remand.until)}" if remand.until else ""
    if kind.looked_after or kind.held:
        return f"{_remanded(kind.name)} since {words(remand.since)}{ends}"
    if remand.kind == "bail":
        return f"On bail{ends}, no conditions"
    name = "On bail" if remand.kind == "bail_conditions" else f"On {kind.name[:1].lower()}{kind.name[1:]}"
    return f"{name}{ends}: {said or 'the conditions are not recorded'}"


def _remanded(name: str) -> str:
    """‘Remanded to youth detention accommodation’"""
    return f"Remanded{name.removeprefix('Remand')}" if name.startswith("Remand ") else name


@dataclass(frozen=True, slots=True)
class Tick:
    """One line beside a knot: here or ready (ok), on the way (next), missing (none)."""

    knot: str
    says: str  # the knot in words
    words: str
    lacks: str = ""  # as the sentence over the list goes on: ‘has no social worker’


KNOTS = {HERE: ("ok", "Here"), COMING: ("next", "On the way"), MISSING: ("none", "Missing")}
NOBODY: Mapping[str, str] = MappingProxyType({})
LACKS = {
    "child": "is missing",
    "carer": "has no carer coming",
    "solicitor": "has no solicitor",
    "social_worker": "has no social worker",
    "interpreter": "has no interpreter",
}


def attending(
    attends: Mapping[str, str], *, in_care: bool | None, needs_interpreter: bool, words: Mapping[str, str] = NOBODY
) -> list[Tick]:
    """Whoever should be there, and whoever somebody spoke of; whom nobody spoke of is not taken to be coming.

    `words`: who each of them is, and in what role they come.
    """
    expected = {"child", "carer", "solicitor"}
    expected |= {"social_worker"} if in_care is not False else set()
    expected |= {"interpreter"} if needs_interpreter else set()
    found = []
    for code in load("attends_court"):
        said, named = attends.get(code.key), words.get(code.key, "")
        who = f"{code.words}: {named}" if named else code.words
        if said in KNOTS:
            knot, says = KNOTS[said]
            found.append(Tick(knot, says, who, LACKS.get(code.key, "") if said == MISSING else ""))
        elif code.key in expected or named:
            found.append(Tick("none", "Missing", f"{who}: nobody has said" if not named else f"{who}; nobody has said"))
    return found


@dataclass(frozen=True, slots=True)
class Pack:
    """What is held that the court may ask for; a day is that of the newest of its kind."""

    outcomes: int
    care_plan: date | None = None
    placement: str = ""
    report: date | None = None
    reads_care: bool = True
    reads_documents: bool = True


REPORT_HOLDS = timedelta(days=92)  # an older report was written for another hearing


def pack(held: Pack, *, purpose: str, status: Status, on: date) -> list[Tick]:
    history = f"History: {count(held.outcomes, 'outcome')} before" if held.outcomes else "History: none before"
    return [_ready(history), *_care_pack(held, status), *_report(held, purpose, on)]


def _care_pack(held: Pack, status: Status) -> list[Tick]:
    if not held.reads_care:
        return [_lacking("Care: not open to you", "")]
    if status.in_care is None:
        return [_lacking("Care plan and placement: care status not known", "has a care status that nobody knows")]
    if not status.in_care:
        return [_ready("Care plan and placement: not in care")]
    placed = _ready(f"Placement: {held.placement}") if held.placement else _lacking("Placement", "has no placement")
    if not held.reads_documents:
        return [_lacking("Care plan: documents are not open to you", ""), placed]
    if held.care_plan:
        return [_ready(f"Care plan, {words(held.care_plan)}"), placed]
    return [_lacking("Care plan", "has no care plan"), placed]


def _report(held: Pack, purpose: str, on: date) -> list[Tick]:
    asked = load("hearing_purposes")[purpose].flag("report") if purpose in load("hearing_purposes") else False
    if not held.reads_documents:
        return [_lacking("Report or proposal: documents are not open to you", "")] if asked else []
    if held.report and on - held.report <= REPORT_HOLDS:
        return [_ready(f"Report or proposal, {words(held.report)}")]
    if not asked:
        return []
    old = f": the last is of {words(held.report)}" if held.report else ""
    return [_lacking(f"Report or proposal{old}", "has no report or proposal")]


def _ready(said: str) -> Tick:
    return Tick("ok", "Ready", said)


def _lacking(said: str, lacks: str) -> Tick:
    return Tick("none", "Missing", said, lacks)


def why_not_ready(who: Sequence[Tick], held: Sequence[Tick]) -> str | None:
    """As a sentence goes on after a name; None: as far as is known, it can be called."""
    lacks = [one.lacks for one in who if one.lacks]
    if who and all(one.lacks == "" and one.knot == "none" for one in who):
        lacks = ["has nobody of whom it was said that they come"]
    lacks += [one.lacks for one in held if one.lacks]
    has = [each.removeprefix("has ") for each in lacks if each.startswith("has ")]
    rest = [each for each in lacks if not each.startswith("has ")]
    return " and ".join([*rest, *([f"has {listed(has)}"] if has else [])]) or None


# A hearing and its result ---------------------------------------------------------------------------------------------

SENTENCED, PUT_OFF, BAIL, REMAND, LATER = "sentenced", "put_off", "bail", "remand", "later"
OPEN = ("", LATER)  # what may be followed by a result
PROPOSED = {SENTENCED, BAIL, REMAND}  # of these it is said whether it is what we proposed
ENDS_REMAND = {SENTENCED, "ended"}  # with these bail or remand may end


@dataclass(frozen=True, slots=True)
class Result:
    """What the court did: keys of the lists of results, of answers about the proposal, of safety; of a remand."""

    result: str
    less_safe: str
    proposed: str = ""
    has_outcome: bool = False
    remand: str = ""
    conditions: str = ""
    next_day: date | None = None
    report: bool = False  # the court asked for one


def why_not_hearing(said: Mapping[str, Any], today: date) -> str | None:
    if not said["since"]:
        return "Give the day."
    if said.get("result") and said["since"] > today:
        return f"{words(said['since'])} is still to come. Enter the result once the court has sat."
    return None


def why_not_call(*, on: date, today: date, heard: bool) -> str | None:
    """When a case may be said to be before the bench now."""
    if on != today:
        return "Only a case of today’s list is before the bench now."
    return "It has been heard already. Read the result." if heard else None


def why_not_end_remand(said: Result, *, runs: bool, ends: bool | None) -> str | None:
    """A court that sentences on one matter may leave bail on another, so nobody is answered for."""
    if runs and ends is None and said.result in ENDS_REMAND and not said.remand:
        return "Say whether the bail or remand that runs now ends with this."
    return None


def why_not_result(said: Result, *, heard: date, today: date, before: str) -> str | None:
    """`before`: the result that is in the record already; one that was to come later may still be given."""
    if before not in OPEN:
        return "Somebody has recorded the result of this hearing already. Read it, and correct it there."
    if not said.result:
        return "Say what the court did."
    if before and said.result == LATER:
        return "It is in the record already that the result comes later. Say what the court did."
    if not said.less_safe:
        return "Say whether anyone is less safe than an hour ago. Nobody can answer that for you."
    return (
        why_not_hearing({"since": heard, "result": said.result}, today)
        or _why_not_done(said)
        or _why_not_next(said, heard)
        or ("Say whether that is what we proposed." if said.result in PROPOSED and not said.proposed else None)
    )


def _why_not_done(said: Result) -> str | None:
    if said.result == SENTENCED and not said.has_outcome:
        return "Say what the court gave, or choose ‘Heard, result later’."
    if said.has_outcome and said.result != SENTENCED:
        return "An outcome is given where the court sentences. Choose ‘Sentenced’, or take the outcome out."
    if said.result in (BAIL, REMAND) and not said.remand:
        return "Say what kind of bail or remand."
    if not said.remand:
        return None
    kind = kinds()[said.remand]
    is_bail = not (kind.looked_after or kind.held)
    if said.result == BAIL and not is_bail:
        return f"{kind.name} is a remand. Choose ‘Remand’, or another kind."
    if said.result == REMAND and is_bail:
        return f"{kind.name} is bail. Choose ‘Bail’, or another kind."
    if is_bail and kind.key != "bail" and not said.conditions.strip():
        return "Say the conditions, as the bench said them."
    return None


def _why_not_next(said: Result, heard: date) -> str | None:
    if said.result == PUT_OFF and said.next_day is None:
        return "Give the day to which it was put off."
    if said.next_day and said.next_day <= heard:
        return f"The next hearing is after this one of {words(heard)}. Give a later day."
    return None


def result_tasks(said: Result, heard: date) -> tuple[Raised, ...]:
    """What falls due with the result itself, earliest first; an outcome and a remand bring their own."""
    keys = [("tell_next_date", said.next_day is not None), ("pre_sentence_report", said.report)]
    raised = []
    for rule in (clocks()[key] for key, does in keys if does):
        due = rule.due(heard)
        if rule.key == "pre_sentence_report" and said.next_day:
            due = max(heard, min(due, said.next_day - timedelta(days=1)))
        raised.append(Raised(rule.key, rule.words, heard, due, rule.for_role, rule.why(heard)))
    return tuple(sorted(raised, key=lambda each: (each.due, each.key)))
