from __future__ import annotations

from django.urls import path

from waypost.desk import child, footer_views, handover, views

urlpatterns = [
    path("", views.today, name="today"),
    path("team/", views.team, name="team"),
    path("children/", child.children, name="children"),
    path("children/alerts/", child.alerts, name="alerts"),
    path("children/<uuid:pk>/", child.child, name="child"),
    path("children/<uuid:pk>/handover/", handover.handover, name="child_handover"),
    path("help/", footer_views.get_help, name="help"),
    path("accessibility/", footer_views.accessibility, name="accessibility"),
    path("privacy/", footer_views.privacy, name="privacy"),
]
