"""The one page of a plan for the child: what may be told, by whom they are helped, whom they ring."""

from __future__ import annotations

from datetime import date

from waypost.access.models import Access
from waypost.casework.letters import panels as letters
from waypost.casework.letters import rules as letter_rules
from waypost.casework.letters.paper import Sender
from waypost.casework.plans import rules
from waypost.casework.plans.models import Agreed, Undertaking
from waypost.casework.plans.one_page import Aimed, ForTheChild, Helps, told
from waypost.casework.plans.panels import Shown, by_whom
from waypost.casework.plans.readable import Reads, reads
from waypost.people.record import panels as record_panels


def page_of(shown: Shown, *, sender: Sender, language: str, on: date, worker: str) -> ForTheChild:
    """Objectives that go on, in the order in which the work is done."""
    child = shown.agreed.get(Agreed.Who.CHILD)
    return ForTheChild(
        name=record_panels.name_of(shown.child.person),
        aims=[
            Aimed(
                part=one.of.part,
                words=one.of.words,
                own=one.of.own_words,
                known=one.of.how_we_know,
                by=one.of.by_day,
                helps=tuple(_helps(each) for each in one.does),
            )
            for one in shown.aims
            if not one.ended
        ],
        agreed=shown.state == rules.LOCKED and child is not None and child.day is not None,
        worker=worker,
        telephone=sender.telephone,
        service=sender.service,
        made_on=on,
        language=language,
        marking=sender.marking,
    )


def _helps(one: Undertaking) -> Helps:
    """The page calls the child ‘me’ and a carer nobody has named ‘a carer’, in its own language."""
    plain = one.who in (Undertaking.Who.CHILD, Undertaking.Who.CARER) and not one.name
    return Helps(one.who if plain else by_whom(one), one.what)


def why_not_give(page: ForTheChild, shown: Shown) -> str | None:
    """It is carried home: an address that is kept from somebody is not on it."""
    kept = letters.known(shown.child, page.made_on).kept
    said = "\n".join((told(page), *(one.own for one in page.aims)))
    return letter_rules.why_not_tell(said, kept=kept, own=False)


def reads_of(shown: Shown, language: str = "english") -> Reads:
    """How hard what is typed reads, of the objectives that go on; not what the child said."""
    said = [one.of.words for one in shown.aims if not one.ended] + [
        text for one in shown.aims if not one.ended for text in (one.of.how_we_know, *(each.what for each in one.does))
    ]
    return reads("\n".join(said), language)


def holder_of(shown: Shown, access: list[Access]) -> str:
    """Whoever holds the child; else whoever signed the plan."""
    held = next((one.staff.name for one in access if one.basis == Access.Basis.ALLOCATED), "")
    signed = shown.plan.signed_by.name if shown.plan.signed_by else shown.plan.by.name
    return held or signed
