"""Signing in by e-mail and password: who gets in, what a wrong guess is told, when guessing stops."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from tests.factories import PASSWORD, service, staff
from waypost.access.log_models import LogEntry

pytestmark = pytest.mark.django_db
ERROR = re.compile(r'govuk-error-summary__list">(.*?)</ul>', re.S)


def told(page: bytes) -> str:
    found = ERROR.search(page.decode())
    return " ".join(re.sub("<[^>]+>", " ", found[1]).split()) if found else ""


def sign_in(client: Client, email: str, password: str, address: str = "10.0.0.1"):
    return client.post("/sign-in/?next=/my-account/", {"login": email, "password": password}, REMOTE_ADDR=address)


def test_the_right_password_opens_the_page_asked_for(client: Client) -> None:
    person = staff()
    asked = client.get("/my-account/")
    assert asked["Location"] == "/sign-in/?next=/my-account/"
    assert sign_in(client, person.email, PASSWORD)["Location"] == "/my-account/"
    assert person.name in client.get("/my-account/").content.decode()


@pytest.mark.parametrize("address", ["//elsewhere.example/", "https://elsewhere.example/", "javascript:alert(1)"])
def test_it_never_sends_a_person_elsewhere(client: Client, address: str) -> None:
    answer = client.post("/sign-in/", {"login": staff().email, "password": PASSWORD, "next": address})
    assert answer["Location"] == "/"


def test_capitals_and_spaces_around_an_e_mail_do_not_matter(client: Client) -> None:
    person = staff(email="ada.stone@example.org")
    assert sign_in(client, f"  {person.email.upper()} ", PASSWORD).status_code == 302


def test_a_wrong_password_says_the_same_whether_or_not_there_is_an_account(client: Client) -> None:
    person, ended = staff(), staff(is_active=False, ended="2026-01-05")
    sentences = {
        told(sign_in(client, email, "not the password").content)
        for email in (person.email, ended.email, "nobody@example.org")
    }
    assert sentences == {
        "That e-mail and password do not go together. After five wrong tries you must wait five minutes."
    }


def test_no_password_is_the_password_of_an_account_without_one(client: Client) -> None:
    person = staff()
    person.set_unusable_password()
    person.save()
    for password in ("", "!", "None", person.password):
        assert sign_in(client, person.email, password).status_code == 200


def test_an_ended_account_is_told_so_only_with_its_password(client: Client) -> None:
    ended = staff(is_active=False, ended="2026-01-05")
    answer = sign_in(client, ended.email, PASSWORD)
    assert answer["Location"] == "/sign-in/ended/"
    assert "_auth_user_id" not in client.session
    assert "ask an administrator to open the account again" in client.get("/sign-in/ended/").content.decode()


def test_after_five_wrong_tries_the_right_password_waits_from_any_address(client: Client, time_machine) -> None:
    time_machine.move_to("2026-05-11 08:45Z", tick=False)
    person = staff()
    for attempt in range(5):
        sign_in(client, person.email, "not the password", address=f"10.0.0.{attempt}")
    assert told(sign_in(client, person.email, PASSWORD, address="10.0.1.1").content).startswith("Too many wrong tries.")

    time_machine.shift(5 * 60 + 1)
    assert sign_in(client, person.email, PASSWORD).status_code == 302


def test_a_flood_of_guesses_elsewhere_does_not_wash_the_count_away(client: Client) -> None:
    person = staff()
    for _ in range(5):
        sign_in(client, person.email, "not the password")
    for n in range(1000):
        cache.set(f"somebody-else-{n}", "y", 300)
    assert told(sign_in(client, person.email, PASSWORD).content).startswith("Too many wrong tries.")


def test_right_passwords_are_not_counted(client: Client) -> None:
    person = staff()
    assert [sign_in(Client(), person.email, PASSWORD).status_code for _ in range(7)] == [302] * 7


def test_one_address_may_not_try_many_accounts(time_machine) -> None:
    time_machine.move_to("2026-05-11 08:45Z", tick=False)
    service()
    tries = [told(sign_in(Client(), f"guess{n}@example.org", "x", address="10.9.9.9").content) for n in range(22)]
    assert tries[19].startswith("That e-mail and password")
    assert tries[20].startswith("Too many wrong tries")
    assert told(sign_in(Client(), "guess@example.org", "x", address="10.9.9.8").content).startswith("That e-mail")


def test_a_password_is_never_written_back_into_the_page(client: Client) -> None:
    assert b"my secret words" not in sign_in(client, "nobody@example.org", "my secret words").content


def test_signing_out_needs_a_post_and_ends_the_session(client: Client) -> None:
    client.force_login(staff())
    assert client.get("/sign-out/").status_code == 200
    assert client.get("/my-account/").status_code == 200
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/my-account/").status_code == 302


def test_nothing_of_a_signed_in_page_is_kept_by_the_browser(signed_in) -> None:
    assert "no-store" in signed_in(staff()).get("/my-account/")["Cache-Control"]


class TestForgotten:
    def test_without_mail_it_says_whom_to_ask_and_claims_nothing(self, client: Client) -> None:
        person = staff()
        page = client.get("/sign-in/forgotten/").content.decode()
        assert "This service sends no e-mail. Ask an administrator" in page
        assert client.post("/sign-in/forgotten/", {"email": person.email}).status_code == 409
        assert mail.outbox == []

    def test_with_mail_the_link_works_once(self, client: Client, settings) -> None:
        settings.SENDS_MAIL = True
        person = staff()
        answer = client.post("/sign-in/forgotten/", {"email": person.email})
        assert answer["Location"] == "/sign-in/forgotten/sent/"
        [message] = mail.outbox
        assert (message.to, message.subject) == ([person.email], "Waypost: a link to choose your password")

        form = client.get(re.search(r"http://testserver(/sign-in/new-password/\S+)", message.body)[1], follow=True)
        address = form.redirect_chain[-1][0]
        chosen = client.post(address, {"password1": "seven grey herons stand"}, follow=True)
        assert "Your password is changed" in chosen.content.decode()
        assert sign_in(Client(), person.email, "seven grey herons stand").status_code == 302
        assert LogEntry.objects.filter(event="account.password_changed", subject=person.pk).count() == 1
        again = Client().get(message.body[message.body.index("/sign-in/new") :].split()[0])
        assert "This link does not work any more" in again.content.decode()

    @pytest.mark.parametrize("whose", ["nobody", "ended"])
    def test_no_mail_goes_to_strangers_and_the_page_says_the_same(self, client: Client, settings, whose: str) -> None:
        settings.SENDS_MAIL = True
        ended = staff(is_active=False, ended="2026-01-05")
        email = {"nobody": "nobody@example.org", "ended": ended.email}[whose]
        assert client.post("/sign-in/forgotten/", {"email": email})["Location"] == "/sign-in/forgotten/sent/"
        assert mail.outbox == []

    @pytest.mark.parametrize(
        ("password", "says"),
        [
            ("short", "at least 12 characters"),
            ("password123456", "too common"),
            ("ada.stone@example.org", "too similar to the email"),
        ],
    )
    def test_a_weak_password_is_refused(self, signed_in, password: str, says: str) -> None:
        client = signed_in(staff(email="ada.stone@example.org"))
        answer = client.post("/my-account/password/", {"oldpassword": PASSWORD, "password1": password})
        assert says in told(answer.content)


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(signed_in) -> None:
    person = staff()
    here, elsewhere = signed_in(person), signed_in(person)
    answer = here.post("/my-account/password/", {"oldpassword": PASSWORD, "password1": "seven grey herons stand"})
    assert answer["Location"] == "/my-account/"
    assert here.get("/my-account/").status_code == 200
    assert elsewhere.get("/my-account/").status_code == 302


def test_signing_out_everywhere_ends_every_session(signed_in) -> None:
    person = staff()
    here, elsewhere, another = signed_in(person), signed_in(person), signed_in(staff())
    assert here.post("/my-account/sign-out-everywhere/")["Location"] == "/sign-in/"
    assert elsewhere.get("/my-account/").status_code == 302
    assert here.get("/my-account/").status_code == 302
    assert another.get("/my-account/").status_code == 200
