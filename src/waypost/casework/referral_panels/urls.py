from __future__ import annotations

from django.urls import path

from waypost.casework.referral_panels import views

urlpatterns = [
    path("<uuid:pk>/panel/<uuid:order>/", views.arrange, name="panel_arrange"),
]
meetings = [
    path("", views.panels, name="panels"),
    path("<uuid:pk>/", views.panel, name="panel"),
    path("<uuid:pk>/change/", views.change, name="panel_change"),
    path("<uuid:pk>/cancel/", views.cancel, name="panel_cancel"),
    path("<uuid:pk>/papers/", views.papers, name="panel_papers"),
    path("<uuid:pk>/papers/<uuid:paper>/", views.paper, name="panel_paper"),
    path("<uuid:pk>/result/", views.result, name="panel_result"),
]
