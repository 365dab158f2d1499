"""The terms: each defined once, documented, placed, used, and read alike by two parsers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

ONTOLOGY = Path(__file__).resolve().parent.parent / "ontology"
TERMS_FILE = ONTOLOGY / "rolegraph.ttl"
SHAPES_FILE = ONTOLOGY / "shapes.ttl"
DATA_FILES = sorted((ONTOLOGY / "data").glob("*.ttl"))
ALL_FILES = [TERMS_FILE, SHAPES_FILE, *DATA_FILES]

RG = rdflib.Namespace("https://w3id.org/rolegraph/")
SCHEMA = rdflib.Namespace("https://schema.org/")
UIS = rdflib.Namespace("https://uis.unesco.org/sites/default/files/")
NAMESPACES = {
    "http://rdfs.org/ns/void#",
    "http://www.w3.org/ns/dcat#",
    "http://www.w3.org/ns/prov#",
    "http://www.w3.org/ns/shacl#",
    "http://data.europa.eu/esco/model#",
    "http://data.europa.eu/esco/occupation/",
    "http://data.europa.eu/esco/skill/",
    *(str(namespace) for namespace in (RDF, RDFS, OWL, SKOS, DCTERMS, SCHEMA)),
    "http://www.w3.org/2001/XMLSchema#",
}
FOLDERS = {
    "role", "group", "skill", "duty", "value", "degree", "subject", "certification", "training", "org",
    "area", "occupation", "answer", "source", "graph", "claim", "shape",
}  # fmt: skip
#: Addresses that are neither terms nor ours: licences, the one page whose address the guide prints, the text
#: of the classification of degrees, and the home page of each data set.
DOCUMENTS = {
    "https://www.apache.org/licenses/LICENSE-2.0",
    "https://creativecommons.org/licenses/by/4.0/",
    "https://creativecommons.org/publicdomain/mark/1.0/",
    "https://eur-lex.europa.eu/eli/dec/2011/833/oj",
    "https://opensource.org/license/mit",
    "https://www.glassdoor.com/Career/chief-product-officer-career_KO0,21.htm",
    "https://esco.ec.europa.eu/",
    str(UIS["documents/international-standard-classification-of-education-isced-2011-en.pdf"]),
    "https://github.com/estasney/TitleGraph",
    "https://github.com/nestauk/mapping-career-causeways",
    "https://www.bls.gov/emp/",
    "https://www.bls.gov/oes/",
    "https://www.onetcenter.org/database.html",
}
#: Terms that none of the data read by default uses, with the reason for having them.
AHEAD_OF_DATA = {
    "ObservedTitle": "the optional data set observed has them",
    "topCoded": "BLS cuts wages off at a ceiling, which none of the fourteen occupations reaches in May 2025",
    "Derived": "`rolegraph derive` computes claims, and none ships",
    **dict.fromkeys(
        (
            *("Derivation", "minSimilarity", "minHighSimilarity", "minCoverage", "maxLevelChange"),
            *("minPayRatio", "mostMoves", "desirableOnly"),
            *("similarity", "viability", "Viabilities", "Viable", "HighlyViable"),
            *("essentialSkills", "sharedEssentialSkills", "coveredPercent", "jobZoneChange", "levelChange"),
            *("payRatio", "payBasis", "desirable"),
        ),
        "`rolegraph derive` computes moves with these numbers, and none ships",
    ),
    **dict.fromkeys(
        (
            *("importance", "requiredLevel", "sampleSize", "hotTechnology", "inDemand", "taskType"),
            *("reportedTitle", "relatednessTier", "relatednessRank", "Scale", "scaleMinimum", "scaleMaximum"),
            *("certificationImportance", "apprenticeshipImportance"),
            *("onSiteTrainingShare", "onTheJobTrainingShare"),
        ),
        "`rolegraph import onet` takes it from the whole of O*NET; what ships is an extract",
    ),
    "LevelOrder": "it puts the levels in order, and is found by what it lists",
    **dict.fromkeys(
        ("RoleMapping", "mappedRole"),
        "roles of a user's data are mapped to those that ship; none ships mapped",
    ),
    **dict.fromkeys(("LowestSalary", "HighestSalary"), "job postings offer ranges, and none ships"),
    **dict.fromkeys(
        ("proficiency", "Proficiencies", "rank"), "the tables of a company have them, and none ships"
    ),
    **dict.fromkeys(
        ("Profile", "currentRole", "hasSkill", "hasCredential", "yearsOfExperience", "currentPay"),
        "people write profiles, and none ships",
    ),
    **dict.fromkeys(
        (
            *(
                "Route",
                "routeStep",
                "measure",
                "unit",
                "missingFigures",
                "totalCost",
                "startsAt",
                "arrivesAt",
            ),
            *("RouteStep", "position", "cost", "move"),
        ),
        "people keep the routes that they found, and none ships",
    ),
}
VOID_DATASET = rdflib.URIRef("http://rdfs.org/ns/void#Dataset")
DCAT_DATASET = rdflib.DCAT.Dataset
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


def read(*paths: Path) -> rdflib.Graph:
    """Parse files into one graph."""
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(path)
    return graph


def is_term(node: object) -> bool:
    """Tell whether a node is a term: an IRI that hangs directly under the base."""
    text = str(node)
    return (
        isinstance(node, rdflib.URIRef)
        and text.startswith(RG)
        and text != str(RG)
        and "/" not in text[len(RG) :]
    )


def is_known(iri: str) -> bool:
    """Tell whether an IRI is one of ours, of a vocabulary that we use, or a document that we name."""
    if iri in DOCUMENTS or iri == str(RG):
        return True
    if iri.startswith(RG):
        folder, _, name = iri[len(RG) :].partition("/")
        return not name or folder in FOLDERS
    return any(iri.startswith(namespace) and iri != namespace for namespace in NAMESPACES)


def nodes_of(graph: rdflib.Graph) -> set[rdflib.term.Node]:
    """Return everything that stands anywhere in a triple, and the datatypes of literals."""
    found: set[rdflib.term.Node] = {node for triple in graph for node in triple}
    return found | {node.datatype for node in found if isinstance(node, rdflib.Literal) and node.datatype}


TERMS = read(TERMS_FILE)
EVERYTHING = read(TERMS_FILE, *DATA_FILES)
DEFINED = sorted((term for term in set(TERMS.subjects(RDF.type)) if is_term(term)), key=str)
PROPERTIES = sorted({term for kind in PROPERTY_KINDS for term in TERMS.subjects(RDF.type, kind)}, key=str)


def short(node: rdflib.term.Node) -> str:
    """Return the last part of an IRI, for naming a test."""
    return str(node).removeprefix(RG)


@pytest.mark.parametrize("path", ALL_FILES, ids=lambda path: path.name)
def test_two_parsers_read_the_same_number_of_statements(path: Path) -> None:
    parsed = list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))
    assert len(parsed) > 50
    assert len(set(parsed)) == len(parsed), "the file says something twice"
    assert len(read(path)) == len(parsed)


@pytest.mark.parametrize("path", [SHAPES_FILE, *DATA_FILES], ids=lambda path: path.name)
def test_every_term_in_use_is_defined(path: Path) -> None:
    used = {node for node in nodes_of(read(path)) if is_term(node)}
    assert used
    assert used - set(DEFINED) == set()


def test_terms_that_the_ontology_speaks_of_are_defined() -> None:
    assert {node for node in nodes_of(TERMS) if is_term(node)} - set(DEFINED) == set()


def test_every_term_is_used_or_is_there_for_a_reason() -> None:
    data = read(*DATA_FILES)
    used = nodes_of(data) | set(TERMS.predicates())
    for _ in range(5):  # a class is used through its subclasses, a concept through narrower ones and schemes
        used |= {
            above
            for link in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader, SKOS.inScheme)
            for node in used
            for above in TERMS.objects(node, link)
        }
    assert {short(term) for term in DEFINED if term not in used} == set(AHEAD_OF_DATA)


@pytest.mark.parametrize("term", DEFINED, ids=short)
def test_term_has_one_english_label_one_definition_and_a_home(term: rdflib.URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition):
        texts = list(TERMS.objects(term, predicate))
        assert [(type(text), getattr(text, "language", None)) for text in texts] == [(rdflib.Literal, "en")]
        assert str(texts[0]).strip() == str(texts[0]) != ""
    assert list(TERMS.objects(term, RDFS.isDefinedBy)) == [rdflib.URIRef(str(RG))]


@pytest.mark.parametrize("term", PROPERTIES, ids=short)
def test_property_has_domain_and_range_or_says_why_not(term: rdflib.URIRef) -> None:
    annotation = (term, RDF.type, OWL.AnnotationProperty) in TERMS
    note = annotation and list(TERMS.objects(term, SKOS.scopeNote))
    for given, reason in ((RDFS.domain, RG.domainNote), (RDFS.range, RG.rangeNote)):
        assert len(list(TERMS.objects(term, given))) == 1 or list(TERMS.objects(term, reason)) or note


@pytest.mark.parametrize("concept", sorted(TERMS.subjects(RDF.type, SKOS.Concept), key=str), ids=short)
def test_concept_has_a_scheme_and_a_label(concept: rdflib.URIRef) -> None:
    (scheme,) = TERMS.objects(concept, SKOS.inScheme)
    assert (scheme, RDF.type, SKOS.ConceptScheme) in TERMS
    assert list(TERMS.objects(concept, SKOS.prefLabel)) == list(TERMS.objects(concept, RDFS.label))
    top = (concept, SKOS.topConceptOf, scheme) in TERMS
    assert top != bool(list(TERMS.objects(concept, SKOS.broader)))


def test_no_term_is_defined_twice() -> None:
    heads = [line.split()[0] for line in TERMS_FILE.read_text("utf-8").splitlines() if line.startswith("rg:")]
    assert [head for head, count in Counter(heads).items() if count > 1] == []
    assert len(heads) == len(DEFINED)


@pytest.mark.parametrize("path", ALL_FILES, ids=lambda path: path.name)
def test_no_mistyped_namespaces_and_no_unused_prefixes(path: Path) -> None:
    iris = {str(node) for node in nodes_of(read(path)) if isinstance(node, rdflib.URIRef)}
    assert sorted(iri for iri in iris if not is_known(iri)) == []
    text = path.read_text("utf-8")
    prefixes = [line.split()[1] for line in text.splitlines() if line.startswith("@prefix")]
    body = "\n".join(line for line in text.splitlines() if not line.startswith(("@prefix", "#")))
    assert [prefix for prefix in prefixes if prefix not in body] == []


def test_the_ontology_imports_nothing_and_reasons_over_no_concept_mapping() -> None:
    assert list(TERMS.triples((None, OWL.imports, None))) == []
    mappings = (SKOS.closeMatch, SKOS.exactMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
    classes_or_properties = set(TERMS.subjects(RDF.type, OWL.Class)) | set(PROPERTIES)
    assert [
        term for term in classes_or_properties for mapping in mappings if (term, mapping, None) in TERMS
    ] == []


def kinds(graph: rdflib.Graph, node: rdflib.term.Node) -> set[rdflib.term.Node | None]:
    """Return the classes of a node, with all classes above them."""
    return {
        above
        for kind in graph.objects(node, RDF.type)
        for above in graph.transitive_objects(kind, RDFS.subClassOf)
    }


@pytest.mark.parametrize("term", PROPERTIES, ids=short)
def test_domain_and_range_agree_with_every_statement_of_the_data(term: rdflib.URIRef) -> None:
    """A reasoner that draws types from domain and range must draw none that the data does not bear out."""
    takes_things = (term, RDF.type, OWL.ObjectProperty) in EVERYTHING
    domain, range_ = EVERYTHING.value(term, RDFS.domain), EVERYTHING.value(term, RDFS.range)
    for subject, value in EVERYTHING.subject_objects(term):
        assert domain is None or domain in kinds(EVERYTHING, subject)
        assert isinstance(value, rdflib.Literal) != takes_things
        if takes_things and range_ != RDFS.Resource:
            assert range_ in kinds(EVERYTHING, value)


@pytest.mark.parametrize(
    ("term", "relation", "other"),
    [
        (RG.Role, RDFS.subClassOf, SCHEMA.Occupation),
        (RG.Certification, RDFS.subClassOf, SCHEMA.EducationalOccupationalCredential),
        (RG.Training, RDFS.subClassOf, SCHEMA.EducationalOccupationalProgram),
        (RG.Pay, RDFS.subClassOf, SCHEMA.MonetaryAmountDistribution),
        (RG.Organization, RDFS.subClassOf, SCHEMA.Organization),
        (RG.Skill, RDFS.subClassOf, SKOS.Concept),
        (RG.Claim, RDFS.subClassOf, rdflib.PROV.Entity),
        (RG.statedIn, RDFS.subPropertyOf, rdflib.PROV.wasDerivedFrom),
        (RG.area, RDFS.subPropertyOf, DCTERMS.spatial),
        (RG.Role, RDFS.seeAlso, rdflib.URIRef("http://data.europa.eu/esco/model#Occupation")),
        (RG.Occupation, RDFS.subClassOf, SCHEMA.Occupation),
        (RG.Occupation, RDFS.subClassOf, SKOS.Concept),
    ],
    ids=short,
)
def test_alignments(term: rdflib.URIRef, relation: rdflib.URIRef, other: rdflib.URIRef) -> None:
    assert (term, relation, other) in TERMS


# -- the data sets ---------------------------------------------------------------------------------------


def test_no_statement_is_held_by_two_data_sets() -> None:
    """A store that holds one statement twice must count its statements anew for the union of the graphs."""
    holders: dict[ox.Triple, list[str]] = {}
    for path in (TERMS_FILE, *DATA_FILES):
        for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            holders.setdefault(triple.triple, []).append(path.name)
    assert {str(triple): files for triple, files in holders.items() if len(files) > 1} == {}


@pytest.mark.parametrize("path", [TERMS_FILE, *DATA_FILES], ids=lambda path: path.name)
def test_a_data_set_says_what_it_is(path: Path) -> None:
    graph = read(path)
    name = RG[f"graph/{'ontology' if path == TERMS_FILE else path.stem}"]
    assert {VOID_DATASET, DCAT_DATASET} <= set(graph.objects(name, RDF.type))
    for needed in (DCTERMS.title, DCTERMS.description, DCTERMS.license, DCTERMS.created, OWL.versionInfo):
        assert len(list(graph.objects(name, needed))) == 1
    assert graph.value(name, DCTERMS.created).datatype == rdflib.XSD.date


@pytest.mark.parametrize("path", DATA_FILES, ids=lambda path: path.name)
def test_every_claim_of_a_data_set_rests_on_a_dated_source_with_a_publisher(path: Path) -> None:
    graph = read(path)
    claims = {node for node in graph.subjects(RDF.type) if RG.Claim in kinds(EVERYTHING, node)}
    assert claims
    origin = set(graph.objects(RG[f"graph/{path.stem}"], DCTERMS.source))
    assert len(origin) == 1, "what a data set says without a claim needs a source too"
    sources = {claim: set(EVERYTHING.objects(claim, DCTERMS.source)) for claim in claims}
    assert [claim for claim, named in sources.items() if len(named) != 1] == []
    for source in origin.union(*sources.values()):
        (publisher,) = EVERYTHING.objects(source, DCTERMS.publisher)
        assert EVERYTHING.value(publisher, SKOS.prefLabel)
        assert any(EVERYTHING.value(source, dated) for dated in (DCTERMS.date, RG.accessed, RG.dateNote))
