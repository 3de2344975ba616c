"""What the worker does about other systems, and when."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app

from waypost.casework.alongside import actions
from waypost.casework.alongside.models import CaseloadRead, RowProblem, System

KEPT = timedelta(days=1)  # files sent with a page, while nobody accepts what was read of them

LISTED = timedelta(days=92)  # rows that could not be used: a nightly reading lists them anew


@app.task(name="casework.read_caseload")
def read_caseload(read: UUID) -> None:
    """The id arrives as text. Taken twice, its worker having been killed, it goes on after the last child read."""
    found = CaseloadRead.objects.select_related("system", "by", "mapping").get(pk=read)
    if not found.is_over:
        actions.run_kept(found, at=timezone.now())


def in_turn(read: CaseloadRead) -> None:
    """Put a reading to the worker: those of one system one after the other."""
    read_caseload.configure(lock=f"caseload {read.system_id}").defer(read=str(read.pk))


@app.periodic(cron="23 2 * * *")
@app.task(name="casework.read_caseloads", queueing_lock="casework.read_caseloads")
def read_caseloads(timestamp: int) -> None:
    for system in System.objects.exclude(folder="").select_related("owner").order_by("name"):
        actions.read_nightly(system, at=timezone.now())


@app.periodic(cron="53 3 * * *")
@app.task(name="casework.forget_uploads", queueing_lock="casework.forget_uploads")
def forget_uploads(timestamp: int) -> None:
    """What nobody accepted within a day, and rows that could not be used a quarter ago."""
    now = timezone.now()
    RowProblem.objects.filter(read__at__lt=now - LISTED).delete()
    for read in CaseloadRead.objects.filter(at__lt=now - KEPT).exclude(files=[]).select_related("by"):
        if read.kept_files and read.is_over:
            actions.let_go(read, by=read.by, at=now)
