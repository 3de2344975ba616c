"""Every model of the app, where Django looks for them."""

from waypost.quality.inspections.models import Finding, Inspection, InspectionRecommendation, Theme
from waypost.quality.readiness.models import ReadinessResult, ReadinessRun, Snooze

__all__ = [
    "Finding",
    "Inspection",
    "InspectionRecommendation",
    "ReadinessResult",
    "ReadinessRun",
    "Snooze",
    "Theme",
]
