"""Inspections over the years, side by side, and one of them whole."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from waypost.access import log
from waypost.access.permissions import Permission
from waypost.access.require import needs
from waypost.quality.inspections.models import Inspection, Theme

sees = needs(Permission.SEE_IMPROVEMENT)


@require_safe
@sees
def inspections(request: HttpRequest) -> HttpResponse:
    found = list(Inspection.visible_to(request.user).prefetch_related("themes"))
    log.viewed(request, "inspection.list", listed=[one.pk for one in found])
    return render(request, "inspections/list.html", {"inspections": found, "rows": side_by_side(found)})


def side_by_side(found: list[Inspection]) -> list[tuple[str, list[Theme | None]]]:
    """Each theme's name with its judgement in each inspection, None where that one did not judge it."""
    names = {theme.name.casefold(): theme.name for one in reversed(found) for theme in one.themes.all()}
    by_name = [{theme.name.casefold(): theme for theme in one.themes.all()} for one in found]
    return [(name, [themes.get(key) for themes in by_name]) for key, name in names.items()]


@require_safe
@sees
def inspection(request: HttpRequest, pk: UUID) -> HttpResponse:
    visible = Inspection.visible_to(request.user).prefetch_related("recommendations", "themes__findings")
    found = get_object_or_404(visible, pk=pk)
    log.viewed(request, "inspection.page", found)
    context = {"inspection": found, "themes": found.themes.all(), "has_plan": found.plans.exists()}
    return render(request, "inspections/inspection.html", context)
