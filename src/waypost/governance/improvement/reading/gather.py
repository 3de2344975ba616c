"""Rows of the plan's tables into areas, recommendations and the cells of each action.

A row with a ref or an action of its own begins an action; a row with neither is the rest of the action before.
Of what stands in the cells only refs and headings are read here.
"""

from __future__ import annotations

from collections.abc import Iterable

from waypost.files.reading.document import Cell
from waypost.governance.improvement.reading.alignment import Placing, place_rows
from waypost.governance.improvement.reading.columns import Column, Headings, Role
from waypost.governance.improvement.reading.heading_text import (
    broke_off,
    is_area_label,
    is_loud,
    is_recommendation_label,
    read_heading,
    runs_on,
    starts_with_number,
)
from waypost.governance.improvement.reading.held import Held
from waypost.governance.improvement.reading.layout import GridRow, Slot
from waypost.governance.improvement.reading.plan import RowKind
from waypost.governance.improvement.reading.raw import Gathered, Joined, RawAction, RawArea, RawRow
from waypost.governance.improvement.reading.refs import Ref, read_ref, split_ref
from waypost.governance.improvement.reading.tables import Above, Section

_HEADING_ROLES = (Role.RECOMMENDATION, Role.AREA, Role.REF)
_SENTENCE = 9  # words; a longer heading says what is to be done, so it is a recommendation


def gather(sections: Iterable[Section], *, plain_headings: bool) -> Gathered:
    """`plain_headings`: whether a heading over a table names an area without saying that it does."""
    gatherer = _Gatherer(plain_headings)
    for section in sections:
        gatherer.take_section(section)
    _drop_what_ends_the_table(gatherer.found)
    return gatherer.found


def _drop_what_ends_the_table(found: Gathered) -> None:
    """A last "area" with nothing under it is a key or a note below the table."""
    while found.areas and not _has_anything(found, found.areas[-1]):
        area = found.areas.pop()
        for row in found.rows:
            if row.area is area:
                row.kind = RowKind.NOT_UNDERSTOOD


def _has_anything(found: Gathered, area: RawArea) -> bool:
    return any(r.area is area for r in found.recommendations) or any(a.area is area for a in found.actions)


class _Gatherer:
    def __init__(self, plain_headings: bool) -> None:
        self.found = Gathered()
        self.held = Held(self.found)
        self.plain_headings = plain_headings
        self.action: RawAction | None = None
        self.action_cell: Cell | None = None
        self.section: Section
        self.numbers_are_recommendations = False
        self.at_top = False
        self.loud_areas = False
        self.above_another = False
        self.nested: set[str] = set()

    def take_section(self, section: Section) -> None:
        self.section = section
        for above in section.above:
            self._take_above(above, names_area=above is section.plain_heading)
        for row in section.heading_rows:
            self._account(RowKind.HEADINGS, row)
        placings = place_rows(section.headings, section.rows)
        self.numbers_are_recommendations = _numbers_are_recommendations(section.headings, section.rows, placings)
        self.nested = _numbers_before_letters(section.rows)
        self.loud_areas = self.loud_areas or any(_is_loud_row(row) for row in section.rows)
        self.at_top = True
        above_another = _above_another_recommendation(section.rows, placings)
        for row, placing, self.above_another in zip(section.rows, placings, above_another, strict=True):
            self._take_row(row, placing)
            self.at_top = self.at_top and not row.filled

    def _take_above(self, above: Above, *, names_area: bool) -> None:
        kind, area = RowKind.TITLE, None
        if is_recommendation_label(above.text):
            self.held.take_cell(above.lines, above.where)
            kind = RowKind.RECOMMENDATION
        elif is_area_label(above.text) or (self.plain_headings and names_area):
            area = self.held.take_area(above.text, above.where)
            kind = RowKind.AREA
        if above.row:
            self.found.rows.append(RawRow(kind if above.text else RowKind.EMPTY, above.where, None, area, above.text))

    def _take_row(self, row: GridRow, placing: Placing) -> None:
        filled = row.filled
        if not filled:
            self._account(RowKind.EMPTY, row)
        elif len(filled) == 1 and self._is_heading(filled[0], row, placing.of(filled[0])):
            self._take_heading(filled[0], row, placing.of(filled[0]))
        else:
            self._take_cells(row, placing)

    def _is_heading(self, slot: Slot, row: GridRow, column: Column | None) -> bool:
        """Whether the one filled cell of a row is a heading for the rows below it."""
        lines = slot.cell.lines
        if any(line.bullet for line in lines) or read_ref(slot.text) is not None:
            return False
        if slot.cell.across >= max(2, row.width - 1):
            return True
        if column is not None and column.role in (Role.RECOMMENDATION, Role.AREA):
            return True
        if slot.at > 0:
            return False
        first = self.section.headings.columns[0].role
        return (
            first in _HEADING_ROLES or is_area_label(slot.text) or is_recommendation_label(slot.text) or is_loud(lines)
        )

    def _take_heading(self, slot: Slot, row: GridRow, column: Column | None) -> None:
        in_its_column = column is not None and column.role is Role.RECOMMENDATION and slot.cell.across < row.width - 1
        if is_area_label(slot.text) or (self._holds_no_action(slot) if in_its_column else self._names_area(slot)):
            self._account(RowKind.AREA, row, area=self.held.take_area(slot.text, row.where))
            return
        had_area = self.held.area
        before = self.held.recommendation
        began = self.held.take_cell(slot.cell.lines, row.where, at_top=self.at_top)
        if not began:
            self._account(RowKind.CONTINUED, row)
        elif self.held.recommendation is before or self.held.recommendation is None:
            self._account(RowKind.AREA, row, area=self.held.area if self.held.area is not had_area else None)
        else:
            self._account(RowKind.RECOMMENDATION, row)

    def _holds_no_action(self, slot: Slot) -> bool:
        """Words alone in the recommendations' column, over a row with another: what they head is recommendations."""
        current = self.held.recommendation
        cut = self.at_top and current is not None and runs_on(slot.text, current.text)
        return self.above_another and not cut and not starts_with_number(slot.text)

    def _names_area(self, slot: Slot) -> bool:
        """Whether a heading across the table is an area's; a number, or a sentence, makes it a recommendation's."""
        heading = read_heading(slot.cell.lines)
        own_column = self.section.headings.has(Role.RECOMMENDATION)
        if is_recommendation_label(slot.text) or (heading.area and heading.number):
            return False
        if is_area_label(slot.text) or own_column:
            return True
        if is_loud(slot.cell.lines):
            return not heading.number
        if heading.number or self.loud_areas:
            return False
        return len(slot.text.split()) < _SENTENCE and slot.text[-1:] != "."

    def _take_cells(self, row: GridRow, placing: Placing) -> None:
        cells = [(column, slot) for slot in row.slots if (column := placing.of(slot)) and _says_anything(column, slot)]
        number, ref = self._refs(cells)
        for column, slot in cells:
            if column.role is Role.AREA and slot.own:
                self.held.take_area(slot.text, row.where)
        before = self.held.recommendation
        self._take_recommendation(cells, number, ref.number or "" if ref else "", row)
        words = [slot for column, slot in cells if column.role is Role.ACTION]
        own = [slot for slot in words if slot.own]
        if self._is_numbered_heading(cells) or self._heads_nested_refs(cells, ref, own, row):
            self._account(RowKind.RECOMMENDATION, row)
            return
        fused = False
        if ref is None and own:
            ref, fused = split_ref(own[0].text)[0], True
        if ref is not None and ref.number:
            self.held.take_number(ref.number, row.where)
        if self._begins_action(cells, ref, own):
            self._begin(row, cells, ref, fused=fused and ref is not None)
            self.action_cell = words[0].cell if words else None
        elif self.action is None or (self.held.recommendation is not before and not self._is_of_merged(words)):
            self._account(RowKind.NOT_UNDERSTOOD, row)
        else:
            self._join(row, cells, merged=self._is_of_merged(words))

    @staticmethod
    def _is_numbered_heading(cells: list[tuple[Column, Slot]]) -> bool:
        """A recommendation and its number, and nothing else in the row."""
        roles = [column.role for column, slot in cells if slot.own]
        return Role.RECOMMENDATION in roles and all(role in _HEADING_ROLES for role in roles)

    def _heads_nested_refs(
        self, cells: list[tuple[Column, Slot]], ref: Ref | None, own: list[Slot], row: GridRow
    ) -> bool:
        """ "2" and words alone, over rows with refs "2.1" or "2a": a recommendation in the action's column."""
        alone = {column.role for column, slot in cells if slot.own} == {Role.REF, Role.ACTION}
        if not (alone and own and ref is not None and ref.is_plain_number and ref.letter in self.nested):
            return False
        self.held.take_recommendation(ref.letter or "", own[0].text, row.where)
        return True

    def _refs(self, cells: list[tuple[Column, Slot]]) -> tuple[str, Ref | None]:
        """The recommendation's number and the action's ref, from columns of refs."""
        number: str = ""
        ref: Ref | None = None
        columns = [(slot, read_ref(slot.text)) for column, slot in cells if column.role is Role.REF and slot.own]
        heads = self.numbers_are_recommendations or self._is_numbered_heading(cells)
        for at, (slot, read) in enumerate(columns):
            read = read or Ref(code=slot.text)
            of_recommendation = heads or at < len(columns) - 1
            if read.is_plain_number and of_recommendation:
                number = read.letter or ""
                self.found.numbers_apart = True
            else:
                ref = read
        return number, ref

    def _take_recommendation(self, cells: list[tuple[Column, Slot]], number: str, of_ref: str, row: GridRow) -> None:
        slots = [slot for column, slot in cells if column.role is Role.RECOMMENDATION and slot.own]
        for slot in slots:
            self.held.take_cell(slot.cell.lines, row.where, number=number, of_ref=of_ref, at_top=self.at_top)
        if number and not slots:
            self.held.take_recommendation(number, "", row.where)

    def _begins_action(self, cells: list[tuple[Column, Slot]], ref: Ref | None, own: list[Slot]) -> bool:
        """A ref begins one; words alone do unless they go on with the words, or in a lettered plan the row, above."""
        before = self.action
        if ref is not None or before is None:
            return ref is not None or bool(own)
        if not own or self.held.recommendation is not before.recommendation:
            return bool(own)
        lettered = before.ref is not None
        if (lettered or self.at_top) and runs_on(own[0].text, before.text):
            return False
        own_roles = {column.role for column, slot in cells if slot.own}
        timed = any(role.is_when for role in own_roles)
        complete = timed or Role.LEAD in own_roles
        cut = self.at_top and broke_off(before.text)
        if lettered:
            return complete and not (cut and not (timed and any(role.is_when for role in before.cells)))
        return complete or not cut

    def _is_of_merged(self, words: list[Slot]) -> bool:
        """Whether the row stands beside an action's cell that reaches down from the row above."""
        return bool(words) and not words[0].own and words[0].cell is self.action_cell

    def _begin(self, row: GridRow, cells: list[tuple[Column, Slot]], ref: Ref | None, *, fused: bool) -> None:
        self.action = RawAction(self.held.area, self.held.recommendation, ref, self.section.table, fused)
        self.found.actions.append(self.action)
        self._add(row, cells, reaching=True)
        self._account(RowKind.ACTION, row, self.action)

    def _join(self, row: GridRow, cells: list[tuple[Column, Slot]], *, merged: bool) -> None:
        assert self.action is not None
        moved = [(_progress_if_misplaced(column, slot, self.section.headings), slot) for column, slot in cells]
        self._add(row, moved, reaching=False)
        if not merged:
            bullets = sum(line.bullet for _, slot in cells if slot.own for line in slot.cell.lines)
            words = any(column.role is Role.ACTION and slot.own for column, slot in cells)
            self.action.joined.append(Joined(row.where, bullets, words))
        self._account(RowKind.CONTINUED, row, self.action)

    def _add(self, row: GridRow, cells: list[tuple[Column, Slot]], *, reaching: bool) -> None:
        """The row's cells to the action; those merged from rows above count once, where the action begins."""
        action = self.action
        assert action is not None
        action.wheres.append(row.where)
        for column, slot in cells:
            if slot.own or reaching:
                action.cells.setdefault(column.role, []).append((column, slot.cell))
                action.source.append((column.heading, "\n".join(line.text for line in slot.cell.lines)))
        fills = [slot.cell.fill for column, slot in cells if column.role is not Role.RAG and not column.colour]
        action.banded |= {fill for fill in fills if fill}

    def _account(
        self, kind: RowKind, row: GridRow, action: RawAction | None = None, area: RawArea | None = None
    ) -> None:
        text = " | ".join(slot.text for slot in row.filled)
        self.found.rows.append(RawRow(kind, row.where, action, area, text))


def _says_anything(column: Column, slot: Slot) -> bool:
    """Words, or a colour where a colour is meant."""
    return bool(slot.cell.lines) or (slot.cell.fill is not None and (column.role is Role.RAG or column.colour))


def _is_loud_row(row: GridRow) -> bool:
    filled = row.filled
    return len(filled) == 1 and is_loud(filled[0].cell.lines) and not read_heading(filled[0].cell.lines).number


def _numbers_are_recommendations(headings: Headings, rows: list[GridRow], placings: list[Placing]) -> bool:
    """Whether plain numbers in the ref column number recommendations: none stands on a row without one."""
    if not headings.has(Role.RECOMMENDATION):
        return False
    seen = False
    for row, placing in zip(rows, placings, strict=True):
        own = {column.role: slot for slot in row.filled if (column := placing.of(slot)) is not None}
        ref = read_ref(own[Role.REF].text) if Role.REF in own else None
        if ref is not None and ref.is_plain_number:
            if Role.RECOMMENDATION not in own:
                return False
            seen = True
    return seen


def _numbers_before_letters(rows: list[GridRow]) -> set[str]:
    refs = [read_ref(row.filled[0].text) for row in rows if row.filled]
    return {ref.number for ref in refs if ref is not None and ref.number is not None}


def _above_another_recommendation(rows: list[GridRow], placings: list[Placing]) -> list[bool]:
    """For each row, whether the next that is not empty has a recommendation's cell of its own, and more besides."""
    found = [False] * len(rows)
    below = False
    for index in range(len(rows) - 1, -1, -1):
        found[index] = below
        if filled := rows[index].filled:
            columns = [placings[index].of(slot) for slot in filled]
            below = len(filled) > 1 and any(column and column.role is Role.RECOMMENDATION for column in columns)
    return found


def _progress_if_misplaced(column: Column, slot: Slot, headings: Headings) -> Column:
    """Bullets that stand under a date in a row without an action are progress."""
    if column.role.is_when and any(line.bullet for line in slot.cell.lines):
        return next((c for c in headings.columns if c.role is Role.PROGRESS), column)
    return column
