"""Who signs in: the service, its teams, its staff, the roles they hold and the children they may open."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from waypost.access.log_models import LogEntry as LogEntry
from waypost.access.permissions import ROLES, Permission, permissions_of
from waypost.kernel.ids import new_id


class Service(models.Model):
    """The one service this database belongs to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    only = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(max_length=200)
    demonstration = models.BooleanField(default=False)  # set once at loading, never unset: its records are invented

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(only=True), name="one_service")]

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=100, unique=True)

    def __str__(self) -> str:
        return self.name


class StaffQuerySet(models.QuerySet["Staff"]):
    def working(self) -> StaffQuerySet:
        return self.filter(is_active=True)

    def holding(self, role: str, moment: datetime) -> StaffQuerySet:
        """Who holds the role at that moment, whatever else they hold."""
        return self.filter(pk__in=RoleHeld.objects.at(moment).filter(role=role).values("staff"))


class StaffManager(BaseUserManager.from_queryset(StaffQuerySet)):  # type: ignore[misc]
    """Django's name for what makes accounts; the only 'manager' in the house."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> Staff:
        staff = self.model(email=self.normalize_email(email).lower(), **fields)
        staff.set_password(password)
        staff.save()
        return staff


class Staff(AbstractBaseUser):
    """A person who signs in. Never deleted: their name stands beside what they did."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    job_title = models.CharField(max_length=150, blank=True)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="staff")
    agency = models.CharField(
        max_length=40, default="youth_justice"
    )  # whose staff they are: a key of the list of agencies
    is_active = models.BooleanField(default=True)
    joined = models.DateField(default=timezone.localdate)
    ended = models.DateField(null=True, blank=True)
    session_mark = models.UUIDField(default=new_id, editable=False)  # in every session; a new one ends them all

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = StaffManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_active=True, ended__isnull=True) | Q(is_active=False, ended__isnull=False),
                name="an_account_is_active_or_has_ended",
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="email_is_in_small_letters"),
        ]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        key_salt = "waypost.access.models.Staff.session"
        return salted_hmac(
            key_salt, f"{self.password}{self.session_mark}", secret=secret, algorithm="sha256"
        ).hexdigest()

    def roles(self, at: datetime | None = None) -> tuple[str, ...]:
        """Keys of the roles held now, asked of the database once for this object (so once for a request)."""
        if at is not None:
            return tuple(self.roles_held.at(at).values_list("role", flat=True))
        if not hasattr(self, "_roles"):
            self._roles = tuple(self.roles_held.at(timezone.now()).values_list("role", flat=True))
        return self._roles

    def ask_roles_again(self) -> None:
        """Forget the roles asked for, after an action has changed them."""
        self.__dict__.pop("_roles", None)

    def may(self, permission: Permission, at: datetime | None = None) -> bool:
        return self.is_active and permission in permissions_of(self.roles(at))

    @property
    def role_name(self) -> str:
        """What the header calls them: their first role, by the order in which roles are listed."""
        held = [ROLES[key].name for key in ROLES if key in self.roles()]
        return held[0].lower() if held else "no role"


class RoleHeldQuerySet(models.QuerySet["RoleHeld"]):
    def at(self, moment: datetime) -> RoleHeldQuerySet:
        return self.filter(Q(until__isnull=True) | Q(until__gt=moment), since__lte=moment)

    def newest_first(self) -> RoleHeldQuerySet:
        return self.order_by("-since", "role")


class RoleHeld(models.Model):
    """A role given to a person for a time: a fact with an end, never edited."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="roles_held")
    role = models.CharField(max_length=40, choices=[(key, role.name) for key, role in ROLES.items()])
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="roles_given")
    taken_by = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="roles_taken")
    deputy_for = models.ForeignKey(Staff, null=True, blank=True, on_delete=models.PROTECT, related_name="deputies")

    objects = RoleHeldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="role_ends_after_it_starts"
            ),
            models.UniqueConstraint(fields=["staff", "role"], condition=Q(until__isnull=True), name="one_open_role"),
            models.CheckConstraint(
                condition=~Q(role__in=[key for key, role in ROLES.items() if role.until_a_date])
                | Q(until__isnull=False),
                name="visiting_role_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(deputy_for__isnull=True) | Q(until__isnull=False), name="deputy_has_an_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} since {self.since:%Y-%m-%d}"

    @property
    def name(self) -> str:
        return ROLES[self.role].name

    @property
    def sentence(self) -> str:
        return ROLES[self.role].sentence


class AccessQuerySet(models.QuerySet["Access"]):
    def at(self, moment: datetime) -> AccessQuerySet:
        return self.filter(Q(until__isnull=True) | Q(until__gt=moment), since__lte=moment)


class Access(models.Model):
    """That a person may open a child's record, why, and for how long: every list of children filters on it.

    Written by the actions in `access.opening` only. A reason's words stand on the record it opened, not here.
    """

    class Basis(models.TextChoices):
        ALLOCATED = "allocated", "their own child"
        TEAM = "team", "their team’s child"
        INVOLVED = "involved", "involved with the child"
        COVER = "cover", "covering for a colleague"
        DUTY = "duty", "on today's list"
        SAMPLED = "sampled", "sampled for an audit"
        PANEL = "panel", "on the panel"
        NAMED = "named", "named on a sealed record"
        REASON = "reason", "opened with a reason"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="access")
    child = models.UUIDField()  # people come later and stand above; an id, so no import goes up
    basis = models.CharField(max_length=20, choices=Basis)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    sections = ArrayField(models.CharField(max_length=40), default=list)  # of the record; none named: all
    meeting = models.UUIDField(null=True)  # of a panel: its papers are open, and nothing of the record
    given_by = models.ForeignKey(Staff, null=True, on_delete=models.PROTECT, related_name="access_given")

    objects = AccessQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["staff", "child"]), models.Index(fields=["child", "basis"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="access_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(basis="reason") | Q(until__isnull=False), name="access_by_reason_has_an_end"
            ),
            models.CheckConstraint(
                condition=~Q(basis="sampled") | Q(until__isnull=False), name="access_by_sample_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(basis="panel", meeting__isnull=False, until__isnull=False)
                | ~Q(basis="panel") & Q(meeting__isnull=True),
                name="access_by_panel_is_to_a_meeting_and_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.basis} since {self.since}"


WHILE_IN_THE_ROLE = {  # what a role was given opens only for as long as a role of that sort is held
    Access.Basis.TEAM: Permission.OPEN_TEAMS,
    Access.Basis.DUTY: Permission.OPEN_TODAYS_LIST,
    Access.Basis.SAMPLED: Permission.OPEN_SAMPLED,
}


def access_of(staff: Staff, at: datetime) -> AccessQuerySet:
    """The one filter for list, count, search, page, export, job and API: what is open to this person now, and why.

    A seat on a panel is not among it: it opens no record.
    """
    rows = Access.objects.at(at).filter(staff=staff).exclude(basis=Access.Basis.PANEL)
    over = [basis for basis, permission in WHILE_IN_THE_ROLE.items() if not staff.may(permission)]
    return rows.exclude(basis__in=over) if over else rows


def seats_of(staff: Staff, at: datetime) -> AccessQuerySet:
    """The one filter for whatever a panel is given: the meetings whose papers are open to this person now."""
    rows = Access.objects.at(at).filter(staff=staff, basis=Access.Basis.PANEL)
    return rows if staff.may(Permission.SIT_ON_PANELS) else rows.none()
