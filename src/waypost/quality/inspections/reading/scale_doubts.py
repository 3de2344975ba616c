"""Judgements that contradict the scale they are made on, or each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from .judgements import Judgements
from .scale import SCALES, rank
from .shape import Doubt, Theme, place


def scale_doubts(judgements: Judgements) -> Iterator[Doubt]:
    """In the themes' order: the glyphs against the scale, the word against the stars, one account against another."""
    length = _scale_length(judgements.themes)
    used = {theme.word for theme in judgements.themes if theme.word}
    for index, theme in enumerate(judgements.themes):
        if length and theme.of and theme.of != length:
            yield _glyphs(theme, length)
        elif theme.stars and theme.word and (expected := rank(theme.word, used)) and expected != theme.stars:
            yield _word_and_stars(theme, expected)
        yield from _accounts(judgements, index)


def _scale_length(themes: tuple[Theme, ...]) -> int | None:
    """The number of glyphs most judgements have; where two numbers are as common, the one inspectorates use."""
    counts = Counter(theme.of for theme in themes if theme.of)
    return max(counts, key=lambda of: (counts[of], of == len(SCALES[0])), default=None)


def _glyphs(theme: Theme, length: int) -> Doubt:
    return Doubt(
        "glyphs-contradict-scale",
        f"“{theme.name}” is drawn with {theme.of} glyphs, {theme.stars} of them filled; the scale has {length}.",
        theme.where,
    )


def _word_and_stars(theme: Theme, expected: int) -> Doubt:
    return Doubt(
        "word-contradicts-stars",
        f"“{theme.name}” is called {theme.word}, which is {expected} on the scale, but has {theme.stars} filled.",
        theme.where,
    )


def _accounts(judgements: Judgements, index: int) -> Iterator[Doubt]:
    theme = judgements.themes[index]
    other = next((said for said in judgements.said if said.theme == index and said.word != theme.word), None)
    if other:
        yield Doubt(
            "judgement-differs",
            f"“{theme.name}” is {theme.word} in one place and {other.word} in another ({place(other.where)}).",
            other.where,
            theme.where,
        )
