from __future__ import annotations

from django.urls import path

from waypost.people.drafts import views

urlpatterns = [
    path("", views.drafts, name="drafts"),
    path("key", views.key, name="draft_key"),
    path("of/<uuid:pk>/", views.save, name="draft_save"),
    path("<uuid:pk>/throw-away/", views.throw_away, name="draft_throw_away"),
]
