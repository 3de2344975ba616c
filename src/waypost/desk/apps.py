"""Pages that gather."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "waypost.desk"
    label = "desk"
