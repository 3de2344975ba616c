from __future__ import annotations

from django.urls import path

from waypost.casework.contacts import register_views, views

urlpatterns = [
    path("<uuid:pk>/contacts/record/", views.record, name="contact_record"),
    path("<uuid:pk>/contacts/plan/", views.plan, name="contact_plan"),
    path("<uuid:pk>/contacts/<uuid:contact>/", views.contact, name="contact"),
    path("<uuid:pk>/contacts/<uuid:contact>/drop/", views.drop, name="contact_drop"),
]

groups = [path("register/", register_views.register, name="group_register")]
