"""Themes: the table of judgements gives their names and stars; the pages after it their words, scores and findings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from waypost.files.reading.document import Document, Paragraph, Row, Table, Where

from .names import named_by, same_name, speaks_of
from .outline import Passage, passages
from .scale import GLYPHS, WORD, canonical, judged_overall, rating_in, stars_in
from .shape import Finding, Theme

_PERCENT = r"(\d{1,3})\s*(?:%|per\s*cent\b)"
_SCORE_CELL = re.compile(_PERCENT, re.IGNORECASE)
_SCORE_SENTENCE = re.compile(rf"{_PERCENT}[^.]{{0,300}}\bwell enough\b", re.IGNORECASE)
_NAME_THEN_GLYPHS = re.compile(rf"(?P<name>[^\W\d_].+?)[\s:–—-]+(?P<glyphs>{GLYPHS})")
_NAME_THEN_WORD = re.compile(rf"(?P<name>[^\W\d_].{{3,80}}?)\s*[:–—]\s*(?P<word>{WORD})\.?", re.IGNORECASE)
_JUDGEMENTS_HEADING = re.compile(r"\b(?:judge?ments?|ratings?)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A word somebody gave a theme, and where."""

    theme: int
    word: str
    where: Where
    in_summary: bool = False


@dataclass(frozen=True, slots=True)
class Judgements:
    themes: tuple[Theme, ...]
    said: tuple[Said, ...]


def read_judgements(document: Document) -> Judgements:
    """The themes in the table's order, and every word said of each anywhere in the document."""
    rows = list(_judged_rows(document))
    themes = _distinct(rows)
    names = [theme.name for theme in themes]
    said = [
        Said(index, row.word, row.where)
        for row in rows
        if row.word and (index := named_by(row.name, names)) is not None
    ]
    parts: dict[int, list[Passage]] = {index: [] for index in range(len(themes))}
    for passage in passages(document):
        index = _theme_of(passage, names)
        if index is not None:
            parts[index].append(passage)
    for index, part in parts.items():
        said += _words_said(index, names[index], part)
        themes[index] = _with_pages(themes[index], part)
    return Judgements(tuple(_with_word(i, theme, said) for i, theme in enumerate(themes)), tuple(said))


def _judged_rows(document: Document) -> Iterator[Theme]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _in_table(block)
    under_judgements = (p for p in passages(document) if _JUDGEMENTS_HEADING.search(p.under))
    for passage in under_judgements:
        if theme := _in_paragraph(passage.paragraph):
            yield theme


def _in_table(table: Table) -> list[Theme]:
    """The table's judgements; none where it is a table of something else."""
    found = [theme for row in table.rows if (theme := _in_row(row))]
    others = sum(1 for row in table.rows if row.cells) - len(found)
    return found if len(found) >= 2 and others <= max(1, len(found) // 2) else []


def _in_row(row: Row) -> Theme | None:
    texts = [text for cell in row.cells if (text := cell.text)]
    if len(texts) < 2 or not re.search(r"[^\W\d_]{3}", texts[0]) or rating_in(texts[0]):
        return None
    stars = next((drawn for text in texts[1:] if (drawn := stars_in(text))), None)
    word = next((rating for text in texts[1:] if (rating := rating_in(text))), None)
    if stars is None and word is None:
        return None
    score = next((int(share[1]) for text in texts[1:] if (share := _SCORE_CELL.fullmatch(text))), None)
    filled, of = stars or (None, None)
    return Theme(texts[0].rstrip(" :"), filled, of, word, score, where=row.where)


def _in_paragraph(paragraph: Paragraph) -> Theme | None:
    drawn = _NAME_THEN_GLYPHS.fullmatch(paragraph.text)
    if drawn and (stars := stars_in(drawn["glyphs"])):
        return Theme(drawn["name"], *stars, where=paragraph.where)
    said = _NAME_THEN_WORD.fullmatch(paragraph.text)
    if said:
        return Theme(said["name"], word=canonical(said["word"]), where=paragraph.where)
    return None


def _distinct(rows: Sequence[Theme]) -> list[Theme]:
    """Each name once; rows with words alone count only where no row has stars."""
    starred = [row for row in rows if row.stars is not None]
    judged = [row for row in starred or rows if not row.name.lower().startswith("overall")]
    themes: list[Theme] = []
    for row in judged:
        if not any(same_name(row.name, theme.name) for theme in themes):
            themes.append(row)
    return themes


def _theme_of(passage: Passage, names: Sequence[str]) -> int | None:
    """The theme named by the nearest heading that names one, within the same part of the document."""
    named = (named_by(heading, names) for heading in reversed(passage.since))
    return next((index for index in named if index is not None), None)


def _words_said(index: int, name: str, part: Sequence[Passage]) -> Iterator[Said]:
    """The first judgement of the theme under each heading: of the theme, not of one thing within it."""
    seen: set[Where] = set()
    for passage in part:
        judged = judged_overall(passage.paragraph.text)
        if judged is None or passage.heading is None or passage.heading.where in seen:
            continue
        what, word = judged
        in_summary = passage.part.endswith("summary")
        if in_summary or speaks_of(what, name):
            seen.add(passage.heading.where)
            yield Said(index, word, passage.paragraph.where, in_summary)


def _with_pages(theme: Theme, part: Sequence[Passage]) -> Theme:
    score = theme.score if theme.score is not None else _score(part)
    return replace(theme, score=score, findings=_findings(part))


def _with_word(index: int, theme: Theme, said: Sequence[Said]) -> Theme:
    """Its word in the table, else in the report's summary, else wherever it was first said."""
    of_theme = [each for each in said if each.theme == index]
    best = next((each for each in of_theme if each.in_summary), of_theme[0] if of_theme else None)
    return theme if theme.word or best is None else replace(theme, word=best.word)


def _score(part: Sequence[Passage]) -> int | None:
    for passage in part:
        under_score = "score" in passage.under.lower()
        found = (_SCORE_CELL if under_score else _SCORE_SENTENCE).search(passage.paragraph.text)
        if found and int(found[1]) <= 100:
            return int(found[1])
    return None


def _findings(part: Sequence[Passage]) -> tuple[Finding, ...]:
    """The list under "Key findings"; where nothing there is a list, its paragraphs."""
    here = [p.paragraph for p in part if re.match(r"(?:our )?key findings\b", p.under, re.IGNORECASE)]
    listed = [p for p in here if p.bullet or p.number is not None]
    return tuple(Finding(p.text, p.where) for p in listed or here if not p.text.endswith(":"))
