"""When an assessment is looked at again, in a table that a practitioner could check."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from waypost.casework.assessments import reviews
from waypost.kernel.definition_files import Unreadable
from waypost.kernel.lists import load as list_of

LOCKED = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("level", "due"),
    [
        ("standard", date(2026, 8, 31)),
        ("enhanced", date(2026, 6, 1)),
        ("intensive", date(2026, 6, 1)),
        ("", date(2026, 8, 31)),
    ],
)
def test_by_level(level, due) -> None:
    assert reviews.load().due(level, LOCKED) == due


@pytest.mark.parametrize(
    ("event", "due"),
    [
        (date(2026, 3, 2), date(2026, 3, 16)),
        (date(2026, 3, 30), date(2026, 4, 15)),  # over Good Friday and Easter Monday
        (date(2026, 12, 21), date(2027, 1, 7)),  # over Christmas and the New Year
    ],
)
def test_after_something_happened_in_working_days(event, due) -> None:
    assert reviews.load().due_after(event) == due


def test_every_level_has_its_weeks() -> None:
    assert set(reviews.load().weeks) == {code.key for code in list_of("intervention_levels")}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"weeks": {"standard": 26}}, "weeks must be given for standard, enhanced, intensive"),
        ({"after_event": 0}, "a whole number of 1 or more"),
        ({"mark": "sure"}, "mark must be"),
        ({"next_review": date(2020, 1, 1)}, "is not after checked"),
        ({"more": 1}, "more is not known here"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_says_so(tmp_path, change, says) -> None:
    path = tmp_path / "reviews.yaml"
    path.write_text(yaml.safe_dump(yaml.safe_load(reviews.FILE.read_text()) | change))
    with pytest.raises(Unreadable, match=says):
        reviews.load(path)
