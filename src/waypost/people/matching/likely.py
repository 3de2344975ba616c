"""Children who may be the one that is about to be entered, each with its weight and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from waypost.access.models import Staff
from waypost.people.matching import search, weights
from waypost.people.matching.asked import MOST_PARTS, Asked
from waypost.people.matching.names import parts
from waypost.people.matching.weights import Described, Weighed
from waypost.people.record.models import Child
from waypost.people.record.who import Birth, Identifier, Name

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Likely:
    """`restricted`: one of them is closed to whoever asks, and nothing may be entered beside it."""

    found: tuple[tuple[UUID, Weighed], ...] = ()  # the likeliest first
    restricted: bool = False
    ask: float = 0

    @property
    def to_ask(self) -> frozenset[UUID]:
        """Those of whom somebody must say that the child to be entered is another."""
        return frozenset(child for child, weighed in self.found if weighed.weight >= self.ask or _one_number(weighed))

    def unanswered(self, told: Collection[UUID], another: Collection[UUID]) -> bool:
        """Whether one is there of whom nobody was told, or nobody said what must be said."""
        return not ({child for child, _ in self.found} <= {*told, *another} and self.to_ask <= set(another))


def likely(described: Described, *, by: Staff, at: datetime) -> Likely:
    """Six queries, whoever is described: by name, by birth date, by number, then what stands of those found."""
    asked = _asked(described)
    definition = weights.load()
    people = {*search.by_name(asked, by=by, at=at), *_of_days(described), *_of_numbers(described.identifiers)}
    kept = search.kept_of(people)
    findable = set(Child.objects.findable_by(by, at).filter(pk__in=set(kept.values())).values_list("pk", flat=True))
    found: dict[UUID, Weighed] = {}
    for person, other in _described(set(kept), described.identifiers).items():
        child = kept[person]
        weighed = _weighed(described, other, definition)
        is_shown = weighed.weight >= definition.show or _one_number(weighed)
        if child in findable and is_shown and not _is_less(weighed, found.get(child)):
            found[child] = weighed
    best = sorted(found.items(), key=lambda one: (-one[1].weight, str(one[0])))[:MOST_SHOWN]
    return Likely(tuple(best), search.restricted(asked), definition.ask)


def _asked(described: Described) -> Asked:
    """As if all of it had been typed to find them."""
    typed = tuple(dict.fromkeys(part for name in described.names for part in parts(name)))[:MOST_PARTS]
    return Asked(name=" ".join(typed), parts=typed, born=described.born, identifiers=described.identifiers)


def _one_number(weighed: Weighed) -> bool:
    """A number is one person's, whatever else differs."""
    return weighed.levels.get("identifier") == "same"


def _is_less(weighed: Weighed, than: Weighed | None) -> bool:
    return than is not None and weighed.weight < than.weight


def _weighed(one: Described, other: Described, by: weights.Weights) -> Weighed:
    """Two names are compared in full only where that could bring the record to be shown: it takes a millisecond."""
    bare = Described(born=one.born, estimated=one.estimated, identifiers=one.identifiers)
    rest = weights.weigh(bare, other, by)
    same = {tuple(sorted(parts(name))) for name in one.names} & {tuple(sorted(parts(name))) for name in other.names}
    most = max(level.weight for name, level in by.levels["name"].items() if same or name != "same")
    return weights.weigh(one, other, by) if rest.weight + most >= by.show else rest


def _of_days(described: Described) -> Iterable[UUID]:
    """Born on that day, or on the day that it is with day and month swapped."""
    born = described.born
    if born is None:
        return []
    swapped = [date(born.year, born.day, born.month)] if born.day <= 12 else []  # a month
    return Birth.objects.current().filter(born__in=[born, *swapped]).values_list("person", flat=True)


def _of_numbers(pairs: frozenset[tuple[str, str]]) -> Iterable[UUID]:
    found = Identifier.objects.current().filter(
        scheme__in=[scheme for scheme, _ in pairs], value__in=[value for _, value in pairs]
    )
    return [
        person for person, scheme, value in found.values_list("person", "scheme", "value") if (scheme, value) in pairs
    ]


def _described(people: set[UUID], pairs: frozenset[tuple[str, str]]) -> dict[UUID, Described]:
    """What is known of each: names, birth date, and numbers of the same schemes."""
    names: dict[UUID, list[str]] = defaultdict(list)
    for name in Name.objects.current().filter(person__in=people).only("person_id", "given", "family"):
        names[name.person_id].append(str(name))
    births = {
        person: (born, estimated)
        for person, born, estimated in Birth.objects.current()
        .filter(person__in=people)
        .values_list("person", "born", "estimated")
    }
    numbers: dict[UUID, set[tuple[str, str]]] = defaultdict(set)
    schemes = [scheme for scheme, _ in pairs]
    for person, scheme, value in (
        Identifier.objects.current()
        .filter(person__in=people, scheme__in=schemes)
        .values_list("person", "scheme", "value")
    ):
        numbers[person].add((scheme, value))
    return {
        person: Described(
            names=tuple(names[person]),
            born=births.get(person, (None, False))[0],
            estimated=births.get(person, (None, False))[1],
            identifiers=frozenset(numbers[person]),
        )
        for person in people
    }
