"""Every address allauth offers is a page of ours, in our frame, or does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import allauth
import allauth.urls
import pytest
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, reverse

import waypost
from tests.factories import PASSWORD, service, staff
from tests.support.sign_in import digits, second_factor_of
from waypost.access import accounts

pytestmark = pytest.mark.django_db
WAYPOST = Path(waypost.__file__).parent
SHIPPED = Path(allauth.__file__).parent / "templates"
ARGUMENTS = (
    {},
    {"key": "a-key"},
    {"uidb36": "0", "key": "a-key"},
    {"provider_id": "work"},
)


def patterns(found: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, str]]:
    """Name and path, as allauth's own list has them."""
    for one in found:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, path)
        else:
            yield one.name or "", path


ITS_OWN = sorted(set(patterns(allauth.urls.urlpatterns)))


def our_address(name: str) -> str | None:
    for arguments in ARGUMENTS:
        try:
            return reverse(name, kwargs=arguments)
        except NoReverseMatch:
            continue
    return None


# what a visitor, a person with a second factor, and one who is on the way to it sees: a heading, or where it leads
VISITOR = {
    "account_login": "Sign in",
    "account_inactive": "Your account has ended",
    "account_reset_password": "Choose a new password",
    "account_reset_password_done": "Look at your e-mail",
    "account_reset_password_from_key": "This link does not work any more",
    "account_reset_password_from_key_done": "Your password is changed",
    "socialaccount_login_cancelled": "You stopped the sign-in",
    "mfa_authenticate": "/sign-in/",
    "account_logout": "/sign-in/",
    "openid_connect_login": 404,
    "openid_connect_callback": 404,
}
SIGNED_IN = {
    "account_logout": "Sign out",
    "account_reauthenticate": "Is it still you?",
    "mfa_reauthenticate": "Is it still you?",
    "account_change_password": "Change your password",
    "account_set_password": "/my-account/password/",
    "mfa_index": "/my-account/",
    "mfa_activate_totp": "/my-account/second-factor/remove/",
    "mfa_deactivate_totp": "Use another telephone",
    "mfa_view_recovery_codes": "Your recovery codes",
    "mfa_generate_recovery_codes": "Make new recovery codes",
    "mfa_download_recovery_codes": "Waypost: recovery codes of",
}


def test_every_address_of_ours_is_in_one_of_the_tables() -> None:
    assert {name for name, _ in ITS_OWN if our_address(name)} == VISITOR.keys() | SIGNED_IN.keys()


@pytest.mark.parametrize(("name", "path"), ITS_OWN)
@pytest.mark.parametrize("prefix", ["/", "/accounts/"])
def test_none_of_its_own_addresses_answers(client: Client, name: str, path: str, prefix: str) -> None:
    service()
    address = prefix + path.replace("^", "").replace("/$", "/")
    for group in ("(?P<key>[-:\\w]+)", "(?P<uidb36>[0-9A-Za-z]+)", "(?P<key>.+)", "(?P<provider_id>[^/]+)"):
        address = address.replace(group, "a")
    assert client.get(address).status_code == 404


def seen(client: Client, name: str) -> str | int:
    answer = client.get(our_address(name))
    if answer.status_code == 302:
        return answer["Location"]
    if answer.status_code != 200:
        return answer.status_code
    text = answer.content.decode()
    if answer["Content-Type"].startswith("text/plain"):
        return text
    assert 'class="govuk-generic-header wp-header"' in text, name
    return text.partition('<h1 class="govuk-heading-l">')[2].partition("</h1>")[0]


@pytest.mark.parametrize(("name", "expected"), VISITOR.items())
def test_what_a_visitor_sees(client: Client, settings, name: str, expected: str | int) -> None:
    service()
    for sends_mail in (True, False):
        settings.SENDS_MAIL = sends_mail
        assert seen(client, name) == expected


@pytest.mark.parametrize(("name", "expected"), SIGNED_IN.items())
def test_what_a_signed_in_person_sees(client: Client, name: str, expected: str) -> None:
    person = staff()
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    page = client.get("/my-account/second-factor/set-up/").content.decode()
    assert "Set up a second factor" in page
    key = page.partition("into the app instead: ")[2].partition("</strong>")[0].partition(">")[2]
    assert client.post("/my-account/second-factor/set-up/", {"code": digits(key)}).status_code == 302
    found = str(seen(client, name))
    assert found.startswith(expected) if name == "mfa_download_recovery_codes" else found == expected


def test_the_code_page_stands_between_password_and_session(client: Client) -> None:
    person = staff()
    second_factor_of(person)
    client.post("/sign-in/", {"login": person.email, "password": PASSWORD})
    assert seen(client, "mfa_authenticate") == "Type the code from your app"
    assert seen(client, "account_login") == "/sign-in/code/"


def test_who_signs_in_without_a_password_may_choose_one(signed_in) -> None:
    person = staff()
    person.set_unusable_password()
    person.save()
    client = signed_in(person)
    assert seen(client, "account_change_password") == "/my-account/password/first/"
    assert seen(client, "account_set_password") == "Choose a password"
    client.post(our_address("account_set_password"), {"password1": "seven grey herons stand"})
    person.refresh_from_db()
    assert person.check_password("seven grey herons stand")


def test_a_link_to_choose_a_password_shows_the_form(client: Client) -> None:
    link = accounts.password_link(staff(), by=staff("administrator"))
    page = client.get(link, follow=True).content.decode()
    assert "Choose a password" in page
    assert 'autocomplete="new-password"' in page


def test_too_many_requests_are_told_in_our_frame(client: Client, time_machine) -> None:
    time_machine.move_to("2026-05-11 08:45Z", tick=False)
    service()
    for _ in range(60):
        client.post("/sign-in/", {})
    answer = client.post("/sign-in/", {})
    assert answer.status_code == 429
    assert '<h1 class="govuk-heading-l">Wait a few minutes</h1>' in answer.content.decode()


@pytest.mark.parametrize("name", [str(found.relative_to(SHIPPED)) for found in sorted(SHIPPED.rglob("*.*"))])
def test_no_template_it_ships_can_be_drawn(name: str) -> None:
    try:
        found = get_template(name)
    except TemplateDoesNotExist:
        return
    assert Path(found.template.filename).is_relative_to(WAYPOST)
