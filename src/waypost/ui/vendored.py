"""The released files of other people's frontends that pages load; `static/vendor/vendor.toml` proves them."""

from __future__ import annotations

from types import MappingProxyType

GOVUK = "vendor/govuk-frontend-6.6.0/govuk-frontend.min"
MOJ = "vendor/moj-frontend-11.1.0/moj-frontend.min"
HTMX = "vendor/htmx-2.0.11/htmx.min"

FILES = MappingProxyType({"govuk_css": f"{GOVUK}.css", "moj_css": f"{MOJ}.css", "htmx": f"{HTMX}.js"})
