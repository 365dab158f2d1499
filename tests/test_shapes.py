"""The shapes: what ships conforms, and each rule is broken by one small example and by no other rule's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import SH

ONTOLOGY = Path(__file__).resolve().parent.parent / "ontology"
DATA_FILES = sorted((ONTOLOGY / "data").glob("*.ttl"))
EXAMPLES = "https://example.org/case/"

PREFIXES = """
@prefix rg: <https://w3id.org/rolegraph/> .
@prefix ok: <https://example.org/ok/> .
@prefix answer: <https://w3id.org/rolegraph/answer/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

#: Things without fault, for the examples to point at.
SOUND = (
    PREFIXES
    + """
ok:role a rg:Role ; skos:prefLabel "role" .
ok:other a rg:Role ; skos:prefLabel "other role" .
ok:group a rg:RoleGroup ; skos:prefLabel "group" .
ok:skill a rg:Skill ; skos:prefLabel "skill" .
ok:occupation a rg:Occupation ; skos:prefLabel "occupation" .
ok:other-skill a rg:Skill ; skos:prefLabel "other skill" .
ok:level a skos:Concept ; skos:prefLabel "level" ; skos:inScheme rg:Proficiencies ; rg:rank 2 .
ok:duty a rg:Duty ; skos:prefLabel "duty" .
ok:value a rg:ValueContribution ; skos:prefLabel "value" .
ok:degree a rg:Degree ; skos:prefLabel "degree" .
ok:training a rg:Training ; skos:prefLabel "training" .
ok:subject a rg:Subject ; skos:prefLabel "subject" .
ok:org a rg:Organization ; skos:prefLabel "organization" .
ok:area a rg:Area ; skos:prefLabel "area" .
ok:source a rg:Source ; skos:prefLabel "source" ; dcterms:publisher ok:org ; dcterms:date "2025"^^xsd:gYear .
ok:undated a rg:Source ; skos:prefLabel "undated" ; dcterms:publisher ok:org ; rg:dateNote "unknown" .
ok:data-set a rg:Source, dcat:Dataset ; skos:prefLabel "rows" ; dcterms:publisher ok:org ; rg:dateNote "new" .
ok:derivation a rg:Derivation, rg:Source, dcat:Dataset ; skos:prefLabel "derived" ; dcterms:publisher ok:org ;
    rg:dateNote "new" ; dcterms:description "by a rule" ; prov:wasDerivedFrom ok:source .
ok:section a rg:Section ; skos:prefLabel "section" ; dcterms:isPartOf ok:source .
ok:undated-section a rg:Section ; skos:prefLabel "section" ; dcterms:isPartOf ok:undated .
ok:move a rg:Move ; rg:fromRole ok:role ; rg:toRole ok:other ; rg:evidence rg:Stated ;
    rg:statedIn ok:section ; dcterms:source ok:source .
ok:step a rg:RouteStep ; rg:position 1 ; rg:startsAt ok:role ; rg:arrivesAt ok:other .
"""
)

#: Claims without fault. Each example is one of them with a part taken out, put in or replaced.
SAID = "rg:statedIn ok:section ; dcterms:source ok:source"
UNDATED = "rg:statedIn ok:undated-section ; dcterms:source ok:undated"
DERIVED = (
    "a rg:Move ; rg:fromRole ok:role ; rg:toRole ok:other ; rg:evidence rg:Derived ; "
    "rg:similarity 0.41 ; rg:viability rg:Viable ; rg:essentialSkills 20 ; rg:sharedEssentialSkills 12 ; "
    "rg:coveredPercent 60.0 ; rg:jobZoneChange 1 ; rg:levelChange -1 ; rg:payRatio 1.2 ; rg:desirable true ; "
    "dcterms:source ok:derivation"
)
DERIVATION = (
    'a rg:Derivation, rg:Source ; skos:prefLabel "derived" ; dcterms:publisher ok:org ; rg:dateNote "new" ; '
    'dcterms:description "by a rule" ; prov:wasDerivedFrom ok:source'
)
MOVE = f"a rg:Move ; rg:fromRole ok:role ; rg:toRole ok:other ; rg:evidence rg:Stated ; {SAID}"
NEED = f"a rg:SkillRequirement ; rg:role ok:role ; rg:skill ok:skill ; rg:necessity rg:Essential ; {SAID}"
DUTY = f"a rg:DutyClaim ; rg:role ok:role ; rg:duty ok:duty ; {SAID}"
VALUE = f"a rg:ValueClaim ; rg:role ok:role ; rg:value ok:value ; {SAID}"
EDUCATION = (
    f"a rg:EducationRequirement ; rg:role ok:role ; rg:degree ok:degree ; rg:necessity rg:Minimum ; {SAID}"
)
SHARE = f"a rg:EducationShare ; rg:role ok:role ; rg:degree ok:degree ; rg:sharePercent 48 ; {SAID}"
SUBJECT = f"a rg:SubjectRecommendation ; rg:role ok:role ; rg:subject ok:subject ; {SAID}"
ADVICE = f"a rg:CredentialRecommendation ; rg:role ok:role ; rg:credential ok:training ; {SAID}"
TEACHING = f"a rg:TeachingClaim ; rg:credential ok:training ; rg:skill ok:skill ; {SAID}"
ISSUING = f"a rg:IssuingClaim ; rg:credential ok:training ; rg:issuer ok:org ; {SAID}"
OFFERING = f"a rg:OfferingClaim ; rg:credential ok:training ; rg:provider ok:org ; {SAID}"
EXPERIENCE = f'a rg:ExperienceRequirement ; rg:role ok:role ; rg:minimumYears 3 ; rg:text "three" ; {SAID}'
PAY = (
    'a rg:Pay ; rg:role ok:role ; rg:amount 50000 ; rg:currency "USD" ; rg:statistic rg:MedianSalary ; '
    f'schema:unitText "YEAR" ; rg:period "2024"^^xsd:gYear ; rg:area ok:area ; {SAID}'
)
OUTLOOK = (
    'a rg:Outlook ; rg:role ok:group ; rg:growthPercent 4 ; rg:startYear "2024"^^xsd:gYear ; '
    f'rg:endYear "2034"^^xsd:gYear ; rg:area ok:area ; {SAID}'
)
MEMBER = f"a rg:GroupMembership ; rg:role ok:role ; rg:group ok:group ; {SAID}"
LEVEL = f"a rg:LevelClaim ; rg:role ok:role ; rg:level rg:ManagerialLevel ; {SAID}"
SORTING = f"a rg:SkillClassification ; rg:skill ok:skill ; rg:skillCategory rg:TechnicalSkill ; {SAID}"
GRADING = f"a rg:DegreeClassification ; rg:degree ok:degree ; rg:iscedLevel 6 ; {SAID}"
COMPARISON = (
    "a rg:Comparison ; rg:role ok:role ; rg:comparedWith ok:other ; "
    f'rg:aspect "pay" ; rg:text "earns more" ; {SAID}'
)
STATEMENT = f'a rg:Statement ; rg:about ok:role ; rg:text "words" ; {SAID}'
CAVEAT = STATEMENT.replace("rg:Statement", "rg:Caveat")
COUNTED = f"{MOVE.replace('rg:Stated', 'rg:Observed')} ; rg:count 3 ; rg:sharePercent 12.5"
SPREAD = (
    f"{PAY} ; schema:percentile10 20000 ; schema:percentile25 30000 ; schema:percentile75 70000 ; "
    "schema:percentile90 90000 ; rg:topCoded true"
)
BAND = f"{PAY} ; schema:minValue 40000 ; schema:maxValue 60000"
RUNG = f"{MEMBER} ; rg:rank 2"
MASTERED = f"{NEED} ; rg:proficiency ok:level"
OPENINGS = f"{OUTLOOK} ; rg:annualOpenings 1200"
MAPPING = f"a rg:Mapping ; rg:role ok:role ; rg:occupation ok:occupation ; rg:match rg:ExactMatch ; {SAID}"
SAME_SKILL = (
    "a rg:SkillMapping ; rg:skill ok:skill ; rg:mappedSkill ok:other-skill ; rg:match rg:CloseMatch ; "
    f'rg:text "much the same" ; {SAID}'
)
SAME_ROLE = SAME_SKILL.replace("SkillMapping", "RoleMapping").replace(
    "rg:skill ok:skill ; rg:mappedSkill ok:other-skill", "rg:role ok:role ; rg:mappedRole ok:other"
)
PREPARATION = (
    'a rg:Preparation ; rg:role ok:occupation ; rg:period "2020-07"^^xsd:gYearMonth ; rg:jobZone 4 ; '
    f"answer:bachelors-degree 55.5 ; {SAID}"
)
ROUTE = (
    "a rg:Route ; rg:startsAt ok:role ; rg:arrivesAt ok:other ; rg:routeStep ok:step ; "
    'rg:measure "gap" ; rg:unit "skills" ; rg:missingFigures "skip" ; rg:totalCost 2.5'
)
STEP = (
    "a rg:RouteStep ; rg:position 2 ; rg:startsAt ok:role ; rg:arrivesAt ok:group ; rg:cost 2 ; "
    "rg:move ok:move"
)
ROLE = 'a rg:Role ; skos:prefLabel "a role"'
DESCRIBED = f"{ROLE} ; rg:describedAs ok:occupation"
SOURCE = (
    'a rg:Source ; skos:prefLabel "a source" ; dcterms:publisher ok:org ; rg:accessed "2025-11-11"^^xsd:date'
)
SECTION = 'a rg:Section ; skos:prefLabel "a section" ; dcterms:isPartOf ok:source'

FAULTLESS = [
    MOVE, NEED, DUTY, VALUE, EDUCATION, SHARE, SUBJECT, ADVICE, TEACHING, ISSUING, OFFERING, EXPERIENCE, PAY,
    OUTLOOK, MEMBER, LEVEL, SORTING, GRADING, COMPARISON, STATEMENT, CAVEAT, ROLE, SOURCE, SECTION,
    COUNTED, SPREAD, BAND, RUNG, MASTERED, OPENINGS, MAPPING, SAME_SKILL, SAME_ROLE, PREPARATION,
    DESCRIBED, ROUTE, STEP,
    DERIVED, DERIVATION, NEED + " ; rg:importance 3.5",
    DERIVED.replace("rg:payRatio 1.2 ; rg:desirable true ; ", ""),
    STEP.replace("rg:cost 2 ; rg:move ok:move", ""),
    ROUTE.replace("rg:routeStep ok:step", "").replace("2.5", "0"),
    ROLE.replace("rg:Role", "rg:Occupation"),
    NEED.replace("ok:role", "ok:occupation"),
    EDUCATION.replace("rg:Minimum", "rg:Typical"),
    DUTY.replace(SAID, "dcterms:source ok:data-set"),
    COUNTED.replace("12.5", "100"),
    OPENINGS.replace("1200", "0"),
    SPREAD.replace("30000", "20000").replace("70000", "50000"),  # percentiles may be equal
    MAPPING.replace("rg:occupation ok:occupation ; rg:match rg:ExactMatch", "rg:match rg:NoMatch"),
    MAPPING.replace("rg:ExactMatch", 'rg:AmbiguousMatch ; rg:doubt "one of two"'),
    SAME_SKILL.replace("rg:mappedSkill ok:other-skill ; rg:match rg:CloseMatch", "rg:match rg:NoMatch"),
    MOVE.replace("rg:toRole ok:other", "rg:toRole ok:group"),
    MOVE + " ; rg:evidence rg:Stated",
    ADVICE + " ; rg:necessity rg:Optional",
    OUTLOOK.replace("rg:growthPercent 4", "rg:growthPercent -4"),
    SHARE.replace("dcterms:source ok:source", "dcterms:source ok:undated"),
    SHARE.replace(SAID, f'{UNDATED} ; rg:period "2024"^^xsd:gYear'),
    ROLE + ' ; skos:prefLabel "eine Rolle"@de, "a role"@en',
]  # fmt: skip


@dataclass(frozen=True)
class Case:
    """An example that breaks a rule: a faultless thing, with one part replaced by another."""

    message: str
    thing: str
    part: str
    instead: str = ""

    def turtle(self, number: int) -> str:
        """Write the example as Turtle. An emptied part leaves two semicolons, which Turtle allows."""
        assert self.part in self.thing
        return f"<{EXAMPLES}{number}> {self.thing.replace(self.part, self.instead)} ."


def more(message: str, thing: str, added: str) -> Case:
    """Return the case of a faultless thing with something added."""
    return Case(message, thing, SAID, f"{SAID} ; {added}")


ENDS = "A route, and each step of it, must say which one role or group of roles"

#: Each rule by the beginning of its message, and how to break it.
CASES = [
    # derived moves
    Case("A similarity (rg:similarity) stands on", DERIVED, "rg:Derived", "rg:Observed"),
    Case("The source of a derived move", DERIVED, "ok:derivation", "ok:data-set"),
    Case("The similarity of a move", DERIVED, "0.41", "1.5"),
    Case("The similarity of a move", DERIVED, "0.41", '"high"'),
    Case("The viability of a move", DERIVED, "rg:Viable", "rg:Derived"),
    Case("The number of essential skills", DERIVED, "rg:essentialSkills 20", "rg:essentialSkills 20, 21"),
    Case("The number of shared essential skills", DERIVED, "Skills 12", "Skills -1"),
    Case("A move cannot share more", DERIVED, "Skills 12", "Skills 21"),
    Case("The part covered", DERIVED, "60.0", "101"),
    Case("The change of job zone", DERIVED, "rg:jobZoneChange 1", "rg:jobZoneChange 1.5"),
    Case("The change of level", DERIVED, "rg:levelChange -1", 'rg:levelChange "down"'),
    Case("The pay ratio", DERIVED, "1.2", "-1.2"),
    Case("Whether a move is desirable", DERIVED, "rg:desirable true", 'rg:desirable "yes"'),
    Case("A derivation must say in words", DERIVATION, 'dcterms:description "by a rule" ;'),
    Case("A derivation should name the sources", DERIVATION, "; prov:wasDerivedFrom ok:source"),
    more("The importance of a skill", NEED, "rg:importance 6"),
    # things
    Case("It has no name", ROLE, 'skos:prefLabel "a role"'),
    Case("It has no name", ROLE, ROLE, "a rg:Skill"),
    Case("It has no name", ROLE, ROLE, "a rg:Certification"),
    Case("It has two labels in one language", ROLE, '"a role"', '"a role", "one role"'),
    Case("It has two labels in one language", ROLE, '"a role"', '"a role"@en, "one role"@en'),
    Case("Its label (skos:prefLabel) must be text", ROLE, '"a role"', '" "'),
    Case("Its label (skos:prefLabel) must be text", ROLE, '"a role"', "ok:skill"),
    Case("It has no name", ROLE, ROLE, "a rg:Occupation"),
    Case("What it is stated in", ROLE, "a rg:Role", "a rg:Role ; rg:statedIn ok:source"),
    Case("A source must name its publisher", SOURCE, "dcterms:publisher ok:org"),
    Case("The publisher of a source must be", SOURCE, "dcterms:publisher ok:org", 'dcterms:publisher "BLS"'),
    Case("The date of a source", SOURCE, "rg:accessed", 'dcterms:date "2024" ; rg:accessed'),
    Case("The time of access", SOURCE, '"2025-11-11"^^xsd:date', '"last week"'),
    Case("Nothing is said of the date", SOURCE, 'rg:accessed "2025-11-11"^^xsd:date'),
    Case("A section must say which one source", SECTION, "dcterms:isPartOf ok:source"),
    Case("What a section is part of", SECTION, "dcterms:isPartOf ok:source", "dcterms:isPartOf ok:org"),
    # all claims
    Case("Nobody is named who says so", DUTY, "dcterms:source ok:source"),
    Case("Nobody is named who says so", PAY, "dcterms:source ok:source"),
    Case("Nobody is named who says so", OUTLOOK, "dcterms:source ok:source"),
    Case("Nobody is named who says so", MOVE, "dcterms:source ok:source"),
    Case("Nobody is named who says so", CAVEAT, "dcterms:source ok:source"),
    Case("The source of a claim", DUTY, "dcterms:source ok:source", "dcterms:source ok:org"),
    Case("The claim does not say where", DUTY, "rg:statedIn ok:section"),
    Case("The claim does not say where", COUNTED, "rg:statedIn ok:section"),
    Case("What a claim is stated in", DUTY, "rg:statedIn ok:section", "rg:statedIn ok:source"),
    more("The kind of evidence", DUTY, "rg:evidence rg:Essential"),
    more("A claim stands on one kind of evidence", DUTY, "rg:evidence rg:Stated, rg:Derived"),
    Case("The role of a claim", DUTY, "rg:role ok:role", "rg:role ok:skill"),
    Case("The skill of a claim", NEED, "rg:skill ok:skill", "rg:skill ok:role"),
    Case("The degree of a claim", EDUCATION, "rg:degree ok:degree", "rg:degree ok:training"),
    Case("The credential of a claim", ISSUING, "rg:credential ok:training", "rg:credential ok:skill"),
    Case("The area of a figure", PAY, "rg:area ok:area", 'rg:area "US"'),
    Case("The necessity (rg:necessity) must be", NEED, "rg:Essential", "rg:Stated"),
    Case("The period of a figure", PAY, '"2024"^^xsd:gYear', '"2024"'),
    # what a claim is made of
    Case("The claim must say which one role", DUTY, "rg:role ok:role"),
    Case("The claim must say which one role", PAY, "ok:role", "ok:role, ok:other"),
    Case("The claim must say which one credential", TEACHING, "rg:credential ok:training"),
    Case("The claim must say which one skill", SORTING, "rg:skill ok:skill"),
    Case("The claim must say which one degree", SHARE, "rg:degree ok:degree"),
    Case("A requirement must say how strong", EDUCATION, "rg:necessity rg:Minimum"),
    Case("The claim must say which one role", MAPPING, "rg:role ok:role"),
    Case("The claim must say which one role", PREPARATION, "rg:role ok:occupation"),
    Case("The claim must say which one skill", SAME_SKILL, "rg:skill ok:skill"),
    Case("The claim must say in words", CAVEAT, 'rg:text "words"'),
    Case("The claim must say in words", SAME_SKILL, 'rg:text "much the same"'),
    Case("What the claim says", STATEMENT, '"words"', '""'),
    # moves
    Case("A move must say which one role it leaves", MOVE, "rg:fromRole ok:role"),
    Case("A move must say which one role it arrives at", MOVE, "rg:toRole ok:other"),
    Case("A move must say which one role it arrives at", MOVE, "ok:other", "ok:other, ok:group"),
    Case("A move must start from a role", MOVE, "rg:fromRole ok:role", "rg:fromRole ok:skill"),
    Case("A move must end at a role", MOVE, "rg:toRole ok:other", 'rg:toRole "CEO"'),
    Case("A move must not end at the role it starts from", MOVE, "ok:other", "ok:role"),
    Case("A move must say what kind of evidence", MOVE, "rg:evidence rg:Stated"),
    Case("How often a move was seen", COUNTED, "rg:count 3", "rg:count 0"),
    Case("How often a move was seen", COUNTED, "rg:count 3", "rg:count 3, 4"),
    Case("The share of a move", COUNTED, "12.5", "100.01"),
    Case("The share of a move", COUNTED, "12.5", "-1"),
    # figures
    Case("A pay figure must give one amount", PAY, "rg:amount 50000"),
    Case("The amount of a pay figure", PAY, "50000", "0"),
    Case("The amount of a pay figure", PAY, "50000", '"a lot"'),
    Case("A pay figure must give one currency", PAY, 'rg:currency "USD"'),
    Case("The currency (rg:currency) must be", PAY, '"USD"', '"$"'),
    Case("A pay figure must say which statistic", PAY, "rg:statistic rg:MedianSalary"),
    Case("The statistic of a pay figure", PAY, "rg:MedianSalary", "rg:Stated"),
    Case("A pay figure must be dated", PAY, 'rg:period "2024"^^xsd:gYear'),
    Case("A pay figure must say which area", PAY, "rg:area ok:area"),
    Case("A pay figure must say for how long", PAY, 'schema:unitText "YEAR"'),
    Case("A percentile of a pay figure", PAY, "rg:amount", "schema:percentile90 0 ; rg:amount"),
    Case("The 10th percentile of a pay figure", SPREAD, "percentile10 20000", "percentile10 30001"),
    Case("The 25th percentile of a pay figure", SPREAD, "percentile25 30000", "percentile25 50001"),
    Case("The median of a pay figure", SPREAD, "percentile75 70000", "percentile75 49999"),
    Case("The 75th percentile of a pay figure", SPREAD, "percentile90 90000", "percentile90 69999"),
    Case("An end of a pay band", BAND, "schema:minValue 40000", "schema:minValue 0"),
    Case("The lower end of a pay band", BAND, "schema:minValue 40000", "schema:minValue 50001"),
    Case("The amount of a pay figure (rg:amount) must not be above", BAND, "60000", "49999"),
    Case("Whether a pay figure is top-coded", SPREAD, "rg:topCoded true", 'rg:topCoded "yes"'),
    Case("An outlook must give one figure", OUTLOOK, "rg:growthPercent 4"),
    Case("The growth (rg:growthPercent) must be", OUTLOOK, "rg:growthPercent 4", "rg:growthPercent -101"),
    Case(
        "An outlook must be dated: say which year it counts from", OUTLOOK, 'rg:startYear "2024"^^xsd:gYear'
    ),
    Case("An outlook must be dated: say which year it looks ahead", OUTLOOK, 'rg:endYear "2034"^^xsd:gYear'),
    Case("An outlook must start before it ends", OUTLOOK, '"2034"', '"2024"'),
    Case("An outlook must say which area", OUTLOOK, "rg:area ok:area"),
    Case("The openings a year", OPENINGS, "1200", "12.5"),
    Case("The openings a year", OPENINGS, "1200", "-1"),
    Case("An education share must give one figure", SHARE, "rg:sharePercent 48"),
    Case("The share (rg:sharePercent) must be", SHARE, "rg:sharePercent 48", "rg:sharePercent 101"),
    Case("The share (rg:sharePercent) must be", SHARE, "rg:sharePercent 48", "rg:sharePercent -1"),
    Case(
        "An education share must be dated",
        SHARE,
        SAID,
        "rg:statedIn ok:undated-section ; dcterms:source ok:undated",
    ),
    # occupations, mappings, preparation
    Case("What a role is described as", DESCRIBED, "ok:occupation", "ok:other"),
    Case("A mapping must say how well", MAPPING, "rg:match rg:ExactMatch"),
    Case("A mapping must say how well", SAME_SKILL, "rg:CloseMatch", "rg:Stated"),
    Case("A mapping must name one occupation", MAPPING, "ok:occupation", "ok:other"),
    Case("A mapping must name an occupation", MAPPING, "rg:occupation ok:occupation"),
    Case("A mapping must name an occupation", MAPPING, "rg:ExactMatch", "rg:NoMatch"),
    Case("A mapping that is ambiguous or only near", MAPPING, "rg:ExactMatch", "rg:NearMatch"),
    Case("A role mapping must name one other role", SAME_ROLE, "ok:other", "ok:duty"),
    Case("A role mapping must not map a role to itself", SAME_ROLE, "ok:other", "ok:role"),
    Case("A skill mapping must name one skill", SAME_SKILL, "ok:other-skill", "ok:duty"),
    Case("A skill mapping must name a skill", SAME_SKILL, "rg:CloseMatch", "rg:NoMatch"),
    Case("A preparation must be dated", PREPARATION, 'rg:period "2020-07"^^xsd:gYearMonth'),
    Case("A job zone", PREPARATION, "rg:jobZone 4", "rg:jobZone 6"),
    Case("The share of an answer", PREPARATION, "55.5", "100.5"),
    # routes that were kept
    Case(f"{ENDS} it starts at", ROUTE, "rg:startsAt ok:role"),
    Case(f"{ENDS} it arrives at", STEP, "ok:group", "ok:skill"),
    Case("A step of a route", ROUTE, "ok:step", "ok:move"),
    Case("A route must name the one measure", ROUTE, '"gap"', '" "'),
    Case("How missing figures of a route", ROUTE, '"skip"', '"guess"'),
    Case("The costs of a route are in one unit", ROUTE, '"skills"', '"skills", "years"'),
    Case("A route must give its cost", ROUTE, "2.5", "2.5, 3"),
    Case("A route must give its cost", ROUTE, "2.5", "-1"),
    Case("A step must say at which place", STEP, "rg:position 2", "rg:position 0"),
    Case("The cost of a step", STEP, "rg:cost 2", 'rg:cost "two"'),
    Case("The move that a step rests on", STEP, "ok:move", "ok:nowhere"),
    # the other claims
    Case("A duty claim must name one duty", DUTY, "rg:duty ok:duty"),
    Case("A value claim must name one", VALUE, "rg:value ok:value", "rg:value ok:duty"),
    Case("A subject recommendation must name", SUBJECT, "rg:subject ok:subject"),
    Case("An issuing claim must name one issuer", ISSUING, "rg:issuer ok:org", 'rg:issuer "IBM"'),
    Case("An offering claim must name one provider", OFFERING, "rg:provider ok:org"),
    more("The least time an offer takes", OFFERING, "rg:minimumMonths 1.5"),
    Case("The experience asked for", EXPERIENCE, "rg:minimumYears 3", "rg:minimumYears -3"),
    Case("A rank (rg:rank)", RUNG, "rg:rank 2", "rg:rank 0"),
    Case("A rank (rg:rank)", RUNG, "rg:rank 2", "rg:rank 2, 3"),
    Case(
        "The proficiency (rg:proficiency)", MASTERED, "rg:proficiency ok:level", "rg:proficiency rg:Essential"
    ),
    Case("A group membership must name one group", MEMBER, "rg:group ok:group", "rg:group ok:role"),
    Case("A level claim must name one level", LEVEL, "rg:ManagerialLevel", "rg:TechnicalSkill"),
    Case("A degree classification must give", GRADING, "rg:iscedLevel 6", "rg:iscedLevel 9"),
    Case("A skill classification must name", SORTING, "rg:skillCategory rg:TechnicalSkill"),
    Case("A comparison must name one role", COMPARISON, "rg:comparedWith ok:other"),
    Case("A comparison must not compare a role with itself", COMPARISON, "ok:other", "ok:role"),
    Case("A comparison must say in which respect", COMPARISON, 'rg:aspect "pay"'),
    Case("A statement must say what it is about", STATEMENT, "rg:about ok:role"),
]

SHAPES = rdflib.Graph().parse(ONTOLOGY / "shapes.ttl")
TERMS = rdflib.Graph().parse(ONTOLOGY / "rolegraph.ttl")
MESSAGES = sorted(str(message) for message in SHAPES.objects(None, SH.message))
WARNINGS = (
    "Nothing is said of the date",
    "The claim does not say where",
    "The move that a step rests on",
    "A derivation should name the sources",
)


def report_on(*turtle: str) -> rdflib.Graph:
    """Validate Turtle texts together with the ontology and return the report."""
    data = rdflib.Graph()
    data += TERMS
    for text in turtle:
        data.parse(data=PREFIXES + text, format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=SHAPES)
    assert isinstance(report, rdflib.Graph)
    return report


def findings(report: rdflib.Graph) -> dict[str, set[tuple[str, str]]]:
    """Return, for each thing found fault with, the messages and the severities."""
    found: dict[str, set[tuple[str, str]]] = {}
    for result in report.objects(None, SH.result):  # and not their sh:detail
        focus, severity = report.value(result, SH.focusNode), report.value(result, SH.resultSeverity)
        message = report.value(result, SH.resultMessage)
        found.setdefault(str(focus), set()).add((str(message), str(severity).removeprefix(str(SH))))
    return found


@pytest.fixture(scope="module")
def broken() -> dict[str, set[tuple[str, str]]]:
    """Return what is found in all the broken examples; they do not touch one another, so one run does."""
    return findings(report_on(SOUND, *(case.turtle(number) for number, case in enumerate(CASES))))


def test_what_ships_conforms() -> None:
    report = report_on(*(path.read_text("utf-8") for path in DATA_FILES))
    assert findings(report) == {}
    assert (None, SH.conforms, rdflib.Literal(True)) in report


def test_faultless_examples_conform() -> None:
    examples = (f"<{EXAMPLES}sound-{number}> {thing} ." for number, thing in enumerate(FAULTLESS))
    assert findings(report_on(SOUND, *examples)) == {}


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda number: f"{number}-{CASES[number].message}")
def test_broken_example_breaks_its_rule_and_no_other(
    broken: dict[str, set[tuple[str, str]]], number: int
) -> None:
    case = CASES[number]
    (finding,) = broken[f"{EXAMPLES}{number}"]
    message, severity = finding
    assert message.startswith(case.message)
    assert severity == ("Warning" if case.message in WARNINGS else "Violation")


def test_only_the_broken_examples_are_found_fault_with(broken: dict[str, set[tuple[str, str]]]) -> None:
    assert set(broken) == {f"{EXAMPLES}{number}" for number in range(len(CASES))}


def test_every_rule_has_an_example_that_breaks_it(broken: dict[str, set[tuple[str, str]]]) -> None:
    heard = {message for found in broken.values() for message, _ in found}
    assert sorted(heard) == MESSAGES


def test_every_message_is_a_sentence_of_its_own() -> None:
    assert [message for message, count in Counter(MESSAGES).items() if count > 1] == []
    assert [message for message in MESSAGES if not message[0].isupper() or not message.endswith(".")] == []
    assert len(list(SHAPES.subjects(SH.message))) == len(list(SHAPES.subjects(SH.severity)))
