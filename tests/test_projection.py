"""The network says what the RDF says, no more and no less, in both directions.

What to expect is walked from the triples in Python, by rules written down here once more; the queries in
queries/projection/ have no part in it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import networkx as nx
import pyoxigraph as ox
import pytest
import worlds
from hypothesis import given
from hypothesis import strategies as st
from worlds import Facts, iri, read

import rolegraph as rg
from rolegraph.names import shorten
from rolegraph.network import years_of
from rolegraph.projection import project

KINDS = {
    "Role": "role",
    "StatisticalOccupation": "role",
    "ObservedTitle": "role",
    "RoleGroup": "group",
    "Skill": "skill",
    "Duty": "duty",
    "ValueContribution": "value",
    "Degree": "degree",
    "Subject": "subject",
    "Certification": "certification",
    "Training": "training",
    "Organization": "organization",
    "Occupation": "occupation",
}

#: Class of claim -> the property with its start, the one with its end, the relation.
RELATIONS = {
    "Move": ("rg:fromRole", "rg:toRole", "move"),
    "SkillRequirement": ("rg:role", "rg:skill", "requires"),
    "DutyClaim": ("rg:role", "rg:duty", "has_duty"),
    "ValueClaim": ("rg:role", "rg:value", "brings_value"),
    "EducationRequirement": ("rg:role", "rg:degree", "needs_degree"),
    "EducationShare": ("rg:role", "rg:degree", "holds_degree"),
    "SubjectRecommendation": ("rg:role", "rg:subject", "suggests_subject"),
    "CredentialRecommendation": ("rg:role", "rg:credential", "suggests_credential"),
    "GroupMembership": ("rg:role", "rg:group", "member_of"),
    "TeachingClaim": ("rg:credential", "rg:skill", "teaches"),
    "IssuingClaim": ("rg:credential", "rg:issuer", "issued_by"),
    "OfferingClaim": ("rg:credential", "rg:provider", "offered_by"),
    "Mapping": ("rg:role", "rg:occupation", "described_as"),
    "RoleMapping": ("rg:role", "rg:mappedRole", "matches"),
    "SkillMapping": ("rg:skill", "rg:mappedSkill", "matches"),
}

#: What ESCO says in one statement -> how necessary it makes the skill; its data set is the claim.
ESCO = {"esco:relatedEssentialSkill": "essential", "esco:relatedOptionalSkill": "optional"}

STRONGEST_FIRST = ("essential", "minimum", "typical", "preferred", "optional", "")


def expected_edges(facts: Facts) -> dict[tuple[str, str, str], dict]:
    """Walk every claim that relates two things: ends and relation -> the claims, how strong, which shares."""
    edges = defaultdict(lambda: {"claims": set(), "necessities": set(), "shares": set()})
    for name, (start, end, relation) in RELATIONS.items():
        for claim in facts.instances(name):
            for one in facts.texts(claim, start):
                for other in facts.texts(claim, end):
                    edge = edges[one, other, relation]
                    edge["claims"].add(claim)
                    edge["necessities"] |= {
                        value.rpartition("/")[2].lower() for value in facts.texts(claim, "rg:necessity")
                    }
                    edge["shares"] |= {float(value) for value in facts.texts(claim, "rg:sharePercent")}
    for relation, necessity in ESCO.items():
        for occupation, skill, graph in facts.statements(relation):
            edge = edges[occupation.value, skill.value, "requires"]
            edge["claims"].add(graph)
            edge["necessities"].add(necessity)
    for claim, answer, share in facts.answers("rg:educationShare"):
        for degree in facts.texts(answer, "rg:ofDegree"):
            for occupation in facts.texts(claim, "rg:role"):
                edge = edges[occupation, degree, "asks_degree"]
                edge["claims"].add(claim)
                edge["shares"].add(share)
    return dict(edges)


def expected_nodes(facts: Facts) -> dict[str, dict]:
    nodes = {}
    for name, kind in KINDS.items():
        for thing in facts.instances(name):
            label = facts.label(thing, blank=False)
            names = facts.texts(thing, "skos:prefLabel", "rdfs:label", "skos:altLabel", "skos:hiddenLabel")
            node = nodes.setdefault(
                thing.value,
                {"label": label, "kind": kind, "aliases": {name for name in names - {label} if name.strip()}},
            )
            node["kind"] = min(kind, node["kind"])
    return nodes


def expected_pay(facts: Facts) -> dict[str, set]:
    pay = defaultdict(set)
    for claim in facts.instances("Pay"):
        for role in facts.texts(claim, "rg:role"):
            figure = (
                claim.value,
                *(Decimal(amount) for amount in facts.texts(claim, "rg:amount")),
                *facts.texts(claim, "rg:currency"),
                *(facts.label(statistic) for statistic in facts.of(claim, "rg:statistic")),
                *facts.texts(claim, "schema:unitText"),
                *facts.texts(claim, "rg:period"),
                *(facts.label(area) for area in facts.of(claim, "rg:area")),
            )
            pay[role].add(figure)
    return dict(pay)


def expected_notes(facts: Facts) -> dict[str, set]:
    """Walk what is said of one thing alone: the thing -> kind, claim and years of experience."""
    kinds = {
        "Outlook": ("outlook", "rg:role"),
        "ExperienceRequirement": ("experience", "rg:role"),
        "LevelClaim": ("level", "rg:role"),
        "SkillClassification": ("category", "rg:skill"),
        "Comparison": ("comparison", "rg:role"),
        "DegreeClassification": ("level", "rg:degree"),
        "Statement": ("statement", "rg:about"),
        "Caveat": ("caveat", "rg:about"),
    }
    notes = defaultdict(set)
    for name, (kind, about) in kinds.items():
        for claim in facts.instances(name):
            years = {float(value) for value in facts.texts(claim, "rg:minimumYears")}
            said = {(kind, claim.value, figure) for figure in (kind == "experience" and years) or {None}}
            for thing in facts.of(claim, about):
                notes[thing.value] |= said
                if about == "rg:about":  # what is said of a claim is said of its roles
                    for role in facts.texts(thing, "rg:role", "rg:fromRole", "rg:toRole"):
                        notes[role] |= said
    for claim in facts.instances("Preparation"):
        for role in facts.texts(claim, "rg:role"):
            notes[role] |= {("preparation", claim.value, None) for _ in facts.of(claim, "rg:jobZone")}
    for claim, _, share in facts.answers("rg:experienceShare"):
        for role in facts.texts(claim, "rg:role"):
            notes[role] |= {("experience", claim.value, None)} if share >= 10 else set()
    return dict(notes)


def expected_levels(facts: Facts) -> dict[str, int]:
    """Walk the levels of degrees; the lowest of several counts."""
    levels = defaultdict(set)
    for claim in facts.instances("DegreeClassification"):
        for degree in facts.texts(claim, "rg:degree"):
            levels[degree] |= {int(level) for level in facts.texts(claim, "rg:iscedLevel")}
    return {degree: min(found) for degree, found in levels.items()}


def said(evidence: tuple[rg.Evidence, ...]) -> set[tuple]:
    """Put evidence of one claim into the form of `Facts.says`."""
    return {
        (
            item.kind,
            item.source,
            frozenset({item.publisher} - {""}),
            frozenset({item.date} - {""}),
            frozenset(filter(None, item.section.split(" / "))),
            frozenset({item.document} - {""}),
            item.doubt,
            item.qualifier,
        )
        for item in evidence
    }


def assert_same(network: nx.MultiDiGraph, quads) -> None:
    """Compare a network with the quads that it was made of: nodes, edges, evidence; neither may have more."""
    facts = Facts(quads)
    edges = expected_edges(facts)
    assert {ends for ends in network.edges(keys=True) if own(network.edges[ends]["evidence"])} == set(edges)
    for ends, expected in edges.items():
        edge = network.edges[ends]
        evidence = own(edge["evidence"])
        assert edge["kind"] == ends[2]
        assert {item.claim for item in evidence} == {claim.value for claim in expected["claims"]}
        for claim in expected["claims"]:
            items = tuple(item for item in evidence if item.claim == claim.value)
            assert said(items) == facts.says(claim)
            assert len(items) == max(1, len(facts.of(claim, "dcterms:source"))), "each source once"
        strongest = min(expected["necessities"] | {""}, key=STRONGEST_FIRST.index)
        if len(evidence) == len(edge["evidence"]):
            assert edge["necessity"] == strongest
            assert edge["share"] in (expected["shares"] or {None})
        else:  # what holds for an occupation can only add to it
            assert STRONGEST_FIRST.index(edge["necessity"]) <= STRONGEST_FIRST.index(strongest)

    nodes = expected_nodes(facts)
    undescribed = {end for start, goal, _ in edges for end in (start, goal)} - set(nodes)
    assert set(network) == set(nodes) | undescribed
    assert all(network.nodes[node]["kind"] == "unknown" for node in undescribed)
    assert all(network.nodes[node]["label"] == shorten(node) for node in undescribed)
    pay, notes, levels = expected_pay(facts), expected_notes(facts), expected_levels(facts)
    for node, expected in nodes.items():
        data = network.nodes[node]
        assert (data["label"], data["kind"]) == (expected["label"], expected["kind"])
        assert set(data["aliases"]) == expected["aliases"]
        assert len(data["aliases"]) == len(set(data["aliases"]))
        figures = [item for item in data["pay"] if not item.evidence.via]
        assert {figure(item) for item in figures} == pay.get(node, set())
        assert len(figures) == len(pay.get(node, ()))
        own_notes = [note for note in data["notes"] if not note.evidence.via]
        assert {(note.kind, note.evidence.claim, note.years) for note in own_notes} == notes.get(node, set())
        assert len({(note.kind, note.text, note.evidence) for note in own_notes}) == len(own_notes)
        if data["kind"] == "degree":
            assert data["level"] == levels.get(node)
        else:
            assert "level" not in data


def own(evidence: tuple[rg.Evidence, ...]) -> tuple[rg.Evidence, ...]:
    """Give what is said of the thing itself, and not of an occupation that it is described as."""
    return tuple(item for item in evidence if not item.via)


def figure(pay: rg.Pay) -> tuple:
    parts = (pay.currency, pay.statistic, pay.interval, pay.period, pay.area)
    return (pay.evidence.claim, Decimal(repr(pay.amount)), *parts)


# -- the shipped graph and the small world --


@pytest.mark.parametrize("graph", [worlds.shipped, worlds.world])
def test_network_and_rdf_say_the_same(graph):
    assert_same(graph().network(), graph().store.engine)


@pytest.mark.parametrize("graph", [worlds.shipped, worlds.world])
def test_every_claim_of_an_edge_is_in_the_rdf_with_these_ends(graph):
    ends_of = {relation: (start, end) for start, end, relation in RELATIONS.values()}
    store = graph().store
    checked = 0
    for start, goal, relation, edge in graph().network().edges(keys=True, data=True):
        for item in own(edge["evidence"]):
            if relation == "asks_degree":
                pattern = f"<{item.claim}> rg:role <{start}> ; ?answer [] . ?answer rg:ofDegree <{goal}>"
            elif item.claim.startswith(iri("graph:x")[:-1]):
                pattern = f"GRAPH <{item.claim}> {{ <{start}> ?esco <{goal}> }}"
            else:
                one, other = ends_of[relation]
                pattern = f"<{item.claim}> {one} <{start}> ; {other} <{goal}>"
            assert store.query(f"ASK {{ {pattern} }}")
            checked += 1
    assert checked >= 30


def test_a_role_has_what_is_said_of_its_occupations_and_says_which():
    network = worlds.shipped().network()
    expected, found = set(), set()
    for role, occupation, mapping in network.edges(keys=False, data=True):
        if mapping["kind"] == "described_as" and mapping["evidence"][0].detail != "near":
            for _, end, kind, edge in network.out_edges(occupation, keys=True, data=True):
                expected |= {
                    (role, end, kind, network.nodes[occupation]["label"], i.claim) for i in edge["evidence"]
                }
    for start, end, kind, edge in network.edges(keys=True, data=True):
        for item in edge["evidence"]:
            if item.via:
                found.add((start, end, kind, item.via.split("“")[1].split("”")[0], item.claim))
    assert found == expected
    assert len(found) > 500


def test_the_pay_of_an_occupation_is_the_roles_with_the_match_named():
    pay = worlds.shipped().network().nodes[iri("role:chief-executive-officer")]["pay"]
    assert [(item.amount, item.low, item.high, item.period, item.evidence.via) for item in pay] == [
        (213990, 75700, 507730, "2025-05", "the occupation “Chief Executives” (exact match)")
    ]


def test_a_near_match_lends_figures_and_no_requirements():
    graph = worlds.shipped()
    vice = graph.network().nodes[iri("role:vice-president-of-product")]
    assert {item.evidence.via for item in vice["pay"]} == {
        "the occupation “Chief Executives” (near match)",
        "the occupation “Marketing Managers” (near match)",
    }
    assert graph.role("VP product").of("requires") == ()


def test_every_kind_of_relation_and_of_node_is_in_the_world():
    networks = (worlds.world().network(), worlds.shipped().network())
    relations = {kind for network in networks for _, _, kind in network.edges(keys=True)}
    assert relations == {kind for _, _, kind in RELATIONS.values()} | {"asks_degree"}
    assert {kind for network in networks for _, kind in network.nodes(data="kind")} == set(KINDS.values())


def test_the_comparison_notices_what_is_missing_or_too_much():
    """The comparison itself must be able to fail, in each direction."""
    quads = list(worlds.world().store.engine)
    start, goal, key = next(edge for edge in worlds.world().network().edges(keys=True) if edge[2] == "move")
    damages = {
        "edge lost": lambda net: net.remove_edge(start, goal, key),
        "edge invented": lambda net: net.add_edge(goal, start, key, **net.edges[start, goal, key]),
        "evidence lost": lambda net: net.edges[start, goal, key].update(evidence=()),
        "node lost": lambda net: net.remove_node(iri("role:cheesemonger")),
        "node invented": lambda net: net.add_node("https://example.org/x"),
        "pay lost": lambda net: net.nodes[iri("role:head-chef")].update(pay=()),
        "name lost": lambda net: net.nodes[iri("role:head-chef")].update(aliases=()),
        "note lost": lambda net: net.nodes[iri("role:head-chef")].update(notes=()),
        "level invented": lambda net: net.nodes[iri("degree:diploma")].update(level=5),
        "years lost": lambda net: net.nodes[iri("role:head-chef")].update(
            notes=tuple(replace(note, years=None) for note in net.nodes[iri("role:head-chef")]["notes"])
        ),
    }
    for damage in damages.values():
        network = worlds.world().network()
        damage(network)
        with pytest.raises(AssertionError):
            assert_same(network, quads)


# -- what single facts become --


def test_two_statistics_stay_two_figures():
    pay = worlds.world().network().nodes[iri("role:head-chef")]["pay"]
    assert [(item.amount, item.statistic, item.period) for item in pay] == [
        (49000, "median salary", "2024"),
        (58000, "median total pay", "2025-03"),
    ]


def test_a_role_without_pay_has_none_rather_than_zero():
    assert worlds.world().network().nodes[iri("role:food-critic")]["pay"] == ()


def test_evidence_carries_source_publisher_date_section_document_and_address():
    edge = worlds.world().network().edges[iri("role:kitchen-porter"), iri("role:chef-de-partie"), "move"]
    (item,) = edge["evidence"]
    assert item == rg.Evidence(
        claim=iri("claim:world/porter-to-partie"),
        kind="observed",
        source="Town census",
        publisher="Town Hall",
        date="2024",
        section="careers",
        document="Kitchen survey",
    )
    edge = worlds.world().network().edges[iri("role:commis-chef"), iri("role:patissier"), "move"]
    assert edge["evidence"][0].url == "https://example.org/kitchen-survey"


def test_sections_of_one_claim_are_joined_and_sources_are_not():
    edges = worlds.world().network().edges
    (item,) = edges[iri("role:commis-chef"), iri("role:chef-de-partie"), "move"]["evidence"]
    assert item.section == "careers / training"
    both = edges[iri("role:sous-chef"), iri("role:head-chef"), "move"]["evidence"]
    assert [item.source for item in both] == ["Kitchen survey", "Town census"]


def test_the_stricter_of_two_necessities_counts_and_each_claim_keeps_its_own():
    edge = worlds.world().network().edges[iri("role:head-chef"), iri("skill:budgeting"), "requires"]
    assert edge["necessity"] == "essential"
    assert {(item.source, item.detail) for item in edge["evidence"]} == {
        ("The old cook book", "optional"),
        ("Kitchen survey", "essential"),
    }


def test_a_share_keeps_its_fraction():
    edge = worlds.world().network().edges[iri("role:head-chef"), iri("degree:diploma"), "holds_degree"]
    assert edge["share"] == 35.5
    assert edge["evidence"][0].detail == "35.5 %"


def test_a_share_stays_known_where_another_claim_gives_none():
    ends = "rg:role role:a ; rg:degree degree:b"
    network = read(
        f"""claim:x a rg:EducationShare ; {ends} ; rg:sharePercent 40 . claim:y a rg:EducationShare ; {ends} .
        claim:w a rg:EducationShare ; {ends} ."""
    ).network()
    edge = network.edges[iri("role:a"), iri("degree:b"), "holds_degree"]
    assert edge["share"] == 40
    assert sorted(item.detail for item in edge["evidence"]) == ["", "", "40 %"]


def test_notes_are_readable_sentences():
    nodes = worlds.world().network().nodes
    texts = {note.kind: note.text for note in nodes[iri("role:head-chef")]["notes"]}
    assert texts == {
        "caveat": "The book calls it a promotion.",
        "comparison": "task (compared with sous-chef): The one plans, the other sees it done.",
        "experience": "Eight years at the stove.",
        "level": "managerial",
    }
    (outlook,) = nodes[iri("group:kitchen-brigade")]["notes"]
    assert outlook.text == "employment -2 % from 2024 to 2030"
    (category,) = nodes[iri("skill:leading")]["notes"]
    assert category.text == "leadership skill"


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("rg:ExperienceRequirement ; rg:minimumYears 5", "at least 5 years"),
        ('rg:ExperienceRequirement ; rg:text "At sea."', "At sea."),
        ('rg:ExperienceRequirement ; rg:minimumYears 5 ; rg:text "At sea."', "At sea."),
        (
            "rg:Outlook ; rg:growthPercent 4 ; rg:startYear 2024 ; rg:endYear 2034",
            "employment +4 % from 2024 to 2034",
        ),
        (
            "rg:Outlook ; rg:growthPercent 0 ; rg:startYear 2024 ; rg:endYear 2034",
            "employment +0 % from 2024 to 2034",
        ),
        (
            'rg:Outlook ; rg:growthPercent "four" ; rg:startYear 1 ; rg:endYear 2',
            "employment four % from 1 to 2",
        ),
    ],
)
def test_a_note_has_no_loose_ends_where_a_part_is_missing_or_odd(claim, text):
    network = read(f"role:a a rg:Role . claim:x a {claim} ; rg:role role:a .").network()
    assert [note.text for note in network.nodes[iri("role:a")]["notes"]] == [text]


@pytest.mark.parametrize(
    ("claim", "years"),
    [
        ("rg:minimumYears 5", 5),
        ('rg:minimumYears 2.5 ; rg:text "At sea."', 2.5),
        ("rg:minimumYears 0", 0),
        ('rg:text "At sea."', None),
    ],
)
def test_the_years_that_are_asked_for_are_a_figure(claim, years):
    network = read(
        f"role:a a rg:Role . claim:x a rg:ExperienceRequirement ; rg:role role:a ; {claim} ."
    ).network()
    assert [note.years for note in network.nodes[iri("role:a")]["notes"]] == [years]
    assert years_of(network, iri("role:a")) == years


def test_years_that_are_no_number_are_an_error_that_names_the_claim():
    graph = read('claim:x a rg:ExperienceRequirement ; rg:role role:a ; rg:minimumYears "some" .')
    with pytest.raises(rg.SourceError, match=r"claim:x: its years is 'some'"):
        graph.network()


def test_the_years_said_of_the_role_come_first_then_those_of_the_best_matched_occupation():
    def said(match, *years):
        via = f"the occupation “x” ({match} match)" if match else ""
        evidence = rg.Evidence("x:c", "stated", "x", via=via)
        return tuple(rg.Note("experience", "", evidence, figure) for figure in years)

    network: nx.MultiDiGraph = nx.MultiDiGraph()
    near, close, exact, own = said("near", 9), said("close", 1, 4, None, 2), said("exact", 3), said("", 7, 6)
    network.add_node("a", notes=(*near, *close))
    network.add_node("b", notes=(*near, *exact, *close))
    network.add_node("c", notes=(*exact, *own))
    network.add_node("d", notes=said("", None))
    network.add_node("e")
    assert [years_of(network, role) for role in "abcde"] == [4, 3, 7, None, None]


def test_degrees_have_their_levels_and_say_who_gives_them():
    network = worlds.shipped().network()
    levels = {
        data["label"]: data["level"] for _, data in network.nodes(data=True) if data["kind"] == "degree"
    }
    assert levels == {
        "associate degree": 5,
        "bachelor's degree": 6,
        "master's degree": 7,
        "doctoral degree": 8,
    }
    (note,) = network.nodes[iri("degree:associate")]["notes"]
    assert (note.kind, note.text, note.evidence.publisher) == (
        "level",
        "ISCED 2011 level 5",
        "UNESCO Institute for Statistics",
    )


def test_of_two_levels_of_a_degree_the_lowest_counts():
    network = read(
        """degree:a a rg:Degree . claim:x a rg:DegreeClassification ; rg:degree degree:a ; rg:iscedLevel 7 .
        claim:y a rg:DegreeClassification ; rg:degree degree:a ; rg:iscedLevel 6 ."""
    ).network()
    assert network.nodes[iri("degree:a")]["level"] == 6


def test_a_label_in_two_languages_is_english_with_the_other_as_alias():
    node = worlds.world().network().nodes[iri("role:commis-chef")]
    assert node["label"] == "commis chef"
    assert "Jungkoch" in node["aliases"]


def test_a_definition_in_two_languages_is_given_in_english():
    nodes = (
        read(
            """role:a a rg:Role ; skos:definition "Kocht."@de, "Cooks."@en .
            role:b a rg:Role ; skos:definition "Kocht."@de ."""
        )
        .network()
        .nodes
    )
    assert nodes[iri("role:a")]["definition"] == "Cooks."
    assert nodes[iri("role:b")]["definition"] == "Kocht."


def test_a_thing_without_label_goes_by_its_short_name():
    network = read(
        "role:a a rg:Role . claim:m a rg:Move ; rg:fromRole role:a ; rg:toRole <https://example.org/b> ."
    )
    labels = dict(network.network().nodes(data="label"))
    assert labels == {iri("role:a"): "role:a", "https://example.org/b": "https://example.org/b"}


@pytest.mark.parametrize("blank", ["", " ", "\\t\\n"])
def test_a_blank_is_neither_a_name_nor_a_thing(blank, tmp_path):
    graph = read(
        f'role:cook a rg:Role ; skos:prefLabel "{blank}" ; skos:altLabel "{blank}" .'
        f' <urn:move> a rg:Move ; rg:fromRole "{blank}" ; rg:toRole role:cook .'
        f' <urn:needs> a rg:SkillRequirement ; rg:role role:cook ; rg:skill "{blank}" .'
    )
    network = graph.network()
    assert dict(network.nodes.data("label")) == {iri("role:cook"): "role:cook"}
    assert network.nodes[iri("role:cook")]["aliases"] == ()
    assert not network.edges
    assert "role:cook" in rg.page(network).html
    assert graph.export(tmp_path / "out.cyjs").is_file()


def test_a_label_that_is_no_text_does_no_harm():
    assert read("role:a a rg:Role ; skos:prefLabel role:b .").network().nodes[iri("role:a")]["label"] == iri(
        "role:b"
    )


def test_a_claim_without_source_is_shown_as_such_with_what_is_known():
    network = read(
        """claim:m a rg:Move ; rg:fromRole role:a ; rg:toRole role:b ;
        rg:evidence rg:Observed ; rg:doubt 'Thin.' ."""
    ).network()
    (item,) = network.edges[iri("role:a"), iri("role:b"), "move"]["evidence"]
    assert (item.source, item.kind, item.doubt) == ("no source given", "observed", "Thin.")


def test_a_source_without_label_goes_by_its_address():
    network = read(
        """claim:m a rg:Move ; rg:fromRole role:a ; rg:toRole role:b ;
        dcterms:source <https://example.org/report> ."""
    ).network()
    (item,) = network.edges[iri("role:a"), iri("role:b"), "move"]["evidence"]
    assert item.source == "https://example.org/report"


def test_two_sources_of_one_name_stay_two():
    network = read(
        """claim:m a rg:Move ; rg:fromRole role:a ; rg:toRole role:b ; dcterms:source source:x, source:y .
        source:x skos:prefLabel "Survey" ; dcterms:date "2024" .
        source:y skos:prefLabel "Survey" ; dcterms:date "2025" ."""
    ).network()
    evidence = network.edges[iri("role:a"), iri("role:b"), "move"]["evidence"]
    assert sorted(item.date for item in evidence) == ["2024", "2025"]


@pytest.mark.parametrize("amount", ['"a lot"', '"INF"^^xsd:double', '"nan"', "role:b"])
def test_a_figure_that_is_no_number_is_an_error_that_names_the_claim(amount):
    graph = read(
        f'role:a a rg:Role . claim:p a rg:Pay ; rg:role role:a ; rg:amount {amount} ; rg:currency "EUR" .'
    )
    with pytest.raises(rg.SourceError, match=r"claim:p: its amount is .* no number"):
        graph.network()


def test_a_share_that_is_no_number_is_an_error_that_names_the_claim():
    graph = read(
        'claim:p a rg:EducationShare ; rg:role role:a ; rg:degree degree:b ; rg:sharePercent "half" .'
    )
    with pytest.raises(rg.SourceError, match=r"claim:p: its share is 'half'"):
        graph.network()


def test_the_order_of_nodes_and_edges_depends_on_the_statements_alone():
    quads = list(worlds.world().store.engine)
    networks = []
    for order in (quads, quads[::-1]):
        engine = ox.Store()
        for quad in order:
            engine.add(quad)
        networks.append(project(rg.LocalStore(engine)))
    assert list(networks[0].nodes(data=True)) == list(networks[1].nodes(data=True))
    assert list(networks[0].edges(keys=True, data=True)) == list(networks[1].edges(keys=True, data=True))


def test_an_empty_store_is_an_empty_network():
    network = project(rg.LocalStore())
    assert (len(network), network.number_of_edges()) == (0, 0)


# -- any data --

NODES = [f"https://example.org/{name}" for name in "abcdef"]
TEXT = st.text(st.sampled_from("aéß '-\"\\<\n漢"), min_size=1, max_size=6)
GRAPHS = st.sets(st.sampled_from([f"https://example.org/graph/{n}" for n in (1, 2)]), min_size=1)
GRADES = [iri(f"rg:{name}") for name in ("Essential", "Minimum", "Preferred", "Optional")]
EVIDENCE = [iri(f"rg:{name}") for name in ("Stated", "Observed", "Derived", "Editorial")]

optional_text = st.none() | TEXT
things = st.lists(
    st.tuples(
        st.sampled_from(NODES),
        st.sampled_from(sorted(KINDS)),
        optional_text,
        st.sets(TEXT, max_size=2),
        GRAPHS,
    ),
    max_size=6,
    unique_by=lambda thing: thing[0],
)
claims = st.lists(
    st.fixed_dictionaries(
        {
            "class": st.sampled_from(sorted(RELATIONS)),
            "start": st.sampled_from(NODES),
            "end": st.sampled_from(NODES),
            "necessity": st.none() | st.sampled_from(GRADES),
            "share": st.none() | st.decimals(0, 100, places=1).map(str),
            "evidence": st.none() | st.sampled_from(EVIDENCE),
            "sources": st.sets(st.sampled_from("xyz"), max_size=2),
            "sections": st.sets(st.sampled_from("stu"), max_size=3),
            "doubt": optional_text,
            "qualifier": optional_text,
            "graphs": GRAPHS,
        }
    ),
    max_size=10,
)
#: Labels of the sources x, y, z: they may be missing, or alike.
source_labels = st.lists(optional_text, min_size=3, max_size=3)


def literal(text: str | None, kind: str = "string") -> ox.Literal | None:
    return None if text is None else ox.Literal(text, datatype=ox.NamedNode(iri(f"xsd:{kind}")))


def statements(graphs, subject: str, *pairs) -> list[ox.Quad]:
    """Write what is known of a subject into each of the graphs."""
    return [
        ox.Quad(
            ox.NamedNode(subject),
            ox.NamedNode(iri(predicate)),
            value if isinstance(value, ox.Literal) else ox.NamedNode(value),
            ox.NamedNode(graph),
        )
        for predicate, value in pairs
        if value is not None
        for graph in sorted(graphs)
    ]


def quads_of(things, claims, source_labels) -> list[ox.Quad]:
    """Write generated data as RDF; some statements stand in two graphs."""
    both = ["https://example.org/graph/1", "https://example.org/graph/2"]
    quads = []
    for name, label in zip("xyz", source_labels, strict=True):
        date = literal(f"200{ord(name) % 10}", "gYear")
        source = f"https://example.org/source/{name}"
        quads += statements(both, source, ("skos:prefLabel", literal(label)), ("dcterms:date", date))
    for name in "stu":
        label = literal(f"section {name}")
        quads += statements(both, f"https://example.org/section/{name}", ("skos:prefLabel", label))
    for node, kind, label, aliases, graphs in things:
        names = [("skos:altLabel", literal(alias)) for alias in sorted(aliases)]
        quads += statements(
            graphs, node, ("rdf:type", iri(f"rg:{kind}")), ("skos:prefLabel", literal(label)), *names
        )
    for number, claim in enumerate(claims):
        start, end, _ = RELATIONS[claim["class"]]
        quads += statements(
            claim["graphs"],
            f"https://example.org/claim/{number}",
            ("rdf:type", iri(f"rg:{claim['class']}")),
            (start, claim["start"]),
            (end, claim["end"]),
            ("rg:necessity", claim["necessity"]),
            ("rg:sharePercent", literal(claim["share"], "decimal")),
            ("rg:evidence", claim["evidence"]),
            ("rg:doubt", literal(claim["doubt"])),
            ("rg:qualifier", literal(claim["qualifier"])),
            *(("dcterms:source", f"https://example.org/source/{name}") for name in claim["sources"]),
            *(("rg:statedIn", f"https://example.org/section/{name}") for name in claim["sections"]),
        )
    return quads


@worlds.steady
@given(things, claims, source_labels)
def test_network_and_rdf_say_the_same_of_any_data(things, claims, source_labels):
    quads = quads_of(things, claims, source_labels)
    engine = ox.Store()
    engine.bulk_extend(quads)
    assert_same(project(rg.LocalStore(engine)), quads)
