"""What kinds of things and of relations are called on the page, and how they look."""

from __future__ import annotations

#: Kinds of nodes in the order of the legend: singular, plural, colour and shape. The colours are those of
#: Okabe and Ito, which people with colour-vision deficiencies can tell apart; no two kinds share a shape.
KINDS: dict[str, dict[str, str]] = {
    "role": {"one": "role", "many": "Roles", "color": "#0072B2", "shape": "round"},
    "group": {"one": "group of roles", "many": "Groups of roles", "color": "#56B4E9", "shape": "cut"},
    "occupation": {
        "one": "occupation of a classification",
        "many": "Occupations",
        "color": "#0072B2",
        "shape": "tag",
    },
    "skill": {"one": "skill", "many": "Skills", "color": "#009E73", "shape": "diamond"},
    "duty": {"one": "duty", "many": "Duties", "color": "#E69F00", "shape": "square"},
    "value": {"one": "value brought", "many": "Value brought", "color": "#F0E442", "shape": "star"},
    "degree": {"one": "degree", "many": "Degrees", "color": "#CC79A7", "shape": "triangle"},
    "subject": {"one": "subject", "many": "Subjects", "color": "#CC79A7", "shape": "triangleDown"},
    "certification": {
        "one": "certification",
        "many": "Certifications",
        "color": "#56B4E9",
        "shape": "hexagon",
    },
    "training": {"one": "training", "many": "Training", "color": "#56B4E9", "shape": "plus"},
    "organization": {"one": "organization", "many": "Organizations", "color": "#8C959F", "shape": "circle"},
    "unknown": {
        "one": "thing of unknown kind",
        "many": "Of unknown kind",
        "color": "#8C959F",
        "shape": "cross",
    },
}

#: Kinds of relations in the order of the legend: how they read from the start, and from the end.
RELATIONS: dict[str, tuple[str, str]] = {
    "move": ("can lead to", "can be reached from"),
    "requires": ("requires", "required of"),
    "has_duty": ("has the duty", "duty of"),
    "brings_value": ("brings value by", "value brought by"),
    "needs_degree": ("asks for", "asked of"),
    "asks_degree": ("asked for, in a survey", "asked for, in a survey, by"),
    "holds_degree": ("people in it hold", "held by people who are"),
    "suggests_subject": ("suggests studying", "suggested for"),
    "suggests_credential": ("suggests", "suggested for"),
    "teaches": ("teaches", "taught by"),
    "issued_by": ("issued by", "issues"),
    "offered_by": ("offered by", "offers"),
    "member_of": ("belongs to", "includes"),
    "described_as": ("described as", "describes"),
    "matches": ("matches", "matched by"),
}
