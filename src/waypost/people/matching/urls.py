from __future__ import annotations

from django.urls import path

from waypost.people.matching import views

urlpatterns = [
    path("find/", views.find, name="find"),
    path("children/new/", views.enter, name="child_enter"),
    path("children/<uuid:pk>/combine/", views.combine_with, name="child_combine_with"),
    path("children/<uuid:pk>/combine/<uuid:other>/", views.combine, name="child_combine"),
    path("children/<uuid:pk>/part/<uuid:gone>/", views.part, name="child_part"),
]
