"""A published inspection read: on the public source where it is at hand, and on reports in our own words."""

from __future__ import annotations

import re
import time
from datetime import date
from pathlib import Path

import pytest

from waypost.files.reading import read_document
from waypost.quality.inspections.reading import InspectionReading, NoInspection, read_inspection
from waypost.quality.inspections.reading.terminal import lines_of

SOURCE = Path(__file__).parents[3] / "shared" / "reference" / "bromley-2015.txt"

REPORT = """\
# Northmere Council

**Date:** 14 October 2024

A single Management Board now oversees the service; it has met twice. The joint inspection was undertaken on
4 March 2024. A mock inspection will be made by the Regional Peer Network in February 2025, before inspectors return.

## 1. RECOMMENDATION(S)

- 1.1 Members are asked to note this paper.

## 2.1 Reducing offending

Overall work to reduce offending was judged to be poor.

# Joint Inspection of Youth Justice Work in Northmere

An inspection led by HMI Probation

*May 2024*

## Key judgements

<b>Reducing offending</b>\t★☆☆☆
<b>Keeping other people safe</b>\t★★☆☆
<b>Keeping the child safe</b>\t★★★☆

# Summary

## Reducing offending

*Overall work to reduce offending was poor.* Plans were late.

## Keeping other people safe

*Overall, the work to keep other people safe was unsatisfactory.* Reviews were late.

## Keeping the child safe

*Overall the work to keep children safe was satisfactory.* Staff noticed harm early.

# Recommendations

Within a year:

## **The Chair of the Management Board should ensure that:**

- custody falls
- partners bring their figures

## **The Head of Service should ensure that:**

- plans are reviewed when life changes.

Names have been changed throughout.

# Theme 1: Reducing offending

## Case assessment score

In the cases we read, 41% of work to reduce offending was done well enough.

## Key Findings

1. Plans left out the reasons.
2. 74% of children were in school.

## Explanation of findings

1. Planning was late in most cases.

## Theme 2: Keeping people safe from harm by others

### Case assessment score

In the cases we read, 52% of this work was done well enough.

### Key findings

1. Harm was seen late.

# Theme 3: Keeping children safe

## Key findings

- Carers were heard.
- Health workers knew the children.
- Reviews happened on time.

# Appendix 1

Fieldwork for this inspection was undertaken in the weeks commencing:

4 March 2024 and 18 March 2024.

We looked at a sample of 22 cases.

# IMPROVEMENT PLAN

RECOMMENDATIONS\tACTIONS\tLEAD\tPROGRESS
Leadership\ta\tOne Management Board\tBoard chair\t<ul><li>First meeting held July 2024</li><li>Meetings every other month</li></ul>
\tb\tPrepare for inspectors\tHead of service\t<ul><li>Mock inspection by the RPN</li></ul>
"""


@pytest.fixture
def read(tmp_path: Path):
    def reading(text: str) -> InspectionReading:
        path = tmp_path / "report.md"
        path.write_text(text, encoding="utf-8")
        return read_inspection(read_document(path))

    return reading


def changed(*pairs: tuple[str, str]) -> str:
    text = REPORT
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def kinds(reading: InspectionReading) -> list[str]:
    return [doubt.kind for doubt in reading.doubts]


def test_a_report_that_agrees_with_itself_is_read_whole_and_without_a_doubt(read) -> None:
    assert read(REPORT).as_dict() == {
        "area": "Northmere",
        "body": "HMI Probation",
        "published": "2024-05",
        "cases": 22,
        "themes": [
            {
                "name": "Reducing offending",
                "stars": 1,
                "word": "poor",
                "score": 41,
                "findings": ["Plans left out the reasons.", "74% of children were in school."],
            },
            {
                "name": "Keeping other people safe",
                "stars": 2,
                "word": "unsatisfactory",
                "score": 52,
                "findings": ["Harm was seen late."],
            },
            {
                "name": "Keeping the child safe",
                "stars": 3,
                "word": "satisfactory",
                "score": None,
                "findings": [
                    "Carers were heard.",
                    "Health workers knew the children.",
                    "Reviews happened on time.",
                ],
            },
        ],
        "recommendations": [
            {"text": "custody falls", "addressee": "Chair of the Management Board"},
            {"text": "partners bring their figures", "addressee": "Chair of the Management Board"},
            {"text": "plans are reviewed when life changes.", "addressee": "Head of Service"},
        ],
        "doubts": [],
    }


def test_every_theme_finding_and_recommendation_says_where_it_stands(read) -> None:
    reading = read(REPORT)
    lines = REPORT.splitlines()
    for theme in reading.themes:
        assert theme.name in lines[theme.where.line - 1]
        assert all(finding.text in lines[finding.where.line - 1] for finding in theme.findings)
    assert all(each.text in lines[each.where.line - 1] for each in reading.recommendations)


# One fault each, and beside it what is like the fault but is none.
FAULTS = [
    ("one glyph too many", [("★★★☆", "★★★☆☆")], ["glyphs-contradict-scale"]),
    ("one glyph too few", [("★☆☆☆", "★☆☆")], ["glyphs-contradict-scale"]),
    ("five glyphs throughout", [("★☆☆☆", "★☆☆☆☆"), ("★★☆☆", "★★☆☆☆"), ("★★★☆", "★★★☆☆")], []),
    ("two stars called poor", [("★★☆☆", "★☆☆☆ "), ("unsatisfactory", "unsatisfactory")], ["word-contradicts-stars"]),
    ("the committee was told another word", [("judged to be poor", "judged to be good")], ["judgement-differs"]),
    (
        "the committee was told of one part",
        [("work to reduce offending was judged to be poor", "school attendance was good")],
        [],
    ),
    ("not good enough is not good", [("judged to be poor", "not good enough")], []),
    ("fieldwork on a day in neither week", [("on\n4 March", "on\n12 March")], ["fieldwork-dates-differ"]),
    ("fieldwork on a day of the second week", [("on\n4 March", "on\n20 March")], []),
    ("fieldwork in a run of days that overlaps", [("on\n4 March 2024", "from\n1 to 8 March 2024")], []),
    (
        "so many weeks of fieldwork are not weeks beginning",
        [("on\n4 March 2024", "on\n29 February 2024, with two weeks of fieldwork")],
        ["fieldwork-dates-differ"],
    ),
    (
        "fieldwork in a run of days before",
        [("on\n4 March 2024", "from\n19 to 23 February 2024")],
        ["fieldwork-dates-differ"],
    ),
    (
        "an earlier inspection",
        [("The joint inspection was", "The previous inspection was"), ("on\n4 March", "on\n4 May")],
        [],
    ),
    (
        "an inspection still to come",
        [("inspection was undertaken on\n4 March", "inspection will be undertaken on\n4 May")],
        [],
    ),
    ("a mock inspection by two bodies", [("by the RPN", "by HMIP")], ["mock-inspection-by-differs"]),
    ("one body by its name and its initials", [("by the RPN", "by Regional Peer Network")], []),
    (
        "a body named before what it does",
        [("Mock inspection by the RPN", "HMIP to lead the mock inspection")],
        ["mock-inspection-by-differs"],
    ),
    ("two mock inspections in two months", [("Mock inspection by the RPN", "Mock inspection by HMIP, June 2025")], []),
    ("by a date is by nobody", [("by the RPN", "by the end of February 2025")], []),
    ("more meetings than there was room for", [("met twice", "met three times")], ["board-meetings-differ"]),
    ("more meetings, in figures", [("has met twice", "has held 4 meetings")], ["board-meetings-differ"]),
    (
        "as many meetings, met monthly",
        [("met twice", "met on four occasions"), ("every other month", "every month")],
        [],
    ),
    (
        "another board met often",
        [("Management Board now oversees the service; it", "board, the Improvement Board,")],
        [],
    ),
    (
        "another board met too often",
        [
            (
                "single Management Board now oversees the service; it has met twice",
                "separate Improvement Board has met six times",
            )
        ],
        [],
    ),
    ("no cadence, no contradiction", [("met twice", "met six times"), ("<li>Meetings every other month</li>", "")], []),
]


@pytest.mark.parametrize(("pairs", "expected"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS])
def test_a_contradiction_is_a_doubt_and_what_only_looks_like_one_is_not(read, pairs, expected) -> None:
    assert kinds(read(changed(*pairs))) == expected


def test_a_doubt_names_both_places_and_points_at_one(read) -> None:
    text = changed(("on\n4 March", "on\n12 March"))
    doubt = read(text).doubts[0]
    assert doubt.message == (
        "The inspection was made on 12 March 2024 (line 5), "
        "but also in the weeks beginning 4 March 2024 and 18 March 2024 (line 92)."
    )
    assert doubt.as_dict()["where"] == {"line": 92}
    assert doubt.also.line == 5


WORDS_ONLY = """\
# An inspection of youth justice services in Fenwold and Marsh

**Published: September 2023**

## Our ratings

| Standard | Rating | Score |
|---|---|---|
| Overall rating | Requires improvement | |
| Governance and leadership | Inadequate | |
| Assessing | Requires improvement | 58 per cent |
| Out-of-court work | Good | |

## Recommendations

**The Fenwold and Marsh Youth Justice Partnership should:**

1. know its own figures
2. give every child a health check

3. The Director of Children's Services should make sure that every child has a school place.

## Out-of-court work

### Key findings

Decisions are quick.

Children are asked what they think.

In total we examined 31 cases; overall, 72 per cent of out-of-court work was done well enough.
"""


def test_ratings_in_words_scores_in_words_and_recommendations_in_numbers(read) -> None:
    reading = read(WORDS_ONLY)
    assert (reading.area, reading.published, reading.cases) == ("Fenwold and Marsh", "2023-09", 31)
    assert [(t.name, t.stars, t.word, t.score) for t in reading.themes] == [
        ("Governance and leadership", None, "inadequate", None),
        ("Assessing", None, "requires improvement", 58),
        ("Out-of-court work", None, "good", 72),
    ]
    assert [finding.text for finding in reading.themes[2].findings][:2] == [
        "Decisions are quick.",
        "Children are asked what they think.",
    ]
    assert [(each.addressee, each.text) for each in reading.recommendations] == [
        ("Fenwold and Marsh Youth Justice Partnership", "know its own figures"),
        ("Fenwold and Marsh Youth Justice Partnership", "give every child a health check"),
        ("Director of Children's Services", "every child has a school place."),
    ]
    assert reading.doubts == ()


@pytest.mark.parametrize(
    ("sentence", "month", "day"),
    [
        ("The inspection report was published on 17 June 2024.", "2024-06", date(2024, 6, 17)),
        ("The report was published in June 2024.", "2024-06", None),
        ("The peer review report was published in June 2024.", "2024-05", None),
        ("The most recent published data, of June 2024, are better.", "2024-05", None),
    ],
)
def test_publication_is_the_reports_own(read, sentence, month, day) -> None:
    reading = read(changed(("A single Management", f"{sentence} A single Management")))
    assert (reading.published, reading.published_on) == (month, day)


def test_judgements_typed_without_a_table(read) -> None:
    reading = read("# Inspection of youth justice work in Northmere\n\n## Key judgements\n\nReducing offending: ★★☆☆\n\n"
                   "Keeping the child safe ★☆☆☆\n")  # fmt: skip
    assert [(theme.name, theme.stars) for theme in reading.themes] == [
        ("Reducing offending", 2),
        ("Keeping the child safe", 1),
    ]


def test_headings_set_only_in_bold_or_in_plain_words(read) -> None:
    reading = read(
        "Reducing offending\t★☆☆☆\nKeeping the child safe\t★★☆☆\n\n"
        "**Theme 1: Reducing offending**\n\nKey findings\n\n1. Plans were late.\n\n"
        "**Theme 2: Something else altogether**\n\nKey findings\n\n1. Carers were heard.\n"
    )
    assert [[finding.text for finding in theme.findings] for theme in reading.themes] == [
        ["Plans were late."],
        ["Carers were heard."],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# A paper about bins\n\nBins are emptied weekly.\n",
        "# IMPROVEMENT PLAN\n\nRef\tAction\tLead\n1a\tWrite plans\tA team\n1b\tRead plans\tA team\n",
        "# Recommendations\n\nThe committee should:\n\n- note this paper\n",
        "Item\tRating\nTea\tnice\n",
        "x",
    ],
)
def test_a_document_that_judges_nothing_is_refused_in_one_sentence(read, text) -> None:
    with pytest.raises(NoInspection, match=r"^No inspection was found: .*\.$"):
        read(text)


@pytest.mark.parametrize(
    "phrase", ["inspection led by the report overall was ", "mock inspection by ", "inspection of a in ", "19 and "]
)
def test_a_sentence_without_an_end_does_not_hold_the_reader_up(read, phrase) -> None:
    started = time.process_time()
    read(REPORT + "\n" + phrase * (100_000 // len(phrase)))
    assert time.process_time() - started < 3


def test_lines_for_a_terminal_carry_each_judgement_and_each_doubt(read) -> None:
    lines = lines_of(read(changed(("★★★☆", "★★★☆☆"))))
    assert lines[0] == "Northmere, HMI Probation, 2024-05, 22 cases"
    assert "  Keeping other people safe: unsatisfactory, 2 of 4 stars, 52%, 1 finding" in lines
    assert any(line.startswith("  Keeping the child safe: satisfactory, 3 of 5 stars") for line in lines)
    assert any(line.startswith("  Head of Service: ") for line in lines)
    assert lines[-3] == "Doubts (1)"
    assert " ".join(line.strip() for line in lines[-2:]) == (
        "glyphs-contradict-scale: “Keeping the child safe” is drawn with 5 glyphs, 3 of them filled; the scale has 4."
    )
    assert max(map(len, lines)) <= 100


@pytest.fixture(scope="module")
def reading() -> InspectionReading:
    return read_inspection(read_document(SOURCE))


@pytest.mark.skipif(not SOURCE.exists(), reason="the public source document is not beside this copy of the project")
class TestOnThePublicSource:
    """Facts and figures only, checked by eye; its sentences are compared with the file itself."""

    def test_what_it_says_of_itself(self, reading) -> None:
        assert (reading.area, reading.body, reading.published, reading.cases) == (
            "Bromley",
            "HMI Probation",
            "2015-05",
            34,
        )

    def test_judgements(self, reading) -> None:
        assert [(t.stars, t.word, t.score, len(t.findings), t.where.line) for t in reading.themes] == [
            (1, "poor", 39, 5, 258),
            (1, "poor", 51, 5, 259),
            (2, "unsatisfactory", 55, 4, 260),
            (3, "satisfactory", 65, 3, 261),
            (1, "poor", None, 5, 262),
            (1, "poor", 43, 5, 263),
        ]

    def test_findings_and_recommendations_are_the_files_own_lines(self, reading) -> None:
        lines = SOURCE.read_text(encoding="utf-8").splitlines()
        findings = [finding for theme in reading.themes for finding in theme.findings]
        assert [f.where.line for f in findings] == [
            *range(347, 352), *range(411, 416), *range(450, 454), *range(500, 503), *range(583, 588), *range(659, 664),
        ]  # fmt: skip
        assert [r.where.line for r in reading.recommendations] == [*range(312, 320), *range(323, 328)]
        for each in [*findings, *reading.recommendations]:
            assert each.text == re.sub(r"^(?:\d\.|-) ", "", lines[each.where.line - 1]).strip()

    def test_addressees(self, reading) -> None:
        addressees = [each.addressee for each in reading.recommendations]
        assert [(name, addressees.count(name)) for name in dict.fromkeys(addressees)] == [
            ("Chair of the YOS Management Board", 8),
            ("Head of Youth Support", 5),
        ]

    def test_exactly_the_four_doubts(self, reading) -> None:
        assert [(d.kind, d.where.line, d.also and d.also.line) for d in reading.doubts] == [
            ("glyphs-contradict-scale", 261, None),
            ("fieldwork-dates-differ", 710, 167),
            ("mock-inspection-by-differs", 802, 206),
            ("board-meetings-differ", 792, 197),
        ]
