from __future__ import annotations

from django.urls import path

from waypost.casework.interventions import service_views, views

urlpatterns = [
    path("<uuid:pk>/interventions/", views.interventions, name="interventions"),
    path("<uuid:pk>/interventions/plan/", views.plan, name="intervention_plan"),
    path("<uuid:pk>/interventions/<uuid:intervention>/sessions/", views.sessions, name="intervention_sessions"),
    path("<uuid:pk>/interventions/<uuid:intervention>/tie/", views.tie, name="intervention_tie"),
    path("<uuid:pk>/interventions/<uuid:intervention>/end/", views.end, name="intervention_end"),
    path("<uuid:pk>/sessions/<uuid:session>/move/", views.move, name="session_move"),
    path("<uuid:pk>/sessions/<uuid:session>/untie/", views.untie, name="session_untie"),
]
service = [
    path("", service_views.delivery, name="delivery"),
    path("<slug:kind>/", service_views.delivery_file, name="delivery_file"),
]
