"""The start page and the editor, and the files that they need. What is not text of ours is escaped."""

from __future__ import annotations

import json
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from rolegraph.names import QUERY_PREFIXES
from rolegraph.queries import named_query, query_names
from rolegraph.serving.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolegraph.limits import Limits

#: YASGUI, which the build fetches; the editor does without where it is not there.
YASGUI = ("yasgui.min.js", "yasgui.min.css")

_MEDIA = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}

#: What the start page, and the editor, may load: what is on this server, and nothing else.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

#: YASGUI sets styles from its script, and draws its signs as data.
YASGUI_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'; font-src 'self' data:")


class Asset(NamedTuple):
    """A file of the pages."""

    content: bytes
    media: str


@cache
def assets() -> dict[str, Asset]:
    """Give the files that pages load, by name."""
    folder = files("rolegraph.serving").joinpath("assets")
    own = {name: folder.joinpath(name) for name in ("serving.css", "editor.js")}
    fetched = {name: folder.joinpath("yasgui", name) for name in YASGUI}
    if not all(file.is_file() for file in fetched.values()):
        fetched = {}
    return {
        name: Asset(file.read_bytes(), _MEDIA[name[name.rindex(".") :]])
        for name, file in (own | fetched).items()
    }


def has_yasgui() -> bool:
    """Tell whether the build could fetch YASGUI."""
    return YASGUI[0] in assets()


def start_page(statements: int, limits: Limits, version: str) -> str:
    """Give the page that leads to all that the server has."""
    return _filled(
        "start.html",
        statements=f"{statements:,}",
        version=escape(version),
        operations="".join(_operations()),
        rows=_bound(limits.rows, "rows or triples"),
        size=_bound(limits.size, "MB"),
        seconds=_bound(limits.seconds, "s"),
        memory=_bound(limits.memory, "MB"),
    )


def _operations() -> Iterable[str]:
    for name, operation in OPERATIONS.items():
        required = {item.name: item.example for item in operation.parameters if item.required}
        address = escape(f"api/{name}?{urlencode(required, quote_via=quote)}")
        yield f'<dt><a href="{address}">{address}</a></dt><dd>{escape(operation.summary)}</dd>\n'


def _bound(bound: float | None, unit: str) -> str:
    return "without limit" if bound is None else f"at most {bound:,g} {unit}"


def editor_page() -> str:
    """Give the SPARQL editor, with the prefixes and the named queries."""
    named = [named_query(name) for name in query_names()]
    known = {
        "prefixes": QUERY_PREFIXES,
        "queries": [
            {
                "name": query.name,
                "question": query.question,
                "text": query.text,
                "parameters": [
                    {
                        "name": item.name,
                        "description": item.description,
                        "type": item.type,
                        "choices": item.choices,
                        "default": item.default,
                    }
                    for item in query.parameters
                ],
            }
            for query in named
        ],
    }
    # Within a script element nothing ends it but "</"; as JSON the sign may be written otherwise.
    data = json.dumps(known, ensure_ascii=False).replace("<", "\\u003c")
    style = '<link rel="stylesheet" href="assets/yasgui.min.css">\n' if has_yasgui() else ""
    script = '<script src="assets/yasgui.min.js"></script>\n' if has_yasgui() else ""
    return _filled("editor.html", data=data, yasgui_style=style, yasgui_script=script)


def _filled(name: str, **values: str) -> str:
    text = files("rolegraph.serving").joinpath("assets", name).read_text("utf-8")
    return Template(text).substitute(values)
