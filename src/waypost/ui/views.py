"""The gallery of components."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from waypost.ui import gallery
from waypost.ui.words import size


def design(request: HttpRequest) -> HttpResponse:
    """Every component with invented things in it; what is sent here is looked at and thrown away."""
    sent = request.method == "POST"
    form = gallery.Everything(request.POST if sent and not request.FILES else None)
    upload = gallery.OneFile(request.POST, request.FILES) if request.FILES else gallery.OneFile()
    if sent and upload.is_bound and upload.is_valid():
        messages.success(request, f"{size(request.FILES['file'].size)} arrived, and was thrown away.")
        return redirect("design")
    shown = gallery.shown(request.GET.items()) | {"form": form, "upload_form": upload}
    return render(request, "ui/design.html", shown, status=422 if sent and form.errors else 200)
