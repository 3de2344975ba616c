"""The table of what may not be done with accounts and roles, and the sentence each gives."""

from __future__ import annotations

from datetime import date

import pytest

from waypost.access import rules
from waypost.access.permissions import ROLES, Permission, why_not

TODAY, PAST, LATER = date(2026, 5, 11), date(2026, 5, 10), date(2026, 8, 9)


@pytest.mark.parametrize(
    ("role", "until", "held", "is_self", "is_active", "says"),
    [
        ("manager", None, [], False, True, None),
        ("manager", LATER, [], False, True, None),
        ("manager", TODAY, ["practitioner"], False, True, None),
        ("manager", PAST, [], False, True, "already past"),
        ("manager", None, ["manager"], False, True, "a role they hold already"),
        ("manager", None, [], True, True, "You cannot give yourself a role"),
        ("manager", None, [], False, False, "account has ended"),
        ("auditor", LATER, [], False, True, None),
        ("auditor", None, [], False, True, "Auditor is a visiting role. Say the last day"),
        ("inspector", None, [], False, True, "Inspector is a visiting role. Say the last day"),
        ("inspector", PAST, [], False, True, "already past"),
    ],
)
def test_giving_a_role(role, until, held, is_self, is_active, says) -> None:
    reason = rules.why_not_give(role, until=until, on=TODAY, held=held, is_self=is_self, is_active=is_active)
    assert reason is None if says is None else says in str(reason)


@pytest.mark.parametrize(
    ("role", "others", "says"),
    [
        ("administrator", 1, None),
        ("administrator", 0, "No administrator would be left"),
        ("manager", 0, None),
    ],
)
def test_taking_a_role(role, others, says) -> None:
    reason = rules.why_not_take(role, other_administrators=others)
    assert reason is None if says is None else says in str(reason)


@pytest.mark.parametrize(
    ("is_self", "is_active", "held", "others", "says"),
    [
        (False, True, ["manager"], 0, None),
        (False, True, ["administrator"], 1, None),
        (False, True, ["administrator"], 0, "No administrator would be left"),
        (True, True, ["administrator"], 3, "You cannot end your own account"),
        (False, False, [], 1, "has already ended"),
    ],
)
def test_ending_an_account(is_self, is_active, held, others, says) -> None:
    reason = rules.why_not_end(is_self=is_self, is_active=is_active, held=held, other_administrators=others)
    assert reason is None if says is None else says in str(reason)


LAST_WEEK, YESTERDAY = date(2026, 5, 4), date(2026, 5, 10)


@pytest.mark.parametrize(
    ("roles", "soonest_end", "second_factor", "last_login", "joined", "says"),
    [
        (["manager"], None, True, YESTERDAY, LAST_WEEK, None),
        ([], None, True, YESTERDAY, LAST_WEEK, "no role"),
        (["auditor"], date(2026, 5, 25), True, YESTERDAY, LAST_WEEK, "a role ends soon"),
        (["auditor"], date(2026, 5, 26), True, YESTERDAY, LAST_WEEK, None),
        (["manager"], None, True, None, LAST_WEEK, "has never signed in"),
        (["manager"], None, False, None, date(2026, 5, 5), None),
        (["manager"], None, False, YESTERDAY, LAST_WEEK, "no second factor"),
        ([], date(2026, 5, 12), False, None, LAST_WEEK, "no role"),
    ],
)
def test_what_is_worth_a_look(roles, soonest_end, second_factor, last_login, joined, says) -> None:
    found = rules.worth_a_look(
        roles=roles,
        soonest_end=soonest_end,
        second_factor=second_factor,
        last_login=last_login,
        joined=joined,
        on=TODAY,
    )
    assert found == says


ROW_I1 = """practitioner manager duty_officer court_officer specialist victim_worker business_support panel_coordinator
panel_volunteer sessional_worker performance_officer analyst head_of_service board_member auditor inspector
administrator"""


def test_every_role_of_the_capability_is_there_with_a_sentence() -> None:
    assert set(ROLES) == set(ROW_I1.split())
    assert all(role.sentence.endswith(".") and len(role.sentence.split()) >= 3 for role in ROLES.values())
    assert {key for key, role in ROLES.items() if role.until_a_date} == {"auditor", "inspector"}


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_is_somebody_s_and_a_refusal_names_whom_to_ask(permission: Permission) -> None:
    able = [role for role in ROLES.values() if permission in role.permissions]
    reason = why_not(permission, [])
    assert able
    assert any(role.name.lower() in str(reason) for role in able)
    assert why_not(permission, [able[0].key]) is None


def test_whom_to_ask_is_said_in_english() -> None:
    assert why_not(Permission.MANAGE_STAFF, ["manager"]) == (
        "Your role does not let you give and end accounts, roles and teams. Ask an administrator."
    )


def test_a_role_that_is_no_longer_one_allows_nothing() -> None:
    assert why_not(Permission.SEE_IMPROVEMENT, ["magistrate"]) is not None
