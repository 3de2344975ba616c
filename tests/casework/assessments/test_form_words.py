"""What the forms say: in plain words, of our own, in Welsh too where a child or a carer reads it, and joined both ways."""

from __future__ import annotations

import re

import pytest

from tests.ui.test_words_used import words_not_used
from waypost.casework.assessments.definitions import load
from waypost.casework.assessments.form_page import document
from waypost.casework.assessments.indicative import rules
from waypost.casework.assessments.questions import CARER, CHILD, LISTS_FED, MAY_BE_INDICATED, Judgement, Type
from waypost.casework.contacts.expected import load as contact_levels
from waypost.kernel.lists import load as list_of

FORMS = [form for forms in load().values() for form in forms]
NAMES = [f"{form.key}/{form.number}" for form in FORMS]
QUESTIONS = [(form, question) for form in FORMS for question in form]
READ_ALOUD = [form for form in FORMS if form.key in {"self_child", "self_carer"}]
LONG_WORD, LONG_SENTENCE = 10, 14  # letters; words


def said(form):
    """Every word of a form, with where it stands."""
    yield form.key, form.name
    yield form.key, form.about
    for section in form.sections:
        yield section.key, section.title
        yield section.key, section.guidance
        for question in section.questions:
            yield question.key, question.words
            yield question.key, question.guidance
            yield from ((f"{question.key}: {choice.key}", choice.words) for choice in question.choices)


def for_family(form):
    """(where, English, Welsh) of all that a child or a carer reads in a form."""
    yield form.key, form.name_for_child, form.name_for_child_cy
    for section in form.sections:
        if any(question.is_for_family for question in section.questions):
            yield section.key, section.title, section.cy
        for question in section.questions:
            if question.is_for_family:
                yield question.key, question.words, question.cy
                yield question.key, question.guidance, question.guidance_cy
                yield from ((f"{question.key}: {choice.key}", choice.words, choice.cy) for choice in question.offered)


@pytest.mark.parametrize("form", FORMS, ids=NAMES)
class TestEachForm:
    def test_uses_no_word_that_is_not_used(self, form):
        assert [(where, text) for where, text in said(form) if words_not_used(text)] == []

    def test_helps_whoever_answers_in_a_line(self, form):
        """Of a question only a child or a carer answers, the words themselves have to be enough."""
        assert [q.key for q in form if not q.guidance and not q.is_for_family] == []
        long = [q.key for q in form if len(q.guidance.split()) > 24]
        assert long == []

    def test_ends_what_it_says_as_a_sentence_or_a_question(self, form):
        assert [q.key for q in form if q.guidance and q.guidance.rstrip("'")[-1] not in ".?"] == []
        assert [where for where, text in said(form) if text != text.strip() or "  " in text] == []

    def test_speaks_welsh_wherever_a_child_or_a_carer_reads(self, form):
        assert [where for where, english, welsh in for_family(form) if bool(english) != bool(welsh)] == []
        same = [where for where, english, welsh in for_family(form) if english and english == welsh]
        assert same == []

    def test_says_nobody_has_checked_welsh_that_nobody_has_checked(self, form):
        assert not form.welsh_checked

    def test_asks_at_each_stage_for_something_that_is_needed(self, form):
        for stage in form.stage_keys:
            assert [question.key for question in form if stage in question.needed_at], stage

    def test_never_needs_of_a_child_or_carer_what_they_may_leave(self, form):
        """Whoever would rather not say says so; nobody has to put words into a child's mouth to finish a stage."""
        theirs = [q for q in form if set(q.who) <= {CHILD, CARER} and q.needed_at]
        assert [q.key for q in theirs if "not_said" not in q.keys] == []

    def test_asks_what_is_needed_only_where_it_is_asked(self, form):
        assert [question.key for question in form if not set(question.needed_at) <= set(question.asked_at)] == []


@pytest.mark.parametrize("form", READ_ALOUD, ids=[form.key for form in READ_ALOUD])
def test_a_child_of_nine_could_read_it(form):
    """Short sentences of short words, as a school would write for that age."""
    for where, english, _ in for_family(form):
        for sentence in re.split(r"[.?!]\s*", english):
            assert len(sentence.split()) <= LONG_SENTENCE, (where, sentence)
        assert {word for word in re.findall(r"[A-Za-z]+", english) if len(word) >= LONG_WORD} == set(), where


@pytest.mark.parametrize("form", READ_ALOUD, ids=[form.key for form in READ_ALOUD])
def test_every_question_of_theirs_has_a_picture_and_may_be_left(form):
    assert [question.key for question in form if not question.picture] == []
    chosen = [question for question in form if question.choices]
    assert [question.key for question in chosen if "not_said" not in question.keys] == []


def test_the_full_assessment_has_the_structure_it_says():
    full = load()["full"][-1]
    assert [section.key for section in full.sections] == [
        "basis",
        "home",
        "identity",
        "learning",
        "health",
        "substances",
        "friends",
        "harm_to_child",
        "offending",
        "behaviours",
        "adverse_outcomes",
        "factors",
        "voices",
        "readiness",
        "conclusions",
    ]
    assert full.stage_keys == ("court_report", "start", "review", "transfer", "end")
    assert {q.judges for q in full if q.judges} == set(Judgement)
    assert {Type.FACTORS, Type.BEHAVIOURS, Type.ADVERSE_OUTCOMES, Type.SUBSTANCES} <= {q.type for q in full}
    assert 90 <= len(list(full)) <= 125


def test_the_out_of_court_assessment_is_short_and_ends_in_three_plans():
    form = load()["out_of_court"][-1]
    assert [q.key for q in form if q.type is Type.PLAN] == ["child_plan", "professional_plan", "exit_plan"]
    assert CHILD in form["child_plan"].who and CHILD not in form["professional_plan"].who
    assert len(list(form)) <= 50


def test_what_is_filed_beside_a_document_is_ratings_and_factors():
    assert {form.key for form in FORMS if form.beside_document} == {"asset", "filed_national"}
    filed = load()["filed_national"][-1]
    assert {q.judges for q in filed if q.judges} == set(Judgement)
    assert filed["factors"].type is Type.FACTORS
    assert not any(question.feeds for question in filed)


def test_what_only_clinicians_and_licensed_tools_know_is_not_scored():
    for key in ("health_screening", "communication_screening", "self_child", "self_carer"):
        form = load()[key][-1]
        assert not any(question.judges for question in form)
        assert not {fed for question in form for fed in question.feeds} & set(MAY_BE_INDICATED)


def test_everything_is_printed_for_those_who_check_it():
    printed = "\n".join(document())
    for form, question in QUESTIONS:
        for words in (form.name, question.words, question.cy, question.guidance, question.guidance_cy):
            assert words in printed
        assert f"`{question.key}`" in printed
    assert [key for key in rules() if f"`{key}`" not in printed] == []
    assert "asked when “Does the child use anything, or did they” is yes" in printed
    assert "Risk of serious harm to others, when medium: at least enhanced. It is to be confirmed." in printed


# Joined ---------------------------------------------------------------------------------------------------------------


def fed(target):
    found = {f for _, question in QUESTIONS for f in question.feeds if f.startswith(f"{target}:")}
    return {each.removeprefix(f"{target}:") for each in found}


@pytest.mark.parametrize(("target", "name"), LISTS_FED.items())
def test_what_is_fed_is_in_its_list(target, name):
    assert fed(target) and fed(target) <= {code.key for code in list_of(name)}


def test_every_factor_and_everything_that_should_be_in_place_is_fed_by_some_question():
    assert fed("factor") == {code.key for code in list_of("factors")}
    assert fed("readiness") == {code.key for code in list_of("readiness_areas")}


def test_a_screening_is_one_the_record_of_health_knows():
    codes = list_of("health_kinds")
    assert {key for key in fed("screening") if not codes[key].flag("screening")} <= {"dental", "eyesight_or_hearing"}


def test_every_factor_has_a_category_and_every_category_factors():
    categories = {code.text("category") for code in list_of("factors")}
    assert categories == {code.key for code in list_of("factor_categories")}


def test_every_picture_is_shown_somewhere():
    shown = {question.picture for _, question in QUESTIONS} | {
        choice.picture for _, question in QUESTIONS for choice in question.choices
    }
    assert shown - {""} == {code.key for code in list_of("pictures")}


def test_the_levels_are_those_by_which_a_child_is_seen():
    assert {code.key for code in list_of("intervention_levels")} == set(contact_levels())


def test_a_list_that_a_child_reads_is_in_welsh():
    for name in ("yes_no_unknown", "substances", "pictures"):
        assert [code.key for code in list_of(name) if not code.text("cy")] == []


@pytest.mark.parametrize(("form", "question"), QUESTIONS, ids=[f"{form.key}:{q.key}" for form, q in QUESTIONS])
def test_a_condition_names_an_earlier_question_and_its_choices(form, question):
    order = [each.key for each in form]
    for condition in question.applies:
        assert order.index(condition.question) < order.index(question.key)
        assert set(condition.any_of) <= set(form[condition.question].keys)


def test_what_victims_and_the_police_say_is_kept_in_their_classes():
    classes = {q.key: (q.who, q.disclosure) for q in load()["full"][-1]}
    assert classes["victim_wishes"] == (("victim_services", "police"), "victim")
    assert classes["police_knows"] == (("police",), "police_intelligence")


def test_danger_is_told_at_once_wherever_it_is_asked():
    told = {(form.key, question.key) for form, question in QUESTIONS if question.at_once}
    assert told == {
        ("full", "home_safe"),
        ("full", "self_harm"),
        ("full", "suicide"),
        ("full", "criminal_exploitation"),
        ("full", "sexual_exploitation"),
        ("full", "trafficking_referral"),
        ("out_of_court", "home_safe"),
        ("out_of_court", "self_harm"),
        ("out_of_court", "exploited"),
        ("health_screening", "urgent"),
        ("health_screening", "self_harm"),
        ("health_screening", "suicide"),
        ("self_child", "home_safe"),
        ("self_child", "pushed"),
        ("self_child", "mood"),
        ("self_child", "hurt_self"),
        ("self_carer", "safe"),
        ("self_carer", "used"),
    }
