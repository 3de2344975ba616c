"""Every model of the app, where Django looks for them."""

from waypost.casework.alongside.models import CaseloadRead, Origin, RowProblem, System, SystemMapping
from waypost.casework.assessments.models import (
    Answered,
    Assessment,
    AssessmentStep,
    Contribution,
    ContributionStep,
    Evidence,
    Factor,
    Settled,
)
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
from waypost.casework.interventions.models import Intervention, InterventionSession
from waypost.casework.letters.models import Letter
from waypost.casework.offences.models import CoAccused, Offence, OffenceHarmed
from waypost.casework.outcomes.models import Appeal, Contract, Outcome, OutcomeFor, Requirement
from waypost.casework.plans.models import (
    Agreed,
    NotNow,
    Objective,
    ObjectiveFactor,
    Plan,
    PlanStep,
    PlanWords,
    Progress,
    Undertaking,
)
from waypost.casework.referral_panels.models import PanelChange, PanelMeeting, PanelMember, PanelPaper, PanelResult
from waypost.casework.tasks.models import Lateness, Task
from waypost.casework.voice.models import Because, HarmTold

__all__ = [
    "Agreed",
    "Answered",
    "Appeal",
    "Assessment",
    "AssessmentStep",
    "AtBench",
    "Attendance",
    "Because",
    "CaseloadRead",
    "CoAccused",
    "Consent",
    "Contact",
    "ContactWorker",
    "Contract",
    "Contribution",
    "ContributionStep",
    "Decision",
    "Evidence",
    "ExitPlan",
    "ExpectedContact",
    "Factor",
    "HarmTold",
    "Hearing",
    "Intervention",
    "InterventionSession",
    "Involvement",
    "Lateness",
    "Letter",
    "NotNow",
    "Objective",
    "ObjectiveFactor",
    "Offence",
    "OffenceHarmed",
    "Origin",
    "Outcome",
    "OutcomeFor",
    "Oversight",
    "PanelChange",
    "PanelMeeting",
    "PanelMember",
    "PanelPaper",
    "PanelResult",
    "Plan",
    "PlanStep",
    "PlanWords",
    "Progress",
    "Remand",
    "Requirement",
    "RowProblem",
    "Settled",
    "System",
    "SystemMapping",
    "Task",
    "Transfer",
    "TransitionStep",
    "Undertaking",
]
