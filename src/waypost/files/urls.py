from __future__ import annotations

from django.urls import path

from waypost.files import views

urlpatterns = [path("<uuid:pk>/", views.file, name="file")]
