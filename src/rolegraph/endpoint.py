"""A SPARQL endpoint: sends it a query by the SPARQL 1.1 Protocol, and gives what it answers.

https://www.w3.org/TR/sparql11-protocol/
"""

from __future__ import annotations

import os
import re
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from rolegraph.connecting import Deadline, is_loopback
from rolegraph.engine_words import plain
from rolegraph.errors import EndpointError, QueryError
from rolegraph.exchange import Sending, exchange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rolegraph.exchange import Answer

#: Seconds that one question may take, with all redirects and whatever is tried again.
TOTAL = 30.0

#: Seconds before it is tried again: so often, and so long each time. An answer may ask for longer.
WAITS = (0.5, 1.0, 2.0)

#: What an answer may be, by media type: rows and yes or no, and triples. The first of each is what is asked
#: for before all others; what asks for no weight is taken where a server says it, and not asked for.
ROWS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
TRIPLES = {
    "application/n-triples": "nt",
    "text/turtle": "ttl",
    "application/rdf+xml": "rdf",
    "text/plain": "nt",
}
_ACCEPT = {
    "rows": "application/sparql-results+json, application/sparql-results+xml;q=0.8",
    "triples": "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5",
}

#: Status codes of a server that may do better soon.
_BUSY = frozenset({429, 502, 503, 504})
_BAD_REQUEST, _NOT_FOUND, _OK = 400, 404, 200
_WHO = frozenset({401, 403})

#: The longest line of a server's words that a message shows, and how many lines.
_LONGEST, _LINES = 200, 3


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its format (json, xml, nt, ttl, rdf) and its bytes.

    whole: whether it is known to be all that the server sent. capped: whether the server says that it gives
    no more than so many rows.
    """

    kind: str
    content: bytes
    whole: bool = True
    capped: bool = False


class Endpoint:
    """A SPARQL endpoint by its address.

    patience: the seconds that one question may take, None for any.

    A token in the environment variable ROLEGRAPH_ENDPOINT_TOKEN, or else a name and a password in
    ROLEGRAPH_ENDPOINT_USER and ROLEGRAPH_ENDPOINT_PASSWORD, are sent to its host and to no other.

    Raises EndpointError for an address that is none, and where a password would go over the open net.
    """

    def __init__(self, url: str, patience: float | None = TOTAL) -> None:
        self.url = _checked(url)
        self.patience = patience
        self.server = ""  # what it calls itself, once it has answered
        self._secret = _secret(url)

    def deadline(self) -> Deadline:
        """Give the time by which a question that is asked now must be answered."""
        return Deadline(self.patience)

    def ask(
        self,
        sparql: str,
        form: str = "rows",
        dataset: Sequence[tuple[str, str]] = (),
        deadline: Deadline | None = None,
    ) -> Reply:
        """Send a query, and give the answer, tried again where that may help.

        form: "rows" (also for ASK) or "triples". dataset: parameters that name the graphs.

        Raises EndpointError for all that goes wrong; QueryError, in the server's words, where it finds
        fault with the query.
        """
        deadline = deadline or self.deadline()
        sending = Sending(
            urlencode([("query", sparql), *dataset]).encode(),
            {
                "Accept": _ACCEPT[form],
                "Accept-Encoding": "gzip",
                "Content-Type": "application/x-www-form-urlencoded",
                "User-Agent": _user_agent(),
                "Connection": "close",
            },
            self._secret,
        )
        answer = self._tried(sending, deadline)
        self.server = answer.headers.get("server", "")
        return self._reply(answer, ROWS if form == "rows" else TRIPLES)

    def _tried(self, sending: Sending, deadline: Deadline) -> Answer:
        for wait in (*WAITS, None):
            try:
                answer = exchange(self.url, sending, deadline)
            except EndpointError as error:
                if not error.passing or not _waited(wait, deadline):
                    raise
                continue
            if answer.status not in _BUSY or not _waited(_asked_to_wait(answer, wait), deadline):
                return answer
        raise EndpointError(self.url, "is busy")  # pragma: no cover - the last round returns or raises

    def _reply(self, answer: Answer, known: Mapping[str, str]) -> Reply:
        if answer.status != _OK:
            raise self._complaint(answer)
        media = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media not in known:
            what = plain(media)[:80] or "something without a type"
            raise EndpointError(self.url, f"sends {what}, which is no answer to a query; is it an endpoint?")
        if "x-sql-state" in answer.headers:  # Virtuoso: its own time was over, and this is but a part
            raise EndpointError(self.url, "gave up after a time of its own, and sent a part of the answer")
        return Reply(known[media], answer.content, answer.delimited, "x-sparql-maxrows" in answer.headers)

    def _complaint(self, answer: Answer) -> EndpointError | QueryError:
        said = "\n".join(_words(answer))
        if answer.status == _BAD_REQUEST:
            return QueryError(f"{self.url} refuses the query: {said or 'it does not say why'}")
        text = f"answers {answer.status} {plain(answer.reason)[:80]}".rstrip()
        if answer.status in _WHO:
            hint = "set ROLEGRAPH_ENDPOINT_TOKEN, or ROLEGRAPH_ENDPOINT_USER and ROLEGRAPH_ENDPOINT_PASSWORD"
            return EndpointError(self.url, f"{text}: {hint}")
        if answer.status == _NOT_FOUND:
            return EndpointError(self.url, f"{text}; is it the address of a SPARQL endpoint?")
        if answer.status in _BUSY and "retry-after" in answer.headers:
            text += f", and asks to wait ({plain(answer.headers['retry-after'])[:40]})"
        return EndpointError(self.url, f"{text}: {said}" if said else text)


def _user_agent() -> str:
    # The package stands above its modules, and has been loaded before any of them.
    return f"rolegraph/{sys.modules['rolegraph'].__version__} (+https://w3id.org/rolegraph/)"


def _checked(url: str) -> str:
    """Give an address, or raise EndpointError."""
    shown = plain(url).replace("\n", " ")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise EndpointError(shown, f"is no address ({error})") from error
    if parts.username is not None or parts.password is not None:
        hidden = f"{parts.scheme}://...@{parts.netloc.rpartition('@')[2]}"
        words = "a password in an address is seen by all; set ROLEGRAPH_ENDPOINT_USER and _PASSWORD instead"
        raise EndpointError(hidden, words)
    if parts.scheme not in {"http", "https"} or not host or re.search(r"[\x00-\x20\x7f]", url):
        raise EndpointError(shown, "is no address of an endpoint, such as https://host/sparql")
    return url.partition("#")[0]


def _secret(url: str) -> dict[str, str]:
    """Give the header that says who asks, by the environment; none where it names nobody."""
    token = os.environ.get("ROLEGRAPH_ENDPOINT_TOKEN", "")
    user = os.environ.get("ROLEGRAPH_ENDPOINT_USER", "")
    if not token and not user:
        return {}
    parts = urlsplit(url)
    if parts.scheme == "http" and not is_loopback(str(parts.hostname)):
        words = (
            "would get your password over http, where anybody on the way can read it; use https,"
            " or unset ROLEGRAPH_ENDPOINT_TOKEN and ROLEGRAPH_ENDPOINT_USER"
        )
        raise EndpointError(url, words)
    if not re.fullmatch(r"[\x21-\x7e]*", token):
        raise EndpointError(url, "cannot be sent what ROLEGRAPH_ENDPOINT_TOKEN holds: it is no token")
    if token:
        return {"Authorization": f"Bearer {token}"}
    from base64 import b64encode  # noqa: PLC0415 - few endpoints ask who it is

    pair = f"{user}:{os.environ.get('ROLEGRAPH_ENDPOINT_PASSWORD', '')}"
    return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}


def _asked_to_wait(answer: Answer, wait: float | None) -> float | None:
    """Give how long to wait: as long as the answer asks for, or else as long as is usual by now."""
    said = answer.headers.get("retry-after", "").strip()
    if wait is None or not said:
        return wait
    if re.fullmatch(r"\d{1,9}", said):
        return max(wait, float(said))
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - few answers come here

    try:
        return max(wait, parsedate_to_datetime(said).timestamp() - time.time())
    except (ValueError, OverflowError):
        return wait


def _waited(wait: float | None, deadline: Deadline) -> bool:
    """Wait, unless there is no time or no use in it; tell whether it was waited."""
    try:
        left = deadline.left()
    except TimeoutError:
        return False
    if wait is None or (left is not None and left <= wait):
        return False
    time.sleep(wait)
    return True


def _words(answer: Answer) -> Iterator[str]:
    """Give the first lines of what a server says of a failure, if it is text for people."""
    media = answer.headers.get("content-type", "text/plain").partition(";")[0].strip().lower()
    if media not in {"text/plain", "application/json", "application/problem+json"}:
        return
    text = plain(answer.content[:4_000].decode("utf-8", "replace"))
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines[:_LINES]:
        if line.lower().startswith("sparql query:"):  # Virtuoso repeats it
            return
        yield line if len(line) <= _LONGEST else f"{line[:_LONGEST]}..."
