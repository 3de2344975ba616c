"""Who leads: one cell into people, posts, teams and bodies."""

from __future__ import annotations

import pytest

from waypost.governance.improvement.reading.leads import read_leads

LEADS: list[tuple[str, list[tuple[str, str | None]]]] = [
    ("Asha Verity", [("Asha Verity", None)]),
    ("Asha Verity Head of Service", [("Asha Verity", "Head of Service")]),
    ("Asha Verity, Head of Service", [("Asha Verity", "Head of Service")]),
    ("Asha Verity – Head of Service", [("Asha Verity", "Head of Service")]),
    ("Asha Verity (Head of Service)", [("Asha Verity", "Head of Service")]),
    ("Asha Verity\nHead of Service", [("Asha Verity", "Head of Service")]),
    ("Head of Service: Asha Verity", [("Asha Verity", "Head of Service")]),
    ("Acting Chair of the Board (Asha Verity)", [("Asha Verity", "Acting Chair of the Board")]),
    ("Asha Verity Head of Service/Tom Bell YJB", [("Asha Verity", "Head of Service"), ("Tom Bell", "YJB")]),
    ("Asha Verity / Tom Bell", [("Asha Verity", None), ("Tom Bell", None)]),
    ("Asha Verity; Tom Bell", [("Asha Verity", None), ("Tom Bell", None)]),
    ("Asha Verity\nTom Bell", [("Asha Verity", None), ("Tom Bell", None)]),
    ("Asha Verity, Tom Bell and Jo Pike", [("Asha Verity", None), ("Tom Bell", None), ("Jo Pike", None)]),
    ("Asha Verity & Tom Bell", [("Asha Verity", None), ("Tom Bell", None)]),
    ("A. Verity and T. Bell", [("A. Verity", None), ("T. Bell", None)]),
    ("Dr Jones and Cllr Smith", [("Dr Jones", None), ("Cllr Smith", None)]),
    ("Mair ap Rhys ac Ifan Huws", [("Mair ap Rhys", None), ("Ifan Huws", None)]),
    ("Maryam al-Rashid and Luc d'Arcy", [("Maryam al-Rashid", None), ("Luc d'Arcy", None)]),
    ("Jane O’Neil", [("Jane O’Neil", None)]),
    ("ليلى حداد / דנה לוי", [("ليلى حداد", None), ("דנה לוי", None)]),
    ("Head of Service", [("Head of Service", None)]),
    ("Head of\nService", [("Head of Service", None)]),
    ("Head of Service and Team Manager", [("Head of Service", None), ("Team Manager", None)]),
    ("Head of Safeguarding and Quality Assurance", [("Head of Safeguarding and Quality Assurance", None)]),
    ("Police and Crime Commissioner", [("Police and Crime Commissioner", None)]),
    ("Director of Children, Young People and Families", [("Director of Children, Young People and Families", None)]),
    ("Police and Probation", [("Police", None), ("Probation", None)]),
    ("Health and Social Care", [("Health and Social Care", None)]),
    ("Education/Health/Police", [("Education", None), ("Health", None), ("Police", None)]),
    ("Head of Service, Police, Education", [("Head of Service", None), ("Police", None), ("Education", None)]),
    ("Youth Justice Board (YJB)", [("Youth Justice Board (YJB)", None)]),
    ("Police (lead); Health (support)", [("Police", "lead"), ("Health", "support")]),
    ("Case Work Team", [("Case Work Team", None)]),
    (
        "Case Work Team (Asha Verity; Tom Bell)",
        [("Case Work Team", None), ("Asha Verity", "Case Work Team"), ("Tom Bell", "Case Work Team")],
    ),
    (
        "Case Work Team ( Asha Verity ; Tom Bell) Jo Pike YJB",
        [
            ("Case Work Team", None),
            ("Asha Verity", "Case Work Team"),
            ("Tom Bell", "Case Work Team"),
            ("Jo Pike", "YJB"),
        ],
    ),
    ("Case Work\nTeam", [("Case Work Team", None)]),
    ("Asha Verity; Asha Verity", [("Asha Verity", None)]),
    ("N/A", []),
    ("TBC", []),
    ("To be confirmed", []),
    ("", []),
    ("–", []),
]


@pytest.mark.parametrize(("text", "expected"), LEADS)
def test_a_cell_is_read_as_these_leads(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(lead.name, lead.role) for lead in read_leads(text.split("\n"))] == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Asha Verity", "person"),
        ("Head of Service", "person"),
        ("Case Work Team", "team"),
        ("Team Managers", "team"),
        ("YJB", "body"),
        ("Police", "body"),
        ("Youth Justice Board (YJB)", "body"),
        ("whoever is on duty", ""),
    ],
)
def test_a_lead_s_kind_is_said_only_where_its_words_say_it(text: str, kind: str) -> None:
    assert [str(lead.kind) for lead in read_leads([text])] == [kind]
