"""Every address is asked by every role, in every way, of a record in every state, and answers as the table says."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.matrix_records import MAKERS, Asked, World, asked_of
from tests.factories import service, staff
from waypost.access import matrix
from waypost.access.matrix import NO_ROLE, SIGNED_IN, VISITOR
from waypost.access.matrix_page import document
from waypost.access.models import Staff

TABLE = matrix.load()
A_BROWSER_SENDS = {"csrfmiddlewaretoken": "with every form"}
NONE = (VISITOR, NO_ROLE)
OF_OTHERS = ("team's", "other's", "sealed")  # one record for all who ask: none of them has to do with it
EVERY_WAY = ("GET", "HEAD", "fragment", "POST")
BROWSER = Client()  # one for all: each of its own would make every middleware anew
FRAGMENT = {"HX-Request": "true", "HX-Current-URL": "http://testserver/"}


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from names(one.url_patterns)
        else:
            assert one.name, f"{one.pattern} has no name, so no row can speak of it"
            yield one.name


ADDRESSES = sorted(names(get_resolver().url_patterns))


def test_the_table_is_whole() -> None:
    assert matrix.problems(TABLE) == []


def test_every_address_has_rows_and_every_row_an_address() -> None:
    assert sorted(TABLE.behind) == ADDRESSES


def test_every_function_that_makes_a_record_is_used() -> None:
    assert MAKERS.keys() <= TABLE.behind.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("url", sorted(TABLE.behind)[::2])  # the others: test_matrix_others, so that two work at it
def test_an_address_answers_as_the_table_says(url: str) -> None:
    assert answers_otherwise(url) == []


def answers_otherwise(url: str) -> list[str]:
    """Where an address does not answer as the table says: every role, every state, every way."""
    service()
    world, wrong = World(url), []
    askers = {role: staff(None if role in NONE else role, team=world.riverside) for role in (VISITOR, *SIGNED_IN)}
    sessions = {role: None if role == VISITOR else session_of(asker) for role, asker in askers.items()}
    for state in TABLE.states_of(url):
        with undone():
            shared = asked_of(url, world, world.bystander, state) if state in OF_OTHERS else None
            for role, asker in askers.items():
                with undone():
                    what = shared or asked_of(url, world, asker, state)
                    for asked in EVERY_WAY:
                        found, said = ask(url, asked, sessions[role], what), expected(url, asked, role, state)
                        if found != said:
                            wrong.append(f"{asked} by {role}, {state or 'no record'}: {found}, not {said}")
    return wrong


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def expected(url: str, asked: str, role: str, state: str) -> str:
    methods = TABLE.methods_of(url)
    method = "POST" if asked == "POST" else "download" if "download" in methods else "GET"
    said = TABLE.answer(url, method, role, state)
    if said is None and role == VISITOR and not TABLE.is_open(url):
        return "sign in"
    return f"{said} file" if method == "download" and said == 200 else str(said or 405)


def session_of(person: Staff) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def ask(url: str, asked: str, session: str | None, what: Asked) -> str:
    client, address = BROWSER, reverse(url, kwargs=what.where)
    client.cookies.clear()
    for given in what.posted.values():
        if isinstance(given, File):
            given.seek(0)  # posted before by somebody else
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    answers = {
        "GET": lambda: client.get(address),
        "HEAD": lambda: client.head(address),
        "fragment": lambda: client.get(address, headers=FRAGMENT),
        "POST": lambda: client.post(address, what.posted | A_BROWSER_SENDS),
    }
    with undone():
        return in_words(answers[asked](), asked)


def in_words(answer: HttpResponse, asked: str) -> str:
    leads = answer.headers.get("HX-Redirect" if asked == "fragment" else "Location", "")
    if leads.startswith("/sign-in/?next="):
        return "sign in"
    if asked == "HEAD":
        assert b"".join(answer) == b""
    is_file = answer.headers.get("Content-Disposition", "").startswith("attachment")
    return f"{answer.status_code} file" if is_file and asked != "POST" else str(answer.status_code)


def pattern_of(url: str) -> str:
    """Some address of that name, whatever stands behind it."""
    found = get_resolver().reverse_dict.getlist(url)[0][0][0]
    return found[0] % dict.fromkeys(found[1], "0193b6b0-0000-7000-8000-000000000000")


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"])
def test_no_address_answers_another_method(method: str) -> None:
    administrator, client = staff("administrator"), Client()
    client.force_login(administrator)
    answered = []
    for url in sorted(TABLE.behind):
        address = f"/{pattern_of(url)}"
        status = client.generic(method, address).status_code
        answered += [f"{url}: {status}"] if status != 405 else []
    assert answered == []


@pytest.mark.parametrize(
    ("was", "becomes", "problem"),
    [
        ("  - [teams, GET, everyone, any, 403]\n", "", "teams GET: nothing is said for manager, nothing behind it"),
        ("analyst", "magistrate", "take files out: magistrate is no role"),
        ("rows:\n", "rows:\n  - [moon, GET, everyone, any, 200]\n", "moon is not named under records"),
        ("[staff, GET, administrators", "[staff, GET, anybody", "staff: GET, anybody or 200 is no word of this table"),
        ("own closed, 422", "own closedd, 422", "staff_role_give: closedd is no state"),
        ("behind: file", "behind: file moon", "moon has no row"),
        (
            "rows:\n",
            "rows:\n  - [plan, GET, everyone, any, 200]\n",
            "plan GET do not see the plan: rows above leave it nothing to answer",
        ),
    ],
)
def test_a_table_that_is_not_whole_is_found_out(tmp_path, was: str, becomes: str, problem: str) -> None:
    path = tmp_path / "matrix.yaml"
    path.write_text(matrix.TABLE.read_text().replace(was, becomes))
    assert problem in matrix.problems(matrix.load(path))


def test_the_page_for_managers_is_drawn_from_the_table_as_it_is() -> None:
    page = Path(settings.PROJECT) / "docs" / "who-may-do-what.md"
    assert page.read_text() == "\n".join(document()) + "\n", "draw it again: just docs"
