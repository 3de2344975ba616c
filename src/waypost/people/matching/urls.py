from __future__ import annotations

from django.urls import path

from waypost.people.matching import views

urlpatterns = [
    path("find/", views.find, name="find"),
]
