"""Networks for the tests of the page: a small one that is easy to follow, a hostile one, and random ones."""

from __future__ import annotations

import random
from itertools import pairwise

import networkx as nx

from rolegraph.model import Evidence, Note, Pay, Role
from rolegraph.routes import CareerPath, Step

BASE = "https://example.org/"

#: What must stay text wherever it stands: else it would set `pwned`, fetch something or break the page.
HOSTILE = (
    "</script><img src=x onerror=pwned=1>",
    "<script>pwned=2</script>",
    "<img src=https://attacker.example/pixel.png onerror=pwned=3>",
    "<!--<script>pwned=4//",
    "javascript:pwned=5",
    '"onmouseover="pwned=6" x=\'',
    "{{ 7*7 }}{% raw %}${pwned=8}`",
    "<a href=javascript:pwned=9>href</a>",
    "</style><style>*{display:none}</style>",
    "chief\u202e reciffo\u2066 tcudorp\u200f",
    "bell\x07 null\x00 escape\x1b[31m delete\x7f\x85",
    "a\u2028b\u2029c",
    "\ud800 alone",
    "漢字 é e\u0301 👩‍💻 عربي",
    "__proto__",
    "",
    "W" * 10_000,
    "long words " * 900,
)


def stated(text: str = "A guide", **parts: str) -> Evidence:
    """Give evidence of a source with that name."""
    return Evidence(**({"claim": f"{BASE}claim", "kind": "stated", "source": text} | parts))


def add(network: nx.MultiDiGraph, name: str, kind: str, **data: object) -> str:
    """Add a node and give its IRI."""
    node = f"{BASE}{kind}/{name.replace(' ', '-')}"
    facts = {"aliases": (), "definition": "", "pay": (), "notes": (), "evidence": ()}
    network.add_node(node, **({"label": name, "kind": kind} | facts | data))
    return node


def join(
    network: nx.MultiDiGraph, start: str, end: str, kind: str, *evidence: Evidence, **data: object
) -> None:
    """Add a relation with its evidence."""
    facts = {"necessity": "", "share": None}
    network.add_edge(
        start, end, key=kind, **({"kind": kind, "evidence": evidence or (stated(),)} | facts | data)
    )


def small() -> tuple[nx.MultiDiGraph, CareerPath]:
    """Give a network of 16 nodes and 15 relations, and a path through it."""
    network: nx.MultiDiGraph = nx.MultiDiGraph()
    pay = Pay(
        403_000,
        "USD",
        "median total pay",
        "YEAR",
        "2025-11",
        "United States",
        stated("Pay survey", date="2025"),
    )
    manager = add(network, "product manager", "role", aliases=("PM",))
    developer = add(network, "product developer", "role")
    notes = (Note("outlook", "employment +4 % from 2024 to 2034", stated("Bureau")),)
    head = add(
        network,
        "chief product officer",
        "role",
        aliases=("CPO", "Directrice générale produit"),
        definition="Leads the product department.",
        pay=(pay,),
        notes=notes,
        evidence=(stated(),),
    )
    boss = add(network, "chief executive officer", "role", aliases=("CEO",))
    vice = add(network, "vice president of product", "role")
    suite = add(network, "C-suite", "group")
    join(network, manager, head, "move", stated(url="https://example.org/guide", section="steps"))
    join(network, developer, head, "move", stated(), stated("Second source", kind="observed"))
    join(network, head, boss, "move", stated(qualifier="a next step"))
    join(network, head, vice, "move", stated(doubt="Usually a step down."))
    join(network, head, suite, "move", stated(kind="derived"))
    join(network, head, suite, "member_of", stated(kind="editorial"))
    for name, kind, relation in (
        ("creativity", "skill", "requires"),
        ("data analysis", "skill", "requires"),
        ("set the strategy", "duty", "has_duty"),
        ("mentoring", "value", "brings_value"),
        ("bachelor's degree", "degree", "needs_degree"),
        ("business administration", "subject", "suggests_subject"),
        ("certified officer", "certification", "suggests_credential"),
    ):
        join(
            network,
            head,
            add(network, name, kind),
            relation,
            necessity="essential" if kind == "skill" else "",
        )
    course = add(network, "product course", "training")
    join(network, head, course, "suggests_credential")
    join(network, course, add(network, "a school", "organization"), "offered_by")
    add(network, "lonely skill", "skill")
    return network, path_through(network, developer, head, boss)


def path_through(network: nx.MultiDiGraph, *nodes: str) -> CareerPath:
    """Give the path that visits these nodes."""
    roles = [
        Role(node, network.nodes[node]["label"], "role", (), "", network.nodes[node]["pay"]) for node in nodes
    ]
    steps = [
        Step(start, goal, network.edges[start.iri, goal.iri, "move"]["evidence"])
        for start, goal in pairwise(roles)
    ]
    return CareerPath(tuple(roles), tuple(steps), len(steps))


def hostile() -> tuple[nx.MultiDiGraph, CareerPath]:
    """Give a network in which every field of every thing is hostile, and a path through it."""
    network: nx.MultiDiGraph = nx.MultiDiGraph()
    nodes = []
    for number, text in enumerate(HOSTILE):
        evidence = Evidence(*[text] * 11)
        nodes.append(f"{number}{text}")
        network.add_node(
            nodes[-1],
            label=f"{number} {text}",
            kind="role" if number < 6 else text if number % 3 else "skill",
            aliases=(text, text),
            definition=text,
            pay=(Pay(1.5, text, text, text, text, text, evidence),),
            notes=(Note(text, text, evidence),),
            evidence=(evidence,),
        )
    for number, text in enumerate(HOSTILE):
        kind = "move" if number < 5 else text
        start, end = (nodes[number], nodes[number + 1]) if number < 5 else (nodes[0], nodes[number])
        join(network, start, end, kind, Evidence(*[text] * 11), necessity=text, share=None)
    return network, path_through(network, *nodes[:4])


def large() -> nx.MultiDiGraph:
    """Give a network that is too large to be drawn whole, around the role "hub".

    It has a stated and 20 observed moves, things of its own and those of an occupation, and a neighbour. The
    role "elsewhere" and its skills are two and three steps away.
    """
    network: nx.MultiDiGraph = nx.MultiDiGraph()
    hub, neighbour = add(network, "hub", "role"), add(network, "neighbour", "role")
    occupation = add(network, "hub of ESCO", "occupation")
    join(network, hub, occupation, "described_as", doubt="")
    join(network, hub, neighbour, "move", stated(doubt="A step down."))
    roles = [add(network, f"role {number:02}", "role") for number in range(20)]
    for number, role in enumerate(roles):
        seen = stated("Counts", kind="observed")
        join(network, hub, role, "move", seen, count=number + 1, share=float(number))
        join(network, role, roles[number - 1], "move", seen, count=99)
    through = stated("ESCO", via="the occupation “hub of ESCO” (close match)", doubt="It has two.")
    skills = [add(network, f"skill {number:03}", "skill") for number in range(150)]
    for number, skill in enumerate(skills):
        essential = "essential" if number % 2 else "optional"
        join(network, hub, skill, "requires", stated() if number > 147 else through, necessity=essential)
        join(network, neighbour, skill, "requires", through, necessity="essential")
    first, second = stated("First survey", detail="12 %"), stated("Second survey", detail="34 %")
    join(network, hub, add(network, "diploma", "degree"), "asks_degree", first, second, share=12.0)
    course = add(network, "course", "training")
    join(network, hub, course, "suggests_credential")
    join(network, course, add(network, "school", "organization"), "offered_by")
    join(network, skills[149], add(network, "skill of another list", "skill"), "matches")
    add(network, "<b>lonely</b>", "skill")
    elsewhere = add(network, "elsewhere", "role", aliases=("Far Away",))
    join(network, roles[0], elsewhere, "move", stated("Counts", kind="observed"), count=1)
    for number in range(330):
        join(network, elsewhere, add(network, f"far skill {number:03}", "skill"), "requires", through)
    return network


def random_network(seed: int, nodes: int, relations: int) -> nx.MultiDiGraph:
    """Give a network of that size: many kinds of nodes, moves in circles, parallel relations, lone nodes."""
    dice = random.Random(seed)  # noqa: S311 - a repeatable test, no secret
    kinds = ["role"] * 4 + ["group", "skill", "skill", "skill", "duty", "degree", "organization", "thing"]
    network: nx.MultiDiGraph = nx.MultiDiGraph()
    words = ["chief", "of", "product", "manager", "and", "interdisciplinary", "W" * 30, "data", "漢字"]
    added = [
        add(network, f"{' '.join(dice.choices(words, k=dice.randint(1, 6)))} {number}", dice.choice(kinds))
        for number in range(nodes)
    ]
    for _ in range(relations):
        join(
            network,
            dice.choice(added),
            dice.choice(added),
            dice.choice(["move", "move", "requires", "member_of"]),
        )
    return network
