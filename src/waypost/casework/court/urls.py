from __future__ import annotations

from django.urls import path

from waypost.casework.court import views

urlpatterns = [
    path("", views.desk, name="court_desk"),
    path("add/", views.add, name="court_add"),
    path("add/<uuid:pk>/", views.add_child, name="court_add_child"),
    path("register/", views.register, name="court_register"),
    path("of/<uuid:pk>/result/", views.result_of, name="court_result_of"),
    path("<uuid:pk>/", views.hearing, name="court_hearing"),
    path("<uuid:pk>/bench/", views.bench, name="court_bench"),
    path("<uuid:pk>/attends/", views.attends, name="court_attends"),
    path("<uuid:pk>/result/", views.result, name="court_result"),
]
