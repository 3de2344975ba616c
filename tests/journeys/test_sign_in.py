"""People sign in, set up a second factor, and an administrator gives a colleague an account: with a keyboard, too."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.factories import PASSWORD, service, staff, team
from tests.support.sign_in import digits

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def type_in(page, person, password=PASSWORD) -> None:
    page.get_by_label("Your e-mail").fill(person.email)
    page.get_by_label("Your password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def heading(page, name: str) -> None:
    page.get_by_role("heading", name=name, level=1).wait_for()


def test_a_wrong_password_then_the_right_one(page, live_server, axe, shot):
    # Given somebody of the demonstration who was sent a link to a page
    service()
    person = staff("administrator", name="Jo Winterbourne")
    page.goto(f"{live_server.url}/staff/")
    heading(page, "Sign in")
    axe(page)
    shot(page, "sign-in")

    # When they mistype their password
    type_in(page, person, "not my password")

    # Then they are told so, and neither is told more
    page.get_by_text("That e-mail and password do not go together.").first.wait_for()
    expect(page).to_have_title(re.compile("^Error: Sign in"))
    axe(page)
    shot(page, "sign-in-wrong")

    # And with the right one they are on the page they asked for
    type_in(page, person)
    heading(page, "Staff")
    page.get_by_role("button", name="Sign out").click()
    heading(page, "Sign in")


def test_with_the_keyboard_alone(page, live_server):
    # Given a person who uses no mouse
    person = staff("manager", name="Leila Haddad")
    page.goto(f"{live_server.url}/my-account/")
    heading(page, "Sign in")

    # When they go through the page by Tab, skipping to its content first
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").strip() == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(person.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")

    # Then they are in
    heading(page, "My account")


def test_setting_up_a_second_factor_and_using_it(page, live_server, axe, shot):
    # Given a service with real children, and somebody new
    service(demonstration=False)
    person = staff("manager", name="Leila Haddad", team=team(name="Riverside"))
    page.goto(f"{live_server.url}/my-account/")
    type_in(page, person)

    # When they are shown how to set up a second factor
    heading(page, "Set up a second factor")
    axe(page)
    shot(page, "second-factor-set-up")
    page.get_by_label("Code from the app").fill("000000")
    page.get_by_role("button", name="Turn it on").click()
    page.get_by_text("That code is not right").first.wait_for()
    axe(page)
    page.get_by_text("I cannot read a square").click()
    key = re.search(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", page.content())[0]
    page.get_by_label("Code from the app").fill(digits(key))
    page.get_by_role("button", name="Turn it on").click()

    # Then they get their recovery codes
    heading(page, "Your recovery codes")
    axe(page)
    shot(page, "recovery-codes")
    code = page.locator(".wp-codes li").first.inner_text()
    page.goto(f"{live_server.url}/my-account/")
    heading(page, "My account")
    axe(page)
    shot(page, "my-account")
    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_text("You are signed out everywhere.").wait_for()

    # And at the next sign-in a code is asked for
    type_in(page, person)
    heading(page, "Type the code from your app")
    axe(page)
    shot(page, "second-factor-code")
    page.get_by_label("Six digits").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{live_server.url}/")


def test_an_administrator_adds_a_colleague_and_gives_a_role(browser_as, live_server, axe, shot):
    # Given an administrator, and colleagues of whom one is worth a look
    riverside = team(name="Riverside")
    staff("manager", name="Leila Haddad", team=riverside, joined=date(2026, 1, 5))
    staff("practitioner", "duty_officer", name="Owen Tasker", team=riverside)
    page = browser_as(staff("administrator", name="Jo Winterbourne"))
    page.goto(f"{live_server.url}/staff/")
    axe(page)
    shot(page, "staff")

    # When they add somebody, at first without saying whom
    page.get_by_role("button", name="Add a person").click()
    heading(page, "Add a person")
    page.get_by_role("button", name="Add the person").click()
    page.get_by_text("There is a problem").wait_for()
    axe(page)
    shot(page, "staff-add-refused")
    page.get_by_label("Their name").fill("Priya Nandakumar")
    page.get_by_label("Their e-mail").fill("priya.nandakumar@alder-vale.example")
    page.get_by_label("Team").select_option("Riverside")
    page.get_by_role("button", name="Add the person").click()
    heading(page, "Priya Nandakumar")

    # And give a visiting role without an end
    page.get_by_label("Auditor").check()
    page.get_by_role("button", name="Give the role").click()

    # Then they are told what is missing, and give another
    page.get_by_role("link", name="Auditor is a visiting role. Say the last day on which it is held.").click()
    assert page.evaluate("document.activeElement.name") == "until-day"
    axe(page)
    shot(page, "staff-person-refused")
    page.get_by_label("Case manager").check()
    page.get_by_role("button", name="Give the role").click()
    page.get_by_text("Priya Nandakumar is now: case manager.").wait_for()
    axe(page)
    shot(page, "staff-person")


def test_a_link_lets_a_new_colleague_choose_a_password(browser_as, live_server, axe, shot):
    # Given somebody who has an account and no password
    priya = staff("practitioner", name="Priya Nandakumar", email="priya.nandakumar@alder-vale.example")
    priya.set_unusable_password()
    priya.save()
    page = browser_as(staff("administrator", name="Jo Winterbourne"))

    # When an administrator makes a link
    page.goto(f"{live_server.url}/staff/{priya.pk}/")
    page.get_by_role("button", name="Make a link").click()
    heading(page, "A link for Priya Nandakumar")
    axe(page)
    shot(page, "staff-password-link")
    link = page.locator("#link").inner_text()
    page.get_by_role("button", name="Sign out").click()

    # Then Priya chooses a password there, and signs in with it
    page.goto(link)
    heading(page, "Choose a password")
    axe(page)
    shot(page, "new-password")
    page.get_by_label("A new password").fill("seven grey herons stand")
    page.get_by_role("button", name="Keep this password").click()
    page.get_by_role("button", name="Sign in").click()
    type_in(page, priya, "seven grey herons stand")
    page.wait_for_url(f"{live_server.url}/")


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/sign-in/forgotten/", "no-mail"),
        ("/sign-in/ended/", "account-ended"),
        ("/sign-in/cancelled/", "sign-in-cancelled"),
        ("/sign-in/new-password/0-stale/", "stale-link"),
    ],
)
def test_pages_for_whoever_cannot_come_in(page, live_server, axe, shot, address, name):
    service()
    page.goto(live_server.url + address)
    axe(page)
    shot(page, name)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/sign-out/", "sign-out"),
        ("/my-account/password/", "change-password"),
        ("/my-account/confirm/", "confirm"),
        ("/staff/teams/", "teams"),
        ("/staff/{}/end/", "staff-end"),
    ],
)
def test_the_other_pages_of_a_signed_in_person(browser_as, live_server, axe, shot, address, name):
    boss, other = staff("administrator", name="Jo Winterbourne"), staff("manager", name="Leila Haddad")
    team(name="Riverside")
    page = browser_as(boss)
    page.goto(live_server.url + address.format(other.pk))
    axe(page)
    shot(page, name)
