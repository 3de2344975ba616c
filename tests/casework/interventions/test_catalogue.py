"""The catalogue as it is written, and the sentence for each way a file of it can be wrong."""

from __future__ import annotations

import pytest

from tests.factories import staff
from tests.ui.test_words_used import words_not_used
from waypost.casework.catalogue.definitions import PROGRAMMES, find, load, offered, read
from waypost.kernel.definition_files import Unreadable
from waypost.kernel.lists import load as list_of

GOOD = (PROGRAMMES / "anger_at_work.yaml").read_text()


def test_there_are_programmes_for_every_direction_and_most_factors():
    found = load().values()
    assert len(found) >= 15
    assert {one.direction for one in found} == {code.key for code in list_of("work_directions")}
    assert {one.reading for one in found} >= {"little", "some"}
    addressed = {key for one in found for key in one.addresses}
    assert {"thinking", "victims", "weapons", "education_place", "communication", "criminal_exploitation"} <= addressed


def test_no_rating_is_given_that_nobody_has_read():
    rated = {one.key: one.evidence for one in load().values() if one.evidence.rating != "not_rated"}
    assert {key: (one.rating, one.mark) for key, one in rated.items()} == {"sport_plus": ("high", "public")}
    assert all(one.evidence.source and one.evidence.read for one in load().values())


def test_the_words_are_ours():
    said = [text for one in load().values() for text in (one.name, one.about, one.demands, one.cautions, one.who_runs)]
    assert [found for text in said for found in words_not_used(text)] == []
    assert [one.key for one in load().values() if one.about.count(". ") != 1] == []  # two sentences


def test_a_programme_is_found_by_what_it_addresses_and_what_it_asks():
    assert {one.key for one in find(factor="victims")} == {"restorative_meeting", "making_good", "victims_eyes"}
    assert {one.key for one in find(factor="victims", speech="little")} == {"making_good"}
    assert len(find()) == len(find(factor="", reading="nonsense")) == len(load())


def test_those_that_answer_most_of_what_is_behind_an_objective_stand_first():
    answering, others = offered({"thinking", "anger"})
    assert {one.key for one in answering[:2]} == {"thinking_skills", "anger_at_work"}
    assert len(answering) + len(others) == len(load())
    assert offered(set()) == ([], list(load().values()))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("sessions: 6", "sessions: 0", "sessions must be 1 or more"),
        ("sessions: 6", "sessions: six", "sessions must be a whole number"),
        ("sessions: 6", "sittings: 6", "sittings is not known here"),
        ("speech: some", "speech: loud", "speech must be little, much or some"),
        ("direction: skills", "direction: fun", "direction must be"),
        ("youngest: 10", "youngest: 19", "youngest and oldest"),
        ("addresses: [anger, thinking, relationships]", "addresses: [rage]", "addresses must be"),
        ("formats: [one_to_one]", "formats: []", "formats must have at least one key"),
        ("formats: [one_to_one]", "formats: [group, group]", "each once"),
        ("rating: not_rated", "rating: high", "nobody has read"),
        ("rating: not_rated", "rating: superb", "rating must be"),
        ("mark: check", "mark: sure", "mark must be"),
        ("next_review: 2027-11-28", "next_review: 2026-11-28", "is not after checked"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_says_what_was_expected(tmp_path, old, new, sentence):
    assert old in GOOD
    path = tmp_path / "anger_at_work.yaml"
    path.write_text(GOOD.replace(old, new))
    with pytest.raises(Unreadable, match=sentence):
        read(path)


def test_a_file_is_named_as_keys_are(tmp_path):
    path = tmp_path / "Anger At Work.yaml"
    path.write_text(GOOD)
    with pytest.raises(Unreadable, match="must be named by small letters"):
        read(path)


@pytest.mark.django_db
def test_the_page_finds_and_says_what_is_to_be_confirmed(signed_in):
    client = signed_in(staff("practitioner"))
    page = client.get("/catalogue/?factor=weapons").content.decode()
    assert "1 of 17 programmes" in page
    assert "Talking about knives" in page
    assert "to be confirmed" in page
    assert "Nothing in the catalogue fits" in client.get("/catalogue/?factor=nothing").content.decode()
