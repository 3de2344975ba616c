"""The page for the child: what is on it and what never is, in both languages; and how hard a text reads."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.urls import reverse

from tests.casework.plans.given import NOW, agreed, does, locked, put, written
from tests.factories import service, staff
from tests.people.children import as_seen_by, child, said
from waypost.access.models import LogEntry, Staff
from waypost.casework.plans import actions, one_page, panels
from waypost.casework.plans.models import Plan
from waypost.casework.plans.one_page import PART, PICTURES, WORDS, Aimed, ForTheChild, Helps
from waypost.casework.plans.readable import reads, syllables
from waypost.kernel.lists import load
from waypost.people.models import Child
from waypost.people.record.facts import KEPT

PAGE = ForTheChild(
    name="Ellis",
    aims=[
        Aimed(
            "change",
            "Ellis is at school",
            "I want to fix bikes.",
            "The register.",
            date(2027, 1, 30),
            (Helps("child", "Comes."),),
        )
    ],
    agreed=True,
    worker="Priya Nandakumar",
    telephone="01632 960 100",
    service="Alder Vale",
    made_on=date(2026, 11, 28),
    language="english",
)


def words_of(pdf: bytes) -> tuple[str, int]:
    document = pypdfium2.PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split()), len(document)


def test_both_languages_say_the_same_things_and_every_picture_is_drawn_and_named() -> None:
    assert WORDS["english"].keys() == WORDS["welsh"].keys()
    for key in WORDS["english"]:
        fields = [re.findall(r"{(\w+)}", WORDS[language][key]) for language in WORDS]
        assert fields[0] == fields[1]
    drawn = {path.stem for path in PICTURES.glob("*.svg")}
    assert set(PART.values()) <= drawn and all(key in load("pictures") for key in drawn)


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("english", ("My plan", "Ellis, this is what we agreed", "By 30 January 2027", "Me: Comes.", "01632 960 100")),
        ("welsh", ("Fy nghynllun i", "Ellis, dyma beth y cytunon ni arno", "Erbyn 30 Ionawr 2027", "Fi: Comes.")),
    ],
)
def test_the_childs_words_come_first(language: str, says: tuple[str, ...]) -> None:
    words, pages = words_of(one_page.render(replace(PAGE, language=language)))
    for one in says:
        assert one in words
    assert words.index("I want to fix bikes.") < words.index("Ellis is at school") and pages == 1


def test_what_is_not_agreed_says_so() -> None:
    assert "this is not agreed yet" in words_of(one_page.render(replace(PAGE, agreed=False)))[0]


def test_four_objectives_fit_on_one_page() -> None:
    (aim,) = PAGE.aims
    four = [replace(aim, part=part) for part in ("change", "change", "others", "safety")]
    assert words_of(one_page.render(replace(PAGE, aims=four)))[1] == 1
    assert words_of(one_page.render(replace(PAGE, aims=[])))[1] == 1


def test_letters_that_no_font_draws_and_words_without_an_end_stop_nothing() -> None:
    (aim,) = PAGE.aims
    words, _ = words_of(one_page.render(replace(PAGE, aims=[replace(aim, words=f"Ellis 😀 {'x' * 200}")])))
    assert words.count("x") > 199


def test_words_are_never_read_as_markup() -> None:
    (aim,) = PAGE.aims
    words, _ = words_of(one_page.render(replace(PAGE, aims=[replace(aim, words="#panic() *Ellis* $x$")])))
    assert "#panic() *Ellis* $x$" in words


# Which plan -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def worker(db: None) -> Staff:
    service()
    return staff("practitioner", name="Priya Nandakumar")


@pytest.fixture
def ellis(worker: Staff) -> Child:
    return child(worker)


def taken(client: Any, of: Child, plan: Plan, language: str = "english") -> Any:
    where = {"pk": of.pk, "plan": plan.pk, "language": language}
    return client.get(reverse("child_plan_one_page", kwargs=where))


def test_what_is_kept_to_professionals_is_not_on_it(worker, ellis, client) -> None:
    plan = locked(ellis, worker, staff("manager"))
    client.force_login(worker)
    answer = taken(client, ellis, plan)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="plan-for-the-child-')
    words, _ = words_of(answer.content)
    assert "twelve hours a week" in words and "Priya Nandakumar" in words
    assert "Going to school or work" not in words  # the factor behind it
    assert LogEntry.objects.get(event="plan.page_for_the_child").subject == ellis.pk
    assert taken(client, ellis, plan, "latin").status_code == 404


def test_an_address_that_is_kept_from_somebody_is_not_carried_home(worker, ellis, client) -> None:
    plan = written(ellis, worker)
    home = said(ellis, "address", worker, lines="The Larches, 9 High Row")
    type(home).objects.filter(pk=home.pk).update(disclosure=KEPT)
    put(plan, worker, words="Ellis sleeps at The Larches every night")
    client.force_login(worker)
    answer = taken(client, ellis, plan)
    assert answer.status_code == 409 and "kept from somebody" in answer.content.decode()


def test_what_the_plan_says_to_professionals_stays_with_them(worker, ellis, client) -> None:
    plan = written(ellis, worker)
    aim = panels.shown(plan, ellis, NOW()).aims[0]
    does(plan, aim.root, worker, who="agency", agency="police", name="PC Lowe", what="Walks past at four.")
    agreed(plan, worker)
    as_seen_by(worker)
    now = Plan.objects.get(pk=plan.pk)
    actions.say(now, "controls", "He is not to know of the camera.", revision=now.revision, by=worker, at=NOW())
    client.force_login(worker)
    words, _ = words_of(taken(client, ellis, plan).content)
    assert "Police: PC Lowe: Walks past at four." in words and "camera" not in words


# How hard it reads ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("word", "count"), [("school", 1), ("register", 3), ("Friday", 2), ("bike", 1)])
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_plain_words_read_like_an_early_year_and_long_ones_do_not() -> None:
    plain = reads("Ellis is at school. He fixes bikes. We look on Fridays.")
    hard = reads(
        "Ellis demonstrates consistent engagement with educational provision, evidencing sustained behavioural change "
        "across multiple environments and professional relationships."
    )
    assert plain.year <= 3 and plain.long == () and (plain.words, plain.sentences) == (11, 3)
    assert hard.year >= 11 and len(hard.long) == 1


def test_of_welsh_only_words_and_sentences_are_counted() -> None:
    found = reads("Mae Ellis yn yr ysgol. Mae’n trwsio beiciau.", "welsh")
    assert (found.year, found.words, found.sentences) == (None, 8, 2)
    assert reads("").year is None
