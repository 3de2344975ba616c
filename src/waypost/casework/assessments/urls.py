from __future__ import annotations

from django.urls import path

from waypost.casework.assessments import signing_views, views, work_views

ONE = "<uuid:pk>/assessments/<uuid:assessment>/"
urlpatterns = [
    path("<uuid:pk>/assessments/", views.assessments, name="assessments"),
    path("<uuid:pk>/assessments/begin/", views.begin, name="assessment_begin"),
    path("<uuid:pk>/factors/add/", work_views.factor_add, name="factor_add"),
    path("<uuid:pk>/factors/<uuid:root>/end/", work_views.factor_end, name="factor_end"),
    path(ONE, views.assessment, name="assessment"),
    path(f"{ONE}sections/<slug:section>/", views.section, name="assessment_section"),
    path(f"{ONE}answer/", views.answer, name="assessment_answer"),
    path(f"{ONE}settle/<slug:question>/", work_views.settle, name="assessment_settle"),
    path(f"{ONE}evidence/<slug:question>/", work_views.evidence, name="assessment_evidence"),
    path(f"{ONE}ask/", work_views.ask, name="assessment_ask"),
    path(f"{ONE}told/<uuid:contribution>/", work_views.told, name="assessment_told"),
    path(f"{ONE}document/", work_views.document, name="assessment_document"),
    path(f"{ONE}sign/", signing_views.sign, name="assessment_sign"),
    path(f"{ONE}take-back/", signing_views.take_back, name="assessment_take_back"),
    path(f"{ONE}drop/", signing_views.drop, name="assessment_drop"),
    path(f"{ONE}countersign/", signing_views.look, name="assessment_countersign"),
    path(f"{ONE}beside/<uuid:other>/", views.compared, name="assessment_beside"),
]
