"""Names of many languages: read as parts, stored under keys, and said to be alike with the reason."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from waypost.people.matching.names import alike, keys, may_be, parts, sounds
from waypost.people.matching.sounds import LONGER, longer_forms

LETTERS = "abcdefghijklmnopqrstuvwxyzABCÉéøłßñğışşçöüŵŷḥṣʿ’'- .ＡІіЄщжёΔημήтخمحدعليوسفةیہשרהדודরহিਹਰਪ੍ਰੀરमশ北京李伟김민준ሰላም\u200b\u200d\u202e\x00\t\n"  # fmt: skip
ANY_NAME = st.one_of(st.text(max_size=200), st.text(alphabet=LETTERS, max_size=60))
TYPED = st.lists(
    st.sampled_from(
        "Ali Mohammed Xasan Siân Rhys Reece Mike Michael Maria Lopez García Nguyen Li Wei O’Neill al Jan Jane".split()
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Siân O’Neill-Jones", ("sian", "oneill", "jones")),
        ("  D'Souza,  Maria ", ("dsouza", "maria")),
        ("ʿAlī", ("ali",)),
        ("Đặng Thị Lan", ("dang", "thi", "lan")),
        ("Łukasz Wójcik", ("lukasz", "wojcik")),
        ("İpek Yıldız", ("ipek", "yildiz")),
        ("Mr J. Smith", ("j", "smith")),
        ("Dr", ("dr",)),
        ("محمد علي", ("muhammad", "ali")),
        ("مُحَمَّد", ("muhammad",)),
        ("بی‌بی", ("bibi",)),
        ("Юлія Ткаченко", ("yuliya", "tkachenko")),
        ("דוד כהן", ("david", "cohen")),
        ("ਹਰਪ੍ਰੀਤ ਸਿੰਘ", ("haraprit", "singh")),
        ("शर्मा", ("sharma",)),
        ("தமிழ்செல்வன்", ("tamilcelvan",)),
        ("李伟", ("li", "wei")),
        ("김민준", ("kim", "min", "jun")),
        ("አበበ", ("abebe",)),
        ("Ali\u200bce\x00 \u202eB", ("alice", "b")),
        ("🙂 —", ()),
        ("", ()),
    ],
)
def test_a_name_as_typed_is_read_as_parts(typed, read):
    assert parts(typed) == read


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mohammed", "muhammad"),
        ("xasan", "hassan"),
        ("cabdullaahi", "abdullahi"),
        ("rhys", "reece"),
        ("siobhan", "shivaun"),
        ("jakub", "yakub"),
        ("wojcik", "woycik"),
        ("oleksandr", "alexander"),
        ("mike", "michael"),
        ("liz", "elizabeth"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert sounds(one) & sounds(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ali", "ella"),
        ("marie", "mary"),  # the stress and the first vowel differ: one is not heard as the other
        ("daniel", "danielle"),
        ("jane", "jan"),
        ("tia", "theo"),
        ("ryan", "rhian"),
        ("samira", "samina"),
    ],
)
def test_different_names_share_none(one, other):
    assert not sounds(one) & sounds(other)


@pytest.mark.parametrize(
    ("a", "b", "why"),
    [
        ("Gurpreet Singh", "Singh, Gurpreet", "same name"),
        ("Ayşe Özil", "AYSE OZIL", "same name"),
        ("Ellie-Mae Price", "Elliemae Price", "same name, written apart or together"),
        ("Kim Min-jun", "Kim Minjun", "same name, written apart or together"),
        ("Maria Lopez Garcia", "Maria Garcia", "same name, a part left out"),
        ("Layla al Hassan", "Layla Hassan", "same name"),
        ("Xasan Warsame", "Hassan Abdi Warsame", "same sound, a part left out"),
        ("Mike Turner", "Michael Turner", "Mike is short for Michael"),
        ("Mo Farooqi", "Mohamed Farouqi", "Mo is short for Mohamed"),
        ("Brandon Hughes", "Brandan Hughes", "same sound"),
        ("Samina Khan", "Samira Khan", "one letter differs"),
        ("Callum Wright", "Callum Wrigth", "one letter differs"),
        ("Samina", "Samira", None),  # nothing else agrees
        ("Martin Hughes", "Martina Hughes", None),  # the end says girl or boy
        ("Mai Tran", "Mai", None),  # one part is too little to go by
        ("Amir", "Amar", None),
        ("Liz Okafor", "Beth Okafor", None),
        ("", "", None),
        ("🙂", "🙂", None),
    ],
)
def test_two_names_are_alike_for_a_reason(a, b, why):
    assert alike(a, b) == alike(b, a) == why


def test_no_short_form_is_short_for_itself():
    assert LONGER
    assert [short for short, long in LONGER.items() if short in long or parts(short) != (short,)] == []
    assert [form for long in LONGER.values() for form in long if parts(form) != (form,)] == []
    assert longer_forms("kuba") == ("jakub",)


@given(ANY_NAME)
@example("\ud800")
@example("ﷺ ﷲ")
@example("a" * 200)
@example("कँ ਁ ं")
def test_any_text_is_read_and_a_reading_is_read_as_itself(text):
    read = parts(text)
    assert all(part.isascii() and part.isalnum() and part == part.lower() for part in read)
    assert parts(" ".join(read)) == read
    assert keys(text) == keys(" ".join(read))
    assert all(sounds(part) and sounds(part) == sounds(part) for part in read)


@given(ANY_NAME, ANY_NAME)
def test_it_is_the_same_from_either_side(a, b):
    assert alike(a, b) == alike(b, a)
    assert may_be(a, b) == may_be(b, a)


@given(TYPED, TYPED, st.randoms(use_true_random=False))
def test_the_order_of_parts_is_nothing(a, b, chance: Random):
    shuffled = chance.sample(a, len(a))
    assert alike(" ".join(a), " ".join(b)) == alike(" ".join(shuffled), " ".join(b))
    assert keys(" ".join(a)) == keys(" ".join(shuffled))
    assert alike(" ".join(a), " ".join(shuffled)) == "same name"


@given(TYPED, TYPED)
def test_names_of_one_sound_are_found_by_their_keys(a, b):
    one, other = " ".join(a), " ".join(b)
    if (alike(one, other) or "one letter differs").startswith("one letter differs"):
        return
    assert may_be(one, other)
    assert keys(one) & keys(other)
