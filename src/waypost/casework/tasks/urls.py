from __future__ import annotations

from django.urls import path

from waypost.casework.tasks import views

urlpatterns = [
    path("<uuid:pk>/tasks/put/", views.put, name="task_put"),
    path("<uuid:pk>/tasks/<uuid:task>/", views.task, name="task"),
    path("<uuid:pk>/tasks/<uuid:task>/late/", views.late, name="task_late"),
]
