"""The pages on which an administrator gives and ends accounts, roles and teams, and each person's own."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from tests.factories import PASSWORD, service, staff, team
from tests.support.sign_in import second_factor_of
from waypost.access import accounts
from waypost.access.log import matches
from waypost.access.models import LogEntry, RoleHeld, Staff, Team
from waypost.kernel.refusal import Refused

NOW = datetime(2026, 5, 11, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(time_machine) -> Staff:
    time_machine.move_to(NOW, tick=False)
    return staff("administrator", name="Jo Winterbourne", last_login=NOW)


@pytest.fixture
def client(signed_in, boss: Staff) -> Client:
    return signed_in(boss)


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2]).split())


def follow(client: Client, address: str, data=None) -> str:
    answer = client.post(address, data or {}, follow=True)
    assert answer.redirect_chain, text(answer)
    return text(answer)


class TestTheList:
    def test_who_is_worth_a_look_comes_first(self, client: Client) -> None:
        staff("manager", name="Ada Stone", last_login=NOW)
        staff("manager", name="Cai Reed", joined=date(2026, 5, 1))
        visitor = staff("auditor", name="Bea Marsh", last_login=NOW)
        visitor.roles_held.update(until=NOW + timedelta(days=10))
        staff(None, name="Dee Holt", last_login=NOW)
        page = text(client.get("/staff/"))
        order = ["Bea Marsh a role ends soon", "Cai Reed has never signed in", "Dee Holt no role", "Ada Stone Manager"]
        assert [page.index(line) for line in order] == sorted(page.index(line) for line in order)
        assert "5 people have an account. 3 accounts are worth a look" in page

    def test_whoever_has_no_second_factor_is_worth_a_look_where_it_is_needed(self, signed_in) -> None:
        service(demonstration=False)
        boss, person = staff("administrator"), staff("manager", last_login=NOW, name="Ada Stone")
        second_factor_of(boss)
        client = signed_in(boss)
        assert "Ada Stone no second factor" in text(client.get("/staff/"))
        second_factor_of(person)
        assert "no second factor" not in text(client.get("/staff/"))

    def test_ended_accounts_stand_apart(self, client: Client) -> None:
        staff(name="Ada Stone", is_active=False, ended=date(2026, 1, 5))
        assert "1 account ended Ada Stone , ended 5 January 2026" in text(client.get("/staff/"))

    def test_it_asks_as_much_for_forty_as_for_two(self, client: Client, queries) -> None:
        client.get("/staff/")
        with queries(11):
            client.get("/staff/")
        for _ in range(40):
            staff("manager", team=team())
        with queries(11):
            client.get("/staff/")


class TestAPerson:
    def test_is_added_given_a_role_and_a_link_and_signs_in(self, client: Client) -> None:
        riverside = team(name="Riverside")
        page = follow(client, "/staff/add/", {"name": "Ada Stone", "email": "Ada@example.org", "team": riverside.pk})
        assert "Ada Stone has an account." in page
        ada = Staff.objects.get(email="ada@example.org")
        assert "Ada Stone is now: case manager." in follow(client, f"/staff/{ada.pk}/roles/", {"role": "practitioner"})

        shown = client.post(f"/staff/{ada.pk}/password-link/").content.decode()
        link = re.search(r"http://testserver(/sign-in/new-password/[^<]+)", shown)[1]
        hers = Client()
        form = hers.get(link, follow=True)
        hers.post(form.redirect_chain[-1][0], {"password1": "seven grey herons stand"})
        answer = hers.post("/sign-in/", {"login": "ada@example.org", "password": "seven grey herons stand"})
        assert answer["Location"] == "/"
        assert "Case manager. Works with their own" in text(hers.get("/my-account/"))

    def test_roles_are_shown_with_dates_and_givers(self, client: Client, boss: Staff) -> None:
        ada = staff(None, name="Ada Stone")
        accounts.give_role(ada, role="auditor", until=date(2026, 7, 1), by=boss, at=NOW)
        manager = accounts.give_role(ada, role="manager", by=boss, at=NOW - timedelta(days=3))
        accounts.take_role(manager, by=boss, at=NOW - timedelta(days=1))
        page = text(client.get(f"/staff/{ada.pk}/"))
        assert "Since 11 May 2026, last day 1 July 2026, given by Jo Winterbourne" in page
        assert "Manager, 8 May 2026 to 10 May 2026, given by Jo Winterbourne, ended by Jo Winterbourne" in page

    def test_with_mail_the_link_is_sent_and_not_shown(self, client: Client, settings) -> None:
        settings.SENDS_MAIL = True
        ada = staff(email="ada@example.org")
        page = follow(client, f"/staff/{ada.pk}/password-link/")
        assert "on its way to ada@example.org" in page
        assert "/sign-in/new-password/" not in page
        assert "/sign-in/new-password/" in mail.outbox[0].body

    def test_the_rest_an_administrator_does(self, client: Client) -> None:
        ada, riverside = staff("manager", name="Ada Stone"), team(name="Riverside")
        second_factor_of(ada)
        held = ada.roles_held.get()
        assert "Ada Stone is now in Riverside." in follow(client, f"/staff/{ada.pk}/team/", {"team": riverside.pk})
        assert "sets up a new second factor" in follow(client, f"/staff/{ada.pk}/second-factor/forget/")
        assert "Manager: ended for Ada Stone." in follow(client, f"/staff/{ada.pk}/roles/{held.pk}/end/")
        assert "every role ended" in text(client.get(f"/staff/{ada.pk}/end/"))
        assert "The account of Ada Stone has ended." in follow(client, f"/staff/{ada.pk}/end/")
        page = text(client.get(f"/staff/{ada.pk}/"))
        assert "This account ended on 11 May 2026." in page
        assert "Give a role" not in page
        assert "open again" in follow(client, f"/staff/{ada.pk}/open-again/")

    def test_whose_staff_they_are_is_said_when_they_come_and_when_it_changes(self, client: Client) -> None:
        follow(client, "/staff/add/", {"name": "Ada Stone", "email": "ada@example.org", "agency": "police"})
        ada = Staff.objects.get(email="ada@example.org")
        assert ada.agency == "police"
        page = follow(client, f"/staff/{ada.pk}/team/", {"agency": "health"})
        assert "Agency Health" in page
        follow(client, f"/staff/{ada.pk}/team/", {})  # nothing said of it: nothing changed
        ada.refresh_from_db()
        assert ada.agency == "health"
        changed = LogEntry.objects.filter(event="account.agency_changed", subject=ada.pk).order_by("at")
        assert [matches(one, detail={"agency": key}) for one, key in zip(changed, ("police", "health"), strict=True)]

    @pytest.mark.parametrize("agency", ["court", "circus"])
    def test_only_an_agency_with_people_here_is_offered(self, agency: str, client: Client, boss: Staff) -> None:
        ada = staff("manager")
        with pytest.raises(Refused):
            accounts.change_agency(ada, agency=agency, by=boss)
        assert client.post(f"/staff/{ada.pk}/team/", {"agency": agency}).status_code == 409

    def test_teams(self, client: Client) -> None:
        assert "Riverside is a team." in follow(client, "/staff/teams/", {"name": "Riverside"})
        assert "Riverside , 0 people" in text(client.get("/staff/teams/"))


@pytest.mark.parametrize(
    ("address", "data", "status", "says"),
    [
        ("/staff/add/", {}, 422, "Enter their name"),
        ("/staff/add/", {"name": "Ada", "email": "ada"}, 422, "like name@council.example"),
        ("/staff/add/", {"name": "Ada", "email": "there@example.org"}, 422, "already has an account"),
        ("/staff/teams/", {"name": "riverside"}, 422, "a team called riverside already"),
        ("/staff/{person}/roles/", {}, 422, "Choose role"),
        ("/staff/{person}/roles/", {"role": "magistrate"}, 422, "magistrate"),
        ("/staff/{person}/roles/", {"role": "auditor"}, 422, "Say the last day on which it is held"),
        (
            "/staff/{person}/roles/",
            {"role": "manager", "until-day": "31", "until-month": "2", "until-year": "2027"},
            422,
            "real date",
        ),
        ("/staff/{boss}/roles/", {"role": "head_of_service"}, 422, "You cannot give yourself a role"),
        ("/staff/{boss}/end/", {}, 409, "cannot end your own account"),
        ("/staff/{boss}/roles/{only}/end/", {}, 409, "Give the role to another person first"),
        ("/staff/{person}/team/", {"team": "0193b6b0-0000-7000-8000-000000000000"}, 409, "not there any more"),
        ("/staff/{person}/second-factor/forget/", {}, 409, "no second factor to forget"),
        ("/staff/{person}/open-again/", {}, 409, "This account is open"),
        ("/staff/0193b6b0-0000-7000-8000-000000000000/", None, 404, ""),
        ("/staff/{person}/roles/{only}/end/", {}, 404, ""),
    ],
)
def test_refusals_say_what_to_do(client: Client, boss: Staff, address, data, status, says) -> None:
    Team.objects.create(name="Riverside")
    person = staff("practitioner", email="there@example.org")
    before = RoleHeld.objects.values_list("pk", "until").order_by("pk")
    before = list(before)
    address = address.format(person=person.pk, boss=boss.pk, only=boss.roles_held.get().pk)
    answer = client.get(address) if data is None else client.post(address, data)
    assert answer.status_code == status
    assert says in text(answer)
    assert list(RoleHeld.objects.values_list("pk", "until").order_by("pk")) == before


def test_what_was_typed_is_still_there_after_a_refusal(client: Client) -> None:
    page = client.post("/staff/add/", {"name": "Ada Stone", "email": "ada"}).content.decode()
    assert 'value="Ada Stone"' in page
    assert "<title>Error: Add a person" in page


def test_one_s_own_account_says_what_one_may_do(signed_in) -> None:
    person = staff(
        "manager", "court_officer", name="Leila Haddad", job_title="Team manager", team=team(name="Riverside")
    )
    page = text(signed_in(person).get("/my-account/"))
    for words in ("Manager. Manages practitioners", "Court officer. Works at court", "Leila Haddad", "Riverside"):
        assert words in page
    assert "None: the demonstration does not ask for one" in page


def test_whoever_holds_no_role_is_told_whom_to_ask(signed_in) -> None:
    assert "You hold no role, so next to nothing is open to you." in text(signed_in(staff(None)).get("/my-account/"))


def test_a_form_from_another_site_is_refused(boss: Staff) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(boss)
    assert client.post("/staff/teams/", {"name": "Riverside"}).status_code == 403
    assert client.post("/sign-in/", {"login": boss.email, "password": PASSWORD}).status_code == 403
    assert not Team.objects.exists()
