"""What was assessed of some of Alder Vale's children and what their plans say. All invented.

Ellis's plan leaves one factor without an objective and one objective without a session, so that the thread shows a cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from waypost.casework.assessments import actions as assessments
from waypost.casework.assessments import factor_actions
from waypost.casework.assessments import signing as assessed
from waypost.casework.assessments.models import Assessment, Factor
from waypost.casework.outcomes.models import Outcome
from waypost.casework.plans import actions as plans
from waypost.casework.plans import signing as planned
from waypost.casework.plans.actions import Does, Put
from waypost.casework.plans.models import Plan
from waypost.casework.voice import actions as voice
from waypost.demo.casework import Told, child_called
from waypost.demo.children import MARGED
from waypost.demo.people import BASIS
from waypost.kernel.ids import new_id
from waypost.people.record import document_actions
from waypost.people.record.actions import Source
from waypost.people.record.beside import current
from waypost.people.record.entries import Document, Entry
from waypost.people.record.models import Child

LEILA = "Leila Haddad"
TEXT = b"The national assessment, as it was completed. Invented for the demonstration."


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective: which factors it answers, by their keys, and the words of the child it begins with."""

    part: str
    words: str
    how_we_know: str
    days_on: int
    factors: tuple[str, ...]
    said: str = ""
    agency: str = "youth_justice"
    owner: str = ""
    child_does: str = ""
    state: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    given: str
    days_ago: int
    likelihood: str
    serious_harm: str
    safety: str
    level: str
    factors: tuple[dict[str, str], ...]
    aims: tuple[Aim, ...]
    child_said: str
    carer_said: str
    victims: str = ""


def against(factor: str, rating: str, evidence: str) -> dict[str, str]:
    return {"factor": factor, "side": "against", "rating": rating, "evidence": evidence}


def toward(factor: str, rating: str, evidence: str) -> dict[str, str]:
    return {"factor": factor, "side": "for", "rating": rating, "evidence": evidence}


STORIES = (
    Story(
        "Ellis",
        80,
        "high",
        "medium",
        "medium",
        "intensive",
        (
            against(
                "communication", "strong", "Says yes when he does not follow; seen in three sessions and at school."
            ),
            against("education_place", "strong", "No school since November."),
            against("substance_use", "moderate", "Cannabis on most days, by his own count."),
            toward("skills", "moderate", "Trues a wheel by ear; stays late to finish."),
        ),
        (
            Aim(
                "change",
                "Say “stop, again” in three of four talks",
                "Marged counts it in his sessions and at court.",
                40,
                ("communication",),
                "I just say yes when I don’t get it.",
                "health",
                MARGED,
                "Says “stop” when it goes too fast.",
                "going",
                "Twice in the last session.",
            ),
            Aim(
                "change",
                "Twelve hours a week in the workshop",
                "Sunita’s register, on Fridays.",
                30,
                ("education_place", "skills"),
                "School’s done with me. I want to fix bikes.",
                "education",
                "",
                "Comes on Mondays and Thursdays.",
                "going",
                "Eight hours so far.",
            ),
            Aim(
                "change",
                "Weekends only, then less",
                "He keeps a card; Callum looks at it with him.",
                70,
                ("substance_use",),
                "",
                "substance_use",
                "",
                "Fills in the card.",
            ),
            Aim(
                "others",
                "Keep away from the street where it happened",
                "No report, and the boy’s mother is asked.",
                60,
                (),
                child_does="Walks the canal way.",
            ),
            Aim(
                "safety",
                "Home by another way than the parade",
                "He says which way he came.",
                60,
                (),
                child_does="Rings Donna when he leaves.",
            ),
        ),
        "I’ll do the bikes one. The other stuff, maybe.",
        "He needs somebody who turns up.",
        "The boy’s mother is told when he is near; nobody goes to their street.",
    ),
    Story(
        "Aisha",
        55,
        "low",
        "low",
        "low",
        "standard",
        (
            against("friends", "moderate", "Was with the same two girls each time."),
            toward("trusted_adult", "strong", "Rings her aunt before anybody."),
        ),
        (
            Aim(
                "change",
                "Saturdays at the food bank",
                "The food bank’s list.",
                30,
                ("friends",),
                "Nobody ever asked me that.",
                child_does="Chooses the jobs she likes.",
                state="going",
                how="Two Saturdays done.",
            ),
        ),
        "I like it there.",
        "She is prouder than I have seen her.",
    ),
    Story(
        "Kayleigh",
        100,
        "medium",
        "high",
        "medium",
        "enhanced",
        (
            against("anger", "strong", "Three fights since the summer; each began with a look."),
            toward("family_relations", "moderate", "Her nan has her every weekend."),
        ),
        (
            Aim(
                "change",
                "Walk away, and tell somebody after",
                "School’s log, and what she says.",
                40,
                ("anger",),
                child_does="Tells the person she chose.",
            ),
            Aim(
                "others",
                "Not on the bus with the girl she hit",
                "The school’s bus list.",
                40,
                (),
                child_does="Takes the later bus.",
            ),
        ),
        "I can do that. I just can’t do it when they look at me.",
        "She is good as gold here.",
        "The girl’s family knows which bus.",
    ),
)
LATER = ("Ellis", "local_area", "moderate", "Told Marged he cannot go past the parade any more.", 12)


@transaction.atomic
def load_assessed(*, at: datetime) -> None:
    told = Told(at)
    for story in STORIES:
        child = child_called(told, story.given)
        made = _assess(told, child, story)
        _plan(told, child, story, made)
    _seen_later(told)
    _what_changed(told)


def _assess(told: Told, child: Child, story: Story) -> Assessment:
    """In the national tool, and filed here: the document, then what it says."""
    began = told.known(child, told.ago(story.days_ago))
    by = told.ask(told.holder(child), began)
    said = {"kind": "assessment", "title": "National assessment", "since": told.day(story.days_ago), "until": None}
    kept: dict[str, Any] = {"source": Source(by.agency, BASIS), "by": by, "at": began, "once": new_id()}
    document_actions.keep_document(child.person, said, "national assessment.txt", TEXT, **kept)
    document = current(Document).filter(person=child.pk, kind="assessment").latest("at")
    made = assessments.begin(
        child, "filed_national", "entered", "first", _order(child), document=document, by=by, at=began, once=new_id()
    )
    answers: dict[str, Any] = {
        "tool": "court_orders",
        "assessed_on": told.day(story.days_ago).isoformat(),
        "stage": "start",
        "factors": list(story.factors),
        "likelihood_final": story.likelihood,
        "serious_harm": story.serious_harm,
        "safety": story.safety,
        "level_final": story.level,
    }
    for key, value in answers.items():
        words = "As the document says." if key in ("likelihood_final", "level_final") else ""
        assessments.answer(made, key, value, words=words, who="practitioner", by=by, at=began)
    assessed.sign(made, by=by, at=began, once=new_id())
    later = began + timedelta(days=2)
    assessed.countersign(made, words="Read with the worker.", by=told.ask(LEILA, later), at=later, once=new_id())
    return made


def _plan(told: Told, child: Child, story: Story, assessment: Assessment) -> None:
    began = told.known(child, told.ago(story.days_ago - 3))
    by = told.ask(told.holder(child), began)
    plan = plans.begin(child, assessment=assessment, outcome=_order(child), by=by, at=began, once=new_id())
    roots = dict(Factor.objects.holding().of(child.person_ids()).values_list("factor", "root"))
    for aim in story.aims:
        _aim(told, child, plan, aim, roots, began)
    if story.victims:
        plans.say(plan, "victim_safety", story.victims, revision=_revision(plan), by=by, at=began)
    for who, words in (("child", story.child_said), ("carer", story.carer_said)):
        day = told.day(story.days_ago - 3)
        plans.agree(plan, who, day=day, why_not="", own_words=words, revision=_revision(plan), by=by, at=began)
    plan.refresh_from_db()
    planned.sign(plan, words="", revision=plan.revision, by=by, at=began, once=new_id())
    later = began + timedelta(days=2)
    manager = told.ask(LEILA, later)
    plan.refresh_from_db()
    planned.countersign(plan, words="", revision=plan.revision, by=manager, at=later, once=new_id())


def _aim(told: Told, child: Child, plan: Plan, aim: Aim, roots: dict[str, UUID], at: datetime) -> None:
    by, root = told.ask(told.holder(child), at), new_id()
    said = plans.quotable([child.pk]).filter(own_words=aim.said).order_by("since").first() if aim.said else None
    put = Put(
        aim.part,
        aim.words,
        aim.how_we_know,
        told.day(-aim.days_on),
        said_in=said,
        agency=aim.agency,
        owner=told.staff[aim.owner or told.holder(child)],
        factors=[roots[key] for key in aim.factors],
    )
    plans.put_objective(plan, root, put, revision=_revision(plan), by=by, at=at)
    if aim.child_does:
        does = Does("child", aim.child_does)
        plans.undertake(plan, root, does, revision=_revision(plan), by=by, at=at, once=new_id())
    if aim.state:
        now = told.ago(3)
        kept: dict[str, Any] = {"by": told.ask(told.holder(child), now), "at": now, "once": new_id()}
        plans.say_progress(child, root, aim.state, aim.how, told.day(3), **kept)


def _seen_later(told: Told) -> None:
    """Learned between two assessments: no objective answers it yet."""
    given, factor, rating, evidence, days_ago = LATER
    child, now = child_called(told, given), told.ago(days_ago)
    by = told.ask(told.holder(child), now)
    factor_actions.add_factor(child, against(factor, rating, evidence), by=by, at=now, once=new_id())


def _what_changed(told: Told) -> None:
    child, now = child_called(told, "Ellis"), told.ago(10)
    entry = current(Entry).filter(person=child.pk, own_words="Say it slower and I’m fine.").first()
    if entry is not None:
        words = "Everybody who works with him has the cards, and the court was told."
        voice.because(entry, words, by=told.ask(told.holder(child), now), at=now, once=new_id())


def _order(child: Child) -> Outcome | None:
    return current(Outcome).filter(person=child.pk).order_by("-since").first()


def _revision(plan: Plan) -> int:
    return int(Plan.objects.values_list("revision", flat=True).get(pk=plan.pk))
