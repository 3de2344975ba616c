"""What the pages about staff show: one administrator in, dataclasses out, a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.utils import timezone

from waypost.access import rules
from waypost.access.deputies import DEPUTISED, running
from waypost.access.models import RoleHeld, Staff, Team
from waypost.access.permissions import ROLES, Permission, roles_with
from waypost.kernel.refusal import NotFound


@dataclass(frozen=True, slots=True)
class Line:
    """One person in the list of staff."""

    staff: Staff
    roles: tuple[str, ...]  # names, in the order in which roles are listed
    worth_a_look: str | None


@dataclass(frozen=True, slots=True)
class Holding:
    """A role held now or once, in days as a person counts them."""

    held: RoleHeld
    name: str
    sentence: str
    since: date
    last_day: date | None
    is_current: bool

    @property
    def whose(self) -> list[UUID]:
        """Who holds it and, of a deputy, for whom."""
        return [pk for pk in (self.held.staff_id, self.held.deputy_for_id) if pk]


@dataclass(frozen=True, slots=True)
class Factor:
    """A person's second factor: since when, and how many recovery codes are left."""

    since: date | None
    codes_left: int


def staff_lines(*, at: datetime, second_factor_needed: bool) -> list[Line]:
    """Everyone with an open account: who is worth a look first, then by name. Three queries."""
    held = _by_person(RoleHeld.objects.at(at))
    has_factor = set(Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user", flat=True))
    lines = []
    for staff in Staff.objects.working().select_related("team"):
        roles = held[staff.pk]
        reason = rules.worth_a_look(
            roles=[one.role for one in roles],
            soonest_end=min((_last_day(one.until) for one in roles if one.until), default=None),
            second_factor=staff.pk in has_factor or not second_factor_needed,
            last_login=staff.last_login and timezone.localdate(staff.last_login),
            joined=staff.joined,
            on=timezone.localdate(at),
        )
        names = tuple(ROLES[key].name for key in ROLES if key in {one.role for one in roles})
        lines.append(Line(staff, names, reason))
    return sorted(lines, key=lambda line: (line.worth_a_look is None, line.staff.name.casefold()))


def administrators(*, at: datetime) -> list[Staff]:
    """Whom to ask about an account, by name."""
    holding = Staff.objects.working().holding(rules.ADMINISTRATOR, at)
    return sorted(holding, key=lambda staff: staff.name.casefold())


def ended_accounts() -> list[Staff]:
    return sorted(Staff.objects.filter(is_active=False), key=lambda staff: staff.name.casefold())


def person(pk: UUID) -> Staff:
    staff = Staff.objects.select_related("team").filter(pk=pk).first()
    if staff is None:
        raise NotFound
    return staff


def role_held(pk: UUID, held: UUID) -> RoleHeld:
    found = RoleHeld.objects.select_related("staff").filter(pk=held, staff=pk).first()
    if found is None:
        raise NotFound
    return found


def holdings(staff: Staff, *, at: datetime) -> list[Holding]:
    """Every role the person holds or held, newest first."""
    held = staff.roles_held.select_related("given_by", "taken_by").newest_first()
    return [
        Holding(
            held=one,
            name=ROLES[one.role].name,
            sentence=ROLES[one.role].sentence,
            since=timezone.localdate(one.since),
            last_day=_last_day(one.until) if one.until else None,
            is_current=one.until is None or one.until > at,
        )
        for one in held
    ]


def factor_of(staff: Staff) -> Factor:
    since, left = None, 0
    for one in Authenticator.objects.filter(user=staff):
        if one.type == Authenticator.Type.TOTP:
            since = timezone.localdate(one.created_at)
        else:
            left = len(RecoveryCodes(one).get_unused_codes())
    return Factor(since, left)


def teams() -> list[tuple[Team, int]]:
    """Each team and how many work in it."""
    working: dict[UUID | None, int] = defaultdict(int)
    for team in Staff.objects.working().values_list("team", flat=True):
        working[team] += 1
    return [(team, working[team.pk]) for team in sorted(Team.objects.all(), key=lambda team: team.name.casefold())]


def _by_person(held: Iterable[RoleHeld]) -> dict[UUID, list[RoleHeld]]:
    grouped: dict[UUID, list[RoleHeld]] = defaultdict(list)
    for one in held:
        grouped[one.staff_id].append(one)
    return grouped


def _last_day(until: datetime) -> date:
    """A role that runs to midnight is held until the day before."""
    return timezone.localdate(until - timedelta(microseconds=1))


def working_who_may(permission: Permission, at: datetime) -> list[Staff]:
    """Colleagues with that permission then, by name: for a choice on a form."""
    held = RoleHeld.objects.at(at).filter(role__in=roles_with(permission)).values("staff")
    return list(Staff.objects.working().filter(pk__in=held).order_by("name"))


def managers(at: datetime) -> list[Staff]:
    """Who manages in their own right, and so may have a deputy."""
    held = RoleHeld.objects.at(at).filter(role=DEPUTISED, deputy_for__isnull=True)
    return list(Staff.objects.working().filter(pk__in=held.values("staff")).order_by("name"))


def deputies(at: datetime) -> list[Holding]:
    """Every deputy there is now, soonest end first."""
    return [
        Holding(
            held=one,
            name=one.name,
            sentence=one.sentence,
            since=timezone.localdate(one.since),
            last_day=_last_day(one.until) if one.until else None,
            is_current=True,
        )
        for one in running(at).select_related("staff", "deputy_for", "given_by").order_by("until")
    ]


def deputy(pk: UUID) -> RoleHeld:
    found = RoleHeld.objects.select_related("staff", "deputy_for").filter(pk=pk, deputy_for__isnull=False).first()
    if found is None:
        raise NotFound
    return found
