"""Releases are read row by row within limits: damaged, hostile and huge files are refused, and named."""

from __future__ import annotations

import gzip
import io
import os
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import steady

import rolegraph as rg
from rolegraph.importers import releases
from rolegraph.importers.releases import open_release

CSV = b"name,id\r\nA,1\r\nB,2\r\n"


def rows(path, *, columns=("name",), delimiter=","):
    """Read the rows of the one table of a release, with its lines."""
    with open_release([path], (".csv",)) as release:
        sheet = release.csv(release.names()[0], delimiter=delimiter)
        return [(sheet.line, row) for row in sheet.rows(columns)]


def refused(path, **how):
    """Give the message with which a release is refused."""
    with pytest.raises(rg.SourceError) as error:
        rows(path, **how)
    assert str(path) in str(error.value)
    return str(error.value).removeprefix(str(path))


def read_or_refused(path):
    """Read the rows of a release; an error must name it. What is no error on purpose comes through."""
    words = str(path)
    try:
        rows(path)
    except rg.SourceError as error:
        words = str(error)
    assert str(path) in words


def zipped(path, files, method=zipfile.ZIP_DEFLATED):
    """Write a zip archive."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def table(tmp_path):
    """Write a table and give its file."""

    def make(content, name="t.csv"):
        file = tmp_path / name
        file.write_bytes(content)
        return file

    return make


# -- what is read


@pytest.mark.parametrize("content", [CSV, CSV.replace(b"\r", b""), b"\xef\xbb\xbf" + CSV, CSV.rstrip()])
def test_rows_come_with_their_lines(table, content):
    assert rows(table(content)) == [(2, ("A",)), (3, ("B",))]


def test_cells_may_hold_line_ends_marks_and_doubled_quotes(table):
    content = b'name,id\n"a\nb\r\nc","1, ""2"""\nnext,2\n'
    assert rows(table(content), columns=("name", "id")) == [(2, ("a\nb\r\nc", '1, "2"')), (5, ("next", "2"))]


def test_blank_lines_are_no_rows(table):
    assert rows(table(b"name,id\n\n  \nA,1\n\r\n")) == [(4, ("A",))]


def test_ragged_rows_are_told_and_passed_over(table):
    file = table(b"name,id\nA\nB,2\nC,3,4\n")
    told = []
    with open_release([file], (".csv",)) as release:
        sheet = release.csv("t.csv")
        assert list(sheet.rows(("name",), told=told.append)) == [("B",)]
        assert sheet.count == 3
    assert [error.line for error in told] == [2, 4]
    assert refused(file) == ":2: the row has 1 cells, and the first line names 2 columns"


def test_zip_gzip_and_folders_give_the_same(tmp_path, table):
    folder = tmp_path / "folder" / "deeper"
    folder.mkdir(parents=True)
    (folder / "t.csv").write_bytes(CSV)
    archive = zipped(tmp_path / "a.zip", {"x/y/t.csv": CSV, "__MACOSX/x/y/t.csv": b"junk"})
    packed = table(gzip.compress(CSV), "t.csv.gz")
    for source in (tmp_path / "folder", archive, packed):
        assert rows(source) == [(2, ("A",)), (3, ("B",))]


def test_names_are_found_in_any_case_and_missing_ones_are_told_what_there_is(tmp_path):
    archive = zipped(tmp_path / "a.zip", {"Roles.CSV": CSV, "b.csv": CSV})
    with open_release([archive], (".csv",)) as release:
        assert release.has("roles.csv")
        assert release.member("ROLES.csv").name == "Roles.CSV"
        with pytest.raises(rg.SourceError, match=r"holds no file c\.csv; it holds: Roles\.CSV, b\.csv"):
            release.csv("c.csv")


def test_a_watch_is_told_of_all_that_is_read(table):
    file = table(b"name\n" + b"xxxxxxxxx\n" * 100_000)
    told = []
    with open_release([file], (".csv",), lambda *what: told.append(what)) as release:
        assert sum(1 for _ in release.csv("t.csv").rows(("name",))) == 100_000
    assert {name for name, _, _ in told} == {"t.csv"}
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
    assert told[-1][1] == told[-1][2] == file.stat().st_size


# -- what is refused

BAD = {
    "empty": (b"", ":1: is empty"),
    "blank": (b"\n\n", ":1: is empty"),
    "twice": (b"name,name\n", ":1: two columns are called 'name'"),
    "missing": (b"nam,id\nA,1\n", ":1: there is no column 'name'; is 'nam' meant?"),
    "utf-16-le": ("name\n".encode("utf-16"), ":1: is UTF-16, not text in UTF-8"),
    "utf-16-be": (b"\xfe\xff" + "name\n".encode("utf-16-be"), ":1: is UTF-16, not text in UTF-8"),
    "western": (b"name\nok\nR\xe9sum\xe9\n", ":3: the byte 0xe9 is no UTF-8; save the file as UTF-8"),
    "nul": (b"name\na\0b\n", ":2: there is a NUL character"),
    "zip": (b"PK\x03\x04" + CSV, ":1: is a zip archive or a workbook, not text"),
    "gzip": (gzip.compress(CSV), ":1: is compressed by gzip, which the end of its name has to say"),
    "open": (b'name\nA\n"B\nC\n', ":3: a quotation mark is opened here and never closed"),
    "inside": (b'name\n"A"B\n', ":2: a quotation mark stands inside a quoted cell"),
    "mac": (b"name\rA\rB\r", ":1: a line ends in a carriage return alone"),
    "long-line": (b"name\n" + b"x" * 1_000_010 + b"\n", ":2: the line is longer than 1,000,000 bytes"),
    "long-cell": (b'name\n"' + b"x\n" * 500_010 + b'"\n', ":2: a cell is longer than 1,000,000 characters"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_table_that_does_not_hold_is_told_with_its_line(table, name):
    content, problem = BAD[name]
    assert refused(table(content)).startswith(problem)


def test_a_table_that_is_not_there(tmp_path):
    assert refused(tmp_path / "none.csv") == ": No such file or directory"
    (tmp_path / "folder").mkdir()
    assert refused(tmp_path / "folder") == ": holds no file that ends in .csv"
    (tmp_path / "folder" / "x.txt").write_text("x")
    assert refused(tmp_path / "folder") == ": holds no file that ends in .csv"


def test_two_files_of_one_name_are_refused(tmp_path):
    archive = zipped(tmp_path / "a.zip", {"x/t.csv": CSV, "y/T.csv": CSV})
    assert "has the name of another file of this release" in refused(archive)


@pytest.mark.parametrize("keep", [0, 1, 10, 30, 60, -22, -1])
def test_a_truncated_archive_is_refused(tmp_path, keep):
    whole = zipped(tmp_path / "whole.zip", {"t.csv": CSV * 20}).read_bytes()
    file = tmp_path / "cut.zip"
    file.write_bytes(whole[:keep])
    assert refused(file).startswith(": is no zip archive that can be read")


@pytest.mark.parametrize("keep", [0, 5, 20, -9, -1])
def test_truncated_gzip_is_refused(tmp_path, keep):
    file = tmp_path / "t.csv.gz"
    file.write_bytes(gzip.compress(b"name\n" + bytes(range(97, 123)) * 100 + b"\n")[:keep])
    message = refused(file)
    assert "damaged" in message or "is empty" in message


def test_a_damaged_member_is_refused_and_named(tmp_path):
    file = zipped(tmp_path / "a.zip", {"t.csv": CSV * 100}, zipfile.ZIP_STORED)
    file.write_bytes(file.read_bytes().replace(b"A,1", b"A,9", 1))
    assert refused(file).startswith(": t.csv: is damaged: Bad CRC-32")


def test_an_encrypted_member_is_refused(tmp_path):
    data = bytearray(zipped(tmp_path / "a.zip", {"t.csv": CSV}).read_bytes())
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    assert refused(tmp_path / "a.zip").startswith(": t.csv: cannot be unpacked (it is encrypted; unpack it")


def spoilt(path, at, *, name="t.csv", method=zipfile.ZIP_DEFLATED, put=b"\xff"):
    """Write an archive, and then bytes into it: at a place of its first header, or behind a mark."""
    data = bytearray(zipped(path, {name: CSV * 20}, method).read_bytes())
    start = at if isinstance(at, int) else data.rindex(at[0]) + at[1]
    data[start : start + len(put)] = put
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("at", "how", "says"),
    [
        (60, {"method": zipfile.ZIP_LZMA}, ": t.csv: is damaged: Corrupt input data"),
        (30, {"name": "té.csv"}, ": té.csv: cannot be unpacked (a name in it is no UTF-8)"),
        ((b"PK\x01\x02", 46), {"name": "té.csv"}, ": is no zip archive that can be read (a name in it is no"),
        ((b"PK\x05\x06", 16), {"put": b"\xff\xff\xff\x7f"}, ": t.csv: is damaged: there is no such place"),
        ((b"PK\x01\x02", 46), {"put": b"\0"}, ": holds no file that ends in .csv"),
    ],
    ids=["LZMA", "a name before a file", "a name in the table", "a place that is none", "no name"],
)
def test_whatever_is_damaged_in_an_archive_is_told(tmp_path, at, how, says):
    assert refused(spoilt(tmp_path / "a.zip", at, **how)).startswith(says)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "t.csv")
    assert "is a pipe or a device, and no file" in refused(tmp_path / "t.csv")


def zeros(path, size, before=b""):
    """Write an archive with a file of zeros, of which a thousandth is stored."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("t.csv", "w") as member:
        member.write(before)
        for _ in range(size // 1_000_000):
            member.write(b"0" * 1_000_000)
    return path


def test_a_bomb_is_given_up_in_bounded_memory(tmp_path):
    file = zeros(tmp_path / "bomb.zip", 100_000_000, b"name\n")
    tracemalloc.start()
    assert refused(file).startswith(": t.csv:2: the line is longer than 1,000,000 bytes")
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_bomb_of_many_lines_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(releases, "UNPACKED_FREE", 100_000)
    monkeypatch.setattr(releases, "MOST_UNPACKED", 10)
    file = tmp_path / "t.csv.gz"
    file.write_bytes(gzip.compress(b"name\n" + b"x\n" * 200_000))
    assert "unpacks to more than" in refused(file)


def test_a_gigabyte_of_one_line_is_given_up_at_its_first_megabyte(tmp_path):
    file = tmp_path / "t.csv"
    with file.open("wb") as sparse:
        sparse.write(b"name\n")
        sparse.truncate(1_000_000_000)
    tracemalloc.start()
    assert refused(file).startswith(":2: the line is longer than 1,000,000 bytes")
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_an_archive_in_an_archive_is_no_table(tmp_path):
    inner = io.BytesIO()
    zipped(inner, {"t.csv": CSV})
    assert "holds no file that ends in .csv" in refused(
        zipped(tmp_path / "a.zip", {"b.zip": inner.getvalue()})
    )


def test_the_limit_of_csv_is_left_as_it_was(table):
    import csv

    before = csv.field_size_limit(12_345)
    try:
        rows(table(CSV))
        refused(table(BAD["long-cell"][0]))
        assert csv.field_size_limit() == 12_345
    finally:
        csv.field_size_limit(before)


@pytest.mark.parametrize("ending", ["t.csv", "t.zip", "t.csv.gz"])
@steady
@given(content=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory, ending, content):
    file = tmp_path_factory.getbasetemp() / ending
    file.write_bytes(content)
    read_or_refused(file)


@steady
@given(spoiled=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=6))
def test_an_archive_with_changed_bytes_is_read_or_refused(tmp_path_factory, spoiled):
    file = tmp_path_factory.getbasetemp() / "spoiled.zip"
    data = bytearray(zipped(file, {"t.csv": CSV * 3, "u.csv": b"name\n" * 50}).read_bytes())
    for place, byte in spoiled:
        data[place % len(data)] = byte
    file.write_bytes(data)
    read_or_refused(file)
