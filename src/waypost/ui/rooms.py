"""The rooms of the navigation, in its order; one that is not built, or not open to this person, is not shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True, slots=True)
class Room:
    key: str  # what a page sets as `nav`
    name: str
    url_name: str
    permission: str | None = None  # a name in access.permissions.Permission; None: everyone who is signed in


@dataclass(frozen=True, slots=True)
class Link:
    key: str
    name: str
    href: str


ROOMS = (
    Room("today", "Today", "today"),
    Room("court", "Court", "court_desk", "PUT_ON_TODAYS_LIST"),
    Room("panels", "Panels", "panels", "SIT_ON_PANELS"),
    Room("children", "Children", "children", "OPEN_CHILDREN"),
    Room("team", "Team", "team", "GIVE_ACCESS"),
    Room("readiness", "Readiness", "readiness", "SEE_READINESS"),
    Room("improvement", "Improvement", "plan", "SEE_IMPROVEMENT"),
    Room("inspections", "Inspections", "inspections", "SEE_IMPROVEMENT"),
    Room("staff", "Staff", "staff", "MANAGE_STAFF"),
    Room("log", "Who looked", "log", "SEE_LOG"),
)
FOOTER = (
    Room("drafts", "Not part of the record yet", "drafts", "ENTER_CHILDREN"),
    Room("alongside", "Another case system", "alongside", "READ_CASELOAD"),
    Room("help", "Get help", "help"),
    Room("log", "Who has looked at what", "log", "SEE_LOG"),
    Room("accessibility", "Accessibility", "accessibility"),
    Room("privacy", "Privacy", "privacy"),
)


def url_if_any(name: str, **kwargs: object) -> str | None:
    """The address of that name, where some room has it."""
    try:
        return reverse(name, kwargs=kwargs or None)
    except NoReverseMatch:
        return None


def rooms_open_to(may: Callable[[str], bool]) -> list[Link]:
    return _open(ROOMS, may)


def footer_links_open_to(may: Callable[[str], bool]) -> list[Link]:
    return _open(FOOTER, may)


def _open(rooms: tuple[Room, ...], may: Callable[[str], bool]) -> list[Link]:
    allowed = (room for room in rooms if room.permission is None or may(room.permission))
    return [Link(room.key, room.name, href) for room in allowed if (href := url_if_any(room.url_name))]
