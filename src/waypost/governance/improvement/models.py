"""The improvement plan: areas, recommendations, actions, and the facts people add to them (A1, A2).

What a person says is a new row with who and when; an action's own fields hold what was last agreed, and every
change to them leaves an `ActionChange`, so that a status can be worked out for any past day.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from waypost.access.models import Staff
from waypost.access.permissions import Permission
from waypost.files.models import StoredFile
from waypost.governance.improvement.kinds import ActionKind
from waypost.governance.improvement.status import Status
from waypost.kernel.ids import new_id
from waypost.quality.inspections.models import Inspection

STAFF = settings.AUTH_USER_MODEL
ONE_FINISH = ~Q(finish_month__isnull=False, ongoing=True)


class Fact(models.Model):
    """A row that says who and when; it is added, never edited."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, staff: Staff) -> PlanQuerySet:
        """A plan names no child: who may see one may see all."""
        return self if staff.may(Permission.SEE_IMPROVEMENT) else self.none()

    def current(self) -> PlanQuerySet:
        return self.filter(replaced_at__isnull=True)

    def in_turn(self) -> PlanQuerySet:
        """Held until the transaction ends, once whoever else is writing to the plan has done so."""
        return self.select_for_update(no_key=True)


class Plan(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    title = models.CharField(max_length=200)
    inspection = models.ForeignKey(Inspection, null=True, on_delete=models.PROTECT, related_name="plans")
    version = models.PositiveSmallIntegerField(default=1)
    replaced_at = models.DateTimeField(null=True)
    source = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()
    key = models.UUIDField(unique=True)  # the reading it came from: the same form sent twice makes one plan

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-accepted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["replaced_at"],
                condition=Q(replaced_at__isnull=True),
                name="one_current_plan",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.title

    def take_turn(self) -> None:
        """Wait for whoever else writes to this plan, and learn whether it was replaced meanwhile."""
        self.replaced_at = Plan.objects.in_turn().values_list("replaced_at", flat=True).get(pk=self.pk)


class Area(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="areas")
    position = models.PositiveSmallIntegerField()
    name = models.TextField(blank=True)  # as long as the document has it

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="area_once")]

    def __str__(self) -> str:
        return self.name


class Recommendation(models.Model):
    """A recommendation as the plan puts it: not the inspection's, which is its own record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="recommendations")
    position = models.PositiveSmallIntegerField()
    number = models.TextField(blank=True)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["area__position", "position"]

    def __str__(self) -> str:
        return f"Recommendation {self.number}"


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, staff: Staff) -> ActionQuerySet:
        return self if staff.may(Permission.SEE_IMPROVEMENT) else self.none()


class Action(models.Model):
    """A date with no day is its month's first for a start and its month's last for a finish."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="actions")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="actions")
    position = models.PositiveSmallIntegerField()
    ref = models.TextField()
    text = models.TextField()
    outcome = models.TextField(blank=True)
    start_text = models.CharField(max_length=200, blank=True)
    start_month = models.DateField(null=True)
    finish_text = models.CharField(max_length=200, blank=True)
    finish_month = models.DateField(null=True)
    ongoing = models.BooleanField(default=False)
    review_text = models.CharField(max_length=200, blank=True)
    review_month = models.DateField(null=True)
    cadence = models.CharField(max_length=40, blank=True)
    rag_in_source = models.CharField(max_length=10, blank=True)
    source = models.JSONField(default=list)  # the cells as they stood: [[heading, text], …]
    where = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "ref"], name="action_ref_once"),
            models.CheckConstraint(condition=ONE_FINISH, name="a_finish_or_ongoing"),
        ]

    def __str__(self) -> str:
        return f"Action {self.ref}"


class Lead(models.Model):
    class Kind(models.TextChoices):
        PERSON = "person", "person"
        TEAM = "team", "team"
        BODY = "body", "outside body"
        UNKNOWN = "", "not said"

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="leads")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.UNKNOWN, blank=True)
    staff = models.ForeignKey(STAFF, null=True, on_delete=models.PROTECT, related_name="leads")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["action", "position"], name="lead_once")]

    def __str__(self) -> str:
        return self.name


class Note(Fact):
    """A dated progress note: the only words that move a status."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="notes")
    dated = models.DateField()
    words = models.TextField()

    class Meta:
        ordering = ["-dated", "-at"]
        indexes = [models.Index(fields=["action", "dated"])]

    def __str__(self) -> str:
        return f"Note of {self.dated:%Y-%m-%d}"


class Bullet(models.Model):
    """An undated progress line of the source: kept as text, and moving nothing."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="bullets")
    position = models.PositiveSmallIntegerField()
    words = models.TextField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"Bullet {self.position}"


class BulletClassed(Fact):
    class Kind(models.TextChoices):
        MILESTONE = "milestone", "A step to come"
        DONE = "done", "Something done"
        UNKNOWN = "unknown", "Cannot be told"

    bullet = models.ForeignKey(Bullet, on_delete=models.CASCADE, related_name="classed")
    kind = models.CharField(max_length=10, choices=Kind)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.kind


class Evidence(Fact):
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(max_length=200)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="evidence")
    inspector_may_open = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.title


class Said(Fact):
    """What a named person says of the whole action, on a date: done, not done after all, embedded."""

    class What(models.TextChoices):
        DONE = "done", "It is done"
        NOT_DONE = "not_done", "It is not done after all"
        EMBEDDED = "embedded", "It is how we work now"

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="said")
    what = models.CharField(max_length=10, choices=What)
    dated = models.DateField()
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["-dated", "-at"]

    def __str__(self) -> str:
        return self.what


class StatusSetByHand(Fact):
    """A person's judgement against the rule's, with a reason, for a while."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="set_by_hand")
    status = models.CharField(max_length=20, choices=[(s.value, s.words) for s in Status])
    reason = models.TextField()
    since = models.DateField()
    until = models.DateField()

    class Meta:
        ordering = ["-since", "-at"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="hand_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(reason=""), name="hand_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.status


class ActionChange(Fact):
    """One field of an action as it was and as it became."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=30)
    was = models.TextField(blank=True)
    became = models.TextField(blank=True)
    why = models.TextField(blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.field


class ActionKindSaid(Fact):
    """That an action is only training, only a protocol, or changes something for a child: a person's word for it."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="kind_said")
    kind = models.CharField(max_length=10, choices=[(k.value, k.words) for k in ActionKind])

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.kind


class Doubt(models.Model):
    """A doubt the reader had and what became of it; an open one that concerns dates holds the status back."""

    class Answer(models.TextChoices):
        OPEN = "", "still open"
        CORRECTED = "corrected", "corrected"
        KEPT = "kept", "kept as it is"
        DROPPED = "dropped", "not a doubt"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="doubts")
    action = models.ForeignKey(Action, null=True, on_delete=models.CASCADE, related_name="doubts")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40)
    message = models.TextField()
    where = models.JSONField(default=dict)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.OPEN, blank=True)
    answered_by = models.ForeignKey(STAFF, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="an_answer_has_who_and_when",
            )
        ]

    def __str__(self) -> str:
        return self.kind


class Measure(Fact):
    """What would show that an action works, named by a person: a share with a target."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="measures")
    name = models.CharField(max_length=300)
    target = models.PositiveSmallIntegerField()  # per cent
    lower_is_better = models.BooleanField(default=False)

    class Meta:
        ordering = ["at"]
        constraints = [models.CheckConstraint(condition=Q(target__lte=100), name="target_is_a_percentage")]

    def __str__(self) -> str:
        return self.name


class MeasureReading(Fact):
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="readings")
    dated = models.DateField()
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()

    class Meta:
        ordering = ["dated"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "dated"], name="one_reading_a_day"),
            models.CheckConstraint(
                condition=Q(denominator__gt=0, numerator__lte=F("denominator")), name="reading_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.numerator} of {self.denominator}"
