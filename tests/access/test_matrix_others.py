"""The other half of the addresses, in a file of its own: files are what two workers share out."""

from __future__ import annotations

import pytest

from tests.access.test_matrix import TABLE, answers_otherwise


@pytest.mark.django_db
@pytest.mark.parametrize("url", sorted(TABLE.behind)[1::2])
def test_an_address_answers_as_the_table_says(url: str) -> None:
    assert answers_otherwise(url) == []
