"""The navigation shows the rooms that are built and open to this person, and no other."""

from __future__ import annotations

import pytest
from lxml import html

from tests.factories import service, staff
from waypost.ui.rooms import FOOTER, ROOMS, rooms_open_to


def test_a_room_that_is_not_built_is_not_shown(monkeypatch):
    monkeypatch.setattr("waypost.ui.rooms.url_if_any", lambda name: None if name == "log" else f"/{name}/")
    assert [room.key for room in rooms_open_to(lambda permission: True)] == [
        r.key for r in ROOMS if r.url_name != "log"
    ]


def test_a_room_that_is_not_theirs_is_not_shown(monkeypatch):
    monkeypatch.setattr("waypost.ui.rooms.url_if_any", lambda name: f"/{name}/")
    assert [room.key for room in rooms_open_to(lambda permission: False)] == [r.key for r in ROOMS if not r.permission]


def test_every_permission_named_is_one():
    from waypost.access.permissions import Permission

    assert {room.permission for room in (*ROOMS, *FOOTER) if room.permission} <= set(Permission.__members__)


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        ("manager", {"Improvement", "Who looked"}, {"Staff"}),
        ("administrator", {"Staff", "Who looked"}, {"Improvement"}),
        ("practitioner", {"Improvement"}, {"Staff", "Who looked"}),
        ("panel_volunteer", set(), {"Improvement", "Staff", "Who looked"}),
    ],
)
def test_what_a_role_sees(signed_in, role, shown, hidden):
    service()
    page = html.fromstring(signed_in(staff(role=role)).get("/design/").content)
    rooms = {link.text_content().strip() for link in page.xpath("//nav[@aria-label='Main']//a")}
    assert shown <= rooms
    assert not hidden & rooms


def test_whoever_is_not_signed_in_sees_no_room_and_can_get_help(client, db):
    service()
    page = html.fromstring(client.get("/sign-in/").content)
    assert page.xpath("//nav[@aria-label='Main']") == []
    links = {link.text_content(): link.get("href") for link in page.xpath("//footer//a")}
    assert links == {"Get help": "/help/", "Accessibility": "/accessibility/", "Privacy": "/privacy/"}
    assert [client.get(href).status_code for href in links.values()] == [200, 200, 200]


def test_who_may_see_the_log_finds_it_in_the_footer(signed_in):
    for role, shown in (("manager", True), ("practitioner", False)):
        page = html.fromstring(signed_in(staff(role=role)).get("/design/").content)
        assert ("Who has looked at what" in page.xpath("//footer//a/text()")) is shown


def test_who_is_signed_in_stands_in_the_header_with_the_way_out(signed_in):
    service(name="Alder Vale Youth Justice Service")
    page = html.fromstring(signed_in(staff(role="manager", name="Imogen Fenwick")).get("/design/").content)
    assert page.xpath("//*[@class='wp-header__who']/p")[0].text_content() == "Imogen Fenwick, manager"
    (form,) = page.xpath("//*[@class='wp-header__who']/form")
    assert form.get("method") == "post"
    assert form.xpath("input[@name='csrfmiddlewaretoken']/@value")
    assert "Alder Vale Youth Justice Service is invented" in page.xpath("//*[@class='wp-demo']")[0].text_content()
