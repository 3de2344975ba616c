"""Fields that ask for something the definitions of casework know."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from waypost.casework.contacts import expected
from waypost.casework.court import rules as court
from waypost.casework.offences import definitions as offences
from waypost.casework.outcomes import definitions as outcomes
from waypost.casework.outcomes import requirements
from waypost.people.record.fields import Offered


class OutcomeChoice(Offered):
    """An old type may be chosen too: it may have been given years ago, and the rule looks at its day."""

    def offered(self, on: date) -> list[tuple[str, str]]:
        return [(key, one.name) for key, one in outcomes.load().items()]

    def words(self, key: str) -> str:
        return outcomes.load()[key].name if key in outcomes.load() else key


class RequirementChoice(Offered):
    def offered(self, on: date) -> list[tuple[str, str]]:
        return [(key, one.name) for key, one in requirements.load().items()]

    def words(self, key: str) -> str:
        return requirements.load()[key].name if key in requirements.load() else key


class OffenceChoice(Offered):
    """By category; the words by which a worker looks for one stand beside it."""

    def offered(self, on: date) -> list[tuple[str, str]]:
        return [(key, one.words) for key, one in offences.load().items()]

    def words(self, key: str) -> str:
        return offences.load()[key].words if key in offences.load() else key


class RemandChoice(Offered):
    def offered(self, on: date) -> list[tuple[str, str]]:
        return [(key, one.name) for key, one in court.kinds().items()]

    def words(self, key: str) -> str:
        return court.kinds()[key].name if key in court.kinds() else key


class LevelChoice(Offered):
    """How often somebody of that level is seen, where their plan does not say."""

    def offered(self, on: date) -> list[tuple[str, str]]:
        return [(key, one.words) for key, one in expected.load().items()]

    def words(self, key: str) -> str:
        return expected.load()[key].words if key in expected.load() else key


def whole(label: str, most: int, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(**{"label": label, "min_value": 1, "max_value": most, "required": False, **options})
