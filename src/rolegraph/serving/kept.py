"""Replies that are kept: the graph does not change while the server runs, so that nor do they."""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import TYPE_CHECKING

from rolegraph.serving.work import Call, Query

if TYPE_CHECKING:
    from collections.abc import Hashable

    from rolegraph.serving.results import Reply
    from rolegraph.serving.work import Request

#: What may answer otherwise each time, wherever it stands in a query.
_FICKLE = re.compile(r"(?i)rand|now|uuid|bnode")

#: Most bytes of one reply with its question, and of all of them.
_LARGEST, _MOST = 64_000, 16_000_000

#: Bytes that Python takes for a reply beside what is in it, more or less.
_AROUND = 1_000


class Kept:
    """The replies that were asked for last.

    >>> from rolegraph.serving.results import Reply
    >>> kept, call = Kept(), Call("role", {"name": "CPO"})
    >>> kept.put(call, Reply(b"{}", "application/json"))
    >>> kept.get(call)
    Reply(content=b'{}', media='application/json', cut='')
    """

    def __init__(self) -> None:
        self._replies: OrderedDict[Hashable, tuple[Reply, int]] = OrderedDict()
        self._size = 0

    def get(self, request: Request) -> Reply | None:
        """Give the reply to a request, if it is kept."""
        key = _key(request)
        found = self._replies.get(key)
        if found is None:
            return None
        self._replies.move_to_end(key)
        return found[0]

    def put(self, request: Request, reply: Reply) -> None:
        """Keep a reply, unless it is large, or may be another one the next time."""
        key = _key(request)
        size = len(reply.content) + len(repr(key)) + _AROUND
        if key is None or size > _LARGEST or key in self._replies:
            return
        if isinstance(request, Query) and _FICKLE.search(request.question.query):
            return
        self._replies[key] = reply, size
        self._size += size
        while self._size > _MOST:
            self._size -= self._replies.popitem(last=False)[1][1]


def _key(request: Request) -> Hashable | None:
    if isinstance(request, Call):
        return (request.name, *request.given.items())
    return request if isinstance(request, Query) else None
