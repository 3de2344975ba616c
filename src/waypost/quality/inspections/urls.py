from __future__ import annotations

from django.urls import path

from waypost.quality.inspections import views

urlpatterns = [
    path("", views.inspections, name="inspections"),
    path("<uuid:pk>/", views.inspection, name="inspection"),
]
