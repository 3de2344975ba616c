from __future__ import annotations

from django.urls import path

from waypost.desk import child, views

urlpatterns = [
    path("", views.today, name="today"),
    path("children/", child.children, name="children"),
    path("children/<uuid:pk>/", child.child, name="child"),
]
