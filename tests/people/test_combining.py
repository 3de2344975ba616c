"""Two records of one child are combined and parted; parted, they are to everybody what they were."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import staff, team
from tests.people.children import as_seen_by, child, held, said, sealed
from waypost.access import opening
from waypost.access.log_models import Verb
from waypost.access.models import Access, LogEntry, Staff, access_of
from waypost.access.permissions import ROLES
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotAllowed, NotFound, Refused
from waypost.people.matching import combining, rules, side_by_side
from waypost.people.models import Alert, Child, Combined
from waypost.people.need_to_know.reach import reach
from waypost.people.record.kinds import KINDS

pytestmark = pytest.mark.django_db
WHY = "Same mother, same school, same day of birth."


@pytest.fixture
def manager() -> Staff:
    return staff("manager")


def combine(kept: Child, gone: Child, by: Staff) -> Combined:
    as_seen_by(by)
    return combining.combine(kept, gone, by=by, at=timezone.now(), reason=WHY)


def part(gone: Child, by: Staff) -> Combined:
    as_seen_by(by)
    return combining.part(gone, by=by, at=timezone.now(), reason="Two sisters: the school rang.")


def again(of: Child) -> Child:
    return Child.objects.get(pk=of.pk)


def sees(who: Staff, *children: Child) -> dict[Any, Any]:
    """What one person sees of these children: on what basis, and every statement."""
    as_seen_by(who)
    now, found = timezone.now(), {}
    for one in Child.objects.visible_to(who, now).filter(pk__in=[one.pk for one in children]):
        seen = reach(who, one, now)
        kinds = [kind.model for kind in KINDS.values() if kind.section in seen.reads]
        statements = sorted(
            str(pk) for kind in kinds for pk in kind.objects.current().of(one.person_ids()).values_list("pk", flat=True)
        )
        found[one.pk] = (sorted(seen.bases), seen.reads, seen.writes, statements)
    return found


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ({"same": True}, "This is one record"),
        ({"gone_is_gone": True}, "combined with another already"),
        ({"kept_is_gone": True}, "is itself combined with another"),
        ({"one_sealed": True}, "One of these records is sealed"),
        ({}, None),
    ],
)
def test_why_two_records_are_not_combined(what: dict[str, bool], words: str | None) -> None:
    reason = rules.why_not_combine(
        **{"same": False, "kept_is_gone": False, "gone_is_gone": False, "one_sealed": False} | what
    )
    assert (reason is None) if words is None else (words in (reason or ""))


def test_combined_they_are_read_as_one_and_both_names_find_it(manager: Staff) -> None:
    worker, other = staff("practitioner"), staff("practitioner")
    kept = held(worker, entered_by=manager)
    gone = held(other, entered_by=manager, given="Elis", family="Mardin")
    alert = said(gone, "alert", other)
    combine(kept, gone, manager)

    assert again(gone).combined_into == kept
    assert str(alert.pk) in sees(worker, kept)[kept.pk][3]
    assert sees(other, kept, gone).keys() == {kept.pk}, "whoever held the other now opens the one that is kept"
    entry = LogEntry.objects.get(event="child.combined")
    assert (entry.verb, entry.subject, sorted(entry.listed)) == (Verb.COMBINED, kept.pk, sorted([kept.pk, gone.pk]))


@pytest.mark.parametrize("role", sorted(ROLES.keys() - {"manager", "head_of_service", "performance_officer"}))
def test_others_do_not_combine(role: str, manager: Staff) -> None:
    one, two = child(manager), child(manager, given="Elis")
    with pytest.raises(NotAllowed):
        combine(one, two, staff(role))
    combine(one, two, manager)
    with pytest.raises(NotAllowed):
        part(two, staff(role))


def test_a_record_is_not_combined_with_itself_or_twice_or_into_one_that_is_gone(manager: Staff) -> None:
    one, two, three = (child(manager, given=given) for given in ("Ellis", "Elis", "Eliss"))
    with pytest.raises(Refused, match="This is one record"):
        combine(one, one, manager)
    combine(one, two, manager)
    with pytest.raises(Refused, match="combined with another already"):
        combine(three, two, manager)
    with pytest.raises(Refused, match="is itself combined"):
        combine(two, three, manager)
    with pytest.raises(Refused, match="Say how you know"):
        combining.combine(one, three, by=manager, at=timezone.now(), reason=" ")


def test_a_sealed_record_is_combined_by_those_named_with_another_that_is_sealed(manager: Staff) -> None:
    head = staff("head_of_service")
    one, two = child(manager), child(manager, given="Elis")
    sealed(one, head, by=head)
    with pytest.raises(NotFound):
        combine(one, two, manager)
    with pytest.raises(Refused, match="One of these records is sealed"):
        combine(one, two, head)
    sealed(two, head, by=head)
    combine(one, two, head)
    as_seen_by(manager)
    assert not Child.objects.exists()


def test_what_is_combined_into_a_sealed_record_is_closed_with_it(manager: Staff) -> None:
    head = staff("head_of_service")
    one, two = child(manager), child(manager, given="Elis")
    said(two, "alert", manager)
    combine(one, two, manager)
    sealed(one, head, by=head)
    as_seen_by(manager)
    assert [model.objects.count() for model in (Child, Combined)] == [0, 0]
    assert not Alert.objects.exists()
    as_seen_by(head)
    assert Child.objects.count() == 2


def test_what_is_carried_keeps_its_basis_its_sections_and_its_end(manager: Staff) -> None:
    one, two = child(manager), child(manager, given="Elis")
    auditor, cover, soon = staff("auditor"), staff("practitioner"), staff("practitioner")
    now = timezone.now()
    until = now + timedelta(days=9)
    opening.give(auditor, two.pk, Access.Basis.SAMPLED, at=now, until=until, by=manager, sections=["care"])
    opening.give(cover, two.pk, Access.Basis.COVER, at=now, until=until, by=manager)
    opening.give(cover, one.pk, Access.Basis.COVER, at=now, until=until + timedelta(days=1), by=manager)
    opening.give(soon, two.pk, Access.Basis.COVER, at=now + timedelta(days=3), until=until, by=manager)
    combine(one, two, manager)
    rows = Access.objects.filter(child=one.pk)
    assert rows.get(staff=auditor).sections == ["care"]
    assert rows.get(staff=auditor).until == until
    assert rows.filter(staff=cover).count() == 1, "it ran longer already"
    assert rows.get(staff=soon).since == now + timedelta(days=3)
    part(two, manager)
    assert not access_of(auditor, timezone.now()).filter(child=one.pk).exists()
    assert access_of(cover, timezone.now()).filter(child=one.pk).exists()
    assert access_of(auditor, timezone.now()).filter(child=two.pk).exists()
    assert not access_of(soon, now + timedelta(days=4)).filter(child=one.pk).exists()


def test_a_combined_record_combined_again_is_read_with_both(manager: Staff) -> None:
    one, two, three = (child(manager, given=given) for given in ("Ellis", "Elis", "Eliss"))
    combine(two, three, manager)
    combine(one, two, manager)
    assert sorted(again(one).person_ids()) == sorted([one.pk, two.pk, three.pk])
    with pytest.raises(Refused, match="was combined again since"):
        part(three, manager)
    part(two, manager)
    assert (again(two).combined_into, again(three).combined_into) == (None, two)
    part(three, manager)
    assert again(three).combined_into is None


def test_what_two_combined_records_had_in_common_stays_when_one_is_parted(manager: Staff) -> None:
    one, two, three = (child(manager, given=given) for given in ("Ellis", "Elis", "Eliss"))
    specialist, now = staff("specialist"), timezone.now()
    for of in (two, three):
        opening.give(specialist, of.pk, Access.Basis.INVOLVED, at=now, by=manager)
    combine(one, two, manager)
    combine(one, three, manager)
    part(two, manager)
    assert set(access_of(specialist, timezone.now()).values_list("child", flat=True)) >= {one.pk, two.pk}
    part(three, manager)
    assert one.pk not in access_of(specialist, timezone.now()).values_list("child", flat=True)


def test_parted_twice_is_refused(manager: Staff) -> None:
    one, two = child(manager), child(manager, given="Elis")
    combine(one, two, manager)
    part(two, manager)
    with pytest.raises(Refused, match="were parted already"):
        part(two, manager)
    combine(one, two, manager)
    assert Combined.objects.filter(gone=two).count() == 2


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.integers(0, 3), st.sampled_from(["allocated", "involved", "cover", "duty"]), st.booleans(), st.booleans()
        ),
        max_size=8,
    ),
    back=st.booleans(),
)
def test_combined_and_parted_every_role_sees_what_it_saw(rows: list[Any], back: bool) -> None:
    manager = staff("manager")
    everybody = [staff(role, team=team()) for role in ROLES if role not in ("auditor", "inspector")] + [manager]
    one = child(manager, born=date(2010, 1, 1), once=new_id())
    two = child(manager, given="Elis", once=new_id())
    for who, basis, first, ends in rows:
        until = timezone.now() + timedelta(days=5) if ends else None
        opening.give(
            everybody[who], (one if first else two).pk, Access.Basis(basis), at=timezone.now(), until=until, by=manager
        )
    said(two, "entry", manager)
    before = [sees(who, one, two) for who in everybody]
    kept, gone = (two, one) if back else (one, two)
    combine(kept, gone, manager)
    part(gone, manager)
    assert [sees(who, one, two) for who in everybody] == before


# The pages ------------------------------------------------------------------------------------------------------------


def test_two_records_stand_beside_each_other_with_what_differs(manager: Staff, signed_in: Any) -> None:
    one, two = child(manager), child(manager, given="Elis", born=date(2010, 2, 11))
    said(one, "alert", manager)
    said(one, "address", manager)
    as_seen_by(manager)
    both = side_by_side.beside(one, two, by=manager, at=timezone.now())
    assert {line.what: line.differs for line in both.lines} == {
        "Called": True,
        "Names": True,
        "Birth date": True,
        "Addresses": False,
        "An alert": False,
    }
    assert both.alike.levels == {"name": "sound", "birth": "swapped"}
    client = signed_in(manager)
    found = client.post(reverse("child_combine_with", kwargs={"pk": one.pk}), {"number": two.number})
    page = client.get(found["Location"]).content.decode()
    assert "day and month swapped" in page
    assert LogEntry.objects.get(event="child.combine_page").listed == [one.pk, two.pk]


@pytest.mark.parametrize("number", ["own", "26-9999", "%", "", "sealed"])
def test_no_other_record_is_told_of_by_its_number(number: str, manager: Staff, signed_in: Any) -> None:
    head = staff("head_of_service")
    one, two = child(manager), child(manager, given="Elis")
    sealed(two, head, by=head)
    typed = {"own": one.number, "sealed": two.number}.get(number, number)
    answer = signed_in(manager).post(reverse("child_combine_with", kwargs={"pk": one.pk}), {"number": typed})
    assert answer.status_code == 422


def test_before_they_are_parted_one_sees_what_was_written_since(manager: Staff, signed_in: Any) -> None:
    one, two = child(manager), child(manager, given="Elis")
    said(one, "entry", manager, title="Before")
    combine(one, two, manager)
    said(one, "entry", manager, title="Since")
    as_seen_by(manager)
    seen = reach(manager, one, timezone.now())
    since = side_by_side.written_since(Combined.objects.get(), seen)
    assert [getattr(entry.statement, "title", "") for entry in since] == ["Since"]
    client = signed_in(manager)
    where = {"pk": one.pk, "gone": two.pk}
    assert "Written on" in client.get(reverse("child_part", kwargs=where)).content.decode()
    assert client.post(reverse("child_part", kwargs=where), {"reason": " "}).status_code == 422
    assert client.post(reverse("child_part", kwargs=where), {"reason": "Two sisters."}).status_code == 302
    assert client.get(reverse("child_part", kwargs=where)).status_code == 404
    assert str(since[0].statement.pk) in sees(manager, one)[one.pk][3], "it stays where it was written"
