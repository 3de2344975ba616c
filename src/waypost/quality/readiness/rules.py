"""The checks: one function each, its words in `definitions/readiness/<key>.yaml`. Pure.

A check takes a case, the day, and the day `past` which what it looks at has waited longer than its definition allows
(where it has such a time: else the day itself). It gives what it saw, or None: that all is well, or that it does not
apply.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from waypost.kernel.school_age import age
from waypost.kernel.words import count, day
from waypost.quality.readiness.facts import HIGH, MATTERS, CaseFacts, ObjectiveFact

OLDEST_WORDS = timedelta(days=183)
LEARNS_UNTIL = 18
ENDED = ("reached", "partly", "stopped")  # of an objective


@dataclass(frozen=True, slots=True)
class Fires:
    """What a check saw: since when it is so, the figures and days its sentence names, and what it is about by root."""

    since: date | None
    told: Mapping[str, str] = field(default_factory=dict)
    about: tuple[UUID, ...] = ()


Check = Callable[[CaseFacts, date, date], Fires | None]


def _since(name: str, found: date) -> Fires:
    return Fires(found, {name: day(found)})


def _waits(found: date | None, past: date, name: str = "since") -> Fires | None:
    """That it has waited longer than it may."""
    return _since(name, found) if found and found < past else None


def _several(since: Iterable[date], what: str, name: str, about: Iterable[UUID] = ()) -> Fires | None:
    found = sorted(since)
    return Fires(found[0], {"count": count(len(found), what), name: day(found[0])}, tuple(about)) if found else None


# Reducing reoffending -------------------------------------------------------------------------------------------------


def no_assessment(case: CaseFacts, on: date, past: date) -> Fires | None:
    return None if case.assessed.signed else _waits(case.began, past)


def review_overdue(case: CaseFacts, on: date, past: date) -> Fires | None:
    return _waits(case.assessed.review_due, on, "due")


def no_plan(case: CaseFacts, on: date, past: date) -> Fires | None:
    return None if case.plan and case.plan.signed else _waits(case.began, past)


def plan_older(case: CaseFacts, on: date, past: date) -> Fires | None:
    assessed = case.assessed.countersigned
    if not (case.plan and assessed and case.plan.begun < assessed < past):
        return None
    return Fires(assessed, {"assessed": day(assessed), "planned": day(case.plan.begun)})


def factor_unanswered(case: CaseFacts, on: date, past: date) -> Fires | None:
    found = [
        one
        for one in case.factors
        if one.side == "against" and one.rating in MATTERS and not one.answered and one.since < past
    ]
    return _several((one.since for one in found), "factor", "since", (one.root for one in found))


def objective_without_factor(case: CaseFacts, on: date, past: date) -> Fires | None:
    found = [one for one in _open_objectives(case) if not one.answers]
    if not found or case.plan is None:
        return None
    return Fires(case.plan.begun, {"count": count(len(found), "objective")}, tuple(one.root for one in found))


def no_learning(case: CaseFacts, on: date, past: date) -> Fires | None:
    if case.born is None or age(case.born, on) >= LEARNS_UNTIL or (case.plan and "change" in case.plan.parts):
        return None
    return _waits(case.nowhere_since, past)


def no_screening(case: CaseFacts, on: date, past: date) -> Fires | None:
    return None if "communication_screening" in case.assessed.screened else _waits(case.began, past)


# Protecting the public ------------------------------------------------------------------------------------------------


def harm_no_plan(case: CaseFacts, on: date, past: date) -> Fires | None:
    return _high_without(case, case.assessed.serious_harm, "others")


def not_countersigned(case: CaseFacts, on: date, past: date) -> Fires | None:
    waiting = [case.assessed.waits_since, case.plan.waits_since if case.plan else None]
    return _waits(min(filter(None, waiting), default=None), past)


def victim_not_considered(case: CaseFacts, on: date, past: date) -> Fires | None:
    if not (case.harmed and case.plan) or "victim_safety" in case.plan.says:
        return None
    return Fires(case.plan.begun)


def alert_overdue(case: CaseFacts, on: date, past: date) -> Fires | None:
    return _several((one for one in case.alerts_due if one < on), "alert", "due")


def out_of_step(case: CaseFacts, on: date, past: date) -> Fires | None:
    """Half or less of what is expected: a contact lost to a holiday is no gap."""
    kept, expected = case.met.kept, case.met.expected
    if not expected or kept * 2 > expected:
        return None
    return Fires(case.met.last_seen, {"kept": str(kept), "expected": str(expected)})


# Protecting the child -------------------------------------------------------------------------------------------------


def safety_no_plan(case: CaseFacts, on: date, past: date) -> Fires | None:
    return _high_without(case, case.assessed.safety, "safety")


def less_safe(case: CaseFacts, on: date, past: date) -> Fires | None:
    return _waits(case.less_safe, past)


def told_today(case: CaseFacts, on: date, past: date) -> Fires | None:
    return _waits(case.told_today, past)


def not_told(case: CaseFacts, on: date, past: date) -> Fires | None:
    return _waits(case.tell_social_care, on, "due") if case.looked_after else None


def no_social_worker(case: CaseFacts, on: date, past: date) -> Fires | None:
    return Fires(None) if case.looked_after and not case.social_worker else None


def not_seen(case: CaseFacts, on: date, past: date) -> Fires | None:
    if not (case.answered_for or case.met.expected):
        return None
    if case.met.last_seen is None:
        return Fires(case.began, {"seen": "never"}) if case.began < past else None
    return _waits(case.met.last_seen, past, "seen")


def no_health(case: CaseFacts, on: date, past: date) -> Fires | None:
    return None if "health_screening" in case.assessed.screened else _waits(case.began, past)


# Ensuring the sentence is served --------------------------------------------------------------------------------------


def child_not_asked(case: CaseFacts, on: date, past: date) -> Fires | None:
    return _not_asked(case, case.said.child, past)


def carer_not_asked(case: CaseFacts, on: date, past: date) -> Fires | None:
    return _not_asked(case, case.said.carer, past) if _is_child(case, on) else None


def missed_not_followed(case: CaseFacts, on: date, past: date) -> Fires | None:
    return _waits(case.met.missed, past)


def not_agreed(case: CaseFacts, on: date, past: date) -> Fires | None:
    return _since("since", case.plan.signed) if case.plan and case.plan.signed and not case.plan.child_asked else None


def not_agreed_carer(case: CaseFacts, on: date, past: date) -> Fires | None:
    if not (case.plan and case.plan.signed and _is_child(case, on)) or case.plan.carer_asked:
        return None
    return _since("since", case.plan.signed)


def how_often(case: CaseFacts, on: date, past: date) -> Fires | None:
    return _waits(case.began, past) if case.met.expected is None else None


def no_exit(case: CaseFacts, on: date, past: date) -> Fires | None:
    """`past` is so many days back: the end is as near before us."""
    if case.ends is None or case.exit_plan or not on <= case.ends <= on + (on - past):
        return None
    return Fires(None, {"ends": day(case.ends)})


# Governance and partnerships ------------------------------------------------------------------------------------------


def no_worker(case: CaseFacts, on: date, past: date) -> Fires | None:
    return Fires(case.began) if case.worker is None else None


def no_oversight(case: CaseFacts, on: date, past: date) -> Fires | None:
    if not {case.assessed.serious_harm, case.assessed.safety} & {*HIGH}:
        return None
    last = max(filter(None, (case.oversight, case.assessed.countersigned)), default=None)
    if last is None:
        return Fires(case.began, {"words": "Nobody has looked at the case with the worker."})
    return Fires(last, {"words": f"A manager last looked at it on {day(last)}."}) if last < past else None


def late_no_reason(case: CaseFacts, on: date, past: date) -> Fires | None:
    return _waits(case.late, past, "due")


def no_answer(case: CaseFacts, on: date, past: date) -> Fires | None:
    return _waits(case.assessed.asked_due, on, "due")


def no_consent(case: CaseFacts, on: date, past: date) -> Fires | None:
    return None if case.answered_for or case.consent else _waits(case.began, past)


def turning_18(case: CaseFacts, on: date, past: date) -> Fires | None:
    adult = case.eighteen
    if adult is None or case.steps_to_18 or adult <= on:
        return None
    near = adult <= on + (on - past)
    runs_past = case.answered_for and case.ends is not None and case.ends >= adult
    return Fires(None, {"eighteen": day(adult)}) if near or runs_past else None


# Interventions --------------------------------------------------------------------------------------------------------


def words_unanswered(case: CaseFacts, on: date, past: date) -> Fires | None:
    found = [one for one in case.said.unanswered if on - OLDEST_WORDS <= one < past]
    return _several(found, "thing", "since")


def objective_late(case: CaseFacts, on: date, past: date) -> Fires | None:
    found = [one for one in _open_objectives(case) if one.by_day < on] if _stands(case) else []
    return _several((one.by_day for one in found), "objective", "due", (one.root for one in found))


def objective_not_begun(case: CaseFacts, on: date, past: date) -> Fires | None:
    found = {one.root: one.starts for one in _open_objectives(case) if one.starts} if _stands(case) else {}
    late = {root: starts for root, starts in found.items() if starts < past and not _state(case, root)}
    return _several(late.values(), "objective", "since", late)


def not_delivered(case: CaseFacts, on: date, past: date) -> Fires | None:
    """Fewer than half of what was to take place by now, of work with at least two sessions behind it."""
    works = [one for one in case.works if one.past >= 2]
    behind, delivered = sum(one.past for one in works), sum(one.delivered for one in works)
    if not works or delivered * 2 >= behind:
        return None
    return Fires(
        min(one.since for one in works), {"past": str(behind), "delivered": str(delivered) if delivered else "none"}
    )


def objective_no_session(case: CaseFacts, on: date, past: date) -> Fires | None:
    if not (case.plan and case.plan.countersigned):
        return None
    worked_on = {one.objective for one in case.works if one.delivered or one.coming}
    found = {
        one.root: max(case.plan.countersigned, one.starts or date.min)
        for one in _open_objectives(case)
        if one.root not in worked_on
    }
    late = {root: since for root, since in found.items() if since < past}
    return _several(late.values(), "objective", "since", late)


def work_without_objective(case: CaseFacts, on: date, past: date) -> Fires | None:
    found = [one for one in case.works if one.objective is None]
    return Fires(min(one.since for one in found), {"count": count(len(found), "piece")}) if found else None


# ----------------------------------------------------------------------------------------------------------------------


def _high_without(case: CaseFacts, rating: str, part: str) -> Fires | None:
    if rating not in HIGH or (_stands(case) and case.plan and part in case.plan.parts):
        return None
    assessed = case.assessed.signed or case.began
    return Fires(assessed, {"rating": rating.replace("_", " "), "assessed": day(assessed)})


def _stands(case: CaseFacts) -> bool:
    return case.plan is not None and case.plan.countersigned is not None


def _open_objectives(case: CaseFacts) -> list[ObjectiveFact]:
    return [one for one in case.plan.objectives if one.state not in ENDED] if case.plan else []


def _state(case: CaseFacts, root: UUID) -> str:
    return next((one.state for one in _open_objectives(case) if one.root == root), "")


def _not_asked(case: CaseFacts, last: date | None, past: date) -> Fires | None:
    if last is None:
        return Fires(case.began, {"words": "Nothing they said is written down."}) if case.began < past else None
    return Fires(last, {"words": f"Last written down on {day(last)}."}) if last < past else None


def _is_child(case: CaseFacts, on: date) -> bool:
    return case.eighteen is None or on < case.eighteen


CHECKS: Mapping[str, Check] = {
    one.__name__: one
    for one in (
        no_assessment,
        review_overdue,
        no_plan,
        plan_older,
        factor_unanswered,
        objective_without_factor,
        no_learning,
        no_screening,
        harm_no_plan,
        not_countersigned,
        victim_not_considered,
        alert_overdue,
        out_of_step,
        safety_no_plan,
        less_safe,
        told_today,
        not_told,
        no_social_worker,
        not_seen,
        no_health,
        child_not_asked,
        carer_not_asked,
        missed_not_followed,
        not_agreed,
        not_agreed_carer,
        how_often,
        no_exit,
        no_worker,
        no_oversight,
        late_no_reason,
        no_answer,
        no_consent,
        turning_18,
        words_unanswered,
        objective_late,
        objective_not_begun,
        not_delivered,
        objective_no_session,
        work_without_objective,
    )
}
