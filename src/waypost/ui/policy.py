"""The content security policy: everything from ourselves, nothing inline but the base template's one script, by hash.

Source: Content Security Policy Level 3, W3C. Read by `config.settings`; `tests/ui` listens in a browser for violations.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib import resources

NONE, SELF = "'none'", "'self'"


def base_script() -> str:
    """The script GOV.UK's base template carries in its body; a second one there would need a decision of ours."""
    template = resources.files("govuk_frontend_jinja").joinpath("templates/template.html").read_text()
    (script,) = re.findall(r"<script[^>]*>(.*?)</script>", template, re.DOTALL)
    return str(script)


def hash_source(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, hash_source(base_script())],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [
            SELF
        ],  # none is fetched, but GOV.UK's CSS names two, and a browser reports a name it may not follow
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
