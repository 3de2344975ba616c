from __future__ import annotations

from django.urls import path

from waypost.casework.plans import signing_views, views

urlpatterns = [
    path("<uuid:pk>/plan/", views.plan, name="child_plan"),
    path("<uuid:pk>/plan/begin/", views.begin, name="child_plan_begin"),
    path("<uuid:pk>/plan/order/", views.order, name="child_plan_order"),
    path("<uuid:pk>/plan/review/", signing_views.review, name="child_plan_review"),
    path("<uuid:pk>/plan/countersign/", signing_views.countersign, name="child_plan_countersign"),
    path("<uuid:pk>/plan/step/<slug:step>/", signing_views.step, name="child_plan_step"),
    path("<uuid:pk>/plan/says/<slug:what>/", views.says, name="child_plan_says"),
    path("<uuid:pk>/plan/agreed/<slug:who>/", views.agreed, name="child_plan_agreed"),
    path("<uuid:pk>/plan/objective/<uuid:root>/", views.objective, name="child_plan_objective"),
    path("<uuid:pk>/plan/objective/<uuid:root>/take-out/", views.take_out, name="child_plan_take_out"),
    path("<uuid:pk>/plan/objective/<uuid:root>/who/", views.does, name="child_plan_does"),
    path("<uuid:pk>/plan/objective/<uuid:root>/progress/", views.progress, name="child_plan_progress"),
    path("<uuid:pk>/plan/factor/<uuid:root>/", views.not_now, name="child_plan_not_now"),
    path("<uuid:pk>/plan/<uuid:plan>/", views.version, name="child_plan_version"),
    path(
        "<uuid:pk>/plan/<uuid:plan>/for-the-child/<slug:language>/",
        signing_views.one_page,
        name="child_plan_one_page",
    ),
]
