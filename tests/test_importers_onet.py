"""O*NET: a release in the small, its oddities and its faults; then the official one, counted anew."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import deque

import pytest
from cli_runner import rolegraph

import rolegraph as rg
from rolegraph.importers.onet import import_onet
from rolegraph.importers.onet.tables import TABLES
from rolegraph.projection import project_moves

CHIEF, GENERAL, MARKETING, IT = "11-1011.00", "11-1021.00", "11-2021.00", "15-1299.09"
OTHERS = "15-1299.00"

ETE = "Education, Training, and Experience"

#: Tables of a release: the first row names the columns.
RELEASE = {
    "Occupation Data": """
        O*NET-SOC Code|Title|Description
        11-1011.00|Chief Executives|Plan what others do.
        11-1021.00|General Managers|Run what others planned.
        11-2021.00|Marketing Managers|Plan how things are sold.
        15-1299.00|Computer Occupations, All Other|All others.
        15-1299.09|IT Project Managers|Plan projects.
    """,
    "Alternate Titles": """
        O*NET-SOC Code|Alternate Title|Short Title|Source(s)
        11-1011.00|Chief Executive Officer (CEO)|CEO|02,08
        11-1011.00|President|n/a|08
        11-1021.00|President|n/a|08
        11-1021.00|President|n/a|10
        99-9999.00|Nobody|n/a|08
    """,
    "Sample of Reported Titles": """
        O*NET-SOC Code|Reported Job Title|Shown in My Next Move
        11-1011.00|President|Y
        11-2021.00|Brand Manager|N
    """,
    "Job Zone Reference": """
        Job Zone|Name|Experience|Education|Job Training|Examples|SVP Range
        5|Job Zone Five|Much.|A degree.|Some.|Lawyers|(8.0 and above)
    """,
    "Job Zones": """
        O*NET-SOC Code|Job Zone|Date|Domain Source
        11-1011.00|5|08/2023|Analyst
        11-2021.00|4|08/2023|Analyst
    """,
    "Education, Training, and Experience Categories": """
        Element ID|Element Name|Scale ID|Category|Category Description
        2.D.1|Required Level of Education|RL|6|Bachelor's Degree
        2.D.1|Required Level of Education|RL|8|Master's Degree
        3.A.1|Related Work Experience|RW|11|Over 10 years
        3.A.3|On-the-Job Training|OJ|1|None or short demonstration
    """,
    ETE: """
        O*NET-SOC Code|Element ID|Element Name|Scale ID|Category|Data Value|N|Recommend Suppress|Date
        11-1011.00|2.D.1|Required Level of Education|RL|6|32.14|28|N|08/2023
        11-1011.00|2.D.1|Required Level of Education|RL|8|0.00|28|N|08/2023
        11-1011.00|3.A.1|Related Work Experience|RW|11|68.00|28|N|08/2023
        11-1011.00|3.A.3|On-the-Job Training|OJ|1|50.00|28|Y|08/2023
        11-1011.00|2.D.4.a|Certification|IM|n/a|2.50|28|N|08/2023
    """,
    "Scales Reference": """
        Scale ID|Scale Name|Minimum|Maximum
        IM|Importance|1|5
        LV|Level|0|7
    """,
    "Content Model Reference": """
        Element ID|Element Name|Description
        2.A.1.a|Reading|Understanding what is written.
    """,
    "Skills": """
        O*NET-SOC Code|Element ID|Element Name|Scale ID|Data Value|N|Recommend Suppress|Not Relevant|Date
        11-1011.00|2.A.1.a|Reading|IM|4.12|8|N|n/a|08/2023
        11-1011.00|2.A.1.a|Reading|LV|4.75|8|N|N|08/2023
        11-1011.00|2.B.3.a|Repairing|IM|1.00|8|Y|n/a|08/2023
        11-1011.00|2.B.3.a|Repairing|LV|0.00|8|N|Y|08/2023
        11-2021.00|2.A.1.a|Reading|IM|2.99|n/a|N|n/a|07/2015
    """,
    "Knowledge": """
        O*NET-SOC Code|Element ID|Element Name|Scale ID|Data Value|N|Recommend Suppress|Not Relevant|Date
        11-1011.00|2.C.1.a|Administration|IM|3.00|28|N|n/a|08/2023
        11-1011.00|2.C.1.a|Administration|XX|3.00|28|N|n/a|08/2023
    """,
    "Technology Skills": """
        O*NET-SOC Code|Example|Commodity Code|Commodity Title|Hot Technology|In Demand
        15-1299.09|C++|43232400|Development software|Y|Y
        15-1299.09|C#|43232400|Development software|Y|N
        15-1299.09|C#|43232500|Other software|Y|N
    """,
    "Task Statements": """
        O*NET-SOC Code|Task ID|Task|Task Type|Incumbents Responding|Date|Domain Source
        11-1011.00|8823|Direct "budgets".|Core|95|08/2023|Incumbent
        11-1011.00|8824|Attend.|n/a|n/a|08/2023|Incumbent
    """,
    "Related Occupations": """
        O*NET-SOC Code|Related O*NET-SOC Code|Relatedness Tier|Index
        11-2021.00|11-1021.00|Primary-Short|1
        11-2021.00|15-1299.09|Supplemental|11
        11-1021.00|11-1011.00|Primary-Long|6
        11-1011.00|11-1011.00|Primary-Short|1
        11-1011.00|55-5555.00|Primary-Short|2
        11-1021.00|11-1011.00|Supplemental|12
    """,
    "Interests": """
        O*NET-SOC Code|Element ID|Element Name|Scale ID|Data Value|Date|Domain Source
        11-1011.00|1.B.1.a|Realistic|OI|1.30|11/2023|Machine Learning
    """,
}


def table(text: str, end: str = "\n") -> bytes:
    lines = [line.strip().replace("|", "\t") for line in text.strip().splitlines()]
    return "".join(line + end for line in lines).encode()


def write_folder(folder, tables=RELEASE, end="\n"):
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.txt").write_bytes(text if isinstance(text, bytes) else table(text, end))
    return folder


@pytest.fixture
def folder(tmp_path):
    return write_folder(tmp_path / "db_29_3_text")


@pytest.fixture
def imported(folder, tmp_path):
    report = import_onet([folder], tmp_path / "onet.nt")
    return report, rg.open(tmp_path / "onet.nt")


def changed(tmp_path, name, old, new):
    """Give a release in which one text stands for another in one table."""
    assert old in RELEASE[name]
    return write_folder(tmp_path / "db_29_3_text", {**RELEASE, name: RELEASE[name].replace(old, new)})


def test_every_table_is_counted_and_what_is_not_taken_is_named(imported):
    report, _ = imported
    rows = {name: len(text.strip().splitlines()) - 1 for name, text in RELEASE.items() if name in TABLES}
    assert report.rows == rows
    assert report.unread == ["Interests.txt"]
    assert report.missing == []
    assert report.title == "O*NET 29.3"


@pytest.mark.parametrize("number", ["latest", "29.3> <x:p", "29 3", "٢٩", "-1", "29.3.1"])
def test_a_number_that_no_release_has_is_refused(folder, tmp_path, number):
    out = tmp_path / "out.nt"
    with pytest.raises(rg.ParameterError, match=r"is no number of a release; write it as 29\.3"):
        import_onet([folder], out, release=number)
    assert not out.exists()


@pytest.mark.parametrize("element", ["2.A.\\u0031", "2.A> <x:p> <x:o> . #", "2.A 1", "", "٢.A"])
def test_the_number_of_an_element_says_nothing_but_that(tmp_path, element):
    """It becomes part of an IRI: what else it held would be read as statements."""
    release = changed(tmp_path, "Skills", "2.A.1.a|Reading|IM|4.12", f"{element}|Reading|IM|4.12")
    with pytest.raises(rg.SourceError, match=r"Skills\.txt:2: Element ID: .* is no number of an element"):
        import_onet([release], tmp_path / "out.ttl")
    assert not (tmp_path / "out.ttl").exists()


def test_every_oddity_is_counted_with_an_example(imported):
    report, _ = imported
    odd = {what: (found.count, found.examples[0]) for what, found in report.odd.items()}
    assert odd == {
        "rows on an occupation that Occupation Data lacks, left out": (1, "Alternate Titles.txt: 99-9999.00"),
        "alternate titles that stand twice on one occupation": (1, "President"),
        "alternate titles that stand on several occupations": (1, "President"),
        "rows that relate an occupation to itself, left out": (1, CHIEF),
        "rows that relate an occupation to one that Occupation Data lacks, left out": (1, "55-5555.00"),
        "rows that relate two occupations for the second time, left out": (1, CHIEF),
        "occupations without related occupations": (3, "11-1011.00"),
        "occupations without a job zone": (3, GENERAL),
        "answers that O*NET recommends not to use, left out": (1, "OJ 1"),
        "levels in Skills.txt that O*NET calls not relevant, left out": (1, "Repairing"),
        "figures in Skills.txt that O*NET recommends not to use, kept with a doubt": (1, "Repairing"),
        "rows in Knowledge.txt on a scale that is not known, left out": (1, "XX"),
        "occupations without rated skills or knowledge": (3, GENERAL),
        "technologies that stand on one occupation in several classes of goods": (1, "C#"),
    }


def test_as_many_statements_are_written_as_are_told_each_once(imported, tmp_path):
    report, _ = imported
    lines = (tmp_path / "onet.nt").read_text().splitlines()
    assert len(lines) == len(set(lines)) == report.statements


def test_what_comes_out_breaks_no_shape(imported, tmp_path):
    assert imported[1].validate().problems == ()
    (tmp_path / "db_29_3_text" / "Read Me.txt").write_text("O*NET 29.3 Database\nMay 2025 Release\n")
    import_onet([tmp_path / "db_29_3_text"], tmp_path / "dated.nt")
    graph = rg.open(tmp_path / "dated.nt")
    assert graph.validate().problems == ()
    assert graph.path("Marketing Managers", "CEO").steps[0].evidence[0].date == "2025-05"


def test_occupations_go_by_every_title_and_by_their_code(imported):
    _, graph = imported
    chief = graph.resolve("Chief Executives")
    assert chief == "https://w3id.org/rolegraph/occupation/soc-11-1011"
    assert graph.resolve("ceo") == chief == graph.resolve("chief executive officer (ceo)")
    assert graph.resolve("IT Project Managers").endswith("/occupation/onet-15-1299.09")
    with pytest.raises(rg.AmbiguousName, match="Chief Executives, General Managers"):
        graph.resolve("president")
    table = graph.select("SELECT ?o ?t { ?o rg:reportedTitle ?t } ORDER BY ?t")
    assert table.column("t") == ["Brand Manager", "President"]


def test_related_occupations_are_moves_with_tier_rank_and_source(imported):
    _, graph = imported
    path = graph.path("Marketing Managers", "CEO")
    assert path.labels == ("Marketing Managers", "General Managers", "Chief Executives")
    (evidence,) = path.steps[0].evidence
    assert (evidence.kind, evidence.source) == ("derived", "O*NET 29.3")
    assert evidence.qualifier == "among the 5 most closely related occupations"
    rows = graph.select(
        "SELECT ?tier ?rank { ?m a rg:Move ; rg:relatednessTier ?tier ; rg:relatednessRank ?rank }"
    )
    assert sorted(rows.rows) == [("Primary-Long", 6), ("Primary-Short", 1), ("Supplemental", 11)]


def test_requirements_keep_importance_level_period_and_doubt(imported):
    _, graph = imported
    query = """SELECT ?label ?importance ?level ?size ?doubt ?necessity {
        ?c a rg:SkillRequirement ; rg:role <https://w3id.org/rolegraph/occupation/soc-11-1011> ;
           rg:skill/skos:prefLabel ?label ; rg:importance ?importance ; rg:necessity ?necessity .
        OPTIONAL { ?c rg:requiredLevel ?level } OPTIONAL { ?c rg:sampleSize ?size }
        OPTIONAL { ?c rg:doubt ?doubt }
    } ORDER BY ?label"""
    doubt = "O*NET recommends not to use this figure, because it is imprecise."
    essential, optional = "https://w3id.org/rolegraph/Essential", "https://w3id.org/rolegraph/Optional"
    assert graph.select(query).rows == (
        ("Administration", 3.0, None, 28, None, essential),
        ("Reading", 4.12, 4.75, 8, None, essential),
        ("Repairing", 1.0, None, 8, doubt, optional),
    )
    needs = {link.label: link.necessity for link in graph.role("Marketing Managers").of("requires")}
    assert needs == {"Reading": "optional"}  # 2.99 is less than 3


def test_technologies_that_differ_in_a_sign_stay_two(imported):
    _, graph = imported
    links = graph.role("IT Project Managers").of("requires")
    assert sorted(link.label for link in links) == ["C#", "C++"]
    demanded = graph.select("SELECT ?n { ?c rg:inDemand true ; rg:skill/skos:prefLabel ?n }")
    assert demanded.column("n") == ["C++"]
    classes = graph.select(
        "SELECT ?code { ?s skos:prefLabel 'C#'@en ; skos:broader/skos:notation ?code } ORDER BY ?code"
    )
    assert classes.column("code") == ["43232400", "43232500"]


def test_preparation_has_zone_education_experience_and_certification(imported):
    _, graph = imported
    card = graph.role("Chief Executives")
    assert {note.text for note in card.notes if note.kind in {"preparation", "experience"}} == {
        "job zone 5 (1 takes the least preparation, 5 the most)",
        "over 10 years is what it takes, said 68 % of those asked",
    }
    assert [(link.label, link.share) for link in card.of("asks_degree")] == [("bachelor's degree", 32.14)]
    assert graph.select("SELECT ?v { ?c rg:certificationImportance ?v }").rows == ((2.5,),)


def test_tasks_are_duties_with_their_type(imported):
    _, graph = imported
    duties = sorted(link.label for link in graph.role("Chief Executives").of("has_duty"))
    assert duties == ["Attend.", 'Direct "budgets".']
    assert graph.select("SELECT ?t { ?c rg:taskType ?t }").rows == (("Core",),)


def test_a_zip_a_folder_with_crlf_and_a_store_give_the_same(folder, imported, tmp_path):
    archive = tmp_path / "db_29_3_text.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for file in sorted(folder.iterdir()):
            packed.write(file, f"db_29_3_text/{file.name}")
    import_onet([archive], tmp_path / "zip.nt")
    windows = write_folder(tmp_path / "w" / "db_29_3_text", end="\r\n")
    import_onet([windows], tmp_path / "windows.nt")
    wanted = (tmp_path / "onet.nt").read_bytes()
    assert (tmp_path / "zip.nt").read_bytes() == (tmp_path / "windows.nt").read_bytes() == wanted
    report = import_onet([archive], tmp_path / "onet.store")
    graph = rg.open(tmp_path / "onet.store")
    sizes = graph.store.graphs()
    assert sizes["https://w3id.org/rolegraph/graph/onet-29.3"] == report.statements
    assert graph.path("Marketing Managers", "CEO") == imported[1].path("Marketing Managers", "CEO")
    # What the store keeps ready was made without most of its statements, and is what all of them give.
    kept, read = project_moves(graph.store), project_moves(imported[1].store)
    assert [*kept.nodes(data=True)] == [*read.nodes(data=True)]
    assert [*kept.edges(keys=True, data=True)] == [*read.edges(keys=True, data=True)]


def test_the_release_is_told_by_its_read_me_its_name_or_the_user(tmp_path):
    plain = write_folder(tmp_path / "plain")
    with pytest.raises(rg.SourceError, match=r"--release 29\.3"):
        import_onet([plain], tmp_path / "o.nt")
    assert import_onet([plain], tmp_path / "o.nt", release="28.1").title == "O*NET 28.1"
    (plain / "Read Me.txt").write_text("O*NET 30.0 Database\nAugust 2025 Release\n")
    assert import_onet([plain], tmp_path / "o.nt").title == "O*NET 30.0"
    old = import_onet([write_folder(tmp_path / "db_20_1")], tmp_path / "o.nt")
    assert [what for what in old.odd if what.startswith("release")] == [
        "release whose tables may differ from those read here (releases 25 to 30 are known)"
    ]


def test_a_release_of_occupations_alone_is_enough_and_the_rest_is_named_as_missing(tmp_path):
    only = write_folder(tmp_path / "db_25_0_text", {"Occupation Data": RELEASE["Occupation Data"]})
    report = import_onet([only], tmp_path / "o.ttl")
    assert report.missing == [name for name in TABLES if name != "Occupation Data"]
    assert rg.open(tmp_path / "o.ttl").find("chief", kind="occupation").column("name") == ["Chief Executives"]


@pytest.mark.parametrize(
    ("name", "old", "new", "complaint"),
    [
        ("Occupation Data", "11-1021.00|", "11-1011.00|", "Occupation Data.txt:3: .*: 11-1011.00 stands"),
        ("Occupation Data", "11-1021.00|", "11-1021|", "Occupation Data.txt:3: .*'11-1021' is no code"),
        ("Occupation Data", "|General Managers|", "||", "Occupation Data.txt:3: Title: the title is empty"),
        ("Occupation Data", "|Title|", "|Titel|", "there is no column 'Title'; is 'Titel' meant"),
        ("Occupation Data", "|All others.", "|All|others.", "Occupation Data.txt:5: the row has 4 cells"),
        ("Skills", "|4.12|", "|4,12|", "Skills.txt:2: Data Value: '4,12' is not a number"),
        ("Skills", "|4.12|", "|nan|", "Skills.txt:2: Data Value: 'nan' is not a number"),
        ("Skills", "4.12|8|N|n/a|08/2023", "4.12|8|N|n/a|2023", "Skills.txt:2: Date: '2023' is no month"),
        ("Job Zones", "|5|", "|6|", "Job Zones.txt:2: Job Zone: '6' is not a whole number from 1 to 5"),
        ("Job Zones", "11-2021.00", "11-1011.00", "Job Zones.txt:3: the occupation has a job zone already"),
        ("Related Occupations", "|11\n", "|x\n", "Related Occupations.txt:3: Index: 'x' is not"),
        ("Task Statements", "|8824|", "|8823|", "Task Statements.txt:3: Task ID: the task 8823 stands"),
        ("Technology Skills", "|43232500|", "|softly|", "Technology Skills.txt:4: Commodity Code: 'softly'"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_file_line_and_column_and_nothing_is_written(
    tmp_path, name, old, new, complaint
):
    source = changed(tmp_path, name, old, new)
    for target in ("out.ttl", "out.store"):
        with pytest.raises(rg.SourceError, match=complaint):
            import_onet([source], tmp_path / target)
        assert not (tmp_path / target).exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["db_29_3_text"]


def test_rows_of_one_occupation_in_two_places_are_refused(tmp_path):
    again = RELEASE["Skills"].rstrip() + "\n        11-1011.00|2.A.1.b|Listening|IM|4.12|8|N|n/a|08/2023\n"
    source = write_folder(tmp_path / "db_29_3_text", {**RELEASE, "Skills": again})
    with pytest.raises(
        rg.SourceError, match=r"Skills\.txt:7: the rows of one occupation stand in two places"
    ):
        import_onet([source], tmp_path / "o.nt")


def test_the_command_reports_and_says_where_it_wrote(folder, tmp_path):
    out = tmp_path / "onet.ttl"
    answer = rolegraph("import", "onet", str(folder), "-o", str(out), "--format", "table")
    assert (answer.code, answer.err) == (0, f"Wrote {out}\n")
    assert "5  Occupation Data" in answer.out
    assert "1 alternate titles that stand on several occupations, such as President" in " ".join(
        answer.out.split()
    )
    wrong = rolegraph("import", "onet", str(tmp_path / "no.zip"), "-o", str(out))
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err == f"Error: {tmp_path / 'no.zip'}: No such file or directory\n"


# --- the official release ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def official(shared_data, tmp_path_factory):
    """Import the official release once: the report, the graph, and what reads a table independently."""
    archive = shared_data / "onet" / "db_29_3_text.zip"
    out = tmp_path_factory.mktemp("onet") / "onet.store"
    report = import_onet([archive], out)
    packed = zipfile.ZipFile(archive)

    def rows(name):
        lines = io.TextIOWrapper(packed.open(f"db_29_3_text/{name}.txt"), "utf-8", newline="")
        return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)

    return report, rg.open(out), rows


@pytest.mark.slow
def test_the_official_release_is_read_row_for_row(official):
    report, graph, rows = official
    assert report.rows == {name: sum(1 for _ in rows(name)) for name in report.rows}
    assert set(report.rows) == set(TABLES)
    odd = {what: found.count for what, found in report.odd.items()}
    assert odd["occupations without a job zone"] == 93
    assert odd["alternate titles that stand on several occupations"] == 6841
    assert odd["alternate titles that stand twice on one occupation"] == 2
    assert (
        len(graph.store) - graph.store.graphs()["https://w3id.org/rolegraph/graph/ontology"]
        == report.statements
    )


@pytest.mark.slow
def test_shortest_paths_over_related_occupations_are_those_of_plain_breadth_first_search(official):
    _, graph, rows = official
    related = {}
    for row in rows("Related Occupations"):
        related.setdefault(row["O*NET-SOC Code"], []).append(row["Related O*NET-SOC Code"])
    title = {row["O*NET-SOC Code"]: row["Title"] for row in rows("Occupation Data")}
    for start in (MARKETING, "27-1021.00", "29-2091.00", "11-9199.00"):
        far = {start: 0}
        waiting = deque([start])
        while waiting:
            one = waiting.popleft()
            for other in related.get(one, ()):
                if other not in far:
                    far[other] = far[one] + 1
                    waiting.append(other)
        for goal in ("11-1011.00", "15-1252.00", "35-2014.00", "13-1082.00"):
            if goal in far:
                assert len(graph.path(title[start], title[goal]).steps) == far[goal]
            else:
                assert graph.paths(title[start], title[goal], k=1) == []


@pytest.mark.slow
def test_ratings_are_those_of_the_release(official):
    _, graph, rows = official
    query = """SELECT ?element ?importance { ?c a rg:SkillRequirement ; rg:importance ?importance ;
        rg:role <https://w3id.org/rolegraph/occupation/soc-11-2021> ; rg:skill/skos:notation ?element }"""
    found = {element: float(value) for element, value in graph.select(query).rows}
    wanted = {
        row["Element ID"]: float(row["Data Value"])
        for name in ("Skills", "Knowledge")
        for row in rows(name)
        if (row["O*NET-SOC Code"], row["Scale ID"]) == (MARKETING, "IM")
    }
    assert found == wanted
    assert len(found) == 68
