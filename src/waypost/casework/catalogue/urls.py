from __future__ import annotations

from django.urls import path

from waypost.casework.catalogue import views

urlpatterns = [path("", views.catalogue, name="catalogue")]
