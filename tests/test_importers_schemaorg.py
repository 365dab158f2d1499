"""schema.org's JSON-LD to claims: what each property becomes, what stays words, and what hostile pages do."""

from __future__ import annotations

import json
import socket
import zipfile
from functools import cache
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from worlds import steady

import rolegraph as rg
from rolegraph.errors import OutputError, ParameterError, SourceError
from rolegraph.importers.reports import Report
from rolegraph.importers.schemaorg import words
from rolegraph.importers.schemaorg.nodes import Node
from rolegraph.importers.schemaorg.tolerant import DEEPEST, parse
from rolegraph.names import BASE
from rolegraph.network import years_of

HERE = "https://schema.org"

#: An occupation that says everything exactly. Every figure and name is invented.
COOK = {
    "@context": HERE,
    "@type": "Occupation",
    "name": "cook",
    "alternateName": ["chef", {"@value": "Koch", "@language": "de"}],
    "description": "Makes <b>meals</b> &amp; sauces.",
    "occupationLocation": {"@type": "City", "name": "Harbour Town"},
    "skills": ["baking", {"@type": "DefinedTerm", "@id": "https://skills.example/7", "name": "plating"}],
    "responsibilities": "<ul><li>boil</li><li>clean</li></ul>",
    "educationRequirements": "Bachelor's degree in gastronomy or equivalent",
    "experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 30},
    "qualifications": {
        "@type": "EducationalOccupationalCredential",
        "name": "Hygiene Pass",
        "credentialCategory": "certificate",
        "recognizedBy": {"@type": "Organization", "name": "Town Hall"},
    },
    "estimatedSalary": {
        "@type": "MonetaryAmountDistribution",
        "currency": "EUR",
        "duration": "P1M",
        "percentile10": 2000,
        "median": 2500.5,
        "percentile90": "3000",
    },
}


@pytest.fixture
def imported(tmp_path):
    """Import values as JSON-LD; give the report and the graph, of which the shapes must hold."""

    def run(*values, name="page.jsonld", text=None, **known):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(map(json.dumps, values)) if text is None else text, "utf-8")
        report = rg.import_schemaorg(file, tmp_path / "out.ttl", **known)
        return report, rg.open(tmp_path / "out.ttl")

    return run


def occupation(**properties):
    return {"@context": HERE, "@type": "Occupation", "name": "cook"} | properties


def ends(graph, kind, name="cook"):
    """Give the labels that a role's relations of a kind lead to, with how necessary they are."""
    return {link.label: link.necessity for link in graph.role(name).links if link.kind == kind}


def notes(graph, kind, name="cook"):
    return [note.text for note in graph.role(name).notes if note.kind == kind]


def pay_of(graph, name="cook"):
    return [
        (pay.amount, pay.currency, pay.statistic, pay.interval, pay.period, pay.area, pay.low, pay.high)
        for pay in graph.role(name).role.pay
    ]


# -- what each property becomes --


def test_an_occupation_becomes_a_role_with_all_that_it_says(imported):
    report, graph = imported(COOK, accessed="2026-11", publisher="Guild of Cooks")
    card = graph.role("chef")
    assert (card.role.label, card.role.aliases) == ("cook", ("chef", "Koch"))
    assert card.role.definition == "Makes meals & sauces."
    assert ends(graph, "requires") == {"baking": "essential", "plating": "essential"}
    assert graph.resolve("plating", {"skill"}) == "https://skills.example/7"
    assert ends(graph, "has_duty") == {"boil": "", "clean": ""}
    assert ends(graph, "needs_degree") == {"bachelor's degree": "minimum"}
    assert ends(graph, "suggests_subject") == {"gastronomy": ""}
    assert ends(graph, "suggests_credential") == {"Hygiene Pass": "minimum"}
    assert pay_of(graph) == [
        (2500.5, "EUR", "median salary", "MONTH", "2026-11", "Harbour Town", 2000, 3000),
    ]
    assert years_of(graph.network(), card.role.iri) == 2
    assert notes(graph, "experience") == ["30 months of experience."]
    assert {row["publisher"] for row in graph.why("cook")} == {"Guild of Cooks"}
    assert graph.validate().problems == ()
    assert (report.things["roles"], report.things["claims: Pay"], report.odd) == (1, 1, {})


def test_who_grants_a_credential_is_claimed(imported):
    _, graph = imported(COOK)
    (issued,) = [link for link in graph.why("Hygiene Pass") if link["relation"] == "issued_by"]
    assert issued["value"] == "Hygiene Pass -> Town Hall"


def test_a_posting_becomes_a_role_of_its_title_by_its_employer_on_its_day(imported):
    posting = {
        "@context": HERE,
        "@type": "JobPosting",
        "@id": "https://jobs.example/1",
        "title": "Sous-chef",
        "url": "https://jobs.example/1",
        "datePosted": "2025-03-02T10:00",
        "hiringOrganization": {"@type": "Organization", "name": "The Anchor"},
        "jobLocation": {
            "@type": "Place",
            "address": {"@type": "PostalAddress", "addressLocality": "Leeds", "addressCountry": "GB"},
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "gbp",
            "value": {
                "@type": "QuantitativeValue",
                "minValue": "30,000",
                "maxValue": 35000,
                "unitText": "year",
            },
        },
        "experienceRequirements": "At least 3 years in a kitchen",
    }
    _, graph = imported(posting)
    assert graph.resolve("sous chef").startswith(f"{BASE}role/schemaorg/")
    assert set(pay_of(graph, "sous-chef")) == {
        (35000, "GBP", "highest salary offered", "YEAR", "2025-03-02", "Leeds, GB", None, None),
        (30000, "GBP", "lowest salary offered", "YEAR", "2025-03-02", "Leeds, GB", None, None),
    }
    assert notes(graph, "experience", "sous-chef") == ["At least 3 years in a kitchen"]
    assert years_of(graph.network(), graph.resolve("sous-chef")) == 3
    (source,) = {(row["publisher"], row["url"], row["date"]) for row in graph.why("sous-chef")}
    assert source == ("The Anchor", "https://jobs.example/1", "2025-03-02")
    assert graph.validate().problems == ()


def test_postings_of_one_document_keep_their_employers_apart(imported):
    postings = [
        {"@type": "JobPosting", "title": title, "hiringOrganization": {"name": employer}, "skills": "baking"}
        for title, employer in (("cook", "Anchor"), ("Cook", "Bell"), ("porter", "Crown"))
    ]
    _, graph = imported({"@context": HERE, "@graph": postings})
    (skill,) = [link for link in graph.role("cook").links if link.kind == "requires"]
    assert [item.publisher for item in skill.evidence] == ["Anchor", "Bell"]
    assert {row["publisher"] for row in graph.why("porter")} == {"Crown"}


@pytest.mark.parametrize(
    ("category", "iri", "label"),
    [
        ("29-1171.00", "occupation/soc-29-1171", "SOC 29-1171.00"),
        ("15-1299.09 IT Project Managers", "occupation/onet-15-1299.09", "IT Project Managers"),
        ({"@type": "CategoryCode", "codeValue": "11-2021", "name": "M"}, "occupation/soc-11-2021", "M"),
        (
            {"@type": "CategoryCode", "codeValue": "3434", "name": "Chefs", "inCodeSet": {"name": "ISCO-08"}},
            "http://data.europa.eu/esco/isco/C3434",
            "Chefs",
        ),
        (
            {"@type": "DefinedTerm", "url": "http://data.europa.eu/esco/occupation/a-b", "name": "chef"},
            "http://data.europa.eu/esco/occupation/a-b",
            "chef",
        ),
        (
            {"@type": "CategoryCode", "codeValue": "K 9", "name": "Cooks", "inCodeSet": "https://x.example/"},
            "occupation/schemaorg/https%3A%2F%2Fx.example%2F/K%209",
            "Cooks",
        ),
    ],
)
def test_a_category_with_a_code_maps_the_role_to_the_occupation(imported, category, iri, label):
    _, graph = imported(occupation(occupationalCategory=category))
    (link,) = [link for link in graph.role("cook").links if link.kind == "described_as"]
    assert (link.iri, link.label, link.evidence[0].detail) == (
        iri if iri.startswith("http") else BASE + iri,
        label,
        "close",
    )
    assert graph.validate().problems == ()


def test_a_category_of_the_same_name_is_an_exact_match_and_one_without_a_code_stays_words(imported):
    _, graph = imported(
        occupation(
            occupationalCategory=[{"@type": "CategoryCode", "codeValue": "35-2014", "name": "Cook"}, "Food"]
        )
    )
    (link,) = [link for link in graph.role("cook").links if link.kind == "described_as"]
    assert link.evidence[0].detail == "exact"
    assert notes(graph, "statement") == ["Occupational category: Food."]


def test_codes_are_noted_that_their_address_contradicts_or_whose_code_set_is_old(imported):
    report, _ = imported(
        occupation(
            occupationalCategory={
                "@type": "CategoryCode",
                "codeValue": "15-1132.00",
                "name": "Developers",
                "url": "https://www.onetonline.org/link/summary/15-1252.00",
                "inCodeSet": {"@type": "CategoryCodeSet", "name": "O*NET-SOC 2010"},
            }
        )
    )
    assert report.odd["codes that their own address contradicts"].count == 1
    (old,) = [found for what, found in report.odd.items() if "older classification" in what]
    assert old.examples == ["15-1132.00 (2010)"]


def test_a_programme_has_its_offer_its_skills_and_its_occupation(imported):
    _, graph = imported(
        {
            "@context": HERE,
            "@type": "WorkBasedProgram",
            "name": "Kitchen apprenticeship",
            "provider": {"@type": "Organization", "name": "School of Cookery"},
            "timeToComplete": "P2Y6M",
            "occupationalCredentialAwarded": {
                "@type": "EducationalOccupationalCredential",
                "name": "Journeyman",
            },
            "teaches": "baking; plating",
            "occupationalCategory": "35-2014.00",
            "programPrerequisites": "a strong stomach",
        }
    )
    rows = graph.select(
        "SELECT ?provider ?months ?awards { ?c a rg:OfferingClaim ; rg:provider/skos:prefLabel ?provider ;"
        " rg:minimumMonths ?months ; rg:awards ?awards }"
    )
    assert [*rows] == [{"provider": "School of Cookery", "months": 30, "awards": "Journeyman"}]
    why = {(row["relation"], row["value"]) for row in graph.why("Kitchen apprenticeship")}
    assert {("teaches", f"Kitchen apprenticeship -> {skill}") for skill in ("baking", "plating")} <= why
    assert ("suggests_credential", "SOC 35-2014.00 -> Kitchen apprenticeship") in why
    assert ("statement", "Prerequisites: a strong stomach.") in why
    assert graph.validate().problems == ()


# -- what is not exact stays words --


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        ({"currency": "euros"}, "currency"),
        ({"duration": "a while"}, "time that it is paid for"),
        ({"median": "a lot"}, "amount"),
        ({"median": 0}, "amount"),
        ({"median": -5}, "amount"),
        ({"name": "bonus"}, "kind that is a salary"),
    ],
)
def test_pay_without_its_whole_basis_is_told_in_words(imported, change, lacking):
    pay = COOK["estimatedSalary"] | change
    report, graph = imported(COOK | {"estimatedSalary": pay}, accessed="2026")
    assert pay_of(graph) == []
    (told,) = [text for text in notes(graph, "statement") if text.startswith("Pay: ")]
    assert "percentile90 3000" in told
    assert [*report.odd] == [
        "documents that name no publisher",
        f"pay that gives no {lacking}, kept in words",
    ]
    assert graph.validate().problems == ()


def test_pay_needs_a_day_and_a_place_which_the_caller_can_give(imported):
    nowhere = {name: value for name, value in COOK.items() if name != "occupationLocation"}
    assert pay_of(imported(COOK)[1]) == []
    assert pay_of(imported(nowhere, accessed="2026")[1]) == []
    (pay,) = imported(nowhere, accessed="2026", area="Everywhere")[1].role("cook").role.pay
    assert (pay.period, pay.area) == ("2026", "Everywhere")
    assert pay.evidence.qualifier == "the period is the day on which the page was read"


def test_percentiles_out_of_order_are_left_out(imported):
    report, graph = imported(
        COOK | {"estimatedSalary": COOK["estimatedSalary"] | {"percentile90": 1}}, accessed="2026"
    )
    assert [pay[-2:] for pay in pay_of(graph)] == [(None, None)]
    assert report.odd["percentiles of pay that are out of order, left out"].count == 1
    assert graph.validate().problems == ()


def test_long_prose_is_a_statement_and_not_the_name_of_a_skill(imported):
    prose = "One has to be able to do many things, and all of them well " * 10
    report, graph = imported(occupation(skills=prose, responsibilities=prose))
    assert ends(graph, "requires") == ends(graph, "has_duty") == {}
    assert {text.partition(":")[0] for text in notes(graph, "statement")} == {"Skills", "Responsibilities"}
    assert {found.count for found in report.odd.values()} == {1}


@pytest.mark.parametrize(
    "text",
    [
        "Graduate degree in nursing",
        "A bachelor's degree and ten years at sea",
        "no PhD",
        "Master chef",
        "Bachelor party",
    ],
)
def test_words_that_are_no_exact_degree_make_none(imported, text):
    _, graph = imported(occupation(educationRequirements=text))
    assert ends(graph, "needs_degree") == {}
    assert notes(graph, "statement") == [f"Education: {text}."]


@pytest.mark.parametrize(
    ("text", "key", "subject"),
    [
        ("bachelor degree", "bachelor", ""),
        ("Bachelor\N{RIGHT SINGLE QUOTATION MARK}s degree", "bachelor", ""),
        ("PhD in parapsychology", "doctorate", "parapsychology"),
        ("Ph.D.", "doctorate", ""),
        ("Master of Science in Data Science", "master", "Data Science"),
        ("an associate's degree, preferred", "associate", ""),
    ],
)
def test_degrees_by_their_names(text, key, subject):
    found = words.degree(text)
    assert (found.key, found.subject) == (key, subject)


@given(st.text(max_size=30))
@steady
def test_words_are_read_without_fail(text):
    assert words.degree(text) is None or len(text) > 1
    assert all(name == name.strip() and name for name in words.skill_names(text))
    assert words.interval(text) in {"", "YEAR", "MONTH", "WEEK", "DAY", "HOUR"}
    assert (words.amount(text) or 1) > 0
    assert (words.months(text) or 1) >= 1
    assert words.date(text) is None or text.strip().startswith(words.date(text)[0][:4])


@given(st.integers(1, 10**9), st.integers(0, 99))
@steady
def test_an_amount_is_read_exactly(whole, cents):
    assert words.amount(f"{whole:,}.{cents:02}") == words.amount(f"{whole}.{cents:02}")
    assert f"{words.amount(f'{whole}.{cents:02}')}" == f"{whole}.{cents:02}"


# -- contexts, identities, JSON-LD --

CONTEXTS = [
    "https://schema.org",
    "http://schema.org/",
    "https://www.schema.org/",
    "https://schema.org/docs/jsonldcontext.jsonld",
    "http://schema.org/docs/jsonldcontext.json",
    ["https://schema.org", {"x": "https://x.example/"}],
    {"@vocab": "http://schema.org/", "@version": 1.1},
    {"@import": "https://schema.org/"},
]


@pytest.mark.parametrize("context", CONTEXTS, ids=str)
def test_every_name_of_the_context_gives_the_same(imported, tmp_path, context):
    imported(COOK, accessed="2026")
    expected = (tmp_path / "out.ttl").read_bytes()
    imported(COOK | {"@context": context}, accessed="2026")
    assert (tmp_path / "out.ttl").read_bytes() == expected


def test_prefixed_terms_and_full_iris_are_those_of_the_context(imported):
    _, graph = imported(
        {
            "@context": {"s": "http://schema.org/"},
            "@type": "s:Occupation",
            "http://schema.org/name": "cook",
            "https://schema.org/skills": {"@list": ["baking", "plating"]},
        }
    )
    assert [*ends(graph, "requires")] == ["baking", "plating"]


def test_language_maps_nested_graphs_and_references_are_understood(imported):
    _, graph = imported(
        {
            "@context": [HERE, {"name": {"@id": "schema:name", "@container": "@language"}}],
            "@graph": [
                {"@id": "#skill", "@type": "DefinedTerm", "name": {"en": "baking"}},
                {
                    "@type": "Person",
                    "hasOccupation": {
                        "@type": "Role",
                        "hasOccupation": {
                            "@type": "Occupation",
                            "name": {"en": "cook", "de": "Koch"},
                            "skills": {"@id": "#skill"},
                        },
                    },
                },
            ],
        }
    )
    assert graph.role("Koch").role.label == "cook"
    assert ends(graph, "requires") == {"baking": "essential"}


REMOTE = [
    "https://evil.example/context.jsonld",
    ["https://schema.org", "https://evil.example/"],
    {"@import": "https://evil.example/"},
    {"x": {"@id": "https://x.example/x", "@context": "https://evil.example/"}},
    "https://schema.org.evil.example/",
    "https://schema.org/other",
]


@pytest.mark.parametrize("context", REMOTE, ids=str)
def test_any_other_context_is_an_error_that_names_the_file_and_nothing_is_written(
    imported, tmp_path, context
):
    with pytest.raises(SourceError, match=r"page\.jsonld: names the remote context .*No context is fetched"):
        imported(COOK | {"@context": context})
    assert not (tmp_path / "out.ttl").exists()


@pytest.mark.parametrize("context", [HERE, *REMOTE], ids=str)
def test_no_connection_is_ever_opened(imported, monkeypatch, context):
    """A server listens on this machine, and the documents name it; opening a socket fails the test."""
    asked = []

    def refuse(*arguments, **_):
        asked.append(arguments)
        raise OSError("no network in this test")

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        there = f"http://127.0.0.1:{server.getsockname()[1]}/c.jsonld"
        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        monkeypatch.setattr(socket.socket, "connect", refuse)
        named = json.loads(json.dumps(context).replace("https://evil.example/", there))
        try:
            imported(COOK | {"@context": named, "sameAs": there, "image": there})
        except SourceError:
            assert context is not HERE
        with pytest.raises(TimeoutError):
            server.accept()
    assert asked == []


def test_what_schema_org_says_is_kept_beside_the_claims_unless_it_is_not_wanted(imported):
    page = occupation(url="https://x.example/", sameAs="javascript:alert(1)", ownershipFundingInfo="a prince")
    said = "schema:url|schema:sameAs|schema:ownershipFundingInfo"
    query = f'SELECT ?o {{ ?s schema:name "cook" ; {said} ?o }} ORDER BY ?o'
    _, graph = imported(page)
    assert graph.select(query).column("o") == ["https://x.example/", "a prince", "javascript:alert(1)"]
    assert graph.ask('ASK { ?s schema:sameAs "javascript:alert(1)" }')
    _, graph = imported(page, keep=False)
    assert len(graph.select(query)) == 0


def test_a_page_cannot_slip_in_claims_or_terms_of_rolegraph(imported):
    _, graph = imported(
        {
            "@context": [HERE, {"rg": BASE}],
            "@graph": [
                occupation(**{"rg:describedAs": {"@id": "rg:occupation/soc-11-1011"}}),
                {"@id": "rg:claim/x", "@type": ["rg:Move", "Thing"], "rg:fromRole": {"@id": "rg:role/a"}},
                {"@id": "rg:Role", "@type": "Occupation", "name": "owner of the word role"},
            ],
        }
    )
    assert not graph.ask("ASK { ?x a rg:Move }")
    assert not graph.ask("ASK { ?x rg:describedAs ?y }")
    assert not graph.ask("ASK { GRAPH ?g { rg:Role schema:name ?y } }")
    assert not graph.ask("ASK { GRAPH graph:out { rg:Role ?p ?o } }")


# -- pages --

PAGE = """<!DOCTYPE html><html lang="de-AT"><head><title>Koch &amp; Köchin</title>
<link rel="canonical" href="https://jobs.example/koch">
<script>var json = '{"@type": "Occupation"';</script>
<script type="application/ld+json">
//<![CDATA[
{ "@context": "http://schema.org", /* a comment, "quoted" */ "@type": "JobPosting", "title": "Koch (m&#47;w)",
  "skills": ["Backen, // nicht braten",], // another
  "x": NaN, "title2": "a
b", }
//]]>
</script>
<script type="application/ld+json; charset=utf-8">{oops</script>
<SCRIPT TYPE=application/LD+JSON>{"@context":"https://schema.org","@type":"Occupation","name":"Kellner"}
{"@context":"https://schema.org","@type":"Occupation","name":"Wirt"}</SCRIPT></head></html>
"""


def test_the_scripts_of_a_page_are_read_with_their_slips(imported):
    report, graph = imported(name="koch.html", text=PAGE)
    assert [entry.label for entry in graph.entries() if entry.kind == "role"] == [
        "Kellner",
        "Koch (m/w)",
        "Wirt",
    ]
    assert ends(graph, "requires", "Koch (m/w)") == {"Backen, // nicht braten": "essential"}
    assert graph.ask('ASK { ?x skos:prefLabel "Koch (m/w)"@de-at }')
    assert {(row["source"], row["url"]) for row in graph.why("Wirt")} == {
        ("Koch & Köchin", "https://jobs.example/koch")
    }
    assert [*report.odd] == [
        "wrappings of old scripts, passed over",
        "comments inside JSON, passed over",
        "commas before a closing bracket, passed over",
        "figures that are no number (NaN, Infinity), left out",
        "scripts of pages that are no JSON, not taken",
    ]
    assert report.odd["scripts of pages that are no JSON, not taken"].examples[0].endswith("double quotes")
    assert graph.validate().problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_pages_in_the_usual_encodings(tmp_path, encoding):
    text = PAGE.replace("<head>", '<head><meta charset="ISO-8859-1">') if encoding == "windows-1252" else PAGE
    (tmp_path / "page.htm").write_bytes(text.encode(encoding))
    rg.import_schemaorg(tmp_path, tmp_path / "out.ttl")
    assert {row["source"] for row in rg.open(tmp_path / "out.ttl").why("Wirt")} == {"Koch & Köchin"}


@pytest.mark.parametrize(
    "filling",
    [
        "<a<b" * 300_000,
        "<!--" * 200_000,
        "</x" * 300_000,
        "<script>" * 200_000,
        "<title " * 200_000,
        "<meta a='" * 99_999,
    ],
    ids=lambda text: text[:9],
)
def test_pages_made_to_take_long_do_not(imported, filling):
    """Each of these megabytes is read in a second or so, where html.parser takes minutes for the first."""
    _, graph = imported(name="long.html", text=PAGE + filling)
    assert graph.role("Wirt").role.label == "Wirt"


def test_what_stands_in_comments_and_in_other_scripts_is_none_of_the_page(imported):
    inside = PAGE[PAGE.index("<SCRIPT") : PAGE.index("</head>")]
    hidden = inside.replace("Wirt", "Geist")
    text = f"<!-- {hidden} --><script>var x = '<script type=\"application/ld+json\">';</script>{inside}"
    _, graph = imported(name="page.html", text=text)
    assert [entry.label for entry in graph.entries() if entry.kind == "role"] == ["Kellner", "Wirt"]


def test_folders_and_archives_may_hold_files_of_one_name(tmp_path):
    for place, name in (("a", "cook"), ("b", "porter")):
        (tmp_path / "in" / place).mkdir(parents=True)
        (tmp_path / "in" / place / "index.json").write_text(json.dumps(occupation(name=name)))
    with zipfile.ZipFile(tmp_path / "in" / "more.zip", "w") as archive:
        archive.writestr("c/index.jsonld", json.dumps(occupation(name="waiter")))
    report = rg.import_schemaorg(tmp_path / "in", tmp_path / "out.nq")
    graph = rg.open(tmp_path / "out.nq")
    assert [entry.label for entry in graph.entries() if entry.kind == "role"] == ["cook", "porter", "waiter"]
    assert {row["document"] for row in graph.why("waiter")} == {"more.zip/c/index.jsonld"}
    assert report.rows == {"documents": 3}


def test_what_many_documents_say_is_written_once_and_counted_rightly(tmp_path):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.jsonld").write_text(json.dumps([COOK, COOK | {"@id": "https://x.example/cook"}]))
    report = rg.import_schemaorg(tmp_path, tmp_path / "out.nt", publisher="Guild", accessed="2026")
    lines = (tmp_path / "out.nt").read_text("utf-8").splitlines()
    assert len(set(lines)) == len(lines) == report.statements
    rg.import_schemaorg(tmp_path, tmp_path / "out.store", publisher="Guild", accessed="2026")
    assert len(rg.open(tmp_path / "out.store").store) > report.statements


def test_equal_data_gives_equal_bytes(imported, tmp_path):
    imported(COOK, occupation(name="porter"), accessed="2026")
    first = (tmp_path / "out.ttl").read_bytes()
    imported(COOK, occupation(name="porter"), accessed="2026")
    assert (tmp_path / "out.ttl").read_bytes() == first


# -- bad input --


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "page.json:1:1: is no JSON: it is empty"),
        ('{"@context": "https://schema.org",\n "name" "x"}', "page.json:2:9: is no JSON"),
        ("{" * 5, "page.json:1:2: is no JSON"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested deeper than 100"),
        ("[" * 100_000, "nested deeper than 100"),
        ('{"@context": {"a":' + '{"@context":{"b":' * 60 + "1" + "}" * 122, "nested deeper than 100"),
        ('{"@context": 3, "@type": "Occupation"}', "is no JSON-LD: @context value"),
        (r'{"@type": "Occupation", "name": "\ud800"}', r"page.json: the escape \ud800 is half a character"),
        ('{"a": 1}', "holds no occupation, job posting, credential or programme"),
        ("null", "holds no occupation, job posting, credential or programme"),
        ('{"@context": "https://schema.org", "@type": "Recipe", "name": "soup"}', "holds no occupation"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_says_where(imported, tmp_path, text, message):
    with pytest.raises(SourceError, match="^" + str(tmp_path)) as error:
        imported(name="page.json", text=text)
    assert message in str(error.value)
    assert {file.name for file in tmp_path.iterdir()} == {"page.json"}


def test_many_postings_of_one_page_take_no_time_for_each_pair(imported):
    postings = [{"@type": "JobPosting", "title": "cook"}] * 300
    text = json.dumps({"@context": "https://schema.org", "@graph": postings})
    with mock.patch.object(Node, "__eq__", side_effect=AssertionError):
        report, _ = imported(name="page.json", text=text)
    assert report.things["roles"] == 1


def test_brackets_inside_strings_are_not_nested(imported):
    _, graph = imported(occupation(description="[" * 5_000 + '\\"{' * 5_000))
    assert graph.role("cook").role.definition.startswith("[[[")


@pytest.mark.parametrize("depth", [DEEPEST - 3, DEEPEST - 2])
def test_the_deepest_nesting_that_is_read(imported, depth):
    nested = "x"
    for _ in range(depth):
        nested = {"about": nested}
    _, graph = imported(occupation(about=nested, educationRequirements=nested, skills=nested))
    assert graph.role("cook").links == ()


def test_wrong_bytes_are_an_error_with_their_line(tmp_path):
    (tmp_path / "page.jsonld").write_bytes(b'{"@context": "https://schema.org",\n"name": "caf\xe9"}')
    with pytest.raises(
        SourceError, match=r"page\.jsonld:2: the byte 0xe9 is no UTF-8; save the file as UTF-8"
    ):
        rg.import_schemaorg(tmp_path, tmp_path / "out.ttl")


def test_strange_but_sound_values_do_no_harm(imported):
    report, graph = imported(
        occupation(
            name=["cook", 5, None, {"@id": "https://x.example/n"}, "x" * 300_000],
            alternateName={"@value": "a\x00b\u202e\x1b[31m", "@type": "https://x.example/t"},
            skills=[True, 1e300, 10**400, {"@id": "javascript:x", "name": "baking"}, {}, [[["plating"]]]],
            experienceRequirements={"@type": "X", "monthsOfExperience": "9" * 5_000},
            estimatedSalary=[1, "much", {"currency": 7, "median": {"@list": [1, 2]}}],
            occupationLocation={"@id": "#self", "name": {"@id": "#self"}},
            **{"@id": "not an iri", "@type": ["Occupation", 3, "a b"]},
        ),
        accessed="2026",
    )
    assert {"baking", "plating", "true"} <= set(ends(graph, "requires"))
    assert report.odd["identifiers that are no IRI, left out"].count == 1
    assert graph.validate().conforms


def test_a_name_that_stands_twice_counts_by_its_last_value_and_is_noted(imported):
    text = '{"@context": "https://schema.org", "@type": "Occupation", "name": "a", "name": "cook"}'
    report, graph = imported(text=text)
    assert graph.role("cook").role.label == "cook"
    (found,) = [found for what, found in report.odd.items() if "twice" in what]
    assert found.examples[0].startswith("'name' in ")


def test_nodes_that_lead_round_in_a_ring_end(imported):
    _, graph = imported(
        {
            "@context": HERE,
            "@graph": [
                occupation(**{"@id": "#a", "skills": {"@id": "#b"}, "name": {"@id": "#b"}}),
                {
                    "@id": "#b",
                    "@type": "Occupation",
                    "name": [{"@id": "#a"}, "ring"],
                    "subjectOf": {"@id": "#b"},
                },
            ],
        }
    )
    assert graph.role("ring").role.label == "ring"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    )
)
@steady
def test_sound_json_is_read_as_json_reads_it(value):
    report = Report()
    assert parse(json.dumps(value), "x", report) == [
        value if not _many(value) else parse(json.dumps(value), "x", report)[0]
    ]
    assert report.odd == {}


def _many(value):
    """Tell whether there is a whole number so long that it is kept as it is written."""
    if isinstance(value, list | dict):
        return any(map(_many, value if isinstance(value, list) else value.values()))
    return isinstance(value, int) and len(str(value)) > 15


@given(st.text(alphabet='{}[]",:/*\\\n a1', max_size=80))
@steady
def test_no_text_makes_the_reader_fail_otherwise_than_by_saying_so(text):
    try:
        parse(text, "x", Report())
    except SourceError as error:
        assert str(error).startswith("x:")  # noqa: PT017 - most texts are no JSON, and some are


def test_a_day_of_access_must_be_one_and_the_target_must_tell_its_format(imported, tmp_path):
    with pytest.raises(ParameterError, match="'yesterday' is no date; write it as"):
        imported(COOK, accessed="yesterday")
    with pytest.raises(OutputError, match="no ending that tells its format"):
        rg.import_schemaorg(tmp_path / "page.jsonld", tmp_path / "out.what")
    with pytest.raises(SourceError, match="No such file"):
        rg.import_schemaorg(tmp_path / "nowhere.html", tmp_path / "out.ttl")


# -- the examples of schema.org --

EXAMPLES = {
    "roles": 10,
    "certifications": 2,
    "trainings": 3,
    "claims: EducationRequirement": 5,
    "claims: SubjectRecommendation": 3,
    "claims: Mapping": 5,
    "claims: SkillRequirement": 3,
    "claims: DutyClaim": 1,
    "claims: Pay": 1,
    "claims: ExperienceRequirement": 1,
    "claims: TeachingClaim": 1,
    "claims: OfferingClaim": 2,
    "claims: CredentialRecommendation": 1,
    "claims: Statement": 6,
}


@cache
def examples(folder, target):
    return rg.import_schemaorg(folder, target, accessed="2026-11"), rg.open(target)


def test_the_examples_of_schema_org_are_read_as_they_are_meant(shared_data, tmp_path_factory):
    report, graph = examples(shared_data / "schemaorg-occupation", tmp_path_factory.mktemp("so") / "out.ttl")
    assert report.rows == {"documents": 14}
    assert report.unread == []
    assert {kind: report.things.get(kind) for kind in EXAMPLES} == EXAMPLES
    assert report.odd["codes that their own address contradicts"].examples == [
        "15-1211.00, at https://www.onetonline.org/link/summary/15-1121.00"
    ]
    assert graph.validate().problems == ()
    assert pay_of(graph, "Nurse Practioner") == [
        (109000, "USD", "median salary", "YEAR", "2026-11", "USA", 72000, 140000)
    ]
    assert ends(graph, "needs_degree", "Parapsychologist") == {"doctoral degree": "minimum"}
    assert ends(graph, "suggests_subject", "Systems Research Engineer") == {"Computer Science": ""}
    assert years_of(graph.network(), graph.resolve("Software Engineer")) == 5
    assert ends(graph, "described_as", "Mobile App Developer") == {"Software Developers, Applications": ""}
    assert notes(graph, "statement", "Nurse Practioner") == [
        "Education: Graduate degree in nursing.",
        "Qualifications: Registered nurse licensure in state where practicing.",
    ]
