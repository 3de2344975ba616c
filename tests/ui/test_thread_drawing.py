"""The thread: which neighbours are tied, where a strand frays, where everything stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.ui.thread import Kind, Knot, Stage, Strand, Thread, Tie, cells, picture, strip_cells, tie

STAGES = tuple(Stage(key, key.capitalize()) for key in ("found", "said", "done", "changed"))
KNOT = {kind: Knot("found", kind.name, kind=kind) for kind in Kind}


def thread(*strands: Strand) -> Thread:
    return Thread("A thread", STAGES, strands)


def strand(*kinds: Kind) -> Strand:
    return Strand(tuple(Knot(stage.key, "Words", "#", kind) for stage, kind in zip(STAGES, kinds, strict=False)))


@pytest.mark.parametrize(
    ("left", "right", "tied"),
    [
        (Kind.RECORDED, Kind.RECORDED, Tie.SOLID),
        (Kind.SAID, Kind.RECORDED, Tie.SOLID),
        (Kind.RECORDED, Kind.HERE, Tie.SOLID),
        (Kind.RECORDED, Kind.NEXT, Tie.DOTTED),
        (Kind.NEXT, Kind.RECORDED, Tie.DOTTED),
        (Kind.RECORDED, Kind.MISSING, Tie.FRAYS_OUT),
        (Kind.MISSING, Kind.RECORDED, Tie.FRAYS_IN),
        (Kind.WAIT, Kind.SAID, Tie.FRAYS_IN),
        (Kind.RECORDED, Kind.WAIT, Tie.NONE),
        (Kind.MISSING, Kind.MISSING, Tie.NONE),
        (Kind.MISSING, Kind.WAIT, Tie.NONE),
        (Kind.WAIT, Kind.WAIT, Tie.NONE),
    ],
)
def test_how_neighbours_hang_together(left, right, tied):
    assert tie(KNOT[left], KNOT[right]) is tied


@given(st.sampled_from(Kind), st.sampled_from(Kind))
def test_a_line_is_drawn_whole_only_between_two_that_hold(left, right):
    whole = tie(KNOT[left], KNOT[right]) in {Tie.SOLID, Tie.DOTTED}
    assert whole == (left.holds and right.holds)


def test_stages_out_of_order_are_refused():
    with pytest.raises(ValueError, match="out of order"):
        thread(Strand((Knot("said", "b"), Knot("found", "a"))))


def test_two_knots_of_one_stage_are_refused():
    with pytest.raises(ValueError, match="out of order"):
        thread(Strand((Knot("said", "b"), Knot("said", "a"))))


def test_cut_strands_come_first_and_keep_their_order():
    whole, cut = strand(Kind.RECORDED, Kind.SAID), strand(Kind.RECORDED, Kind.MISSING)
    assert thread(whole, cut, whole).cut_first().strands == (cut, whole, whole)


def test_a_strand_says_whether_it_is_cut():
    both = thread(strand(Kind.RECORDED), strand(Kind.MISSING))
    assert [both.title_of(n) for n in range(2)] == ["Strand 1 of 2: whole", "Strand 2 of 2: cut"]
    assert thread(strand(Kind.MISSING)).title_of(0) == "This strand is cut"


def test_the_list_marks_the_end_that_hangs_loose():
    found = cells(thread(), strand(Kind.RECORDED, Kind.MISSING, Kind.WAIT, Kind.NEXT))
    assert [(cell.stage, cell.tie, cell.frayed) for cell in found] == [
        ("Found", Tie.FRAYS_OUT, True),
        ("Said", Tie.NONE, False),
        ("Done", Tie.FRAYS_IN, False),
        ("Changed", Tie.NONE, False),
    ]


def test_a_strip_needs_a_knot_for_every_stage():
    with pytest.raises(ValueError, match="4 stages was given 2 knots"):
        strip_cells(thread(), strand(Kind.RECORDED, Kind.MISSING))


def test_a_knot_that_strands_share_is_drawn_once_in_their_middle_row():
    shared = Knot("changed", "Review", kind=Kind.NEXT, joins="review")
    rows = [Strand((Knot("done", f"Row {n}"), shared)) for n in range(3)]
    drawn = picture(thread(*rows))
    reviews = [placed for placed in drawn.knots if placed.knot is shared]
    middle = next(placed for placed in drawn.knots if placed.knot.text == "Row 1")
    assert [placed.y for placed in reviews] == [middle.y]
    assert [line.dotted for line in drawn.lines] == [True, True, True]
    assert sum("V" in line.path for line in drawn.lines) == 2


def test_what_strands_share_is_cut_once_where_it_stands():
    shared = Knot("said", "One action", joins="action"), Knot("done", "No measure", kind=Kind.MISSING, joins="measure")
    drawn = picture(thread(*(Strand((Knot("found", f"Finding {n}"), *shared)) for n in range(2))))
    (action,) = (placed for placed in drawn.knots if placed.knot is shared[0])
    frayed = [line.path for line in drawn.lines if line.frays]
    assert len(frayed) == 1
    assert f" {action.y:g}l" in frayed[0]
    assert len(drawn.lines) == 4


def test_what_is_missing_is_named_and_its_link_stands_below():
    gap = Knot("said", "No action accepted", "#", Kind.MISSING, "Proposed: 3a", mend="Judge the match")
    (placed,) = picture(thread(Strand((gap,)))).knots
    assert [(label.css, label.words) for label in placed.labels] == [
        ("wp-gap", "No action accepted"),
        ("wp-link", "Judge the match"),
        ("wp-sub", "Proposed: 3a"),
    ]
    assert placed.said_aloud == "Said: No action accepted Judge the match Proposed: 3a"


def test_rows_never_overlap_however_long_the_words():
    long = Strand(tuple(Knot(stage.key, "word " * 30, "#", note="note " * 20) for stage in STAGES))
    drawn = picture(thread(long, long))
    first, second = drawn.knots[0], drawn.knots[len(STAGES)]
    assert first.y + first.labels[-1].below < second.y - 10
    assert drawn.height >= second.y + second.labels[-1].below
    assert max(len(label.words) for label in first.labels) * 7 < drawn.width / len(STAGES)
