"""Code lists: what may be chosen on a day, what stays readable, and the sentence for each way a file can be wrong."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.test_words_used import ours, words_not_used
from waypost.kernel import lists
from waypost.kernel.identifiers import CHECKS
from waypost.kernel.lists import Code, UnreadableList, load, names, read

TODAY = date(2026, 11, 28)
HEAD = """
title: Fruit
about: What is in the bowl.
source: A market.
checked: 2026-01-01
next_review: 2027-01-01
flags: {sour: tastes of acid}
texts: {tree: what it grows on}
codes:
"""
ASKED_FOR = [
    "appeal_results",
    "assessment_reasons",
    "factor_endings",
    "plan_words",
    "attends_court",
    "cancelled_reasons",
    "case_kinds",
    "closing_reasons",
    "consent_kinds",
    "contact_ways",
    "contact_whos",
    "hearing_purposes",
    "hearing_results",
    "proposal_kept",
    "missed_reasons",
    "outcome_endings",
    "safety_now",
    "transfer_kinds",
    "transition_steps",
    "agencies",
    "sharing_bases",
    "disclosure_classes",
    "name_kinds",
    "sexes",
    "ethnicities",
    "religions",
    "immigration_statuses",
    "languages",
    "accommodation_types",
    "suitability",
    "contact_methods",
    "safe_to_contact",
    "relations",
    "identifier_schemes",
    "care_bases",
    "panel_kinds",
    "panel_results",
    "placement_types",
    "education_settings",
    "late_reasons",
    "learning_plans",
    "exclusion_kinds",
    "health_kinds",
    "held_back_subjects",
    "must_share",
    "need_areas",
    "alert_kinds",
    "document_kinds",
    "speakers",
    "seen_how",
    "entry_kinds",
    "removal_rules",
    "victim_kinds",
    "retention_classes",
    "withheld_reasons",
    "yes_no_unknown",
    "assessment_ratings",
    "likelihoods",
    "intervention_levels",
    "evidence_ratings",
    "intervention_endings",
    "moved_reasons",
    "session_formats",
    "work_directions",
    "factor_ratings",
    "factor_categories",
    "factors",
    "adverse_outcomes",
    "substances",
    "substance_use",
    "readiness_areas",
    "pictures",
]


@pytest.fixture
def bowl(tmp_path):
    """Reads a list called bowl.yaml with the codes given, under the usual head or another."""

    def reading(codes: str, head: str = HEAD):
        (tmp_path / "bowl.yaml").write_text(head + codes)
        return read(tmp_path / "bowl.yaml")

    return reading


FRUIT = """
- {key: lemon, words: Lemon, sour: true, tree: Lemon tree}
- {key: plum, words: Plum, since: 2020-08-01, until: 2020-08-31, note: A short season.}
- {key: kiwi, words: Kiwi, since: 2021-01-01, national: K1, needs_words: true}
"""


@pytest.mark.parametrize(
    ("day", "keys"),
    [
        (date(2020, 7, 31), ["lemon"]),
        (date(2020, 8, 1), ["lemon", "plum"]),
        (date(2020, 8, 31), ["lemon", "plum"]),  # until is the last day
        (date(2020, 9, 1), ["lemon"]),
        (date(2021, 1, 1), ["lemon", "kiwi"]),
    ],
)
def test_what_may_be_chosen_on_a_day(bowl, day, keys):
    assert [code.key for code in bowl(FRUIT).on(day)] == keys
    assert [key for key, _ in bowl(FRUIT).choices(day)] == keys


def test_a_code_may_be_open_for_one_day(bowl):
    (plum,) = bowl("- {key: plum, words: Plum, since: 2020-08-01, until: 2020-08-01}")
    assert plum.is_open(date(2020, 8, 1)) and not plum.is_open(date(2020, 8, 2))


def test_an_old_code_stays_readable(bowl):
    fruit = bowl(FRUIT)
    assert ("plum", "Plum") not in fruit.choices(TODAY)
    assert fruit.words("plum") == fruit["plum"].words == "Plum"
    assert "plum" in fruit and "fig" not in fruit


def test_a_code_says_what_its_list_asks(bowl):
    lemon, plum, kiwi = bowl(FRUIT)
    assert (lemon.flag("sour"), plum.flag("sour")) == (True, False)
    assert (lemon.text("tree"), plum.text("tree")) == ("Lemon tree", "")
    assert (kiwi.national, kiwi.needs_words, plum.note) == ("K1", True, "A short season.")
    with pytest.raises(KeyError, match="sweet"):
        lemon.flag("sweet")


def test_a_code_there_never_was_is_named_with_its_list(bowl):
    with pytest.raises(KeyError, match="fig in the list bowl"):
        bowl(FRUIT)["fig"]


def test_a_list_there_is_not_is_named():
    with pytest.raises(UnreadableList, match="There is no list fruit. There are accommodation_types, adverse_outcomes"):
        load("fruit")
    with pytest.raises(UnreadableList, match="no list ../lists/sexes"):
        load("../lists/sexes")


def test_a_list_is_read_once():
    assert load("sexes") is load("sexes")


def test_a_code_is_a_value():
    assert hash(Code("plum", "Plum")) == hash(Code("plum", "Plum")) and Code("plum", "Plum") == Code("plum", "Plum")
    with pytest.raises(AttributeError):
        Code("plum", "Plum").words = "Prune"


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        (
            "- {key: plum, words: Plum, colour: blue}",
            "bowl.yaml: plum: colour is not known here. Known are key, national",
        ),
        ("- {key: plum, words: Plum}\n- {key: plum, words: Prune}", "bowl.yaml: plum is given twice; a key has one"),
        ("- {key: plum, words: Plum, words: Prune}", "bowl.yaml: not YAML: words is given twice"),
        (
            "- {key: plum, words: Plum, since: 2020-08-02, until: 2020-08-01}",
            "bowl.yaml: plum: until 2020-08-01 is before since 2020-08-02.",
        ),
        ("- {key: Plum, words: Plum}", "bowl.yaml: the key of code 1 must be small letters, digits and single under"),
        ("- {key: plum__, words: Plum}", "bowl.yaml: the key of code 1 must be small letters"),
        (f"- {{key: {'p' * 41}, words: Plum}}", "underscores, 40 at most, and is 'pppp"),
        ("- {key: no, words: Plum}", "bowl.yaml: the key of code 1 must be .* and is False."),
        ("- {words: Plum}", "bowl.yaml: the key of code 1 must be .* and is None."),
        ("- {key: plum}", "bowl.yaml: plum: words must be given: what a person reads."),
        ("- {key: plum, words: ' '}", "bowl.yaml: plum: words must be text in quotes, and is ' '."),
        ("- {key: plum, words: }", "bowl.yaml: plum: words must be text in quotes, and is None."),
        ("- {key: plum, words: Plum, national: 1}", "bowl.yaml: plum: national must be text in quotes, and is 1."),
        (
            "- {key: plum, words: Plum, since: soon}",
            "bowl.yaml: plum: since must be a day, as 2015-09-01, and is 'soon'",
        ),
        ("- {key: plum, words: Plum, since: 2020-08-01 10:00:00}", "bowl.yaml: plum: since must be a day"),
        ("- {key: plum, words: Plum, sour: 'no'}", "bowl.yaml: plum: sour must be true or false, and is 'no'."),
        ("- {key: plum, words: Plum, tree: true}", "bowl.yaml: plum: tree must be text in quotes, and is True."),
        ("- plum", "bowl.yaml: code 1 must have a key and words, and is 'plum'."),
        ("- {key: plum", "bowl.yaml: not YAML: "),
        (" []", "bowl.yaml: codes must be given."),
    ],
)
def test_a_list_that_is_wrong_says_where(bowl, codes, sentence):
    with pytest.raises(UnreadableList, match=sentence):
        bowl(codes)


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        (HEAD.replace("source: A market.\n", ""), "bowl.yaml: source must be given."),
        (
            HEAD.replace("title: Fruit", "name: Fruit"),
            "bowl.yaml: name is not known here. Known are about, checked, codes",
        ),
        (
            HEAD.replace("2027-01-01", "2026-01-01"),
            "bowl.yaml: next_review 2026-01-01 is not after checked 2026-01-01.",
        ),
        (
            HEAD.replace("2026-01-01", "last year"),
            "bowl.yaml: checked must be a day, as 2015-09-01, and is 'last year'.",
        ),
        (HEAD.replace("{sour: tastes of acid}", "[sour]"), "bowl.yaml: flags must be names with what each means"),
        ("codes:\n", "bowl.yaml: title, about, source, checked and next_review must be given."),
    ],
)
def test_a_head_that_is_wrong_says_where(bowl, head, sentence):
    with pytest.raises(UnreadableList, match=sentence):
        bowl(FRUIT, head)


def test_a_file_that_is_no_list_says_so(bowl):
    with pytest.raises(
        UnreadableList, match="bowl.yaml: must have title, about, source, checked, next_review and codes."
    ):
        bowl("", "only words")


@given(st.dates(), st.none() | st.dates(), st.none() | st.dates())
def test_a_code_without_ends_is_always_open_and_an_end_only_closes(day, since, until):
    assert Code("plum", "Plum").is_open(day)
    assert Code("plum", "Plum", since=since, until=until).is_open(day) == (
        Code("plum", "Plum", since=since).is_open(day) and Code("plum", "Plum", until=until).is_open(day)
    )


def test_the_lists_that_are_kept():
    assert list(names()) == sorted(ASKED_FOR)


@pytest.mark.parametrize("name", ASKED_FOR)
class TestEachList:
    def test_may_be_chosen_from_today(self, name):
        assert len(load(name).on(TODAY)) >= 3

    def test_says_each_thing_in_words_of_its_own(self, name):
        words = [code.words for code in load(name)]
        assert len(set(words)) == len(words)
        assert [text for text in words if not text[0].isupper() or text.endswith(".")] == []

    def test_uses_no_word_that_is_not_used(self, name):
        said = [load(name).title, load(name).about, *load(name).flags.values(), *load(name).texts.values()]
        said += [text for code in load(name) for text in (code.words, code.note or "", *code.texts.values())]
        assert [text for text in said if words_not_used(text)] == []

    def test_says_what_it_is_in_one_sentence(self, name):
        assert re.fullmatch(r"[A-Z][^.]*\.", load(name).about)

    def test_has_no_flag_or_text_that_no_code_uses(self, name):
        codes = load(name).codes
        assert [flag for flag in load(name).flags if not any(code.flag(flag) for code in codes)] == []
        assert [text for text in load(name).texts if not any(code.text(text) for code in codes)] == []

    def test_asks_for_words_where_somebody_chooses_other(self, name):
        assert "other" not in load(name) or load(name)["other"].needs_words


def test_the_words_not_used_are_looked_for_in_every_list():
    assert set(lists.FOLDER.glob("*.yaml")) <= set(ours())


def test_ethnic_groups_are_the_nineteen_of_the_census_in_five_broad_ones():
    groups = [code.text("group") for code in load("ethnicities") if code.text("group")]
    assert len(groups) == 19
    assert {group: groups.count(group) for group in groups} == {
        "White": 5,
        "Mixed": 4,
        "Asian": 5,
        "Black": 3,
        "Other": 2,
    }
    assert len({code.national for code in load("ethnicities") if code.national}) == 18


def test_a_number_with_a_check_names_one_that_there_is_and_none_is_left_over():
    checks = [code.text("check") for code in load("identifier_schemes") if code.text("check")]
    assert sorted(checks) == sorted(CHECKS)


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("nhs", "9990000018"),
        ("pupil", "B801200005001"),
        ("police_national_computer", "04/0000123U"),
        ("criminal_records_office", "123456/04X"),
        ("criminal_records_office", "SF04/123456X"),
        ("learner", "1234567890"),
        ("secure_estate", "A1234BC"),
        ("probation", "X123456"),
    ],
)
def test_a_number_looks_as_its_pattern_says(key, number):
    pattern = load("identifier_schemes")[key].text("pattern")
    assert re.fullmatch(pattern, number) and not re.fullmatch(pattern, number + "0")


def test_every_pattern_can_be_read():
    assert [re.compile(code.text("pattern")) for code in load("identifier_schemes")]


@pytest.mark.parametrize(
    ("key", "looked_after"),
    [
        ("accommodated", True),
        ("interim_care_order", True),
        ("remand_local_authority", True),
        ("remand_youth_detention", True),
        ("child_in_need", False),
        ("child_protection_plan", False),
        ("early_help", False),
        ("supervision_order", False),
        ("care_leaver_relevant", False),
        ("special_guardianship", False),
        ("adoption", False),
    ],
)
def test_which_care_status_makes_a_child_looked_after(key, looked_after):
    assert load("care_bases")[key].flag("looked_after") is looked_after


def test_a_remand_makes_a_child_looked_after_and_the_law_changed_in_december_2012():
    remands = [code for code in load("care_bases") if code.flag("by_remand")]
    assert all(code.flag("looked_after") for code in remands)
    keys = [{code.key for code in remands if code.is_open(day)} for day in (date(2012, 12, 2), date(2012, 12, 3))]
    assert keys == [{"remand_before_2012"}, {"remand_local_authority", "remand_youth_detention"}]


def test_a_basis_for_sharing_is_offered_from_the_day_its_law_began():
    bases = load("sharing_bases")
    assert not bases["safeguarding_condition"].is_open(date(2018, 5, 24))
    assert bases["safeguarding_condition"].is_open(date(2018, 5, 25))
    assert [code.key for code in bases if not code.text("law")] == []
    assert [code.key for code in bases if code.flag("needs_consent")] == ["consent"]


def test_every_disclosure_class_says_who_may_be_told():
    assert [code.key for code in load("disclosure_classes")] == [
        "child",
        "carer",
        "court",
        "professionals",
        "police_intelligence",
        "victim",
        "third_party",
        "placement_address",
    ]
    assert [code.key for code in load("disclosure_classes") if not code.text("told").endswith(".")] == []


def test_a_place_not_known_does_not_count_as_suitable():
    assert [code.key for code in load("suitability") if code.flag("counts_as_suitable")] == ["suitable"]


def test_nothing_unasked_is_taken_as_safe():
    safe = [code.key for code in load("safe_to_contact") if not code.flag("blocks") and not code.flag("asks_first")]
    assert safe == ["safe"]
