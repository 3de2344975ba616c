"""The second factor: asked of everyone, kept where a dump of the database does not reveal it."""

from __future__ import annotations

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.contrib.sessions.models import Session
from django.test import Client

from tests.factories import PASSWORD, service, staff
from tests.support.sign_in import digits, second_factor_of
from waypost.access.log_models import LogEntry
from waypost.access.models import Staff
from waypost.access.second_factor import Secrets

pytestmark = pytest.mark.django_db
SET_UP = "/my-account/second-factor/set-up/"
KEY = re.compile(r'key into the app instead: <strong class="[^"]*">([A-Z2-7 ]+)</strong>')


@pytest.fixture
def person(db: None) -> Staff:
    """Somebody of a service with real children, who has no second factor yet."""
    service(demonstration=False)
    return staff()


def password(client: Client, person: Staff):
    return client.post("/sign-in/", {"login": person.email, "password": PASSWORD})


def key_shown(client: Client) -> str:
    return KEY.search(client.get(SET_UP).content.decode())[1]


class TestRequired:
    def test_every_page_leads_to_setting_it_up(self, client: Client, person: Staff) -> None:
        password(client, person)
        for address in ("/my-account/", "/my-account/password/", "/staff/", "/my-account/recovery-codes/"):
            assert client.get(address)["Location"] == SET_UP, address
        assert client.post("/my-account/sign-out-everywhere/")["Location"] == SET_UP
        assert client.get(SET_UP).status_code == 200
        assert client.get("/sign-out/").status_code == 200

    def test_a_fragment_tells_its_page_to_go_there(self, client: Client, person: Staff) -> None:
        password(client, person)
        assert client.get("/my-account/", headers={"HX-Request": "true"})["HX-Redirect"] == SET_UP

    def test_not_in_the_demonstration(self, client: Client) -> None:
        password(client, person := staff())
        assert person.name in client.get("/my-account/").content.decode()

    def test_a_service_that_is_not_set_up_yet_counts_as_one_with_real_children(self, client: Client) -> None:
        client.force_login(Staff.objects.create_user("ada@example.org", PASSWORD, name="Ada"))
        assert client.get("/my-account/")["Location"] == SET_UP


class TestSettingUp:
    def test_the_first_right_code_turns_it_on_and_gives_recovery_codes(self, client: Client, person: Staff) -> None:
        password(client, person)
        answer = client.post(SET_UP, {"code": digits(key_shown(client))})
        assert answer["Location"] == "/my-account/recovery-codes/"
        codes = re.findall(r"<li>(\d{4} \d{4})</li>", client.get("/my-account/recovery-codes/").content.decode())
        assert len(set(codes)) == 10
        assert client.get("/my-account/").status_code == 200
        assert LogEntry.objects.filter(event="account.second_factor_set_up", actor=person.pk).count() == 1

    def test_a_wrong_code_keeps_the_same_key(self, client: Client, person: Staff) -> None:
        password(client, person)
        key = key_shown(client)
        page = client.post(SET_UP, {"code": "000000"}).content.decode()
        assert "That code is not right" in page
        assert KEY.search(page)[1] == key
        assert not Authenticator.objects.exists()

    def test_whoever_signed_in_long_ago_is_asked_for_the_password(self, signed_in, person: Staff) -> None:
        client = signed_in(person)  # by session: no password was typed just now
        answer = client.get(SET_UP)
        assert answer["Location"] == f"/my-account/confirm/?next={SET_UP.replace('/', '%2F')}"
        assert "That is not your password" in client.post(answer["Location"], {"password": "wrong"}).content.decode()
        assert client.post(answer["Location"], {"password": PASSWORD})["Location"] == SET_UP
        assert client.get(SET_UP).status_code == 200


class TestSigningIn:
    def test_the_password_alone_opens_nothing(self, client: Client, person: Staff) -> None:
        second_factor_of(person)
        assert password(client, person)["Location"] == "/sign-in/code/"
        assert client.get("/my-account/").status_code == 302
        assert "_auth_user_id" not in client.session

    def test_the_code_opens(self, client: Client, person: Staff) -> None:
        secret = second_factor_of(person)
        password(client, person)
        assert client.post("/sign-in/code/", {"code": digits(secret)})["Location"] == "/"
        assert client.get("/my-account/").status_code == 200

    @pytest.mark.parametrize(("steps", "status"), [(-2, 200), (-1, 302), (0, 302), (1, 302), (2, 200)])
    def test_a_code_counts_half_a_minute_early_or_late(self, client, person, time_machine, steps, status) -> None:
        time_machine.move_to("2026-05-11 08:45:10Z", tick=False)
        secret = second_factor_of(person)
        password(client, person)
        assert client.post("/sign-in/code/", {"code": digits(secret, steps=steps)}).status_code == status

    @pytest.mark.parametrize("seconds_later", [0, 29, 31, 59])
    def test_a_code_seen_over_a_shoulder_is_used_up(self, person, time_machine, seconds_later: int) -> None:
        time_machine.move_to("2026-05-11 08:45:00Z", tick=False)
        code = digits(second_factor_of(person), steps=1)
        statuses = []
        for wait in (0, seconds_later):
            time_machine.shift(wait)
            client = Client()
            password(client, person)
            statuses.append(client.post("/sign-in/code/", {"code": code}).status_code)
        assert statuses == [302, 200]

    def test_guessing_stops_after_five_codes(self, client: Client, person: Staff, time_machine) -> None:
        time_machine.move_to("2026-05-11 08:45:00Z", tick=False)
        secret = second_factor_of(person)
        password(client, person)
        for _ in range(5):
            client.post("/sign-in/code/", {"code": "000000"})
        page = client.post("/sign-in/code/", {"code": digits(secret)})
        assert page.status_code == 200
        assert "Too many wrong tries" in page.content.decode()

    def test_a_recovery_code_works_once(self, client: Client, person: Staff) -> None:
        password(client, person)
        client.post(SET_UP, {"code": digits(key_shown(client))})
        code = client.get("/my-account/recovery-codes/file/").content.decode().split()[-1]
        statuses = []
        for _ in range(2):
            fresh = Client()
            password(fresh, person)
            statuses.append(fresh.post("/sign-in/code/", {"code": code}).status_code)
        assert statuses == [302, 200]


class TestKept:
    def test_nothing_in_the_database_reveals_the_secret(self, client: Client, person: Staff) -> None:
        password(client, person)
        key = key_shown(client).replace(" ", "")
        waiting = " ".join(json.dumps(one.get_decoded()) for one in Session.objects.all())
        assert key not in waiting
        client.post(SET_UP, {"code": digits(key)})
        codes = client.get("/my-account/recovery-codes/file/").content.decode().split()[-10:]
        stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
        assert [found for found in (key, *codes) if found in stored] == []

    def test_an_older_key_still_opens_and_the_newest_closes(self, settings) -> None:
        settings.SECOND_FACTOR_KEYS = ["first key"]
        old = Secrets().encrypt("secret")
        settings.SECOND_FACTOR_KEYS = ["first key", "second key"]
        new = Secrets().encrypt("secret")
        assert Secrets().decrypt(old) == Secrets().decrypt(new) == "secret"
        settings.SECOND_FACTOR_KEYS = ["second key"]
        assert Secrets().decrypt(new) == "secret"
        with pytest.raises(InvalidToken):
            Secrets().decrypt(old)


class TestAnotherTelephone:
    def test_the_old_one_stops_and_the_next_page_sets_up_the_new(self, client: Client, person: Staff) -> None:
        secret = second_factor_of(person)
        password(client, person)
        client.post("/sign-in/code/", {"code": digits(secret)})
        answer = client.post("/my-account/second-factor/remove/")
        assert client.get(answer["Location"])["Location"] == SET_UP
        assert key_shown(client).replace(" ", "") != secret
        assert LogEntry.objects.filter(event="account.second_factor_removed").count() == 1
