"""The observed moves that ship, counted again from the source: counts, shares, titles left out."""

from __future__ import annotations

import csv
import gzip
import subprocess
import sys
from collections import Counter
from fractions import Fraction

import networkx as nx
import pyoxigraph as ox
import pytest

RG = "https://w3id.org/rolegraph/"
ROLE = f"{RG}role/"
GUIDE = {
    *(
        "chief-product-officer",
        "chief-executive-officer",
        "chief-technology-officer",
        "chief-marketing-officer",
    ),
    *("vice-president-of-product", "product-manager", "product-developer", "brand-manager", "unit-manager"),
    *("sales-and-marketing-manager", "product-marketing-manager", "project-manager"),
}
NOT_SEEN = {"chief-product-officer", "chief-marketing-officer", "unit-manager", "sales-and-marketing-manager"}
MERGED_BY = {
    *("as observed", "abbreviation", "word order", "management", "two ranks", "employment", "other word"),
    "misspelling",
}
LEFT_OUT_BY = {
    *("one word", "rank only", "cut short", "two readings", "narrower", "founder", "other post", "training"),
}
#: A title with one of these words has to be decided upon.
TELLING = {
    *("product", "products", "brand", "marketing", "unit", "owner", "founder", "officer", "chief"),
    *("ceo", "cto", "coo", "cio", "president", "vice", "vp", "svp", "avp", "gm", "pm", "pmo"),
    *("program", "programs", "programme", "project", "projects"),
}


@pytest.fixture(scope="module")
def source(shared_data):
    """Give the folder of TitleGraph."""
    return shared_data / "title-graph"


@pytest.fixture(scope="module")
def transitions(source):
    """Give (title, next title, count) as the source has them."""
    with gzip.open(source / "transitions.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    return [(row["from_title"], row["to_title"], int(row["count"])) for row in rows]


@pytest.fixture(scope="module")
def titles(transitions):
    """Give every title of the source."""
    return {title for first, then, _ in transitions for title in (first, then)}


@pytest.fixture(scope="module")
def table(repository):
    """Give the lines of the table of titles, in their order."""
    file = repository / "ontology" / "build" / "title_variants.tsv"
    lines = [line for line in file.read_text("utf-8").splitlines() if not line.startswith("#")]
    head, *rows = (line.split("\t") for line in lines)
    assert head == ["title", "role", "label", "also", "rule", "why"]
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def counted(transitions, table):
    """Count again: how often each move was seen between merged titles, by the IRIs of its ends."""
    roles = {row["title"]: row["role"] for row in table if row["role"]}

    def iri(title):
        return ROLE + (roles.get(title) or "observed/" + "-".join(title.split(" ")))

    total = Counter()
    for first, then, count in transitions:
        total[iri(first), iri(then)] += count
    return {pair: count for pair, count in total.items() if pair[0] != pair[1]}


@pytest.fixture(scope="module")
def shipped_file(repository):
    """Give the file of the graph that ships."""
    return repository / "ontology" / "data" / "observed-moves.ttl"


@pytest.fixture(scope="module")
def whole_file(repository):
    """Give the file of the optional data set."""
    return repository / "ontology" / "data" / "optional" / "observed.ttl.gz"


@pytest.fixture(scope="module")
def shipped(shipped_file):
    """Give a store with the graph that ships."""
    return stored(shipped_file.read_bytes())


@pytest.fixture(scope="module")
def whole(whole_file):
    """Give a store with the optional data set."""
    return stored(gzip.decompress(whole_file.read_bytes()))


@pytest.fixture(scope="module")
def shipped_moves(shipped):
    """Give the moves of the graph that ships; see `moves`."""
    return moves(shipped)


@pytest.fixture(scope="module")
def whole_moves(whole):
    """Give the moves of the optional data set; see `moves`."""
    return moves(whole)


def stored(turtle):
    store = ox.Store()
    store.bulk_load(turtle, format=ox.RdfFormat.TURTLE)
    return store


def asked(store, columns, pattern):
    """Give these columns of what fits a pattern."""
    prefixes = {
        "rg": RG,
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dcterms": "http://purl.org/dc/terms/",
    }
    found = store.query(f"SELECT {columns} {{ {pattern} }}", prefixes=prefixes)
    return [tuple(term.value for term in row) for row in found]


def moves(store):
    """Give count and share of every move, as written, by the IRIs of its ends; complete moves only."""
    rows = asked(
        store,
        "?move ?start ?goal ?count ?share",
        """?move a rg:Move ; rg:fromRole ?start ; rg:toRole ?goal ; rg:count ?count ; rg:sharePercent ?share ;
        rg:evidence rg:Observed ; dcterms:source <https://w3id.org/rolegraph/source/title-graph>""",
    )
    assert len({(start, goal) for _, start, goal, _, _ in rows}) == len(rows)
    return {(start, goal): (move, int(count), share) for move, start, goal, count, share in rows}


def shares(counted):
    """Give the share of every move among all moves out of the same role, as a fraction."""
    out = Counter()
    for (start, _), count in counted.items():
        out[start] += count
    return {pair: Fraction(100 * count, out[pair[0]]) for pair, count in counted.items()}


def worth_shipping(counted, roles):
    """Choose again, by the rule that the data set states."""
    into = Counter()
    for (_, goal), count in counted.items():
        into[goal] += count
    guide = {ROLE + slug for slug in GUIDE}
    for pair, share in shares(counted).items():
        if roles >= set(pair):
            twice = counted[pair] >= 2 and (
                guide & set(pair) or share >= 3 or Fraction(100 * counted[pair], into[pair[1]]) >= 10
            )
            if twice or share >= 10:
                yield pair


# --- the titles --------------------------------------------------------------------------------------


def test_every_title_is_merged_left_out_by_a_rule_or_holds_no_telling_word(titles, table):
    listed = [row["title"] for row in table]
    assert len(listed) == len(set(listed))
    assert set(listed) <= titles
    undecided = {title for title in titles - set(listed) if TELLING & set(title.split())}
    assert not undecided


def test_every_line_of_the_table_says_why(table, repository):
    explained = (
        (repository / "ontology" / "build" / "title_variants.tsv").read_text("utf-8").split("title\trole")[0]
    )
    for row in table:
        assert row["why"], row
        assert row["rule"] in (MERGED_BY if row["role"] else LEFT_OUT_BY), row
        assert f"#   {row['rule']} " in explained
        assert bool(row["role"]) == bool(row["label"])
        assert row["role"] == row["label"].replace(" ", "-").lower()


def test_a_single_word_is_merged_only_as_an_abbreviation(table):
    merged = {row["title"]: row["rule"] for row in table if row["role"] and " " not in row["title"]}
    assert merged == dict.fromkeys(("ceo", "cto", "gm", "tme"), "abbreviation")
    left_out = {row["title"] for row in table if row["rule"] == "one word"}
    assert {"chief", "owner", "manager", "founder", "consultant", "president", "director"} <= left_out
    assert not any(" " in title for title in left_out)


def test_the_source_has_manager_where_titles_have_management(titles):
    assert not any("management" in title for title in titles)
    assert {"identity access manager", "vice president product manager"} <= titles


def test_no_title_stands_for_four_roles_of_the_guide(titles, table):
    assert GUIDE - {row["role"] for row in table} == NOT_SEEN
    words = {frozenset(title.split()) for title in titles}
    absent = ("cpo", "chief product officer", "cmo", "chief marketing officer", "unit manager")
    assert not any(frozenset(name.split()) in words for name in (*absent, "sales marketing manager"))
    assert not any("head" in word for word in words)


def test_titles_left_out_as_seldom_seen_are(counted, table):
    roles = {ROLE + row["role"] for row in table if row["role"]}
    seldom = [
        row["title"] for row in table if "no move to or from a role chosen here was seen twice" in row["why"]
    ]
    assert "chief operating officer" in seldom
    assert "vice president marketing" in seldom
    ends = {f"{ROLE}observed/{title.replace(' ', '-')}" for title in seldom}
    for (start, goal), count in counted.items():
        if (start in ends and goal in roles) or (goal in ends and start in roles):
            assert count == 1, (start, goal)


# --- the moves ---------------------------------------------------------------------------------------


def test_the_whole_graph_has_every_move_and_no_other(counted, whole, whole_moves):
    assert {pair: count for pair, (_, count, _) in whole_moves.items()} == counted
    assert len(asked(whole, "?move", "?move a rg:Move")) == len(counted)


def test_the_graph_that_ships_has_the_moves_of_the_rule_and_no_other(counted, shipped, table, shipped_moves):
    roles = {ROLE + row["role"] for row in table if row["role"]}
    chosen = set(worth_shipping(counted, roles))
    assert {pair: count for pair, (_, count, _) in shipped_moves.items()} == {p: counted[p] for p in chosen}
    assert len(asked(shipped, "?move", "?move a rg:Move")) == len(chosen)
    assert {end for pair in chosen for end in pair} == roles


@pytest.mark.parametrize("name", ["shipped_moves", "whole_moves"])
def test_shares_are_of_all_moves_out_of_the_role(name, counted, request):
    exact = shares(counted)
    for pair, (_, _, written) in request.getfixturevalue(name).items():
        assert abs(Fraction(written) - exact[pair]) <= Fraction(1, 200), pair
        assert len(written.partition(".")[2]) <= 2
        assert not ("." in written and written.endswith("0"))


def test_shares_out_of_a_role_add_up_to_a_hundred_in_the_whole_graph(whole_moves):
    total, number = Counter(), Counter()
    for (start, _), (_, _, written) in whole_moves.items():
        total[start] += Fraction(written)
        number[start] += 1
    for start, percent in total.items():
        assert abs(percent - 100) <= Fraction(number[start], 200), start


def test_no_move_ends_where_it_starts(transitions, counted, shipped_moves, whole_moves):
    assert any(first == then for first, then, _ in transitions)
    assert sum(counted.values()) < sum(count for _, _, count in transitions)
    for found in (shipped_moves, whole_moves):
        assert not any(start == goal for start, goal in found)


def test_what_ships_is_part_of_the_whole(shipped_moves, whole_moves):
    assert shipped_moves.items() <= whole_moves.items()


def test_moves_are_named_after_their_ends(shipped_moves):
    start = f"{RG}claim/observed-moves/"
    assert {move for move, _, _ in shipped_moves.values()} == {
        f"{start}{a.removeprefix(ROLE)}-to-{b.removeprefix(ROLE)}" for a, b in shipped_moves
    }


@pytest.mark.parametrize(
    ("start", "goal", "count", "share"),
    [
        ("product-manager", "senior-product-manager", 74, "13.78"),
        ("senior-product-manager", "director-of-product", 27, "12.5"),
        ("senior-director-of-product", "vice-president-of-product", 6, "22.22"),
        ("general-manager", "chief-executive-officer", 2, "3.64"),
        ("product-developer", "software-developer", 2, "25"),
        ("brand-manager", "marketing-manager", 1, "10"),
    ],
)
def test_figures_that_were_read_by_hand(start, goal, count, share, shipped_moves):
    assert shipped_moves[ROLE + start, ROLE + goal][1:] == (count, share)


# --- what the files hold besides ---------------------------------------------------------------------


def test_the_graph_that_ships_names_every_rung_and_its_source(shipped, table):
    rungs = {ROLE + row["role"]: row["label"] for row in table if row["role"] and row["role"] not in GUIDE}
    source = "<https://w3id.org/rolegraph/source/title-graph>"
    named = asked(
        shipped, "?role ?label", f"?role a rg:Role ; skos:prefLabel ?label ; dcterms:source {source}"
    )
    assert dict(named) == rungs
    assert len(named) == len(rungs)
    others = {(ROLE + row["role"], name) for row in table if row["also"] for name in row["also"].split(" | ")}
    assert set(asked(shipped, "?role ?label", "?role skos:altLabel ?label")) == others


def test_the_whole_graph_names_every_title_once(titles, whole, table):
    merged = {row["title"]: row for row in table if row["role"]}
    expected = {(f"{ROLE}observed/{title.replace(' ', '-')}", title) for title in titles - merged.keys()}
    expected |= {(ROLE + row["role"], row["label"]) for row in merged.values()}
    kinds = "{ ?role a rg:Role } UNION { ?role a rg:ObservedTitle }"
    named = asked(whole, "?role ?label", f"?role skos:prefLabel ?label . {kinds}")
    assert sorted(named) == sorted(expected)
    hidden = {(ROLE + row["role"], title) for title, row in merged.items() if title != row["label"]}
    assert set(asked(whole, "?role ?title", "?role skos:hiddenLabel ?title")) == hidden


def test_roles_of_the_guide_are_described_by_the_guide_alone(repository, shipped, whole):
    guide = stored((repository / "ontology" / "data" / "coursera-cpo-guide.ttl").read_bytes())
    described = {
        role
        for (role,) in asked(guide, "?role", "?role a rg:Role MINUS { ?role a rg:StatisticalOccupation }")
    }
    assert described == {ROLE + slug for slug in GUIDE}
    for store in (shipped, whole):
        assert not described & {role for (role,) in asked(store, "?role", "?role a rg:Role")}
        assert not {quad.triple for quad in store} & {quad.triple for quad in guide}


def test_a_reader_is_warned_of_roles_without_observations(shipped):
    about = asked(shipped, "?caveat ?role ?text", "?caveat a rg:Caveat ; rg:about ?role ; rg:text ?text")
    warned = {role.removeprefix(ROLE) for caveat, role, _ in about if caveat.endswith("titles-not-seen")}
    assert warned == NOT_SEEN
    few = {role for caveat, role, _ in about if caveat.endswith("few-moves-seen")}
    assert f"{ROLE}brand-manager" in few
    assert f"{ROLE}product-manager" not in few


def test_few_moves_are_few(counted, shipped, table):
    out = Counter()
    for (start, _), count in counted.items():
        out[start] += count
    about = asked(shipped, "?role", f"<{RG}claim/observed-moves/caveat-few-moves-seen> rg:about ?role")
    assert {role for (role,) in about} == {
        ROLE + row["role"] for row in table if row["role"] and out[ROLE + row["role"]] <= 10
    }


def test_the_graph_that_ships_stays_small(shipped):
    assert len(shipped) <= 1300


# --- ways that people went ---------------------------------------------------------------------------


def test_known_ways_are_there(shipped_moves):
    network = nx.DiGraph([(a.removeprefix(ROLE), b.removeprefix(ROLE)) for a, b in shipped_moves])
    ladder = [
        *("associate-product-manager", "product-manager", "senior-product-manager", "director-of-product"),
        *("senior-director-of-product", "general-manager", "chief-executive-officer"),
    ]
    assert nx.is_path(network, ladder)
    assert nx.has_path(network, "product-developer", "chief-executive-officer")
    assert nx.is_path(network, ["brand-manager", "marketing-manager", "director-of-marketing"])
    assert nx.is_path(network, ["software-engineer", "senior-software-engineer", "engineering-manager"])
    assert nx.is_path(
        network, ["director-of-engineering", "vice-president-of-engineering", "chief-technology-officer"]
    )
    assert not NOT_SEEN & set(network)


# --- the script --------------------------------------------------------------------------------------


def built(repository, source, out):
    script = repository / "ontology" / "build" / "observed_moves.py"
    return subprocess.run(
        [sys.executable, script, source, "--out", out], capture_output=True, text=True, check=False
    )


@pytest.mark.slow
def test_the_script_writes_the_same_bytes_again(repository, source, tmp_path, shipped_file, whole_file):
    result = built(repository, source, tmp_path)
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "observed-moves.ttl").read_bytes() == shipped_file.read_bytes()
    packed = (tmp_path / "optional" / "observed.ttl.gz").read_bytes()
    assert gzip.decompress(packed) == gzip.decompress(whole_file.read_bytes())
    assert packed[3:8] == bytes(5)  # neither name nor time
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == ["observed-moves.ttl", "observed.ttl.gz"]


@pytest.mark.slow
def test_the_script_leaves_a_file_of_the_same_content_as_it_is(repository, source, tmp_path, whole_file):
    there = tmp_path / "optional" / "observed.ttl.gz"
    there.parent.mkdir()
    otherwise_packed = gzip.compress(gzip.decompress(whole_file.read_bytes()), 1)
    there.write_bytes(otherwise_packed)
    assert built(repository, source, tmp_path).returncode == 0
    assert there.read_bytes() == otherwise_packed


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (None, "no such file"),
        ("from\tto\tcount\n", "no column from_title, to_title"),
        ("from_title\tto_title\tcount\nengineer\tceo\tmany\n", "engineer -> ceo"),
        ("from_title\tto_title\tcount\nengineer\tceo\t1\nengineer\tceo\t2\n", "a second line"),
        ("from_title\tto_title\tcount\nengineer\tceo\n", "2 cells and not 3"),
        ("from_title\tto_title\tcount\nengineer\tceo\t1\n", "titles that the source lacks"),
    ],
)
def test_the_script_says_what_is_wrong_with_its_source(lines, complaint, repository, tmp_path):
    if lines is not None:
        (tmp_path / "transitions.tsv.gz").write_bytes(gzip.compress(lines.encode()))
    result = built(repository, tmp_path, tmp_path / "out")
    assert result.returncode != 0
    assert complaint in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out").exists()


def test_the_script_needs_a_file_that_is_whole_and_the_licence(repository, source, tmp_path):
    whole = (source / "transitions.tsv.gz").read_bytes()
    for content, complaint in ((whole[:-1000], "is damaged"), (whole, "LICENSE: no such file")):
        (tmp_path / "transitions.tsv.gz").write_bytes(content)
        result = built(repository, tmp_path, tmp_path / "out")
        assert result.returncode != 0
        assert complaint in result.stderr
        assert "Traceback" not in result.stderr


def test_the_script_asks_for_a_decision_on_a_new_title(repository, source, tmp_path):
    text = gzip.decompress((source / "transitions.tsv.gz").read_bytes()).decode()
    more = text.rstrip("\n") + "\nproduct wizard\tceo\t1\n"
    (tmp_path / "transitions.tsv.gz").write_bytes(gzip.compress(more.encode()))
    result = built(repository, tmp_path, tmp_path / "out")
    assert result.returncode != 0
    assert "must decide upon: product wizard" in result.stderr
