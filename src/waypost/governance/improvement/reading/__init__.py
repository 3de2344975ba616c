"""Reading an improvement plan out of a document: pure, no Django, no database."""

from waypost.governance.improvement.reading.months import When
from waypost.governance.improvement.reading.plan import (
    Action,
    Area,
    Doubt,
    DoubtKind,
    NoPlan,
    PlanReading,
    Recommendation,
    RowKind,
    RowRead,
)
from waypost.governance.improvement.reading.reader import read_plan
from waypost.kernel.months import Month

__all__ = [
    "Action",
    "Area",
    "Doubt",
    "DoubtKind",
    "Month",
    "NoPlan",
    "PlanReading",
    "Recommendation",
    "RowKind",
    "RowRead",
    "When",
    "read_plan",
]
