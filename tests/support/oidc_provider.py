"""An organisation's sign-in (OpenID Connect) run on loopback: discovery, keys, authorise, token, userinfo.

It believes everybody to be `person`. `lie` makes it answer as a broken or hostile provider would.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "waypost", "kept between the two of us"


def new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    issuer: str
    person: dict[str, Any] = field(default_factory=dict)
    lie: str = (
        ""  # "denies", "another key", "another audience", "another issuer", "too old", "another person", "no token"
    )
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    asked: dict[str, dict[str, str]] = field(default_factory=dict)  # what each code was given out for

    def authorise(self, query: dict[str, str]) -> str:
        """Where the browser is sent: back, with a code or with a refusal."""
        if self.lie == "denies":
            return f"{query['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': query['state']})}"
        code = secrets.token_urlsafe()
        self.asked[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        asked = self.asked.pop(form.get("code", ""), None)
        if asked is None or (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return 400, {"error": "invalid_grant"}
        proof = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if proof != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        answer = {"access_token": "access", "token_type": "Bearer", "expires_in": 60}
        return 200, answer if self.lie == "no token" else answer | {"id_token": self._id_token()}

    def _id_token(self) -> str:
        now = int(time.time())
        claims = {
            "iss": "https://elsewhere.example" if self.lie == "another issuer" else self.issuer,
            "aud": "somebody else" if self.lie == "another audience" else CLIENT,
            "sub": self.person["sub"],
            "iat": now - 120,
            "exp": now - 60 if self.lie == "too old" else now + 60,
        }
        key = new_key() if self.lie == "another key" else self.key
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": "1"})

    def userinfo(self) -> dict[str, Any]:
        return self.person | ({"sub": "another"} if self.lie == "another person" else {})

    def keys(self) -> dict[str, Any]:
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
        return {"keys": [public | {"kid": "1", "use": "sig", "alg": "RS256"}]}

    def discovery(self) -> dict[str, Any]:
        places = ("authorization", "token", "userinfo")
        return {
            "issuer": self.issuer,
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            **{f"{place}_endpoint": f"{self.issuer}/{place}" for place in places},
        }


@contextlib.contextmanager
def running() -> Iterator[Provider]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = type("Answers", (Answers,), {"provider": provider})
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Answers(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:  # noqa: N802  the library's name
        parts = urlsplit(self.path)
        if parts.path == "/authorization":
            self.send_response(302)
            self.send_header("Location", self.provider.authorise(_first(parts.query)))
            self.end_headers()
            return
        answers = {
            "/.well-known/openid-configuration": self.provider.discovery,
            "/keys": self.provider.keys,
            "/userinfo": self.provider.userinfo,
        }
        self._say(200, answers[parts.path]())

    def do_POST(self) -> None:  # noqa: N802  the library's name
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._say(*self.provider.token(_first(form)))

    def _say(self, status: int, body: dict[str, Any]) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *args: Any) -> None:
        """Not into the test's output."""


def _first(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
