"""Every model of the app, where Django looks for them."""

from waypost.casework.alongside.models import CaseloadRead, Origin, RowProblem, System, SystemMapping
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
from waypost.casework.court.models import AtBench, Hearing, Remand
from waypost.casework.letters.models import Letter
from waypost.casework.offences.models import CoAccused, Offence, OffenceHarmed
from waypost.casework.outcomes.models import Appeal, Contract, Outcome, OutcomeFor, Requirement
from waypost.casework.referral_panels.models import PanelChange, PanelMeeting, PanelMember, PanelPaper, PanelResult
from waypost.casework.tasks.models import Lateness, Task

__all__ = [
    "Appeal",
    "AtBench",
    "Attendance",
    "CaseloadRead",
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
    "Lateness",
    "Letter",
    "Offence",
    "OffenceHarmed",
    "Outcome",
    "OutcomeFor",
    "Origin",
    "Oversight",
    "PanelChange",
    "PanelMeeting",
    "PanelMember",
    "PanelPaper",
    "PanelResult",
    "Remand",
    "Requirement",
    "RowProblem",
    "System",
    "SystemMapping",
    "Task",
    "Transfer",
    "TransitionStep",
]
