"""Decision records: each has a number of its own, the same in its name and its title."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

RECORDS = sorted((Path(__file__).parents[2] / "docs" / "adr").glob("*.md"))


def test_no_two_records_share_a_number():
    numbers = Counter(record.name.split("-")[0] for record in RECORDS)
    assert numbers
    assert [number for number, times in numbers.items() if times > 1] == []


def test_a_record_is_named_and_titled_with_its_number():
    for record in RECORDS:
        assert re.fullmatch(r"\d{4}(-[a-z0-9]+)+\.md", record.name), record.name
        assert record.read_text().startswith(f"# {int(record.name[:4])}. "), record.name
