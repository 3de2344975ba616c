"""What the operator may set, read once from the environment, with an error that says how to mend it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

PROJECT = Path(__file__).resolve().parents[3]


class Misconfigured(Exception):
    """One sentence naming the variable, what it holds wrongly and what it should hold."""


@dataclass(frozen=True)
class Environment:
    home: Path  # database of the demonstration, keys, anchors of the log
    database_url: str | None
    database_app_url: str | None
    hosts: tuple[str, ...]
    tls: bool
    debug: bool


def read(environ: dict[str, str] | None = None) -> Environment:
    env = os.environ if environ is None else environ
    return Environment(
        home=Path(env.get("WAYPOST_HOME") or PROJECT / "var").resolve(),
        database_url=env.get("DATABASE_URL") or None,
        database_app_url=env.get("DATABASE_APP_URL") or None,
        hosts=tuple(h.strip() for h in env.get("WAYPOST_HOSTS", "").split(",") if h.strip()),
        tls=_flag(env, "WAYPOST_TLS"),
        debug=_flag(env, "WAYPOST_DEBUG"),
    )


def _flag(env: os._Environ[str] | dict[str, str], name: str) -> bool:
    value = env.get(name, "0").strip().lower()
    if value not in {"", "0", "1", "no", "yes", "false", "true"}:
        raise Misconfigured(f"{name} is '{value}': write 1 or 0.")
    return value in {"1", "yes", "true"}


def database(url: str, variable: str = "DATABASE_URL") -> dict[str, object]:
    """Django's settings for a postgresql:// address; a folder as ?host= is a local socket."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise Misconfigured(
            f"{variable} must begin with postgresql://, as in postgresql://user:password@host:5432/name."
        )
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise Misconfigured(f"{variable} names no database: end it with /name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": options.pop("port", "") or str(parts.port or ""),
        "OPTIONS": options,
    }
