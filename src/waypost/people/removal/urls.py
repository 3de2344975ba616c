from __future__ import annotations

from django.urls import path

from waypost.people.removal import subject_access_views, views

urlpatterns = [
    path("<uuid:pk>/removed/", views.removed, name="child_removed"),
    path("<uuid:pk>/hold/", views.hold, name="child_hold"),
    path("<uuid:pk>/hold/<uuid:held>/end/", views.end_hold, name="child_hold_end"),
    path("<uuid:pk>/erase/", views.erase, name="child_erase"),
    path("<uuid:pk>/asked-for/", subject_access_views.subject_access, name="child_subject_access"),
    path("<uuid:pk>/<slug:kind>/<uuid:statement>/remove/", views.remove, name="child_remove"),
    path("<uuid:pk>/<slug:kind>/<uuid:statement>/move/", views.move, name="child_move"),
]
