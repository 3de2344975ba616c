"""What work there is to choose from: found by what it addresses and by what it asks of a child."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from waypost.access.permissions import Permission
from waypost.access.require import needs
from waypost.casework.catalogue import definitions
from waypost.kernel.lists import load
from waypost.ui.listing import Choice

AT_MOST = [("", "Any"), *((key, f"{words.capitalize()} at most") for key, words in definitions.LEVELS.items())]


@require_safe
@needs(Permission.OPEN_CHILDREN)
def catalogue(request: HttpRequest) -> HttpResponse:
    """It holds nothing of any child."""
    asked = {name: request.GET.get(name, "") for name in ("factor", "reading", "speech")}
    addressed = {key for one in definitions.load().values() for key in one.addresses}
    factors = [("", "Anything"), *((code.key, code.words) for code in load("factors") if code.key in addressed)]
    choices = [
        Choice("factor", "What it addresses", factors, asked["factor"]),
        Choice("reading", "Reading it asks for", AT_MOST, asked["reading"]),
        Choice("speech", "Talking and listening it asks for", AT_MOST, asked["speech"]),
    ]
    context = {"found": definitions.find(**asked), "in_all": len(definitions.load()), "choices": choices}
    return render(request, "catalogue/catalogue.html", context)
