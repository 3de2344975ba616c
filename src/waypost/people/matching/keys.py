"""The keys by which a name is found: kept when it is written, forgotten when it is corrected or removed."""

from __future__ import annotations

from waypost.people.matching.models import NameKey
from waypost.people.matching.names import parts, sounds
from waypost.people.record.who import Name


def keep(name: Name) -> None:
    NameKey.objects.bulk_create(
        NameKey(name=name, person_id=name.person_id, part=part[:100], sound=sound[:40])
        for part in dict.fromkeys(parts(str(name)))
        for sound in sorted(sounds(part)) or [""]
    )


def forget(name: Name) -> None:
    name.keys.all().delete()
