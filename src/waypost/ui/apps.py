"""ui"""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "waypost.ui"
    label = "ui"
