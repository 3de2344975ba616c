from __future__ import annotations

from django.urls import path

from waypost.casework.compliance import views

urlpatterns = [path("<uuid:pk>/decide/<uuid:outcome>/", views.decide, name="decide")]
