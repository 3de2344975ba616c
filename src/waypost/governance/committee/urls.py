from __future__ import annotations

from django.urls import path

from waypost.governance.committee import views

urlpatterns = [path("", views.pack, name="committee_pack")]
