from __future__ import annotations

from django.urls import path

from waypost.quality.readiness import views

urlpatterns = [
    path("readiness/", views.readiness, name="readiness"),
    path("readiness/go-through/", views.go_through, name="readiness_go_through"),
    path("children/<uuid:pk>/readiness/", views.child, name="child_readiness"),
    path("children/<uuid:pk>/readiness/<slug:check>/quiet/", views.snooze, name="child_readiness_snooze"),
    path("children/<uuid:pk>/readiness/<slug:check>/wake/", views.wake, name="child_readiness_wake"),
]
