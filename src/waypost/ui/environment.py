"""The Jinja environment: escaping on, GOV.UK macros found, a missing name in our own templates an error.

Two environments share globals and filters. GOV.UK's macros ask for what is not given and are loaded by the lenient
one; every other template is loaded by the strict one, where a misspelt name raises.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from django.templatetags.static import static
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader, StrictUndefined, Template

from waypost.ui import charts, clock, fields, listing, rooms, statuses, thread, vendored, words
from waypost.ui.addresses import url

LENIENT = "govuk_frontend_jinja"
GOVUK_TEMPLATES = PrefixLoader({LENIENT: PackageLoader(LENIENT)})


class Strict(Environment):
    """Loads GOV.UK's templates from the lenient environment, so that only they may ask for what is not given."""

    lenient: Environment

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        if isinstance(name, str) and name.startswith(f"{LENIENT}/"):
            return self.lenient.get_template(name, parent, globals)
        return super().get_template(name, parent, globals)


def environment(**options: Any) -> Environment:
    env = Strict(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})
    env.globals.update(
        static=static,
        url=url,
        url_if_any=rooms.url_if_any,
        rooms_open_to=rooms.rooms_open_to,
        footer_links_open_to=rooms.footer_links_open_to,
        vendored=vendored.FILES,
        column=listing.Column,
        looks=statuses.LOOKS,
        line_of=clock.drawn,
        picture_of=thread.picture,
        cells_of=thread.cells,
        strip_cells=thread.strip_cells,
        chart_svg=charts.svg,
        **words.GLOBALS,
        **{helper.__name__: helper for helper in fields.FOR_TEMPLATES},
    )
    env.filters.update(words.FILTERS)
    env.lenient = Environment(**{**options, "undefined": ChainableUndefined, "loader": GOVUK_TEMPLATES})
    env.lenient.globals = env.globals
    return env
