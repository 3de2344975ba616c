"""Every address, by room. A URL without a row in the matrix fails the build."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("waypost.access.urls")),
    path("", include("waypost.ui.urls")),
    path("improvement/", include("waypost.governance.improvement.urls")),
    path("inspections/", include("waypost.quality.inspections.urls")),
    path("files/", include("waypost.files.urls")),
]

handler400 = "waypost.ui.errors.bad_request"
handler403 = "waypost.ui.errors.not_allowed"
handler404 = "waypost.ui.errors.not_found"
handler500 = "waypost.ui.errors.broken"
