"""What an administrator does with accounts, roles and teams. Each is one transaction with its row in the log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from waypost.access import log, opening, rules, second_factor
from waypost.access.log import Verb
from waypost.access.models import RoleHeld, Staff, Team
from waypost.access.permissions import ROLES, Permission
from waypost.access.require import require
from waypost.kernel.days import midnight_after
from waypost.kernel.ids import new_id
from waypost.kernel.refusal import Refused, refuse_if


@transaction.atomic
def first_administrator(*, name: str, email: str, at: datetime, roles: Iterable[str] = ()) -> Staff:
    """The account that makes the others; only while no administrator is working, so only an operator's command asks."""
    if Staff.objects.working().holding(rules.ADMINISTRATOR, at).exists():
        raise Refused("There is an administrator already. Ask them, or name them with --by.")
    staff = _open_account(name=name, email=email, job_title="", team=None, on=timezone.localdate(at))
    log.record(staff, Verb.COLLECTED, "account.added", staff)
    for role in dict.fromkeys([rules.ADMINISTRATOR, *roles]):
        RoleHeld.objects.create(staff=staff, role=role, since=at)
        log.record(staff, Verb.CHANGED, "account.role_given", staff, detail={"role": role})
    return staff


@transaction.atomic
def add(
    *,
    name: str,
    email: str,
    job_title: str = "",
    team: Team | None = None,
    agency: str = rules.OURS,
    by: Staff,
    on: date,
) -> Staff:
    """An account without a password: `password_link` lets the person choose one. `agency`: whose staff they are."""
    require(by, Permission.MANAGE_STAFF)
    staff = _open_account(name=name, email=email, job_title=job_title, team=team, on=on)
    log.record(by, Verb.COLLECTED, "account.added", staff)
    return change_agency(staff, agency=agency, by=by) if agency != rules.OURS else staff


def _open_account(*, name: str, email: str, job_title: str, team: Team | None, on: date) -> Staff:
    email = email.strip().lower()
    there = Staff.objects.filter(email=email).first()
    refuse_if(rules.why_not_add(taken_by=there and there.name, ended=there and there.ended))
    staff = Staff.objects.create_user(email, None, name=name, job_title=job_title, team=team, joined=on)
    EmailAddress.objects.create(user=staff, email=email, primary=True, verified=True)
    return staff


@transaction.atomic
def end(staff: Staff, *, by: Staff, at: datetime) -> None:
    """No more signing in: roles, sessions, password and second factor go; the name stays beside what they did."""
    require(by, Permission.MANAGE_STAFF)
    staff = _locked(staff)
    refuse_if(
        rules.why_not_end(
            is_self=staff == by,
            is_active=staff.is_active,
            held=staff.roles(at),
            other_administrators=_administrators_but(staff, at),
        )
    )
    day = timezone.localdate(at)
    staff.roles_held.at(at).update(until=at, taken_by=by)
    opening.end_all(staff, at=at)
    SocialAccount.objects.filter(user=staff).delete()
    second_factor.forget(staff)
    staff.set_unusable_password()
    staff.is_active, staff.ended, staff.session_mark = False, day, new_id()
    staff.save()
    log.record(by, Verb.CHANGED, "account.ended", staff)


@transaction.atomic
def reopen(staff: Staff, *, by: Staff) -> None:
    """The same person comes back: without roles, password or second factor."""
    require(by, Permission.MANAGE_STAFF)
    staff = _locked(staff)
    refuse_if(rules.why_not_reopen(is_active=staff.is_active))
    staff.is_active, staff.ended = True, None
    staff.save()
    log.record(by, Verb.CHANGED, "account.reopened", staff)


@transaction.atomic
def give_role(staff: Staff, *, role: str, until: date | None = None, by: Staff, at: datetime) -> RoleHeld:
    """`until` is the last day on which the role is held, in London."""
    require(by, Permission.MANAGE_STAFF)
    staff = _locked(staff)
    refuse_if(
        rules.why_not_give(
            role,
            until=until,
            on=timezone.localdate(at),
            held=staff.roles(at),
            is_self=staff == by,
            is_active=staff.is_active,
        )
    )
    held = RoleHeld.objects.create(staff=staff, role=role, since=at, until=until and midnight_after(until), given_by=by)
    if Permission.OPEN_TODAYS_LIST in ROLES[role].permissions:
        opening.join_todays_list(staff, at=at, by=by)
    log.record(by, Verb.CHANGED, "account.role_given", staff, detail={"role": role, "until": str(until or "")})
    return held


@transaction.atomic
def take_role(held: RoleHeld, *, by: Staff, at: datetime) -> None:
    require(by, Permission.MANAGE_STAFF)
    staff = _locked(held.staff)
    others = _administrators_but(staff, at)  # before the role's own row: everybody locks them in one order
    held = RoleHeld.objects.select_for_update(no_key=True).get(pk=held.pk)
    if held.until is not None and held.until <= at:
        raise Refused(f"{held.name} has already ended for {staff.name}.")
    refuse_if(rules.why_not_take(held.role, other_administrators=others))
    held.until, held.taken_by = at, by
    held.save()
    log.record(by, Verb.CHANGED, "account.role_taken", staff, detail={"role": held.role})


@transaction.atomic
def move(staff: Staff, *, team: Team | None, by: Staff, at: datetime) -> None:
    """The new team's children are open to them from now, the old team's no longer; their own stay theirs."""
    require(by, Permission.MANAGE_STAFF)
    staff = _locked(staff)
    staff.team = team
    staff.save(update_fields=["team"])
    opening.change_team(staff, at=at, by=by)
    log.record(by, Verb.CHANGED, "account.moved", staff, detail={"team": str(team.pk) if team else ""})


@transaction.atomic
def change_agency(staff: Staff, *, agency: str, by: Staff) -> Staff:
    """Whose staff they are: what an agency keeps to itself, and what is not for the police, opens or closes by it."""
    require(by, Permission.MANAGE_STAFF)
    staff = _locked(staff)
    refuse_if(rules.why_not_agency(agency))
    staff.agency = agency
    staff.save(update_fields=["agency"])
    log.record(by, Verb.CHANGED, "account.agency_changed", staff, detail={"agency": agency})
    return staff


@transaction.atomic
def add_team(name: str, *, by: Staff) -> Team:
    require(by, Permission.MANAGE_STAFF)
    name = " ".join(name.split())
    if Team.objects.filter(name__iexact=name).exists():
        raise Refused(f"There is a team called {name} already.")
    team = Team.objects.create(name=name)
    log.record(by, Verb.COLLECTED, "team.added", team)
    return team


@transaction.atomic
def password_link(staff: Staff, *, by: Staff) -> str:
    """The address, good once and for three days, where the person chooses a password."""
    require(by, Permission.MANAGE_STAFF)
    refuse_if(rules.why_not_help_to_sign_in(is_active=staff.is_active))
    key = {"uidb36": user_pk_to_url_str(staff), "key": default_token_generator.make_token(staff)}
    log.record(by, Verb.CHANGED, "account.password_link_made", staff)
    return reverse("account_reset_password_from_key", kwargs=key)


@transaction.atomic
def forget_second_factor(staff: Staff, *, by: Staff) -> None:
    """For a lost telephone: whoever is signed in as them is signed out, and sets one up at the next sign-in."""
    require(by, Permission.MANAGE_STAFF)
    staff = _locked(staff)
    refuse_if(rules.why_not_help_to_sign_in(is_active=staff.is_active))
    if not second_factor.forget(staff):
        raise Refused(f"{staff.name} has no second factor to forget.")
    _end_sessions(staff)
    log.record(by, Verb.CHANGED, "account.second_factor_forgotten", staff)


@transaction.atomic
def sign_out_everywhere(staff: Staff) -> None:
    """Every session of the person's own ends, this one too."""
    _end_sessions(_locked(staff))
    log.record(staff, Verb.CHANGED, "account.signed_out_everywhere", staff)


def _end_sessions(staff: Staff) -> None:
    staff.session_mark = new_id()
    staff.save(update_fields=["session_mark"])


def _locked(staff: Staff) -> Staff:
    """The row as it is now, nobody else changing it until we are done."""
    return Staff.objects.select_for_update(no_key=True).get(pk=staff.pk)


def _administrators_but(staff: Staff, at: datetime) -> int:
    """How many others can give roles until further notice. Locked: two who end each other's role go one by one."""
    held = RoleHeld.objects.filter(role=rules.ADMINISTRATOR, since__lte=at, until=None, staff__is_active=True)
    locked = held.order_by("pk").select_for_update(of=("self",), no_key=True)
    return len([one for one in locked if one.staff_id != staff.pk])
