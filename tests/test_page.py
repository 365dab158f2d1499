"""The page as a file: the same bytes for the same network, nothing from outside, every text still a text."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import networkx as nx
import page_networks
import pytest

from rolegraph import errors
from rolegraph.model import Pay
from rolegraph.opening import open_graph
from rolegraph.tables import cell
from rolegraph.webpage.data import page_data
from rolegraph.webpage.excerpt import MOST_WHOLE, ROOM, excerpt
from rolegraph.webpage.layout import arrange
from rolegraph.webpage.lettering import text_width, wrap
from rolegraph.webpage.render import Page, page
from rolegraph.webpage.words import KINDS, RELATIONS


class Parts(HTMLParser):
    """What a browser would find in a document: its elements, and the text in each script and style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._inside = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Note the element, and begin its text."""
        self.elements.append((tag, dict(attrs)))
        if tag in {"script", "style", "title", "h1"}:
            self._inside = tag
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag):
        """End the text of the element."""
        self._inside = "" if tag == self._inside else self._inside

    def handle_data(self, data):
        """Add to the text of the element."""
        if self._inside:
            self.texts[self._inside][-1] += data

    def only(self, tag: str, name: str = "", value: str = "") -> dict[str, str | None]:
        """Give the attributes of the one such element."""
        (found,) = [
            given
            for element, given in self.elements
            if element == tag and (not name or given.get(name) == value)
        ]
        return found

    @property
    def network(self) -> dict:
        """Give the nodes, edges and options that pyvis wrote."""
        return json.loads(self.texts["script"][0])

    @property
    def extras(self) -> dict:
        """Give what the page knows beside them."""
        return json.loads(self.texts["script"][1])

    @property
    def code(self) -> list[str]:
        """Give the scripts that run: that of vis-network, and the page's own."""
        return self.texts["script"][-2:]

    def unpacked(self, what: str) -> list[dict]:
        """Give packed values as the page's script does, what is empty left out."""
        packed = self.extras["packed"]
        columns = packed["columns"][what]
        rows = [dict(zip(columns, row, strict=False)) for row in packed[what]]
        return [
            {
                name.removesuffix("*"): packed["texts"][cell] if name.endswith("*") else cell
                for name, cell in row.items()
                if cell or name in {"from", "to"}
            }
            for row in rows
        ]

    @property
    def all_nodes(self) -> list[dict]:
        """Give every node, drawn or not, with its IRI."""
        rest = [
            {**node, "iri": node.get("space", "") + node.get("name", "")} for node in self.unpacked("nodes")
        ]
        return [*self.network["nodes"], *rest]

    @property
    def all_edges(self) -> list[dict]:
        """Give every edge, drawn or not."""
        return [*self.network["edges"], *self.unpacked("edges")]


@pytest.fixture(scope="module")
def shown() -> Page:
    network, path = page_networks.small()
    return page(network, highlight=path, title="Careers", focus="CPO")


@pytest.fixture(scope="module")
def parts(shown) -> Parts:
    return Parts(shown.html)


def shuffled(network: nx.MultiDiGraph, seed: int) -> nx.MultiDiGraph:
    dice = random.Random(seed)  # noqa: S311 - a repeatable test, no secret
    nodes, edges = list(network.nodes(data=True)), list(network.edges(keys=True, data=True))
    dice.shuffle(nodes)
    dice.shuffle(edges)
    other: nx.MultiDiGraph = nx.MultiDiGraph()
    other.add_nodes_from(nodes)
    other.add_edges_from(edges)
    return other


# --- the same input gives the same page


def test_the_order_of_nodes_and_edges_does_not_matter(shown):
    network, path = page_networks.small()
    for seed in range(3):
        assert page(shuffled(network, seed), highlight=path, title="Careers", focus="CPO").html == shown.html
    large = page_networks.random_network(1, 120, 260)
    assert page(shuffled(large, 5)).html == page(large).html


def test_the_hash_seed_does_not_matter():
    code = (
        "import hashlib, page_networks; from rolegraph.webpage.render import page;"
        "network, path = page_networks.small();"
        "html = page(network, highlight=path).html + page(page_networks.random_network(2, 80, 160)).html;"
        "print(hashlib.sha256(html.encode()).hexdigest())"
    )
    here = Path(__file__).parent
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{here}:{here.parent / 'src'}"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


# --- nothing from outside, and nothing but the page's own scripts


def test_the_policy_names_the_page_s_scripts_and_style_and_allows_nothing_else(parts):
    policy = parts.only("meta", "http-equiv", "Content-Security-Policy")["content"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    hashed = [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in (*parts.code, *parts.texts["style"])
    ]
    assert rules == {
        "default-src": "'none'",
        "script-src": " ".join(hashed[:2]),
        "style-src": hashed[2],
        "img-src": "data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    kinds = [given.get("type") for tag, given in parts.elements if tag == "script"]
    assert kinds == [*["application/json"] * (len(kinds) - 2), None, None]
    assert len(parts.texts["style"]) == 1


def test_no_element_refers_to_anything_outside(parts):
    assert not [
        given
        for _, given in parts.elements
        if {"src", "href", "action", "srcset", "data", "style"} & set(given)
    ]
    assert not [given for _, given in parts.elements for name in given if name.startswith("on")]
    assert "@import" not in parts.texts["style"][0]
    assert "url(" not in parts.texts["style"][0]


@pytest.mark.parametrize(("nodes", "relations"), [(50, 100), (500, 1000), (501, 1000), (1000, 20_000)])
def test_the_file_stays_small(nodes, relations):
    network = page_networks.random_network(3, nodes, relations)
    size = len(page(network).html.encode())
    assert size <= 700_000 + 400 * len(network) + 150 * network.number_of_edges()


# --- texts stay texts


def test_hostile_texts_add_no_element_and_arrive_whole():
    network, path = page_networks.hostile()
    plain = Parts(page(*page_networks.small()[:1]).html)
    for title in page_networks.HOSTILE:
        found = Parts(page(network, highlight=path, title=title).html)
        assert [tag for tag, _ in found.elements] == [tag for tag, _ in plain.elements]
        assert found.texts["title"] == found.texts["h1"] == [cell(title)]
    labels = {node["label"] for node in found.network["nodes"]}
    assert labels == {cell(f"{number} {text}") for number, text in enumerate(page_networks.HOSTILE)}
    data = "".join(found.texts["script"][:-2])
    assert not re.search(r"[<>&]", data)
    assert not re.search(
        r"\\u(?:00[01].|007f|008.|009.|200[ef]|202[a-e]|206[6-9]|d8..)", data.replace("\\ud83d", "")
    )


def test_an_address_that_is_no_web_address_is_kept_as_it_is_and_left_to_the_page_to_show_as_text():
    network, _ = page_networks.small()
    data = page_data(network, (), None)
    assert "https://example.org/guide" in [one.get("url") for one in data.evidence]


# --- what the page knows


def test_every_node_and_edge_is_on_the_page_with_its_facts(parts):
    network, _ = page_networks.small()
    nodes, edges = parts.network["nodes"], parts.network["edges"]
    assert {node["iri"]: (node["label"], node["group"]) for node in nodes} == {
        iri: (data["label"], data["kind"]) for iri, data in network.nodes(data=True)
    }
    iris = [node["iri"] for node in nodes]
    assert sorted((iris[edge["from"]], iris[edge["to"]], edge["kind"]) for edge in edges) == sorted(
        network.edges(keys=True)
    )
    (head,) = [node for node in nodes if node["label"] == "chief product officer"]
    assert head["aliases"] == ["CPO", "Directrice générale produit"]
    assert head["definition"] == "Leads the product department."
    evidence = parts.unpacked("evidence")
    (pay,) = head["pay"]
    assert pay["amount"] == "USD 403,000 a year"
    assert pay["basis"] == "median total pay, United States, 2025-11"
    assert evidence[pay["evidence"][0]]["text"] == "Pay survey (2025)"
    assert [edge["necessity"] for edge in edges if edge["kind"] == "requires"] == ["essential"] * 2
    doubts = [evidence[at]["doubt"] for edge in edges for at in edge["evidence"] if "doubt" in evidence[at]]
    assert doubts == ["Usually a step down."]


def test_the_path_is_on_the_page_with_the_evidence_of_each_step(parts):
    (path,) = parts.extras["paths"]
    labels = [parts.network["nodes"][at]["label"] for at in path["nodes"]]
    assert labels == ["product developer", "chief product officer", "chief executive officer"]
    steps = [parts.network["edges"][step["edge"]] for step in path["steps"]]
    assert [(edge["from"], edge["to"]) for edge in steps] == list(
        zip(path["nodes"], path["nodes"][1:], strict=False)
    )
    evidence = parts.unpacked("evidence")
    told = [[evidence[at]["text"] for at in step["evidence"]] for step in path["steps"]]
    assert told == [["A guide", "Second source"], ["A guide"]]


def test_the_focus_may_be_an_alias_a_label_or_an_iri(parts):
    network, _ = page_networks.small()
    node = parts.network["nodes"][parts.extras["focus"]]
    assert node["label"] == "chief product officer"
    for focus in ("Chief Product-Officer", node["iri"]):
        assert Parts(page(network, focus=focus).html).extras["focus"] == node["id"]


def test_a_focus_or_a_path_that_is_not_in_the_network_is_an_error():
    network, path = page_networks.small()
    with pytest.raises(errors.UnknownName, match="Did you mean 'chief product officer'"):
        page(network, focus="chief product oficer")
    network.remove_node(path.roles[1].iri)
    with pytest.raises(errors.UnknownName, match="chief product officer"):
        page(network, highlight=path)


def test_several_paths_may_be_shown():
    network, path = page_networks.small()
    other = page_networks.path_through(network, path.roles[1].iri, path.roles[2].iri)
    assert [
        len(one["steps"]) for one in Parts(page(network, highlight=[path, other]).html).extras["paths"]
    ] == [2, 1]


def test_a_network_without_nodes_or_with_bare_ones_has_a_page():
    bare: nx.MultiDiGraph = nx.MultiDiGraph()
    assert Parts(page(bare).html).network["nodes"] == []
    bare.add_edge("urn:a", "urn:b")
    found = Parts(page(bare).html).network
    assert [(node["label"], node["group"]) for node in found["nodes"]] == [
        ("urn:a", "unknown"),
        ("urn:b", "unknown"),
    ]
    assert [edge["kind"] for edge in found["edges"]] == ["related"]


def test_no_two_kinds_look_alike():
    assert len({style["shape"] for style in KINDS.values()}) == len(KINDS)
    assert len({forward for forward, _ in RELATIONS.values()}) == len(RELATIONS)


# --- a large network: what surrounds a few nodes


@pytest.fixture(scope="module")
def around_hub() -> Parts:
    return Parts(page(page_networks.large()).html)


def drawn(parts: Parts, kind: str) -> list[str]:
    return [node["label"] for node in parts.network["nodes"] if node["group"] == kind]


def test_a_network_of_moderate_size_is_drawn_whole():
    network = page_networks.random_network(4, MOST_WHOLE, 200)
    assert excerpt(network, []) is network
    found = Parts(page(network).html)
    assert len(found.network["nodes"]) == MOST_WHOLE
    assert (found.unpacked("nodes"), found.unpacked("edges"), found.extras["around"]) == ([], [], [])


def test_of_a_large_network_stay_the_moves_best_evidenced_and_the_things_most_needed(around_hub):
    assert drawn(around_hub, "role") == [
        "hub",
        "neighbour",
        *(f"role {number}" for number in range(14, 20)),
    ]
    own, essential = ["skill 148", "skill 149"], [f"skill {number:03}" for number in range(1, 20, 2)]
    assert drawn(around_hub, "skill") == [*essential, *own]
    assert (drawn(around_hub, "training"), drawn(around_hub, "organization")) == (["course"], ["school"])
    assert drawn(around_hub, "occupation") == []


def test_lines_go_out_from_the_centre_and_no_drawn_thing_is_left_alone(around_hub):
    nodes, edges = around_hub.network["nodes"], around_hub.network["edges"]
    ends = [(nodes[edge["from"]]["label"], nodes[edge["to"]]["label"]) for edge in edges]
    assert {start for start, _ in ends} == {"hub", "course"}
    assert {label for pair in ends for label in pair} == {node["label"] for node in nodes}


def test_the_page_knows_what_it_does_not_draw(around_hub):
    network = page_networks.large()
    nodes, edges = around_hub.all_nodes, around_hub.all_edges
    assert [nodes[at]["label"] for at in around_hub.extras["around"]] == ["hub"]
    told = {node["iri"]: (node["label"], node["group"]) for node in nodes}
    assert len(told) == len(nodes) > len(around_hub.network["nodes"])
    assert told == {iri: (data["label"], data["kind"]) for iri, data in network.nodes(data=True)}
    iris = list(told)
    assert sorted((iris[edge["from"]], iris[edge["to"]], edge["kind"]) for edge in edges) == sorted(
        network.edges(keys=True)
    )
    hub = iris.index(f"{page_networks.BASE}role/hub")
    (seen,) = [edge for edge in edges if (edge["from"], nodes[edge["to"]]["label"]) == (hub, "role 00")]
    assert (seen["seen"], seen["share"], seen["count"]) == ("seen 1 time", "0 % of the moves out", 1)
    assert around_hub.unpacked("evidence")[seen["evidence"][0]]["text"] == "Counts"


def test_what_is_not_drawn_comes_with_all_its_facts():
    network = page_networks.large()
    named = (page_networks.stated(),)
    facts = {"aliases": ("Öl",), "definition": "Far away.", "pay": (PAY,), "evidence": named}
    far = page_networks.add(network, "far", "occupation", **facts)
    found = Parts(page(network).html)
    (node,) = [one for one in found.unpacked("nodes") if one["label"] == "far"]
    assert (node["space"] + node["name"], node["group"]) == (far, "occupation")
    assert (node["aliases"], node["definition"]) == (["Öl"], "Far away.")
    assert [pay["amount"] for pay in node["pay"]] == ["USD 90,000 an hour"]
    assert [found.unpacked("evidence")[at]["text"] for at in node["evidence"]] == ["A guide"]
    assert node["w"] > 0
    assert node["h"] > 0


def test_the_focus_and_the_stops_of_routes_are_what_is_surrounded():
    network = page_networks.large()
    nodes = {data["label"]: node for node, data in network.nodes(data=True)}
    route = page_networks.path_through(network, nodes["hub"], nodes["role 03"], nodes["role 02"])
    found = Parts(page(network, highlight=route, focus="hub").html)
    labels = [node["label"] for node in found.network["nodes"]]
    assert [labels[at] for at in found.extras["around"]] == ["hub", "role 03", "role 02"]
    assert all("edge" in step for step in found.extras["paths"][0]["steps"])
    lonely = Parts(page(network, focus="<b>lonely</b>").html)
    assert [node["label"] for node in lonely.network["nodes"]] == ["<b>lonely</b>"]
    occupation = Parts(page(network, focus="hub of ESCO").html)
    assert [edge["kind"] for edge in occupation.network["edges"]] == ["described_as"]


def test_an_occupation_with_the_name_of_a_role_does_not_make_it_ambiguous():
    network, _ = page_networks.small()
    page_networks.add(network, "product manager", "occupation")
    found = Parts(page(network, focus="product manager").html)
    assert found.network["nodes"][found.extras["focus"]]["group"] == "role"


def test_the_excerpt_does_not_depend_on_the_order_of_nodes_and_edges():
    network = page_networks.large()
    assert page(shuffled(network, 3)).html == page(network).html
    many = page_networks.random_network(8, 400, 1200)
    assert page(shuffled(many, 3)).html == page(many).html


def test_the_shipped_graph_is_drawn_small_enough_to_be_read():
    graph = open_graph()
    for drawn_page in (
        page(graph.network()),
        page(graph.network(), highlight=graph.path("product developer", "CEO")),
    ):
        assert 20 <= len(Parts(drawn_page.html).network["nodes"]) <= ROOM
        assert drawn_page.nodes == len(graph.network())
        assert len(drawn_page.html.encode()) <= 900_000


PAY = Pay(90_000, "USD", "median wage", "HOUR", "2025", "", page_networks.stated())


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (76_000, 508_000, "from 76,000 to 508,000 for the middle 80\N{NO-BREAK SPACE}%"),
        (76_000, None, "less than 76,000 for one in ten"),
        (None, 508_000, "more than 508,000 for one in ten"),
        (None, None, None),
    ],
)
def test_pay_is_told_with_its_range(low, high, told):
    network: nx.MultiDiGraph = nx.MultiDiGraph()
    pay = replace(PAY, low=low, high=high)
    page_networks.add(network, "one", "role", pay=(pay,))
    (shown_pay,) = page_data(network, (), None).nodes[0]["pay"]
    assert (shown_pay["amount"], shown_pay.get("range")) == ("USD 90,000 an hour", told)


# --- the layout


def places(network: nx.MultiDiGraph) -> dict[str, dict]:
    return {node["label"]: node for node in page_data(network, (), None).nodes}


def columns_of(network: nx.MultiDiGraph) -> list[set[str]]:
    """Give the roles that have the same x, from left to right."""
    roles = [node for node in places(network).values() if node["group"] == "role"]
    return [
        {node["label"] for node in roles if node["x"] == x} for x in sorted({node["x"] for node in roles})
    ]


def test_roles_stand_in_columns_along_the_career_direction():
    network, _ = page_networks.small()
    at = places(network)
    assert at["product developer"]["x"] == at["product manager"]["x"] < at["chief product officer"]["x"]
    assert (
        at["chief product officer"]["x"]
        < at["chief executive officer"]["x"]
        == at["vice president of product"]["x"]
    )


def test_every_move_goes_to_the_right_where_there_is_no_circle():
    network = page_networks.random_network(7, 60, 0)
    roles = sorted(node for node, data in network.nodes(data=True) if data["kind"] == "role")
    dice = random.Random(7)  # noqa: S311 - a repeatable test, no secret
    for _ in range(50):
        start, end = sorted(dice.sample(range(len(roles)), 2))
        page_networks.join(network, roles[start], roles[end], "move")
    data = page_data(network, (), None)
    assert all(data.nodes[edge["from"]]["x"] < data.nodes[edge["to"]]["x"] for edge in data.edges)


def test_roles_in_a_circle_of_stated_moves_stand_in_one_column():
    network, _ = page_networks.small()
    at = {node["label"]: node["iri"] for node in page_data(network, (), None).nodes}
    page_networks.join(network, at["vice president of product"], at["chief product officer"], "move")
    assert places(network)["vice president of product"]["x"] == places(network)["chief product officer"]["x"]


def test_observed_moves_do_not_turn_the_direction_of_stated_ones():
    network, _ = page_networks.small()
    before = columns_of(network)
    at = {node["label"]: node["iri"] for node in page_data(network, (), None).nodes}
    seen = page_networks.stated("Counts", kind="observed")
    for start, end, count in (
        ("chief executive officer", "chief product officer", 900),
        ("chief executive officer", "product manager", 50),
        ("vice president of product", "product developer", 7),
    ):
        page_networks.join(network, at[start], at[end], "move", seen, count=count)
    assert columns_of(network) == before


def test_of_observed_moves_in_a_circle_those_seen_more_often_give_the_direction():
    network: nx.MultiDiGraph = nx.MultiDiGraph()
    one, two, three = (page_networks.add(network, name, "role") for name in ("one", "two", "three"))
    seen = page_networks.stated("Counts", kind="observed")
    for start, end, count in ((one, two, 9), (two, one, 3), (two, three, 5), (three, one, 4)):
        page_networks.join(network, start, end, "move", seen, count=count)
    at = places(network)
    assert at["one"]["x"] < at["two"]["x"] < at["three"]["x"]


@pytest.mark.parametrize("seed", range(6))
def test_on_the_page_of_a_path_its_roles_stand_in_its_order_from_left_to_right(seed):
    dice = random.Random(seed)  # noqa: S311 - a repeatable test, no secret
    network: nx.MultiDiGraph = nx.MultiDiGraph()
    roles = [page_networks.add(network, f"role {number}", "role") for number in range(14)]
    seen = page_networks.stated("Counts", kind="observed")
    for start, end in dice.sample([(a, b) for a in roles for b in roles if a != b], 60):
        stated = dice.random() < 0.5
        page_networks.join(
            network, start, end, "move", *(() if stated else (seen,)), count=None if stated else 3
        )
    route = next(
        found for found in nx.all_simple_paths(nx.DiGraph(network), roles[0], roles[5]) if len(found) > 5
    )
    data = page_data(network, [page_networks.path_through(network, *route)], None)
    xs = [data.nodes[at]["x"] for at in data.paths[0]["nodes"]]
    assert xs == sorted(set(xs))
    assert data == page_data(shuffled(network, seed), [page_networks.path_through(network, *route)], None)


def test_a_long_route_in_the_shipped_graph_leads_from_left_to_right():
    graph = open_graph()
    path = graph.path("product developer", "CEO")
    data = page_data(graph.network(), [path], None)
    xs = [data.nodes[at]["x"] for at in data.paths[0]["nodes"]]
    assert xs == sorted(set(xs))


@pytest.mark.parametrize(
    ("seed", "nodes", "relations"),
    [(1, 1, 0), (2, 12, 20), (3, 40, 10), (4, 100, 180), (5, 100, 0), (6, 300, 500), (7, 150, 1500)],
)
def test_no_two_boxes_overlap_and_none_is_lost(seed, nodes, relations):
    network = page_networks.random_network(seed, nodes, relations)
    order = list(network)
    placed = arrange(
        [(data["kind"], data["label"]) for _, data in network.nodes(data=True)],
        [(order.index(start), order.index(end), kind) for start, end, kind in network.edges(keys=True)],
        {"skill": "Skills", "duty": "Duties", "degree": "Degrees"},
    )
    assert sorted(mark.node for mark in placed if mark.node is not None) == list(range(nodes))
    by_left = sorted(placed, key=lambda mark: mark.left)
    for at, one in enumerate(by_left):
        for other in by_left[at + 1 :]:
            if other.left >= one.right:
                break
            assert other.top >= one.bottom or other.bottom <= one.top, (one, other)


@pytest.mark.parametrize("text", [*page_networks.HOSTILE, "collaboration and team management"])
def test_wrapped_lines_fit_and_leave_out_nothing_but_the_end(text):
    lines = wrap(cell(text), 120, 3)
    assert 1 <= len(lines) <= 3
    assert all(text_width(line) <= 120 for line in lines)
    told = "".join(lines).replace(" ", "").removesuffix("…")
    assert cell(text).replace(" ", "").startswith(told)


# --- files and notebooks


def test_a_notebook_shows_the_whole_page_in_a_frame_that_cannot_reach_the_notebook(shown):
    frame = Parts(shown._repr_html_())
    assert [tag for tag, _ in frame.elements] == ["iframe"]
    given = frame.only("iframe")
    assert given["srcdoc"] == shown.html
    assert given["sandbox"].split() == ["allow-scripts", "allow-downloads", "allow-popups"]
    assert given["title"] == "Careers"
    assert "id" not in given  # two frames of one page must not share one


def test_repr_is_short(shown):
    assert re.fullmatch(r"<Page 'Careers': 16 nodes, 15 relations, \d{3} kB>", repr(shown))


def test_nothing_is_written_unasked(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    network, path = page_networks.small()
    made = page(network, highlight=path)
    repr(made)
    made._repr_html_()
    assert list(tmp_path.iterdir()) == []


def test_save_writes_the_whole_page_and_says_where(shown, tmp_path):
    target = tmp_path / "karriere-übersicht.html"
    target.write_text("old")
    assert shown.save(target) == target
    assert target.read_text(encoding="utf-8") == shown.html
    assert list(tmp_path.iterdir()) == [target]


def test_save_leaves_nothing_behind_when_it_fails(shown, tmp_path):
    with pytest.raises(errors.OutputError, match=r"missing.map\.html cannot be written"):
        shown.save(tmp_path / "missing" / "map.html")
    (tmp_path / "folder").mkdir()
    with pytest.raises(errors.OutputError):
        shown.save(tmp_path / "folder")
    assert list(tmp_path.iterdir()) == [tmp_path / "folder"]


def test_show_opens_a_temporary_file_in_the_browser(shown, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("webbrowser.open", opened.append)
    path = shown.show()
    assert opened == [path.as_uri()]
    assert path.is_relative_to(tmp_path)
    assert path.read_text(encoding="utf-8") == shown.html


# --- pyvis underneath


def test_a_pyvis_that_ignores_our_template_is_refused(monkeypatch):
    from pyvis.network import Network

    ours = Network.generate_html

    def moved_hook(self: Network) -> str:
        self.templateEnv, self.path = Network().templateEnv, Network().path
        return ours(self)

    monkeypatch.setattr(Network, "generate_html", moved_hook)
    with pytest.raises(RuntimeError, match=r"install pyvis 0\.3\.2"):
        page(page_networks.small()[0])


def test_pyvis_hands_our_template_what_it_needs():
    from jinja2 import DictLoader, Environment
    from pyvis.network import Network

    network = Network(directed=True, heading="h", cdn_resources="in_line")
    network.add_node(0, "zero", shape="custom", group="role")
    network.add_edge(0, 0, arrows="", kind="move")
    network.options = {"a": "b  c"}
    network.templateEnv = Environment(
        loader=DictLoader({"t": "{{ [nodes, edges, options, heading]|tojson }}"}), autoescape=True
    )
    network.path = "t"
    nodes, edges, options, heading = json.loads(network.generate_html(name="t.html"))
    assert nodes == [{"id": 0, "label": "zero", "shape": "custom", "group": "role"}]
    assert edges == [{"from": 0, "to": 0, "arrows": "", "kind": "move"}]
    assert json.loads(options) == {"a": "b  c"}
    assert heading == "h"


def test_the_page_carries_the_vis_network_of_pyvis(parts):
    assert "@version 9.1.2" in parts.code[0][:400]
    assert "sourceMappingURL" not in parts.code[0]


def test_pyvis_loads_with_the_first_page_only():
    code = (
        "import sys, rolegraph; rolegraph.page;"
        "assert not {'pyvis', 'jinja2', 'IPython'} & set(sys.modules), sorted(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
