"""Connections to other hosts that are over by a deadline, whatever the other side does.

Neither the standard library nor any client built on it ends an answer that comes a byte a second: their
time-outs begin anew with each byte. Here one deadline holds from the name of the host to the last byte.
"""

from __future__ import annotations

import io
import ipaddress
import socket
import ssl
import time
from typing import Any

#: Seconds until a connection stands.
CONNECT = 5.0

#: Bytes that are read at once.
PART = 1 << 16


class Deadline:
    """A time by which all must be over; None gives no end."""

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self._end = None if seconds is None else time.monotonic() + seconds

    def left(self, most: float | None = None) -> float | None:
        """Give the seconds that are left, `most` of them. Raises TimeoutError when there are none."""
        if self._end is None:
            return most
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left if most is None else min(left, most)


def is_loopback(host: str) -> bool:
    """Tell whether a name or a number of a host means this machine.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("example.org")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


def is_public(address: str) -> bool:
    """Tell whether the number of a host is one of the public internet.

    >>> is_public("192.0.43.8"), is_public("192.168.1.1"), is_public("fe80::1%eth0")
    (True, False, False)
    """
    return ipaddress.ip_address(address.partition("%")[0]).is_global


def connected(host: str, port: int, deadline: Deadline, *, only_public: bool) -> tuple[socket.socket, bool]:
    """Give a connection, and whether it leads to the public internet."""
    trouble: OSError = OSError("no address")
    for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        public = is_public(str(address[0]))
        if only_public and not public:
            trouble = Refused(f"redirects from the public internet to {host}, which is private: not followed")
            continue
        line = socket.socket(family, kind, protocol)
        try:
            line.settimeout(deadline.left(CONNECT))
            line.connect(address)
        except TimeoutError:
            line.close()
            deadline.left()  # raises when that was the deadline of all
            trouble = Refused(f"no connection within {CONNECT:g} s")
        except OSError as error:
            line.close()
            trouble = error
        else:
            return line, public
    raise trouble


def secured(line: socket.socket, host: str, deadline: Deadline) -> socket.socket:
    """Give a connection that is secure, and to the host that it says."""
    try:
        line.settimeout(deadline.left(CONNECT))
        return ssl.create_default_context().wrap_socket(line, server_hostname=host)
    except TimeoutError:
        deadline.left()  # raises when that was the deadline of all
        raise Refused(f"no secure connection within {CONNECT:g} s") from None


class Refused(OSError):
    """A connection that did not come about, in words for people."""


class Line:
    """A connection as http.client uses it, with one deadline for all that is sent and read."""

    def __init__(self, line: socket.socket, deadline: Deadline) -> None:
        self._line = line
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        """Send all of it."""
        self._line.settimeout(self._deadline.left())
        self._line.sendall(data)

    def makefile(self, *_: object) -> io.BufferedReader:
        """Give what is to be read."""
        return io.BufferedReader(_Reading(self._line, self._deadline), PART)

    def close(self) -> None:
        """Leave it open: http.client closes before it has read, and who opened it closes it."""


class _Reading(io.RawIOBase):
    """What comes over a connection, until the deadline."""

    def __init__(self, line: socket.socket, deadline: Deadline) -> None:
        super().__init__()
        self._line = line
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._line.settimeout(self._deadline.left())
        return self._line.recv_into(buffer)
