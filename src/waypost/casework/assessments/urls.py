from __future__ import annotations

from django.urls import path

from waypost.casework.assessments import views

ONE = "<uuid:pk>/assessments/<uuid:assessment>/"
urlpatterns = [
    path("<uuid:pk>/assessments/", views.assessments, name="assessments"),
    path("<uuid:pk>/assessments/begin/", views.begin, name="assessment_begin"),
    path("<uuid:pk>/factors/add/", views.factor_add, name="factor_add"),
    path("<uuid:pk>/factors/<uuid:root>/end/", views.factor_end, name="factor_end"),
    path(ONE, views.assessment, name="assessment"),
    path(f"{ONE}sections/<slug:section>/", views.section, name="assessment_section"),
    path(f"{ONE}answer/", views.answer, name="assessment_answer"),
    path(f"{ONE}settle/<slug:question>/", views.settle, name="assessment_settle"),
    path(f"{ONE}evidence/<slug:question>/", views.evidence, name="assessment_evidence"),
    path(f"{ONE}ask/", views.ask, name="assessment_ask"),
    path(f"{ONE}told/<uuid:contribution>/", views.told, name="assessment_told"),
    path(f"{ONE}document/", views.document, name="assessment_document"),
    path(f"{ONE}sign/", views.sign, name="assessment_sign"),
    path(f"{ONE}take-back/", views.take_back, name="assessment_take_back"),
    path(f"{ONE}drop/", views.drop, name="assessment_drop"),
    path(f"{ONE}countersign/", views.look, name="assessment_countersign"),
    path(f"{ONE}beside/<uuid:other>/", views.compared, name="assessment_beside"),
]
