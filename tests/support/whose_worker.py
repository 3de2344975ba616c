"""The program as it is served, saying in each answer which process gave it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from waypost.config.wsgi import application as waypost


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, ("X-Worker", str(os.getpid()))], *rest)

    return waypost(environ, start)
