"""Roles as code: who may do what, each with a sentence a manager can read. Pure.

Source: capability row I1. A person may hold several roles; a permission held by any of them is held.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """One thing a person does. The value is the key kept in tests and docs."""

    SEE_IMPROVEMENT = "see the improvement plan and the answer to the inspection"
    NOTE_OWN_ACTION = "add notes and evidence to the actions they lead"
    WORK_ON_IMPROVEMENT = "add notes and evidence to any action, and say that one is done"
    SET_STATUS = "set a status by hand, with a reason that expires"
    BRING_IN_PLAN = "read a plan or an inspection from a document and accept it"
    MATCH_ANSWERS = "say which actions answer a recommendation or a finding"
    OPEN_EVIDENCE = "open the evidence for an action"
    OPEN_SHOWN_EVIDENCE = "open the evidence that is shown to inspectors"
    EXPORT_IMPROVEMENT = "take the plan and the answer out as a file"
    FIND_CHILDREN = "look for a child by name, number or birth date"
    ENTER_CHILDREN = "enter a child, and facts about a child whose record is open to them"
    OPEN_CHILDREN = "open the records of the children they have access to"
    OPEN_TEAMS = "open the records of the children their team holds"
    OPEN_WITH_REASON = "open another child’s record with a reason, which a manager reviews"
    OPEN_ANY_CHILD = "open any child’s record that is not sealed"
    COUNT_ALERTS = "count children with an alert by ethnic group"
    GIVE_ACCESS = "say who works with a child, and who covers"
    REVIEW_REASONS = "review the reasons with which records were opened"
    SEAL = "seal a record, and name who may open it"
    HOLD_CHILDREN = "hold a child, as the worker who answers for the work, and cover for another"
    PUT_ON_TODAYS_LIST = "put a child on today’s list for those on duty and at court"
    OPEN_TODAYS_LIST = "open the records on today’s list"
    OPEN_SAMPLED = "open the sections named to them of the records sampled for them"
    ARRANGE_PANELS = "arrange the panel of a child’s referral order, choose its papers, and say what came of it"
    SIT_ON_PANELS = "read the papers of the panels they sit on, from some days before until the meeting is over"
    SEE_READINESS = "see what the daily checks say of the cases they answer for"
    COUNTERSIGN = "countersign an assessment or a plan that another has signed, or send it back"
    HOLD_BACK = "keep a thing that does not bear on safety within their agency, and answer who asks for it"
    ASK_HELD_BACK = "ask for a thing that an agency keeps to itself"
    NAME_DEPUTY = "name a deputy for a manager who is away"
    READ_CASELOAD = "read another system’s caseload into the record, and say how it is read"
    COMBINE = "say that two records are one child, and take that back"
    REMOVE_WORDS = "remove words from the record under a rule, and hold a record against removal"
    ANSWER_SUBJECT_ACCESS = "answer somebody’s request for what is held on them"
    READ_VICTIM_IDENTITY = "know who was harmed"
    READ_INTELLIGENCE = "read police intelligence"
    SEE_LOG = "see who looked at what"
    MANAGE_STAFF = "give and end accounts, roles and teams"


@dataclass(frozen=True, slots=True)
class Role:
    key: str
    name: str
    sentence: str
    permissions: frozenset[Permission]
    until_a_date: bool = False  # the role may only be given with an end


_P = Permission
_READS = frozenset({_P.SEE_IMPROVEMENT, _P.OPEN_SHOWN_EVIDENCE})
_LEADS = _READS | {_P.NOTE_OWN_ACTION, _P.OPEN_EVIDENCE}
_RUNS = _LEADS | {_P.WORK_ON_IMPROVEMENT, _P.SET_STATUS, _P.BRING_IN_PLAN, _P.MATCH_ANSWERS, _P.EXPORT_IMPROVEMENT}
_NONE: frozenset[Permission] = frozenset()
_OPENS = frozenset({_P.FIND_CHILDREN, _P.OPEN_CHILDREN})
_WORKS = _OPENS | {_P.ENTER_CHILDREN, _P.OPEN_WITH_REASON, _P.ASK_HELD_BACK}
_ARRANGES = frozenset({_P.ARRANGE_PANELS, _P.SIT_ON_PANELS})
_HOLDS = _WORKS | {  # answers for a child’s safety: must know what the police know
    _P.OPEN_TEAMS,
    _P.READ_INTELLIGENCE,
    _P.HOLD_CHILDREN,
    _P.PUT_ON_TODAYS_LIST,
    _P.SEE_READINESS,
    *_ARRANGES,
}
_ON_DUTY = _HOLDS | {_P.OPEN_TODAYS_LIST}
_LOOKS = frozenset({_P.OPEN_CHILDREN, _P.OPEN_SAMPLED})
_OVERSEES = _OPENS | {
    _P.ENTER_CHILDREN,
    _P.OPEN_ANY_CHILD,
    _P.READ_INTELLIGENCE,
    _P.COUNT_ALERTS,
    _P.GIVE_ACCESS,
    _P.REVIEW_REASONS,
    _P.SEAL,
    _P.ASK_HELD_BACK,
    _P.PUT_ON_TODAYS_LIST,
    _P.COMBINE,
    _P.READ_CASELOAD,
    _P.ANSWER_SUBJECT_ACCESS,
    _P.SEE_LOG,
    _P.COUNTERSIGN,
    _P.SEE_READINESS,
    *_ARRANGES,
}


def _role(key: str, name: str, permissions: frozenset[Permission], sentence: str, *, until: bool = False) -> Role:
    return Role(key, name, sentence, permissions, until)


ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        _role("practitioner", "Case manager", _LEADS | _HOLDS, "Works with their own and their team's children."),
        _role(
            "manager",
            "Manager",
            _RUNS | _OVERSEES | {_P.NAME_DEPUTY},
            "Manages practitioners; sees the service's work, and a deputy when away.",
        ),
        _role("duty_officer", "Duty officer", _LEADS | _ON_DUTY, "Answers for today: whoever comes in or rings."),
        _role("court_officer", "Court officer", _LEADS | _ON_DUTY, "Works at court with the children on today's list."),
        _role(
            "specialist",
            "Seconded specialist",
            _LEADS | _WORKS | {_P.HOLD_BACK},
            "Police, health or education; sees the children they are involved with.",
        ),
        _role(
            "victim_worker",
            "Victim worker",
            _LEADS | _WORKS | {_P.READ_VICTIM_IDENTITY},
            "Works with people harmed; sees what keeps them safe.",
        ),
        _role(
            "business_support",
            "Business support",
            _READS | _OPENS | {_P.ENTER_CHILDREN, _P.OPEN_ANY_CHILD, _P.PUT_ON_TODAYS_LIST},
            "Enters and sends, without reading all.",
        ),
        _role(
            "panel_coordinator", "Panel coordinator", _READS | _OPENS | _ARRANGES, "Arranges panels and their papers."
        ),
        _role(
            "panel_volunteer",
            "Panel volunteer",
            frozenset({_P.SIT_ON_PANELS}),
            "Sees the papers of the panel they sit on, nothing else.",
        ),
        _role("sessional_worker", "Sessional worker", _NONE, "Sees the sessions they run, nothing else."),
        _role(
            "performance_officer",
            "Performance officer",
            _LEADS | _OPENS | {_P.EXPORT_IMPROVEMENT, _P.OPEN_ANY_CHILD, _P.COUNT_ALERTS, _P.COMBINE},
            "Counts, with identities, to keep the record right.",
        ),
        _role("analyst", "Analyst", _READS | {_P.EXPORT_IMPROVEMENT}, "Counts, without identities."),
        _role(
            "head_of_service",
            "Head of service",
            _RUNS | _OVERSEES | {_P.REMOVE_WORDS, _P.READ_VICTIM_IDENTITY},
            "Answers for the service and its improvement.",
        ),
        _role(
            "board_member",
            "Board member",
            _READS,
            "Sits on the management board; sees figures and plans, never a child's record.",
        ),
        _role(
            "auditor",
            "Auditor",
            _READS | _LOOKS,
            "Sees named sections of sampled cases until a date.",
            until=True,
        ),
        _role(
            "inspector",
            "Inspector",
            _READS | _LOOKS,
            "Sees what the service opens to them until a date.",
            until=True,
        ),
        _role(
            "administrator",
            "Administrator",
            frozenset({_P.MANAGE_STAFF, _P.NAME_DEPUTY, _P.SEE_LOG}),
            "Gives accounts and roles; reads no record.",
        ),
    )
}


def permissions_of(roles: Iterable[str]) -> frozenset[Permission]:
    """Everything the roles together allow; a key that is no longer a role allows nothing."""
    return frozenset().union(*(ROLES[key].permissions for key in roles if key in ROLES))


def roles_with(permission: Permission) -> list[str]:
    return [role.key for role in ROLES.values() if permission in role.permissions]


def why_not(permission: Permission, roles: Iterable[str]) -> str | None:
    """None when one of the roles allows it; otherwise who can, in a sentence."""
    if permission in permissions_of(roles):
        return None
    able = [_one(name) for name in who_may(permission)[:2]]
    return f"Your role does not let you {permission.value}. Ask {' or '.join(able)}."


def who_may(permission: Permission) -> list[str]:
    """The roles that allow it, as a sentence names them."""
    return [role.name.lower() for role in ROLES.values() if permission in role.permissions]


def _one(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
