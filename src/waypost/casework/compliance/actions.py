"""What a person decides after a child did not come. One checked, logged, indivisible write; the rule only proposes."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from waypost.access import log
from waypost.access.models import Staff
from waypost.casework.compliance import definitions, rules
from waypost.casework.compliance.models import Decision
from waypost.casework.outcomes.clocks import clocks
from waypost.casework.outcomes.models import Outcome
from waypost.casework.tasks import actions as tasks
from waypost.casework.work import work_of
from waypost.kernel.refusal import refuse_if
from waypost.people.need_to_know.reach import require_writes
from waypost.people.record.models import Child

SECTION = "entries"


@transaction.atomic
def decide(
    child: Child, outcome: Outcome, *, step: str, words: str, day: date, by: Staff, at: datetime, once: UUID
) -> Decision:
    """One step of the order's route. Whether the rule proposed it or not is kept beside it, and so is why."""
    require_writes(child.person, SECTION, by=by, at=at)
    Child.objects.select_for_update(no_key=True, of=("self",)).get(pk=child.pk)  # decisions about one child take turns
    if (there := Decision.objects.filter(once=once).first()) is not None:
        return there
    work = work_of([child], at=at)[child.pk]
    order = next(one for one in work.orders if one.of.pk == outcome.pk)
    missed, taken = work.history(order, day)
    route = definitions.load()[order.type.route]
    refuse_if(rules.why_not_step(route, step, reason=words, missed=missed, steps=taken, on=day, by_person=by.is_active))
    proposal = rules.propose(route, missed=missed, steps=taken, on=day)
    decision = Decision.objects.create(
        person_id=outcome.person_id,
        outcome=outcome,
        step=step,
        day=day,
        about=[*proposal.counted] if proposal else [],
        words=words.strip(),
        proposed=proposal.step if proposal else "",
        by=by,
        at=at,
        once=once,
    )
    if step == definitions.WARN:
        _letter_to_write(decision, by=by, at=at)
    log.record(by, log.Verb.CHANGED, "outcome.decided", child, detail={"step": step})
    return decision


def _letter_to_write(decision: Decision, *, by: Staff, at: datetime) -> None:
    """A warning is given by a letter."""
    clock = clocks()[tasks.WARNING_LETTER]
    tasks.put(
        decision.person,
        key=clock.key,
        title=clock.words,
        why=clock.why(decision.day),
        due=clock.due(decision.day),
        starts=decision.day,
        role=clock.for_role,
        source=("decision", decision.pk),
        by=by,
        at=at,
        once=uuid5(decision.once, clock.key),
    )
