"""What the court desk says of a child, and what a result may be: tables that somebody at court could check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.casework.court.rules import (
    Care,
    Pack,
    Remand,
    Result,
    attending,
    kinds,
    legal_status,
    pack,
    result_tasks,
    why_not_hearing,
    why_not_ready,
    why_not_result,
)
from waypost.kernel.lists import load

ON = date(2026, 5, 12)
APRIL = date(2026, 4, 21)
IN_NEED = Care("child_in_need", APRIL)
IN_CARE = Care("care_order", APRIL)
ENDED = Care("care_order", date(2025, 1, 6), date(2026, 5, 3))


@pytest.mark.parametrize(
    ("remand", "conditions", "care", "remand_care", "sentence", "in_care"),
    [
        (None, "", [], None, "No bail or remand is recorded. Care status not known.", None),
        (Remand("bail", APRIL), "", [IN_NEED], None, "On bail, no conditions. Child in need. Not in care.", False),
        (
            Remand("bail_conditions", APRIL),
            "Curfew 19:00 to 07:00.",
            [],
            None,
            "On bail: Curfew 19:00 to 07:00. Care status not known.",
            None,
        ),
        (
            Remand("bail_conditions", APRIL),
            "",
            [IN_CARE],
            None,
            "On bail: the conditions are not recorded. In care: care order.",
            True,
        ),
        (
            Remand("bail_intensive", APRIL),
            "Live at home",
            [IN_CARE, IN_NEED],
            None,
            "On bail with intensive supervision and support: Live at home. In care: care order.",
            True,
        ),
        (
            Remand("youth_detention", APRIL),
            "",
            [],
            APRIL,
            "Remanded to youth detention accommodation since 21 April 2026. "
            "In care because of the remand, since 21 April 2026.",
            True,
        ),
        (
            Remand("local_authority", APRIL),
            "",
            [IN_CARE],
            APRIL,
            "Remanded to local authority accommodation since 21 April 2026. "
            "In care because of the remand, since 21 April 2026, and care order.",
            True,
        ),
        (
            Remand("bail_conditions", APRIL, ON),
            "Live at home",
            [IN_NEED],
            None,
            "On bail, to 12 May 2026: Live at home. Child in need. Not in care.",
            False,
        ),
        (
            None,
            "",
            [ENDED],
            None,
            "No bail or remand is recorded. Care status not known: what was recorded ended on 3 May 2026.",
            None,
        ),
        (
            None,
            "",
            [Care("care_order", ON + timedelta(days=1))],
            None,
            "No bail or remand is recorded. Care status not known.",
            None,
        ),
    ],
)
def test_legal_status_in_a_sentence(remand, conditions, care, remand_care, sentence, in_care):
    found = legal_status(remand, conditions, care, remand_care_since=remand_care, on=ON)
    assert (found.sentence, found.in_care) == (sentence, in_care)


def test_a_child_who_serves_a_sentence_is_said_to_be_in_custody():
    found = legal_status(None, "", [], remand_care_since=None, on=ON, serving="Detention and training order")
    assert found.sentence == "In custody: detention and training order. Care status not known."


@given(
    st.none() | st.sampled_from(sorted(kinds())),
    st.lists(st.sampled_from([code.key for code in load("care_bases")]), max_size=3),
    st.booleans(),
)
def test_nothing_recorded_is_never_not_in_care(remand, bases, ended):
    care = [Care(key, APRIL, ON - timedelta(days=1) if ended else None) for key in bases]
    found = legal_status(Remand(remand, APRIL) if remand else None, "", care, remand_care_since=None, on=ON)
    if not care or ended:
        assert found.in_care is None and found.care.startswith("Care status not known")
    assert ("Not in care" in found.sentence) == (found.in_care is False)


def status(*care):
    return legal_status(None, "", list(care), remand_care_since=None, on=ON)


NOT_IN_CARE, LOOKED_AFTER, NOT_KNOWN = status(IN_NEED), status(IN_CARE), status()
ALL_HERE = {"child": "here", "carer": "here", "solicitor": "here", "social_worker": "here"}
WHOLE = Pack(2, care_plan=APRIL, placement="foster carers", report=date(2026, 5, 6))


@pytest.mark.parametrize(
    ("attends", "held", "of", "purpose", "why_not"),
    [
        (ALL_HERE, WHOLE, LOOKED_AFTER, "sentence", None),
        (ALL_HERE, Pack(0), NOT_IN_CARE, "plea", None),
        (ALL_HERE | {"carer": "coming"}, Pack(0), NOT_IN_CARE, "plea", None),
        (ALL_HERE | {"social_worker": "missing"}, WHOLE, LOOKED_AFTER, "sentence", "has no social worker"),
        (
            ALL_HERE | {"social_worker": "missing"},
            replace(WHOLE, placement=""),
            LOOKED_AFTER,
            "first",
            "has no social worker and no placement",
        ),
        (ALL_HERE, replace(WHOLE, care_plan=None), LOOKED_AFTER, "first", "has no care plan"),
        (ALL_HERE, replace(WHOLE, report=None), NOT_IN_CARE, "sentence", "has no report or proposal"),
        (ALL_HERE, replace(WHOLE, report=None), NOT_IN_CARE, "trial", None),
        (ALL_HERE, replace(WHOLE, report=ON - timedelta(days=92)), NOT_IN_CARE, "sentence", None),
        (
            ALL_HERE,
            replace(WHOLE, report=ON - timedelta(days=93)),
            NOT_IN_CARE,
            "sentence",
            "has no report or proposal",
        ),
        (ALL_HERE, WHOLE, NOT_KNOWN, "plea", "has a care status that nobody knows"),
        ({}, Pack(0), NOT_IN_CARE, "plea", "has nobody of whom it was said that they come"),
        ({"child": "missing"}, Pack(0), NOT_IN_CARE, "plea", "is missing"),
        (
            {"child": "missing", "solicitor": "missing"},
            replace(WHOLE, report=None),
            NOT_KNOWN,
            "sentence",
            "is missing and has no solicitor, a care status that nobody knows and no report or proposal",
        ),
        (ALL_HERE, Pack(0, reads_care=False, reads_documents=False), LOOKED_AFTER, "sentence", None),
    ],
)
def test_whether_a_hearing_is_ready(attends, held, of, purpose, why_not):
    who = attending(attends, in_care=of.in_care, needs_interpreter=False)
    assert why_not_ready(who, pack(held, purpose=purpose, status=of, on=ON)) == why_not


@pytest.mark.parametrize(
    ("in_care", "interpreter", "expected"),
    [
        (False, False, ["The child", "A carer", "Solicitor"]),
        (True, False, ["The child", "A carer", "Solicitor", "Social worker"]),
        (None, True, ["The child", "A carer", "Solicitor", "Social worker", "Interpreter or intermediary"]),
    ],
)
def test_who_is_looked_out_for(in_care, interpreter, expected):
    found = attending({}, in_care=in_care, needs_interpreter=interpreter)
    assert [one.words for one in found] == [f"{who}: nobody has said" for who in expected]
    assert {one.knot for one in found} == {"none"}, "whom nobody spoke of is not taken to be coming"


def test_the_three_knots():
    said = {"child": "here", "carer": "coming", "solicitor": "missing"}
    found = attending(said, in_care=False, needs_interpreter=False)
    assert [(one.knot, one.says) for one in found] == [("ok", "Here"), ("next", "On the way"), ("none", "Missing")]


PUT_OFF = Result("put_off", "nobody", next_day=date(2026, 5, 26))
SENTENCED = Result("sentenced", "nobody", proposed="same", has_outcome=True)
BAIL = Result("bail", "nobody", proposed="nothing", remand="bail")
REMAND = Result("remand", "child", proposed="more", remand="youth_detention")


@pytest.mark.parametrize(
    ("said", "before", "today", "sentence"),
    [
        (SENTENCED, "", ON, None),
        (PUT_OFF, "", ON, None),
        (BAIL, "", ON, None),
        (REMAND, "", ON, None),
        (Result("ended", "nobody"), "", ON, None),
        (Result("later", "nobody"), "", ON, None),
        (SENTENCED, "later", ON, None),
        (SENTENCED, "put_off", ON, "already"),
        (Result("later", "nobody"), "later", ON, "the result comes later"),
        (SENTENCED, "", ON - timedelta(days=1), "12 May 2026 is still to come"),
        (Result("", "nobody"), "", ON, "Say what the court did"),
        (replace(SENTENCED, less_safe=""), "", ON, "Nobody can answer that for you"),
        (replace(SENTENCED, proposed=""), "", ON, "what we proposed"),
        (replace(SENTENCED, has_outcome=False), "", ON, "Heard, result later"),
        (replace(PUT_OFF, has_outcome=True), "", ON, "take the outcome out"),
        (replace(PUT_OFF, next_day=None), "", ON, "to which it was put off"),
        (replace(PUT_OFF, next_day=ON), "", ON, "after this one of 12 May 2026"),
        (replace(BAIL, remand=""), "", ON, "what kind"),
        (replace(BAIL, remand="bail_conditions"), "", ON, "Say the conditions"),
        (replace(BAIL, remand="bail_conditions", conditions="Live at home"), "", ON, None),
        (replace(BAIL, remand="youth_detention"), "", ON, "is a remand. Choose ‘Remand’"),
        (replace(REMAND, remand="bail"), "", ON, "is bail. Choose ‘Bail’"),
    ],
)
def test_what_a_result_may_be(said, before, today, sentence):
    found = why_not_result(said, heard=ON, today=today, before=before)
    assert found is None if sentence is None else sentence in (found or "")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"since": None, "result": ""}, "Give the day."),
        ({"since": ON, "result": "ended"}, None),
        ({"since": ON + timedelta(days=1), "result": ""}, None),
        (
            {"since": ON + timedelta(days=1), "result": "ended"},
            "13 May 2026 is still to come. Enter the result once the court has sat.",
        ),
    ],
)
def test_a_result_is_not_entered_before_its_day(said, sentence):
    assert why_not_hearing(said, ON) == sentence


@pytest.mark.parametrize(
    ("next_day", "report", "due"),
    [
        (None, False, []),
        (date(2026, 5, 26), False, [("tell_next_date", ON)]),
        (None, True, [("pre_sentence_report", date(2026, 6, 3))]),  # 15 working days over the holiday of 25 May
        (date(2026, 6, 2), True, [("tell_next_date", ON), ("pre_sentence_report", date(2026, 6, 1))]),
        (date(2026, 7, 14), True, [("tell_next_date", ON), ("pre_sentence_report", date(2026, 6, 3))]),
    ],
)
def test_what_falls_due_with_a_result(next_day, report, due):
    said = Result("put_off", "nobody", next_day=next_day, report=report)
    assert [(one.key, one.due) for one in result_tasks(said, ON)] == due
