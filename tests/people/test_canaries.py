"""Words of every class, typed into the real pages, stand in the record and nowhere else that is kept or sent."""

from __future__ import annotations

import io
import json
import logging
import logging.config
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app as jobs

from tests.factories import staff
from tests.people.children import as_seen_by, child, posted, said
from tests.people.planted import stands_in
from waypost.access.models import Staff
from waypost.config import logs
from waypost.kernel.ids import new_id
from waypost.kernel.lists import load
from waypost.people.models import Child, Entry, Person
from waypost.people.record.fields import FIELDS

CLASSES = [one.key for one in load("disclosure_classes")]
TABLES = ("access_logentry", "access_cache", "procrastinate_jobs", "procrastinate_events")


def canary(where: str) -> str:
    return f"kestrel{where.replace('_', '')}q"


class Seen:
    """What left the house while a test asked for pages."""

    def __init__(self, client: Client, stream: io.StringIO) -> None:
        self.client, self.stream, self.answers = client, stream, []

    def get(self, address: str) -> Any:
        return self._kept(self.client.get(address))

    def post(self, address: str, typed: dict[str, str]) -> Any:
        return self._kept(self.client.post(address, typed))

    def _kept(self, answer: Any) -> Any:
        self.answers.append(answer)
        return answer

    def places(self) -> Iterator[tuple[str, str]]:
        """Everywhere a word may not be, by what it is called."""
        yield "log of the process", self.stream.getvalue()
        for answer in self.answers:
            address = answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"]
            yield "address", address
            yield f"headers of {address}", str(list(answer.headers.items())) + str(answer.cookies.output())
            if not answer.streaming:
                yield (
                    f"title of {address}",
                    " ".join(re.findall(r"<title>(.*?)</title>", answer.content.decode(errors="replace"), re.S)),
                )
                yield (
                    f"links of {address}",
                    " ".join(re.findall(r'(?:href|action|src)="(.*?)"', answer.content.decode(errors="replace"))),
                )
        for message in mail.outbox:
            yield "email", str(message.message())
        for table in TABLES:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT t::text FROM {table} t")  # noqa: S608 (names of ours)
                yield table, "\n".join(row for (row,) in cursor.fetchall())
        for session in Session.objects.all():
            yield "session", json.dumps(session.get_decoded(), default=str)

    def found(self, words: list[str]) -> list[str]:
        return [f"{word} in {where}" for where, text in self.places() for word in words if stands_in(text, word)]


@pytest.fixture
def stream(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """What our settings would write, at the level of an engineer who looks for a fault."""
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    formatter = dict(logs.SETTINGS["formatters"]["json"])
    handler.setFormatter(logging.config.DictConfigurator(logs.SETTINGS).configure_formatter(formatter))
    monkeypatch.setattr(logging.getLogger(), "handlers", [handler])
    return kept


@pytest.fixture
def people(db: None) -> tuple[Staff, Child]:
    head = staff("head_of_service")
    return head, child(head)


@pytest.fixture
def seen(people: tuple[Staff, Child], stream: io.StringIO, signed_in: Callable[[Any], Client]) -> Seen:
    return Seen(signed_in(people[0]), stream)


def typed(kind: str, disclosure: str) -> tuple[dict[str, str], list[str]]:
    """What a browser posts of that form, every box for words with one of ours."""
    whole, words = posted(kind) | {"disclosure": disclosure, "how": "reported", "said_by": "carer"}, []
    for name, box in (*FIELDS[kind].items(), ("speaker", None)):
        limit = getattr(box, "max_length", 150) or 150
        is_text = box is None or type(box).__name__ in ("CharField", "Words")
        if is_text and name not in ("code", "postcode") and (kind, name) != ("identifier", "value"):
            whole[name] = canary(f"{disclosure[:6]}{kind}{name}")[:limit]
            words.append(whole[name])
    return whole, words


@pytest.mark.django_db
@pytest.mark.parametrize("disclosure", CLASSES)
def test_what_is_typed_into_a_form_stands_in_the_record_alone(
    disclosure: str, people: tuple[Staff, Child], seen: Seen
) -> None:
    head, ellis = people
    planted: list[str] = []
    for kind in ("entry", "alert", "address", "contact", "need", "health"):
        where = reverse("child_say", kwargs={"pk": ellis.pk, "kind": kind})
        whole, words = typed(kind, disclosure)
        planted += words
        assert seen.post(where, whole | {"how": ""}).status_code == 422, kind
        assert seen.post(where, whole).status_code == 302, kind
    as_seen_by(head)
    entry = Entry.objects.get()
    assert entry.words in planted and entry.disclosure == disclosure
    correct = reverse("child_correct", kwargs={"pk": ellis.pk, "kind": "entry", "statement": entry.pk})
    again, words = typed("entry", disclosure)
    assert entry.words in seen.get(correct).content.decode()
    seen.post(correct, again)
    seen.post(correct, again | {"once": str(new_id())})  # somebody was before
    for name in ("child", "child_removed", "child_erase", "child_subject_access"):
        assert seen.get(reverse(name, kwargs={"pk": ellis.pk})).status_code == 200
    for kind in ("pdf", "csv"):
        seen.post(reverse("child_subject_access", kwargs={"pk": ellis.pk}), {"kind": kind})
    assert len(planted) > 15
    assert seen.found(planted + words) == []


@pytest.mark.django_db
def test_reasons_and_names_stand_in_the_record_alone(people: tuple[Staff, Child], seen: Seen) -> None:
    head, ellis = people
    named = child(head, given=canary("given"), family=canary("family"), born=date(2011, 2, 3))
    entry = said(ellis, "entry", head, words=canary("entry"))
    reason = f"{canary('reason')} was said by the school."
    where = {"pk": ellis.pk, "kind": "entry", "statement": entry.pk}
    move, remove = reverse("child_move", kwargs=where), reverse("child_remove", kwargs=where)
    moving = {"number": named.number, "reason": reason}
    assert canary("given") in seen.post(move, moving).content.decode()
    assert seen.post(move, moving | {"confirmed": str(named.pk)}).status_code == 302
    second = said(ellis, "entry", head, words=canary("entry"))
    remove = reverse("child_remove", kwargs=where | {"statement": second.pk})
    assert seen.post(remove, {"rule": "other", "reason": reason}).status_code == 302
    hold = reverse("child_hold", kwargs={"pk": ellis.pk})
    assert seen.post(hold, {"reason": reason}).status_code == 302
    assert (
        seen.post(reverse("child_erase", kwargs={"pk": ellis.pk}), {"rule": "erasure", "reason": reason}).status_code
        == 422
    )
    assert seen.get(f"/children/{Person.objects.first().pk}/{canary('guess')}/").status_code == 404  # type: ignore[union-attr]
    seen.answers = [answer for answer in seen.answers if canary("guess") not in answer.request["PATH_INFO"]]
    assert seen.found([canary(one) for one in ("given", "family", "entry", "reason", "guess")]) == []


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["session", "access_cache", "email", "log of the process"])
def test_a_word_in_one_of_those_places_is_found(where: str, seen: Seen) -> None:
    word = canary("control")
    if where == "session":
        session = seen.client.session
        session["said"] = word
        session.save()
    elif where == "access_cache":
        cache.set("said", f"{word} and more")
    elif where == "email":
        mail.send_mail("Said", word, "us@example.org", ["you@example.org"])
    else:
        logging.getLogger("django.request").error("%s", "x", extra={"status_code": 500})
        seen.stream.write(word)
    assert [found.split(" in ")[1] for found in seen.found([word])] == [where]


def test_a_job_is_given_ids_and_nothing_else() -> None:
    """What a job is given is kept in its table for a week: an id, a number or a time says nothing of anybody."""
    may_be_given = {"timestamp", "context"}
    jobs.perform_import_paths()
    ours = [task for task in jobs.tasks.values() if "builtin" not in task.name]
    assert len(ours) >= 4
    for task in ours:
        given = {
            name: kind for name, kind in task.func.__annotations__.items() if name not in may_be_given | {"return"}
        }
        assert all(kind in ("UUID", "int", "date", "datetime") for kind in given.values()), task.name


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_in_a_browser_the_words_are_in_no_address_title_or_store(browser_as: Any, live_server: Any) -> None:
    with transaction.atomic():
        worker = staff("practitioner")
        ellis = child(worker)
    page = browser_as(worker)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}{reverse('child_say', kwargs={'pk': ellis.pk, 'kind': 'health'})}")
    page.get_by_label("What kind").select_option("dental")
    page.get_by_label("What is known").fill(f"{canary('browser')} at the dentist.")
    page.get_by_role("button", name="Save to the record").click()
    page.get_by_text("it is in the record").wait_for()
    kept = page.evaluate(
        "() => JSON.stringify([{...localStorage}, {...sessionStorage}, document.title, history.state])"
    )
    cookies = json.dumps(page.context.cookies())
    assert not any(stands_in(text, canary("browser")) for text in (*asked, kept, cookies, page.url))
