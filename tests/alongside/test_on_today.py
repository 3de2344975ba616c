"""What of another system waits for somebody stands on Today, with one thing to do; of whom it is about nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.alongside.exports import WIDE
from tests.desk.today_world import page_of, text
from tests.factories import service, staff
from tests.people.children import child
from waypost.casework.alongside import actions

SECTION = "//section[@aria-labelledby='alongside']"


@pytest.fixture(autouse=True)
def named(db: None) -> None:
    service()


def test_of_a_reading_that_ended_nothing_waits(world: Any) -> None:
    world.read(WIDE)
    assert text(page_of(world.head), SECTION) == ""


def test_a_nightly_reading_that_failed_is_said_to_whoever_may_read_it_again(world: Any) -> None:
    world.read(WIDE)
    system = world.system(WIDE)
    actions.keep_folder(system, world.folder, by=world.head, at=timezone.now())
    for file in world.folder.iterdir():
        file.unlink()
    actions.read_nightly(system, at=timezone.now())
    assert "Northway was not read to its end" in text(page_of(world.head), SECTION)
    assert "No file in the folder is called caseload_*.csv" in text(page_of(staff("manager")), SECTION)
    assert text(page_of(world.priya), SECTION) == ""


def test_a_child_who_may_be_here_is_asked_about_without_a_name(world: Any) -> None:
    child(world.priya, given="Ellis", family="Marden")
    world.read(WIDE)
    said = text(page_of(world.head), SECTION)
    assert "1 child may be here already" in said and "Marden" not in said
