"""Tables to RDF and back: nothing is lost, whatever they hold; curated data comes back as it was seen."""

from __future__ import annotations

import itertools
import zipfile

import pytest
import tables
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from worlds import MORE, WORLD, steady, turtle

import rolegraph as rg
from rolegraph.architecture.cells import joined, parts
from rolegraph.architecture.tabulating import export_table

NUMBERS = itertools.count()


def back(folder):
    """Read a folder of tables, write them as RDF, and give the tables that come of it."""
    out = folder.parent / f"out{next(NUMBERS)}"
    rg.import_table(folder, out.with_suffix(".ttl"))
    export_table(rg.open(out.with_suffix(".ttl")).store, out)
    return tables.read(out)


def test_a_company_comes_back_cell_by_cell(tmp_path):
    assert back(tables.write(tmp_path / "in", tables.COMPANY)) == tables.in_order(tables.COMPANY)


@pytest.mark.parametrize("ending", [".nt", ".nq", ".trig", ".jsonld", ".ttl.gz", ".store"])
def test_every_format_holds_the_same(tmp_path, ending):
    out = tmp_path / f"acme{ending}"
    rg.import_table(tables.write(tmp_path / "in", tables.COMPANY), out)
    rg.open(out).export_table(tmp_path / "back")
    assert tables.read(tmp_path / "back") == tables.in_order(tables.COMPANY)


@settings(steady, max_examples=25 * MORE, suppress_health_check=[HealthCheck.too_slow])
@given(
    drawn=tables.architectures(),
    delimiter=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig"]),
)
def test_random_tables_come_back_cell_by_cell(tmp_path_factory, drawn, delimiter, encoding):
    folder = tmp_path_factory.mktemp("drawn") / "in"
    tables.write(folder, drawn, encoding=encoding, delimiter=delimiter)
    assert back(folder) == tables.in_order(drawn)


@steady
@given(st.lists(tables.NAMES, min_size=1, unique=True))
def test_values_of_one_cell_come_back(values):
    assert parts(joined(values)) == values


def test_what_comes_back_is_the_same_rdf(tmp_path):
    first, second = tmp_path / "a" / "x.nt", tmp_path / "b" / "x.nt"
    for file in (first, second):
        file.parent.mkdir()
    rg.import_table(tables.write(tmp_path / "in", tables.COMPANY), first)
    rg.open(first).export_table(tmp_path / "back.zip")
    rg.import_table(tmp_path / "back.zip", second)
    assert sorted(first.read_text().splitlines()) == sorted(second.read_text().splitlines())


def test_cells_in_another_form_come_back_in_the_one_form(tmp_path):
    given_tables = {
        "roles": [{"Name": "  Product   Manager ", "Aliases": "pm | PM", "YEARS": "03"}, {"Name": "Boss"}],
        "moves": [{"from": "PRODUCT-MANAGER", "to": "boss", "kind": "Stated", "source": "Glassdoor"}],
        "pay": [
            {
                "role": "pm",
                "amount": "0094000.50",
                "currency": "eur",
                "statistic": "Median-Salary",
                "interval": "YEAR",
                "period": "2026",
                "area": "Germany",
            }
        ],
    }
    found = back(tables.write(tmp_path / "jobs", given_tables))
    assert found["roles"] == [
        {"name": "Boss"},
        {"name": "Product Manager", "aliases": "PM|pm", "years": "3"},
    ]
    assert found["moves"] == [
        {"from": "Product Manager", "to": "Boss", "kind": "stated", "source": "Glassdoor"}
    ]
    assert found["pay"][0]["amount"] == "94000.5"
    assert found["pay"][0]["role"] == "Product Manager"
    assert found["sources"] == [
        {"name": "Glassdoor", "publisher": "Glassdoor"},
        {"name": "jobs", "id": "jobs", "publisher": "jobs", "default": "yes"},
    ]
    again = tables.write(tmp_path / "again", found)
    assert back(again) == found


# -- data that was not read from tables

RELATIONS = {"move", "requires", "suggests_credential", "needs_degree"}


def seen(graph):
    """Give what the network holds of roles, their moves, requirements and pay, by names.

    What a role only has from an occupation that it is described as is left out: tables have no occupations.
    """
    network = graph.network()
    label = {node: data["label"] for node, data in network.nodes(data=True)}
    roles = {node for node, data in network.nodes(data=True) if data["kind"] in {"role", "group"}}
    edges = []
    for start, end, data in network.edges(data=True):
        own = [
            (one.kind, one.source, one.publisher, one.date, one.url, one.qualifier, one.doubt)
            for one in data["evidence"]
            if not one.via
        ]
        if start in roles and own and data["kind"] in RELATIONS:
            figures = (data.get("necessity"), data.get("share"), data.get("count"))
            edges.append((label[start], label[end], data["kind"], *figures, sorted(own)))
    pay = graph.select("""
        SELECT ?name ?amount ?currency ?statistic ?period ?area ?low ?high ?source {
          ?claim a rg:Pay ; rg:role ?role ; rg:amount ?amount ; rg:currency ?currency ;
            rg:statistic ?statistic ; rg:period ?period ;
            rg:area/skos:prefLabel ?area ; dcterms:source/skos:prefLabel ?source .
          ?role a ?kind ; skos:prefLabel ?name .
          VALUES ?kind { rg:Role rg:StatisticalOccupation rg:RoleGroup }
          OPTIONAL { ?claim schema:percentile10 ?low ; schema:percentile90 ?high }
        }""")
    return sorted(label[role] for role in roles), sorted(map(repr, edges)), {*map(str, pay.rows)}


def test_the_curated_graph_comes_back_as_the_network_sees_it(tmp_path):
    curated = rg.open()
    report = curated.export_table(tmp_path / "tables")
    rg.import_table(tmp_path / "tables", tmp_path / "back.ttl")
    roles, edges, pay = seen(rg.open(tmp_path / "back.ttl"))
    before = seen(curated)
    assert roles == before[0]
    assert edges == before[1]
    assert pay == before[2]
    assert len(pay) > 5
    assert report.odd["rg:Duty"].count == len(curated.select("SELECT ?d { ?d a rg:Duty }"))
    assert report.odd["rg:Occupation"].count == 24
    card, other = curated.role("CPO"), rg.open(tmp_path / "back.ttl").role("CPO")
    assert {link.label for link in card.moves_in} == {link.label for link in other.moves_in}


def test_the_tables_of_a_company_joined_with_the_curated_graph_keep_both(tmp_path):
    ours = tmp_path / "ours.ttl"
    rg.import_table(tables.write(tmp_path / "in", tables.COMPANY), ours)
    both = rg.open("curated", ours)
    both.export_table(tmp_path / "both")
    found = tables.read(tmp_path / "both")
    ids = {row["name"]: row.get("id") for row in found["roles"]}
    assert ids["Product manager"] == "P-104"
    assert ids["product manager"] == "role:product-manager"
    assert ids["Trainee"] is None
    rg.import_table(tmp_path / "both", tmp_path / "again.ttl")
    again = rg.open(tmp_path / "again.ttl")
    assert seen(again) == seen(both)


def test_what_has_no_room_in_tables_is_counted(tmp_path):
    world = rg.open(WORLD)
    report = world.export_table(tmp_path / "out")
    found = tables.read(tmp_path / "out")
    assert {f"{name}.csv": len(rows) for name, rows in found.items()} == report.rows
    for kind, table in (("rg:Move", "moves"), ("rg:SkillRequirement", "requirements"), ("rg:Pay", "pay")):
        (row,) = world.select(f"SELECT (COUNT(DISTINCT ?c) AS ?n) {{ ?c a {kind} }}").rows
        left = report.odd[kind].count if kind in report.odd else 0
        assert len(found.get(table, [])) + left == row[0]


def test_things_without_an_iri_and_claims_in_another_voice_are_counted(tmp_path):
    text = """
        role:a a rg:Role ; skos:prefLabel "A" . role:b a rg:Role ; skos:prefLabel "B"@de , "B2"@fr .
        skill:s a rg:Skill ; skos:prefLabel "S" .
        source:x a rg:Source ; skos:prefLabel "X" ; dcterms:publisher org:x .
        org:x a rg:Organization ; skos:prefLabel "X" .
        [] a rg:Move ; rg:fromRole role:a ; rg:toRole role:b ; rg:evidence rg:Stated ;
            dcterms:source source:x .
        claim:1 a rg:SkillRequirement ; rg:role role:a ; rg:skill skill:s ; rg:necessity rg:Essential ;
            rg:evidence rg:Derived ; dcterms:source source:x .
        claim:2 a rg:SkillRequirement ; rg:role role:a ; rg:skill skill:s ; rg:necessity rg:Optional ;
            rg:evidence rg:Stated ; dcterms:source source:x .
        claim:3 a rg:SkillRequirement ; rg:role role:a ; rg:skill skill:s ; rg:necessity rg:Essential ;
            rg:evidence rg:Stated ; dcterms:source source:x .
        """
    report = rg.open(turtle(tmp_path, text)).export_table(tmp_path / "out")
    assert report.odd["things without an IRI"].count == 1
    assert report.odd["claims not in requirements: they are not stated"].count == 1
    assert report.odd["claims not in requirements: another says the same"].count == 1
    found = tables.read(tmp_path / "out")
    assert [row["necessity"] for row in found["requirements"]] == ["optional"]
    assert [row["name"] for row in found["roles"]] == ["A", "B"]
    rg.import_table(tmp_path / "out", tmp_path / "again.ttl")


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "roles.csv").write_text("name\nmine\n")
    with pytest.raises(rg.OutputError, match="no empty folder"):
        rg.open().export_table(tmp_path / "mine")
    assert [file.read_text() for file in (tmp_path / "mine").iterdir()] == ["name\nmine\n"]
    assert [file.name for file in tmp_path.iterdir()] == ["mine"]


def test_equal_data_gives_equal_bytes(tmp_path):
    for name in ("a.zip", "b.zip"):
        rg.open().export_table(tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.read("roles.csv").startswith(b"\xef\xbb\xbfname,id,")
