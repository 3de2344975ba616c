"""How sure a figure in a definition is."""

from __future__ import annotations

MARKS = {
    "law": "stands in an act or a statutory instrument",
    "public": "was read in a public source",
    "check": "is widely used and not confirmed: a service checks it before it relies on it",
}
