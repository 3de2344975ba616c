from __future__ import annotations

from django.urls import path

from waypost.people.record import views

urlpatterns = [
    path("<uuid:pk>/say/<slug:kind>/", views.say, name="child_say"),
    path("<uuid:pk>/<slug:kind>/<uuid:statement>/", views.correct, name="child_correct"),
]
