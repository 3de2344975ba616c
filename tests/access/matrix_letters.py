"""What stands behind the addresses of letters."""

from __future__ import annotations

from tests.access.matrix_casework import who_writes
from tests.access.matrix_children import child
from tests.access.matrix_world import Asked, World, behind
from tests.casework import letters
from waypost.access.models import Staff


@behind("letter_write")
def letter_written(world: World, asker: Staff, state: str) -> Asked:
    found, by = child(world, asker, state), who_writes(world, state)
    return Asked({"pk": found.pk}, letters.posted(found, by))


@behind("letter")
def letter_sent(world: World, asker: Staff, state: str) -> Asked:
    found, by = child(world, asker, state), who_writes(world, state)
    made = letters.made(found, by)
    return Asked({"pk": found.pk, "letter": made.pk})
