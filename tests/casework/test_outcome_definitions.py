"""The definitions of outcomes and clocks: whole, joined to what they name, and the sentence for each way to be wrong."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from waypost.access.permissions import ROLES
from waypost.casework.court import definitions as court
from waypost.casework.outcomes import clocks as clock_files
from waypost.casework.outcomes import definitions, requirements
from waypost.casework.outcomes.clocks import clocks
from waypost.casework.outcomes.definitions import OUTCOMES, Family, load, name_of, on
from waypost.kernel.definition_files import Unreadable

ROUTES = {
    "none",
    "referral_order",
    "youth_rehabilitation",
    "detention_training",
    "licence",
    "reparation",
    "conditional_caution",
}
ASKED_FOR_ELSEWHERE = {
    "tell_next_date",
    "pre_sentence_report",
    "first_panel_intensive",
    "warning_letter",
}  # not raised by an outcome or remand: by the result of a hearing, a decision


@pytest.mark.parametrize(
    ("day", "there", "not_there"),
    [
        (date(2009, 11, 29), {"reprimand", "final_warning"}, {"youth_rehabilitation", "youth_caution"}),
        (date(2009, 11, 30), {"reprimand", "youth_rehabilitation"}, {"youth_conditional_caution"}),
        (date(2013, 4, 7), {"reprimand", "final_warning"}, {"youth_caution", "youth_conditional_caution"}),
        (date(2013, 4, 8), {"youth_caution", "youth_conditional_caution"}, {"reprimand", "final_warning"}),
        (date(2012, 12, 2), {"section_228", "section_226"}, {"section_226b"}),
        (date(2012, 12, 3), {"section_226b"}, {"section_228", "section_226"}),
        (date(2020, 11, 30), {"section_91", "section_226b", "section_90"}, {"section_250", "section_254", "section_259"}),
        (date(2020, 12, 1), {"section_250", "section_254", "section_259"}, {"section_91", "section_226b", "section_90"}),
        (date(2021, 6, 28), {"section_254"}, {"section_252a"}),
        (date(2021, 6, 29), {"section_252a"}, set()),
        (date(2022, 11, 30), {"outcome_22", "prevention"}, {"turnaround"}),
        (date(2022, 12, 1), {"turnaround"}, set()),
    ],
)  # fmt: skip
def test_what_may_be_given_on_a_day(day, there, not_there):
    keys = {type.key for type in on(day)}
    assert there <= keys and not not_there & keys


def test_they_come_in_the_order_in_which_a_worker_looks_for_them():
    today = [type.key for type in on(date(2026, 11, 28))]
    assert today[:4] == ["referral_order", "reparation_order", "youth_rehabilitation", "detention_training"]
    assert today[-2:] == ["turnaround", "prevention"]
    places = [type.place for type in load().values()]
    assert len(set(places)) == len(places)


def test_what_is_voluntary_has_no_route_and_asks_nothing_by_law():
    voluntary = {type.key for type in load().values() if type.voluntary}
    assert voluntary == {
        "community_resolution",
        "outcome_20",
        "outcome_21",
        "outcome_22",
        "deferred_decision",
        "turnaround",
        "prevention",
    }
    for key in voluntary:
        type = load()[key]
        assert (type.route, type.requirements, type.entrant) == ("none", (), False)
        assert type.given_by in {"police", "service"} and type.family in {Family.DIVERSION, Family.PREVENTION}


def test_only_cautions_and_what_courts_decide_make_a_first_time_entrant():
    assert {type.family for type in load().values() if type.entrant} == {
        Family.CAUTION,
        Family.FIRST_TIER,
        Family.COMMUNITY,
        Family.CUSTODY,
    }


def test_every_route_is_one_that_compliance_knows():
    assert {type.route for type in load().values()} == ROUTES
    assert {kind.route for kind in court.kinds().values()} == {"none", "bail"}


def test_every_requirement_named_is_defined():
    assert {key for type in load().values() for key in type.requirements} <= set(requirements.load())


def test_every_clock_is_for_a_role_and_is_used_or_said_to_be_asked_for_elsewhere():
    assert {clock.for_role for clock in clocks().values()} <= set(ROLES)
    used = {rule.key for type in load().values() for rule in type.tasks}
    used |= {rule.key for kind in court.kinds().values() for rule in kind.tasks}
    assert set(clocks()) - used == ASKED_FOR_ELSEWHERE


def test_nothing_is_due_for_an_outcome_from_a_moment_it_does_not_have():
    for type in load().values():
        moments = {rule.counted_from for rule in type.tasks}
        assert moments <= {"made", "contract", "release", "end"}
        assert "contract" not in moments or type.starts == "contract"
        assert "release" not in moments or type.family is Family.CUSTODY
        assert "end" not in moments or not (type.no_end or type.at_once)


def test_what_is_sure_is_statute_and_what_is_not_says_so():
    marks = {key: {version.mark for version in type.versions} for key, type in load().items()}
    assert marks["detention_training"] == marks["youth_caution"] == marks["referral_order"] == {"law"}
    assert marks["youth_conditional_caution"] == marks["turnaround"] == marks["section_252a"] == {"check"}


def test_a_key_that_no_file_has_stands_as_it_is():
    assert (name_of("fine"), name_of("transportation")) == ("Fine", "transportation")


@pytest.fixture
def order(tmp_path):
    """Reads the definition of a fine with some names changed; None takes a name out."""

    def reading(**changed):
        whole = yaml.safe_load((OUTCOMES / "fine.yaml").read_text())
        whole = {name: value for name, value in {**whole, **changed}.items() if value is not None}
        (tmp_path / "fine.yaml").write_text(yaml.safe_dump(whole))
        return definitions.read(tmp_path / "fine.yaml")

    return reading


def version(**changed):
    whole = {"since": date(2000, 1, 1), "least_age": 10, "most_age": 17, "mark": "law", "source": "An act."}
    return {**whole, **changed}


def test_as_it_stands_it_can_be_read(order):
    assert order() == load()["fine"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"colour": "red"}, "fine.yaml: colour is not known here."),
        ({"name": None}, "fine.yaml: name must be given."),
        ({"entrant": "yes"}, "fine.yaml: entrant must be true or false, and is 'yes'."),
        ({"family": "adult"}, "fine.yaml: family must be caution, community, custody, diversion, first_tier, other or prevention, and is 'adult'."),
        ({"given_by": "council"}, "fine.yaml: given_by must be court, police, prosecutor or service, and is 'council'."),
        ({"starts": "later"}, "fine.yaml: starts must be contract or made, and is 'later'."),
        ({"law_of": "offence"}, "fine.yaml: law_of must be convicted or made, and is 'offence'."),
        ({"tasks": ["tea"]}, "fine.yaml: tasks must be assessment,"),
        ({"next_review": date(2020, 1, 1)}, "fine.yaml: next_review 2020-01-01 is not after checked 2026-11-28."),
        ({"voluntary": True, "route": "licence"}, "fine.yaml: route must be none, and is 'licence': what is voluntary knows no breach."),
        ({"no_end": None}, "fine.yaml: one of a unit in every version, no_end and at_once must be given."),
        ({"at_once": True}, "fine.yaml: one of a unit in every version, no_end and at_once must be given."),
        ({"versions": []}, "fine.yaml: versions must be given: the law from a day on."),
        ({"versions": ["always"]}, "fine.yaml: version 1: must have since, least_age, most_age, mark and source, and is 'always'."),
        ({"versions": [version(mark="sure")]}, "fine.yaml: version 1: mark must be check, law or public, and is 'sure'."),
        ({"versions": [version(until=date(1999, 1, 1))]}, "fine.yaml: version 1: until 1999-01-01 is before since 2000-01-01."),
        ({"versions": [version(unit="years", least=1)]}, "fine.yaml: version 1: unit must be hours, months or weeks, and is 'years'."),
        ({"versions": [version(unit="months")]}, "fine.yaml: version 1: least, or only, must be given: a unit is of a length."),
        ({"versions": [version(most=3)]}, "fine.yaml: version 1: unit must be given: months, weeks or hours."),
        ({"versions": [version(released="soon")]}, "fine.yaml: version 1: released must be decided, half or two_thirds, and is 'soon'."),
        ({"versions": [version(until=date(2004, 12, 30)), version(since=date(2005, 1, 1))]}, "fine.yaml: the version from 2005-01-01 must begin on the day after the one before it ended."),
        ({"versions": [version(), version(since=date(2005, 1, 1))]}, "fine.yaml: the version from 2005-01-01 must begin on the day after the one before it ended."),
    ],
)  # fmt: skip
def test_a_definition_that_is_wrong_is_told_with_what_was_expected(order, changed, sentence):
    with pytest.raises(Unreadable) as told:
        order(**changed)
    assert str(told.value).startswith(sentence)


def test_the_name_of_a_file_is_its_key(tmp_path):
    (tmp_path / "A fine.yaml").write_text("{}")
    with pytest.raises(Unreadable, match="A fine.yaml: its name must be small letters"):
        definitions.read(tmp_path / "A fine.yaml")


@pytest.mark.parametrize(
    ("module", "file", "part", "changed", "sentence"),
    [
        (clock_files, "FILE", "clocks", {"number": -1}, "clocks.yaml: clock 1: number must be 0 or more, and is -1."),
        (clock_files, "FILE", "clocks", {"unit": "moons"}, "clocks.yaml: clock 1: unit must be calendar_days, months or working_days, and is 'moons'."),
        (clock_files, "FILE", "clocks", {"key": "A b"}, "clocks.yaml: clock 1: key must be small letters, digits and single underscores, and is 'A b'."),
        (clock_files, "FILE", "clocks", {"key": "plan"}, "clocks.yaml: plan is given twice; a key has one meaning for good."),
        (requirements, "FILE", "requirements", {"unit": "years"}, "requirements.yaml: requirement 1, activity: unit must be days, hours, hours_a_day or months, and is 'years'."),
        (requirements, "FILE", "requirements", {"key": "curfew"}, "requirements.yaml: curfew is given twice; a key has one meaning for good."),
        (requirements, "FILE", "requirements", {"key": "A b"}, "requirements.yaml: requirement 1: key must be small letters"),
        (requirements, "FILE", "requirements", {"versions": [version()]}, "requirements.yaml: requirement 1, activity: least_age and most_age is not known here."),
        (court, "FILE", "kinds", {"tasks": ["tea"]}, "remands.yaml: kind 1: tasks must be assessment,"),
        (court, "FILE", "kinds", {"key": "youth_detention"}, "remands.yaml: youth_detention is given twice; a key has one meaning for good."),
        (court, "FILE", "kinds", {"key": "A b"}, "remands.yaml: kind 1: key must be small letters"),
        (court, "FILE", "kinds", {"looked_after": 1}, "remands.yaml: kind 1: looked_after must be true or false, and is 1."),
    ],
)  # fmt: skip
def test_one_entry_that_is_wrong_is_told_with_its_place(tmp_path, module, file, part, changed, sentence):
    source = getattr(module, file)
    whole = yaml.safe_load(source.read_text())
    whole[part][0].update(changed)
    (tmp_path / source.name).write_text(yaml.safe_dump(whole))
    with pytest.raises(Unreadable) as told:
        module.read(tmp_path / source.name)
    assert str(told.value).startswith(sentence)


@pytest.mark.parametrize("module", [clock_files, requirements, court])
def test_a_file_to_be_reviewed_before_it_was_checked_is_wrong(tmp_path, module):
    whole = yaml.safe_load(module.FILE.read_text()) | {"next_review": date(2026, 11, 28)}
    (tmp_path / "some.yaml").write_text(yaml.safe_dump(whole))
    with pytest.raises(Unreadable, match="some.yaml: next_review 2026-11-28 is not after checked 2026-11-28"):
        module.read(tmp_path / "some.yaml")
