"""People we work with."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "waypost.people"
    label = "people"
