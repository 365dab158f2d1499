"""Tables of a job architecture: what is read, every mistake with its place, layouts, ladders, templates."""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
import zipfile

import pytest
import tables
import yaml
from hypothesis import given
from hypothesis import strategies as st
from worlds import steady

import rolegraph as rg
from rolegraph.architecture import columns, layouts
from rolegraph.architecture.cells import Unfit, joined, values_of
from rolegraph.architecture.templates import write_templates, yaml_template
from rolegraph.names import expand


@pytest.fixture
def jobs(tmp_path):
    """Write files by name, and give the folder."""
    folder = tmp_path / "jobs"
    folder.mkdir()

    def make(**files):
        for name, content in files.items():
            data = content.encode() if isinstance(content, str) else content
            (folder / (f"{name}.csv" if "." not in name else name)).write_bytes(data)
        return folder

    return make


def opened(folder, **options):
    """Import tables and open what was made."""
    out = folder.parent / "out.ttl"
    rg.import_table(folder, out, **options)
    return rg.open(out)


def refused(src, **options):
    """Give the problems for which tables are refused; nothing is written."""
    out = (src if src.is_dir() else src.parent).parent / "refused.ttl"
    before = sorted(out.parent.iterdir())
    with pytest.raises(rg.TableError) as error:
        rg.import_table(src, out, **options)
    assert sorted(out.parent.iterdir()) == before
    return [line.removeprefix(f"{src}/") for line in str(error.value).split("\n")]


# -- what is read


def test_a_company_answers_every_question(tmp_path):
    graph = opened(tables.write(tmp_path / "in", tables.COMPANY))
    assert graph.path("trainee", "HEAD OF PRODUCT").labels == (
        "Trainee",
        "Product manager",
        "Head of product",
    )
    card = graph.role("product lead")
    assert {link.label for link in card.of("requires")} == {"C++", "Roadmap planning"}
    assert [(pay.amount, pay.currency, pay.area) for pay in card.role.pay] == [(94000.5, "EUR", "Germany")]
    gap = graph.gap("Trainee", "Head of product")
    assert "Roadmap planning" in {link.label for link in gap.missing}
    (step,) = graph.moves_between("Trainee", "Product manager")
    assert step.strength.startswith("observed 12 times")
    assert graph.validate().conforms
    assert (
        len(
            graph.select(
                "SELECT ?c { ?c a/rdfs:subClassOf* rg:Claim FILTER NOT EXISTS { ?c dcterms:source ?s } }"
            )
        )
        == 0
    )


def test_every_claim_names_the_source_of_its_row_or_the_default(jobs):
    folder = jobs(
        roles="name,years,source\nA,3,Survey\nB,4,\n",
        moves="from,to,kind,source\nA,B,stated,\nB,A,stated,Survey|Other\n",
    )
    graph = opened(folder, name="acme", source_name="ACME job architecture 2026")
    rows = graph.select(
        "SELECT ?class ?name { ?c a ?class ; dcterms:source/skos:prefLabel ?name "
        "FILTER(?class IN (rg:Move, rg:ExperienceRequirement)) } ORDER BY ?class ?name"
    ).rows
    assert [(kind.rpartition("/")[2], name) for kind, name in rows] == [
        ("ExperienceRequirement", "ACME job architecture 2026"),
        ("ExperienceRequirement", "Survey"),
        ("Move", "ACME job architecture 2026"),
        ("Move", "Other"),
        ("Move", "Survey"),
    ]


def test_two_companies_and_the_curated_graph_keep_their_roles_apart(tmp_path):
    for name in ("acme", "initech"):
        folder = tables.write(tmp_path / name, {"roles": [{"name": "Product manager"}]})
        rg.import_table(folder, tmp_path / f"{name}.ttl")
    both = rg.open(tmp_path / "acme.ttl", tmp_path / "initech.ttl")
    iris = both.find("product manager").column("iri")
    assert sorted(iris) == [
        f"https://w3id.org/rolegraph/role/{name}/product-manager" for name in ("acme", "initech")
    ]
    with pytest.raises(rg.AmbiguousName):
        rg.open("curated", tmp_path / "acme.ttl").role("product manager")


@pytest.mark.parametrize(
    ("given", "iri"),
    [
        ("", "https://w3id.org/rolegraph/role/acme/product-manager-%28emea%29"),
        ("P-104", "https://w3id.org/rolegraph/role/acme/P-104"),
        ("P 104/a", "https://w3id.org/rolegraph/role/acme/P%20104%2Fa"),
        ("role:product-manager", "https://w3id.org/rolegraph/role/product-manager"),
        ("https://acme.example/pm", "https://acme.example/pm"),
    ],
)
def test_the_id_or_else_the_name_makes_the_iri(jobs, given, iri):
    graph = opened(jobs(roles=f"name,id\nProduct Manager (EMEA),{given}\n"), name="ACME")
    assert graph.find("product manager").column("iri") == [iri]


def test_the_base_of_iris_may_be_ones_own(jobs):
    folder = jobs(roles="name,family\nBoss,Top\n")
    graph = opened(folder, base="https://acme.example/jobs/")
    assert graph.find("boss").column("iri") == ["https://acme.example/jobs/role/boss"]
    graph.export_table(folder.parent / "back")
    assert "id" not in tables.read(folder.parent / "back")["roles"][0]
    for base in ("acme", "https://acme.example", "https://a b/", "ftp://x/"):
        with pytest.raises(rg.ParameterError, match="base of IRIs"):
            rg.import_table(folder, folder.parent / "x.ttl", base=base)


def test_names_need_no_table_unless_there_is_one(jobs):
    folder = jobs(roles="name\nA\n", requirements="role,skill,necessity\na,Cooking,essential\n")
    assert [link.label for link in opened(folder).role("A").of("requires")] == ["Cooking"]
    jobs(skills="name\nBaking\nCooking well\n")
    assert refused(folder) == [
        'requirements.csv:2:skill: there is no skill "Cooking"; is "Cooking well" meant?'
    ]
    jobs(skills="name\n")
    assert [link.label for link in opened(folder).role("A").of("requires")] == ["Cooking"]


def test_columns_may_be_named_in_any_case_and_left_out_or_be_more(jobs):
    folder = jobs(roles="HRBP, Name ,YEARS\nx,A,3\n", notes="a,b\n1,2\n")
    report = rg.import_table(folder, folder.parent / "out.ttl")
    assert report.rows == {"roles.csv": 1}
    assert report.unread == ["notes.csv", "the column HRBP of roles.csv"]


@pytest.mark.parametrize("delimiter", ";\t,")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_what_excel_writes_is_read(tmp_path, delimiter, encoding, ends):
    text = tables.as_csv(tables.COMPANY["roles"], delimiter=delimiter).replace("\r\n", ends)
    (tmp_path / "roles.csv").write_bytes(text.encode(encoding) + (delimiter * 9 + ends).encode())
    report = rg.import_table(tmp_path / "roles.csv", tmp_path / "out.nt")
    assert report.rows == {"roles.csv": 3}
    assert rg.open(tmp_path / "out.nt").role("product lead").role.label == "Product manager"
    assert (delimiter == ",") == (not any("separated by" in what for what in report.odd))


@pytest.mark.parametrize("delimiter", ";\t,")
def test_the_line_that_tells_excel_the_separator_is_no_row(jobs, delimiter):
    lines = [f"sep={delimiter}", f"name{delimiter}years", f"Cook{delimiter}3"]
    folder = jobs(roles="\ufeff" + "\r\n".join(lines))
    report = rg.import_table(folder, folder / "out.ttl")
    assert report.rows == {"roles.csv": 1}
    assert rg.open(folder / "out.ttl").role("cook").role.label == "Cook"


def test_mistakes_below_the_line_for_excel_have_their_lines(jobs):
    assert [problem[:40] for problem in refused(jobs(roles="sep=;\nname;definiton;years\nCook;;x\n"))] == [
        "roles.csv:2:definiton: there is no such ",
        'roles.csv:3:years: "x" is not a number; ',
    ]


def test_marks_in_quoted_names_of_columns_separate_nothing(jobs):
    folder = jobs(roles='name;"notes, old, and, new"\nCook;x\n')
    assert opened(folder).find("cook").column("name") == ["Cook"]


@pytest.mark.parametrize(
    ("src", "name"), [("roles.csv", "roles"), ("acme.v2.zip", "acme"), ("my jobs", "my-jobs")]
)
def test_the_data_set_is_called_as_the_folder_or_file(tmp_path, src, name):
    if src.endswith("zip"):
        with zipfile.ZipFile(tmp_path / src, "w") as archive:
            archive.writestr("roles.csv", "name\nA\n")
    else:
        folder = tmp_path if src.endswith("csv") else tmp_path / src
        tables.write(folder, {"roles": [{"name": "A"}]})
    rg.import_table(tmp_path / src, tmp_path / "out.nt")
    assert rg.open(tmp_path / "out.nt").find("A").column("iri")[0].endswith(f"/{name}/a")


def test_a_zip_archive_gzip_and_tsv_are_read(tmp_path):
    folder = tables.write(tmp_path / "in", tables.COMPANY)
    with zipfile.ZipFile(tmp_path / "acme.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for file in folder.iterdir():
            archive.write(file, f"export/{file.name}")
    packed = tmp_path / "packed"
    packed.mkdir()
    for file in folder.iterdir():
        if file.stem == "roles":
            rows = tables.as_csv(tables.COMPANY["roles"], delimiter="\t")
            (packed / "roles.tsv").write_text(rows, "utf-8", newline="")
        else:
            (packed / f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes()))
    for number, src in enumerate((folder, tmp_path / "acme.zip", packed)):
        rg.import_table(src, tmp_path / f"{number}.nt")
    texts = {
        (tmp_path / f"{number}.nt").read_text().replace(f"graph/{number}>", "graph/x>") for number in range(3)
    }
    assert len(texts) == 1


def test_yaml_says_the_same_as_csv(tmp_path):
    rows = {
        table: [
            {
                name: cell.split("|") if columns.TABLES[table].column(name).many else cell
                for name, cell in row.items()
            }
            for row in rows
        ]
        for table, rows in tables.COMPANY.items()
    }
    (tmp_path / "acme.yaml").write_text(yaml.safe_dump(rows, allow_unicode=True), "utf-8")
    report = rg.import_table(tmp_path / "acme.yaml", tmp_path / "a.ttl")
    assert report.rows == {table: len(rows) for table, rows in tables.COMPANY.items()}
    rg.open(tmp_path / "a.ttl").export_table(tmp_path / "back")
    assert tables.read(tmp_path / "back") == tables.in_order(tables.COMPANY)


def test_the_report_counts_rows_things_and_claims(tmp_path):
    report = rg.import_table(tables.write(tmp_path / "in", tables.COMPANY), tmp_path / "out.nt", ladders=True)
    assert report.rows == {f"{name}.csv": len(rows) for name, rows in sorted(tables.COMPANY.items())}
    assert report.things["role"] == 3
    assert report.things["Move claims"] == 4
    assert report.statements == len((tmp_path / "out.nt").read_text().splitlines())


def test_the_report_tells_of_levels_that_no_answer_looks_at(tmp_path):
    report = rg.import_table(tables.write(tmp_path / "in", tables.COMPANY), tmp_path / "out.nt")
    assert (
        report.odd["requirements with a level of proficiency, which path and gap do not look at"].count == 2
    )


def test_a_name_for_the_default_source_is_not_lost_silently(tmp_path):
    src = tables.write(tmp_path / "in", tables.COMPANY)
    report = rg.import_table(src, tmp_path / "out.nt", source_name="Other")
    assert report.odd["names for the default source not taken: the tables name one"].examples == ["Other"]


# -- ladders


def test_ladders_make_derived_moves_only_when_asked(jobs):
    folder = jobs(roles="name,ladder,rank\nA,L,1\nB,L,5\nC,L,5\nD,L,9\nX,M,1\nY,,\n")
    report = rg.import_table(folder, folder.parent / "out.ttl")
    assert [found.count for what, found in report.odd.items() if "without --ladders" in what] == [4]
    assert not rg.open(folder.parent / "out.ttl").ask("ASK { ?m a rg:Move }")
    graph = opened(folder, ladders=True)
    rows = graph.select(
        "SELECT ?a ?b ?kind ?why { ?m rg:fromRole/skos:prefLabel ?a ; rg:toRole/skos:prefLabel ?b ; "
        "rg:evidence ?kind ; rg:qualifier ?why } ORDER BY ?a ?b"
    ).rows
    assert [row[:2] for row in rows] == [("A", "B"), ("A", "C"), ("B", "D"), ("C", "D")]
    assert {row[2:] for row in rows} == {
        (
            "https://w3id.org/rolegraph/Derived",
            "the next rung of the ladder L; that people take it is not said",
        )
    }


# -- mistakes

GOOD = "name,id,aliases\nProduct manager,P1,PM\nHead of product,,\n"
PAY = "role,amount,currency,statistic,interval,period,area"

#: Tables, and the one problem that is told of them.
BAD = {
    "no-name": ({"roles": "name,id\n,x\n"}, "roles.csv:2:name: is empty"),
    "no-column": ({"roles": "title\nx\n"}, "roles.csv:1:name: the column is missing"),
    "near-column": (
        {"roles": "name,defintion\nx,y\n"},
        "roles.csv:1:defintion: there is no such column; is 'definition'",
    ),
    "same-column": (
        {"roles": "name,Name\nx,y\n"},
        "roles.csv:1:Name: the columns 'name' and 'Name' are the same",
    ),
    "twice": ({"roles": "name,name\nx,y\n"}, "roles.csv:1: two columns are called 'name'"),
    "same-name": (
        {"roles": "name\nCo-op\nBoss\nco op\n"},
        "roles.csv:4:name: 'co op': much the same (Co-op) stands at",
    ),
    "same-id": ({"roles": "name,id\nA,1\nB,1\n"}, "roles.csv:3:name: '1' is the id of 'A' as well, at"),
    "id-as-name": ({"roles": "name,id\nA,\nB,a\n"}, "roles.csv:3:name: 'B': much the same (A) stands at"),
    "two-kinds": (
        {"roles": GOOD, "skills": "name,id\nx,role:a\n", "groups": "name,id\ny,role:a\n"},
        "skills.csv:2:name: 'role:a' is the id of 'y' as well",
    ),
    "rank": ({"roles": "name,ladder,rank\nA,L,\n"}, "roles.csv:2:rank: is empty, and the row has a ladder"),
    "ladder": ({"roles": "name,ladder,rank\nA,,1\n"}, "roles.csv:2:ladder: is empty, and the row has a rank"),
    "years": ({"roles": "name,years\nA,-1\n"}, 'roles.csv:2:years: "-1" is not a number'),
    "half-years": ({"roles": "name,years\nA,1.5\n"}, 'roles.csv:2:years: "1.5" is not a whole number'),
    "k": (
        {"roles": GOOD, "pay": f"{PAY}\nPM,94k,EUR,salary,year,2026,DE\n"},
        'pay.csv:2:amount: "94k" is not a number; write digits',
    ),
    "comma": (
        {"roles": GOOD, "pay": f'{PAY}\nPM,"1.234,50",EUR,salary,year,2026,DE\n'},
        'pay.csv:2:amount: "1.234,50" is not a number',
    ),
    "nan": (
        {"roles": GOOD, "pay": f"{PAY}\nPM,NaN,EUR,salary,year,2026,DE\n"},
        'pay.csv:2:amount: "NaN" is not a number',
    ),
    "inf": (
        {"roles": GOOD, "pay": f"{PAY}\nPM,inf,EUR,salary,year,2026,DE\n"},
        'pay.csv:2:amount: "inf" is not a number',
    ),
    "arabic": (
        {"roles": GOOD, "pay": f"{PAY}\nPM,٣,EUR,salary,year,2026,DE\n"},
        'pay.csv:2:amount: "٣" is not a number',
    ),
    "zero": (
        {"roles": GOOD, "pay": f"{PAY}\nPM,0,EUR,salary,year,2026,DE\n"},
        "pay.csv:2:amount: 0 is no amount",
    ),
    "currency": (
        {"roles": GOOD, "pay": f"{PAY}\nPM,1,€,salary,year,2026,DE\n"},
        'pay.csv:2:currency: "€" is no currency',
    ),
    "statistic": (
        {"roles": GOOD, "pay": f"{PAY}\nPM,1,EUR,salery,year,2026,DE\n"},
        'pay.csv:2:statistic: "salery" is none of',
    ),
    "period": (
        {"roles": GOOD, "pay": f"{PAY}\nPM,1,EUR,salary,year,2026-02-30,DE\n"},
        'pay.csv:2:period: "2026-02-30" is not a date',
    ),
    "excel-date": (
        {"roles": GOOD, "pay": f"{PAY}\nPM,1,EUR,salary,year,Nov 25,DE\n"},
        'pay.csv:2:period: "Nov 25" is not a date',
    ),
    "band": (
        {"roles": GOOD, "pay": f"{PAY},low\nPM,1,EUR,salary,year,2026,DE,2\n"},
        "pay.csv:2:low: 2 is above amount, which is 1",
    ),
    "percentiles": (
        {"roles": GOOD, "pay": f"{PAY},p10,p90\nPM,5,EUR,salary,year,2026,DE,2,4\n"},
        "pay.csv:2:amount: 5 is above p90, which is 4",
    ),
    "area": ({"roles": GOOD, "pay": f"{PAY}\nPM,1,EUR,salary,year,2026,\n"}, "pay.csv:2:area: is empty"),
    "contradiction": (
        {"roles": GOOD, "requirements": "role,skill,necessity\nPM,x,essential\nP1,X,optional\n"},
        "requirements.csv:3: contradicts",
    ),
    "again": (
        {"roles": GOOD, "moves": "from,to,kind\nPM,Head of product,stated\nPM,Head of product,stated\n"},
        "moves.csv:3: says the same as",
    ),
    "circle": (
        {"roles": GOOD, "moves": "from,to,kind\nPM,P1,stated\n"},
        "moves.csv:2:to: is the role that the move starts from",
    ),
    "unknown": (
        {"roles": GOOD, "moves": "from,to,kind\nPM,Head of produce,stated\n"},
        'moves.csv:2:to: there is no role or group "Head of produce"; is "Head of product" meant?',
    ),
    "ambiguous": (
        {"roles": "name,id\nA,1\nA,2\nB,\n", "moves": "from,to,kind\nA,B,stated\n"},
        'moves.csv:2:from: "A" names 2 roles; write the id of one: 1, 2',
    ),
    "evidence": (
        {"roles": GOOD, "moves": "from,to,kind\nPM,Head of product,heard\n"},
        'moves.csv:2:kind: "heard" is none of',
    ),
    "share": (
        {"roles": GOOD, "moves": "from,to,kind,share\nPM,Head of product,observed,12%\n"},
        'moves.csv:2:share: "12%" is not a number; write 12, without',
    ),
    "share-101": (
        {"roles": GOOD, "moves": "from,to,kind,share\nPM,Head of product,observed,100.5\n"},
        "moves.csv:2:share: 100.5 is more than 100 percent",
    ),
    "count": (
        {"roles": GOOD, "moves": "from,to,kind,count\nPM,Head of product,observed,0\n"},
        "moves.csv:2:count: 0 is too small",
    ),
    "no-credentials": (
        {"roles": GOOD, "qualifications": "role,credential,necessity\nPM,MBA,optional\n"},
        'qualifications.csv:2:credential: there is no credential "MBA"; there is no credentials.csv',
    ),
    "isced": (
        {"roles": GOOD, "credentials": "name,kind,isced\nMBA,degree,9\n"},
        "credentials.csv:2:isced: 9 is no level of ISCED",
    ),
    "isced-of": (
        {"roles": GOOD, "credentials": "name,kind,isced\nPMP,training,7\n"},
        "credentials.csv:2:isced: only a degree has a level",
    ),
    "publisher": (
        {"roles": GOOD, "sources": "name,url\nx,http://a.b/\n"},
        "sources.csv:1:publisher: the column is missing",
    ),
    "url": (
        {"roles": GOOD, "sources": "name,publisher,url\nx,y,example.com\n"},
        'sources.csv:2:url: "example.com" is no address',
    ),
    "defaults": (
        {"roles": GOOD, "sources": "name,publisher,default\nx,y,yes\nz,y,yes\n"},
        "sources.csv:3:default: there is one default source already",
    ),
    "source": (
        {"roles": "name,source\nA,Survey\n", "sources": "name,publisher\nx,y\n"},
        'roles.csv:2:source: there is no source "Survey"',
    ),
    "iri": ({"roles": 'name,id\nA,"http://a b/["\n'}, None),
    "bad-iri": ({"roles": "name,id\nA,http://[\n"}, 'roles.csv:2:id: "http://[" is no valid IRI'),
    "long": ({"roles": f"name\n{'x' * 600}\n"}, "roles.csv:2:name: "),
    "ragged": (
        {"roles": "name,id\nA\n"},
        "roles.csv:2: the row has 1 cells, and the first line names 2 columns",
    ),
    "open-quote": (
        {"roles": 'name,id\nA,"x\nB,y\n'},
        "roles.csv:2: a quotation mark is opened here and never closed",
    ),
    "lone-quote": ({"roles": 'name,id\nA,"x"y\n'}, "roles.csv:2: a quotation mark stands inside"),
    "mac": ({"roles": "name,id\rA,1\rB,2\r"}, "roles.csv:1: a line ends in a carriage return alone"),
    "nul": ({"roles": "name\nA\0B\n"}, "roles.csv:2: there is a NUL character"),
    "western": (
        {"roles": "name\nResumé\n".encode("cp1252")},
        "roles.csv:2: the byte 0xe9 is no UTF-8; save the file as UTF-8",
    ),
    "utf-16": ({"roles": "name\nA\n".encode("utf-16")}, "roles.csv:1: is UTF-16, not text in UTF-8"),
    "zip-as-csv": ({"roles": b"PK\x03\x04zzzz"}, "roles.csv:1: is a zip archive"),
    "empty": ({"roles": ""}, "roles.csv:1: is empty"),
    "no-rows": ({"roles": "name\n"}, ": holds no row of roles"),
    "no-roles": ({"skills": "name\nx\n"}, ": holds no roles.csv"),
    "misnamed": (
        {"roles": GOOD, "skils": "name\nx\n"},
        "skils.csv: there is no such table; is skills.csv meant?",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_mistake_is_told_with_file_line_and_column(jobs, name):
    files, problem = BAD[name]
    folder = jobs(**files)
    if problem is None:
        assert opened(folder).find("A").column("iri")
        return
    found = refused(folder)
    assert len(found) == 1, found
    assert problem in found[0]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_files(jobs):
    folder = jobs(
        roles="name,years\nA,x\n,2\nB,-1\n",
        moves="from,to,kind,count\nA,Z,stated,no\n",
        pay=b"role\n\xff\n",
    )
    found = [re.match(r"[a-z.]+:\d+(:\w+)?", line)[0] for line in refused(folder)]
    assert found[0] == "moves.csv:2:count"
    assert set(found) >= {
        "moves.csv:2:count",
        "moves.csv:2:to",
        "roles.csv:2:years",
        "roles.csv:3:name",
        "roles.csv:4:years",
    }
    assert found == sorted(found, key=lambda place: place.split(":")[:2])


def test_many_mistakes_are_told_in_part_and_counted(jobs):
    folder = jobs(roles="name,years\n" + "".join(f"A{n},x\n" for n in range(1000)))
    with pytest.raises(rg.TableError) as error:
        rg.import_table(folder, folder.parent / "out.ttl")
    lines = str(error.value).split("\n")
    assert len(lines) == 201
    assert lines[-1] == "and 800 more problems"
    assert error.value.problems[0][1:3] == (2, "years")
    assert (len(error.value.problems), error.value.more) == (200, 800)


def test_a_message_keeps_to_one_line_and_steers_no_terminal(jobs):
    folder = jobs(roles='name,years\nA,"1\n2\x1b[31m"\n')
    (line,) = refused(folder)
    assert "\\n2" in line


def test_what_was_there_stays_when_tables_are_refused(jobs):
    folder = jobs(roles="name\n")
    out = folder.parent / "out.ttl"
    out.write_text("mine")
    with pytest.raises(rg.TableError):
        rg.import_table(folder, out)
    assert out.read_text() == "mine"


@pytest.mark.parametrize(
    "kind", ["count", "share", "amount", "years", "period", "currency", "name", "id", "url", "kind"]
)
@steady
@given(text=st.text(max_size=40))
def test_any_cell_is_read_or_refused_in_words(kind, text):
    found = [column for table in columns.TABLES.values() for column in table.columns if column.name == kind]
    for column in found:
        try:
            values = values_of(column, text)
        except Unfit as error:
            values = ()
            words = str(error)
        else:
            words = ""
        assert len(words) < 400
        for value in values:
            assert values_of(column, joined([value]) if column.many else value) == (value,)


def test_the_words_of_choices_are_concepts_of_the_ontology():
    graph = rg.open()
    for scheme, words in {
        "rg:Necessities": columns.NECESSITIES,
        "rg:EvidenceKinds": columns.EVIDENCE,
        "rg:PayStatistics": columns.STATISTICS,
        "rg:Levels": columns.LEVELS,
        "rg:SkillCategories": columns.CATEGORIES,
    }.items():
        rows = graph.select(
            f"SELECT ?label ?concept {{ ?concept skos:inScheme {scheme} ; skos:prefLabel ?label }}"
        ).rows
        assert dict(rows) == {word: expand(short) for word, short in words.items()}


# -- YAML


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("roles:\n  - name: A\n    years: x\n", 'in.yaml:2:years: "x" is not a number'),
        ("roles:\n  - name: A\n  - nam: B\n", "in.yaml:3:name: is empty"),
        ("roles:\n  - name: A\n    name: B\n", "in.yaml:3:name: stands here again; it is on line 2 already"),
        ("roles:\n  - name: A\nroles:\n  - name: B\n", "in.yaml:3:roles: stands here again"),
        ("rols:\n  - name: A\n", "there is no key \"rols\"; is 'roles' meant?"),
        ("roles: A\n", 'in.yaml:1:roles: expected a list, one entry a row, and found "A"'),
        ("roles:\n  - A\n", 'in.yaml:2:roles: expected keys with values and found "A"'),
        ("roles:\n  - name: [A, B]\n", "in.yaml:2:name: takes one value, and found a list"),
        ("roles:\n  - name: {a: b}\n", "in.yaml:2:name: expected a text and found keys with values"),
        ("roles:\n  - name: &a A\n    level: *a\n", "in.yaml:2: anchors and aliases"),
        ("roles: !!python/object:os.system\n", "tags (!name) are not taken"),
        ("roles: [\n", "is no valid YAML"),
        ("", "holds no row of roles"),
        ("- a\n", "expected keys with values and found a list"),
        ("roles:\n\t- x\n", "in.yaml:2:"),
        ("roles:\n  - name: A\n---\nroles:\n", "a second document"),
        (b"roles:\n  - name: \xe9\n", "in.yaml:2: the byte 0xe9 is no UTF-8"),
        ("a: " + "[" * 50 + "]" * 50, "lists in lists, deeper than 10"),
        ('roles:\n  - name: "a\\0b"\n', "in.yaml:2:name: there is a NUL character"),
    ],
)
def test_a_mistake_in_yaml_has_its_line(tmp_path, text, problem):
    file = tmp_path / "in.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(rg.SourceError) as error:
        rg.import_table(file, tmp_path / "out.ttl")
    assert problem is None or problem in str(error.value)
    assert [file.name for file in tmp_path.iterdir()] == ["in.yaml"]


def test_a_bomb_of_aliases_in_yaml_is_refused_before_it_grows(tmp_path):
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"] + [
        f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)
    ]
    (tmp_path / "bomb.yaml").write_text("\n".join(lines))
    with pytest.raises(rg.TableError, match=r"bomb.yaml:1: anchors and aliases"):
        rg.import_table(tmp_path / "bomb.yaml", tmp_path / "out.ttl")


# -- layouts

LAYOUT = """
source: {name: HR system, id: hr, publisher: Acme}
tables:
  roles:
    file: export.csv
    distinct: true
    leave_out: {Status: [closed, ""]}
    columns: {name: Title, family: Area, level: Grade}
    separators: {family: "/"}
  requirements:
    file: export.csv
    leave_out: {Status: [closed, ""]}
    columns: {role: Title, skill: "{Area}: {Skill}", necessity: Need}
    values: {necessity: {Must: essential, Nice: optional}}
"""


def test_a_layout_tells_which_column_is_which(jobs):
    folder = jobs(
        **{
            "export.csv": "Title;Area;Grade;Skill;Need;Status\nCook;Kitchen/Bar;2;Knives;Must;open\n"
            "Cook;Kitchen/Bar;2;Fire;Nice;open\nWaiter;Bar;1;Smile;Must;closed\nGhost;Bar;1;Boo;Must;\n",
            "other.csv": "a\n",
            "layout.yaml": LAYOUT,
        }
    )
    report = rg.import_table(folder, folder.parent / "out.ttl", layout=folder / "layout.yaml")
    assert report.rows == {"export.csv": 4}
    assert report.unread == ["other.csv"]
    assert report.odd['rows of export.csv not taken into roles: Status is "closed"'].count == 1
    assert report.odd["rows of export.csv not taken into requirements: Status is empty"].count == 1
    graph = rg.open(folder.parent / "out.ttl")
    graph.export_table(folder.parent / "back")
    back = tables.read(folder.parent / "back")
    assert back["roles"] == [{"name": "Cook", "family": "Bar|Kitchen", "level": "2"}]
    assert [(row["skill"], row["necessity"]) for row in back["requirements"]] == [
        ("Kitchen/Bar: Fire", "optional"),
        ("Kitchen/Bar: Knives", "essential"),
    ]
    assert back["sources"][0] == {"name": "HR system", "id": "hr", "publisher": "Acme", "default": "yes"}


def test_a_mistake_under_a_layout_is_told_with_the_columns_of_the_file(jobs):
    layout = "tables:\n  roles:\n    file: x.csv\n    columns: {name: Title, years: Jahre}\n"
    folder = jobs(**{"x.csv": "Title,Jahre\nA,viele\n", "layout.yaml": layout})
    (problem,) = refused(folder, layout=folder / "layout.yaml")
    assert problem.startswith('x.csv:2:Jahre: "viele" is not a number; write digits')
    jobs(**{"x.csv": "Titel,Jahre\nA,1\n"})
    assert refused(folder, layout=folder / "layout.yaml") == [
        "x.csv:1:Title: there is no such column; is 'Titel' meant?"
    ]
    (folder / "x.csv").rename(folder / "y.csv")
    assert "holds no file x.csv; it holds: y.csv" in refused(folder, layout=folder / "layout.yaml")[0]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", [":1:tables: roles is missing"]),
        ("tabels:\n", [":1: there is no key \"tabels\"; is 'tables' meant?"]),
        ("tables:\n  role:\n    file: x\n", [":2:tables: there is no key \"role\"; is 'roles' meant?"]),
        (
            "tables:\n  roles:\n    columns: {nam: T}\n    separators: {aliases: xx}\n",
            [
                ':3:roles.columns: "nam" is no column of roles',
                ":4:roles.separators: aliases: one character only",
                ":3:roles.file: expected a text",
                ":3:roles: says nothing of the column name",
            ],
        ),
        ("tables: x\n", [':1:tables: expected keys with values and found "x"']),
        ("tables:\n  roles: &a\n", [":2:"]),
        ("source: {nam: x}\ntables:\n", [':1:source: "nam" is no column of sources']),
    ],
)
def test_a_layout_that_does_not_hold_is_told_line_by_line(tmp_path, text, problems):
    file = tmp_path / "layout.yaml"
    file.write_text(text)
    with pytest.raises(rg.SourceError) as error:
        layouts.read_layout(file)
    for problem in problems:
        assert f"{file}{problem}" in str(error.value)


def test_an_unknown_layout_is_told_those_that_ship(jobs):
    with pytest.raises(rg.SourceError, match="layouts that ship: uk-gdad"):
        rg.import_table(jobs(roles="name\nA\n"), "out.ttl", layout="gdad")


# -- the framework of the UK government


def test_the_uk_framework_is_read_row_by_row(shared_data, tmp_path):
    source = shared_data / "uk-gdad"
    report = rg.import_table(source, tmp_path / "uk.ttl", layout="uk-gdad")
    assert report.rows == {"roles.csv": 1825, "skills.csv": 188}
    assert report.odd['rows of roles.csv not taken into roles: Role Level is "NOT IN USE"'].count == 28
    undefined = sum(found.count for what, found in report.odd.items() if "skill_levels" in what)
    again = report.odd["rows of roles.csv that say again what an earlier row said (requirements)"].count
    assert report.things["SkillRequirement claims"] == 1825 - 28 - again
    assert report.things["Statement claims"] == 4 * 188 - undefined
    assert report.things["skill"] == 188
    graph = rg.open(tmp_path / "uk.ttl")
    assert not graph.ask("ASK { ?m a rg:Move }"), "the file states no moves"
    rows = graph.select(
        "SELECT DISTINCT ?role ?skill ?level { ?r a rg:SkillRequirement ; rg:role/skos:prefLabel ?role ; "
        "rg:skill/skos:prefLabel ?skill ; rg:proficiency/skos:prefLabel ?level }"
    ).rows
    with gzip.open(source / "roles.csv.gz", "rt", encoding="utf-8", newline="") as file:
        stated = {
            (" ".join(row["Role Level"].split()), " ".join(row["Skill Name"].split()), row["Skill Level"])
            for row in csv.DictReader(file)
        }
    assert set(rows) == {row for row in stated if row[0] != "NOT IN USE"}
    assert not graph.find("NOT IN USE").rows


def test_the_uk_framework_comes_back_from_its_tables(shared_data, tmp_path):
    (tmp_path / "again").mkdir()
    rg.import_table(shared_data / "uk-gdad", tmp_path / "uk.nt", layout="uk-gdad", ladders=True)
    rg.open(tmp_path / "uk.nt").export_table(tmp_path / "back")
    rg.import_table(tmp_path / "back", tmp_path / "again" / "uk.nt")
    lines, again = ((tmp_path / file).read_text().splitlines() for file in ("uk.nt", "again/uk.nt"))
    assert sorted(lines) == sorted(again)


def test_the_uk_ladders_are_derived_on_demand(shared_data, tmp_path):
    rg.import_table(shared_data / "uk-gdad", tmp_path / "uk.ttl", layout="uk-gdad", ladders=True)
    graph = rg.open(tmp_path / "uk.ttl")
    path = graph.path("associate product manager", "head of product")
    assert path.labels == (
        "Associate product manager",
        "Product manager",
        "Senior product manager",
        "Lead product manager",
        "Head of product",
    )
    assert {step.strength.partition(",")[0] for step in path.steps} == {"derived"}


def test_tables_of_a_layout_that_ships_are_recognised(shared_data, tmp_path):
    with pytest.raises(rg.TableError, match="--layout uk-gdad reads them"):
        rg.import_table(shared_data / "uk-gdad", tmp_path / "uk.ttl")


# -- templates


def test_templates_hold_every_column_and_read_as_no_rows(tmp_path):
    write_templates(tmp_path / "jobs")
    assert sorted(file.name for file in (tmp_path / "jobs").iterdir()) == sorted(
        ["README.txt", *(f"{table}.csv" for table in columns.TABLES)]
    )
    readme = (tmp_path / "jobs" / "README.txt").read_text("utf-8")
    for table in columns.TABLES.values():
        header = (tmp_path / "jobs" / f"{table.name}.csv").read_text("utf-8-sig").strip().split(",")
        assert header == [column.name for column in table.columns]
        assert all(
            column.help in readme.replace("\n" + " " * 3, " ") or column.help.split(".")[0] in readme
            for column in table.columns
        )
    assert refused(tmp_path / "jobs") == [
        f"{tmp_path / 'jobs'}: holds no row of roles, the one table that there must be"
    ]
    with (tmp_path / "jobs" / "roles.csv").open("a", encoding="utf-8") as file:
        file.write("Boss" + "," * 10 + "\r\n")
    assert opened(tmp_path / "jobs").find("boss").column("kind") == ["role"]


def test_the_examples_of_the_templates_hold(tmp_path):
    rows = {
        table.name: [
            {column.name: column.example for column in table.columns if column.name not in {"id", "isced"}}
        ]
        for table in columns.TABLES.values()
    }
    rows["roles"].append({"name": "Head of product"})
    rows["groups"].append({"name": "Product ladder"})
    folder = tables.write(tmp_path / "in", rows)
    assert opened(folder).validate().conforms


def test_the_yaml_template_is_valid_with_and_without_its_examples():
    text = yaml_template("jobs.yaml")
    assert yaml.safe_load(text) == dict.fromkeys(columns.TABLES)
    examples = re.sub(r"^  # ", "  ", text, flags=re.MULTILINE)
    loaded = yaml.safe_load(examples)
    assert {table: [*rows[0]] for table, rows in loaded.items()} == {
        table.name: [column.name for column in table.columns] for table in columns.TABLES.values()
    }


@pytest.mark.skipif(os.name == "nt", reason="needs a system on which any bytes may be a name")
@pytest.mark.parametrize("ending", ["", ".yaml"])
def test_templates_may_have_names_that_are_no_text(tmp_path, ending):
    target = tmp_path / os.fsdecode(b"new\xa4\n\x1b--" + ending.encode())
    write_templates(target)
    text = (target if ending else target / "README.txt").read_text("utf-8")
    assert f"new\N{REPLACEMENT CHARACTER}\\n\N{REPLACEMENT CHARACTER}--{ending}" in text
    if ending:
        assert set(yaml.safe_load(text).values()) == {None}


@pytest.mark.parametrize("name", ["jobs", "jobs.yaml"])
def test_templates_overwrite_nothing(tmp_path, name):
    if name == "jobs":
        (tmp_path / name).mkdir()
        (tmp_path / name / "roles.csv").write_text("mine")
    else:
        (tmp_path / name).write_text("mine")
    with pytest.raises(rg.OutputError, match="exists already"):
        write_templates(tmp_path / name)


def test_the_report_is_plain_data(tmp_path):
    report = rg.import_table(tables.write(tmp_path / "in", tables.COMPANY), tmp_path / "out.nt")
    assert json.loads(json.dumps(report.to_dict()))["rows"] == report.rows
