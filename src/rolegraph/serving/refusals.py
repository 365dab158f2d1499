"""Requests that get no answer: why, in words for people, and by which status of HTTP."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from rolegraph.errors import LimitReached, OverLimit, RolegraphError, UnknownName, UnknownQuery

#: The limit that was met -> the status that says so. What nests too deeply is the query's own fault.
_OVER = {
    "time": HTTPStatus.GATEWAY_TIMEOUT,
    "memory": HTTPStatus.INSUFFICIENT_STORAGE,
    "depth": HTTPStatus.BAD_REQUEST,
}


class Refused(Exception):
    """A request that is not answered: its status, why, and what headers go with that."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = int(status)
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def __reduce__(self) -> tuple[Any, ...]:
        """Go to another process as what it is."""
        return _again, (self.status, str(self), self.headers)


def _again(status: int, message: str, headers: dict[str, str]) -> Refused:
    return Refused(status, message, **headers)


def refused(error: RolegraphError) -> Refused:
    """Give the refusal that an error of rolegraph becomes.

    >>> refused(UnknownName("chief")).status
    404
    """
    if isinstance(error, OverLimit):
        return Refused(_OVER.get(error.kind, HTTPStatus.INSUFFICIENT_STORAGE), str(error))
    if isinstance(error, LimitReached):
        return Refused(HTTPStatus.GATEWAY_TIMEOUT, str(error))
    if isinstance(error, (UnknownName, UnknownQuery)):
        return Refused(HTTPStatus.NOT_FOUND, str(error))
    return Refused(HTTPStatus.BAD_REQUEST, str(error))
