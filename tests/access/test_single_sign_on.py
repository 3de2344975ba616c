"""Sign-in by the organisation's own provider: to an account that is there, by an e-mail that is verified, and no other."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.utils import timezone

from tests.factories import service, staff
from tests.support import oidc_provider
from tests.support.oidc_provider import CLIENT, SECRET, Provider
from tests.support.sign_in import digits, second_factor_of
from waypost.access import accounts
from waypost.access.models import Staff

pytestmark = pytest.mark.django_db
BEGIN = "/sign-in/with/work/"


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    with oidc_provider.running() as provider:
        yield provider


@pytest.fixture
def provider(running: Provider, settings) -> Provider:
    """Believes everybody to be Ada Stone, whose e-mail it has verified."""
    running.person = {"sub": "7", "email": "ada.stone@example.org", "email_verified": True, "name": "Ada Stone"}
    running.lie = ""
    how = {"server_url": running.issuer, "oauth_pkce_enabled": True, "verified_email": []}
    app = {"provider_id": "work", "name": "Alder Vale Council", "client_id": CLIENT, "secret": SECRET, "settings": how}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    return running


@pytest.fixture
def ada(db: None) -> Staff:
    person = staff(email="ada.stone@example.org", name="Ada Stone")
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    return person


def sign_in(client: Client, begin: str = BEGIN):
    """What a browser does: there, to the provider, and back."""
    there = client.get(begin)
    assert there.status_code == 302, there.content.decode()
    back = requests.get(there["Location"], allow_redirects=False, timeout=5).headers["Location"]
    return client.get(f"{urlsplit(back).path}?{urlsplit(back).query}")


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_sign_in_page_offers_it_by_name_and_only_where_there_is_one(client: Client, provider, settings) -> None:
    service()
    page = client.get("/sign-in/?next=/staff/").content.decode()
    assert f'href="{BEGIN}?next=/staff/">Sign in with Alder Vale Council</a>' in page
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "Sign in with" not in client.get("/sign-in/").content.decode()
    assert client.get(BEGIN).status_code == 404


def test_a_verified_e_mail_opens_that_person_s_account_and_keeps_the_password(client: Client, provider, ada) -> None:
    answer = sign_in(client, f"{BEGIN}?next=/my-account/")
    assert answer["Location"] == "/my-account/"
    assert "Ada Stone" in client.get("/my-account/").content.decode()
    assert Staff.objects.get(pk=ada.pk).has_usable_password()


def test_it_is_the_same_person_next_time_though_their_e_mail_changed_there(client: Client, provider, ada) -> None:
    sign_in(client)
    provider.person["email"] = "ada.married@example.org"
    again = Client()
    assert sign_in(again)["Location"] == "/"
    assert again.session["_auth_user_id"] == str(ada.pk)
    assert SocialAccount.objects.get().extra_data == {}  # nothing of what was told is kept


def test_the_second_factor_is_asked_for_all_the_same(client: Client, provider) -> None:
    service(demonstration=False)
    ada = staff(email="ada.stone@example.org")
    ada.emailaddress_set.create(email=ada.email, verified=True, primary=True)
    secret = second_factor_of(ada)
    assert sign_in(client)["Location"] == "/sign-in/code/"
    assert not is_in(client)
    client.post("/sign-in/code/", {"code": digits(secret)})
    assert is_in(client)


class TestRefused:
    def refused(self, client: Client) -> str:
        answer = sign_in(client)
        assert answer.status_code == 403
        assert not is_in(client)
        assert Staff.objects.count() <= 1  # nobody signs up
        assert not SocialAccount.objects.exists()
        return answer.content.decode()

    def test_nobody_of_that_e_mail_is_told_what_to_do(self, client: Client, provider) -> None:
        page = self.refused(client)
        assert "ada.stone@example.org" in page
        assert "Ask an administrator of the service to open an account with exactly this e-mail" in page

    @pytest.mark.parametrize("verified", [False, None])
    def test_an_e_mail_that_the_provider_has_not_verified(self, client: Client, provider, ada, verified) -> None:
        provider.person["email_verified"] = verified
        self.refused(client)

    def test_no_e_mail_at_all(self, client: Client, provider, ada) -> None:
        del provider.person["email"]
        self.refused(client)

    def test_an_account_that_has_ended(self, client: Client, provider) -> None:
        staff(email="ada.stone@example.org", is_active=False, ended="2026-01-05")
        self.refused(client)

    def test_an_account_that_ended_after_it_was_linked(self, client: Client, provider, ada) -> None:
        sign_in(client)
        accounts.end(ada, by=staff("administrator"), at=timezone.now())
        answer = sign_in(fresh := Client())
        assert (answer.status_code, is_in(fresh)) == (403, False)

    def test_a_person_signed_in_is_not_joined_to_somebody_else_s_work_account(self, signed_in, provider) -> None:
        client = signed_in(ben := staff(email="ben@example.org"))
        answer = sign_in(client, f"{BEGIN}?process=connect")
        assert answer.status_code == 403
        assert not SocialAccount.objects.filter(user=ben).exists()


def test_a_provider_that_says_nothing_of_verified_is_believed_for_its_own_domain_only(provider, settings) -> None:
    staff(email="ada.stone@example.org")
    del provider.person["email_verified"]
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    for domains, status in ((["example.net"], 403), (["example.org"], 302)):
        apps[0]["settings"]["verified_email"] = domains
        assert sign_in(Client()).status_code == status


class TestAProviderThatCannotBeBelieved:
    @pytest.mark.parametrize(
        "lie", ["another key", "another audience", "another issuer", "too old", "another person", "no token"]
    )
    def test_lets_nobody_in(self, client: Client, provider, ada, lie: str) -> None:
        provider.lie = lie
        answer = sign_in(client)
        assert (answer.status_code, is_in(client)) == (401, False)
        assert "That sign-in did not work" in answer.content.decode()

    def test_whoever_stops_is_told_so(self, client: Client, provider, ada) -> None:
        provider.lie = "denies"
        assert sign_in(client)["Location"] == "/sign-in/cancelled/"
        assert "You are not signed in." in client.get("/sign-in/cancelled/").content.decode()

    def test_an_answer_nobody_asked_for_is_not_taken(self, client: Client, provider, ada) -> None:
        answer = client.get("/sign-in/with/work/back/?code=stolen&state=guessed")
        assert (answer.status_code, is_in(client)) == (401, False)

    def test_one_person_s_answer_is_not_taken_from_another_browser(self, client: Client, provider, ada) -> None:
        there = client.get(BEGIN)
        back = requests.get(there["Location"], allow_redirects=False, timeout=5).headers["Location"]
        other = Client()
        answer = other.get(f"{urlsplit(back).path}?{urlsplit(back).query}")
        assert (answer.status_code, is_in(other)) == (401, False)

    def test_one_that_does_not_answer_is_a_page_not_a_crash(self, client: Client, provider, settings) -> None:
        apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        apps[0]["settings"]["server_url"] = "http://127.0.0.1:9"
        answer = client.get(BEGIN)
        assert answer.status_code == 401
        assert "did not answer" in answer.content.decode()
