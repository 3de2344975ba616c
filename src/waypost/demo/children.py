"""The invented children of Alder Vale, as they are told by those who work with them. Nobody in it lives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

PRIYA, IDRIS, DELPHINE = "Priya Nandakumar", "Idris Vane", "Delphine Marsh"
LOWE, HAZEL, MARGED, MAEVE = "PC 4417 Lowe", "Hazel Quayle", "Marged Pryce", "Maeve Tarrant"


@dataclass(frozen=True, slots=True)
class Said:
    """One statement, so many days before the demonstration is loaded; `due` is a review so many days after it."""

    kind: str
    days_ago: int
    fields: Mapping[str, Any]
    by: str = ""  # empty: whoever holds the child
    said_by: str = ""
    speaker: str = ""
    due: int | None = None
    disclosure: str = ""
    held_back: str = ""  # what sort of thing it is, kept within its author's agency


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody in the child's life."""

    given: str
    family: str
    relation: str
    years: int | None = None
    carer: bool = False
    responsible: bool = False
    household: bool = False
    number: str = ""
    safe: str = "safe"
    words: str = ""


@dataclass(frozen=True, slots=True)
class Invented:
    given: str
    family: str
    born: tuple[int, int, int]  # age when the demonstration is loaded, month, day
    holder: str
    days: int  # since the service has known them
    others: tuple[Other, ...] = ()
    said: tuple[Said, ...] = ()
    involved: tuple[str, ...] = ()
    sealed_to: tuple[str, ...] = ()
    harmed: tuple[str, str] | None = None


ORGANISATIONS = (  # name, agency, telephone, its people: name, job, telephone
    ("Alder Vale children’s services", "childrens_services", "01632 960 180", ("Ferhat Aydin", "Social worker", "01632 960 187")),
    ("Eastgate Academy", "education", "01632 960 140", ("Sunita Rao", "Education worker", "01632 960 141")),
    ("Riverside Bike Workshop", "voluntary_sector", "01632 960 152", ("Dewi Hale", "Workshop lead", "01632 960 152")),
    ("Vale Recovery", "substance_use", "01632 960 166", ("Callum Baird", "Substance use worker", "01632 960 167")),
    ("Brook House", "other", "01632 960 201", ("Tamsin Orme", "Home’s manager", "01632 960 202")),
)  # fmt: skip
OURS = {  # as letters name it
    "name": "Alder Vale youth justice service",
    "agency": "youth_justice",
    "telephone": "01632 960 100",
    "address": "Riverside office\n2 Weir Street\nZZ9 6WS",
}
NO_HOURS = {"provider": None, "hours_offered": None, "hours_attended": None, "special_needs_plan": False, "words": ""}
NO_PLACE = {"responsible": "", "placing": "", "host": ""}


def entry(
    days_ago: int, title: str, words: str = "", kind: str = "note", own: str = "", seemed: str = "", **more: Any
) -> Said:
    fields = {"kind": kind, "clock": None, "title": title, "words": words, "own_words": own, "demeanour": seemed}
    return Said("entry", days_ago, fields, **{"said_by": "child" if own else "", **more})


def alert(days_ago: int, kind: str, words: str, do: str, evidence: str, due: int, by: str = "") -> Said:
    fields = {"kind": kind, "words": words, "what_to_do": do, "evidence": evidence}
    return Said("alert", days_ago, fields, by=by, due=due)


def particular(which: str, code: str = "", words: str = "") -> Said:
    return Said("particular", 0, {"which": which, "code": code, "words": words}, said_by="child")


def name(kind: str, given: str, family: str = "") -> Said:
    return Said("name", 0, {"kind": kind, "given": given, "family": family}, said_by="child")


def language(key: str, *, interpreter: bool = False) -> Said:
    return Said("language", 0, {"language": key, "first": True, "interpreter": interpreter})


def home(lines: str, postcode: str, kind: str = "parents", suits: str = "suitable", kept: bool = False) -> Said:
    fields = {"lines": lines, "postcode": postcode, "accommodation": kind, "suitability": suits}
    return Said("address", 200, fields, disclosure="placement_address" if kept else "")


def school(setting: str, days_ago: int, **more: Any) -> Said:
    return Said("education", days_ago, NO_HOURS | {"setting": setting} | more)


ELLIS = Invented(
    "Ellis",
    "Marden",
    (15, 2, 27),
    PRIYA,
    290,
    others=(
        Other("Donna", "Marden", "mother", None, True, True, True, "07700 900318", "only_as_said", "Text first; she works nights."),
        Other("Bryony", "Marden", "sibling", 9, household=True),
        Other("Craig", "Holt", "father", None, False, True, False, "07700 900771", "not_safe", "He is not to learn where they live."),
    ),
    involved=(LOWE, HAZEL, MARGED, MAEVE),
    harmed=("Callan", "Reeve"),
    said=(
        name("known_as", "El"),
        particular("pronouns", words="he, him"),
        particular("sex", "male"),
        particular("ethnicity", "white_british"),
        particular("religion", "none"),
        language("english"),
        home("4 Mill Row\nRiverside", "ZZ9 4MR"),
        Said("contact", 200, {"method": "mobile", "value": "07700 900655", "safe": "safe", "words": ""}),
        Said("care", 240, NO_PLACE | {"care_basis": "child_in_need", "responsible": "Alder Vale"}),
        school("alternative_provision", 90, provider="Riverside Bike Workshop", hours_offered=12, hours_attended=8),
        Said("exclusion", 260, {"kind": "permanent_exclusion", "provider": "Eastgate Academy", "words": "After the knife was found in his bag."}),
        Said("works_with", 240, {"professional": "Ferhat Aydin", "role": "Social worker", "words": ""}),
        Said("works_with", 230, {"professional": "Sunita Rao", "role": "He trusts", "words": "Mornings."}),
        Said("works_with", 150, {"professional": "Callum Baird", "role": "Substance use", "words": ""}),
        Said("need", 210, {"area": "communication", "words": "Says yes when he has not understood.", "what_helps": "Short sentences, pictures, and asking him to say it back."}, MARGED),
        Said("health", 205, {"kind": "speech_screening", "words": "Finds long questions hard to follow."}, MARGED),
        alert(195, "weapon", "Knife found in his bag.", "See him in the office, not outside.", "Eastgate Academy rang on the day; the police have it.", 189, LOWE),
        alert(12, "risk_from_others", "May be hurt by others near the Eastgate parade.", "Do not see him there; do not send him home that way.", "What he told Marged Pryce.", 28),
        entry(1, "Workshop morning: came, stayed late", "Induction booked for next week.", "event", "They let me true a wheel on my own. I could do this all day.", "Smiled; asked for a start time."),
        entry(4, "Seen with two others two streets from the parade", "No offence. Gave his name. The others are not known here.", "told_by_agency", by=LOWE),
        entry(6, "Session cancelled by us", "Worker ill. The third of four that we cancelled.", "tried"),
        entry(14, "Communication session: came", "", "office", "I can’t go past the parade any more. They’re always there.", "Looked at the floor; pulled his sleeves down; would not say who.", by=MARGED),
        entry(15, "Seen in clinic", "What he told the nurse of his body stays with her.", "visit", by=HAZEL, held_back="physical_health"),
        entry(20, "Child in need meeting", "Children’s services propose to close. Still open: his safety outside home; cannabis.", "meeting"),
        entry(32, "Phone call with Donna Marden", "", "phone_call", "He’s not himself since Easter. He won’t say why. He’s started going the long way round to everywhere.", "", said_by="carer", speaker="Donna Marden, mum"),
        entry(88, "Assessment and plan agreed with Ellis and Donna", "On the last of fifteen working days.", "decision", "I just say yes when I don’t get it."),
    ),
)  # fmt: skip
AMIRA = Invented(
    "Amira",
    "Quill",
    (15, 5, 9),
    IDRIS,
    120,
    others=(Other("Leon", "Quill", "father", None, False, True, False, "07700 900412", "not_asked"),),
    said=(
        particular("ethnicity", "white_and_black_caribbean"),
        particular("pronouns", words="she, her"),
        home("Brook House\n11 Fen Lane, Marsham", "ZZ8 2FL", "childrens_home", "unsuitable", kept=True),
        Said("care", 400, {"care_basis": "care_order", "responsible": "Northmere", "placing": "Northmere", "host": "Alder Vale"}),
        Said("placement", 110, {"kind": "childrens_home", "provider": "Brook House", "miles": 41, "authority": "Marsham"}, disclosure="placement_address"),
        school("waiting_for_place", 110, hours_offered=0),
        alert(60, "missing", "Goes missing at weekends.", "Ring Brook House first, then the police.", "Reported missing six times since she came.", 45),
        Said("health", 100, {"kind": "allergy", "words": "Penicillin."}),
        entry(3, "Rang Northmere: no answer", "Her social worker has changed twice since May.", "tried"),
        entry(9, "Visit at Brook House", "", "visit", "Nobody asked me if I wanted to come here.", "Would not sit down."),
    ),
)  # fmt: skip
OTHERS = (
    Invented("Aisha", "Carrow", (16, 1, 14), PRIYA, 70, said=(
        particular("ethnicity", "pakistani"), particular("religion", "muslim"), language("urdu"), home("9 Canal Street", "ZZ9 1CS"),
        school("further_education", 60, hours_offered=16, hours_attended=15),
        entry(5, "Did not come", "Rang twice; her brother says she is at work.", "tried"), entry(18, "Met at college", "", "visit", "I’ll come if it’s not Fridays."))),
    Invented("Mason", "Teale", (17, 8, 30), PRIYA, 200, said=(
        particular("ethnicity", "white_british"), home("Held on remand", "", "youth_custody", "not_known"),
        Said("care", 15, NO_PLACE | {"care_basis": "remand_youth_detention", "responsible": "Alder Vale"}),
        Said("placement", 15, {"kind": "youth_custody", "provider": None, "miles": 96, "authority": ""}),
        Said("identifier", 15, {"scheme": "secure_estate", "value": "A1234BC"}),
        alert(15, "self_harm", "May hurt himself in his first weeks.", "Ask him, and tell the unit what he says.", "He said so in the cells.", 21),
        entry(14, "Placement form sent at 17:10", "Not acknowledged yet.", "letter"))),
    Invented("Joel", "Straker", (16, 3, 3), PRIYA, 40, said=(
        particular("ethnicity", "black_caribbean"), home("22 Weir Road", "ZZ9 6WR", "relatives"), school("sixth_form", 80, hours_offered=20, hours_attended=20, special_needs_plan=True),
        entry(2, "His view for the report", "", "office", "I was there. I should have walked off."))),
    Invented("Kayleigh", "Dunmore", (14, 12, 1), PRIYA, 150, said=(
        name("preferred", "Kay"), particular("pronouns", words="they, them"), particular("gender", words="I’m just Kay"), particular("ethnicity", "white_british"),
        home("Flat 3, 70 Station Road", "ZZ9 7SR"), school("pupil_referral_unit", 100, hours_offered=25, hours_attended=6),
        alert(80, "home_visit", "Go in pairs: an uncle who stays there has threatened workers.", "Ring before you leave and when you are out.", "Threat to a housing officer in the spring.", 60))),
    Invented("Luca", "Penhale", (15, 7, 21), IDRIS, 30, said=(
        particular("ethnicity", "roma"), language("romanian"), home("Caravan 5, Long Acre", "ZZ8 5LA", "site"), entry(7, "Phone call with his uncle", "The family is away until Monday.", "phone_call"))),
    Invented("Olena", "Koval", (16, 10, 5), IDRIS, 95, others=(Other("Halyna", "Koval", "grandparent", None, True, False, True, "07700 900540", "safe", "Speaks Ukrainian."),), said=(
        name("other_script", "Олена", "Коваль"), particular("ethnicity", "white_other", "Ukrainian"), particular("nationality", words="Ukrainian"), particular("immigration", "limited_leave"),
        language("ukrainian", interpreter=True), home("16 Priory Close", "ZZ8 3PC", "relatives"), school("academy", 60, provider="Eastgate Academy", hours_offered=25, hours_attended=24),
        entry(11, "Met with an interpreter", "", "office", "I did not know it was stealing. Nobody was there to pay."))),
    Invented("Abdulrahman", "al-Najjar", (17, 1, 1), IDRIS, 60, said=(
        name("other_script", "عبد الرحمن", "النجار"), name("alias", "Abdul Rahman", "Alnajar"), particular("ethnicity", "arab"), particular("religion", "muslim"), particular("immigration", "asylum_seeker"),
        language("arabic", interpreter=True), home("Room 4, 31 Chapel Street", "ZZ8 1CH", "supported_accommodation", "not_known"),
        Said("care", 200, NO_PLACE | {"care_basis": "accommodated", "responsible": "Alder Vale"}),
        Said("need", 50, {"area": "migration", "words": "Does not yet know what a youth justice service is for.", "what_helps": "The same interpreter each time."}))),
    Invented("Imani", "Sorrel", (14, 6, 17), DELPHINE, 130, involved=(HAZEL,), said=(
        particular("ethnicity", "black_african"), home("8 Mere View", "ZZ7 8MV"), school("academy", 130, provider="Eastgate Academy", hours_offered=25, hours_attended=19),
        entry(8, "Seen at school", "", "visit", "It’s quieter when my aunt’s here."))),
    Invented("Bo", "Larkin", (13, 4, 4), DELPHINE, 45, said=(
        particular("ethnicity", "not_asked"), home("1 Ferry Cottages", "ZZ7 1FC", "foster_carers"), Said("care", 300, NO_PLACE | {"care_basis": "accommodated", "responsible": "Alder Vale"}),
        Said("placement", 300, {"kind": "foster", "provider": None, "miles": 6, "authority": "Alder Vale"}))),
    Invented("Thị Ánh", "Nguyễn", (16, 2, 11), DELPHINE, 25, said=(
        particular("ethnicity", "asian_other", "Vietnamese"), language("vietnamese", interpreter=True), home("Found at an address in Hill Street", "", "not_known", "not_known"),
        alert(20, "exploitation", "Found tending plants in a locked house.", "Never alone with anybody who says they are family.", "Police report of the day.", 40, ""))),
    Invented("Siân", "Gwenllïan Prys", (15, 9, 19), DELPHINE, 180, said=(
        particular("ethnicity", "white_british"), particular("nationality", words="Cymraes"), language("welsh"), home("Tŷ Gwyn, Bank Lane", "ZZ7 2BL"), school("academy", 180, hours_offered=25, hours_attended=25),
        entry(16, "Cyfarfod yn y swyddfa", "Spoke Welsh throughout.", "office", "Dw i isio mynd yn ôl i’r côr."))),
    Invented("Rowan", "Ashby", (16, 11, 8), DELPHINE, 75, sealed_to=(DELPHINE, "Rhian Pell", "Imogen Fenwick"), said=(
        particular("ethnicity", "white_british"), home("Known to three people", "", "relatives", kept=True),
        entry(10, "Moved at night", "With both addresses known to three people.", "decision"))),
)  # fmt: skip
CHILDREN = (ELLIS, AMIRA, *OTHERS)
