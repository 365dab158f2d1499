"""Names and values as addresses and forms carry them."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qsl

from rolegraph.serving.refusals import Refused


def read_pairs(text: str, most: int) -> list[tuple[str, str]]:
    """Read names with their values, in their order; most: how many there may be.

    Raises Refused.

    >>> read_pairs("via=CPO&via=chief+product+officer", 100)
    [('via', 'CPO'), ('via', 'chief product officer')]
    """
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=most)
    except UnicodeDecodeError:
        raise Refused(HTTPStatus.BAD_REQUEST, "The request is not UTF-8 text.") from None
    except ValueError:
        raise Refused(HTTPStatus.BAD_REQUEST, f"The request has more than {most:,} parameters.") from None
