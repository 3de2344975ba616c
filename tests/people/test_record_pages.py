"""The forms by which something is said, put right and ended, as a browser posts them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.factories import staff
from tests.people.children import (
    EXAMPLES,
    OURS,
    as_seen_by,
    child,
    document,
    example,
    harmed,
    held,
    posted,
    professional,
    related,
    said,
)
from waypost.access import opening
from waypost.access.models import LogEntry, Staff
from waypost.files.models import StoredFile
from waypost.kernel.ids import new_id
from waypost.people.models import (
    Address,
    Alert,
    Birth,
    ContactDetail,
    Document,
    Entry,
    Harmed,
    Name,
    Particular,
    Person,
    Relation,
    Wall,
    WorksWith,
)
from waypost.people.record import actions
from waypost.people.record.fields import ASKED
from waypost.people.record.models import Child, Statement

pytestmark = pytest.mark.django_db
PARTICULARS = {
    "sex": {"code": "male"},
    "ethnicity": {"code": "white_british"},
    "religion": {"code": "none"},
    "immigration": {"code": "british"},
    "gender": {"words": "a lad"},
    "pronouns": {"words": "he, him"},
    "nationality": {"words": "Cymro"},
}


@pytest.fixture
def worker() -> Staff:
    return staff("practitioner", name="Priya Nandakumar")


@pytest.fixture
def client(signed_in, worker: Staff) -> Client:
    return signed_in(worker)


def text(answer) -> str:
    main = answer.content.decode().partition("<main")[2].partition("</main")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def address_of(of: Child, kind: str, one: Statement | None = None, end: str = "") -> str:
    return f"/children/{of.pk}/{kind}/{one.pk}/{end}" if one else f"/children/{of.pk}/say/{kind}/"


def source(**fields: Any) -> dict[str, Any]:
    kept = {"how": "observed", "agency": OURS.agency, "basis": OURS.basis, "disclosure": "professionals"}
    return kept | {"once": str(new_id())} | fields


@pytest.mark.parametrize("kind", sorted(EXAMPLES.keys() - {"birth", "particular"}))
def test_every_kind_is_said_by_its_form(kind: str, client: Client, worker: Staff) -> None:
    ellis = child(worker)
    assert client.get(address_of(ellis, kind)).status_code == 200
    answer = client.post(address_of(ellis, kind), posted(kind))
    assert (answer.status_code, answer.headers.get("Location")) == (302, f"/children/{ellis.pk}/"), text(answer)
    assert ASKED[kind].kind.model.objects.current().filter(person=ellis.pk, by=worker).count() >= 1


@pytest.mark.parametrize(("which", "answer"), PARTICULARS.items())
def test_each_particular_is_a_form_of_its_own(
    which: str, answer: dict[str, str], client: Client, worker: Staff
) -> None:
    ellis = child(worker)
    assert client.post(address_of(ellis, which), source(**answer)).status_code == 302
    one = Particular.objects.get()
    assert (one.which, one.code, one.words) == (which, answer.get("code", ""), answer.get("words", ""))
    again = client.get(address_of(ellis, which))
    assert again.headers["Location"] == address_of(ellis, which, one)  # said once: corrected from then on


def test_the_birth_date_is_corrected_not_said_again(client: Client, worker: Staff) -> None:
    ellis = child(worker)
    assert client.get(address_of(ellis, "birth")).headers["Location"] == address_of(ellis, "birth", Birth.objects.get())
    form = source(**{"born-day": "2", "born-month": "11", "born-year": "2011"})
    assert "This is in the record already." in text(client.post(address_of(ellis, "birth"), form))


def test_an_answer_that_says_too_little_asks_for_words(client: Client, worker: Staff) -> None:
    answer = client.post(address_of(child(worker), "ethnicity"), source(code="white_other"))
    assert answer.status_code == 409
    assert "Say more in their own words" in text(answer)


class TestWhereItComesFrom:
    def test_it_needs_no_thought(self, signed_in) -> None:
        nurse = staff("specialist", agency="health")
        ellis = held(nurse, entered_by=staff("head_of_service"))
        page = signed_in(nurse).get(address_of(ellis, "health")).content.decode()
        assert "Where this comes from: seen or heard by the worker, health" in page
        assert not re.search(r"<details[^>]* open", page)

    def test_it_opens_when_something_in_it_is_to_be_mended(self, client: Client, worker: Staff) -> None:
        answer = client.post(address_of(child(worker), "address"), posted("address") | {"how": "reported"})
        assert answer.status_code == 409
        assert "It was told to you. Say by whom." in text(answer)
        assert re.search(r"<details[^>]* open", answer.content.decode())

    def test_own_words_are_the_child_s_unless_somebody_else_s(self, client: Client, worker: Staff) -> None:
        ellis = child(worker)
        assert 'value="child" selected' in client.get(address_of(ellis, "entry")).content.decode()
        client.post(address_of(ellis, "entry"), posted("entry", own_words="No.", title="one") | {"said_by": "child"})
        client.post(address_of(ellis, "entry"), posted("entry", title="two") | {"said_by": "child"})
        assert dict(Entry.objects.values_list("title", "said_by")) == {"one": "child", "two": ""}


class TestTwoPeopleAtOnce:
    def test_the_second_sees_both_texts_and_saves_knowingly(self, client: Client, worker: Staff) -> None:
        ellis = child(worker)
        first = said(ellis, "address", worker)
        theirs = actions.correct(
            first, example("address", lines="9 High Row"), source=OURS, by=worker, at=timezone.now(), once=new_id()
        )
        mine = posted("address", lines="2 Low Row", postcode="ZZ9 1LR")
        answer = client.post(address_of(ellis, "address", first), mine)
        assert answer.status_code == 409
        shown = answer.content.decode()
        assert "Address 9 High Row 2 Low Row Postcode ZZ9 9ZZ ZZ9 1LR" in text(answer)
        assert "2 Low Row</textarea>" in shown
        assert f'action="{address_of(ellis, "address", theirs)}"' in shown

        assert client.post(address_of(ellis, "address", theirs), mine).status_code == 302
        assert Address.objects.current().get().lines == "2 Low Row"
        assert Address.objects.count() == 3

    def test_who_comes_later_is_led_to_what_it_says_now(self, client: Client, worker: Staff) -> None:
        ellis = child(worker)
        first = said(ellis, "address", worker)
        now = actions.correct(first, example("address", lines="9 High Row"), source=OURS, by=worker, at=timezone.now())
        assert client.get(address_of(ellis, "address", first)).headers["Location"] == address_of(ellis, "address", now)
        shown = text(client.get(address_of(ellis, "address", now)))
        assert "What it was before Priya Nandakumar" in shown
        assert "4 Mill Row" in shown

    def test_posted_twice_it_is_one(self, client: Client, worker: Staff) -> None:
        ellis, form = child(worker), posted("entry")
        assert [client.post(address_of(ellis, "entry"), form).status_code for _ in range(2)] == [302, 302]
        assert Entry.objects.count() == 1


class TestAnEnd:
    def test_it_is_a_short_form(self, client: Client, worker: Staff) -> None:
        ellis, today = child(worker), timezone.localdate()
        alert = said(ellis, "alert", worker)
        Alert.objects.update(review_by=today - timedelta(days=9))
        assert "Knife found" in text(client.get(address_of(ellis, "alert", alert, "end/")))
        day = {"until-day": str(today.day), "until-month": str(today.month), "until-year": str(today.year)}
        answer = client.post(address_of(ellis, "alert", alert, "end/"), day | {"once": str(new_id())})
        assert answer.status_code == 302
        ended = Alert.objects.current().get()
        assert (ended.until, ended.words, ended.replaces_id) == (today, alert.words, alert.pk)

    def test_what_has_no_period_has_no_end(self, client: Client, worker: Staff) -> None:
        ellis = child(worker)
        assert client.get(address_of(ellis, "birth", Birth.objects.get(), "end/")).status_code == 404

    def test_no_day_is_given_back(self, client: Client, worker: Staff) -> None:
        ellis = child(worker)
        answer = client.post(address_of(ellis, "need", said(ellis, "need", worker), "end/"), {"once": str(new_id())})
        assert answer.status_code == 422
        assert "Enter last day" in text(answer)


class TestSomebodyElse:
    SAID = {"relation": "mother", "carer": "on"}

    def test_somebody_new_is_entered_with_what_they_are(self, client: Client, worker: Staff) -> None:
        ellis = child(worker)
        form = source(**self.SAID, given="Donna", family="Marden")
        assert [client.post(address_of(ellis, "relation"), form).status_code for _ in range(2)] == [302, 302]
        relation = Relation.objects.get()
        assert str(Name.objects.get(person=relation.other)) == "Donna Marden"
        assert not Child.objects.filter(person=relation.other).exists()
        assert Person.objects.count() == 2
        assert LogEntry.objects.filter(event="person.entered", subject=relation.other_id).count() == 1

    def test_or_chosen_among_those_tied_to_the_child(self, client: Client, worker: Staff) -> None:
        ellis = child(worker)
        donna = related(ellis, worker).other
        assert "Donna Marden" in text(client.get(address_of(ellis, "relation")))
        form = source(relation="foster_carer", who=str(donna.pk))
        assert client.post(address_of(ellis, "relation"), form).status_code == 302
        assert set(Relation.objects.values_list("other", flat=True)) == {donna.pk}

    def test_or_another_child_of_ours_by_number(self, client: Client, worker: Staff) -> None:
        ellis, bryony = child(worker), child(worker, given="Bryony")
        form = source(relation="sibling", number=bryony.number)
        assert client.post(address_of(ellis, "relation"), form).status_code == 302
        assert Relation.objects.get().other_id == bryony.pk

    @pytest.mark.parametrize(
        ("fields", "says"),
        [
            ({}, "Choose who it is, or write the name of somebody new"),
            ({"number": "26-9999"}, "No child with this number is open to you"),
            ({"who": "0193b6b0-0000-7000-8000-000000000000"}, "Select a valid choice"),
            ({"given": "D", "born-day": "1", "born-month": "1", "born-year": "2190"}, "Nobody is born after today"),
        ],
    )
    def test_nobody_is_said_to_be_nobody(self, fields, says, client: Client, worker: Staff) -> None:
        answer = client.post(address_of(child(worker), "relation"), source(**self.SAID, **fields))
        assert answer.status_code in (409, 422)
        assert says in text(answer)
        assert Person.objects.count() == 1

    def test_a_carer_is_given_a_number_on_the_child_s_page(self, client: Client, worker: Staff) -> None:
        ellis = child(worker)
        donna = related(ellis, worker).other
        address = f"{address_of(ellis, 'contact')}?of={donna.pk}"
        assert "Of Donna Marden." in text(client.get(address))
        assert client.post(address, posted("contact")).status_code == 302
        one = ContactDetail.objects.get()
        assert one.person == donna
        assert client.get(address_of(ellis, "contact", one)).status_code == 200

    def test_nothing_is_said_there_of_somebody_who_is_not_tied(self, client: Client, worker: Staff) -> None:
        ellis, other = child(worker), child(staff())
        as_seen_by(worker)
        for query in (f"?of={other.pk}", "?of=nobody", "?of=0193b6b0-0000-7000-8000-000000000000"):
            assert client.post(f"{address_of(ellis, 'contact')}{query}", posted("contact")).status_code == 404
        donna = related(ellis, worker).other
        assert client.post(f"{address_of(ellis, 'entry')}?of={donna.pk}", posted("entry")).status_code == 404

    def test_a_sibling_s_record_is_not_read_through_the_child_s(self, client: Client, worker: Staff) -> None:
        ellis, bryony = child(worker), child(worker, given="Bryony")
        client.post(address_of(ellis, "relation"), source(relation="sibling", number=bryony.number))
        health = said(bryony, "health", worker)
        assert client.get(address_of(ellis, "health", health)).status_code == 404

    def test_a_social_worker_is_chosen_among_professionals(self, client: Client, worker: Staff) -> None:
        ellis, ferhat = child(worker), professional(worker, "Ferhat Aydin")
        form = source(professional=str(ferhat.pk), role="Social worker")
        assert client.post(address_of(ellis, "works_with"), form).status_code == 302
        assert WorksWith.objects.get().professional == ferhat
        assert "Social worker Ferhat Aydin" in text(client.get(f"/children/{ellis.pk}/"))


class TestWhoWasHarmed:
    def test_whoever_writes_says_it_and_does_not_read_it(self, client: Client, worker: Staff) -> None:
        ellis = child(worker)
        form = source(given="Callan", family="Reeve", keep_apart="on")
        assert [client.post(address_of(ellis, "harmed"), form).status_code for _ in range(2)] == [302, 302]
        assert not Harmed.objects.exists()
        assert not Name.objects.filter(family="Reeve").exists()
        as_seen_by(staff("victim_worker"))
        assert Harmed.objects.get().child_id == ellis.pk
        assert str(Name.objects.get(family="Reeve")) == "Callan Reeve"
        assert Wall.objects.get().kind == "victim"

    def test_it_may_be_a_child_of_ours(self, client: Client, worker: Staff) -> None:
        ellis, bryony = child(worker), child(worker, given="Bryony")
        client.post(address_of(ellis, "harmed"), source(number=bryony.number))
        as_seen_by(staff("victim_worker"))
        assert Harmed.objects.get().person_id == bryony.pk

    def test_those_who_keep_them_safe_put_it_right(self, signed_in, worker: Staff) -> None:
        keeper = staff("victim_worker")
        ellis = held(keeper, entered_by=staff("head_of_service"))
        opening.give(worker, ellis.pk, "involved", at=timezone.now(), by=keeper)
        harmed(ellis, worker)
        as_seen_by(keeper)
        one = Harmed.objects.get()
        client = signed_in(keeper)
        assert "Write, do not ring." in text(client.get(address_of(ellis, "harmed", one)))
        form = source(words="Ring on Mondays.", disclosure="victim")
        assert client.post(address_of(ellis, "harmed", one), form).status_code == 302
        assert Harmed.objects.current().get().words == "Ring on Mondays."


class TestADocument:
    def post(self, client: Client, of: Child, data: bytes = b"He reads well.", **fields: Any) -> Any:
        file = SimpleUploadedFile("report.txt", data)
        return client.post(address_of(of, "document"), source(kind="school_report", file=file, **fields))

    def test_it_is_kept_and_opened_through_the_record_only(self, client: Client, worker: Staff) -> None:
        ellis = child(worker)
        assert self.post(client, ellis).status_code == 302
        kept = Document.objects.get()
        assert kept.title == "report.txt"
        answer = client.get(f"/children/{ellis.pk}/document/{kept.pk}/file/")
        assert b"".join(answer.streaming_content) == b"He reads well."
        assert answer["Content-Disposition"] == 'attachment; filename="report.txt"'
        assert LogEntry.objects.get(event="child.document_taken").listed == [kept.file_id]
        assert client.get(f"/files/{kept.file_id}/").status_code == 404  # not even by who kept it

    def test_it_goes_with_the_child(self, client: Client, worker: Staff) -> None:
        ellis = child(worker)
        kept = document(ellis, worker)
        opening.end(ellis.pk, at=timezone.now(), bases=["allocated"])
        assert client.get(f"/children/{ellis.pk}/document/{kept.pk}/file/").status_code == 404

    def test_what_a_wall_keeps_back_is_not_there(self, client: Client, worker: Staff) -> None:
        ellis = child(worker)
        as_seen_by(worker)
        assert self.post(client, ellis, disclosure="victim").status_code == 302
        assert not Document.objects.exists()
        as_seen_by(staff("victim_worker"))
        kept = Document.objects.get()
        assert client.get(f"/children/{ellis.pk}/document/{kept.pk}/file/").status_code == 404

    @pytest.mark.parametrize(
        ("data", "says"),
        [(b"MZ\x00\x00", "is not a kind of file that can be kept"), (b"", "report.txt is empty")],
    )
    def test_what_cannot_be_kept_is_refused(self, data: bytes, says: str, client: Client, worker: Staff) -> None:
        answer = self.post(client, child(worker), data)
        assert answer.status_code == 409
        assert says in text(answer)
        assert not StoredFile.objects.exists()

    def test_its_words_are_corrected_and_the_file_stays(self, client: Client, worker: Staff) -> None:
        ellis = child(worker)
        kept = document(ellis, worker)
        form = source(kind="school_report", title="Autumn report")
        assert client.post(address_of(ellis, "document", kept), form).status_code == 302
        assert Document.objects.current().get().file_id == kept.file_id


def test_who_only_reads_sees_where_it_comes_from_and_no_form(signed_in, worker: Staff) -> None:
    auditor = staff("auditor")
    ellis = child(worker)
    alert = said(ellis, "alert", worker)
    until = timezone.now() + timedelta(days=3)
    opening.give(auditor, ellis.pk, "sampled", at=timezone.now(), until=until, by=worker, sections=["alerts"])
    client = signed_in(auditor)
    shown = client.get(address_of(ellis, "alert", alert))
    assert "Written by Priya Nandakumar" in text(shown)
    assert "<textarea" not in shown.content.decode()
    assert client.post(address_of(ellis, "alert", alert), posted("alert")).status_code == 403


def test_a_part_that_is_closed_is_not_read_by_its_address(signed_in, worker: Staff) -> None:
    ellis = child(worker)
    alert = said(ellis, "alert", worker)
    assert signed_in(staff("business_support")).get(address_of(ellis, "alert", alert)).status_code == 404


def test_a_note_of_ten_thousand_letters_in_any_script_is_whole(client: Client, worker: Staff) -> None:
    ellis, long = child(worker), "Ѣ漢字 العربية\n" * 900
    assert len(long) > 10_000
    assert client.post(address_of(ellis, "entry"), posted("entry", words=long)).status_code == 302
    assert Entry.objects.get().words.strip() == long.strip()
    assert long.strip().splitlines()[-1] in text(client.get(f"/children/{ellis.pk}/"))


def test_no_kind_of_that_name_is_not_there(client: Client, worker: Staff) -> None:
    ellis = child(worker)
    assert client.get(address_of(ellis, "moon")).status_code == 404
    assert client.get(address_of(ellis, "entry", said(ellis, "alert", worker))).status_code == 404
