"""How a process that helps to grow begins: apart from all that needs Django, which is not there before."""

from __future__ import annotations

import os
from collections.abc import Mapping


def begin(environment: Mapping[str, str]) -> None:
    """With a connection of its own, made when it is first asked for."""
    os.environ.update(environment)
    import django

    django.setup()
