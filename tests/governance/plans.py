"""A small plan and inspection in our own words, as their readers give them, and accepted by a head of service."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.factories import service, staff
from waypost.access.models import Staff
from waypost.governance.improvement import reading_actions
from waypost.governance.improvement.models import Action, Plan

ACCEPTED = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
OUTCOME = "Children get help sooner."


def when(month: str | None = None, *, text: str | None = None, **more: Any) -> dict[str, Any]:
    return {"text": month or "" if text is None else text, "month": month, **more}


def action(ref: str, text: str, recommendation: int = 1, **given: Any) -> dict[str, Any]:
    base = {
        "ref": ref,
        "recommendation": recommendation,
        "letter": ref[-1],
        "text": text,
        "outcome": OUTCOME,
        "leads": [{"name": "Leila Haddad", "role": "Team manager", "kind": "person"}],
        "start": when("2025-11"),
        "finish": when("2026-06", ongoing=False),
        "review": when(None, cadence="monthly", text="Monthly"),
        "progress": ["Dates to be set"],
        "rag": None,
        "where": {"line": 10},
        "area": "Quality of work",
        "cells": [["Action", text], ["Lead", "Leila Haddad"]],
        "wheres": [{"line": 10}],
    }
    return base | given


def plan_record() -> dict[str, Any]:
    actions = [
        action("1a", "Check every plan before the family sees it"),
        action("1b", "Train all staff in writing plans", finish=when("2026-12", ongoing=False)),
        action(
            "2a", "Share police intelligence before each risk panel", 2, finish=when(None, text="Ongoing", ongoing=True)
        ),
        action("2b", "Agree the protocol with the health trust", 2, finish=when("2025-01", ongoing=False), leads=[]),
    ]
    return {
        "source": {"name": "plan.md", "sha256": "0" * 64, "kind": "markdown"},
        "areas": [{"name": "Quality of work", "recommendations": [1]}, {"name": "Partners", "recommendations": [2]}],
        "recommendations": [
            {"number": 1, "area": "Quality of work", "text": "Plans are good enough to follow"},
            {"number": 2, "area": "Partners", "text": "What partners know is asked for"},
        ],
        "actions": actions,
        "doubts": [
            {
                "kind": "finish-before-start",
                "ref": "2b",
                "message": "2b finishes in January 2025, before it starts in November 2025.",
                "where": {"line": 13},
                "other": None,
            },
            {"kind": "no-lead", "ref": "2b", "message": "2b has no lead.", "where": {"line": 13}, "other": None},
        ],
        "rows": [
            {"kind": "action", "where": {"line": 10 + n}, "ref": a["ref"], "text": a["text"]}
            for n, a in enumerate(actions)
        ],
        "published": "2025-06",
        "as_at": "2025-11",
        "passed_over": [],
        "not_read": [],
    }


def inspection_record() -> dict[str, Any]:
    return {
        "area": "Alder Vale",
        "body": "The inspectorate",
        "published": "2025-06",
        "cases": 34,
        "themes": [
            {
                "name": "Reducing reoffending",
                "stars": 1,
                "word": "poor",
                "score": 39,
                "findings": ["Plans were not checked and families had not seen them.", "Reports for court were good."],
                "wheres": [{"line": 3}, {"line": 4}],
            },
            {"name": "Governance", "stars": 1, "word": "poor", "score": None, "findings": [], "wheres": []},
        ],
        "recommendations": [
            {
                "text": "intelligence from the police is shared before risk panels",
                "addressee": "The chair of the board",
                "where": {"line": 5},
            },
            {
                "text": "the choice of college courses is widened",
                "addressee": "The head of service",
                "where": {"line": 6},
            },
        ],
        "doubts": [],
    }


def head() -> Staff:
    service()
    return staff("head_of_service", name="Imogen Fenwick")


def read(
    by: Staff,
    plan: dict[str, Any] | None = None,
    inspection: dict[str, Any] | None = None,
    data: bytes = b"the document",
):
    return reading_actions.keep_reading(
        "plan.md",
        data,
        content_type="text/markdown",
        plan=plan or plan_record(),
        inspection=inspection or inspection_record(),
        by=by,
        at=ACCEPTED,
    )


def accepted(by: Staff, **given: Any) -> Plan:
    plan = reading_actions.accept(read(by, **given), by=by, at=ACCEPTED)
    assert plan is not None
    return plan


def the(plan: Plan, ref: str) -> Action:
    return plan.actions.get(ref=ref)
