"""Every model of the app, where Django looks for them."""

from waypost.governance.answers.models import FrozenAnswer, LineJudged, Match
from waypost.governance.improvement.models import (
    Action,
    ActionChange,
    ActionKindSaid,
    Area,
    Bullet,
    BulletClassed,
    Doubt,
    Evidence,
    Lead,
    Measure,
    MeasureReading,
    Note,
    Plan,
    Recommendation,
    Said,
    StatusSetByHand,
)
from waypost.governance.improvement.reading_models import Reading

__all__ = [
    "Action",
    "ActionChange",
    "ActionKindSaid",
    "Area",
    "Bullet",
    "BulletClassed",
    "Doubt",
    "Evidence",
    "FrozenAnswer",
    "Lead",
    "LineJudged",
    "Match",
    "Measure",
    "MeasureReading",
    "Note",
    "Plan",
    "Reading",
    "Recommendation",
    "Said",
    "StatusSetByHand",
]
