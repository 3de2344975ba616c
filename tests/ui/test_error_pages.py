"""What went wrong, in the design system, saying what to do instead; the worst of them without a database."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from lxml import html

from tests.factories import service, staff
from waypost.config import urls as real
from waypost.kernel.refusal import NotAllowed, NotFound, Refused
from waypost.ui import errors


def refuses(request: HttpRequest) -> HttpResponse:
    raise Refused("You wrote this note; somebody else must sign it. Ask Leila <Haddad>.")


def not_theirs(request: HttpRequest) -> HttpResponse:
    raise NotAllowed("Your role does not let you see the log. Ask a manager.")


def denied(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def hidden(request: HttpRequest) -> HttpResponse:
    raise NotFound


def breaks(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


class Broken:
    """The real addresses, and some that go wrong."""

    urlpatterns = [
        *real.urlpatterns,
        *(path(f"{view.__name__}/", view) for view in (refuses, not_theirs, denied, hidden, breaks)),
    ]
    handler400, handler403, handler404, handler500 = real.handler400, real.handler403, real.handler404, real.handler500


@pytest.fixture
def client(signed_in) -> Client:
    service()
    person = signed_in(staff(role="manager", name="Imogen Fenwick"))
    person.raise_request_exception = False
    with override_settings(ROOT_URLCONF=Broken):
        yield person


@pytest.mark.parametrize(
    ("address", "status", "title", "words"),
    [
        ("refuses", 409, "Not done", "somebody else must sign it. Ask Leila <Haddad>."),
        ("not_theirs", 403, "Not open to you", "Your role does not let you see the log. Ask a manager."),
        ("denied", 403, "You cannot do that here", "Your role does not reach this."),
        ("hidden", 404, "Page not found", "nothing that you may see"),
        ("no-such-page", 404, "Page not found", "There is nothing at this address"),
        ("breaks", 500, "Something broke", "Waypost could not finish what you asked."),
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_each_page_says_what_happened(client, address, status, title, words):
    response = client.get(f"/{address}/")
    page = html.fromstring(response.content)
    assert response.status_code == status
    assert page.xpath("//h1")[0].text_content().strip() == title
    assert words in page.xpath("//*[@role='alert']")[0].text_content()
    assert page.xpath("//main[@id='main-content']")


def test_a_form_from_elsewhere_is_refused_with_its_words_in_mind(signed_in):
    service()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(staff(role="manager"))
    response = strict.post("/design/", {})
    assert response.status_code == 403
    assert "This form is too old" in response.content.decode()


def test_the_page_for_what_broke_asks_nothing_of_the_database():
    response = errors.broken(RequestFactory().get("/"))  # no `db`: a query here would fail the test
    assert response.status_code == 500
    assert "Something broke" in response.content.decode()


def test_a_host_that_is_not_ours_is_a_page_too(db):
    response = Client().get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "That could not be understood" in response.content.decode()


def test_a_file_too_large_names_the_limit(db):
    request = RequestFactory().get("/")
    response = errors.too_large(request, "50 MB")
    assert response.status_code == 413
    assert "files of up to 50 MB" in response.content.decode()


@pytest.mark.browser
@pytest.mark.parametrize("role", ["manager", None])
def test_a_missing_page_is_finished(browser_as, live_server, axe, shot, role):
    service()
    page = browser_as(staff(role=role))
    page.goto(f"{live_server.url}/no-such-page/")
    axe(page)
    shot(page, f"missing-{role}")
