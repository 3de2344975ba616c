"""Two people at one panel at once: one after the other, and the second is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from tests.casework.panels import held, panel, planned, referral
from tests.factories import staff
from tests.governance.test_attack_at_once import overlapping
from tests.people.children import as_seen_by, child, document
from tests.people.test_need_to_know_at_once import deed, seen
from waypost.access.models import Access
from waypost.casework.referral_panels import actions
from waypost.casework.referral_panels.models import PanelMeeting, PanelResult
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import Refused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two() -> Any:
    """A child whose record is open to two managers, and the child’s referral order."""
    one, other = staff("manager"), staff("manager")
    with transaction.atomic():
        as_seen_by(one)
        aisha = child(one)
        return one, other, aisha, referral(aisha, one)


@pytest.fixture
def arranged(two: Any) -> PanelMeeting:
    one, _, aisha, order = two
    with transaction.atomic():
        return panel(aisha, one, of=order, volunteers=[staff("panel_volunteer")])


def told(do: Any) -> Any:
    """What it gave, or why it was refused."""

    def said() -> Any:
        try:
            return do()
        except Refused as refusal:
            return refusal.reason

    return said


def test_one_of_two_panels_of_a_kind_is_kept(two: Any) -> None:
    one, other, aisha, order = two
    first = deed(one, actions.arrange, aisha, order, "first", planned(7), once=new_id())
    second = deed(other, actions.arrange, aisha, order, "first", planned(8), once=new_id())
    kept, said = overlapping(first, told(second))
    assert isinstance(kept, PanelMeeting) and "A meeting of this kind is arranged" in said
    assert seen(one, PanelMeeting.objects.count) == 1


def test_one_form_sent_twice_at_once_is_one_panel(two: Any) -> None:
    one, _, aisha, order = two
    once, volunteer = new_id(), staff("panel_volunteer")
    both = [
        deed(one, actions.arrange, aisha, order, "first", planned(7, None, [volunteer]), once=once) for _ in range(2)
    ]
    kept, again = overlapping(*both)
    assert kept == again and Access.objects.filter(basis="panel").count() == 1


def test_of_two_changes_the_second_is_told(two: Any, arranged: PanelMeeting) -> None:
    one, other, *_ = two
    given = {"why": "The library is shut.", "revision": arranged.revision}
    first = deed(one, actions.change, arranged, planned(8), **given, once=new_id())
    second = deed(other, actions.change, arranged, planned(9), **given, once=new_id())
    kept, said = overlapping(first, told(second))
    assert "Somebody has changed this meeting" in said
    assert seen(one, PanelMeeting.objects.get).starts == kept.starts


def test_papers_chosen_while_somebody_cancels_stay_closed(two: Any, arranged: PanelMeeting) -> None:
    one, other, aisha, _ = two
    with transaction.atomic():
        as_seen_by(one)
        report = document(aisha, one)
    first = deed(one, actions.cancel, arranged, why="The child is ill.", once=new_id())
    second = deed(other, actions.choose_papers, arranged, [report], revision=arranged.revision)
    _, said = overlapping(first, told(second))
    assert "This meeting was cancelled" in said
    assert not Access.objects.filter(meeting=arranged.pk, until__gt=timezone.now()).exists()


def test_one_of_two_results_is_kept(two: Any, arranged: PanelMeeting) -> None:
    one, other, *_ = two
    with transaction.atomic():
        as_seen_by(one)
        held(arranged)
    given = {"words": "", "instead_of": ""}
    first = deed(one, actions.say_result, arranged, result="adjourned", **given, once=new_id())
    second = deed(other, actions.say_result, arranged, result="back_to_court", **given, once=new_id())
    kept, said = overlapping(first, told(second))
    assert "Somebody has said meanwhile" in said
    assert seen(one, lambda: PanelResult.objects.current().get().result) == kept.result == "adjourned"
