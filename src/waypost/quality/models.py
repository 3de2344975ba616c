"""Every model of the app, where Django looks for them."""

from waypost.quality.inspections.models import Finding, Inspection, InspectionRecommendation, Theme

__all__ = ["Finding", "Inspection", "InspectionRecommendation", "Theme"]
