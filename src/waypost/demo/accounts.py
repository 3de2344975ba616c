"""The invented people of Alder Vale: one to sign in for each role, and some of their colleagues."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from waypost.access import accounts, log, rules
from waypost.access.models import Service, Staff, Team
from waypost.access.permissions import ROLES
from waypost.kernel.refusal import Refused

SERVICE = "Alder Vale Youth Justice Service"
ADMINISTRATOR = "Jo Winterbourne"
LETTERS = "abcdefghkmnpqrstuvwxyz"  # none that is read as another
VISIT = timedelta(days=90)
WORKED_HERE = timedelta(days=1200)  # longer than any child has been known

# role, name, job, team: the first of each role is the one who signs in
PEOPLE = (
    ("head_of_service", "Imogen Fenwick", "Head of service", None),
    ("manager", "Leila Haddad", "Team manager", "Riverside"),
    ("manager", "Rhian Pell", "Team manager", "Hillside"),
    ("manager", "Tomasz Ayodele", "Team manager", "Court"),
    ("practitioner", "Priya Nandakumar", "Case manager", "Riverside"),
    ("practitioner", "Idris Vane", "Case manager", "Riverside"),
    ("practitioner", "Delphine Marsh", "Case manager", "Hillside"),
    ("duty_officer", "Owen Tasker", "Case manager, on duty", "Hillside"),
    ("court_officer", "Corin Baptiste", "Court officer", "Court"),
    ("specialist", "PC 4417 Lowe", "Police officer", None),
    ("specialist", "Marged Pryce", "Speech and language therapist", None),
    ("specialist", "Hazel Quayle", "Nurse", None),
    ("victim_worker", "Maeve Tarrant", "Victim worker", None),
    ("business_support", "Colin Ashdown", "Business support officer", None),
    ("panel_coordinator", "Yusra Bell", "Panel coordinator", "Court"),
    ("panel_volunteer", "Dennis Orchard", "Panel member", None),
    ("panel_volunteer", "Ruth Penhale", "Panel member", None),
    ("sessional_worker", "Femi Larch", "Sessional worker", None),
    ("performance_officer", "Anwen Cole", "Performance officer", None),
    ("analyst", "Piotr Sedge", "Analyst, council", None),
    ("board_member", "Ferhat Aydin", "Children’s services", None),
    ("auditor", "Gwil Tennant", "Auditor from another service", None),
    ("inspector", "Harriet Moss", "Inspector", None),
    ("administrator", ADMINISTRATOR, "Systems officer", None),
)

# Beside them, where the whole borough is simulated: role, name, job, team, agency.
COLLEAGUES = (
    ("practitioner", "Beatriz Coombe", "Case manager", "Riverside", rules.OURS),
    ("practitioner", "Hamish Ferreira", "Case manager", "Riverside", rules.OURS),
    ("practitioner", "Nadia Thorne", "Case manager", "Riverside", rules.OURS),
    ("practitioner", "Kwabena Lisle", "Case manager", "Riverside", rules.OURS),
    ("practitioner", "Elin Prosser", "Case manager", "Hillside", rules.OURS),
    ("practitioner", "Rashid Gower", "Case manager", "Hillside", rules.OURS),
    ("practitioner", "Saoirse Pike", "Case manager", "Hillside", rules.OURS),
    ("practitioner", "Jerome Ansty", "Case manager", "Hillside", rules.OURS),
    ("practitioner", "Marta Silveira", "Case manager", "Court", rules.OURS),
    ("practitioner", "Oluwaseun Hale", "Case manager", "Court", rules.OURS),
    ("practitioner", "Wen Garrick", "Case manager", "Court", rules.OURS),
    ("practitioner", "Tegan Rowntree", "Case manager", "Court", rules.OURS),
    ("specialist", "Judith Amankwah", "Education worker", None, "education"),
)

AGENCIES = {  # the others are the service's own
    "PC 4417 Lowe": "police",
    "Marged Pryce": "speech_and_language",
    "Hazel Quayle": "health",
    "Ferhat Aydin": "childrens_services",
}


@dataclass(frozen=True, slots=True)
class SignIn:
    role: str
    email: str
    password: str


@transaction.atomic
def load_accounts(*, at: datetime | None = None, service_name: str = SERVICE) -> list[SignIn]:
    """Into an empty database only, whose every page says from then on that it is a demonstration."""
    if Staff.objects.exists() or Service.objects.exists():
        raise Refused("The demonstration goes into an empty database; this one has accounts in it.")
    at = at or timezone.now()
    Service.objects.create(name=service_name, demonstration=True)
    administrator = accounts.first_administrator(name=ADMINISTRATOR, email=email_of(ADMINISTRATOR), at=at)
    teams = {name: accounts.add_team(name, by=administrator) for name in ("Riverside", "Hillside", "Court")}
    for role, name, job, team in PEOPLE:
        if name != ADMINISTRATOR:
            _add(role, name, job, teams.get(team or ""), administrator, at)
    return redraw_passwords()


def _add(role: str, name: str, job: str, team: Team | None, by: Staff, at: datetime) -> None:
    on = timezone.localdate(at)
    agency = AGENCIES.get(name, rules.OURS)
    person = accounts.add(name=name, email=email_of(name), job_title=job, team=team, agency=agency, by=by, on=on)
    until = on + VISIT if ROLES[role].until_a_date else None
    accounts.give_role(person, role=role, until=until, by=by, at=at - WORKED_HERE)


@transaction.atomic
def redraw_passwords() -> list[SignIn]:
    """New passwords for those who sign in, one for each role; what was printed before no longer works."""
    if not Service.objects.filter(demonstration=True).exists():
        raise Refused("Passwords are drawn for the demonstration only, and this is not one.")
    first: dict[str, str] = {}
    for role, name, _, _ in PEOPLE:
        first.setdefault(role, email_of(name))
    return [SignIn(role, email, _draw_password(email)) for role, email in first.items()]


def _draw_password(email: str) -> str:
    password = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    person = Staff.objects.get(email=email)
    person.set_password(password)
    person.save(update_fields=["password"])
    log.record(None, log.Verb.CHANGED, "account.password_drawn", person)
    return password


def email_of(name: str) -> str:
    return f"{'.'.join(name.lower().split())}@alder-vale.example"
