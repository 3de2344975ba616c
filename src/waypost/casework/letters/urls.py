from __future__ import annotations

from django.urls import path

from waypost.casework.letters import views

urlpatterns = [
    path("<uuid:pk>/letters/write/", views.write, name="letter_write"),
    path("<uuid:pk>/letters/<uuid:letter>/", views.letter, name="letter"),
]
