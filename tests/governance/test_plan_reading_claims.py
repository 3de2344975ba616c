"""Whether a line of progress claims something done, or only names what is to come."""

from __future__ import annotations

import pytest

from waypost.governance.improvement.reading.claims import claims_done

CLAIMS = [
    "Training completed",
    "Training of all case managers completed",
    "Checklists completed by the duty team",
    "Meetings held",
    "Group formed",
    "Workers found and rooms booked; first visits made",
    "Draft has been shared, the rest to be arranged",
    "Dates have been diarised",
    "A worker has been identified and will start in August",
    "Contact made with carers",
    "Audit tool completed",
    "Review of every plan undertaken in May",
    "First session took place in June",
    "The form was approved",
    "Forms were reviewed in May",
    "Completed",
    "Completed in June",
    "Done.",
    "Cascaded",
    "Rota now complete",
    "Audits undertaken and reported to the board",
    "The panel has now met",
]
NO_CLAIMS = [
    "Date to be arranged",
    "Date set",
    "Dates arranged",
    "Meetings set with the nurse",
    "Visits diarised",
    "Diarised visits",
    "Training to be completed by staff",
    "Training will be completed in June",
    "Once training has been completed, audit",
    "When plans are reviewed",
    "Completed forms to be returned",
    "Review actions identified in audit",
    "Complete the form",
    "Audit plans returned by staff",
    "Report concerns raised and shared",
    "Create a list",
    "Review and update the protocol",
    "Attendance at training",
    "Protocol",
    "Training not completed",
    "Forms have not been sent",
    "All cases that have been audited will be seen",
    "Importance of forms being sent",
    "Completion rate",
    "Protocol informed by guidance",
    "Suitable workers in place",
    "",
]


@pytest.mark.parametrize("text", CLAIMS)
def test_a_completed_act_is_a_claim(text: str) -> None:
    assert claims_done(text)


@pytest.mark.parametrize("text", NO_CLAIMS)
def test_a_plan_a_day_fixed_or_an_order_claims_nothing(text: str) -> None:
    assert not claims_done(text)
