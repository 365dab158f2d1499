"""What the engine says, as text that can be printed."""

from __future__ import annotations

import re


def plain(text: str) -> str:
    """Keep control characters of the input out of messages."""
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", "\N{REPLACEMENT CHARACTER}", text)
