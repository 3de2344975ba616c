from __future__ import annotations

from django.urls import path

from waypost.governance import taken
from waypost.governance.answers import add_views, views

urlpatterns = [
    path("<uuid:pk>/", views.page, name="answer"),
    path("<uuid:pk>/files/<slug:kind>/", taken.answer_file, name="answer_file"),
    path("<uuid:pk>/judgements/<slug:kind>/", taken.inspection_file, name="inspection_file"),
    path("<uuid:pk>/freeze/", views.freeze, name="answer_freeze"),
    path("<uuid:pk>/frozen/<int:number>/", views.frozen, name="answer_frozen"),
    path("<uuid:pk>/lines/<uuid:line>/", views.line, name="answer_line"),
    path("<uuid:pk>/lines/<uuid:line>/add-action/", add_views.add, name="answer_add"),
    path("<uuid:pk>/lines/<uuid:line>/match/", views.match, name="answer_match"),
    path("<uuid:pk>/lines/<uuid:line>/judge/", views.judge, name="answer_judge"),
]
