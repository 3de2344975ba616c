"""What the operator may set, read once from the environment, with an error that says how to mend it."""

from __future__ import annotations

import os
from collections.abc import Mapping
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
    database_role: str  # whose connection this process opens: "app", or "owner" for migrations
    hosts: tuple[str, ...]
    tls: bool
    debug: bool
    proxies: int  # how many of the operator's own proxies stand before us: whose word on the caller's address is taken
    idle_minutes: int
    provider: SignInProvider | None
    mail: Mail | None


@dataclass(frozen=True)
class SignInProvider:
    """An organisation's own sign-in (OpenID Connect)."""

    issuer: str
    name: str  # what the button calls it
    client: str
    secret: str
    domains: tuple[str, ...]  # e-mail domains the provider itself gives out, for one that does not say "verified"


@dataclass(frozen=True)
class Mail:
    host: str
    port: int
    user: str
    password: str
    sender: str


def read(environ: Mapping[str, str] | None = None) -> Environment:
    env = os.environ if environ is None else environ
    return Environment(
        home=Path(env.get("WAYPOST_HOME") or PROJECT / "var").resolve(),
        database_url=env.get("DATABASE_URL") or None,
        database_app_url=env.get("DATABASE_APP_URL") or None,
        database_role=_one_of(env, "WAYPOST_DATABASE_ROLE", ("app", "owner")),
        hosts=tuple(h.strip() for h in env.get("WAYPOST_HOSTS", "").split(",") if h.strip()),
        tls=_flag(env, "WAYPOST_TLS"),
        debug=_flag(env, "WAYPOST_DEBUG"),
        proxies=_number(env, "WAYPOST_PROXIES", 0, range(10)),
        idle_minutes=_number(env, "WAYPOST_IDLE_MINUTES", 30, range(1, 12 * 60 + 1)),
        provider=_provider(env),
        mail=_mail(env),
    )


Variables = Mapping[str, str]


def _number(env: Variables, name: str, default: int, allowed: range) -> int:
    value = env.get(name) or str(default)
    if not value.isdecimal() or int(value) not in allowed:
        raise Misconfigured(f"{name} is '{value}': write a whole number from {allowed[0]} to {allowed[-1]}.")
    return int(value)


def _one_of(env: Variables, name: str, words: tuple[str, ...]) -> str:
    value = env.get(name) or words[0]
    if value not in words:
        raise Misconfigured(f"{name} is '{value}': write {' or '.join(words)}.")
    return value


def _provider(env: Variables) -> SignInProvider | None:
    issuer = env.get("WAYPOST_SIGN_IN_PROVIDER", "").rstrip("/")
    if not issuer:
        return None
    if not issuer.startswith(("https://", "http://127.0.0.1:")):
        raise Misconfigured(f"WAYPOST_SIGN_IN_PROVIDER is '{issuer}': write the issuer's address, with https://.")
    for name in ("WAYPOST_SIGN_IN_CLIENT", "WAYPOST_SIGN_IN_SECRET"):
        if not env.get(name):
            raise Misconfigured(f"{name} is empty: WAYPOST_SIGN_IN_PROVIDER needs it. The provider gave it to you.")
    return SignInProvider(
        issuer=issuer,
        name=env.get("WAYPOST_SIGN_IN_NAME") or "your work account",
        client=env["WAYPOST_SIGN_IN_CLIENT"],
        secret=env["WAYPOST_SIGN_IN_SECRET"],
        domains=tuple(d.strip().lower() for d in env.get("WAYPOST_SIGN_IN_DOMAINS", "").split(",") if d.strip()),
    )


def _mail(env: Variables) -> Mail | None:
    """The mail server from smtp://user:password@host:587; without one no e-mail is sent, and no page says it was."""
    url = env.get("WAYPOST_MAIL")
    if not url:
        return None
    parts = urlsplit(url)
    if parts.scheme != "smtp" or not parts.hostname:
        raise Misconfigured("WAYPOST_MAIL must look like smtp://user:password@host:587.")
    sender = env.get("WAYPOST_MAIL_FROM", "")
    if "@" not in sender:
        raise Misconfigured("WAYPOST_MAIL_FROM is empty: write the address that e-mails come from.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Mail(host=parts.hostname, port=parts.port or 587, user=user, password=password, sender=sender)


def _flag(env: Variables, name: str) -> bool:
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
