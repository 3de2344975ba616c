"""A long list a page at a time, in an order and under filters that its own address carries. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlencode

PER_PAGE = 50
NEIGHBOURS = 1  # pages named on each side of the present one


class Rows(Protocol):
    """A list, or a query that counts itself and is fetched by slice."""

    def __getitem__(self, key: slice, /) -> Iterable[Any]: ...


@dataclass(frozen=True, slots=True)
class Column:
    """A heading; with a key, one that the list can be put in the order of. `width` is a class: "w20" is a fifth."""

    name: str
    key: str = ""
    numeric: bool = False
    width: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter: one question, its answers as (value, words), the one chosen."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    chosen: str = ""

    @property
    def words(self) -> str:
        return next((words for value, words in self.options if value == self.chosen), "")


@dataclass(frozen=True, slots=True)
class Listing:
    rows: Sequence[Any]
    total: int
    page: int
    pages: int
    per_page: int = PER_PAGE
    asked: tuple[tuple[str, str], ...] = field(default=())  # the address's own questions, page and all

    @property
    def first(self) -> int:
        return min((self.page - 1) * self.per_page + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.page * self.per_page, self.total)

    @property
    def order(self) -> str:
        return dict(self.asked).get("order", "")

    def address(self, **changed: str | int) -> str:
        """The same list otherwise asked: an empty value drops a question; any change but the page goes to page 1."""
        kept = {name: value for name, value in self.asked if name != "page"}
        kept |= {name: str(value) for name, value in changed.items()}
        return "?" + urlencode(
            {name: value for name, value in kept.items() if value and (name, value) != ("page", "1")}
        )

    def ordered(self, key: str) -> str:
        """The address in the order of a column; asked again, the other way round."""
        return self.address(order=f"-{key}" if self.order == key else key)

    def direction(self, key: str) -> str:
        """What aria-sort says of a column."""
        return {key: "ascending", f"-{key}": "descending"}.get(self.order, "none")

    def items(self) -> list[dict[str, Any]]:
        """Pages as GOV.UK's pagination takes them: first, last, the present one and its neighbours."""
        named = {1, self.pages, *range(self.page - NEIGHBOURS, self.page + NEIGHBOURS + 1)}
        found: list[dict[str, Any]] = []
        for number in range(1, self.pages + 1):
            if number in named:
                found.append({"number": number, "href": self.address(page=number), "current": number == self.page})
            elif "ellipsis" not in found[-1]:
                found.append({"ellipsis": True})
        return found


def listing(
    rows: Rows, total: int, asked: Mapping[str, str] | Iterable[tuple[str, str]], per_page: int = PER_PAGE
) -> Listing:
    """The page asked for; a page that is not a number, or beyond the end, is the nearest there is."""
    pairs = tuple(asked.items() if isinstance(asked, Mapping) else asked)
    pages = max(1, -(-total // per_page))
    wanted = dict(pairs).get("page", "1")
    page = min(max(int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 8 else 1, 1), pages)
    return Listing(list(rows[(page - 1) * per_page : page * per_page]), total, page, pages, per_page, pairs)
