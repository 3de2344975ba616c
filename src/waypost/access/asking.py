"""Telling the database who is asking, so that its walls open to them and to nobody else."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.db.transaction import TransactionManagementError

from waypost.access.models import Staff
from waypost.access.permissions import Permission

POLICE = "police"


def asking(staff: Staff, *, at: datetime) -> None:
    """Until the transaction ends. Where this was never said every wall is closed: forgetting it shows too little."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("Who is asking is said in the transaction that asks.")
    told = {
        "waypost.staff": str(staff.pk),
        "waypost.agency": staff.agency,
        "waypost.walls": ",".join(walls_open_to(staff)),
        "waypost.at": at.isoformat(),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(['set_config(%s, %s, true)'] * len(told))}", [x for pair in told.items() for x in pair]
        )  # noqa: S608 (only placeholders)


def walls_open_to(staff: Staff) -> list[str]:
    """Kinds of wall that a role or an agency opens; a sealed record and a thing held back open to nobody by that."""
    if not staff.is_active:
        return []
    is_police = staff.agency == POLICE
    opens = {
        "victim": staff.may(Permission.READ_VICTIM_IDENTITY),
        "intelligence": staff.may(Permission.READ_INTELLIGENCE) or is_police,
        "not_to_police": not is_police,
    }
    return [kind for kind, is_open in opens.items() if is_open]
