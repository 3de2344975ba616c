"""The keys by which a name is found: kept when it is written, forgotten when it is corrected or removed."""

from __future__ import annotations

from waypost.people.matching import names
from waypost.people.matching.models import NameKey
from waypost.people.record.who import Name

STARTS_WITH = 3  # letters: fewer are the beginning of too many names
LONGEST = 100  # letters of a part or of a sound that are kept and compared


def keep(name: Name) -> None:
    NameKey.objects.bulk_create(made_of(name))


def forget(name: Name) -> None:
    name.keys.all().delete()


def made_of(name: Name) -> list[NameKey]:
    """A row for each sound of each part, and for each sound of two parts written as one."""
    pairs = [(part, sound) for part in dict.fromkeys(names.parts(str(name))) for sound in _sounds(part)]
    joined = names.keys(str(name)) - {sound for _, sound in pairs}
    return [
        NameKey(
            name=name, person_id=name.person_id, part=part[:LONGEST], sound=sound[:LONGEST], start=part[:STARTS_WITH]
        )
        for part, sound in (*pairs, *(("", sound) for sound in sorted(joined)))
    ]


def _sounds(part: str) -> list[str]:
    return sorted(names.sounds(part)) or [""]
