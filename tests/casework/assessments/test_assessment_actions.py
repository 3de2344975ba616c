"""Assessments begun, answered, signed and countersigned."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.casework.assessments.made import FRIENDS, NOW, SKILLS, answered, begun, filled, likely, locked, signed, whole
from tests.casework.casework import met, order, say
from tests.factories import service, staff
from tests.people.children import EXAMPLES, as_seen_by, child, document, sealed
from waypost.access import deputies
from waypost.access.models import LogEntry, Staff
from waypost.access.permissions import Permission
from waypost.casework.assessments import actions, contribution_actions, definitions, factor_actions, rules, signing
from waypost.casework.assessments.models import Answered, Assessment, AssessmentStep, Factor
from waypost.casework.assessments.standing import holding, roots_in, row_of, standing_of
from waypost.casework.tasks.models import Task
from waypost.kernel.days import working_days_after
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import NotAllowed, NotFound, Refused
from waypost.people.matching import combining
from waypost.people.models import Child

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker() -> Staff:
    service()
    return staff("practitioner", name="Priya Nandakumar")


@pytest.fixture
def manager(worker) -> Staff:
    return staff("manager", name="Dele Akande", team=worker.team)


@pytest.fixture
def aisha(worker: Staff) -> Child:
    return child(worker, given="Aisha", family="Karim")


def test_from_a_blank_page_to_a_locked_assessment(worker, manager, aisha) -> None:
    made = signed(whole(begun(aisha, worker), worker), worker)
    as_seen_by(manager)
    made = signing.countersign(made, by=manager, at=NOW(), once=new_id())
    assert (made.signed_by, made.locked_by) == (worker, manager)
    assert list(made.steps.order_by("at").values_list("step", flat=True)) == ["signed", "countersigned"]
    assert Task.objects.filter(key="assessment_review").count() == 1
    events = list(LogEntry.objects.values_list("event", flat=True))
    for event in ("assessment.begun", "assessment.answered", "assessment.signed", "assessment.countersigned"):
        assert event in events


# Beginning ------------------------------------------------------------------------------------------------------------


def test_sent_twice_it_is_one_and_one_of_a_form_is_open(worker, aisha) -> None:
    once = new_id()
    assert begun(aisha, worker, once=once) == begun(aisha, worker, once=once)
    with pytest.raises(Refused, match="is being written already"):
        begun(aisha, worker)
    begun(aisha, worker, "self_child")
    assert Assessment.objects.count() == 2


def test_who_may_not_write_is_told_and_of_a_sealed_child_nothing_is_found(worker, aisha) -> None:
    for role in ("business_support", "practitioner"):
        with pytest.raises(NotAllowed if role == "practitioner" else Refused):
            begun(aisha, staff(role))
    made = begun(aisha, worker)
    sealed(aisha, staff("manager"), by=staff("manager"))
    with pytest.raises(NotFound):
        answered(made, worker, parenting="yes")


def test_the_next_one_opens_with_what_the_last_one_said(worker, manager, aisha) -> None:
    first = locked(begun(aisha, worker), worker, manager)
    other = staff("manager", name="Tom Reed")
    second = begun(aisha, other, stage="review")
    assert second.previous == first
    rows = second.answered.current()
    assert rows.count() == first.answered.current().exclude(value=[]).count()
    assert set(rows.values_list("by", "unchanged")) == {(worker.pk, True)}
    row = rows.get(question="parenting")
    assert row.at == first.answered.current().get(question="parenting").at


def test_one_begun_in_error_leaves_the_earlier_to_be_followed(worker, manager, aisha) -> None:
    first = locked(begun(aisha, worker), worker, manager)
    wrong = begun(aisha, worker, stage="review")
    signing.drop(wrong, "The wrong form.", by=worker, at=NOW(), once=new_id())
    assert begun(aisha, worker, stage="review").previous == first
    with pytest.raises(Refused, match="dropped"):
        answered(wrong, worker, parenting="yes")


# Answering ------------------------------------------------------------------------------------------------------------


def test_an_answer_stands_in_the_place_of_the_earlier_one_and_none_takes_it_back(worker, aisha) -> None:
    made = begun(aisha, worker)
    answered(made, worker, parenting="yes")
    answered(made, worker, parenting="no")
    rows = Answered.objects.filter(assessment=made, question="parenting").order_by("at")
    assert [(row.value, row.replaced_at is None) for row in rows] == [("yes", False), ("no", True)]
    made.refresh_from_db()
    assert made.revision == 2
    answered(made, worker, parenting=None)
    assert "parenting" not in standing_of(made).answers and rows.all().count() == 3


def test_what_is_no_answer_is_refused_with_the_reason(worker, aisha) -> None:
    made = begun(aisha, worker)
    for key, value, says in (("parenting", "maybe", "Choose"), ("factors", [{"side": "for"}], "Row 1: say")):
        with pytest.raises(Refused, match=says):
            answered(made, worker, **{key: value})
    with pytest.raises(Refused, match="answered by"):
        actions.answer(made, "parenting", "yes", who="child", by=worker, at=NOW())
    with pytest.raises(NotFound):
        actions.answer(made, "nothing", "yes", who="practitioner", by=worker, at=NOW())


def test_an_older_save_of_the_same_page_changes_nothing(worker, aisha) -> None:
    made, page = begun(aisha, worker), new_id()
    as_seen_by(worker)
    for turn, value in ((2, "Later words."), (1, "Earlier words."), (3, "The last words."), (3, "Again.")):
        actions.answer(made, "identity", value, who="practitioner", page=page, turn=turn, by=worker, at=NOW())
    assert standing_of(made).answers["identity"].value == "The last words."


def test_from_another_page_of_ones_own_both_are_shown(worker, aisha) -> None:
    made = begun(aisha, worker)
    as_seen_by(worker)
    said = {"who": "practitioner", "by": worker, "at": NOW()}
    first = actions.answer(made, "identity", "On the first page.", page=new_id(), turn=1, **said).row
    with pytest.raises(actions.Newer) as newer:
        actions.answer(made, "identity", "On the second.", page=new_id(), turn=1, **said)
    assert newer.value.row == first and standing_of(made).answers["identity"].value == "On the first page."
    actions.answer(made, "identity", "On the second.", page=new_id(), turn=1, was=first.pk, **said)
    assert standing_of(made).answers["identity"].value == "On the second."


def test_words_saved_as_they_are_typed_are_one_answer(worker, aisha) -> None:
    made, page = begun(aisha, worker), new_id()
    as_seen_by(worker)
    for turn, value in enumerate(("He", "He likes", "He likes his name."), start=1):
        actions.answer(made, "identity", value, who="practitioner", page=page, turn=turn, by=worker, at=NOW())
    assert [one.value for one in Answered.objects.filter(question="identity")] == ["He likes his name."]
    later = NOW() + actions.ONE_SITTING
    actions.answer(made, "identity", "He likes it now.", who="practitioner", page=page, turn=4, by=worker, at=later)
    kept = Answered.objects.filter(question="identity").order_by("at")
    assert [one.value for one in kept] == ["He likes his name.", "He likes it now."], "what was said before stays"


def test_what_another_answers_stands_beside_it(worker, aisha) -> None:
    made, other = begun(aisha, worker), staff("manager", name="Tom Reed")
    answered(made, worker, identity="Welsh chapel.")
    as_seen_by(other)
    saved = actions.answer(made, "identity", "His drumming.", who="practitioner", by=other, at=NOW())
    assert [row.value for row in saved.beside] == ["Welsh chapel."]
    assert made.answered.current().filter(question="identity").count() == 2


def test_still_so_is_said_by_whoever_looked(worker, manager, aisha) -> None:
    locked(begun(aisha, worker), worker, manager)
    second = begun(aisha, manager, stage="review")
    as_seen_by(manager)
    actions.still(second, "parenting", by=manager, at=NOW())
    row = second.answered.current().get(question="parenting")
    assert (row.by, row.unchanged, row.value) == (manager, False, "yes")
    with pytest.raises(Refused, match="looked at this already"):
        actions.still(second, "parenting", by=manager, at=NOW())


def test_an_answer_that_says_so_tells_a_manager_today_and_keeps_the_words_to_itself(worker, aisha) -> None:
    made = begun(aisha, worker)
    as_seen_by(worker)
    said = {"words": "He showed me his arm.", "who": "practitioner", "by": worker, "at": NOW()}
    actions.answer(made, "self_harm", "yes", **said)
    task = Task.objects.get(key="told_today")
    assert task.role == "manager" and worker.name in task.why and "hurt themselves" in task.why
    assert "arm" not in task.why + task.title and len(task.why) <= 300
    row = made.answered.current().get(question="self_harm")
    actions.answer(made, "self_harm", "yes", was=row.pk, **said | {"words": "He told me more."})
    assert Task.objects.filter(key="told_today").count() == 1


# Factors --------------------------------------------------------------------------------------------------------------


def test_a_factor_keeps_its_name_and_is_never_left_out(worker, manager, aisha) -> None:
    made = begun(aisha, worker)
    answered(made, worker, factors=[FRIENDS, SKILLS])
    rows = standing_of(made).answers["factors"].value
    roots = {row["root"] for row in rows}
    assert {str(one.root) for one in holding([aisha.pk])} == roots and len(roots) == 2
    with pytest.raises(Refused, match="would be lost. End it with a reason instead"):
        answered(made, worker, factors=[rows[0]])
    with pytest.raises(Refused, match="would be lost"):
        answered(made, worker, factors=None)
    answered(made, worker, factors=[rows[0] | {"rating": "limited"}, rows[1]])
    assert Factor.objects.filter(root=rows[0]["root"]).count() == 2
    factor_actions.end_factor(
        aisha, holding([aisha.pk])[0].root, "changed", "He goes there no more.", by=worker, at=NOW()
    )
    assert len(standing_of(made).answers["factors"].value) == 1
    assert Factor.objects.current().filter(person=aisha.pk).count() == 2


def test_a_factor_seen_elsewhere_must_stand_in_the_assessment_before_it_is_signed(worker, aisha) -> None:
    made = filled(begun(aisha, worker), worker)
    as_seen_by(worker)
    home = {"factor": "home", "side": "against", "rating": "strong"}
    factor_actions.add_factor(aisha, home, by=worker, at=NOW(), once=new_id())
    with pytest.raises(Refused, match="a factor that holds and is missing from the answer: ‘Where the child lives’"):
        signed(made, worker)
    with pytest.raises(Refused, match="belongs"):
        factor_actions.add_factor(aisha, home | {"category": "health"}, by=worker, at=NOW(), once=new_id())


# What disagrees, and what others tell ---------------------------------------------------------------------------------


def test_two_answers_that_disagree_are_settled_before_it_is_signed(worker, manager, aisha) -> None:
    made = filled(begun(aisha, worker), worker)
    answered(made, manager, parenting="no")
    with pytest.raises(Refused, match="answered in two ways"):
        signed(made, worker)
    rows = {row.by_id: row for row in made.answered.current().filter(question="parenting")}
    as_seen_by(worker)
    for reason, holds in (("", rows[manager.pk].pk), ("Seen.", new_id())):
        with pytest.raises(Refused):
            actions.settle(made, "parenting", holds, reason, by=worker, at=NOW())
    actions.settle(made, "parenting", rows[manager.pk].pk, "Seen there on Monday.", by=worker, at=NOW())
    assert standing_of(made).answers["parenting"].value == "no"
    answered(made, worker, parenting="not_known")
    assert made.settled.filter(replaced_at=None).count() == 0


def test_an_agency_is_asked_chased_and_tells(worker, aisha) -> None:
    made = begun(aisha, worker)
    as_seen_by(worker)
    kept, once = {"by": worker, "at": NOW()}, new_id()
    due = NOW().date()
    both = [contribution_actions.ask(made, "education", "Attendance.", due, once=once, **kept) for _ in range(2)]
    assert both[0] == both[1] and Task.objects.open().filter(key="contribution").count() == 1
    contribution_actions.told(both[0], "chased", once=new_id(), **kept)
    with pytest.raises(Refused, match="Write down what they told"):
        contribution_actions.told(both[0], "received", once=new_id(), **kept)
    contribution_actions.told(both[0], "received", words="Most days.", once=new_id(), **kept)
    assert Task.objects.open().filter(key="contribution").count() == 0
    with pytest.raises(Refused, match="recorded already"):
        contribution_actions.told(both[0], "nothing_held", once=new_id(), **kept)
    for agency, what in (("youth_justice", "Attendance."), ("education", "")):
        with pytest.raises(Refused):
            contribution_actions.ask(made, agency, what, due, once=new_id(), **kept)


# Signing --------------------------------------------------------------------------------------------------------------


def test_it_is_not_signed_while_anything_is_missing(worker, aisha) -> None:
    made = begun(aisha, worker)
    with pytest.raises(Refused, match="not answered yet: ‘Why are we working with the child"):
        signed(made, worker)
    assert AssessmentStep.objects.count() == 0


def test_a_judgement_pulled_through_is_judged_again(worker, manager, aisha) -> None:
    locked(begun(aisha, worker), worker, manager)
    second = begun(aisha, worker, stage="review")
    judged = [question.key for question in second.of_form if question.judges]
    with pytest.raises(Refused, match="not judged again since the last one"):
        signed(second, worker)
    as_seen_by(worker)
    for key in judged:
        if key in standing_of(second).answers:
            actions.still(second, key, by=worker, at=NOW())
    signed(filled(second, worker), worker)


def test_whoever_signed_takes_it_back_and_never_countersigns(worker, manager, aisha) -> None:
    made = signed(filled(begun(aisha, manager), manager), manager)
    with pytest.raises(Refused, match="You signed it yourself"):
        signing.countersign(made, by=manager, at=NOW(), once=new_id())
    with pytest.raises(NotAllowed, match="countersign"):
        signing.countersign(made, by=worker, at=NOW(), once=new_id())
    as_seen_by(worker)
    with pytest.raises(Refused, match="Whoever signed it takes it back"):
        signing.take_back(made, by=worker, at=NOW(), once=new_id())
    with pytest.raises(Refused, match="waits to be countersigned"):
        answered(made, manager, parenting="no")
    as_seen_by(manager)
    back = signing.take_back(made, by=manager, at=NOW(), once=new_id())
    assert back.is_open and back.signed_by is None


def test_sent_back_with_words_and_signed_again(worker, manager, aisha) -> None:
    made = signed(filled(begun(aisha, worker), worker), worker)
    as_seen_by(manager)
    with pytest.raises(Refused, match="Say what is to be looked at again"):
        signing.send_back(made, " ", by=manager, at=NOW(), once=new_id())
    signing.send_back(made, "What of school?", by=manager, at=NOW(), once=new_id())
    again = signed(made, worker)
    as_seen_by(manager)
    once = new_id()
    both = [signing.countersign(again, by=manager, at=NOW(), once=once) for _ in range(2)]
    assert both[0].locked_by == manager and both[0].steps.filter(step="countersigned").count() == 1
    for act in (signing.take_back, signing.countersign):
        with pytest.raises(Refused, match="locked"):
            act(again, by=manager, at=NOW(), once=new_id())


def test_what_two_agencies_make_together_waits_for_both(worker, manager, aisha) -> None:
    made = filled(begun(aisha, worker, agencies=["youth_justice", "health"]), worker)
    first = signed(made, worker)
    assert first.signed_at is None
    with pytest.raises(Refused, match="waits for the other"):
        signed(made, worker)
    nurse = staff("manager", name="Ana Pires", agency="health")
    both = signed(made, nurse)
    assert both.signed_at is not None
    for one in (worker, nurse):
        if one.may(Permission.COUNTERSIGN):
            with pytest.raises(Refused, match="You signed it yourself"):
                signing.countersign(both, by=one, at=NOW(), once=new_id())
    as_seen_by(manager)
    assert signing.countersign(both, by=manager, at=NOW(), once=new_id()).locked_by == manager


def test_signed_by_one_of_two_and_changed_it_is_signed_again(worker, aisha) -> None:
    made = filled(begun(aisha, worker, agencies=["youth_justice", "health"]), worker)
    signed(made, worker)
    answered(made, worker, parenting="no")
    nurse = staff("manager", name="Ana Pires", agency="health")
    assert signed(made, nurse).signed_at is None
    assert signed(made, worker).signed_at is not None


def test_a_filed_assessment_rests_on_its_document(worker, manager, aisha) -> None:
    made = filled(begun(aisha, worker, "filed_national", "entered"), worker)
    with pytest.raises(Refused, match="File the document first"):
        signed(made, worker)
    kept = document(aisha, worker)
    signing.file_document(made, kept, by=worker, at=NOW())
    assert signed(made, worker).document_id == kept.pk


# What is due ----------------------------------------------------------------------------------------------------------


def test_what_an_order_asks_for_is_done_by_signing_and_not_done_after_all_when_sent_back(
    worker, manager, aisha
) -> None:
    made_order = order(aisha, worker)
    made = begun(aisha, worker, "out_of_court", outcome=made_order)
    task = Task.objects.get(key="assessment")
    assert made.due == task.due
    signed(filled(made, worker), worker)
    task.refresh_from_db()
    assert task.done_by == worker
    as_seen_by(manager)
    signing.send_back(made, "What of school?", by=manager, at=NOW(), once=new_id())
    task.refresh_from_db()
    assert task.done_at is None


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        ("offence", {}, "a new offence"),
        ("remand", {"kind": "youth_detention"}, "custody or remand"),
        ("placement", {}, "the child has moved"),
    ],
)
def test_what_happens_afterwards_asks_for_another_look_once(worker, manager, aisha, kind, given, says) -> None:
    later = dict(EXAMPLES.get(kind, {})) | given
    say(aisha, "offence", worker)
    assert not Task.objects.filter(key="assessment_review").exists()
    locked(begun(aisha, worker), worker, manager)
    say(aisha, "offence", worker, NOW().date() - timedelta(days=400))  # of before it was made
    assert not Task.objects.filter(key="assessment_review").exclude(from_kind="assessment").exists()
    say(aisha, kind, worker, **later)
    say(aisha, "offence", worker)
    (task,) = Task.objects.filter(key="assessment_review").exclude(from_kind="assessment")
    assert says in task.why and task.due == working_days_after(NOW().date(), 10)


def test_somebody_less_safe_asks_for_another_look(worker, manager, aisha) -> None:
    locked(begun(aisha, worker), worker, manager)
    met(aisha, worker, less_safe="child")
    assert Task.objects.filter(key="assessment_review", from_kind="contact").count() == 1


def test_signing_the_next_one_does_what_was_asked(worker, manager, aisha) -> None:
    locked(begun(aisha, worker), worker, manager)
    met(aisha, worker, less_safe="child")
    second = begun(aisha, worker, stage="review")
    as_seen_by(worker)
    for key in [question.key for question in second.of_form if question.judges]:
        if key in standing_of(second).answers:
            actions.still(second, key, by=worker, at=NOW())
    signed(filled(second, worker), worker)
    assert Task.objects.open().filter(key="assessment_review").count() == 0


# What must always be so -----------------------------------------------------------------------------------------------


def test_no_factor_is_lost_over_many_versions(worker, manager, aisha) -> None:
    """Whatever is added, changed and ended between them: each root holds or has ended with a reason."""
    seen: set[str] = set()
    for number in range(3):
        made = begun(aisha, worker, stage="start" if number == 0 else "review")
        rows = [row_of(one) for one in holding([aisha.pk])]
        changed = [row | {"rating": "limited"} for row in rows]
        answered(
            made,
            worker,
            factors=[*changed, {"words": f"Seen in {number}", "side": "for", "category": "hopes", "rating": "strong"}],
        )
        if rows:
            factor_actions.end_factor(aisha, holding([aisha.pk])[0].root, "wrong", "Not so.", by=worker, at=NOW())
        for question in made.of_form:
            if question.judges and question.key in standing_of(made).answers:
                answered(made, worker, **{question.key: likely(question)})
        made = signed(filled(made, worker), worker)
        as_seen_by(manager)
        signing.countersign(made, by=manager, at=NOW(), once=new_id())
        now = Factor.objects.of([aisha.pk]).current()
        seen |= {str(one.root) for one in now}
        assert {str(one.root) for one in now} == seen
        assert all(one.ended_words for one in now if one.ended_because)
        held = {str(one.root) for one in holding([aisha.pk])}
        assert roots_in(standing_of(made).answers["factors"].value) == held


def test_every_state_and_every_step_has_an_answer() -> None:
    for state in rules.State:
        for step in rules.Step:
            reason = rules.why_not_step(state, step)
            assert (reason is None) == ((state, step) in rules.TRANSITIONS)
            assert reason is None or reason.endswith(".")
    assert {step.value for step in rules.Step} == set(AssessmentStep.Kind.values)
    ends = {rules.State.LOCKED, rules.State.DROPPED}
    assert {state for state, _ in rules.TRANSITIONS} == set(rules.State) - ends


def test_what_is_told_today_fits_its_line_whatever_is_asked() -> None:
    asked = [question for form in definitions.in_use(NOW().date()) for question in form if question.at_once]
    assert len(asked) > 10
    longest = max(len(question.words) for question in asked)
    assert longest + len(" says so, to : ‘’. Speak to them now.") + 60 + 60 < 300


def test_a_deputy_countersigns_and_the_log_names_for_whom(worker, manager, aisha) -> None:
    made = signed(filled(begun(aisha, worker), worker), worker)
    deputy = staff("practitioner", name="Lena Osei", team=worker.team)
    until = NOW().date() + timedelta(days=3)
    deputies.deputise(manager, to=deputy, until=until, by=manager, at=NOW())
    deputy = Staff.objects.get(pk=deputy.pk)
    as_seen_by(deputy)
    assert signing.countersign(made, by=deputy, at=NOW(), once=new_id()).locked_by == deputy
    entry = LogEntry.objects.get(event="assessment.countersigned")
    assert (entry.actor, entry.on_behalf_of) == (deputy.pk, manager.pk)


def test_of_two_records_that_are_one_child_both_are_read(worker, manager, aisha) -> None:
    other = child(worker, given="Aysha", family="Karim")
    first = locked(begun(other, worker), worker, manager)
    as_seen_by(manager)
    combining.combine(aisha, other, reason="One child, entered twice.", by=manager, at=NOW())
    kept = Child.objects.get(pk=aisha.pk)
    second = begun(kept, manager, stage="review")
    assert second.previous == first and second.person_id == aisha.pk
    assert {str(one.root) for one in holding(kept.person_ids())} == roots_in(
        standing_of(second).answers["factors"].value
    )
