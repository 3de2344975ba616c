"""Two people who record one result at once: one after the other, and the second is told."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest
from django.db import transaction

from tests.casework.casework import say
from tests.factories import staff
from tests.governance.test_attack_at_once import overlapping
from tests.people.children import as_seen_by, child
from tests.people.test_need_to_know_at_once import deed, seen
from waypost.casework.court import actions
from waypost.casework.court.actions import Decided
from waypost.casework.court.models import Hearing
from waypost.casework.court.rules import Result
from waypost.casework.outcomes.models import Outcome
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import Refused
from waypost.people.record.beside import current

pytestmark = pytest.mark.django_db(transaction=True)
SENTENCED = Decided(
    Result("sentenced", "nobody", proposed="same", has_outcome=True), outcome={"type": "referral_order", "length": 6}
)


@pytest.fixture
def hearing() -> Any:
    """Of a child whose record is open to two managers."""
    one, two = staff("manager"), staff("manager")
    with transaction.atomic():
        as_seen_by(one)
        ellis = child(one)
        return one, two, say(ellis, "hearing", one, clock=time(10, 0))


def test_one_of_two_results_is_kept(hearing: Any) -> None:
    one, two, made = hearing
    first = deed(one, actions.result, made, SENTENCED, once=new_id())
    second = deed(two, actions.result, made, SENTENCED, once=new_id())

    def told() -> Any:
        try:
            return second()
        except Refused as refusal:
            return refusal.reason

    kept, said = overlapping(first, told)
    assert kept.result == "sentenced" and "already" in said
    assert seen(one, Outcome.objects.count) == 1
    assert seen(one, current(Hearing).count) == 1


def test_one_form_sent_twice_at_once_is_one_result(hearing: Any) -> None:
    one, _, made = hearing
    once = new_id()
    both = [deed(one, actions.result, made, SENTENCED, once=once) for _ in range(2)]
    kept, again = overlapping(*both)
    assert kept == again and seen(one, Outcome.objects.count) == 1


def test_who_is_here_said_while_a_result_is_saved_loses_neither(hearing: Any) -> None:
    one, two, made = hearing
    overlapping(
        deed(one, actions.attends, made, {"child": "here"}, once=new_id()),
        deed(two, actions.result, made, SENTENCED, once=new_id()),
    )
    kept = seen(one, current(Hearing).get)
    assert (kept.attends, kept.result) == ({"child": "here"}, "sentenced")
