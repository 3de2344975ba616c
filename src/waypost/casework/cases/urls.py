from __future__ import annotations

from django.urls import path

from waypost.casework.cases import views

urlpatterns = [path("transitions/", views.transitions, name="transitions")]
