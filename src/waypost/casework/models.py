"""Every model of the app, where Django looks for them."""

from waypost.casework.cases.models import (
    Consent,
    ExitPlan,
    ExpectedContact,
    Involvement,
    Oversight,
    Transfer,
    TransitionStep,
)
from waypost.casework.compliance.models import Decision
from waypost.casework.contacts.models import Attendance, Contact, ContactWorker
from waypost.casework.court.models import Hearing, Remand
from waypost.casework.letters.models import Letter
from waypost.casework.offences.models import CoAccused, Offence
from waypost.casework.outcomes.models import Appeal, Contract, Outcome, OutcomeFor, Requirement
from waypost.casework.tasks.models import Task

__all__ = [
    "Appeal",
    "Attendance",
    "CoAccused",
    "Consent",
    "Contact",
    "ContactWorker",
    "Contract",
    "Decision",
    "ExitPlan",
    "ExpectedContact",
    "Hearing",
    "Involvement",
    "Letter",
    "Offence",
    "Outcome",
    "OutcomeFor",
    "Oversight",
    "Remand",
    "Requirement",
    "Task",
    "Transfer",
    "TransitionStep",
]
