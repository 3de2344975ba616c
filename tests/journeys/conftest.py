"""What every journey shares."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.browser import NARROW, WIDE


@pytest.fixture
def axe(axe: Callable[[Any], None]) -> Callable[[Any], None]:
    """Nothing wrong with the page, wide or narrow."""

    def finds_nothing(page: Any) -> None:
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            axe(page)

    return finds_nothing
