from __future__ import annotations

from django.urls import path

from waypost.people.organisations import views

urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("add/", views.add, name="organisation_add"),
    path("<uuid:pk>/", views.organisation, name="organisation"),
    path("<uuid:pk>/end/", views.end, name="organisation_end"),
    path("<uuid:pk>/people/<uuid:professional>/end/", views.end_professional, name="professional_end"),
]
