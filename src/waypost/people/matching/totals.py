"""How many children there are. The whole counts everybody; a part of it never counts a sealed record.

Were a sealed child in a part, two parts asked one after the other would say which. Whoever may open the record sees it
in lists; in a figure it stands only where it cannot be told apart.
"""

from __future__ import annotations

from django.db import connection

from waypost.people.need_to_know.models import Wall
from waypost.people.record.models import ChildQuerySet


def children_in_all() -> int:
    """Of the service, sealed records among them; records combined into one are one child."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT public.people_children_in_all()")
        return int(cursor.fetchone()[0])


def counted(children: ChildQuerySet) -> int:
    """Of some of them, by whatever filter."""
    return unsealed(children).count()


def unsealed(children: ChildQuerySet) -> ChildQuerySet:
    """Those that may be counted in a part: none that is sealed, whoever asks."""
    sealed = Wall.objects.filter(kind=Wall.Kind.SEALED, ended_at__isnull=True)
    return children.filter(combined_into__isnull=True).exclude(pk__in=sealed.values("person"))
