"""What the engine says, as text that can be printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rolegraph.errors import EndpointError, QueryError

if TYPE_CHECKING:
    from collections.abc import Sequence


def plain(text: str) -> str:
    """Keep control characters out of messages, and halves of characters, which cannot be printed."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)


def run_error(error: Exception, services: Sequence[str]) -> QueryError | EndpointError:
    """Give the error for a query that went wrong while it ran; services: the hosts that SERVICE may ask."""
    text = plain(str(error))
    if services:  # all else that a query needs is at hand
        return EndpointError(f"SERVICE ({', '.join(services)})", text)
    return QueryError(text)
