"""governance"""

from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "waypost.governance"
    label = "governance"
