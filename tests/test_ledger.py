"""The ledger: every fact of the career guide, each asked of the graph with its section and its source.

A fact that stands here and not in `ontology/data/coursera-cpo-guide.ttl` fails; so does a claim that stands
there and not here, for each is taken away in turn to see that the ledger misses it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

ONTOLOGY = Path(__file__).resolve().parent.parent / "ontology"
BASE = "https://w3id.org/rolegraph/"
GUIDE = f"{BASE}graph/coursera-cpo-guide"
EDITORIAL = f"{BASE}graph/rolegraph-editorial"
FOLDERS = (
    "role", "group", "skill", "duty", "value", "degree", "subject", "certification", "training", "org",
    "area", "source", "graph",
)  # fmt: skip
PREFIXES = {
    "rg": BASE,
    **{folder: f"{BASE}{folder}/" for folder in FOLDERS},
    "section": f"{BASE}source/coursera-cpo-guide/",
    "said": f"{BASE}claim/coursera-cpo-guide/",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

GLASSDOOR = 'dcterms:publisher/skos:prefLabel "Glassdoor"@en'
BLS = 'dcterms:publisher/skos:prefLabel "US Bureau of Labor Statistics"@en'
NOVEMBER = 'dcterms:date "2025-11"^^xsd:gYearMonth'
#: What is known of each source: its publisher, its date, how the guide cites it.
SOURCES = {
    "S0": 'dcterms:publisher/skos:prefLabel "Coursera"@en ; rg:accessed "2025-11"^^xsd:gYearMonth ; '
    "rg:dateNote ?date",
    "S1": f'{GLASSDOOR} ; rg:accessed "2025-11-11"^^xsd:date ; rg:citedAs "[1]" ; schema:url '
    "<https://www.glassdoor.com/Career/chief-product-officer-career_KO0,21.htm>",
    "S2": f'{BLS} ; dcterms:date "2024"^^xsd:gYear ; rg:citedAs "[2]"',
    "S3": f'{BLS} ; rg:citedAs "[3]" ; rg:dateNote ?date . FILTER(CONTAINS(?date, "2024 to 2034"))',
    "S4": 'dcterms:publisher/skos:prefLabel "Zippia"@en ; rg:citedAs "[4]" ; rg:dateNote ?date . '
    'FILTER(CONTAINS(?date, "No date"))',
    **{f"S{n}": f'{GLASSDOOR} ; {NOVEMBER} ; rg:citedAs "[{n}]"' for n in range(5, 11)},
}


@dataclass(frozen=True)
class Fact:
    """One fact: a short id, the fact in words, and the graph pattern that finds it."""

    id: str
    words: str
    pattern: str


def named(id_: str, words: str, pattern: str) -> Fact:
    """Return the fact that something is named, in whatever pattern finds it."""
    return Fact(id_, words, pattern)


def claim(id_: str, words: str, body: str, *sections: str, source: str = "S0", kind: str = "Stated") -> Fact:
    """Return the fact that such a claim stands in these sections and rests on this source."""
    where = ", ".join(f"section:{section}" for section in sections)
    return Fact(
        id_,
        words,
        f"?claim {body} . ?claim rg:evidence rg:{kind} ; rg:statedIn {where} ; dcterms:source ?source . "
        f'?source dcterms:identifier "{source}" ; {SOURCES[source]}',
    )


def words_of(id_: str, words: str, about: str, keys: str, *sections: str) -> Fact:
    """Return the fact that a statement about these things says it, recognised by key words."""
    has = " && ".join(f'CONTAINS(?text, "{key}")' for key in keys.split("|"))
    return claim(id_, words, f"a rg:Statement ; rg:about {about} ; rg:text ?text . FILTER({has})", *sections)


def caveat(id_: str, words: str, about: str, keys: str, *sections: str) -> Fact:
    """Return the fact that the graph owns up to a weakness of the source, recognised by key words."""
    has = " && ".join(f'CONTAINS(?text, "{key}")' for key in keys.split("|"))
    body = f"a rg:Caveat ; rg:about {about} ; rg:text ?text . FILTER({has})"
    return claim(id_, words, body, *sections, kind="Editorial")


def qualified(text: str) -> str:
    """Return the end of a claim's pattern: it has a qualifier that says this."""
    return f'; rg:qualifier ?qualifier . FILTER(CONTAINS(?qualifier, "{text}"))'


CPO = "role:chief-product-officer"
CTO = "role:chief-technology-officer"
OF_CPO = f"rg:role {CPO}"
SIX = (
    ("brand manager", 126_000, "S5"),
    ("unit manager", 101_000, "S6"),
    ("sales and marketing manager", 125_000, "S7"),
    ("product marketing manager", 141_000, "S8"),
    ("project manager", 105_000, "S9"),
    ("product developer", 94_000, "S10"),
)
SIX_ROLES = ", ".join(f"role:{role.replace(' ', '-')}" for role, _, _ in SIX)
TOTAL_PAY = "said:pay-chief-product-officer, " + ", ".join(
    f"said:pay-{role.replace(' ', '-')}" for role, _, _ in SIX
)
OTHERS = (
    f"{SIX_ROLES}, {CTO}, role:chief-executive-officer, role:chief-marketing-officer, "
    "role:vice-president-of-product, role:product-manager, role:chief-executives"
)
IN_US_DOLLARS = 'rg:currency "USD" ; schema:unitText "YEAR" ; rg:area area:united-states'
BOTH = ("essential-skills", "key-takeaways")

NAMES = [
    named(
        f"name-{label.replace(' ', '-')}",
        f"the guide names {label}, known as {aliases or 'nothing else'}",
        f'?thing a rg:{kind} ; skos:prefLabel "{label}"@en ; skos:definition ?text ; '
        + "".join(f'skos:altLabel "{alias}"@en ; ' for alias in aliases)
        + f"rg:statedIn section:{section} ; dcterms:source/dcterms:identifier {source!r}",
    )
    for kind, label, aliases, section, source in (
        ("Role", "chief product officer", ("CPO",), "what-is-a-cpo", "S0"),
        ("Role", "chief executive officer", ("CEO",), "career-paths", "S0"),
        ("Role", "chief technology officer", ("CTO",), "cpo-vs-cto", "S0"),
        ("Role", "chief marketing officer", ("CMO",), "job-description", "S0"),
        ("Role", "vice president of product", ("VP of product", "VP product"), "career-paths", "S0"),
        ("Role", "product manager", ("PM",), "what-is-a-cpo", "S0"),
        ("Role", "product developer", (), "gain-experience", "S0"),
        ("Role", "brand manager", (), "gain-experience", "S0"),
        ("Role", "unit manager", (), "gain-experience", "S0"),
        ("Role", "sales and marketing manager", (), "gain-experience", "S0"),
        ("Role", "product marketing manager", ("PMM",), "gain-experience", "S0"),
        ("Role", "project manager", ("PM",), "gain-experience", "S0"),
        ("StatisticalOccupation", "chief executives", (), "salary-and-outlook", "S2"),
        ("RoleGroup", "top executives", (), "salary-and-outlook", "S3"),
        ("RoleGroup", "C-suite", ("C-level", "C-level roles"), "career-paths", "S0"),
    )
] + [
    named(f"source-{key}", f"what is known of source {key}", f'?thing dcterms:identifier "{key}" ; {known}')
    for key, known in SOURCES.items()
]

THE_ROLE = [
    claim(
        "role-executive",
        "CPO is an executive position",
        f"a rg:LevelClaim ; {OF_CPO} ; rg:level rg:ExecutiveLevel",
        "what-is-a-cpo",
    ),
    claim(
        "role-c-level",
        "CPO is a C-level position",
        f"a rg:GroupMembership ; {OF_CPO} ; rg:group group:c-suite",
        "what-is-a-cpo",
        "gain-experience",
    ),
    words_of(
        "role-new",
        "it is relatively new, being added",
        CPO,
        "relatively new|begun to create",
        "what-is-a-cpo",
        "salary-and-outlook",
    ),
    words_of(
        "role-department", "it leads the product department", CPO, "product department", "job-description"
    ),
    words_of(
        "role-process",
        "it leads all of product development",
        CPO,
        "from the strategy until after the launch",
        "key-takeaways",
    ),
    words_of("role-growth", "it is there for growth", CPO, "grow|innovation|marketing", "what-is-a-cpo"),
    words_of(
        "role-customers",
        "it reflects customer-centric approaches",
        CPO,
        "customer at the centre",
        "what-is-a-cpo",
    ),
    words_of(
        "role-marketing", "some CPOs also take marketing", CPO, "Some CPOs|marketing", "job-description"
    ),
    words_of(
        "role-larger",
        "in larger companies marketing may sit under the CMO, product work under the CTO",
        f"{CPO}, {CTO}, role:chief-marketing-officer",
        "larger companies|may",
        "job-description",
    ),
]

DUTIES = [
    claim(
        f"duty-{n}",
        f"duty: {label}",
        f"a rg:DutyClaim ; {OF_CPO} ; rg:duty ?duty . ?duty a rg:Duty ; "
        f'skos:prefLabel "{label}"@en ; skos:definition ?text . FILTER(CONTAINS(?text, "{key}"))',
        *sections,
    )
    for n, (label, key, *sections) in enumerate(
        (
            ("keep product development running", "without a hitch", "job-description"),
            ("follow the company's mission and vision", "in line", "job-description"),
            ("make products that serve the company's goals", "products", "job-description"),
            ("lead procurement, manufacturing and distribution", "in charge", "job-description"),
            ("oversee products after launch", "profit", "job-description", "key-takeaways"),
            (
                "set the product strategy",
                "roadmaps, choose key performance indicators, and monitor",
                "job-description",
                "key-takeaways",
            ),
            ("coordinate departments", "built well, launched and promoted", "job-description"),
            ("use product analytics", "needs of customers", "job-description"),
        ),
        start=1,
    )
]

VALUE = [
    claim(
        f"value-{n}",
        f"a CPO brings value by {label}",
        f'a rg:ValueClaim ; {OF_CPO} ; rg:value ?value . ?value skos:prefLabel "{label}"@en',
        "bring-value",
    )
    for n, label in enumerate(("mentoring", "project performance", "alignment with goals and customers"), 1)
]

COMPARED = [
    claim(
        f"compared-{'cpo' if role == CPO else 'cto'}-{aspect.replace(' ', '-')}",
        f"CPO and CTO, {aspect}: {key}",
        f"a rg:Comparison ; rg:role {role} ; rg:comparedWith {other} ; rg:text ?text ; "
        f'rg:aspect "{aspect}"@en . FILTER(CONTAINS(?text, "{key}"))',
        "cpo-vs-cto",
    )
    for role, other, aspect, key in (
        (CPO, CTO, "focus", "business outcome"),
        (CPO, CTO, "stakeholders", "more to do with stakeholders"),
        (CTO, CPO, "focus", "technology rather than"),
        (CTO, CPO, "product team", "May be in charge of the product team"),
        (CTO, CPO, "use of time", "technology than on the results for the business"),
    )
] + [words_of("compared-alike", "they may be alike, but differ", f"{CPO}, {CTO}", "differs", "cpo-vs-cto")]

SKILLS = [
    claim(
        f"skill-{label.replace(' ', '-')}",
        f"{label} is essential for a CPO",
        f"a rg:SkillRequirement ; {OF_CPO} ; rg:necessity rg:Essential ; rg:skill ?skill . "
        f'?skill a rg:Skill ; skos:prefLabel "{label}"@en',
        *sections,
    )
    for label, sections in (
        ("collaboration and team management", BOTH),
        ("creativity", BOTH),
        ("attention to detail", BOTH[:1]),
        ("decision-making", BOTH),
        ("communication", BOTH[:1]),
        ("leadership", BOTH[:1]),
        ("data analysis", BOTH[:1]),
        ("product management", BOTH),
        ("customer engagement", BOTH[:1]),
        ("interpersonal skills", BOTH),
        ("strategic vision", BOTH[:1]),
    )
] + [
    words_of(
        "skill-kinds",
        "the guide sorts skills into technical, workplace and leadership skills",
        f"{CPO}, rg:TechnicalSkill, rg:WorkplaceSkill, rg:LeadershipSkill",
        "three kinds|not said",
        "essential-skills",
    ),
    claim(
        "skill-interpersonal-communication",
        "the key takeaways call interpersonal skills interpersonal communication",
        "a rg:SkillRequirement ; rg:skill skill:interpersonal-skills "
        + qualified("interpersonal communication"),
        *BOTH,
    ),
    claim(
        "skill-ai-demand",
        "AI skills are in demand in nearly every industry: said of all, not of the CPO alone",
        "a rg:Statement ; rg:about skill:artificial-intelligence ; rg:text ?text "
        + qualified("not of the CPO alone")
        + ' FILTER(CONTAINS(?text, "nearly every industry"))',
        "essential-skills",
    ),
    words_of("skill-products", "a CPO knows product development", CPO, "knowledge", "job-description"),
]

PAY = [
    claim(
        f"pay-{role.replace(' ', '-')}",
        f"median total pay of a {role}: {amount:,} US dollars a year, November 2025",
        f'a rg:Pay ; rg:role/skos:prefLabel "{role}"@en ; rg:amount {amount} ; {IN_US_DOLLARS} ; '
        'rg:statistic rg:MedianTotalPay ; rg:period "2025-11"^^xsd:gYearMonth',
        "gain-experience",
        source=source,
    )
    for role, amount, source in SIX
] + [
    claim(
        "pay-chief-product-officer",
        "median total pay of a CPO: 403,000 US dollars a year; the page was accessed in November 2025",
        f"a rg:Pay ; {OF_CPO} ; rg:amount 403000 ; {IN_US_DOLLARS} ; rg:statistic rg:MedianTotalPay ; "
        'rg:period "2025-11"^^xsd:gYearMonth ' + qualified("accessed"),
        "salary-and-outlook",
        "key-takeaways",
        source="S1",
    ),
    claim(
        "pay-chief-executives",
        "median salary of chief executives, 2024: 206,420 US dollars a year",
        f"a rg:Pay ; rg:role role:chief-executives ; rg:amount 206420 ; {IN_US_DOLLARS} ; "
        'rg:statistic rg:MedianSalary ; rg:period "2024"^^xsd:gYear',
        "salary-and-outlook",
        source="S2",
    ),
    words_of(
        "pay-parts",
        "total pay is base pay and profit sharing, commissions, bonuses or other pay",
        f"rg:MedianTotalPay, {TOTAL_PAY}",
        "base salary|profits|commissions|bonuses|else",
        "salary-and-outlook",
        "gain-experience",
    ),
    named(
        "pay-statistics",
        "total pay and salary are different statistics",
        "rg:MedianTotalPay skos:broader rg:TotalPay . rg:MedianSalary skos:broader rg:Salary . "
        "FILTER NOT EXISTS { rg:MedianSalary skos:broader rg:TotalPay }",
    ),
    words_of(
        "pay-varies",
        "the pay of chief executives varies across positions and industries",
        "role:chief-executives, said:pay-chief-executives",
        "from position to position|from industry to industry",
        "salary-and-outlook",
    ),
]

OUTLOOK = [
    claim(
        "outlook-top-executives",
        "top executives as a whole: +4 % from 2024 to 2034",
        "a rg:Outlook ; rg:role group:top-executives ; rg:growthPercent 4 ; rg:area area:united-states ; "
        'rg:startYear "2024"^^xsd:gYear ; rg:endYear "2034"^^xsd:gYear ' + qualified("as a whole"),
        "salary-and-outlook",
        source="S3",
    ),
    words_of(
        "outlook-none-for-cpos",
        "BLS has no statistics for CPOs",
        f"{CPO}, org:us-bureau-of-labor-statistics",
        "has no statistics for CPOs",
        "salary-and-outlook",
    ),
    words_of("outlook-managers", "a growing field", CPO, "expanding|more managers", "salary-and-outlook"),
    claim(
        "outlook-excellent",
        "the guide calls the outlook of CPOs excellent, for which it has no figure",
        f"a rg:Statement ; rg:about {CPO} ; rg:text ?text ; rg:doubt ?doubt . "
        'FILTER(CONTAINS(?text, "excellent") && CONTAINS(?doubt, "top executives"))',
        "what-is-a-cpo",
    ),
]

EDUCATION = [
    claim(
        "degree-minimum",
        "the minimum is a bachelor's degree",
        f"a rg:EducationRequirement ; {OF_CPO} ; rg:degree degree:bachelor ; rg:necessity rg:Minimum",
        "get-a-degree",
    ),
    *(
        claim(
            f"degree-prefers-{degree}",
            f"many employers may prefer: {degree}",
            f"a rg:EducationRequirement ; {OF_CPO} ; rg:degree degree:{degree} ; rg:necessity rg:Preferred "
            + qualified("many employers may"),
            "get-a-degree",
        )
        for degree in ("master", "doctorate")
    ),
    *(
        claim(
            f"degree-share-{degree}",
            f"{share} % of CPOs hold this degree: {degree}",
            f"a rg:EducationShare ; {OF_CPO} ; rg:degree degree:{degree} ; rg:sharePercent {share}",
            "get-a-degree",
            source="S4",
        )
        for degree, share in (("bachelor", 48), ("associate", 17))
    ),
    *(
        claim(
            f"subject-{subject.replace(' ', '-')}",
            f"{subject} is a relevant subject",
            f'a rg:SubjectRecommendation ; {OF_CPO} ; rg:subject/skos:prefLabel "{subject}"@en '
            + qualified("example"),
            "key-takeaways",
        )
        for subject in ("product management", "business administration")
    ),
    words_of(
        "degree-subject", "best in a relevant subject", f"{CPO}, degree:bachelor", "relevant", "get-a-degree"
    ),
]

CERTIFICATIONS = [
    Fact(f"{fact.id}-{slug}", fact.words, fact.pattern)
    for slug, label, alias, issuer in (
        ("cpro-c", "Chief Product Officer - Certified", "CPrO-C", "C Suite Institute"),
        (
            "certified-product-marketing-manager",
            "Certified Product Marketing Manager",
            "",
            "Association of International Product Marketing and Management",
        ),
        ("pgmp", "Program Management Professional", "PgMP", "Project Management Institute"),
    )
    for fact in (
        claim(
            "certification",
            f"{label} is a certification to consider",
            f"a rg:CredentialRecommendation ; {OF_CPO} ; rg:necessity rg:Optional ; rg:credential ?thing . "
            f'?thing a rg:Certification ; skos:prefLabel "{label}"@en '
            + (f'; skos:altLabel "{alias}"@en' if alias else ""),
            "complete-training",
        ),
        claim(
            "issuer",
            f"{label} is issued by the {issuer}",
            f"a rg:IssuingClaim ; rg:credential certification:{slug} ; "
            f'rg:issuer/skos:prefLabel "{issuer}"@en',
            "complete-training",
        ),
    )
]

SPECIALIZATION = "training:project-management-specialization"
CERTIFICATE = "training:ai-product-manager-professional-certificate"
TRAINING = [
    *(
        claim(
            f"training-{label.replace(' ', '-').lower()}",
            f"{label} is a training for readers of the guide, not a certification",
            f"a rg:CredentialRecommendation ; {OF_CPO} ; rg:necessity rg:Optional ; rg:credential {thing} "
            f'{qualified("own offer")} {thing} a rg:Training ; skos:prefLabel "{label}"@en . '
            f"FILTER NOT EXISTS {{ {thing} a rg:Certification }}",
            section,
        )
        for thing, label, section in (
            (SPECIALIZATION, "Project Management Specialization", "introduction"),
            (CERTIFICATE, "AI Product Manager Professional Certificate", "essential-skills"),
        )
    ),
    claim(
        "offer-specialization",
        "the Specialization is on Coursera, takes as little as two months, ends in a career certificate",
        f"a rg:OfferingClaim ; rg:credential {SPECIALIZATION} ; rg:provider org:coursera ; "
        'rg:minimumMonths 2 ; rg:awards "career certificate"@en',
        "introduction",
    ),
    claim(
        "offer-ai-certificate",
        "the AI certificate is on Coursera and ends in a professional certificate",
        f"a rg:OfferingClaim ; rg:credential {CERTIFICATE} ; rg:provider org:coursera ; "
        'rg:awards "professional certificate"@en',
        "essential-skills",
    ),
    claim(
        "issuer-ai-certificate",
        "the AI certificate is IBM's",
        f"a rg:IssuingClaim ; rg:credential {CERTIFICATE} ; rg:issuer org:ibm",
        "essential-skills",
    ),
    claim(
        "teaches-project-management",
        "the Specialization teaches concepts, tools and methods of project management",
        f"a rg:TeachingClaim ; rg:credential {SPECIALIZATION} ; rg:skill skill:project-management . "
        "skill:project-management skos:definition ?text . "
        'FILTER(CONTAINS(?text, "concepts, tools and methods"))',
        "introduction",
    ),
    claim(
        "teaches-ai-product-management",
        "the AI certificate teaches AI in the management of products, by case studies",
        f"a rg:TeachingClaim ; rg:credential {CERTIFICATE} ; rg:skill skill:ai-product-management "
        + qualified("case studies"),
        "essential-skills",
    ),
    claim(
        "teaches-agile-methods",
        "the AI certificate teaches Agile",
        f"a rg:TeachingClaim ; rg:credential {CERTIFICATE} ; rg:skill skill:agile-methods . "
        'skill:agile-methods skos:altLabel "Agile"@en',
        "essential-skills",
    ),
    words_of(
        "training-not-required", "none is required", CPO, "No |required|no set criteria", "complete-training"
    ),
    words_of(
        "training-helps", "they may help a candidate", CPO, "set a candidate apart", "complete-training"
    ),
]

EXPERIENCE = [
    claim(
        "experience-ten-years",
        "in many cases 10 or more years of product experience",
        f"a rg:ExperienceRequirement ; {OF_CPO} ; rg:minimumYears 10 ; rg:text ?text "
        + qualified("in many cases")
        + ' FILTER(CONTAINS(?text, "products"))',
        "gain-experience",
    ),
    claim(
        "experience-leadership",
        "with high-level experience that shows leadership",
        f"a rg:ExperienceRequirement ; {OF_CPO} ; rg:text ?text "
        + qualified("in many cases")
        + ' FILTER(CONTAINS(?text, "ability to lead"))',
        "gain-experience",
    ),
    claim(
        "experience-several-years",
        "several years of sharpening skills",
        f'a rg:ExperienceRequirement ; {OF_CPO} ; rg:text ?text . FILTER(CONTAINS(?text, "Several years"))',
        "essential-skills",
    ),
]

MOVES = [
    *(
        claim(
            f"move-{role.replace(' ', '-')}-to-cpo",
            f"{role} is a typical role before CPO",
            f'a rg:Move ; rg:fromRole/skos:prefLabel "{role}"@en ; rg:toRole {CPO} '
            + qualified("typical role before"),
            "gain-experience",
        )
        for role, _, _ in SIX
    ),
    *(
        claim(
            f"level-{role.replace(' ', '-')}",
            f"{role} is usually of managerial level",
            f'a rg:LevelClaim ; rg:role/skos:prefLabel "{role}"@en ; rg:level rg:ManagerialLevel '
            + qualified("usually"),
            "gain-experience",
        )
        for role, _, _ in SIX
    ),
    *(
        claim(
            f"move-{role}-working-up",
            f"many CPOs worked their way up from {role}",
            f"a rg:Move ; rg:fromRole role:{role} ; rg:toRole {CPO} " + qualified("worked their way up"),
            "what-is-a-cpo",
        )
        for role in ("product-manager", "product-developer")
    ),
    words_of("move-related", "or from a related role; no set path", CPO, "no set|related", "what-is-a-cpo"),
    words_of(
        "move-means",
        "by career moves, experience and credentials",
        CPO,
        "moves|experience|credentials",
        "how-to-become-a-cpo",
        "key-takeaways",
    ),
    words_of(
        "move-seniority", "the six can lead up to the C-suite", SIX_ROLES, "higher|C-suite", "gain-experience"
    ),
    claim(
        "move-cpo-to-ceo",
        "CEO is a next step after CPO",
        f"a rg:Move ; rg:fromRole {CPO} ; rg:toRole role:chief-executive-officer " + qualified("next step"),
        "career-paths",
    ),
    claim(
        "move-cpo-to-vice-president",
        "vice president of product is a next step after CPO, and a doubtful one",
        f"a rg:Move ; rg:fromRole {CPO} ; rg:toRole role:vice-president-of-product ; rg:doubt ?doubt "
        + qualified("next step")
        + ' FILTER(CONTAINS(?doubt, "down than up"))',
        "career-paths",
    ),
    claim(
        "move-cpo-to-c-suite",
        "a CPO is well placed for other C-level roles",
        f"a rg:Move ; rg:fromRole {CPO} ; rg:toRole group:c-suite " + qualified("well placed"),
        "career-paths",
    ),
    words_of("move-duties", "next steps bring responsibility", CPO, "more responsibility", "career-paths"),
    named(
        "move-to-ceo-in-two",
        "product developer, CPO, CEO is stated in two moves",
        "?first rg:fromRole role:product-developer ; rg:toRole ?middle ; rg:evidence rg:Stated . "
        "?second rg:fromRole ?middle ; rg:toRole role:chief-executive-officer ; rg:evidence rg:Stated",
    ),
]

ALL_PAY = f"{TOTAL_PAY}, said:pay-chief-executives, rg:MedianTotalPay, rg:MedianSalary"
CITED = ", ".join(
    f"source:{name}"
    for name in (
        "bls-chief-executives",
        "bls-top-executives",
        "zippia-cpo-education",
        *(f"glassdoor-{role.replace(' ', '-')}" for role, _, _ in SIX),
    )
)
CAVEATS = [
    caveat(
        "caveat-1", "pay statistics", ALL_PAY, "different|compare", "salary-and-outlook", "gain-experience"
    ),
    caveat(
        "caveat-2",
        "an associate degree in spite of the minimum",
        "said:education-minimum-bachelor, said:share-associate",
        "minimum|17 %",
        "get-a-degree",
    ),
    caveat(
        "caveat-3",
        "vice president after CPO",
        "said:move-cpo-to-vice-president-of-product, role:vice-president-of-product",
        "a step down|cycle",
        "career-paths",
    ),
    caveat(
        "caveat-4",
        "the list of subjects is empty",
        "said:subject-product-management, said:subject-business-administration",
        "empty",
        "get-a-degree",
    ),
    caveat("caveat-5", "nine references not printed", CITED, "Nine of the ten", "article-sources"),
    caveat("caveat-6", "skills of the CPO alone", OTHERS, "CPO alone|silent", "essential-skills"),
]

LEDGER = [
    *NAMES,
    *THE_ROLE,
    *DUTIES,
    *VALUE,
    *COMPARED,
    *SKILLS,
    *PAY,
    *OUTLOOK,
    *EDUCATION,
    *CERTIFICATIONS,
    *TRAINING,
    *EXPERIENCE,
    *MOVES,
    *CAVEATS,
]


def load() -> ox.Store:
    """Read the ontology and the data into memory, a named graph for each file."""
    store = ox.Store()
    for path in (ONTOLOGY / "rolegraph.ttl", *sorted((ONTOLOGY / "data").glob("*.ttl"))):
        name = "ontology" if path.name == "rolegraph.ttl" else path.stem
        graph = ox.NamedNode(f"{BASE}graph/{name}")
        store.bulk_load(path=str(path), format=ox.RdfFormat.TURTLE, to_graph=graph)
    return store


def ask(store: ox.Store, pattern: str) -> bool:
    """Tell whether the graphs together hold something of this pattern."""
    answer = store.query(f"ASK {{ {pattern} }}", prefixes=PREFIXES, use_default_graph_as_union=True)
    return bool(answer)


def select(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    """Return the rows of a query as texts."""
    rows = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    assert isinstance(rows, ox.QuerySolutions)
    return [tuple(term.value for term in row) for row in rows]


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """Return the graphs as they ship; whoever changes them puts them back."""
    return load()


@pytest.mark.parametrize("fact", LEDGER, ids=lambda fact: fact.id)
def test_fact_is_in_the_graph_with_section_and_source(store: ox.Store, fact: Fact) -> None:
    assert ask(store, fact.pattern), f"not in the graph: {fact.words}"


def test_ids_of_the_ledger_are_unique() -> None:
    assert [name for name, count in Counter(fact.id for fact in LEDGER).items() if count > 1] == []


def test_a_fact_that_the_data_lacks_fails(store: ox.Store) -> None:
    invented = claim("x", "x", f"a rg:Pay ; {OF_CPO} ; rg:amount 404000", "salary-and-outlook", source="S1")
    assert not ask(store, invented.pattern)
    misplaced = claim("x", "x", f"a rg:Pay ; {OF_CPO} ; rg:amount 403000", "career-paths", source="S1")
    assert not ask(store, misplaced.pattern)
    misattributed = claim("x", "x", f"a rg:Pay ; {OF_CPO} ; rg:amount 403000", "key-takeaways", source="S2")
    assert not ask(store, misattributed.pattern)


def facts_resting_on(store: ox.Store) -> dict[str, list[Fact]]:
    """Map each claim of the guide to the facts of the ledger that found it."""
    query = (
        f"SELECT DISTINCT ?claim {{ GRAPH <{GUIDE}> {{ ?claim a ?kind }} ?kind rdfs:subClassOf* rg:Claim }}"
    )
    found: dict[str, list[Fact]] = {iri: [] for (iri,) in select(store, query)}
    for fact in LEDGER:
        if "?claim" in fact.pattern:
            for (iri,) in select(store, f"SELECT DISTINCT ?claim {{ {fact.pattern} }}"):
                if iri in found:
                    found[iri].append(fact)
    return found


def test_ledger_misses_every_claim_that_is_taken_away(store: ox.Store) -> None:
    unmissed = []
    for iri, facts in facts_resting_on(store).items():
        quads = list(store.quads_for_pattern(ox.NamedNode(iri), None, None))
        for quad in quads:
            store.remove(quad)
        if all(ask(store, fact.pattern) for fact in facts):
            unmissed.append(iri)
        store.extend(quads)
    assert unmissed == []


def test_ledger_misses_every_single_statement_of_a_claim(store: ox.Store) -> None:
    unmissed = []
    for iri, facts in facts_resting_on(store).items():
        for quad in list(store.quads_for_pattern(ox.NamedNode(iri), None, None)):
            store.remove(quad)
            if all(ask(store, fact.pattern) for fact in facts):
                unmissed.append(f"{quad.subject} {quad.predicate} {quad.object}")
            store.add(quad)
    assert unmissed == []


def test_every_claim_of_the_guide_names_section_source_publisher_and_evidence(store: ox.Store) -> None:
    incomplete = f"""SELECT DISTINCT ?claim {{
        ?kind rdfs:subClassOf* rg:Claim . GRAPH <{GUIDE}> {{ ?claim a ?kind }}
        FILTER NOT EXISTS {{ ?claim rg:evidence/skos:inScheme rg:EvidenceKinds ;
            rg:statedIn/dcterms:isPartOf source:coursera-cpo-guide ;
            dcterms:source/dcterms:publisher/skos:prefLabel ?publisher }}
    }}"""
    assert select(store, incomplete) == []
    assert len(facts_resting_on(store)) == CLAIMS


#: How many things of each class there are. A thing that nobody entered in the ledger changes a number here.
ENTITIES_OF_THE_GUIDE = {
    "Source": 11, "Section": 14, "Organization": 8, "Area": 1, "Role": 13, "StatisticalOccupation": 1,
    "RoleGroup": 2, "Skill": 15, "Duty": 8, "ValueContribution": 3, "Degree": 4, "Subject": 2,
    "Certification": 3, "Training": 2,
}  # fmt: skip
CLAIMS_OF_THE_GUIDE = {
    "LevelClaim": 7, "GroupMembership": 1, "Statement": 23, "DutyClaim": 8, "ValueClaim": 3, "Comparison": 5,
    "SkillRequirement": 11, "Pay": 8, "Outlook": 1, "EducationRequirement": 3, "EducationShare": 2,
    "SubjectRecommendation": 2, "CredentialRecommendation": 5, "IssuingClaim": 4, "OfferingClaim": 2,
    "TeachingClaim": 3, "ExperienceRequirement": 3, "Move": 11, "Caveat": 6,
}  # fmt: skip
CLAIMS = sum(CLAIMS_OF_THE_GUIDE.values())
OF_THE_EDITORS = {
    "Source": 2, "Section": 6, "Organization": 2, "SkillClassification": 15, "GroupMembership": 3,
    "DegreeClassification": 4,
}  # fmt: skip


@pytest.mark.parametrize(
    ("graph", "expected"),
    [(GUIDE, ENTITIES_OF_THE_GUIDE | CLAIMS_OF_THE_GUIDE), (EDITORIAL, OF_THE_EDITORS)],
    ids=["guide", "editorial"],
)
def test_counts_per_class_are_exact(store: ox.Store, graph: str, expected: dict[str, int]) -> None:
    query = f"SELECT ?kind (COUNT(?thing) AS ?n) {{ GRAPH <{graph}> {{ ?thing a ?kind }} }} GROUP BY ?kind"
    counted = {kind: int(number) for kind, number in select(store, query)}
    assert {
        kind.removeprefix(BASE): number for kind, number in counted.items() if kind.startswith(BASE)
    } == expected


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            f"?pay a rg:Pay ; rg:role role:{role}"
            for role in (
                "product-manager",
                "chief-executive-officer",
                "chief-technology-officer",
                "chief-marketing-officer",
                "vice-president-of-product",
            )
        ),
        f"?need a rg:SkillRequirement ; rg:role ?role . FILTER(?role != {CPO})",
        f"?outlook a rg:Outlook ; {OF_CPO}",
        "?share a rg:EducationShare ; rg:degree ?held . FILTER(?held IN (degree:master, degree:doctorate))",
        "?advice a rg:CredentialRecommendation ; rg:necessity ?much . FILTER(?much != rg:Optional)",
        f"?move rg:fromRole role:vice-president-of-product ; rg:toRole {CPO}",
        "?move a rg:Move ; rg:evidence ?kind . FILTER(?kind != rg:Stated)",
        '?source schema:url ?url ; dcterms:identifier ?id . FILTER(?id != "S1")',
        '?source dcterms:identifier ?id ; dcterms:date ?date . FILTER(?id IN ("S0", "S1", "S3", "S4"))',
        '?role skos:altLabel ?alias . FILTER(LCASE(STR(?alias)) = "chief executive")',
    ],
)
def test_what_the_guide_does_not_say_is_absent_from_its_data_set(store: ox.Store, pattern: str) -> None:
    """Other data sets may well say it; the guide must not be made to."""
    assert not ask(store, f"GRAPH <{GUIDE}> {{ {pattern} }}")


def test_pm_names_two_roles(store: ox.Store) -> None:
    rows = select(store, 'SELECT ?role { ?role skos:altLabel "PM"@en } ORDER BY ?role')
    assert rows == [(f"{BASE}role/product-manager",), (f"{BASE}role/project-manager",)]


def test_each_skill_has_one_category_and_the_editors_give_it(store: ox.Store) -> None:
    query = f"""SELECT ?skill (COUNT(?category) AS ?n) {{
        GRAPH <{GUIDE}> {{ ?skill a rg:Skill }}
        GRAPH <{EDITORIAL}> {{ ?c rg:skill ?skill ; rg:skillCategory ?category ;
            rg:evidence rg:Editorial ; dcterms:source source:rolegraph-editors }}
        source:rolegraph-editors dcterms:date "2026-11-22"^^xsd:date
    }} GROUP BY ?skill"""
    assert Counter(number for _, number in select(store, query)) == {"1": 15}


def test_the_other_chief_officers_are_in_the_c_suite_by_the_editors_judgement(store: ox.Store) -> None:
    query = f"""SELECT ?role {{ GRAPH <{EDITORIAL}> {{ ?c rg:role ?role ; rg:group group:c-suite ;
        rg:evidence rg:Editorial ; dcterms:source source:rolegraph-editors }} }} ORDER BY ?role"""
    assert select(store, query) == [
        (f"{BASE}role/chief-{field}-officer",) for field in ("executive", "marketing", "technology")
    ]


def test_the_degrees_have_the_levels_of_the_classification_of_education(store: ox.Store) -> None:
    query = f"""SELECT ?degree ?level ?section {{
        GRAPH <{EDITORIAL}> {{ ?c rg:degree ?degree ; rg:iscedLevel ?level ; rg:evidence rg:Editorial ;
            rg:statedIn/skos:prefLabel ?section ; dcterms:source source:isced-2011 }}
    }} ORDER BY ?level"""
    assert select(store, query) == [
        (f"{BASE}degree/associate", "5", "level 5: short-cycle tertiary education"),
        (f"{BASE}degree/bachelor", "6", "level 6: bachelor's or equivalent level"),
        (f"{BASE}degree/master", "7", "level 7: master's or equivalent level"),
        (f"{BASE}degree/doctorate", "8", "level 8: doctoral or equivalent level"),
    ]
