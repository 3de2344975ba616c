from __future__ import annotations

from django.urls import path

from waypost.governance import taken
from waypost.governance.improvement import add_views, reading_views, views

urlpatterns = [
    path("", views.plan, name="plan"),
    path("versions/<uuid:pk>/", views.plan, name="plan_version"),
    path("versions/<uuid:pk>/<slug:kind>/", taken.plan_file, name="plan_file"),
    path("how-status-is-worked-out/", views.how_status, name="how_status"),
    path("mine/", views.mine, name="my_actions"),
    path("actions/add/", add_views.add, name="action_add"),
    path("actions/<uuid:pk>/", views.action, name="action"),
    path("actions/<uuid:pk>/leads/", add_views.leads, name="action_leads"),
    path("actions/<uuid:pk>/note/", views.note, name="action_note"),
    path("actions/<uuid:pk>/evidence/", views.evidence, name="action_evidence"),
    path("actions/<uuid:pk>/say/", views.say, name="action_say"),
    path("actions/<uuid:pk>/status/", views.status, name="action_status"),
    path("actions/<uuid:pk>/dates/", views.dates, name="action_dates"),
    path("actions/<uuid:pk>/kind/", views.kind, name="action_kind"),
    path("actions/<uuid:pk>/measure/", views.measure, name="action_measure"),
    path("actions/<uuid:pk>/measures/<uuid:measure_pk>/", views.measure_reading, name="measure_reading"),
    path("actions/<uuid:pk>/lines/<uuid:bullet_pk>/", views.bullet, name="bullet"),
    path("actions/<uuid:pk>/doubts/<uuid:doubt_pk>/", views.doubt, name="doubt"),
    path("read/", reading_views.read, name="read"),
    path("readings/<uuid:pk>/", reading_views.reading, name="reading"),
    path("readings/<uuid:pk>/settle/", reading_views.settle, name="reading_settle"),
    path("readings/<uuid:pk>/accept/", reading_views.accept, name="reading_accept"),
    path("readings/<uuid:pk>/throw-away/", reading_views.throw_away, name="reading_throw_away"),
]
