"""`export`, `info`, --data: what is read, what is written, and that whole or not at all."""

from __future__ import annotations

import json
import os
import re
import shutil

import pyoxigraph as ox
import pytest
from cli_runner import agrees, letters, on_terminal, plain, rolegraph, rows_of
from worlds import WORLD, shipped, turtle, world

import rolegraph as rg
from rolegraph.names import BASE, shorten

MINE = ("--data", str(WORLD))
ONTOLOGY = ox.NamedNode(f"{BASE}graph/ontology")
ENDINGS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
ROLE = 'role:{name} a rg:Role ; skos:prefLabel "{name}"@en .'


def names(*arguments):
    """Give the labels of the roles that the command finds in its data."""
    answer = rolegraph(*arguments, "find", "", "--kind", "role", "--format", "json")
    return {row["name"] for row in json.loads(answer.out)}


# -- info ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("graph", "data"), [(shipped, ()), (world, MINE)], ids=["shipped", "mine"])
def test_info_prints_the_data_sets_and_what_is_in_them(graph, data):
    table = graph().info()
    agrees(("info", *data), table, {"rolegraph": rg.__version__, "content": [*table]})
    for answer in (rolegraph("info", "--format", "table", *data), on_terminal("info", *data)):
        assert (answer.code, answer.err) == (0, "")
        assert answer.out.startswith(f"rolegraph {rg.__version__}\n")
        for name, size in graph().store.graphs().items():
            assert f"\n{shorten(name)}   {size:,} triples\n" in answer.out
        kinds = [f"{row['name']} {row['count']}" for row in table if row["what"] == "kind"]
        assert letters(", ".join(kinds)) in answer.letters


def test_info_names_version_and_licence_of_what_ships():
    rows = {row["name"]: row for row in json.loads(rolegraph("info", "--format", "json").out)["content"]}
    for name in ("graph:coursera-cpo-guide", "graph:ontology", "graph:rolegraph-editorial"):
        assert re.fullmatch(r"\d+\.\d+\.\d+", rows[name]["version"])
        assert "apache.org" in rows[name]["licence"]


def test_info_names_title_version_and_licence_whatever_the_file_is_called(tmp_path):
    described = "<https://example.org/{0}> a <http://rdfs.org/ns/void#Dataset> ; dcterms:title '{0}' ; {1} ."
    one = described.format("one", "owl:versionInfo '7' ; dcterms:license <https://example.org/free>")
    for name, text in (("onet", one), ("two", f"{one}\n{described.format('other', 'a rg:Source')}")):
        turtle(tmp_path, text, f"{name}.ttl")
    data = [
        word
        for place in ("curated", tmp_path / "onet.ttl", tmp_path / "two.ttl")
        for word in ("--data", place)
    ]
    rows = json.loads(rolegraph("info", *map(str, data), "--format", "json").out)["content"]
    found = {row["name"]: [row["title"], row["version"], row["licence"]] for row in rows}
    assert found["graph:onet-2"] == ["one", "7", "https://example.org/free"]
    assert found["graph:two"] == ["one; other", "7", "https://example.org/free"]


# -- export ----------------------------------------------------------------------------------------


def test_export_to_standard_output_is_refused_in_words_and_makes_no_file_of_that_name():
    answer = rolegraph("export", "-", "--as", "turtle", *MINE)
    assert (answer.code, answer.out) == (2, "")
    assert "name a FILE" in answer.err


@pytest.mark.parametrize("ending", ENDINGS)
def test_export_writes_what_was_read_and_the_same_bytes_each_time(tmp_path, ending):
    first, second = tmp_path / f"first.{ending}", tmp_path / f"second.{ending}"
    answer = rolegraph("export", str(first), *MINE)
    assert (answer.code, answer.out, answer.err) == (0, "", f"Wrote {first}\n")
    assert rolegraph("export", str(second), *MINE).code == 0
    assert first.read_bytes() == second.read_bytes()
    expected = {quad.triple for quad in world().store.engine if quad.graph_name != ONTOLOGY}
    assert {quad.triple for quad in ox.parse(path=str(first), format=ENDINGS[ending])} == expected
    assert rolegraph("why", "head chef", "--data", str(first)).out == rolegraph("why", "head chef", *MINE).out


@pytest.mark.parametrize("ending", ["nq", "trig"])
def test_formats_with_named_graphs_keep_them(tmp_path, ending):
    file = tmp_path / f"all.{ending}"
    assert rolegraph("export", str(file), "--data", "curated", *MINE).code == 0
    graphs = {quad.graph_name.value for quad in ox.parse(path=str(file), format=ENDINGS[ending])}
    assert {shorten(name) for name in graphs} == {
        *(shorten(name) for name in shipped().store.graphs() if name != ONTOLOGY.value),
        "graph:world",
    }


def test_a_store_on_disk_answers_as_the_files_do(tmp_path):
    store = tmp_path / "mine.store"
    answer = rolegraph("export", str(store), *MINE)
    assert (answer.code, answer.out, answer.err) == (0, "", f"Wrote {store}\n")
    before = sorted(file.name for file in store.iterdir())
    for arguments in (
        ("path", "kitchen porter", "head chef"),
        ("role", "head chef", "--format", "json"),
        ("info",),
        ("query", "roles"),
        ("validate",),
    ):
        assert rolegraph(*arguments, "--data", str(store)) == rolegraph(*arguments, *MINE)
    assert sorted(file.name for file in store.iterdir()) == before


def test_an_existing_file_is_replaced_whole(tmp_path):
    file = tmp_path / "all.nt"
    file.write_text("old\n" * 1_000_000)
    assert rolegraph("export", str(file), *MINE).code == 0
    assert len(file.read_text("utf-8").splitlines()) == len(world().store) - len(
        [*world().store.engine.quads_for_pattern(None, None, None, ONTOLOGY)]
    )
    assert [path.name for path in tmp_path.iterdir()] == ["all.nt"]


def test_a_new_file_may_be_read_by_others_as_the_umask_says(tmp_path):
    before = os.umask(0o027)
    try:
        rolegraph("export", str(tmp_path / "all.nt"), *MINE)
    finally:
        os.umask(before)
    assert (tmp_path / "all.nt").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    "name", ["folder.ttl", "none/all.ttl", "file.txt/all.ttl", "full.store", "file.store", "/proc/all.ttl"]
)
def test_what_cannot_be_written_leaves_everything_as_it_was(tmp_path, name):
    (tmp_path / "folder.ttl").mkdir()
    (tmp_path / "full.store").mkdir()
    for kept in ("full.store/kept", "file.store", "file.txt", "folder.ttl/kept"):
        (tmp_path / kept).write_text("kept")
    before = sorted(tmp_path.rglob("*"))
    answer = rolegraph("export", str(tmp_path / name), *MINE)
    assert (answer.code, answer.out) == (2, "")
    assert name in answer.err
    assert sorted(tmp_path.rglob("*")) == before
    assert {path.read_text() for path in before if path.is_file()} == {"kept"}


def test_a_full_disk_leaves_no_half_file(tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    (tmp_path / "all.nt").write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    answer = rolegraph("export", str(tmp_path / "all.nt"), *MINE)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"Error: {tmp_path / 'all.nt'} cannot be written: No space left on device\n"
    assert [path.name for path in tmp_path.iterdir()] == ["all.nt"]
    assert (tmp_path / "all.nt").read_text() == "old"


# -- --data ----------------------------------------------------------------------------------------


def test_data_and_format_go_before_and_after_the_command():
    after = rolegraph("role", "head chef", *MINE, "--format", "json")
    assert after.code == 0
    assert rolegraph(*MINE, "role", "head chef", "--format", "json") == after
    assert rolegraph("--format", "json", "role", *MINE, "head chef") == after
    assert rolegraph("--format", "json", *MINE, "role", "head chef") == after
    assert rolegraph("--format", "csv", "role", "head chef", "--format", "json", *MINE) == after
    listed = rolegraph("queries", "list", "--format", "csv")
    assert (
        rolegraph("--format", "csv", "queries") == rolegraph("queries", "--format", "csv", "list") == listed
    )


def test_data_stands_instead_of_what_ships_and_is_joined_when_repeated(tmp_path):
    first = turtle(tmp_path, ROLE.format(name="smith"), "a.ttl")
    second = turtle(tmp_path, ROLE.format(name="weaver"), "b.ttl")
    curated = set(shipped().find("", kind="role").column("name"))
    assert names() == names("--data", "curated") == curated
    assert names("--data", str(first)) == {"smith"}
    assert names("--data", str(first), "--data", str(second)) == {"smith", "weaver"}
    assert names("--data", "curated", "--data", str(second)) == {"weaver", *curated}
    joined = rolegraph("--data", str(first), "find", "", "--data", str(second), "--format", "json")
    assert {row["name"] for row in json.loads(joined.out)} == {"smith", "weaver"}


def test_a_folder_stands_for_the_files_of_its_first_floor(tmp_path):
    turtle(tmp_path, ROLE.format(name="smith"), "a.ttl")
    turtle(tmp_path, ROLE.format(name="weaver"), "b.TTL")
    (tmp_path / "notes.txt").write_text("not RDF")
    (tmp_path / "deeper").mkdir()
    turtle(tmp_path / "deeper", ROLE.format(name="miner"))
    assert names("--data", str(tmp_path)) == {"smith", "weaver"}


def test_data_that_adds_nothing_is_told(tmp_path):
    """JSON-LD passes over keys that are no IRIs: the file is read, and nothing of it is there."""
    file = tmp_path / "a.jsonld"
    file.write_text('{"name": "smith"}')
    answer = rolegraph("info", "--data", str(file))
    assert answer.code == 0
    assert answer.err == (
        f"{file} adds no statement to the data."
        " Of JSON-LD only those keys count that are IRIs, or that an @context makes IRIs.\n"
    )
    file.unlink()
    for number in range(12):
        turtle(tmp_path, "", f"{number:02}.ttl")
    lines = rolegraph("info", "--data", str(tmp_path)).err.splitlines()
    assert lines[0] == f"{tmp_path / '00.ttl'} adds no statement to the data."
    assert (len(lines), lines[-1]) == (11, "And 2 more remarks.")


@pytest.mark.parametrize(
    "arguments",
    [
        ("export", ""),
        ("derive", "moves", "-o", ""),
        ("map", "--data", str(WORLD), "-o", ""),
        ("map", "--data", str(WORLD), "--known", ""),
        ("query", "CONSTRUCT WHERE { ?s ?p ?o }", "--view", ""),
        ("query", "ASK {}", "--allow-file", ""),
        ("profile", "--init", "-o", ""),
        ("import", "onet", "", "-o", "a.ttl"),
        ("import", "esco", "", "-o", "a.ttl"),
        ("import", "schemaorg", "", "-o", "a.ttl"),
        ("import", "schemaorg", "a.html", "-o", ""),
        ("import", "table", "jobs", "-o", "a.ttl", "--layout", ""),
    ],
    ids=" ".join,
)
def test_an_empty_name_is_not_the_current_folder(arguments):
    """A variable of the shell that is unset leaves it; nothing of the folder is read, or given away."""
    answer = rolegraph(*arguments)
    assert (answer.code, answer.out) == (2, "")
    assert re.search("has an empty name. Is a variable unset|takes a folder, and '' is none", answer.err)


@pytest.mark.parametrize("arguments", [("info", "--data"), ("export",), ("view", "-o"), ("profile",)])
def test_a_name_with_line_ends_is_told_on_one_line(arguments):
    answer = rolegraph(*arguments, "none/" + "a\n" * 40 + ".ttl")
    assert (answer.code, answer.out) == (2, "")
    assert len(answer.err.splitlines()) == 1


def test_two_files_of_one_name_stay_two_graphs(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        turtle(tmp_path / name, ROLE.format(name=name), "mine.ttl")
    table = rolegraph("info", "--data", str(tmp_path / "one"), "--data", str(tmp_path / "two")).rows("tsv")
    assert {row[1] for row in table if row[0] == "data set"} == {"graph:mine", "graph:mine-2"}


@pytest.mark.parametrize("ending", [*ENDINGS, "owl", "xml", "json"])
def test_every_format_is_read_by_its_ending(tmp_path, ending):
    kind = {"owl": "rdf", "xml": "rdf", "json": "jsonld"}.get(ending, ending)
    written = tmp_path / f"written.{kind}"
    assert (
        rolegraph("export", str(written), "--data", str(turtle(tmp_path, ROLE.format(name="smith")))).code
        == 0
    )
    file = shutil.copy(written, tmp_path / f"other.{ending.upper()}")
    assert names("--data", str(file)) == {"smith"}


def test_a_byte_order_mark_is_no_part_of_the_data(tmp_path):
    for ending in ("ttl", "nt", "nq", "trig", "rdf", "jsonld"):
        file = tmp_path / f"mine.{ending}"
        rolegraph("export", str(file), "--data", str(turtle(tmp_path, ROLE.format(name="smith"), "src.ttl")))
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
        assert names("--data", str(file)) == {"smith"}


def test_a_file_that_says_nothing_is_no_error(tmp_path):
    for ending in ("ttl", "nt", "nq", "trig"):
        file = tmp_path / f"empty.{ending}"
        file.write_text("# nothing yet\n")
        answer = rolegraph("find", "", "--data", str(file))
        assert (answer.code, len(answer.rows("tsv"))) == (1, 1)


def test_a_store_on_disk_is_not_joined_with_other_data(tmp_path):
    store = tmp_path / "mine.store"
    rolegraph("export", str(store), *MINE)
    answer = rolegraph("info", "--data", str(store), "--data", "curated")
    assert (answer.code, answer.out) == (2, "")
    assert "cannot be joined with other data; export it to a file first" in answer.err


@pytest.mark.parametrize("damage", ["marker", "count", "no marker", "tables", "current"])
def test_a_damaged_store_is_refused(tmp_path, damage):
    store = tmp_path / "mine.store"
    rolegraph("export", str(store), *MINE)
    marker = store / "rolegraph-store.json"
    if damage == "marker":
        marker.write_text("[" * 100_000)
    elif damage == "count":
        marker.write_text('{"statements": 1}')
    elif damage == "no marker":
        marker.unlink()
    elif damage == "current":
        (store / "CURRENT").unlink()
    else:
        for file in store.glob("*.sst"):
            file.write_bytes(bytes(file.stat().st_size))
    before = sorted(store.iterdir())
    for arguments in (("info",), ("query", "ASK {}"), ("path", "KP", "head chef")):
        answer = rolegraph(*arguments, "--data", str(store))
        assert (answer.code, answer.out) == (2, "")
        assert str(store) in answer.err
        assert len(answer.err.splitlines()) == 1
    assert sorted(store.iterdir()) == before


def test_the_rows_of_user_data_with_every_odd_value_come_back(tmp_path):
    data = turtle(
        tmp_path,
        r"""role:a a rg:Role ; skos:prefLabel "a, \"b\" | c\\d"@en ;
          skos:altLabel "=1+1", "  x\t\ty\n", "é漢😀"@fr .""",
    )
    table = rg.open(data).find("a")
    assert agrees(("find", "a", "--data", str(data)), table).err == ""
    (row,) = json.loads(rolegraph("find", "a", "--data", str(data), "--format", "json").out)
    assert row == plain([*table])[0]
    assert row["name"] == 'a, "b" | c\\d'
    assert rows_of(table)[1][2] == "=1+1, é漢😀, x y"


def test_a_report_of_an_import_is_a_line_and_a_table_in_a_notebook(tmp_path):
    (tmp_path / "jobs.yaml").write_text("roles: [{name: cook}, {name: <b>chef</b>}]", "utf-8")
    report = rg.import_table(tmp_path / "jobs.yaml", tmp_path / "out.ttl")
    assert re.fullmatch(r"<Report on .*jobs: 2 rows read, 3 things, \d+ statements>", repr(report))
    assert report._repr_html_() == report.table()._repr_html_()
