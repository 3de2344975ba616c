"""No test reaches beyond this machine."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest


class ReachedOut(AssertionError):
    """A test tried to reach another machine."""


def is_here(address: Any) -> bool:
    """A local socket's path, or an address of the loopback."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def stay_here(patch: pytest.MonkeyPatch) -> None:
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse(address: Any) -> None:
        if not is_here(address):
            raise ReachedOut(f"a test reached for {address}: only this machine is allowed")

    def guarded_connect(self: socket.socket, address: Any) -> None:
        refuse(address)
        connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        refuse(address)
        return connect_ex(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        refuse((host.decode() if isinstance(host, bytes) else host or "",))
        return look_up(host, *args, **kwargs)

    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    patch.setattr(socket, "getaddrinfo", guarded_look_up)
