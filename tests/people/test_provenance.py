"""No kind of statement is kept without whose knowledge it is, on what basis it may be shared, who may be told and how it is known."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.people.planted import everything
from waypost.people.record.kinds import KINDS
from waypost.people.record.models import Statement
from waypost.people.removal.walls import every_wall_open

pytestmark = pytest.mark.django_db
FROM_WHERE = ("agency", "basis", "disclosure", "how")


def refused(rows: Any, **change: Any) -> bool:
    try:
        with transaction.atomic():
            assert rows.update(**change) == 1
    except IntegrityError as error:
        return "says_where_it_comes_from" in str(error)
    return False


def test_every_kind_says_where_it_comes_from() -> None:
    everything()
    kinds = [model for model in apps.get_models() if issubclass(model, Statement)]
    assert {kind.model for kind in KINDS.values()} == set(kinds)
    with every_wall_open():
        for model in kinds:
            rows: Any = model._default_manager.filter(
                pk=model._default_manager.filter(removed_on__isnull=True).earliest("at").pk
            )
            for column in FROM_WHERE:
                assert refused(rows, **{column: ""}), f"{model.__name__} without {column}"
            assert refused(rows, how="guessed"), model.__name__
            assert not refused(rows, agency="police", basis="consent", how="read"), model.__name__
            assert not refused(rows, removed_on=timezone.localdate(), removed_rule="retention", basis=""), (
                model.__name__
            )
