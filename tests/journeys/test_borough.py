"""The whole demonstration: a case manager among her written and her simulated children, and who oversees them."""

from __future__ import annotations

import pytest

from waypost.access.models import Access, Staff

pytestmark = pytest.mark.browser


def test_a_case_manager_holds_as_many_children_as_one_does_and_the_written_ones_come_first(in_the_borough, axe):
    page = in_the_borough("Priya Nandakumar", "today")

    rows = page.get_by_role("table").last.get_by_role("row")
    names = [row.get_by_role("rowheader").inner_text() for row in rows.all()[1:]]
    assert 8 <= len(names) <= 12
    assert {"Ellis Marden", "Kay Dunmore"} <= set(names[:4])
    axe(page)


def test_the_page_of_a_simulated_child_reads_as_any_other(in_the_borough, axe):
    worker = Staff.objects.get(name="Nadia Thorne")
    held = Access.objects.filter(staff=worker, basis="allocated", until=None).order_by("since")
    page = in_the_borough("Nadia Thorne", "child", pk=held[0].child)

    page.get_by_role("heading", name="Everything anyone did").wait_for()
    page.get_by_role("heading", name="Who to call").wait_for()
    axe(page)


def test_a_manager_sees_who_carries_how_much(in_the_borough, axe):
    page = in_the_borough("Rhian Pell", "team")

    workers = page.get_by_role("table", name="Workers, those who hold most children first")
    held = [int(row.get_by_role("cell").first.inner_text().split()[0]) for row in workers.get_by_role("row").all()[1:]]
    assert len(held) == 6
    assert all(8 <= number <= 12 for number in held)
    axe(page)
