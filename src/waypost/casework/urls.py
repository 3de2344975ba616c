"""Every address of casework. They stand before the record's own, whose kinds of statement take any word."""

from __future__ import annotations

from django.urls import include, path

from waypost.casework.contacts import urls as contacts
from waypost.casework.countersign_views import countersign
from waypost.casework.interventions import urls as interventions
from waypost.casework.referral_panels import urls as referral_panels

urlpatterns = [
    path("alongside/", include("waypost.casework.alongside.urls")),
    path("court/", include("waypost.casework.court.urls")),
    path("", include("waypost.casework.cases.urls")),
    path("panels/", include(referral_panels.meetings)),
    path("countersign/", countersign, name="countersign"),
    path("children/", include("waypost.casework.assessments.urls")),
    path("children/", include("waypost.casework.referral_panels.urls")),
    path("groups/", include(contacts.groups)),
    path("children/", include("waypost.casework.contacts.urls")),
    path("children/", include("waypost.casework.compliance.urls")),
    path("children/", include("waypost.casework.tasks.urls")),
    path("children/", include("waypost.casework.letters.urls")),
    path("", include("waypost.casework.voice.urls")),
    path("children/", include("waypost.casework.plans.urls")),
    path("catalogue/", include("waypost.casework.catalogue.urls")),
    path("children/", include("waypost.casework.interventions.urls")),
    path("delivery/", include(interventions.service)),
]
