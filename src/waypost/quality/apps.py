"""quality"""

from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "waypost.quality"
    label = "quality"
