"""How a page's own style sheet makes an element look, as far as reading needs: hidden, bold, italic, filled.

Selectors of one element only (`td`, `.late`, `td.late`, `#plan`); a combinator is not followed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from .colours import colour

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_MARK = re.compile(r"[{};]")
_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?(?:([.#])([\w-]+))?$", re.IGNORECASE)
_HIDING = {("display", "none"), ("visibility", "hidden"), ("visibility", "collapse"), ("content-visibility", "hidden")}
_NO_SIZE = re.compile(r"0(?:px|pt|em|rem|%)?$")
_MOST_RULES = 2_000

Style = dict[str, str]


def declarations(text: str) -> Style:
    pairs = (part.partition(":") for part in text.split(";") if ":" in part)
    return {name.strip().lower(): value.replace("!important", "").strip().lower() for name, _, value in pairs}


@dataclass(slots=True)
class Sheet:
    """A page's rules by selector; an element's own style attribute has the last word."""

    rules: dict[str, Style] = field(default_factory=dict)

    @classmethod
    def of(cls, root: HtmlElement) -> Sheet:
        sheet = cls()
        for style in root.iter("style"):
            if style.get("media", "all") in ("all", "screen"):
                sheet._add(style.text or "")
        return sheet

    def _add(self, text: str) -> None:
        for rule in _outside_at_rules(_COMMENT.sub("", text)).split("}"):
            selectors, _, body = rule.partition("{")
            for selector in selectors.split(",") if body else ():
                if _SELECTOR.match(selector.strip()) and len(self.rules) < _MOST_RULES:
                    self.rules.setdefault(selector.strip().lower(), {}).update(declarations(body))

    def style(self, element: HtmlElement) -> Style:
        found: Style = {}
        if self.rules:
            tag = element.tag
            classes = (element.get("class") or "").lower().split()
            keys = [tag, *(f".{c}" for c in classes), *(f"{tag}.{c}" for c in classes)]
            if id_ := element.get("id"):
                keys += [f"#{id_.lower()}", f"{tag}#{id_.lower()}"]
            for key in keys:
                found.update(self.rules.get(key, {}))
        if own := element.get("style"):
            found.update(declarations(own))
        return found


def _outside_at_rules(text: str) -> str:
    """The rules that hold on every screen: what stands in @media, @supports and the like is left out."""
    kept, start = [], 0
    while (at := text.find("@", start)) >= 0:
        kept.append(text[start:at])
        depth = 0
        for found in _MARK.finditer(text, at):
            start = found.end()
            depth += {"{": 1, "}": -1}.get(found.group(), 0)
            if depth <= 0:
                break
        else:
            return "".join(kept)
    return "".join([*kept, text[start:]])


def hides(element: HtmlElement, style: Style) -> bool:
    if "hidden" in element.attrib or (element.tag == "input" and element.get("type", "").lower() == "hidden"):
        return True
    if any(style.get(name) == value for name, value in _HIDING):
        return True
    return bool(_NO_SIZE.match(style.get("font-size", "")) or style.get("opacity") in ("0", "0.0", "0%"))


def is_bold(style: Style) -> bool | None:
    weight = style.get("font-weight")
    if weight is None:
        return None
    return weight in ("bold", "bolder") or (weight.isdigit() and int(weight[:4]) >= 600)


def fill_of(element: HtmlElement, style: Style) -> str | None:
    for value in (style.get("background-color"), style.get("background", "").split(" url")[0], element.get("bgcolor")):
        if found := colour(value):
            return found
    return None
