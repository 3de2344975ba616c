"""What an operator may say about sign-in, and the sentence that tells them what to mend."""

from __future__ import annotations

import pytest

from waypost.config import environment
from waypost.config.environment import Mail, Misconfigured, SignInProvider

PROVIDER = {
    "WAYPOST_SIGN_IN_PROVIDER": "https://login.council.example/",
    "WAYPOST_SIGN_IN_CLIENT": "waypost",
    "WAYPOST_SIGN_IN_SECRET": "secret",
}
MAIL = {"WAYPOST_MAIL": "smtp://post:p%40ss@mail.council.example:2525", "WAYPOST_MAIL_FROM": "waypost@council.example"}


def test_nothing_said_is_half_an_hour_no_proxy_no_provider_and_no_mail() -> None:
    said = environment.read({})
    assert (said.idle_minutes, said.proxies, said.provider, said.mail) == (30, 0, None, None)


def test_what_is_said_is_read() -> None:
    said = environment.read(
        PROVIDER
        | MAIL
        | {
            "WAYPOST_SIGN_IN_NAME": "Alder Vale Council",
            "WAYPOST_SIGN_IN_DOMAINS": "Alder-Vale.example, ",
            "WAYPOST_IDLE_MINUTES": "15",
            "WAYPOST_PROXIES": "1",
        }
    )
    assert (said.idle_minutes, said.proxies) == (15, 1)
    assert said.provider == SignInProvider(
        "https://login.council.example", "Alder Vale Council", "waypost", "secret", ("alder-vale.example",)
    )
    assert said.mail == Mail("mail.council.example", 2525, "post", "p@ss", "waypost@council.example")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"WAYPOST_IDLE_MINUTES": "0"}, "WAYPOST_IDLE_MINUTES is '0': write a whole number from 1 to 720."),
        ({"WAYPOST_IDLE_MINUTES": "half an hour"}, "WAYPOST_IDLE_MINUTES is 'half an hour'"),
        ({"WAYPOST_PROXIES": "-1"}, "WAYPOST_PROXIES is '-1': write a whole number from 0 to 9."),
        ({"WAYPOST_SIGN_IN_PROVIDER": "login.council.example"}, "write the issuer's address, with https://"),
        (PROVIDER | {"WAYPOST_SIGN_IN_SECRET": ""}, "WAYPOST_SIGN_IN_SECRET is empty"),
        (PROVIDER | {"WAYPOST_SIGN_IN_PROVIDER": "http://login.council.example"}, "with https://"),
        (MAIL | {"WAYPOST_MAIL": "mail.council.example"}, "must look like smtp://user:password@host:587"),
        (MAIL | {"WAYPOST_MAIL_FROM": ""}, "WAYPOST_MAIL_FROM is empty"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_write(given: dict[str, str], says: str) -> None:
    with pytest.raises(Misconfigured) as refused:
        environment.read(given)
    assert says in str(refused.value)
