"""The factors of one child as pages show them."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from waypost.casework.assessments.models import (
    Factor,
)
from waypost.casework.assessments.questions import (
    ROWS,
    Type,
)
from waypost.casework.assessments.standing import (
    factor_words,
)
from waypost.kernel.refusal import NotFound
from waypost.people.record.models import Child


@dataclass(frozen=True, slots=True)
class FactorLine:
    of: Factor

    @property
    def words(self) -> str:
        return factor_words(self.of)

    @property
    def side(self) -> str:
        return dict(ROWS[Type.FACTORS][2].choices)[self.of.side]


@dataclass(frozen=True, slots=True)
class FactorsOfAChild:
    holding: list[FactorLine] = field(default_factory=list)
    ended: list[FactorLine] = field(default_factory=list)


def factors(child: Child) -> FactorsOfAChild:
    rows = Factor.objects.of(child.person_ids()).current().select_related("by").order_by("side", "-since")
    found = [FactorLine(one) for one in rows]
    return FactorsOfAChild(
        [one for one in found if not one.of.ended_because], [one for one in found if one.of.ended_because]
    )


def factor_of(child: Child, root: UUID) -> Factor:
    found: Factor | None = Factor.objects.of(child.person_ids()).current().filter(root=root).first()
    if found is None:
        raise NotFound
    return found
