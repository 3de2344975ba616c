from __future__ import annotations

from django.urls import path

from waypost.ui import views

urlpatterns = [path("design/", views.design, name="design")]
