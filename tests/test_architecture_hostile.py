"""Whatever stands in tables is read or refused in words; nothing is half written, no memory runs away."""

from __future__ import annotations

import tracemalloc
import zipfile

import pytest
import tables
from hypothesis import given
from hypothesis import strategies as st
from worlds import steady

import rolegraph as rg
from rolegraph.architecture import rows
from rolegraph.architecture.columns import TABLES


def read_or_refused(src, out, **options):
    """Import, and see that it was read or refused. What is no error on purpose comes through."""
    out.unlink(missing_ok=True)
    words = ""
    try:
        rg.import_table(src, out, **options)
    except rg.RolegraphError as error:
        words = str(error)
        refused = True
    else:
        refused = False
    assert refused == bool(words.strip())
    assert out.exists() != refused
    assert refused or len(rg.open(out).store) > 0


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Give a folder for the files of one property."""
    return tmp_path_factory.mktemp("hostile")


@pytest.mark.parametrize("name", ["roles.csv", "in.yaml", "in.zip", "roles.csv.gz"])
@steady
@given(content=st.binary(max_size=200))
def test_any_bytes(place, name, content):
    (place / name).write_bytes(content)
    read_or_refused(place / name, place / "out.ttl")


@steady
@given(
    header=st.lists(
        st.sampled_from([column.name for column in TABLES["roles"].columns]), unique=True, max_size=6
    ),
    cells=st.lists(st.lists(st.text(max_size=8), max_size=6), max_size=4),
)
def test_any_cells(place, header, cells):
    columns = list(dict.fromkeys(["name", *header]))
    found = [dict(zip(columns, ["x", *row], strict=False)) for row in cells]
    text = tables.as_csv(found, columns)
    (place / "roles.csv").write_text(text, "utf-8", newline="")
    read_or_refused(place / "roles.csv", place / "out.ttl")


#: What YAML is made of, and what tricks are made of.
_PIECES = [
    "roles:\n",
    "  - name: A\n",
    "    years: 3\n",
    "moves:\n",
    "&a ",
    "*a",
    "!!map ",
    "[",
    "]",
    "{",
    "}",
    "? ",
    "- ",
    ": ",
    "'",
    '"',
    "|\n",
    ">\n",
    "#",
    "---\n",
    "...\n",
    "\t",
    "\n",
    "\\x00",
    "%YAML 1.2\n",
    "<<: ",
    "~",
    "\ufeff",
]


@steady
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_any_yaml(place, text):
    (place / "in.yaml").write_text(text, "utf-8")
    read_or_refused(place / "in.yaml", place / "out.ttl")


@steady
@given(
    st.lists(
        st.sampled_from(
            [*_PIECES, "tables:\n", "  roles:\n", "    file: roles.csv\n", "    columns: {name: name}\n"]
        ),
        max_size=10,
    ).map("".join)
)
def test_any_layout(place, text):
    (place / "layout.yaml").write_text(text, "utf-8")
    (place / "roles.csv").write_text("name\nA\n")
    read_or_refused(place / "roles.csv", place / "out.ttl", layout=place / "layout.yaml")


def test_too_many_rows_are_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(rows, "MOST_ROWS", 10)
    (tmp_path / "roles.csv").write_text("name\n" + "".join(f"A{n}\n" for n in range(20)))
    with pytest.raises(rg.TableError, match=r"roles.csv:12: more than 10 rows"):
        rg.import_table(tmp_path, tmp_path / "out.ttl")


def test_too_much_text_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(rows, "MOST_TEXT", 10_000)
    (tmp_path / "roles.csv").write_text(
        "name,definition\n" + "".join(f"A{n},{'x' * 999}\n" for n in range(20))
    )
    with pytest.raises(rg.TableError, match=r"roles.csv:11: more than"):
        rg.import_table(tmp_path, tmp_path / "out.ttl")


def test_a_bomb_is_refused_in_bounded_memory(tmp_path):
    bomb = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("roles.csv", "w") as member,
    ):
        member.write(b"name\n")
        for _ in range(100):
            member.write(b"0" * 1_000_000)
    tracemalloc.start()
    with pytest.raises(rg.TableError, match=r"bomb.zip: roles.csv:2: the line is longer than"):
        rg.import_table(tmp_path / "bomb.zip", tmp_path / "out.ttl")
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()
    assert [file.name for file in tmp_path.iterdir()] == ["bomb.zip"]


def test_yaml_that_is_too_large_is_not_parsed(tmp_path):
    with (tmp_path / "in.yaml").open("wb") as sparse:
        sparse.truncate(1_000_000_000)
    with pytest.raises(rg.TableError, match="is larger than 10,000,000 bytes"):
        rg.import_table(tmp_path / "in.yaml", tmp_path / "out.ttl")


@pytest.mark.parametrize("out", ["no/such/folder.ttl", "out.docx", "out"])
def test_what_cannot_be_written_is_said(tmp_path, out):
    src = tables.write(tmp_path / "in", tables.COMPANY)
    with pytest.raises(rg.OutputError):
        rg.import_table(src, tmp_path / out)
    assert [file.name for file in tmp_path.iterdir()] == ["in"]
