from __future__ import annotations

from django.urls import path

from waypost.casework.voice import views

urlpatterns = [
    path("voice/", views.voice, name="voice"),
    path("children/<uuid:pk>/words/<uuid:entry>/because/", views.because, name="words_because"),
    path("children/<uuid:pk>/words/<uuid:entry>/harm/", views.harm, name="words_harm"),
]
