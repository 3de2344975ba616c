"""files"""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "waypost.files"
    label = "files"
