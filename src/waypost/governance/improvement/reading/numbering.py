"""Numbers for recommendations and refs for actions, printed where the plan prints them and never given twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from waypost.governance.improvement.reading.plan import NoPlan, Number
from waypost.governance.improvement.reading.raw import Gathered, RawAction
from waypost.governance.improvement.reading.refs import printed
from waypost.governance.improvement.reading.tables import place

TWICE = 2  # refs given again in another table, with other words: that many make it another plan


class _Unique:
    """Gives each name out once: "1a", then "1a-2"."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self.taken = set(taken)
        self.next: dict[str, int] = {}

    def give(self, wanted: str) -> str:
        name = wanted
        while name in self.taken:
            self.next[wanted] = self.next.get(wanted, 1) + 1
            name = f"{wanted}-{self.next[wanted]}"
        self.taken.add(name)
        return name


def number_recommendations(found: Gathered) -> dict[int, Number]:
    """By `id`: the printed number, "2.1" where areas number afresh, or its place where none is printed."""
    times = Counter(recommendation.number for recommendation in found.recommendations if recommendation.number)
    areas = {id(area): place_ for place_, area in enumerate(found.areas, start=1)}
    names = _Unique()
    numbers: dict[int, Number] = {}
    for recommendation in found.recommendations:
        if number := recommendation.number:
            if times[number] > 1 and recommendation.area is not None:
                number = f"{areas[id(recommendation.area)]}.{number}"
            numbers[id(recommendation)] = _number(names.give(number))
    free = 0
    for place_, recommendation in enumerate(found.recommendations, start=1):
        if not recommendation.number:
            free = max(free + 1, place_)
            while str(free) in names.taken:
                free += 1
            numbers[id(recommendation)] = _number(names.give(str(free)))
    return numbers


def _number(text: str) -> Number:
    return int(text) if text.isdigit() else text


def give_refs(found: Gathered, numbers: dict[int, Number]) -> tuple[list[str], dict[str, str]]:
    """The ref of each action in order, and for each that had to be changed the ref it was printed with.

    NoPlan where two tables give the same refs to other actions: they are two plans.
    """
    wanted = _wanted(found, numbers)
    _refuse_two_plans(found.actions, wanted)
    names = _Unique()
    refs = [names.give(ref) for ref in wanted]
    return refs, {given: ref for given, ref in zip(refs, wanted, strict=True) if given != ref}


def _wanted(found: Gathered, numbers: dict[int, Number]) -> list[str]:
    running = _runs_through(found.actions)
    single = _one_action_each(found)
    areas = {id(area): place_ for place_, area in enumerate(found.areas, start=1)}
    printed_refs = [
        _printed(a, numbers[id(a.recommendation)] if a.recommendation else areas.get(id(a.area)), running=running)
        for a in found.actions
    ]
    names = _Unique(ref for ref in printed_refs if ref is not None)
    places: Counter[int] = Counter()
    refs = []
    for place_, (action, ref) in enumerate(zip(found.actions, printed_refs, strict=True), start=1):
        heading = action.recommendation
        places[id(heading)] += 1
        if ref is not None:
            refs.append(ref)
        elif heading is None:
            refs.append(names.give(str(place_)))
        elif single and heading.number:
            refs.append(str(numbers[id(heading)]))
        else:
            refs.append(names.give(f"{numbers[id(heading)]}.{places[id(heading)]}"))
    return refs


def _printed(action: RawAction, number: Number | None, *, running: bool) -> str | None:
    """The ref as printed; `number` stands before a letter that begins afresh under each heading."""
    ref = action.ref
    if ref is None:
        return None
    if ref.code is not None:
        return ref.code
    if running and ref.number is None and (action.recommendation is None or ref.is_plain_number):
        return ref.letter
    return printed(number if number is not None else ref.number, ref.letter)


def _runs_through(actions: list[RawAction]) -> bool:
    """Whether actions are numbered or lettered once through the whole plan rather than afresh under each heading."""
    alone = [a.ref.letter for a in actions if a.ref and a.ref.letter and not a.ref.number]
    return len(alone) == len(set(alone))


def _one_action_each(found: Gathered) -> bool:
    """Whether the plan is a list whose number stands before each recommendation and its one action."""
    if not found.numbers_apart:
        return False
    headings = Counter(id(action.recommendation) for action in found.actions)
    return all(times == 1 for times in headings.values()) and all(action.ref is None for action in found.actions)


def _refuse_two_plans(actions: list[RawAction], refs: list[str]) -> None:
    first: dict[str, RawAction] = {}
    clashes: dict[int, list[tuple[str, RawAction, RawAction]]] = defaultdict(list)
    for ref, action in zip(refs, actions, strict=True):
        other = first.setdefault(ref, action)
        if other.table != action.table:
            clashes[action.table].append((ref, other, action))
    for twice in clashes.values():
        if len(twice) >= TWICE:
            ref, one, other = twice[0]
            raise NoPlan(
                f"This file holds two plans: {ref} stands at {place(one.wheres[0])} and again at"
                f" {place(other.wheres[0])}; put each in a file of its own."
            )
