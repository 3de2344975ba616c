"""However a plan is judged and measured, its page, the first page, the answer, the frozen answer and the files count alike."""

from __future__ import annotations

import csv
import html
import io
import re
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import staff
from tests.governance.plans import accepted, head, the
from waypost.governance.answers import actions as answers
from waypost.governance.answers.lines import answer
from waypost.governance.answers.models import LineJudged, Match
from waypost.governance.answers.rules import Gap
from waypost.governance.improvement import actions
from waypost.governance.improvement.kinds import ActionKind
from waypost.governance.improvement.models import Plan
from waypost.governance.improvement.status import Status
from waypost.kernel.refusal import Refused

pytestmark = pytest.mark.django_db
REFS = ("1a", "1b", "2a", "2b")
DRAWN = re.compile(r"<(script|style|svg)\b.*?</\1>", re.DOTALL)

refs, lines = st.sampled_from(REFS), st.integers(0, 3)
DEEDS = st.one_of(
    st.tuples(st.just("match"), lines, refs, st.sampled_from(list(Match.Verdict))),
    st.tuples(st.just("judge"), lines, st.sampled_from(list(LineJudged.Verdict))),
    st.tuples(st.just("kind"), refs, st.sampled_from(list(ActionKind))),
    st.tuples(st.just("measure"), refs, st.integers(0, 10)),
    st.tuples(st.just("note"), refs),
    st.tuples(st.just("done"), refs),
    st.tuples(st.just("hand"), refs, st.sampled_from([one for one in Status if one is not Status.DOUBT])),
)


def do(plan: Plan, by: Any, deed: tuple[Any, ...]) -> None:
    name, *rest = deed
    now, today = timezone.now(), timezone.localdate()
    said = {"by": by, "at": now}
    if name in ("match", "judge"):
        of = answer(plan.inspection, plan, today).lines[rest[0]].of
        if name == "match":
            answers.match(of, the(plan, rest[1]), rest[2], words="", **said)
        else:
            answers.judge(of, plan, rest[1], words="", **said)
        return
    one = the(plan, rest[0])
    if name == "kind":
        actions.say_kind(one, rest[1], **said)
    elif name == "measure":
        measure = actions.name_measure(one, name="Checked", target=80, lower_is_better=False, **said)
        actions.add_reading(measure, dated=today, numerator=rest[1], denominator=10, **said)
    elif name == "note":
        actions.add_note(one, dated=today, words="Seen.", **said)
    elif name == "done":
        actions.say(one, "done", dated=today, words="", **said)
    else:
        actions.set_status(one, rest[1], reason="So.", since=today, until=today + timedelta(days=9), **said)


class Pages:
    """What each page and file says, as text or as rows."""

    def __init__(self, plan: Plan, by: Any) -> None:
        client = Client()
        client.force_login(by)
        of_plan, of_answer = {"pk": plan.pk, "kind": "csv"}, {"pk": plan.inspection_id, "kind": "csv"}
        self.plan = _text(client.get(reverse("plan"), {"status": "all"}))
        self.today = _text(client.get(reverse("today")))
        self.answer = _text(client.get(reverse("answer", kwargs={"pk": plan.inspection_id})))
        self.every = _rows(client.get(reverse("plan_file", kwargs=of_plan), {"status": "all"}))
        self.attention = _rows(client.get(reverse("plan_file", kwargs=of_plan)))
        self.lines = _rows(client.get(reverse("answer_file", kwargs=of_answer)))
        client.post(reverse("answer_freeze", kwargs={"pk": plan.inspection_id}))
        self.frozen = plan.inspection.frozen.first().content["lines"]


def _text(page: Any) -> str:
    bare = re.sub(r"<[^>]+>", " ", DRAWN.sub(" ", page.content.decode().replace("&shy;", "")))
    return re.sub(r"\s+", " ", html.unescape(bare))


def _rows(file: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))


def number(pattern: str, text: str) -> int:
    found = re.search(pattern, text)
    return int(found[1]) if found else 0


def attention_is_one_number(shown: Pages) -> None:
    statuses = Counter(row["Status"].removesuffix(", set by hand") for row in shown.every)
    worried = {one.words for one in Status if one.needs_attention} | {"Overdue to start"}
    wanted = sum(n for words, n in statuses.items() if words in worried)
    assert len(shown.attention) == wanted
    for page in (shown.plan, shown.answer):
        assert number(r"Needs attention \((\d+)\)", page) == wanted
        assert number(r"Whole plan \((\d+)\)", page) == len(shown.every) == len(REFS)
    assert number(r"Actions of others that need attention \((\d+)\)", shown.today) == wanted
    for status in Status:
        assert number(rf"\b{status.words} \((\d+)\)", shown.plan) == statuses[status.words], status


def gaps_are_one_number(shown: Pages) -> None:
    of_file = Counter((row["Worst thing true of it"], row["Line"].split()[0]) for row in shown.lines)
    of_frozen = Counter((one["gap"], one["name"].split()[0]) for one in shown.frozen)
    of_page: Counter[tuple[str, str]] = Counter()
    for gap in Gap:
        found = re.search(rf"{gap.words} (\d+) (\d+)\b", shown.answer)
        assert found, gap.words
        of_page += Counter({(gap.words, "Recommendation"): int(found[1]), (gap.words, "Finding"): int(found[2])})
    assert of_file == of_frozen == of_page
    assert sum(of_file.values()) == 4
    nothing = sum(n for (gap, _), n in of_file.items() if gap == Gap.NOTHING.words)
    assert number(r"Answer to the inspection \((\d+)\)", shown.answer) == nothing


def undecided_is_one_number(shown: Pages) -> None:
    nobody = sum(row["Who judged it"] == "Nobody yet" for row in shown.lines)
    assert number(r"(\d+) of 4 lines wait for a person", shown.answer) == nobody
    assert number(r"(\d+) lines? Lines that nobody has judged", shown.today) == nobody
    assert number(r"Judged (\d+) of 4", shown.answer) == 4 - nobody


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.tuples(st.booleans(), DEEDS), max_size=12))
def test_every_page_and_file_counts_alike(db: Any, deeds: list[tuple[bool, tuple[Any, ...]]]) -> None:
    with transaction.atomic():
        boss, other = head(), staff("manager", name="Tom Okafor")
        plan = accepted(boss)
        for by_boss, deed in deeds:
            try:
                do(plan, boss if by_boss else other, deed)
            except Refused:
                continue
        shown = Pages(plan, boss)
        transaction.set_rollback(True)
    attention_is_one_number(shown)
    gaps_are_one_number(shown)
    undecided_is_one_number(shown)
