"""A committee report on an improvement plan, in the project's own words: four areas, seven recommendations, 48 actions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from waypost.files.reports.front_sheet import Exempt, FrontSheet, Section
from waypost.files.reports.model import Column, Fact, Facts, Group, Heading, Kind, Note, Paragraph, Report, Row, Table
from waypost.files.reports.values import (
    Bullets,
    Lines,
    Mark,
    Month,
    NotShown,
    OwnWords,
    Shape,
    Stars,
    Status,
    Strong,
    Value,
)
from waypost.kernel.rates import Rate

TODAY = date(2026, 5, 12)

PLAN = (
    (
        "Leadership and partners",
        (
            (
                "The board holds every partner to account",
                (
                    "Write down what each partner brings, in people and money",
                    "Give the board one page of figures a month, with the fraction behind each",
                    "Invite a magistrate to sit on the board",
                    "Agree each partner's share of the budget for the year to come",
                    "Send minutes to every team within five working days",
                    "Name a deputy for each member who may commit money",
                ),
            ),
            (
                "What partners know is asked for and used",
                (
                    "Ask the police for what they hold before each risk panel",
                    "Sign the agreement on sharing health information",
                    "Place a nurse with the team for two days a week",
                    "List who may ask whom for what, on one sheet",
                    "Test ten cases a quarter for what was asked and what came back",
                    "Give the probation officer a desk and an account",
                    "Report to the board which requests went unanswered",
                ),
            ),
        ),
    ),
    (
        "Quality of work",
        (
            (
                "Every assessment is whole, reviewed on time and acted on",
                (
                    "Agree with children's services whose assessment leads when a child has both",
                    "Read every new assessment with its writer within ten days",
                    "Check every new plan before the family sees it",
                    "Show each worker their own reviews that fall due this month",
                    "Run a course on writing plans for all staff",
                    "Collect twelve assessments that show what good looks like",
                    "Let a second reader mark one in five",
                    "Ask leavers to hand over in person",
                ),
            ),
            (
                "Work to keep people safe is planned and happens",
                (
                    "Hold a risk panel every fortnight with minutes the same day",
                    "Write down for each child who does what if things get worse",
                    "Ask victims what would make them feel safe",
                    "Join the two safety forms into one",
                    "Train managers to challenge a plan that only lists appointments",
                    "Bring missing episodes to the panel within three days",
                    "Review each plan after any new harm, whoever was hurt",
                    "Check twenty closed cases for what was left undone",
                ),
            ),
            (
                "Court gets what it needs and orders are served",
                (
                    "Write court reports a child can follow",
                    "Offer a bail package in every case where custody is likely",
                    "Tell the court what happened under the last order",
                    "Follow up each missed appointment within a day",
                    "Set aside Thursday evenings for those in work or training",
                    "Agree with the bench how it wants breaches put",
                    "Count how many orders end early for good progress",
                ),
            ),
        ),
    ),
    (
        "Children in care",
        (
            (
                "Fewer children in care are drawn into the courts",
                (
                    "Write a protocol with homes and police on when to call",
                    "Tell the social worker before a child in care is in court",
                    "Meet each home's manager twice a year",
                    "Train foster carers in restorative talks",
                    "Ask for the reason each time a home calls the police",
                    "Find who speaks for children placed far away",
                    "Share one plan between the social worker and the case manager",
                    "Report the rate to the corporate parenting panel",
                ),
            ),
        ),
    ),
    (
        "Children's voice",
        (
            (
                "What children say changes what is done",
                (
                    "Open every review with what the child said last time",
                    "Ask each child at the end what helped and what did not",
                    "Publish twice a year what changed because of it",
                    "Pay two young people to read our letters before they go out",
                ),
            ),
        ),
    ),
)

LEADS: tuple[Value, ...] = (
    Lines((Strong("Head of service"), "Children's services")),
    "Team manager, north",
    Lines((Strong("Board chair"), "Chief officer, health trust")),
    "Ŵyn ap Siôn, Heddlu",
    Lines((Strong("ليلى حداد"), "Court team")),
)
STATUSES = (
    Status(Shape.OVERDUE, "Overdue", "42 days past its date, and no note for 71 days."),
    Status(Shape.RISK, "At risk", "Finishes in 18 days and has no evidence yet."),
    Status(Shape.TRACK, "On track", "Started in March; last note four days ago."),
    Status(Shape.NEW, "Not started", "Starts in June 2026."),
    Status(Shape.DONE, "Done", "Marked done on 27 March 2026."),
    Status(Shape.TRACK, "On track", "No finish is given; reviewed monthly, last on 8 May."),
    Status(Shape.EMBEDDED, "Embedded", "Done in January; the measure met its target at two readings."),
    Status(Shape.DOUBT, "Dates in doubt", "The plan gives a finish before its start."),
)
NOTES: tuple[Value, ...] = (
    Bullets(("Draft read by both services in February.", "Second meeting put off twice; new date 21 May.")),
    None,
    Bullets(("27 of 27 new plans checked in April, ten sent back.",)),
    "Agreed at the team meeting; first check on Monday.",
    Bullets(
        ("Nineteen of nineteen went.", "Two asked for more on safety outside the home.", "Next course in October.")
    ),
)
COLUMNS = (
    Column("Action", 6.5),
    Column("Status", 5.0, Kind.STATUS),
    Column("Lead", 3.4),
    Column("Start", 2.6, Kind.DATE),
    Column("Due", 2.6, Kind.DATE),
    Column("Progress", 5.6),
)


def plan_rows() -> Iterator[Row | Group]:
    number = action = 0
    for area, recommendations in PLAN:
        yield Group(1, area)
        for recommendation, actions in recommendations:
            number += 1
            yield Group(2, f"{number}. {recommendation}")
            for letter, text in zip("abcdefgh", actions, strict=False):
                yield _row(f"{number}{letter}", text, action)
                action += 1


def _row(ref: str, text: str, n: int) -> Row:
    due: Value = date(2026, 1, 31) + timedelta(days=17 * n) if n % 3 else Month(2026, 1 + n % 12)
    status = STATUSES[n % len(STATUSES)]
    start = Month(2025, 1 + n % 12)
    return Row((f"{ref} {text}", status, LEADS[n % len(LEADS)], start, "Ongoing" if n % 7 == 6 else due, NOTES[n % 5]))


def plan_table() -> Table:
    return Table("Actions by area and recommendation", COLUMNS, tuple(plan_rows()), groups=("Area", "Recommendation"))


def judgements() -> Table:
    rows = (
        Row(("Reducing offending", Stars(1, 4, "Poor"), Rate(138, 314), "44% is under 52%.")),
        Row(("Protecting the public", Stars(1, 4, "Poor"), Rate(121, 236), "Two more of 236 would reach the next.")),
        Row(("Governance", Stars(2, 4, "Unsatisfactory"), NotShown(Mark.NOT_AVAILABLE, "judged on evidence"), None)),
        Row(("The sentence is served", Stars(3, 4, "Satisfactory"), Rate(196, 279), "28 more would reach good.")),
    )
    columns = (
        Column("Theme", 4.0),
        Column("Judgement", 3.5),
        Column("Done well enough", 3.5, Kind.RATE),
        Column("What would change it", 5.0),
    )
    return Table("Judgements, weakest first", columns, rows)


def front_sheet() -> FrontSheet:
    return FrontSheet(
        report_to="Children's scrutiny committee",
        meets_on=date(2026, 5, 21),
        title="The improvement plan after the joint inspection, and how far it has come",
        decision="For comment; no decision is asked for",
        contact=("Head of service", "youth.justice@aldervale.example", "01632 960 001"),
        chief_officer="Director of children's services",
        wards="All",
        reason=(
            "The inspectorate judged four themes of six to be poor. This report gives the plan that answers it, as it "
            "stands on 12 May 2026, with every action, who leads it and whether it is late.",
            "The plan is read from the service's own records on the day; nothing in it was typed for this report.",
        ),
        recommendations=(
            "Members are asked to comment on the six actions that are overdue.",
            "Members are asked to note that two of the inspection's thirteen recommendations have no action.",
        ),
        sections=(
            Section("Financial implications", ("The nurse's two days are paid by the health trust until March 2027.",)),
            Section("Legal implications", ("The inspectorate may inspect again within twelve months.",)),
        ),
        not_applicable=("Policy implications", "Personnel implications", "Ward councillors' views"),
        exempt=(
            Exempt("appendix C, three children's accounts", "They could be recognised (Schedule 12A, paragraph 1)."),
        ),
        background=("The inspection report, June 2025", "Minutes of the board, 17 April 2026"),
    )


def committee_report() -> Report:
    return Report(
        title="Improvement plan",
        subtitle="After the joint inspection of June 2025",
        author="Alder Vale Youth Justice Service",
        made_on=TODAY,
        marking="Demonstration",
        blocks=(
            *front_sheet().blocks(),
            Heading(1, "What the inspection found"),
            Paragraph(
                "Six themes were judged. A share keeps its fraction; where there is none, the reason stands there."
            ),
            judgements(),
            OwnWords("They never asked me twice, so I thought nobody wanted to know.", "A child, survey of March 2026"),
            Heading(1, "The plan, action by action"),
            plan_table(),
            Heading(1, "How a status is worked out"),
            Paragraph(
                "From dates, dated notes and evidence, by one rule, as of the day this was made. The first that fits holds:"
            ),
            Bullets(tuple(f"{status.word}: {status.why}" for status in STATUSES[:4])),
            Facts((Fact("Actions", 48), Fact("Overdue", STATUSES[0]), Fact("Answered", Rate(11, 13)))),
            Note("Dates given as a month run from its first day to its last."),
        ),
    )
