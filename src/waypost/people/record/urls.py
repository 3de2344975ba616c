from __future__ import annotations

from django.urls import path

from waypost.people.record import views

urlpatterns = [
    path("<uuid:pk>/say/<slug:kind>/", views.say, name="child_say"),
    path("<uuid:pk>/document/<uuid:statement>/file/", views.document, name="child_document"),
    path("<uuid:pk>/<slug:kind>/<uuid:statement>/", views.correct, name="child_correct"),
    path("<uuid:pk>/<slug:kind>/<uuid:statement>/end/", views.end, name="child_end"),
]
