"""A network as one HTML file that needs nothing else: no server, no internet, no other file."""

from __future__ import annotations

import base64
import hashlib
import tempfile
import webbrowser
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rolegraph.files import write_whole
from rolegraph.names import ROLE_KINDS
from rolegraph.routes import CareerPath
from rolegraph.tables import cell
from rolegraph.webpage.data import PageData, page_data
from rolegraph.webpage.packing import packed
from rolegraph.webpage.words import KINDS, RELATIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

#: Where pyvis keeps vis-network, which draws the map.
VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"

#: The parts of the page's own script, in the order in which they build on each other.
SCRIPTS = (
    *("basics.js", "share.js", "lines.js", "map.js"),
    *("spurs.js", "finder.js", "pickers.js", "travel.js", "spread.js", "reach.js", "physics.js"),
    *("details.js", "picture.js", "tables.js", "controls.js"),
)

#: Height of the map in a notebook, in pixels.
FRAME_HEIGHT = 640


@dataclass(frozen=True, repr=False)
class Page:
    """A map as HTML. Nothing is written until `save` or `show` is called; a notebook shows it by itself."""

    html: str
    title: str
    nodes: int
    edges: int

    def __repr__(self) -> str:
        size = len(self.html.encode()) / 1000
        return f"<Page {self.title!r}: {self.nodes:,} nodes, {self.edges:,} relations, {size:,.0f} kB>"

    def _repr_html_(self) -> str:
        """Show the page in a frame of its own, so that it and the notebook cannot reach into each other."""
        return (
            f'<iframe title="{escape(self.title)}" sandbox="allow-scripts allow-downloads allow-popups"'
            f' width="100%" height="{FRAME_HEIGHT}" style="border:1px solid #8884;border-radius:8px"'
            f' srcdoc="{escape(self.html)}"></iframe>'
        )

    def save(self, path: str | Path) -> Path:
        """Write the page to a file, whole or not at all; raises OutputError when that fails."""
        return write_whole(path, self.html)

    def show(self) -> Path:
        """Open the page in the browser, from a file in the folder for temporary files."""
        path = self.save(Path(tempfile.mkdtemp(prefix="rolegraph-")) / "map.html")
        webbrowser.open(path.as_uri())
        return path


def page(
    network: nx.MultiDiGraph[str],
    *,
    highlight: CareerPath | Sequence[CareerPath] | None = None,
    title: str = "Roles and career moves",
    focus: str | None = None,
) -> Page:
    """Draw a network as one HTML page that works offline.

    highlight is a path, or several, to mark on the map and to say in words: the page opens with the first.
    Without one it opens with focus, the name or IRI of a node, if that is given.
    The page knows the whole network. Of one of more than 500 nodes it draws at first what surrounds the paths
    or the focus or, without either, the role of which most is stated, says how much that is, and draws
    whatever else the reader asks for.
    The same arguments give the same page, byte for byte.

    >>> import networkx as nx
    >>> network = nx.MultiDiGraph()
    >>> network.add_node("urn:x", label="product manager", kind="role")
    >>> page(network, title="One role").html[:15]
    '<!doctype html>'

    Raises UnknownName when a path or the focus is not in the network, AmbiguousName when several nodes have
    the name of the focus.
    """
    paths = [highlight] if isinstance(highlight, CareerPath) else list(highlight or ())
    heading = cell(title)
    data = page_data(network, paths, focus)
    return Page(_render(data, heading), heading, len(data.nodes), len(data.edges))


def _render(data: PageData, heading: str) -> str:
    """Let pyvis put the network into our template: its own loads from the internet and escapes nothing."""
    # Half a second, which only a page costs.
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415
    from markupsafe import Markup  # noqa: PLC0415
    from pyvis.network import Network  # noqa: PLC0415

    pyvis = Network(directed=True, heading=heading, cdn_resources="in_line")
    for number, node in enumerate(data.nodes[: data.drawn]):
        pyvis.add_node(number, shape="custom", **node)
    for edge in data.edges[: data.lines]:
        facts = {name: value for name, value in edge.items() if name not in {"from", "to"}}
        pyvis.add_edge(
            edge["from"],
            edge["to"],
            arrows="to" if edge["kind"] == "move" or edge["kind"] not in RELATIONS else "",
            **facts,
        )
    pyvis.options = _OPTIONS  # a dict is passed on unchanged; set_options() would drop blanks inside strings
    environment = Environment(
        loader=PackageLoader("rolegraph.webpage", "assets"), autoescape=True, undefined=StrictUndefined
    )
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    generator = f"rolegraph (pyvis {version('pyvis')})"
    style, script, vis = _asset("page.css"), _script(), _vis_network()
    environment.globals |= {
        "policy": _policy((vis, script), style),
        "generator": generator,
        "style": Markup(style),  # noqa: S704 - these three are files of ours and of pyvis, not data
        "vis_script": Markup(vis),  # noqa: S704
        "page_script": Markup(script),  # noqa: S704
        "extras": _extras(data),
        "travel": data.travel,
    }
    pyvis.templateEnv, pyvis.path = environment, "page.html.j2"
    html: str = pyvis.generate_html()
    if f'<meta name="generator" content="{generator}">' not in html:
        raise RuntimeError("This pyvis does not use the template it is given; install pyvis 0.3.2.")
    return html


#: What vis-network is told: places are given, and the page's own script selects, marks and explains.
_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"dragNodes": False, "selectable": False, "hover": False, "keyboard": False},
    "edges": {"selectionWidth": 0, "arrows": {"to": {"scaleFactor": 0.7}}},
}


def _extras(data: PageData) -> dict[str, Any]:
    """Give what the page knows beside what it draws at first."""
    kept = {name: getattr(data, name) for name in ("headings", "paths", "focus", "around")}
    return kept | {
        "kinds": list(KINDS.items()),
        "ends": sorted(ROLE_KINDS),
        "relations": list(RELATIONS.items()),
        "packed": packed(data.nodes[data.drawn :], data.edges[data.lines :], data.evidence),
    }


def _policy(scripts: Sequence[str], style: str) -> str:
    """Give a content security policy that allows these scripts and this style, and loads nothing at all."""
    allowed = " ".join(map(_hash, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data: blob:;"
        " base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _asset(name: str) -> str:
    """Read a part of the page; one that would end its own element early is refused."""
    text = files("rolegraph.webpage").joinpath("assets", name).read_text(encoding="utf-8")
    return _embeddable(text, name)


@cache
def _script() -> str:
    """Join the parts of the page's script; the function around them keeps their names to themselves."""
    return "'use strict';\n(() => {\n" + "\n".join(map(_asset, SCRIPTS)) + "})();\n"


@cache
def _vis_network() -> str:
    """Read vis-network from the installed pyvis, without the link to a source map that is not there."""
    text = files("pyvis").joinpath(VIS_NETWORK).read_text(encoding="utf-8")
    return _embeddable(text.replace("//# sourceMappingURL=", "// source map: "), VIS_NETWORK)


def _embeddable(text: str, name: str) -> str:
    if any(end in text.lower() for end in ("</script", "</style", "<!--")):
        raise RuntimeError(f"{name} cannot stand inside an HTML element.")
    return text
