"""Hypothesis strategies for plans, in words that trip readers up, and the styles they are drawn in."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.governance.plan_writer import (
    CADENCES,
    COUNCIL_WORDS,
    PLAIN_WORDS,
    WELSH_WORDS,
    Plan,
    PlannedAction,
    PlannedArea,
    PlannedLead,
    PlannedRecommendation,
    Style,
)

STYLES = (
    Style("ours", rag="word"),
    Style(
        "source", refs="letter", ref_named=False, timescale="labelled", recommendation="first", area="in cell",
        rag="none", leads="/", role="space",
    ),
    Style("council", words=COUNCIL_WORDS, refs="(1b)", recommendation="own row", area="own row"),
    Style("plain", words=PLAIN_WORDS, refs="1.2", recommendation="merged", rag="tick", leads="; ", months="05/25"),
    Style("roman", refs="2 (i)", recommendation="merged", rag="fill", leads=" / ", role="dash", months="05/2025"),
    Style("no refs", words=COUNCIL_WORDS, refs="none", timescale="range", area="paragraph", rag="word"),
    Style("fused", refs="fused", recommendation="first", months="31 May 2025"),
    Style("Welsh", words=WELSH_WORDS, recommendation="merged", months="Mai 2025", leads="; "),
    Style("among others", words=COUNCIL_WORDS, months="May-25", around=True, rag="fill"),
    Style("no outcomes", refs="letter", recommendation="own row", area="none", outcome=False, timescale="labelled"),
)  # fmt: skip

LEADS = (
    PlannedLead("Amara Nwosu"),
    PlannedLead("Siân Pugh", "Head of Service"),
    PlannedLead("Oluwaseun Adeyemi", "Team Manager"),
    PlannedLead("Maryam al-Rashid", "Director of Children's Services"),
    PlannedLead("Quality Team"),
    PlannedLead("Police"),
    PlannedLead("Youth Justice Board"),
    PlannedLead("CAMHS"),
)
_VERBS = ("Agree", "Write", "Check", "Set up", "Bring", "Share", "Ask", "Cytuno", "Offer", "Map", "Publish", "Train")
_WORDS = (
    "a the one each every new whole plan child children family school nurse court home voice harm risk weekly panel "
    "visit check sheet protocol training referral health board partner budget figure gap way words listened bail "
    "plentyn teulu ysgol llais pob diogel tŷ ŵyna gŵr "
    'café naïve Łódź R&D C&A <b>bold</b> <script> a<b 5>4 50% £1,000 “quoted” O’Brien O\'Neill "said" *starred* _low_ '
    "`tick` \\back C:\\temp &amp; &lt; #tag 24/7 1:1 (sic) [see] {set} pipe|d ~x~ ^up $10 @home =1+1 +44 e.g. co-op"
).split()  # noqa: SIM905 - a list to read
_RIGHT_TO_LEFT = "الأطفال أسرة مدرسة ילדים משפחה".split()  # noqa: SIM905


def _sentence(low: int, high: int, words: list[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda verb, rest, stop: f"{verb} {' '.join(rest)}{stop}",
        st.sampled_from(_VERBS),
        st.lists(st.sampled_from(words), min_size=low, max_size=high),
        st.sampled_from(["", "."]),
    )


def _right_to_left(low: int, high: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(_RIGHT_TO_LEFT), min_size=low, max_size=high).map(" ".join)


_MONTHS = st.builds(lambda year, month: f"{year}-{month:02}", st.integers(2014, 2031), st.integers(1, 12))


@st.composite
def _actions(draw: st.DrawFn, words: list[str]) -> PlannedAction:
    start, finish = draw(st.none() | _MONTHS), draw(st.none() | _MONTHS | st.just("ongoing"))
    if start and finish and finish != "ongoing" and finish < start:
        start, finish = finish, start
    return PlannedAction(
        text=draw(_sentence(3, 14, words)),
        outcome=draw(_sentence(3, 8, words)),
        leads=tuple(draw(st.lists(st.sampled_from(LEADS), max_size=3, unique=True))),
        start=start,
        finish=finish if finish != start else None,
        review=draw(st.none() | _MONTHS | st.sampled_from(sorted(CADENCES))),
        progress=tuple(draw(st.lists(_sentence(2, 10, words) | _right_to_left(2, 4), max_size=3))),
        rag=draw(st.none() | st.sampled_from(["red", "amber", "green", "blue"])),
    )


@st.composite
def plans(draw: st.DrawFn, *, mixed: bool = True) -> Plan:
    """One to three areas of one to three recommendations of one to five actions.

    `mixed`: right-to-left words also stand among left-to-right ones. On a printed page their order is a matter of taste.
    """
    words = _WORDS + _RIGHT_TO_LEFT if mixed else _WORDS
    names = draw(st.lists(st.sampled_from(AREAS), min_size=1, max_size=3, unique=True))
    return tuple(
        PlannedArea(
            name,
            tuple(
                PlannedRecommendation(text, tuple(draw(st.lists(_actions(words), min_size=1, max_size=5))))
                for text in draw(st.lists(_sentence(4, 12, words), min_size=1, max_size=3, unique=True))
            ),
        )
        for name in names
    )


AREAS = ("Leadership and partners", "Quality of work", "Children in care", "Children’s voice", "Llais y plentyn")


def _known(
    text: str, outcome: str, leads: str, when: tuple[str | None, ...], progress: tuple[str, ...], rag: str | None
):
    named = {lead.name.split()[0]: lead for lead in LEADS}
    return PlannedAction(text, outcome, tuple(named[name] for name in leads.split()), *when, progress, rag)


KNOWN: Plan = (
    PlannedArea(
        "Leadership and partners",
        (
            PlannedRecommendation(
                "The board holds every partner to account.",
                (
                    _known(
                        "Bring one page of figures to each meeting of the board.", "The board acts on what it sees.",
                        "Siân Police", ("2025-05", "2025-09", "quarterly"),
                        ("First page shown", "Health & police asked for <their> figures"), "green",
                    ),
                    _known("Agree who pays for what", "Posts do not lapse.", "Amara", ("2025-06", "ongoing", "yearly"), (), "red"),
                ),
            ),
            PlannedRecommendation(
                "Partners share what they know",
                (
                    _known(
                        "Ask the police before each risk panel; a 24/7 number for what cannot wait.",
                        "The panel knows what the police know.", "Oluwaseun CAMHS Quality",
                        (None, "2026-03", "monthly"), ("Form written",), "amber",
                    ),
                    _known("Sign the agreement.", "Nurses can say when a child is in danger.", "Maryam", ("2025-11", None, None), (), None),
                    _known("Train staff together, twice a year.", "One language", "Youth", ("2025-10", "2025-12", "2026-10"), ("Dates set",), "blue"),
                ),
            ),
        ),
    ),
    PlannedArea(
        "Children’s voice",
        (
            PlannedRecommendation(
                "What children say changes what is done",
                (
                    _known(
                        "Ysgrifennu cynllun y gall plentyn ei ddarllen – ŵ, ŷ and all.", "Mae’r plentyn yn deall.",
                        "Siân", ("2025-07", "2026-01", "six-monthly"), ("اسأل الأطفال عن رأيهم", "Gofyn i’r plentyn"), "green",
                    ),
                    _known("Set up a forum of children, now and before", "Children are heard.", "", (None, None, None), ("Room found",), None),
                ),
            ),
        ),
    ),
)  # fmt: skip
