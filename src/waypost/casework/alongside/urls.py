from __future__ import annotations

from django.urls import path

from waypost.casework.alongside import views

urlpatterns = [
    path("", views.systems, name="alongside"),
    path("new/", views.new, name="alongside_new"),
    path("<uuid:pk>/", views.system, name="alongside_system"),
    path("<uuid:pk>/mapping/", views.mapping, name="alongside_mapping"),
    path("readings/<uuid:pk>/", views.reading, name="alongside_reading"),
    path("readings/<uuid:pk>/accept/", views.accept, name="alongside_accept"),
    path("readings/<uuid:pk>/throw-away/", views.throw_away, name="alongside_throw_away"),
    path("questions/<uuid:pk>/", views.question, name="alongside_question"),
]
