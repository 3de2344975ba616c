"""The demonstration's plan as a browser shows it. `as_` in the conftest opens its pages."""

from __future__ import annotations

import re
from typing import Any

from waypost.governance.improvement.models import Action


def the(ref: str) -> Action:
    return Action.objects.get(ref=ref)


def refs(page: Any) -> list[str]:
    return [
        row.split()[0]
        for row in page.get_by_role("row").get_by_role("rowheader").all_inner_texts()
        if re.match(r"\d[a-z] ", row)
    ]


def heading(page: Any, name: str) -> None:
    page.get_by_role("heading", name=name, level=1, exact=True).wait_for()


def narrow(page: Any, words: str | None = None, **chosen: str) -> None:
    """Choose in the filters, type the words, and have the plan drawn again."""
    for label, option in chosen.items():
        page.get_by_label(label, exact=True).select_option(label=option)
    if words is not None:
        page.get_by_label("Words").fill(words)
    with page.expect_navigation():
        page.get_by_role("button", name="Filter").click()
