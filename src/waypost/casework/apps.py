"""The service's work with a child."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "waypost.casework"
    label = "casework"

    def ready(self) -> None:
        from waypost.casework import statements

        statements.add_all()
