"""Every model of the app, where Django looks for them."""

from waypost.people.drafts.models import Draft
from waypost.people.matching.models import Combined, NameKey
from waypost.people.need_to_know.models import Allocation, Ask, Cover, OpenedWithReason, Wall, WallKey
from waypost.people.organisations.models import Organisation, Professional
from waypost.people.record.care import CareStatus, Education, Exclusion, Placement
from waypost.people.record.entries import Document, Entry
from waypost.people.record.home import Address, ContactDetail, Harmed, Relation, WorksWith
from waypost.people.record.models import Child, Person
from waypost.people.record.needs import Alert, Health, Need
from waypost.people.record.who import Birth, Identifier, Language, Name, Particular
from waypost.people.removal.models import Hold, Moved, Removal

__all__ = [
    "Address",
    "Alert",
    "Allocation",
    "Ask",
    "Birth",
    "CareStatus",
    "Child",
    "Combined",
    "ContactDetail",
    "Cover",
    "Document",
    "Draft",
    "Education",
    "Entry",
    "Exclusion",
    "Harmed",
    "Health",
    "Hold",
    "Identifier",
    "Language",
    "Moved",
    "Name",
    "NameKey",
    "Need",
    "OpenedWithReason",
    "Organisation",
    "Particular",
    "Person",
    "Placement",
    "Professional",
    "Relation",
    "Removal",
    "Wall",
    "WallKey",
    "WorksWith",
]
