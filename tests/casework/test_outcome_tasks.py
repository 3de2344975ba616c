"""What falls due with an outcome, with bank holidays between, as a practitioner could check it on a calendar."""

from __future__ import annotations

from datetime import date

import pytest

from tests.casework.given import given
from waypost.casework.outcomes.rules import tasks_raised


@pytest.mark.parametrize(
    ("outcome", "due"),
    [
        (  # 3 and 6 April 2026 are Good Friday and Easter Monday
            given("youth_rehabilitation", date(2026, 3, 20), 12),
            {
                "assessment": date(2026, 4, 14),
                "plan": date(2026, 4, 14),
                "mappa_identified": date(2026, 3, 25),
                "risk_plan_countersigned": date(2026, 4, 14),
                "review": date(2026, 9, 20),
                "closing_review": date(2027, 3, 5),
            },
        ),
        (  # 25 and 28 December 2026 (Boxing Day on a Saturday) and 1 January 2027
            given("referral_order", date(2026, 12, 11), 6),
            {
                "assessment_referral_order": date(2027, 1, 13),
                "first_panel": date(2027, 1, 13),
                "risk_plan_countersigned": date(2027, 1, 6),
            },
        ),
        (
            given("referral_order", date(2026, 1, 23), 6, contract_signed=date(2026, 2, 18)),
            {
                "assessment_referral_order": date(2026, 2, 20),
                "first_panel": date(2026, 2, 20),
                "risk_plan_countersigned": date(2026, 2, 13),
                "panel_review": date(2026, 5, 18),
                "panel_last": date(2026, 8, 10),
            },
        ),
        (
            given("detention_training", date(2026, 1, 1), 8),
            {
                "custody_documents": date(2026, 1, 1),
                "tell_social_care_sentence": date(2026, 1, 1),
                "custody_planning": date(2026, 1, 15),
                "assessment": date(2026, 1, 22),
                "plan": date(2026, 1, 22),
                "risk_plan_countersigned": date(2026, 1, 22),
                "review_three_months": date(2026, 4, 1),
                "release_planning": date(2026, 4, 2),
                "release_contact": date(2026, 5, 2),
                "closing_review": date(2026, 8, 17),
            },
        ),
        (given("community_resolution", date(2026, 1, 23)), {"assessment_out_of_court": date(2026, 2, 13)}),
        (
            given("youth_conditional_caution", date(2026, 1, 23)),
            {"assessment_out_of_court": date(2026, 2, 13), "caution_conditions": date(2026, 5, 7)},
        ),
        (given("fine", date(2026, 1, 23)), {}),
    ],
)
def test_what_falls_due(outcome, due):
    assert {raised.key: raised.due for raised in tasks_raised(outcome)} == due


def test_what_falls_due_says_why_and_for_whom():
    (first, *_) = tasks_raised(given("referral_order", date(2026, 1, 23), 6))
    assert (first.key, first.for_role) == ("risk_plan_countersigned", "manager")
    assert first.why == "15 working days from 23 January 2026, when it was given."
    *_, last = tasks_raised(given("referral_order", date(2026, 1, 23), 6, contract_signed=date(2026, 2, 18)))
    assert last.why == "5 working days before 17 August 2026, its last day."
