"""The columns of facts on the child's page: a term, what is said of it, and the statement it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from waypost.kernel.lists import load
from waypost.kernel.school_age import compulsory_from, compulsory_until
from waypost.kernel.words import day, listed
from waypost.people.record.fields import ASKED, asked_of
from waypost.people.record.panels import Known, Record
from waypost.ui.words import coded

KEPT = "placement_address"  # the disclosure class of an address that is kept from somebody
SPOKEN = ("mobile", "phone", "work_phone")  # ways by which a telephone can ring them
PARTICULARS = ("pronouns", "gender", "sex", "ethnicity", "nationality", "immigration", "religion")


@dataclass(frozen=True, slots=True)
class Fact:
    """`form` is the key of the form that corrects it; `folded` words are shown only when asked for."""

    term: str
    words: str
    pk: UUID | None = None
    form: str = ""
    quiet: str = ""
    folded: str = ""
    href: str = ""  # of a page of its own, where no form corrects it


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody. What is not safe has no value to ring."""

    value: str
    method: str
    pk: UUID
    note: str = ""
    rings: str = ""  # for a link that rings


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to call."""

    who: str  # mother, case manager
    name: str
    note: str = ""
    ways: list[Way] = field(default_factory=list)
    unsafe: list[Way] = field(default_factory=list)
    form: str = ""
    pk: UUID | None = None
    person: UUID | None = None


def _fact(term: str, words: str, one: Any, quiet: str = "", folded: str = "") -> Fact:
    until = f"until {day(one.until)}" if one.until else ""
    quiet = ", ".join(part for part in (quiet, until) if part)
    return Fact(term, words, one.pk, asked_of(one).key, quiet, folded)


def care(record: Record, on: date) -> list[Fact]:
    found = []
    for one in record.now("care", on):
        since = f"since {day(one.since)}" if one.since else ""
        found.append(_fact("Care", coded("care_bases", one.care_basis), one, quiet=since))
        who = [("Responsible", one.responsible), ("Placed by", one.placing), ("In the area of", one.host)]
        found += [Fact(term, words) for term, words in who if words]
    for one in record.now("placement", on):
        away = f"{one.miles.normalize():f} miles from home" if one.miles is not None else ""
        where = [
            part for part in (str(one.provider or ""), away, f"in {one.authority}" if one.authority else "") if part
        ]
        kind, since = coded("placement_types", one.kind), f"since {day(one.since)}"
        if one.disclosure == KEPT:
            found.append(
                _fact("Placement", kind, one, quiet=f"{since}; where is kept from somebody", folded=", ".join(where))
            )
        else:
            found.append(_fact("Placement", ", ".join([kind, *where]), one, quiet=since))
    return found or [Fact("Care", "Nothing is recorded: not looked after, as far as is known")] * (
        "care" in record.reach.reads
    )


def home(record: Record, on: date) -> list[Fact]:
    found = []
    for one in record.now("address", on):
        where = ", ".join(part for part in (*one.lines.splitlines(), one.postcode) if part.strip())
        kind = coded("accommodation_types", one.accommodation).lower()
        quiet = f"{kind}; {coded('suitability', one.suitability).lower()}"
        if one.disclosure == KEPT:
            found.append(_fact("Address", "Kept from somebody", one, quiet=quiet, folded=where))
        else:
            found.append(_fact("Address", where, one, quiet=quiet))
    others = _household(record, on)
    return found + ([Fact("Household", listed(others))] if others else [])


def _household(record: Record, on: date) -> list[str]:
    """The carers first."""
    living = [one for one in record.now("relation", on) if one.household]
    return [_lives_with(record, one, on) for one in sorted(living, key=lambda one: (not one.carer, one.at))]


def _lives_with(record: Record, one: Any, on: date) -> str:
    known = record.others.get(one.other_id) or Known(one.other_id)
    age = known.age(on)
    what = coded("relations", one.relation).lower()
    return f"{known.name} ({what}, {age})" if age is not None and age < 18 else f"{known.name} ({what})"


def lives(record: Record, on: date) -> str:
    """For the line under the name, which never has an address."""
    placed = record.now("placement", on)
    if placed:
        return f"Placed: {coded('placement_types', placed[0].kind).lower()}"
    others = _household(record, on)
    return f"Lives with {listed(others)}" if others else ""


def education(record: Record, on: date) -> list[Fact]:
    found = []
    for one in record.now("education", on):
        where = f"{coded('education_settings', one.setting)}{f', {one.provider}' if one.provider else ''}"
        found.append(_fact("Education", where, one, quiet=f"since {day(one.since)}" if one.since else ""))
        if one.hours_offered == 0:
            found.append(Fact("Hours a week", "None offered"))
        elif one.hours_offered is not None:
            attended = (
                "attended not known" if one.hours_attended is None else f"{one.hours_attended.normalize():f} attended"
            )
            found.append(Fact("Hours a week", f"{attended} of {one.hours_offered.normalize():f} offered"))
        if one.special_needs_plan:
            found.append(Fact("Special needs", "There is a statutory plan"))
        found += [Fact("What it is like", one.words)] * bool(one.words)
    for one in record.now("exclusion", on):
        when = f"since {day(one.since)}" if one.since else ""
        found.append(_fact("Exclusion", coded("exclusion_kinds", one.kind), one, quiet=when))
    if "education" in record.reach.reads and record.born:
        found.append(_school_age(record.born.born, on))
    return found


def _school_age(born: date, on: date) -> Fact:
    first, last = compulsory_from(born), compulsory_until(born)
    if on > last:
        words = f"No longer since {day(last)}"
    else:
        words = f"Until {day(last)}" if on >= first else f"From {day(first)}"
    return Fact("Compulsory school age", words)


def who(record: Record, on: date) -> list[Fact]:
    """Names and particulars, in the child's own words where they gave any."""
    found = [
        _fact(coded("name_kinds", one.kind).partition(":")[0], str(one), one)
        for one in record.said["name"]
        if one.kind != "removed"
    ]
    if record.born:
        estimated = "an estimate" if record.born.estimated else ""
        found.append(_fact("Born", day(record.born.born), record.born, quiet=estimated))
    for which in PARTICULARS:
        if one := record.particular(which):
            answer = coded(list_of(which), one.code) if one.code else ""
            found.append(_fact(ASKED[which].name, one.words or answer, one, quiet=answer if one.words else ""))
    for one in record.now("language", on):
        notes = [
            note for note, is_so in (("first language", one.first), ("interpreter needed", one.interpreter)) if is_so
        ]
        found.append(_fact("Language", coded("languages", one.language), one, quiet=", ".join(notes)))
    found += [_fact(coded("identifier_schemes", one.scheme), one.value, one) for one in record.said["identifier"]]
    return found


def list_of(which: str) -> str:
    return str(getattr(ASKED[which].fields["code"], "name", ""))


def calls(record: Record, on: date) -> Iterator[Call]:
    """Who holds the child, who else works with them, then the family; then the child."""
    yield from _our_own(record)
    for one in record.now("works_with", on):
        who = one.professional
        note = ", ".join(part for part in (str(who.organisation), one.words) if part)
        number = who.telephone or who.organisation.telephone
        ways = [Way(number, "", who.pk, rings=number.replace(" ", ""))] if number else []
        ways += [Way(who.email, "", who.pk)] if who.email else []
        yield Call(one.role or who.job_title, who.name, note, ways, form="works_with", pk=one.pk)
    for one in record.carers(on):
        known = record.others.get(one.other_id) or Known(one.other_id)
        note = "has parental responsibility" if one.parental_responsibility else ""
        what = coded("relations", one.relation)
        yield _reached(what, known.name, note, known.contacts, form="relation", pk=one.pk, person=one.other_id)
    if mine := record.now("contact", on):
        yield _reached("The child", record.name, "", mine)


def _our_own(record: Record) -> Iterator[Call]:
    holds = record.held_by
    if holds is not None:
        yield Call("Case manager", holds.staff.name, f"since {day(holds.since.date())}")
    for one in record.working:
        if one.basis == one.Basis.ALLOCATED:
            if holds is None:
                yield Call("Entered by", one.staff.name, "not allocated yet")
        else:
            until = f"until {day(one.until.date())}" if one.until else ""
            yield Call(one.staff.job_title or one.get_basis_display(), one.staff.name, until)


def _reached(who: str, name: str, note: str, contacts: list[Any], **more: Any) -> Call:
    call = Call(who, name, note, **more)
    for one in contacts:
        method, safe = coded("contact_methods", one.method).lower(), load("safe_to_contact")
        code = next((code for code in safe if code.key == one.safe), None)
        if code is None or code.flag("blocks"):
            call.unsafe.append(Way("", method, one.pk, one.words))
            continue
        asks = "" if not code.flag("asks_first") else f"{code.words}: " if one.words else f"{code.words}. "
        rings = one.value.replace(" ", "") if one.method in SPOKEN else ""
        call.ways.append(Way(one.value, method, one.pk, f"{asks}{one.words}".strip(), rings))
    return call
