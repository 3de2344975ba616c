"""Every address, by room. A URL without a row in the matrix fails the build."""

from __future__ import annotations

from django.urls import include, path

from waypost.config.health import health

urlpatterns = [
    path("health", health, name="health"),
    path("", include("waypost.access.urls")),
    path("", include("waypost.desk.urls")),
    path("", include("waypost.ui.urls")),
    path("", include("waypost.casework.urls")),
    path("", include("waypost.quality.readiness.urls")),  # before the record’s: "readiness" is no kind of statement
    path("", include("waypost.people.need_to_know.urls")),
    path("children/", include("waypost.people.removal.urls")),
    path("", include("waypost.people.matching.urls")),  # before the record's: "combine" is no kind of statement
    path("children/", include("waypost.people.record.urls")),
    path("organisations/", include("waypost.people.organisations.urls")),
    path("drafts/", include("waypost.people.drafts.urls")),
    path("improvement/", include("waypost.governance.improvement.urls")),
    path("answer/", include("waypost.governance.answers.urls")),
    path("committee/", include("waypost.governance.committee.urls")),
    path("inspections/", include("waypost.quality.inspections.urls")),
    path("files/", include("waypost.files.urls")),
]

handler400 = "waypost.ui.errors.bad_request"
handler403 = "waypost.ui.errors.not_allowed"
handler404 = "waypost.ui.errors.not_found"
handler500 = "waypost.ui.errors.broken"
