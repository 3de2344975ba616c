"""Whether somebody may be written to: a table that a practitioner could check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from waypost.casework.letters import rules
from waypost.casework.letters.definitions import load
from waypost.casework.letters.rules import About, Way
from waypost.kernel.lists import load as load_list

MOBILE, HOME = Way("mobile", "safe"), Way("address", "safe")
ASKED = "She said: text on weekdays."


@pytest.mark.parametrize(
    ("channel", "way", "agreed", "says"),
    [
        # a way that is safe
        ("text", MOBILE, "", None),
        ("text", Way("text", "safe"), "", None),
        ("letter", HOME, "", None),
        ("letter", Way("post", "safe"), "", None),
        ("email", Way("email", "safe"), "", None),
        # nothing recorded
        ("text", None, "", "No way to text them is recorded. Add one"),
        ("letter", None, ASKED, "No way to write to them is recorded. Add one"),
        # another way than the one that was chosen
        ("text", Way("phone", "safe"), "", "This is no way to text them"),
        ("letter", MOBILE, "", "This is no way to write to them"),
        ("email", HOME, "", "This is no way to e-mail them"),
        # not safe: whatever anybody says was agreed
        ("text", Way("mobile", "not_safe", "He reads it."), "", "It is not safe to text them there (‘He reads it’)"),
        ("text", Way("mobile", "not_safe", "He reads it."), ASKED, "Use another way that is safe"),
        ("letter", Way("address", "not_safe"), ASKED, "It is not safe to write to them there"),
        ("email", Way("email", "withdrawn_key"), ASKED, "It is not safe to e-mail them there"),
        ("email", Way("email", ""), ASKED, "It is not safe to e-mail them there"),
        # only as the person said: say how it keeps to that
        (
            "text",
            Way("mobile", "only_as_said", "Text first; nights."),
            "",
            "how this way is safe (‘Text first; nights’)",
        ),
        ("text", Way("mobile", "only_as_said", "Text first; nights."), "  ok ", "Say how you keep to that"),
        ("text", Way("mobile", "only_as_said", "Text first; nights."), ASKED, None),
        # not asked yet: ask first
        ("text", Way("mobile", "not_asked"), "", "Nobody has asked whether this way is safe. Ask them"),
        ("text", Way("mobile", "not_asked"), ASKED, None),
        ("letter", Way("address", "not_asked"), "", "Nobody has asked whether this way is safe"),
        # an address that is kept from somebody
        ("letter", Way("address", "safe", kept=True, own=True), "", None),
        ("letter", Way("address", "safe", kept=True, own=False), ASKED, "stands on no letter but to whom it belongs"),
    ],
)
def test_who_may_be_written_to(channel: str, way: Way | None, agreed: str, says: str | None) -> None:
    reason = rules.why_not_write(channel, way, agreed=agreed)
    assert reason is None if says is None else says in (reason or "")


def test_every_value_of_the_list_is_obeyed() -> None:
    for code in load_list("safe_to_contact"):
        way = Way("mobile", code.key, "In the week.")
        assert (rules.why_not_write("text", way, agreed="") is None) == (code.key == "safe"), code.key
        assert (rules.why_not_write("text", way, agreed=ASKED) is None) == (not code.flag("blocks")), code.key


@pytest.mark.parametrize(
    ("safes", "holds"),
    [
        ((), "not_asked"),
        (("safe",), "safe"),
        (("safe", "not_safe"), "not_safe"),
        (("only_as_said", "safe"), "only_as_said"),
        (("safe", "not_asked", "not_safe", "safe"), "not_safe"),
        (("safe", "withdrawn_key"), "withdrawn_key"),
    ],
)
def test_of_what_is_said_of_one_way_the_strictest_holds(safes: tuple[str, ...], holds: str) -> None:
    assert rules.strictest(safes) == holds
    assert rules.strictest(reversed(safes)) == holds


@pytest.mark.parametrize(
    ("channel", "words", "says"),
    [
        ("letter", "Hello.", None),
        ("letter", " ", "Write what it is to say"),
        ("letter", "Hello [name].", "Fill in [name] or take it out"),
        ("letter", "Ring [telephone of the service].", "Fill in [telephone of the service]"),
        ("text", "x" * 320, None),
        ("text", "x" * 321, "at most, and this has 321"),
        ("letter", "x" * 321, None),
        ("email", "x" * 6001, "6,001 letters long"),
    ],
)
def test_which_words_can_be_sent(channel: str, words: str, says: str | None) -> None:
    reason = rules.why_not_words(channel, words)
    assert reason is None if says is None else says in (reason or "")


@pytest.mark.parametrize(
    ("words", "own", "told"),
    [
        ("You meet at 11 Fen Lane.", False, True),
        ("You meet at 11  FEN-LANE", False, True),
        ("Come to zz82fl", False, True),
        ("Brook House, as always", False, True),
        ("You meet at the office.", False, False),
        ("You meet at 11 Fen Lane.", True, False),
    ],
)
def test_a_kept_address_is_told_to_nobody_else(words: str, own: bool, told: bool) -> None:
    kept = ("11 Fen Lane", "ZZ8 2FL", "Brook House")
    assert (rules.why_not_tell(words, kept=kept, own=own) is not None) == told


TODAY = date(2026, 11, 30)
YESTERDAY, TOMORROW = date(2026, 11, 29), date(2026, 12, 1)
WARNED = About("decision", TODAY, "", "youth_rehabilitation", "warn")


@pytest.mark.parametrize(
    ("letter", "about", "says"),
    [
        ("appointment", About("contact", TOMORROW), None),
        ("appointment", About("contact", TODAY), None),
        ("appointment", About("contact", YESTERDAY), "Its day has gone by"),
        ("appointment", About("contact", TODAY, "missed"), "Its day has gone by"),
        ("appointment", About("hearing", TOMORROW), "Choose which contact"),
        ("appointment", None, "Choose which contact"),
        ("missed_appointment", About("contact", YESTERDAY, "missed"), None),
        ("missed_appointment", About("contact", YESTERDAY, "missed", "none"), None),
        ("missed_appointment", About("contact", TOMORROW), "did not miss this contact"),
        ("court_date", About("hearing", TOMORROW), None),
        ("court_date", About("hearing", YESTERDAY), "Its day has gone by"),
        ("court_date", None, "Choose which hearing"),
        ("closing", None, None),
        ("warning_youth_rehabilitation", WARNED, None),
        ("warning_youth_rehabilitation", None, "A warning rests on a decision. Decide first"),
        ("warning_youth_rehabilitation", About("contact", YESTERDAY, "missed", "youth_rehabilitation"), "Decide first"),
        ("warning_youth_rehabilitation", About("decision", TODAY, "", "youth_rehabilitation", "excuse"), "no warning"),
        ("warning_youth_rehabilitation", replace(WARNED, duty_until=TOMORROW), "choose ‘A further warning’"),
        ("warning_youth_rehabilitation_further", replace(WARNED, duty_until=TOMORROW), None),
        ("warning_youth_rehabilitation_further", WARNED, "choose ‘A warning’"),
        ("missed_detention_training", About("contact", YESTERDAY, "missed", "detention_training"), None),
        ("missed_detention_training", About("contact", YESTERDAY, "missed", "youth_rehabilitation"), "another kind of order"),
    ],
)  # fmt: skip
def test_what_a_letter_is_about(letter: str, about: About | None, says: str | None) -> None:
    reason = rules.why_not_about(load()[letter], about, today=TODAY)
    assert reason is None if says is None else says in (reason or "")


@pytest.mark.parametrize(
    "route", ["none", "referral_order", "licence", "bail", "reparation", "conditional_caution", ""]
)
@pytest.mark.parametrize("step", ["warn", "re_engage", ""])
def test_nobody_is_warned_but_under_an_order_whose_law_knows_warnings(route: str, step: str) -> None:
    about = About("decision", TODAY, "", route, step)
    for key, until in (("warning_youth_rehabilitation", None), ("warning_youth_rehabilitation_further", TOMORROW)):
        assert rules.why_not_about(load()[key], replace(about, duty_until=until), today=TODAY)


@pytest.mark.parametrize(
    ("periods", "given", "until"),
    [
        ([], date(2026, 3, 5), None),
        ([(date(2026, 3, 5), date(2027, 3, 4))], date(2026, 3, 5), None),  # its own
        ([(date(2026, 3, 5), date(2027, 3, 4))], date(2026, 3, 6), date(2027, 3, 4)),
        ([(date(2026, 3, 5), date(2027, 3, 4))], date(2027, 3, 4), date(2027, 3, 4)),
        ([(date(2026, 3, 5), date(2027, 3, 4))], date(2027, 3, 5), None),
        ([(date(2026, 9, 1), date(2027, 8, 31))], date(2026, 3, 6), None),  # a later one
        ([(date(2026, 3, 5), date(2027, 3, 4)), (date(2026, 9, 1), date(2027, 8, 31))], date(2026, 12, 1), date(2027, 8, 31)),
    ],
)  # fmt: skip
def test_until_when_a_failure_after_a_further_warning_must_be_told(periods, given, until) -> None:
    assert rules.duty_until(periods, given) == until


@pytest.mark.parametrize(
    ("letter", "channel", "to_child", "says"),
    [
        ("appointment", "text", True, None),
        ("appointment", "text", False, "goes to the child"),
        ("carer_appointment", "letter", False, None),
        ("carer_appointment", "letter", True, "goes to a carer"),
        ("warning_youth_rehabilitation", "text", True, "goes as letter by post"),
        ("closing", "text", True, "goes as letter by post or e-mail"),
    ],
)
def test_which_letter_goes_to_whom_and_how(letter: str, channel: str, to_child: bool, says: str | None) -> None:
    reason = rules.why_not_letter(load()[letter], channel=channel, to_child=to_child)
    assert reason is None if says is None else says in (reason or "")


@pytest.mark.parametrize(
    ("sent", "changed", "unsafe", "says"),
    [
        (False, False, None, None),
        (True, False, None, "said already that it was sent"),
        (False, True, None, "make it again"),
        (False, False, "It is not safe.", "It is not safe."),
        (False, True, "It is not safe.", "It is not safe."),
    ],
)
def test_when_it_may_be_sent(sent: bool, changed: bool, unsafe: str | None, says: str | None) -> None:
    reason = rules.why_not_send(sent=sent, changed=changed, unsafe=unsafe)
    assert reason is None if says is None else says in (reason or "")


def test_with_a_kept_address_on_it_only_those_who_must_write_there_are_told() -> None:
    assert rules.disclosure("child", kept=False) == "child"
    assert rules.disclosure("carer", kept=False) == "carer"
    assert rules.disclosure("child", kept=True) == "placement_address"
